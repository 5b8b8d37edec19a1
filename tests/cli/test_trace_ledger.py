"""`gaoxin trace` over a ledger: what was corrected since, and what follows from what stands there now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.web.builders import a_correction, a_source, a_statistician, an_entry, zone

from gaoxin.cli import main
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.models import Observation
from gaoxin.web.ledger.packs import load_packs

pytestmark = pytest.mark.django_db
HERE = ("chuxiong",)


@pytest.fixture(autouse=True)
def a_ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is a ledger: the one of this test, whatever the address says."""
    load_packs(library())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere.sqlite3")


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, answer, complaint."""
    capsys.readouterr()
    code = main.run(["trace", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_derived_figure_is_worked_out_on_what_stands(capsys: pytest.CaptureFixture[str]) -> None:
    # 432 ± 0.5 over 87.9 % ± 0.05 %: 431.5/0.8795 = 490.62, 432.5/0.8785 = 492.32
    code, out, _ = call(capsys, "implied_whole(C007,C008)", "--lang", "zh")
    assert code == 0
    assert out.splitlines()[0] == (
        "implied_whole(C007,C008)  楚雄市 2021年 规模以上工业总产值：490.61–492.32 亿元"
    )
    assert "公式：规模以上工业总产值 ÷ 规模以上工业总产值占比" in out
    assert "取 [431.5, 432.5) 亿元" in out
    assert "取 [87.85, 87.95) %" in out
    assert "第3段第1句" in out


def test_the_ledger_and_the_packs_tell_the_same_of_a_derived_figure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, held, _ = call(capsys, "implied_whole(C007,C008)", "--json")
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("GAOXIN_HOME", str(tmp_path))
    _, written, _ = call(capsys, "implied_whole(C007,C008)", "--json")
    for name in ("id", "shown", "number", "high", "state", "formula_zh", "formula_en"):
        assert json.loads(held)[name] == json.loads(written)[name], name
    shown = [[(part["id"], part["taken"]) for part in json.loads(one)["inputs"]] for one in (held, written)]
    assert shown[0] == shown[1]


def test_after_a_correction_the_new_derived_figure_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    new = a_correction(a_statistician(HERE), Observation.objects.get(ref="C007"), "440")
    code, _, err = call(capsys, "implied_whole(C007,C008)", "--lang", "zh")
    assert code == 1, err
    assert f"现在是 implied_whole({new.pk},C008)" in err
    # 439.5/0.8795 = 499.716, 440.5/0.8785 = 501.423
    code, out, _ = call(capsys, f"implied_whole({new.pk},C008)", "--json")
    assert (code, json.loads(out)["shown"]) == (0, "499.71–501.43 亿元")
    past = Observation.objects.get(ref="C007").batch.at.isoformat()
    code, out, _ = call(capsys, "implied_whole(C007,C008)", "--as-of", past, "--json")
    assert (code, json.loads(out)["shown"]) == (0, "490.61–492.32 亿元")


def test_nothing_follows_from_a_disputed_figure(capsys: pytest.CaptureFixture[str]) -> None:
    metric = Observation.objects.get(ref="C007").metric.code
    an_entry(
        a_statistician(HERE), zone("chuxiong"), "460", metric=metric, unit="亿元", period="2021",
        source=a_source("年鉴"),
    )  # fmt: skip
    code, _, err = call(capsys, "implied_whole(C007,C008)", "--lang", "zh")
    assert (code, "来源不一致" in err) == (1, True)


@pytest.mark.parametrize("name", ["implied_whole(C007,C0O8)", "implied_whole(", "implied_whole()", "(C007)"])
def test_a_name_that_is_none_is_refused_in_words(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, _, err = call(capsys, name, "--lang", "zh")
    assert code == 1
    assert "编号" in err


def test_a_corrected_figure_names_its_replacement_once_with_its_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    paper = a_source("2022年统计年鉴")
    old = Observation.objects.get(ref="C007")
    new = a_correction(a_statistician(HERE), old, "440", source=paper.code)
    _, out, _ = call(capsys, "C007", "--lang", "zh")
    assert out.count("440 亿元") == 1
    assert f"被更正为：{new.pk} 440 亿元  2022年统计年鉴" in out
    assert paper.code not in out


def test_a_correction_without_words_of_its_own_rests_on_its_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    new = a_correction(a_statistician(HERE), Observation.objects.get(ref="C007"), "440", reason="局核定")
    _, out, _ = call(capsys, str(new.pk), "--lang", "zh")
    own, before = out.split("原值：")
    assert "来源：更正人所述理由（楚雄高新区：“2主3辅”产业体系形成 载的是更正前的数）" in own
    assert "更正理由：数据更正:局核定" in own
    assert "位置" not in own
    assert "位置：第3段第1句" in before
    _, out, _ = call(capsys, str(new.pk), "--json")
    told = json.loads(out)
    assert (told["witnessed"], told["locator"], told["versions"][0]["witnessed"]) == (False, None, True)


def test_a_period_that_no_source_states_is_said_to_be_inferred(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "C018", "--lang", "zh")
    assert "报告期：时期为推定，来源没有写明" in out
    _, out, _ = call(capsys, "C007", "--lang", "zh")
    assert "推定" not in out
