"""`gaoxin trace` shows the source, or names near ids."""

import json
from pathlib import Path

import pytest

from gaoxin.cli import main


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """These are figures of the packs, whatever database the other tests run on."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("GAOXIN_HOME", str(tmp_path))


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, answer, complaint."""
    code = main.run(["trace", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_stated_figure_names_its_source_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "C007", "--lang", "zh")
    assert code == 0
    assert "432 亿元" in out.splitlines()[0]
    assert "第3段第1句" in out


def test_the_id_may_name_its_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "chuxiong/C007")[:2] == call(capsys, "C007")[:2]


def test_a_derived_figure_leads_to_its_inputs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "implied_whole(C007,C008)", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["shown"] == "490.61–492.32 亿元"
    assert document["formula"] == "level / share"
    assert document["formula_zh"] == "规模以上工业总产值 ÷ 规模以上工业总产值占比"
    assert [part["taken"] for part in document["inputs"]] == ["[431.5, 432.5) 亿元", "[87.85, 87.95) %"]
    assert [part["id"] for part in document["inputs"]] == ["C007", "C008"]


def test_disagreement_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "C006", "--lang", "en")
    assert code == 1
    assert "sources disagree" in out
    assert "also: C015" in out
    assert "article_chuxiong" not in out  # documents go by their titles


def test_a_document_without_a_known_day_was_not_recorded_in_1949(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(call(capsys, "implied_whole(C007,C008)", "--json")[1])
    assert [document[name] for name in ("recorded_at", "publisher", "published")] == [None, None, None]
    assert [part["recorded_at"] for part in document["inputs"]] == [None, None]


def test_an_inferred_period_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "报告期：时期为推定，来源没有写明" in call(capsys, "C018", "--lang", "zh")[1]
    assert "推定" not in call(capsys, "C007", "--lang", "zh")[1]


def test_an_unknown_id_names_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "C0077", "--lang", "zh")
    assert code != 0
    assert "C007" in err
