"""`gaoxin cases` runs what it knows, prints every difference, and never passes what did not run."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from gaoxin.cli import main

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "core" / "cases" / "calendar.yaml"
SHARED = ROOT.parent / "shared" / "cases"

GOOD = """\
cases:
- id: A1
  start: "2026-09-17T10:00"
  limit: 5
  unit: working_day
  expected: {due: "2026-09-23", provisional: false}
  reason: "Sunday works"
"""


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    code = main.run(["cases", *words, "--lang", "zh"])
    return code, capsys.readouterr().out.splitlines()


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_the_cases_of_this_repository_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, str(OWN)) == (0, ["36 passed, 0 failed"])


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this checkout")
def test_the_shared_calendar_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, str(SHARED / "calendar.yaml")) == (0, ["12 passed, 0 failed"])


def test_several_files_are_counted_together(capsys: pytest.CaptureFixture[str], a_file: Path) -> None:
    assert call(capsys, str(a_file), str(OWN)) == (0, ["37 passed, 0 failed"])


def test_a_difference_is_printed_with_place_walk_and_reason(
    capsys: pytest.CaptureFixture[str], a_file: Path
) -> None:
    a_file.write_text(GOOD.replace("2026-09-23", "2026-09-24"), encoding="utf-8")
    code, lines = call(capsys, str(a_file))
    assert code == 1
    assert lines[0] == f"{a_file}:2 A1 due 应为 2026-09-24，算出 2026-09-23"
    assert "9 月 20 日 周日 调休上班算在内" in lines[1]
    assert lines[2].strip() == "用例写的理由: Sunday works"
    assert lines[-1] == "0 passed, 1 failed"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  limit: 5\n", "", "缺少 limit"),
        ("reason:", "pause: []\n  reason:", "pause 是不是 pauses"),
        ("limit: 5", 'limit: "5"', "limit 应是整数"),
        ("limit: 5", "limit: -5", "时限要写"),
        ("unit: working_day", "unit: day", "unit 应为"),
        ("2026-09-17T10:00", "soon", "start 应写成"),
        ("provisional: false", "provisional: true", "provisional 应为 true，算出 false"),
        ('due: "2026-09-23"', "due: null", "due 应为 null，算出 2026-09-23"),
        ("{due:", "{dew:", "expected 只能写"),
        ("  reason:", '  pauses: [{from: "2026-09-18"}]\n  reason:', "pauses 的每一条"),
        ("  reason:", '  pauses: [{from: "2026-09-20", to: "2026-09-18"}]\n  reason:', "请对调"),
        ("  reason:", "  pauses: [{from: 20, to: 30}]\n  reason:", "不是日期"),
        ("  limit: 5", "  limit: 5\n  expect: 1", "expect 是不是 expected"),
    ],
)
def test_a_case_that_is_not_well_formed_fails(
    capsys: pytest.CaptureFixture[str], a_file: Path, old: str, new: str, words: str
) -> None:
    assert old in GOOD
    a_file.write_text(GOOD.replace(old, new), encoding="utf-8")
    code, lines = call(capsys, str(a_file))
    assert code == 1
    assert words in lines[0]
    assert lines[-1] == "0 passed, 1 failed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2026-09-17T10:00"', "2026-09-17T10:00"),
        ('"2026-09-17T10:00"', '"2026-09-17 10:00:00"'),
        ('"2026-09-23"', "2026-09-23"),
        (", provisional: false", ""),
        ('due: "2026-09-23"', 'due_at: "2026-09-23T17:00:00", counted: 5'),
        ("  reason:", "  rule: R2\n  reason:"),
        ("  reason:", "  pauses: null\n  reason:"),
    ],
)
def test_a_case_may_be_written_in_other_ways(
    capsys: pytest.CaptureFixture[str], a_file: Path, old: str, new: str
) -> None:
    assert old in GOOD
    a_file.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert call(capsys, str(a_file)) == (0, ["1 passed, 0 failed"])


def test_two_cases_with_one_id_are_noticed(capsys: pytest.CaptureFixture[str], a_file: Path) -> None:
    a_file.write_text(GOOD + GOOD.removeprefix("cases:\n"), encoding="utf-8")
    code, lines = call(capsys, str(a_file))
    assert (code, lines[-1]) == (1, "1 passed, 1 failed")
    assert "编号 A1 重复" in lines[0]


def test_rule_cases_run_and_say_what_differs(capsys: pytest.CaptureFixture[str], a_file: Path) -> None:
    rules = a_file.with_name("TSME.yaml")
    # 501 staff are one too many whatever else is missing
    rules.write_text(
        dedent(
            """\
            - name: "one person above the bound"
              rule: TSME
              "on": 2026-06-30
              money_unit: 万元
              facts: {staff_total_avg: {2025: 501}}
              expect: {verdict: fail, not_met: [T2], missing: []}
            - name: "expected wrongly"
              rule: TSME
              "on": 2026-06-30
              money_unit: 万元
              facts: {staff_total_avg: {2025: 501}}
              expect: {verdict: pass}
            - name: "no unit of money"
              rule: TSME
              "on": 2026-06-30
              facts: {}
              expect: {verdict: unknown}
            """
        ),
        encoding="utf-8",
    )
    code, lines = call(capsys, str(rules), str(a_file))
    assert code == 1
    assert "verdict 应为 pass，得出 fail" in lines[0]
    assert "缺少 money_unit" in "".join(lines)
    assert lines[-1] == "2 passed, 2 failed"


def test_pack_cases_are_sent_to_check(capsys: pytest.CaptureFixture[str], a_file: Path) -> None:
    a_file.write_text("kind: cases\ncases: []\n", encoding="utf-8")
    code, lines = call(capsys, str(a_file))
    assert code == 2
    assert "gaoxin check" in lines[0]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("cases: []\n", 1, "没有用例"),
        ("", 1, "空"),
        ("title: something else\n", 2, "认不出"),
        ("[1, 2]\n", 2, "认不出"),
        ("cases: [\n", 1, "YAML"),
        ("cases:\n- start: 1\n  start: 2\n", 1, "写了两次"),
    ],
)
def test_a_file_without_cases_is_not_sound(
    capsys: pytest.CaptureFixture[str], a_file: Path, content: str, code: int, words: str
) -> None:
    a_file.write_text(content, encoding="utf-8")
    found, lines = call(capsys, str(a_file))
    assert found == code
    assert words in lines[0]
    assert lines[-1] == "0 passed, 0 failed"


def test_a_file_that_is_not_there_is_misuse(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, lines = call(capsys, str(tmp_path / "none.yaml"))
    assert code == 2
    assert "none.yaml" in lines[0]


def test_a_program_reads_the_same(capsys: pytest.CaptureFixture[str], a_file: Path) -> None:
    a_file.write_text(GOOD.replace("2026-09-23", "2026-09-24"), encoding="utf-8")
    code = main.run(["cases", str(a_file), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert code == 1
    assert (answer["passed"], answer["failed"], answer["issues"]) == (0, 1, [])
    assert answer["cases"][0]["line"] == 2
    assert answer["cases"][0]["differences"][0]["en"] == "due should be 2026-09-24, got 2026-09-23"
