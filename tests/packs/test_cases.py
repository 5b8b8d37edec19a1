"""Gate 5: what a case expects against what the content gives."""

from fractions import Fraction
from pathlib import Path

import pytest

from gaoxin.core.issues import Issue
from gaoxin.packs.gates.cases import Answer, agrees, run_cases
from gaoxin.packs.gates.table import GATES, check_packs
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import PackCase
from gaoxin.workspace import checking
from tests.packs.builders import a_zone_with

NATIONAL_DAY = """\
kind: cases
cases:
  - id: V02
    due: {start: "2026-09-28T09:30", limit: 5, unit: working_day}
    expect: {due: "2026-10-10", provisional: false}
    reason: 29, 30 September, 8, 9 and 10 October; 1 to 7 October off, Saturday 10 October worked
"""
CITY = """\
kind: cases
cases:
  - check: demo.city_output
    # 432 ± 0.5 亿元 over 87.9 ± 0.05 %: 431.5/0.8795 = 490.6, 432.5/0.8785 = 492.3
    expect: {verdict: ok, whole: ["490.6", "492.3"]}
"""


def issues_with(root: Path, cases: str) -> list[Issue]:
    return list(checking.check_packs([a_zone_with(root, {"cases": cases})]).issues)


def test_deadline_case_passes_through_the_calendar_of_the_packs(tmp_path: Path) -> None:
    assert issues_with(tmp_path, NATIONAL_DAY) == []


def test_cross_check_case_is_evaluated_on_the_figures_of_the_packs(tmp_path: Path) -> None:
    assert issues_with(tmp_path, CITY) == []


def test_wrong_expectation_says_what_came_out_and_where(tmp_path: Path) -> None:
    (issue,) = issues_with(tmp_path, NATIONAL_DAY.replace("2026-10-10", "2026-10-12"))
    assert (issue.code, issue.line) == ("case.failed", 5)
    assert issue.zh == "用例 V02：due 应为 2026-10-12，得出 2026-10-10"


def test_every_difference_of_a_case_is_listed(tmp_path: Path) -> None:
    issues = issues_with(tmp_path, CITY.replace("ok", "flag").replace("492.3", "492.4"))
    assert [issue.en for issue in issues] == [
        "case demo.city_output: verdict should be flag, got ok",
        "case demo.city_output: whole should be [490.6, 492.4], got [490.6197, 492.3164]",
    ]


def test_case_that_cannot_be_run_is_a_failure(tmp_path: Path) -> None:
    (issue,) = issues_with(tmp_path, NATIONAL_DAY.replace("2026-09-28T09:30", "next Monday"))
    assert "cannot be run" in issue.en


def test_cases_without_an_evaluator_are_said_to_be_unrun(tmp_path: Path) -> None:
    (issue,) = check_packs([a_zone_with(tmp_path, {"cases": CITY})]).issues
    assert (issue.severity, issue.code) == ("warning", "case.not_run")
    assert "1 check cases were not run" in issue.en


def test_cases_wait_for_the_earlier_gates(tmp_path: Path) -> None:
    broken = {"cases": NATIONAL_DAY, "broken": "kind: metrics\nmetrics: []\n"}
    states = check_packs([a_zone_with(tmp_path, broken)]).states
    assert states == {
        "read": "passed",
        "shape": "failed",
        "refer": "passed",
        "compile": "not_built",
        "cases": "skipped",
    }


def test_evaluator_that_is_silent_about_a_name_fails_the_case(tmp_path: Path) -> None:
    def silent(_library: Library, _case: PackCase) -> dict[str, Answer]:
        return {"verdict": "ok"}

    library = open_library([a_zone_with(tmp_path, {"cases": CITY})])
    (result,) = run_cases(library, {"check": silent})
    assert not result.passed
    assert result.issues[0].en == "case demo.city_output: nothing was given for whole"


def test_gates_are_five() -> None:
    assert [(gate.number, gate.name) for gate in GATES] == [
        (1, "read"),
        (2, "shape"),
        (3, "refer"),
        (4, "compile"),
        (5, "cases"),
    ]


@pytest.mark.parametrize(
    ("expected", "given", "same"),
    [
        (("490.6", "492.3"), (Fraction("490.62"), Fraction("492.316")), True),
        (("490.6", "492.3"), (Fraction("490.65"), Fraction("492.3")), False),  # 490.65 rounds to 490.7
        (("-0.5", "0.5"), (Fraction("-0.45"), Fraction("0.45")), True),  # half away from zero on both sides
        ((None, "10.3"), (None, Fraction("10.26")), True),
        ((None, "10.3"), (Fraction(0), Fraction("10.26")), False),
        (("1/7", None), (Fraction(1, 7), None), True),
        ("229", (Fraction(229), Fraction(229)), True),
        ("229", (Fraction(228), Fraction(229)), False),
        ("ok", "ok", True),
        ("ok", None, False),
        (True, True, True),
        (("1", "2"), "ok", False),
    ],
)
def test_answer_agrees_to_the_digits_the_case_writes(
    expected: str | bool | tuple[str | None, str | None], given: Answer, same: bool
) -> None:
    assert agrees(expected, given) is same


def test_a_date_that_cannot_be_given_yet_is_expected_as_null(tmp_path: Path) -> None:
    # Ten working days from 21 December 2026 need days of 2027, whose calendar is not published.
    unpublished = (
        NATIONAL_DAY.replace("2026-09-28T09:30", "2026-12-21T10:00")
        .replace("limit: 5", "limit: 10")
        .replace('due: "2026-10-10", provisional: false', "due: null, provisional: true")
    )
    assert issues_with(tmp_path, unpublished) == []


def test_a_date_where_none_can_be_given_is_a_difference(tmp_path: Path) -> None:
    (issue,) = issues_with(tmp_path, NATIONAL_DAY.replace('due: "2026-10-10"', "due: null"))
    assert "due should be ∅, got 2026-10-10" in issue.en
