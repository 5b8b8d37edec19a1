"""Gates 4 and 5: what does not compile on some day, what nobody reaches, what answers otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gaoxin.compute import tree
from gaoxin.packs.library import Library
from gaoxin.packs.schemas.rule import Rule
from gaoxin.packs.schemas.rule_cases import RuleCases
from gaoxin.rules.gates import compile_rules, implies, run_rule_cases
from tests.rules.law_builders import a_book, a_condition, a_law, a_parameter, compiled
from tests.rules.test_judging import SCORED


def faults(*rules: Rule) -> list[tuple[str, str]]:
    return [(issue.code, issue.en) for issue in compile_rules(a_book(*rules).library)]


def with_cases(rule: Rule, *cases: dict[str, Any]) -> Library:
    held = RuleCases.model_validate({"kind": "rule_cases", "rule": rule.id, "cases": list(cases)})
    return replace(a_book(rule).library, rule_cases={rule.id: held})


def test_a_sound_rule_has_no_faults() -> None:
    assert faults(SCORED) == []


def test_a_fault_is_said_once_though_it_stands_on_every_day() -> None:
    limit = a_parameter("人", ("2020-01-01", "2025-12-31", "1"), ("2026-01-01", None, "2"))
    broken = a_law("DEMO", a_condition("T1", "staf_total_avg[Y-1] <= $most"), parameters={"most": limit})
    ((code, words),) = faults(broken)
    assert code == "compile.rule"
    assert "staff_total_avg" in words


def test_a_fault_that_begins_on_a_later_day_is_found_before_it() -> None:
    # from 2026 the bound is so high that the product no longer fits 38 digits
    limit = a_parameter("1", ("2020-01-01", "2039-12-31", "1"), ("2040-01-01", None, "1" + "0" * 17))
    test = "sales_income[Y-1] * $by * $by > 0元"
    law = a_law("DEMO", a_condition("T1", test), parameters={"by": limit})
    assert [code for code, _ in faults(law)] == ["compile.rule"]
    early = a_law("DEMO", a_condition("T1", test), parameters={"by": limit},
                  effective={"from": "2020-01-01", "until": "2039-12-31"})  # fmt: skip
    assert faults(early) == []


def test_a_rung_that_nobody_reaches_is_found() -> None:
    def ladder(*marks: int) -> Rule:
        rungs = [{"when": f"ip_class1 >= {mark}件", "points": str(mark)} for mark in marks]
        part = {"id": "ip", "zh": "专利", "ladder": rungs, "otherwise": "0"}
        scores = {"total": {"zh": "总分", "en": "Total", "parts": [part]}}
        return a_law("DEMO", a_condition("T1", "total >= 1分", aspect="score"), scores=scores)

    assert faults(ladder(4, 1)) == []
    assert {code for code, _ in faults(ladder(1, 4))} == {"compile.dead_branch"}


@pytest.mark.parametrize(
    ("first", "second", "follows"),
    [
        ("ip_class1 >= 4件", "ip_class1 >= 1件", True),
        ("ip_class1 >= 1件", "ip_class1 >= 4件", False),
        ("ip_class1 >= 1件", "ip_class1 > 1件", False),
        ("ip_class1 > 1件", "ip_class1 >= 1件", True),
        ("ip_class1 < 1件", "ip_class1 <= 1件", True),
        ("ip_class1 <= 1件", "ip_class1 < 1件", False),
        ("ip_class1 >= 4件", "ip_class2 >= 1件", False),
        ("ip_class1 >= 4件", "ip_class1 <= 9件", False),
        ("ip_class1 >= 4件 and zone_flag", "ip_class1 >= 1件", True),
        ("ip_class1 >= 4件", "ip_class1 >= 1件 or zone_flag", True),
        ("ip_class1 >= 4件 or zone_flag", "ip_class1 >= 1件", False),
    ],
)
def test_one_test_implies_another_only_where_that_is_certain(first: str, second: str, follows: bool) -> None:
    rule = compiled(a_law("DEMO", a_condition("T1", first), a_condition("T2", second)))
    assert implies(*(held.own for held in rule.conditions)) is follows
    assert all(isinstance(held.own, tree.Node) for held in rule.conditions)


def test_a_case_that_differs_is_an_issue_and_one_that_agrees_is_none() -> None:
    case = {
        "name": "too many", "shows": "no", "on": "2026-06-30", "money_unit": "万元",
        "facts": {"staff_total_avg": {"2025": 501}}, "expect": {"verdict": "fail", "not_met": ["T1"]},
    }  # fmt: skip
    assert list(run_rule_cases(with_cases(SCORED, case))) == []
    (told,) = run_rule_cases(with_cases(SCORED, {**case, "shows": "yes", "expect": {"verdict": "pass"}}))
    assert told.code == "case.differs"
    assert "verdict should be pass, got fail" in told.en
    assert "too many" in told.en


def test_a_case_is_asked_on_its_own_day_and_for_its_own_application() -> None:
    limit = a_parameter("人", ("2020-01-01", "2025-12-31", "300"), ("2026-01-01", None, "500"))
    test = a_condition("T1", "staff_total_avg[Y-1] <= $most")
    law = a_law("DEMO", test, parameters={"most": limit})
    case = {
        "name": "301", "shows": "no", "on": "2025-06-30", "money_unit": "万元",
        "facts": {"staff_total_avg": {"2024": 301}}, "expect": {"verdict": "fail"},
    }  # fmt: skip
    assert list(run_rule_cases(with_cases(law, case))) == []
    later = {**case, "on": "2026-06-30", "facts": {"staff_total_avg": {"2025": 301}}}
    assert (
        list(run_rule_cases(with_cases(law, {**later, "shows": "yes", "expect": {"verdict": "pass"}}))) == []
    )
