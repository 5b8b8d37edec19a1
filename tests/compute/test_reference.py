"""One subject, worked by hand: what each operation says, and what keeps it open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gaoxin.compute.reference import Outcome, Reading
from gaoxin.compute.tree import (
    Arithmetic,
    Best,
    Choose,
    Compare,
    DaysBetween,
    Exists,
    Extreme,
    Growth,
    Judged,
    Known,
    Logic,
    Node,
    Not,
    Points,
    Range,
    Reaches,
    Settled,
    Step,
    Sum,
    Total,
    Whole,
    made,
)
from tests.compute.trees import (
    AMOUNT,
    BORN,
    EVENTS,
    JUDGED,
    LEAP,
    MONEY,
    MONIES,
    POINT,
    SURE,
    TRUTHS,
    constant,
)

A, B, _ = MONIES
P, Q = TRUTHS
BANDS = ((Fraction(100), Fraction(10)), (Fraction(10), Fraction(5)))


def told(node: Node, **row: Any) -> Outcome:
    return Reading({name: Fraction(value) if type(value) is int else value for name, value in row.items()})[
        node
    ]


def opened(*metrics: str) -> frozenset[str]:
    return frozenset(metrics)


def banded(of: Node) -> Node:
    return made(Points, made(Step, of, BANDS, Fraction(0), True, True, POINT), Fraction(0), Fraction(10))


def test_nothing_over_nothing_is_missing_and_its_divisor_keeps_it_open() -> None:
    share = made(Compare, ">=", made(Arithmetic, "/", A, B), constant("1/20"))
    assert told(share, a=0, b=0) == Outcome(None, opened("b"))
    assert told(share, b=0) == Outcome(None, opened("a", "b"))
    # 5 ÷ 100 = 5 % exactly
    assert told(share, a=5, b=100) == Outcome(True)


def test_a_third_times_three_is_one() -> None:
    third = made(Arithmetic, "/", A, B)
    assert told(made(Arithmetic, "*", third, constant(3)), a=1, b=3).value == 1


def test_the_largest_whole_number_below_minus_seven_halves_is_minus_four() -> None:
    assert told(made(Whole, made(Arithmetic, "/", A, B)), a=-7, b=2).value == -4


def test_the_least_of_a_known_and_a_missing_number_is_missing() -> None:
    assert told(made(Extreme, "min", (A, B)), a=1) == Outcome(None, opened("b"))


@pytest.mark.parametrize(
    ("op", "p", "q", "value", "open"),
    [
        ("all", True, None, None, ["q"]),
        ("all", False, None, False, []),
        ("any", True, None, True, []),
        ("any", False, None, None, ["q"]),
        ("all", None, None, None, ["p", "q"]),
    ],
)
def test_one_certain_truth_decides_and_nothing_is_asked_in_vain(
    op: str, p: bool | None, q: bool | None, value: bool | None, open: list[str]
) -> None:
    assert told(made(Logic, op, (P, Q)), p=p, q=q) == Outcome(value, opened(*open))


def test_the_opposite_of_open_is_open_and_known_never_is() -> None:
    assert told(made(Not, P)) == Outcome(None, opened("p"))
    assert told(made(Known, A)) == Outcome(False)


def test_a_choice_between_equal_truths_needs_no_test() -> None:
    chosen = made(Choose, P, Q, made(Settled, True))
    assert told(chosen, q=True) == Outcome(True)
    assert told(chosen, q=False) == Outcome(None, opened("p"))


@pytest.mark.parametrize(("a", "points"), [(9, 0), (10, 5), (99, 5), (100, 10)])
def test_a_number_on_the_edge_of_a_closed_band_is_in_it(a: int, points: int) -> None:
    assert told(banded(A), a=a) == Outcome(Fraction(points), high=Fraction(points))


def test_growth_of_twenty_percent_over_three_years_is_exact() -> None:
    # 1000 × 1.2³ = 1728
    grown = made(Growth, ">=", A, B, 3, constant("1/5"))
    assert told(grown, a=1000, b=1728) == Outcome(True)
    assert told(grown, a=1000, b=Fraction(172_799, 100)) == Outcome(False)
    assert told(grown, a=0, b=1728) == Outcome(None, opened("a"))


def test_a_leap_day_is_counted() -> None:
    # 28 February to 29 February 2024: one day
    assert told(made(DaysBetween, BORN, LEAP, ()), born=date(2024, 2, 28)).value == 1


def test_an_empty_list_is_known_and_a_missing_one_is_not() -> None:
    asked = made(Exists, EVENTS, SURE)
    assert told(asked, events=[]) == Outcome(False)
    assert told(asked) == Outcome(None, opened("events"))
    assert told(asked, events=[{"sure": None}, {"sure": False}]) == Outcome(None, opened("events"))
    assert told(asked, events=[{"sure": None}, {"sure": True}]) == Outcome(True)


def test_a_sum_is_missing_where_an_element_that_counts_has_no_amount() -> None:
    total = made(Sum, EVENTS, SURE, AMOUNT)
    paid = [{"sure": True, "amount": Fraction(60)}, {"sure": False, "amount": None}]
    assert told(total, events=paid).value == 60
    assert told(total, events=[*paid, {"sure": True, "amount": None}]) == Outcome(None, opened("events"))
    assert told(total, events=[]).value == 0


def test_a_missing_part_of_a_score_is_anything_it_can_be() -> None:
    # 10 for a; b from 0 to 10; together 10 to 20, at most 15
    both = (banded(A), banded(B))
    assert told(made(Total, both, None), a=100) == Outcome(Fraction(10), opened("b"), Fraction(20))
    assert told(made(Total, both, Fraction(15)), a=100) == Outcome(Fraction(10), opened("b"), Fraction(15))
    assert told(made(Total, both, Fraction(10)), a=100) == Outcome(Fraction(10), high=Fraction(10))


def test_the_best_of_two_asks_for_nothing_once_the_top_is_reached() -> None:
    best = made(Best, "max", (banded(A), banded(B)))
    assert told(best, a=100) == Outcome(Fraction(10), high=Fraction(10))
    assert told(best, a=10) == Outcome(Fraction(5), opened("b"), Fraction(10))


def test_a_mark_between_both_ends_of_a_score_leaves_it_open() -> None:
    total = made(Total, (banded(A), banded(B)), None)
    assert told(made(Reaches, ">=", total, Fraction(10)), a=100) == Outcome(True)
    assert told(made(Reaches, ">=", total, Fraction(11)), a=100) == Outcome(None, opened("b"))
    assert told(made(Reaches, ">=", total, Fraction(21)), a=100) == Outcome(False)


def test_an_expert_is_needed_only_where_there_is_something_to_judge() -> None:
    wide, none = made(Range, Fraction(3), Fraction(8), POINT), made(Range, Fraction(0), Fraction(0), POINT)
    judged = made(Judged, JUDGED[0], made(Choose, P, wide, none))
    assert told(judged, p=True) == Outcome(Fraction(3), opened("judged_1"), Fraction(8))
    assert told(judged, p=False) == Outcome(Fraction(0), high=Fraction(0))
    assert told(judged, p=True, judged_1=7) == Outcome(Fraction(7), high=Fraction(7))


def test_amounts_are_compared_to_the_fen() -> None:
    least = made(Compare, ">=", A, constant(Fraction(10_01, 100), MONEY))
    assert told(least, a=Fraction(10_01, 100)) == Outcome(True)
    assert told(least, a=10) == Outcome(False)
