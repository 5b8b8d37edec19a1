"""Errors carry both languages and their context; issues say where and in which order."""

import pickle

import pytest

from gaoxin.core import errors
from gaoxin.core.errors import GaoxinError, NumberError, PackError
from gaoxin.core.issues import Issue, has_errors, render

SUBCLASSES = [
    value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, GaoxinError)
]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in SUBCLASSES]
    assert len(set(codes)) == len(codes)


def test_an_error_speaks_chinese_first_and_keeps_its_context() -> None:
    error = PackError("第 3 行缺少单位", "line 3 has no unit", file="x.yaml", line=3)
    assert str(error) == "第 3 行缺少单位"
    assert error.in_language("en") == "line 3 has no unit"
    assert error.context == {"file": "x.yaml", "line": 3}


def test_an_error_survives_the_way_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(NumberError("读不出", "cannot read", reason="range")))
    assert (sent.zh, sent.en, sent.context) == ("读不出", "cannot read", {"reason": "range"})


def test_an_issue_takes_its_place_from_the_error_it_came_from() -> None:
    issue = Issue.from_error(PackError("缺少单位", "no unit", file="packs/x.yaml", line=3))
    assert (issue.code, issue.where) == ("pack", "packs/x.yaml:3")


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ({"file": "x.yaml", "line": 12}, "x.yaml:12"),
        ({"file": "x.yaml"}, "x.yaml"),
        ({"file": "b.xlsx", "sheet": "表一", "cell": "B7"}, "b.xlsx 表一!B7"),
        ({"cell": "B7"}, "B7"),
        ({}, ""),
    ],
)
def test_where_names_line_or_cell(place: dict[str, object], where: str) -> None:
    assert Issue("c", "error", "错", "wrong", **place).where == where  # type: ignore[arg-type]


def test_issues_are_rendered_in_order_of_place_with_their_mend() -> None:
    issues = [
        Issue("c", "error", "乙", "two", file="a", sheet="s", cell="B10"),
        Issue(
            "c", "warning", "甲", "one", file="a", sheet="s", cell="B9", mend_zh="改成 9", mend_en="write 9"
        ),
        Issue("c", "info", "丙", "zero", file="a", sheet="s", cell="A9"),
    ]
    assert render(issues, "zh").splitlines() == [
        "a s!A9: 说明: 丙",
        "a s!B9: 提醒: 甲（改成 9）",
        "a s!B10: 错误: 乙",
    ]
    assert render(issues, "en").splitlines()[1] == "a s!B9: warning: one (write 9)"


def test_only_errors_stop_the_work() -> None:
    warning = Issue("c", "warning", "提醒", "careful")
    assert not has_errors([warning])
    assert has_errors([warning, Issue("c", "error", "错", "wrong")])


def test_a_dictionary_of_an_issue_leaves_absent_places_out() -> None:
    assert Issue("c", "error", "错", "wrong", file="a", line=0).as_dict() == {
        "code": "c",
        "severity": "error",
        "zh": "错",
        "en": "wrong",
        "where": "a:0",
        "file": "a",
        "line": 0,
    }
