"""Every figure can say where it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gaoxin.core.errors import FactError
from gaoxin.facts.derivations import derive_all
from gaoxin.facts.provenance import render, trace
from gaoxin.facts.values import Value
from tests.facts.builders import a_derivation, a_fact_base, a_metric, an_observation, day, metrics_of

METRICS = metrics_of(a_metric("industrial_output", zh="规上工业产值", en="Industrial output"))
WHOLE = a_derivation(
    {"metric": "*", "subject": "of"},
    {"level": {"metric": "*"}, "share": {"metric": "*", "figure": "share"}},
    "level / share",
    id="whole",
)
SHARE = an_observation("C008", "87.9", "%", figure="share", of="region/532301")


def test_a_stated_figure_names_its_source_and_place() -> None:
    obs = an_observation(locator="第3段第1句", written="432亿元")
    text = render(trace(a_fact_base(obs), "C007", metrics=METRICS))
    assert text.splitlines() == [
        "C007  楚雄高新区 2021年 规上工业产值：432 亿元",
        "  状态：引用或报送，未经统计核定，有效",
        "  来源：《article》",
        "  位置：第3段第1句",
        "  原文：432亿元",
        "  登记：statistician 2026-03-02 09:00",
    ]


def test_a_derived_figure_leads_to_its_inputs() -> None:
    base = a_fact_base(an_observation(), SHARE)
    derived = {obs.id: obs for obs in derive_all([WHOLE], base, METRICS)}
    rules = {WHOLE.id: WHOLE}
    found = trace(base, "whole(C007,C008)", metrics=METRICS, derivations=rules, derived=derived)
    assert [obs.id for obs in found.walk()] == ["whole(C007,C008)", "C007", "C008"]
    text = render(found)
    assert "公式：规上工业产值 ÷ 规上工业产值占比" in text
    # 432 rounds from 431.5 up to 432.5, 87.9 from 87.85 up to 87.95
    assert "      取 [431.5, 432.5) 亿元" in text
    assert "      取 [87.85, 87.95) %" in text
    assert "    C008  楚雄高新区 2021年 规上工业产值占比（占楚雄市）：87.9%" in text


def test_a_corrected_figure_shows_both_versions() -> None:
    base = a_fact_base(an_observation(value="43.2"))
    base.correct("C007", Value.of("432", "亿元"), "单位填错", "chief", day(1))
    new = trace(base, "C007#2", metrics=METRICS)
    assert new.state == "standing"
    assert [version.observation.id for version in new.versions] == ["C007"]
    assert "更正理由：单位填错" in render(new)
    old = trace(base, "C007", metrics=METRICS)
    assert old.state == "superseded"
    assert [later.observation.id for later in old.replaced_by] == ["C007#2"]
    assert trace(base, "C007", as_of=day(0)).state == "standing"


def test_a_correction_without_words_of_its_own_rests_on_its_reason() -> None:
    # the article states 432: nobody says where it would state 440
    base = a_fact_base(an_observation(locator="第3段第1句", written="432亿元"))
    base.correct("C007", Value.of("440", "亿元"), "局核定", "chief", day(1))
    found = trace(base, "C007#2", metrics=METRICS)
    assert (found.witnessed, found.observation.locator, found.versions[0].witnessed) == (False, "", True)
    assert "来源：更正人所述理由（《article》 载的是更正前的数）" in render(found)
    base.correct("C007#2", Value.of("441", "亿元"), "年鉴", "chief", day(2), source="yearbook")
    assert trace(base, "C007#3").witnessed
    assert "来源：《yearbook》" in render(trace(base, "C007#3"))


def test_a_replacement_is_listed_once() -> None:
    base = a_fact_base(an_observation())
    base.correct("C007", Value.of("440", "亿元"), "局核定", "chief", day(1))
    text = render(trace(base, "C007"))
    assert text.count("C007#2") == 1
    assert "被更正为：C007#2 440 亿元  《article》" in text


def test_one_exact_number_is_taken_as_it_is() -> None:
    # 248 firms are counted, not rounded; a bound is taken as everything beyond it
    metrics = metrics_of(a_metric("firms", unit="家"), a_metric("funds"))
    rule = a_derivation(
        {"metric": "mean"},
        {"funds": {"metric": "funds"}, "firms": {"metric": "firms"}},
        "funds / firms",
        id="mean",
    )
    base = a_fact_base(
        an_observation("A", "248", "家", metric="firms"), an_observation("B", "1700", metric="funds", op=">")
    )
    metrics |= metrics_of(a_metric("mean", unit="万元/家"))
    derived = {obs.id: obs for obs in derive_all([rule], base, metrics)}
    found = trace(base, "mean(B,A)", metrics=metrics, derived=derived)
    text = render(found)
    assert [part.taken is None for part in found.inputs] == [False, True]
    assert "取 (1700, +∞) 亿元" in text


def test_what_is_worked_out_is_no_surer_of_its_period_than_its_inputs() -> None:
    base = a_fact_base(an_observation(), replace(SHARE, period_confidence="to_confirm"))
    derived = {obs.id: obs for obs in derive_all([WHOLE], base, METRICS)}
    assert derived["whole(C007,C008)"].period_confidence == "to_confirm"
    text = render(trace(base, "whole(C007,C008)", metrics=METRICS, derived=derived))
    assert "报告期：所用的数里有时期为推定的" in text
    assert "报告期：时期为推定，来源没有写明" in text
    assert "推定" not in render(trace(base, "C007", metrics=METRICS))


def test_disagreement_and_ruling_are_shown() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    assert trace(base, "C007").state == "disputed"
    assert "另有：Y1 440 亿元" in render(trace(base, "C007"))
    base.rule(base.observation("C007").key, "Y1", "年鉴为最终核实数", "head", day(1))
    assert trace(base, "C007").state == "overruled"
    assert trace(base, "Y1").state == "standing"
    assert "ruling: Y1  年鉴为最终核实数  head 2026-03-03 09:00" in render(trace(base, "Y1"), "en")


def test_a_withdrawn_figure_says_why() -> None:
    base = a_fact_base(an_observation(batch="import:1"))
    base.withdraw("import:1", "错误文件", "chief", day(1))
    found = trace(base, "C007")
    assert found.state == "withdrawn"
    assert "撤回：错误文件  chief" in render(found)


def test_a_figure_that_agrees_with_what_stands_says_so() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "431.62", source="yearbook"))
    assert trace(base, "C007").state == "agrees"


def test_an_unknown_figure_names_near_ones() -> None:
    with pytest.raises(FactError, match="C007"):
        trace(a_fact_base(an_observation()), "C0O7")
