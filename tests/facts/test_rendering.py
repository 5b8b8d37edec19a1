"""What is printed never says more than is known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import unit
from gaoxin.facts.rendering import render_interval, render_taken

HUNDRED_MILLION = 100_000_000


def yi(number: str) -> Fraction:
    return Fraction(number) * HUNDRED_MILLION


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        # 13.65/1700 = 0.80294 %: 0.80 would say too much, 0.803 does not
        (Interval(None, Fraction("13.65") / 1700, hi_open=True), "< 0.803%"),
        (Interval(Fraction(2, 21), None), "≥ 9.52%"),  # 2/21 = 9.5238 %
        (Interval(Fraction(1, 6), None), "≥ 16.666%"),  # half up would be 16.67
        (Interval(None, Fraction("0.05")), "≤ 5%"),
    ],
)
def test_a_bound_is_never_rounded_towards_what_it_excludes(interval: Interval, shown: str) -> None:
    assert render_interval(interval, unit("%")) == shown


def test_an_end_that_would_be_cut_takes_one_digit_more() -> None:
    # 432.5/0.8785 = 492.316 is above 492.3; 165.25/1.2555 = 131.6209 and 165.35/1.2545 = 131.8055 fit
    city = Interval(yi("431.5") / Fraction("0.8795"), yi("432.5") / Fraction("0.8785"))
    assert render_interval(city, unit("亿元")) == "490.61–492.32 亿元"
    funds = Interval(yi("165.25") / Fraction("1.2555"), yi("165.35") / Fraction("1.2545"))
    assert render_interval(funds, unit("亿元")) == "131.62–131.81 亿元"


def test_of_things_counted_the_whole_numbers_are_printed() -> None:
    # 19190/0.105 = 182 761.9: the first whole one above is 182 762
    span = Interval(Fraction(19190) / Fraction("0.105"), Fraction(202_000), hi_open=True)
    assert render_interval(span, unit("户"), decimals=0) == "182\u2009762–202\u2009000 户"


def test_a_printed_interval_contains_the_exact_one() -> None:
    chance = Random(11)
    for _ in range(300):
        low = Fraction(chance.randint(-5000, 5000), chance.randint(1, 997))
        high = low + Fraction(chance.randint(1, 3000), chance.randint(1, 997))
        shown = render_interval(Interval(low, high), unit("倍")).removesuffix(" 倍")
        ends = [Decimal(end.replace("−", "-").replace("\u2009", "")) for end in shown.split("–")]
        if len(ends) == 1:  # one rounded figure stands for all that rounds to it
            exponent = ends[0].as_tuple().exponent
            assert isinstance(exponent, int)
            half = Fraction(10) ** exponent / 2
            assert Fraction(ends[0]) - half <= low
            assert high <= Fraction(ends[0]) + half
        else:
            assert Fraction(ends[0]) <= low
            assert high <= Fraction(ends[1])


@pytest.mark.parametrize(
    ("interval", "held", "shown"),
    [
        (Interval(yi("431.5"), yi("432.5"), hi_open=True), "亿元", "[431.5, 432.5) 亿元"),
        (Interval(yi("1700"), None, lo_open=True), "亿元", "(1700, +∞) 亿元"),
        (Interval(Fraction(0), Fraction("0.01"), hi_open=True), "%", "[0, 1) %"),
        # 2/15 = 13.3333333…, 2/13 = 15.3846153…: six decimals, outwards
        (Interval(Fraction(2, 15), Fraction(2, 13)), "%", "[13.333333, 15.384616] %"),
    ],
)
def test_the_interval_taken_is_shown_with_its_brackets(interval: Interval, held: str, shown: str) -> None:
    assert render_taken(interval, unit(held)) == shown
