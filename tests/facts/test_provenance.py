"""Every figure can say where it comes from."""

from __future__ import annotations

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
        "  状态：填报，有效",
        "  来源：《article》",
        "  位置：第3段第1句",
        "  原文：432亿元",
        "  登记：statistician 2026-03-02 09:00",
    ]


def test_a_derived_figure_leads_to_its_inputs() -> None:
    base = a_fact_base(an_observation(), SHARE)
    derived = {obs.id: obs for obs in derive_all([WHOLE], base, METRICS)}
    found = trace(base, "whole(C007,C008)", metrics=METRICS, derived=derived)
    assert [obs.id for obs in found.walk()] == ["whole(C007,C008)", "C007", "C008"]
    text = render(found)
    assert "公式：level / share" in text
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
    assert old.replaced_by == ("C007#2",)
    assert trace(base, "C007", as_of=day(0)).state == "standing"


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
