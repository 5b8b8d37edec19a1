"""One subject under one rule: what it comes out as, what is missing, what is not sure."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from gaoxin.rules.judging import Judgement, judge
from tests.rules.law_builders import (
    BY_CERTIFICATE,
    HNTE,
    SURE,
    a_condition,
    a_law,
    a_parameter,
    compiled,
)
from tests.rules.route_builders import ON, facts
from tests.rules.route_builders import compiled as national

UNSURE = {"confidence": "to_confirm", "mark": "V1"}
POINTS = {
    "total": {
        "zh": "总分", "en": "Total",
        "parts": [
            {"id": "rd", "zh": "研发", "max": "60",
             "bands": {"of": "rd_tax[Y-1] / sales_income[Y-1]", "at_least": [["5%", "60"], ["3%", "40"]],
                       "otherwise": "0"}},
            {"id": "ip", "zh": "专利", "max": "40",
             "ladder": [{"when": "ip_class1 >= 1件", "points": "40"}], "otherwise": "0"},
        ],
    }
}  # fmt: skip
SCORED = a_law(
    "DEMO",
    a_condition("T1", "staff_total_avg[Y-1] <= 500人"),
    a_condition("T2", "total >= 60分", aspect="score"),
    scores=POINTS,
    direct=[BY_CERTIFICATE],
    flags=[{"id": "F1", "zh": "小", "en": "Small", "test": "staff_total_avg[Y-1] <= 5人"}],
)


def judged(**written: Any) -> Judgement:
    return judge(compiled(SCORED), facts(**written))


def verdicts(judgement: Judgement) -> dict[str, str]:
    return {held.id: str(held.verdict) for held in judgement.conditions}


def test_nothing_known_is_unknown_and_asks_for_everything_that_matters() -> None:
    told = judged()
    assert (str(told.verdict), told.not_met) == ("unknown", ())
    assert told.missing == ("ip_class1", "rd_tax", "sales_income", "staff_total_avg", "titles")
    assert told.scores["total"] == (0, 100)
    assert told.flags == {"F1": None}
    assert told.routes == {"D1": None}


def test_one_certain_no_decides_and_nothing_more_is_asked() -> None:
    told = judged(staff_total_avg={2025: 501})
    assert (str(told.verdict), told.not_met, told.missing) == ("fail", ("T1",), ())
    assert verdicts(told) == {"T1": "not_met", "T2": "unknown"}


def test_an_interval_decides_before_its_parts_are_known() -> None:
    # 5 of 100 = 5 %: 60 points already; the patents may add 0 to 40
    told = judged(staff_total_avg={2025: 9}, rd_tax={2025: 5}, sales_income={2025: 100})
    assert (told.score, str(told.verdict), told.missing) == ((60, 100), "pass", ())
    # 3 %: 40 to 80 points
    told = judged(staff_total_avg={2025: 9}, rd_tax={2025: 3}, sales_income={2025: 100}, titles=[])
    assert (told.score, str(told.verdict), told.missing) == ((40, 80), "unknown", ("ip_class1",))


def test_no_sales_is_no_share_neither_nought_nor_full() -> None:
    told = judged(staff_total_avg={2025: 9}, rd_tax={2025: 3}, sales_income={2025: 0}, titles=[], ip_class1=0)
    assert (told.score, str(told.verdict)) == ((0, 60), "unknown")
    assert told.missing == ("sales_income",)


def test_a_route_that_holds_makes_what_it_replaces_not_applicable() -> None:
    told = judged(staff_total_avg={2025: 9}, titles=[HNTE])
    assert (str(told.verdict), told.missing) == ("pass", ())
    assert verdicts(told) == {"T1": "met", "T2": "not_applicable"}
    assert told.routes == {"D1": True}


def test_no_titles_and_titles_not_known_are_two_things() -> None:
    firm: dict[str, Any] = {
        "staff_total_avg": {2025: 9}, "ip_class1": 0, "rd_tax": {2025: 0}, "sales_income": {2025: 100}
    }  # fmt: skip
    assert str(judged(**firm, titles=[]).verdict) == "fail"
    unknown = judged(**firm)
    assert (str(unknown.verdict), unknown.missing) == ("unknown", ("titles",))


def test_a_flag_changes_no_verdict() -> None:
    told = judged(staff_total_avg={2025: 5}, titles=[HNTE])
    assert (told.flags, str(told.verdict)) == ({"F1": True}, "pass")


def test_what_is_left_to_experts_waits_for_them_and_only_them() -> None:
    part = {"id": "jury", "zh": "评审", "judged": "hnte_rd_system", "points": ["0", "6"]}
    scores = {"total": {"zh": "总分", "en": "Total", "parts": [part]}}
    law = a_law("DEMO", a_condition("T1", "total >= 4分", aspect="score"), scores=scores)
    rule = compiled(law)
    waiting = judge(rule, facts())
    assert (str(waiting.verdict), verdicts(waiting)) == ("pending_expert", {"T1": "needs_expert"})
    assert str(judge(rule, facts(hnte_rd_system=4)).verdict) == "pass"
    assert str(judge(rule, facts(hnte_rd_system=3)).verdict) == "fail"


def test_money_is_exact_below_the_fen() -> None:
    benefit = {"amount": "sales_income[Y-1] / 3", "nature": "ceiling", "level": "district", "matter": "m"}
    law = a_law("DEMO", a_condition("T1", "zone_flag"), category="clause", grants=None, benefit=benefit)
    assert judge(compiled(law), facts(zone_flag=True, sales_income={2025: 1})).amount == Fraction(10_000, 3)


def test_classes_are_those_that_the_known_figures_leave_open() -> None:
    size = national("SIZE")
    firm = {"industry_code": "C3985", "revenue": {2025: 3000}, "staff_year_end": {2025: 100}}
    # industry: revenue ≥ 2000 万元 would be medium, staff of 20 to 299 are small; the lower counts
    assert judge(size, facts(**firm)).classes == ("small",)
    del firm["staff_year_end"]
    assert judge(size, facts(**firm)).classes == ("micro", "small", "medium")
    assert judge(compiled(SCORED), facts()).classes == ()


def test_what_was_not_compared_with_the_original_is_told() -> None:
    limit = a_parameter("人", ("2020-01-01", None, "500"))
    limit["values"][0] |= UNSURE
    asked = a_law("SMALL", a_condition("T1", "staff_total_avg[Y-1] <= $most"), parameters={"most": limit})
    assert judge(compiled(asked), facts()).unconfirmed == ("SMALL.most",)
    unsure = a_condition("T1", "passes(SMALL)", **UNSURE)
    # what a rule asks of another is no surer than the other
    assert judge(compiled(a_law("DEMO", unsure), ON, asked), facts()).unconfirmed == ("DEMO.T1", "SMALL.most")


def test_an_unsure_number_that_nothing_reads_or_that_no_longer_holds_is_not_told() -> None:
    spare = a_parameter("人", ("2020-01-01", None, "5"))
    spare["values"][0] |= UNSURE
    dated = a_parameter("人", ("2020-01-01", "2025-12-31", "300"), ("2026-01-01", None, "500"))
    dated["values"][0] |= UNSURE
    test = a_condition("T1", "staff_total_avg[Y-1] <= $most")
    law = a_law("DEMO", test, parameters={"most": dated, "spare": spare})
    assert SURE["confidence"] == "verified"
    assert judge(compiled(law), facts()).unconfirmed == ()


def test_completeness_counts_indicators_of_which_every_year_is_known() -> None:
    law = a_law("DEMO", a_condition("T1", "zone_flag and ip_class1 >= 1件 and rd_tax[Y-1] > rd_tax[Y-2]"),
                category="points",
 grants=None, completeness={"metrics": ["zone_flag", "ip_class1", "rd_tax"]})  # fmt: skip
    assert judge(compiled(law), facts(ip_class1=0, rd_tax={2025: 1})).completeness == (1, 3)
    assert judge(compiled(law), facts(zone_flag=False, rd_tax={2025: 1, 2024: 1})).completeness == (2, 3)
