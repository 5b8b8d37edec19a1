"""`gaoxin trace` shows the source, or names near ids."""

import json

import pytest

from gaoxin.cli import main


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """These are figures of the packs, whatever database the other tests run on."""
    monkeypatch.delenv("DATABASE_URL", raising=False)


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
    assert [part["id"] for part in document["inputs"]] == ["C007", "C008"]


def test_disagreement_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "C006", "--lang", "en")
    assert code == 1
    assert "sources disagree" in out
    assert "also: C015" in out


def test_an_unknown_id_names_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "C0077", "--lang", "zh")
    assert code != 0
    assert "C007" in err
