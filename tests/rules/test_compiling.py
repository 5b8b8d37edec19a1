"""Rules as trees: names, routes, other rules, money, and the numbers of the day they rest on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gaoxin.compute import tree
from gaoxin.compute.dims import dims_of_symbol
from gaoxin.compute.language import Parameter
from gaoxin.compute.reference import Reading
from gaoxin.core.errors import ExpressionError, RuleError
from gaoxin.rules.compiling import CompiledRule, Compiler
from tests.rules.law_builders import (
    BY_CERTIFICATE,
    HNTE,
    a_book,
    a_condition,
    a_family,
    a_law,
    a_parameter,
    compiled,
)
from tests.rules.route_builders import ON, facts

STAFF = a_parameter("人", ("2020-01-01", "2025-12-31", "300"), ("2026-01-01", None, "500"))
LIMITED = a_condition("T1", "staff_total_avg[Y-1] <= $most")


def truth(rule: CompiledRule, **written: Any) -> Any:
    return Reading(facts(**written))[rule.verdict].value


def test_the_value_of_the_day_of_application_counts() -> None:
    law = a_law("DEMO", LIMITED, parameters={"most": STAFF})
    on_last, on_first = (compiled(law, day) for day in (date(2025, 12, 31), date(2026, 1, 1)))
    assert truth(on_last, staff_total_avg={2024: 301}) is False  # at most 300, of 2024
    assert truth(on_first, staff_total_avg={2025: 301}) is True  # at most 500, of 2025


def test_a_draft_overrides_a_number_without_changing_the_law() -> None:
    book = a_book(a_law("DEMO", LIMITED, parameters={"most": STAFF}))
    draft = {"DEMO.most": Parameter("DEMO.most", Fraction(100), dims_of_symbol("人"))}
    rule = Compiler(book, ON, overrides=draft).compiled("DEMO")
    assert rule.overridden == {"most"}
    assert truth(rule, staff_total_avg={2025: 101}) is False
    assert truth(Compiler(book, ON).compiled("DEMO"), staff_total_avg={2025: 101}) is True


def test_no_override_is_none_of_the_law() -> None:
    assert compiled(a_law("DEMO", LIMITED, parameters={"most": STAFF})).overridden == frozenset()


def test_a_family_compiles_to_its_version() -> None:
    family = a_family(("OLD", "new", "2020-01-01", "2026-03-31"), ("NEW", "new", "2026-04-01", None))
    old = a_law("OLD", family="DEMOS", effective={"from": "2020-01-01", "until": "2026-03-31"})
    new = a_law("NEW", family="DEMOS", effective={"from": "2026-04-01"})
    book = a_book(old, new, family=family)
    assert Compiler(book, date(2026, 3, 31)).compiled("DEMOS").id == "OLD"
    assert Compiler(book, date(2026, 4, 1)).compiled("DEMOS").id == "NEW"


def test_each_rule_is_compiled_once() -> None:
    compiler = Compiler(a_book(a_law()), ON)
    assert compiler.compiled("DEMO") is compiler.compiled("DEMO")


def test_a_direct_route_stands_in_for_what_it_replaces_and_for_nothing_else() -> None:
    small = a_condition("T1", "staff_total_avg[Y-1] <= 500人")
    rule = compiled(a_law("DEMO", small, a_condition("T2", "ip_class1 >= 1件"), direct=[BY_CERTIFICATE]))
    firm: dict[str, Any] = {"staff_total_avg": {2025: 10}, "ip_class1": 0}
    assert truth(rule, **firm, titles=[]) is False
    assert truth(rule, **firm, titles=[HNTE]) is True
    assert truth(rule, **{**firm, "staff_total_avg": {2025: 501}}, titles=[HNTE]) is False
    first, second = rule.conditions
    assert (first.direct, first.effective) == (None, first.own)
    assert second.direct is not None


def test_whether_the_route_holds_is_not_asked_where_the_text_itself_does() -> None:
    rule = compiled(
        a_law(
            "DEMO",
            a_condition("T1", "zone_flag"),
            a_condition("T2", "ip_class1 >= 1件"),
            direct=[BY_CERTIFICATE],
        )
    )
    assert truth(rule, zone_flag=True, ip_class1=1) is True
    assert Reading(facts(zone_flag=True, ip_class1=0))[rule.verdict].open == {"titles"}


def test_a_rule_may_ask_another_and_rests_on_its_numbers() -> None:
    limits = {"most": STAFF}
    asked = a_law("SMALL", LIMITED, parameters=limits)
    rule = compiled(a_law("DEMO", a_condition("T1", "passes(SMALL)")), ON, asked)
    assert list(rule.asked) == ["SMALL"]
    assert rule.used == {"SMALL.most"}
    assert truth(rule, staff_total_avg={2025: 500}) is True
    assert truth(rule, staff_total_avg={2025: 501}) is False


def test_rules_that_ask_each_other_are_refused_with_the_circle() -> None:
    one, two = (
        a_law(name, a_condition("T1", f"passes({other})")) for name, other in (("ONE", "TWO"), ("TWO", "ONE"))
    )
    with pytest.raises(RuleError, match="ONE → TWO → ONE"):
        compiled(one, ON, two)


def test_an_amount_is_nothing_with_a_fail_and_open_with_the_verdict() -> None:
    benefit = {"amount": "sales_income[Y-1] * 1%", "nature": "ceiling", "level": "district", "matter": "m"}
    law = a_law("DEMO", a_condition("T1", "zone_flag"), category="clause", grants=None, benefit=benefit)
    rule = compiled(law)
    assert rule.paid is not None
    sales = {"sales_income": {2025: 300}}
    # 300 万元 × 1 % = 3 万元
    assert Reading(facts(zone_flag=True, **sales))[rule.paid].value == 30_000
    assert Reading(facts(zone_flag=False, **sales))[rule.paid].value == 0
    assert Reading(facts(zone_flag=False))[rule.paid].value == 0
    assert Reading(facts(**sales))[rule.paid].value is None


def test_an_amount_that_is_no_money_is_refused() -> None:
    benefit = {"amount": "staff_total_avg[Y-1]", "nature": "ceiling", "level": "district", "matter": "m"}
    law = a_law("DEMO", a_condition("T1", "zone_flag"), category="clause", grants=None, benefit=benefit)
    with pytest.raises(ExpressionError, match="没有得出金额"):
        compiled(law)


def test_the_score_of_a_rule_is_the_last_it_writes() -> None:
    def score(id: str) -> dict[str, Any]:
        part = {
            "id": f"{id}_ip",
            "zh": "专利",
            "ladder": [{"when": "ip_class1 >= 1件", "points": "5"}],
            "otherwise": "0",
        }
        return {"zh": id, "en": id, "parts": [part]}

    law = a_law(
        "DEMO", a_condition("T1", "last >= 1分"), scores={"first": score("first"), "last": score("last")}
    )
    assert compiled(law).score == "last"
    assert compiled(a_law()).score is None


def test_bits_number_the_metrics_in_the_order_of_their_names() -> None:
    rule = compiled(a_law("DEMO", a_condition("T1", "zone_flag and ip_class1 >= 1件 and ip_class2 >= 1件")))
    assert rule.bits == {"ip_class1": 0, "ip_class2": 1, "zone_flag": 2}


def test_the_leaves_are_all_that_a_rule_reads_flags_included() -> None:
    flag = {"id": "F1", "zh": "小", "en": "Small", "test": "ip_class1 = 0件"}
    rule = compiled(a_law(flags=[flag]))
    assert {leaf.column for leaf in rule.leaves} == {"staff_total_avg@2025", "ip_class1"}
    assert isinstance(rule.verdict, tree.Node)


def test_a_condition_rests_on_the_numbers_of_its_route_as_well() -> None:
    by_patents = {
        "id": "D", "zh": "直接认定", "replaces": ["T2"], "document": "d", "article": "第二条",
        "any": [{"id": "D1", "zh": "专利", "test": "ip_class1 >= $enough"}],
    }  # fmt: skip
    numbers = {"most": STAFF, "enough": a_parameter("件", ("2020-01-01", None, "3"))}
    law = a_law("DEMO", LIMITED, a_condition("T2", "zone_flag"), direct=[by_patents], parameters=numbers)
    rule = compiled(law)
    assert [held.parameters for held in rule.conditions] == [{"DEMO.most"}, {"DEMO.enough"}]
    assert rule.used == {"DEMO.most", "DEMO.enough"}
