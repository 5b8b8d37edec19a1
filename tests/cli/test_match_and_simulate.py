"""`gaoxin match` and `gaoxin simulate`: over a case file, over the packs, over a population file."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.rules.clause_builders import a_crowd

from gaoxin.cli import main
from gaoxin.packs.library import open_library
from gaoxin.rules.editions import edition

CASES = """\
- name: an increase of 300
  rule: C9
  "on": 2026-09-15
  money_unit: 万元
  facts:
    titles: [{kind: hnte, valid_from: 2024-12-01, valid_to: 2027-11-30}]
    rd_tax: {2024: 600, 2025: 900}
- name: no title
  rule: C9
  "on": 2026-09-15
  money_unit: 万元
  facts: {titles: [], rd_tax: {2024: 600, 2025: 900}}
- name: another clause
  rule: C3
  "on": 2026-04-01
  money_unit: 万元
  facts: {}
"""


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("GAOXIN_HOME", str(tmp_path / "home"))


@pytest.fixture
def cases(tmp_path: Path) -> str:
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, "utf-8")
    return str(path)


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main.run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code, out, err = call(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_cases_of_a_rule_are_answered_with_reasons(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    document = told(capsys, "match", "C9", "--facts", cases)
    assert [(case["name"], case["verdict"], case["amount"]) for case in document["cases"]] == [
        ("an increase of 300", "pass", "900000"),
        ("no title", "fail", "0"),
    ]
    assert document["cases"][1]["not_met"] == ["C9.1"]
    assert document["cases"][1]["conditions"][0]["gaps"]
    assert document["counts"] == [
        {"rule": "C9", "verdict": "fail", "subjects": 1},
        {"rule": "C9", "verdict": "pass", "subjects": 1},
    ]


def test_case_is_explained_in_words(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    code, out, _ = call(capsys, "match", "C9", "--facts", cases, "--subject", "no title", "--lang", "zh")
    assert code == 0
    assert "✗ C9.1 有效期内的高企或培育库企业" in out
    assert "余量 300 万元" in out
    assert "an increase" not in out


def test_rule_no_case_names_is_asked_of_all(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    # the first two are known to hold no title of C16, of the third nothing is known
    document = told(capsys, "match", "C16", "--facts", cases, "--on", "2026-09-15")
    assert [case["verdict"] for case in document["cases"]] == ["fail", "fail", "unknown"]


def test_without_a_database_the_packs_are_asked(capsys: pytest.CaptureFixture[str]) -> None:
    document = told(capsys, "match", "TSME", "--on", "2026-06-30")
    assert {row["verdict"] for row in document["counts"]} == {"pass", "fail", "unknown", "pending_expert"}
    assert len(document["subjects"]) == sum(row["subjects"] for row in document["counts"])


def test_population_file_is_read_as_rules_read_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "firms.parquet"
    a_crowd("C1", {"a": {"fixed_invest": 5000}, "b": {"fixed_invest": 2999}}).sink_parquet(path)
    code, out, _ = call(capsys, "match", "C1", "--facts", str(path), "--on", "2026-04-01", "--lang", "zh")
    assert code == 0
    assert "C1  不符合 1，符合 1，资料不足 0，待专家 0" in out
    assert "C1  a  符合  1000000.00 元" in out
    assert "C1  b  不符合  不符合 C1.3" in out


def test_unknown_rule_and_file_without_cases_are_findings(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = call(capsys, "match", "HNET", "--lang", "en")
    assert (code, "did you mean HNTE" in err) == (1, True)
    path = tmp_path / "other.yaml"
    path.write_text("a: 1\n", "utf-8")
    code, _, err = call(capsys, "match", "HNTE", "--facts", str(path), "--lang", "zh")
    assert (code, "不是用例文件" in err) == (1, True)


def test_two_drafts_are_told_beside_the_law(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    words = ["simulate", "C9", "--facts", cases, "--with", "rate=20%", "--against", "cap=50万元"]
    document = told(capsys, *words, "--budget", "10万元")
    # 30 % of 300 is 90, 20 % is 60, and the cap of draft B is 50
    assert [(row["draft"], row["low"]) for row in document["costs"]] == [
        ("law", "900000.00"),
        ("A", "600000.00"),
        ("B", "500000.00"),
    ]
    assert [(row["draft"], row["change"]) for row in document["changed"]] == [("A", "loser"), ("B", "loser")]
    assert document["shares"] == [
        {"subject": "an increase of 300", "claim": "500000.00", "share": "100000.00"}
    ]
    assert {row["parameter"] for row in document["marginal"]} == {"rate", "cap"}


def test_simulation_is_told_in_words(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    code, out, _ = call(capsys, "simulate", "C9", "--facts", cases, "--with", "rate=20%", "--lang", "zh")
    assert code == 0
    assert "现行：符合 1 户，待定 0 户；低 90.00 万元，中 90.00 万元，高 90.00 万元" in out
    assert "受损 1 户，−30.00 万元" in out
    assert "未与原文核对：" in out
    assert "C9.cap" in out


def test_totals_list_no_firms(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "firms.parquet"
    a_crowd("C1", {"a": {}, "b": {"fixed_invest": None}}).sink_parquet(path)
    words = ["simulate", "C1", "--facts", str(path), "--totals", "--on", "2026-04-01", "--with", "cap=50万元"]
    document = told(capsys, *words)
    assert document["changed"] is None
    # 100 under the law, 50 under the draft; the other firm adds up to the cap
    assert [(row["low"], row["high"]) for row in document["costs"]] == [
        ("1000000.00", "51000000.00"),
        ("500000.00", "1000000.00"),
    ]


def test_value_without_its_name_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "simulate", "C9", "--with", "200万元")
    assert code == 2
    assert "cap=4000万元" in err


def test_rule_that_pays_nothing_is_refused_in_words(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    code, _, err = call(capsys, "simulate", "TSME", "--facts", cases, "--lang", "zh")
    assert (code, "没有金额，不能测算" in err) == (1, True)


@pytest.mark.parametrize(("clause", "example"), [("C1", True), ("C12", True), ("C16", False)])
def test_clause_of_any_place_is_priced_in_the_practice_zone(
    capsys: pytest.CaptureFixture[str], clause: str, example: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaoxin.cli.populations.PRACTICE", 60)
    document = told(capsys, "simulate", clause, "--zone", "sandbox", "--on", "2026-11-23")
    assert (document["zone"], document["synthetic"]) == ("zone/sandbox", True)
    assert document["example"] is example
    (law,) = document["costs"]
    assert law["passes"] + law["open"] <= 60
    assert law["winners"] is None  # nothing was changed


def test_example_is_said_to_be_one_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaoxin.cli.populations.PRACTICE", 20)
    _, out, _ = call(capsys, "simulate", "C1", "--zone", "sandbox", "--lang", "zh")
    assert "这是外地的政策，在这里只作样例测算" in out
    assert "合成数据" in out


def test_zone_that_does_not_exist_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "simulate", "C1", "--zone", "wiefang", "--lang", "en")
    assert (code, "zone/weifang" in err) == (1, True)


def test_population_without_firms_costs_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "nobody.parquet"
    a_crowd("C1", {"a": {}}).head(0).sink_parquet(path)
    document = told(capsys, "simulate", "C1", "--facts", str(path), "--on", "2026-11-23")
    assert [(row["passes"], row["open"], row["high"]) for row in document["costs"]] == [(0, 0, "0.00")]
    assert document["distribution"] == []


def test_json_names_the_texts_and_the_packs(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    made_of = told(capsys, "match", "TSME", "--on", "2026-06-30")["made_of"]
    rule = open_library().rule("TSME")
    source = made_of["rules"]["TSME"]
    assert (source["edition"], source["pack"]) == (edition(rule), "national")
    assert source["version"] == made_of["packs"]["national"]
    assert (made_of["snapshot"], made_of["as_of"]) == (None, None)
    by_case = told(capsys, "match", "C9", "--facts", cases)["made_of"]
    assert by_case["rules"]["C9"]["pack"] == "examples"
    assert by_case["packs"] == made_of["packs"]
