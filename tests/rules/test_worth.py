"""What a pass is worth: clauses that read the title, settled with it and without it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.judging import judge
from gaoxin.rules.settling import Money
from gaoxin.rules.worth import Pricing, Worth, named_titles
from tests.rules.clause_builders import HNTE, ON, WAN, a_row, clause, compiler

PRICING = Pricing.of(ON, [clause("C9"), clause("C16"), clause("C3")])
TITLE = "HNTE"


def rule(name: str) -> CompiledRule:
    return compiler().compiled(name)


def worth(name: str, **facts: Any) -> Worth | None:
    return PRICING.worth(rule(name), a_row(**facts))


def test_the_titles_a_clause_reads_are_named() -> None:
    assert named_titles(clause("C9")) == {"hnte", "hnte_cultivation"}
    assert named_titles(clause("C16")) == {"xjr"}
    assert named_titles(clause("C3")) == frozenset()


def test_a_title_is_worth_what_the_clauses_that_ask_for_it_would_pay() -> None:
    # 30 % of 900 − 600 = 90 万元, and nothing without the title
    told = worth(TITLE, titles=[])
    assert told is not None
    assert told.money == Money(90 * WAN, 90 * WAN)
    assert told.gains == (("C9", Money(90 * WAN, 90 * WAN)),)


def test_a_title_that_is_held_already_brings_nothing_more() -> None:
    told = worth(TITLE, titles=[HNTE])
    assert told is not None
    assert told.money == Money(0, 0)
    assert told.gains == ()


def test_a_missing_figure_leaves_the_worth_between_nothing_and_the_ceiling() -> None:
    told = worth(TITLE, titles=[], rd_tax={2025: 900})
    assert told is not None
    assert told.money == Money(0, 200 * WAN)


def test_titles_that_are_not_known_leave_it_open_downwards() -> None:
    told = worth(TITLE, titles=None)
    assert told is not None
    assert told.money == Money(0, 90 * WAN)


def test_a_title_that_no_clause_reads_has_no_price() -> None:
    assert worth("TSME", titles=[]) is None
    assert not PRICING.prices(rule("TSME"))
    assert PRICING.leaves(rule("TSME")) == ()


def test_a_price_rests_on_the_clauses_and_not_on_what_the_title_asks() -> None:
    read = {leaf.metric for leaf in PRICING.rests_on(rule(TITLE))}
    assert read == {"titles", "rd_tax", "benefits_paid"}
    assert {leaf.metric for leaf in PRICING.rests_on(clause("C9"))} == {"rd_tax", "benefits_paid"}


def test_without_clauses_nothing_has_a_price() -> None:
    assert Pricing(ON).worth(rule(TITLE), a_row(titles=[])) is None


def test_a_clause_is_worth_what_it_pays_once_its_conditions_hold() -> None:
    # no title, so it fails; with one it pays 30 % of 300
    told = worth("C9", titles=[])
    assert told is not None
    assert told.money == Money(90 * WAN, 90 * WAN)


def test_a_clause_is_priced_on_the_figures_after_the_way() -> None:
    after = judge(clause("C9"), a_row(rd_tax={2025: 700, 2024: 600})).reading
    told = PRICING.worth(clause("C9"), a_row(rd_tax={2025: 600, 2024: 600}), after=after)
    assert told is not None
    assert told.money == Money(30 * WAN, 30 * WAN)  # 30 % of 100


def test_a_clause_paid_once_and_had_is_worth_nothing() -> None:
    once = "C16"
    paid = [{"clause": once, "amount": 1, "year": 2025}]
    told = PRICING.worth(clause(once), a_row(benefits_paid=paid))
    assert told is not None
    assert told.money == Money(0, 0)


@pytest.mark.parametrize("name", ["RDDED"])
def test_a_deduction_is_not_money_paid(name: str) -> None:
    assert worth(name) is None


def test_the_ceiling_of_a_clause_is_said() -> None:
    told = PRICING.worth(clause("C1"), a_row())
    assert told is not None
    assert told.ceiling
    assert told.money.low == int(Fraction(100 * WAN))  # 2 % of 5,000 万元
