"""Cases: facts as people write them, and every way in which an answer may differ."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gaoxin.core.errors import RuleError
from gaoxin.rules.cases import Case, CaseRunner, row_of_facts
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.matching import RuleColumns
from gaoxin.rules.vocabulary import vocabulary
from tests.rules.law_builders import a_book, a_condition, a_law, compiled
from tests.rules.route_builders import ON, national
from tests.rules.test_judging import SCORED
from tests.rules.test_matching import PAYING


def row(money_unit: str = "万元", **facts: Any) -> Any:
    return row_of_facts(facts, money_unit, vocabulary(national().metrics))


def differences(expect: dict[str, Any], rule: str = "DEMO", **facts: Any) -> list[str]:
    case = Case(rule, "a case", ON, "万元", facts, expect)
    return [en for _, en in CaseRunner(a_book(SCORED, PAYING)).run(case)]


def test_money_is_read_in_its_unit_also_inside_lists_and_nothing_else_is() -> None:
    bills = [{"amount": "0.5", "date": "2026-01-10"}]
    told = row("亿元", sales_income={2025: "1.5"}, staff_total_avg={2025: 7}, service_bills=bills)
    assert told["sales_income@2025"] == 150_000_000
    assert told["staff_total_avg@2025"] == 7
    assert told["service_bills"][0]["amount"] == 50_000_000
    assert told["service_bills"][0]["date"] == date(2026, 1, 10)


def test_null_is_missing_while_nought_and_an_empty_list_are_known() -> None:
    told = row(ip_class1=0, ip_class2=None, titles=[], rd_tax={2025: None})
    assert (told["ip_class1"], told["titles"]) == (0, [])
    assert "ip_class2" not in told
    assert told.get("rd_tax@2025") is None


def test_a_field_left_out_of_an_element_is_missing_in_it() -> None:
    assert row(titles=[{"kind": "hnte"}])["titles"][0]["valid_to"] is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"sales_incomes": {2025: 1}}, "sales_income"),
        ({"sales_income": 1}, "年份"),
        ({"sales_income": {2025: 0.1}}, "小数加引号"),
        ({"sales_income": {2025: True}}, "应是数"),
        ({"zone_flag": 1}, "true 或 false"),
        ({"est_date": "31.01.2026"}, "日期"),
        ({"titles": "none"}, "清单"),
        ({"titles": [{"kinds": "hnte"}]}, "kind"),
    ],
)
def test_what_does_not_fit_its_metric_is_refused_with_what_would(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleError, match=words):
        row(**facts)


def test_a_case_that_agrees_says_nothing() -> None:
    expect = {"verdict": "fail", "not_met": ["T1"], "missing": [], "score": [0, 100], "version": "DEMO"}
    assert differences(expect, staff_total_avg={2025: 501}) == []


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ({"verdict": "pass"}, "verdict should be pass, got fail"),
        ({"not_met": []}, "not_met should be [], got [T1]"),
        ({"missing": ["titles"]}, "missing should be [titles], got []"),
        ({"score": [0, 99]}, "score should be [0, 99], got [0, 100]"),
        ({"score": 100}, "score should be 100, got [0, 100]"),
        ({"version": "OTHER"}, "version should be OTHER, got DEMO"),
        ({"amount": "1"}, "amount should be 1, got ∅"),
        ({"class": "small"}, "class should be small, got []"),
        ({"completeness": "1/2"}, "completeness should be 1/2, got ∅"),
    ],
)
def test_every_expectation_is_compared(expect: dict[str, Any], words: str) -> None:
    assert differences(expect, staff_total_avg={2025: 501}) == [words]


def test_an_amount_is_compared_in_the_unit_of_the_case() -> None:
    # a third of 3 万元
    assert differences({"amount": "1"}, "PAY", zone_flag=True, sales_income={2025: 3}) == []
    assert differences({"amount": "1.01"}, "PAY", zone_flag=True, sales_income={2025: 3}) == [
        "amount should be 1.01, got 1"
    ]
    assert differences({"amount": "0.333333"}, "PAY", zone_flag=True, sales_income={2025: 1}) == []


def test_a_case_that_cannot_be_asked_is_one_difference_with_its_reason() -> None:
    (told,) = differences({"verdict": "pass"}, staff=1)
    assert "there is no metric staff" in told


def test_a_plan_that_differs_from_the_reference_is_a_difference() -> None:
    def staff_of_at_most(most: int) -> CompiledRule:
        return compiled(a_law("DEMO", a_condition("T1", f"staff_total_avg[Y-1] <= {most}人")))

    case = Case("DEMO", "nine", ON, "万元", {"staff_total_avg": {2025: 9}}, {"verdict": "pass"})
    runner = CaseRunner(a_book(staff_of_at_most(10).rule))
    assert runner.run(case) == []
    meant = runner.judged(case).compiled
    other = RuleColumns.of(staff_of_at_most(5)).plan
    runner._columns[id(meant)] = RuleColumns(meant, other)
    assert [en for _, en in runner.run(case)] == [
        "the plan and the reference differ: verdict is fail, should be pass",
        "the plan and the reference differ: T1 is not_met, should be met",
    ]


def test_a_score_of_the_plan_that_differs_is_a_difference() -> None:
    def one_patent_gives(points: str) -> CompiledRule:
        ladder = [{"when": "ip_class1 >= 1件", "points": points}]
        part = {"zh": "总分", "en": "Total", "max": points, "ladder": ladder, "otherwise": "0"}
        return compiled(
            a_law("DEMO", a_condition("T1", "total >= 5分", aspect="score"), scores={"total": part})
        )

    case = Case("DEMO", "one", ON, "万元", {"ip_class1": 1}, {"verdict": "pass"})
    runner = CaseRunner(a_book(one_patent_gives("20").rule))
    assert runner.run(case) == []
    meant = runner.judged(case).compiled
    runner._columns[id(meant)] = RuleColumns(meant, RuleColumns.of(one_patent_gives("10")).plan)
    (told,) = [en for _, en in runner.run(case)]
    assert "score is (10000000, 10000000), should be (20000000, 20000000)" in told
