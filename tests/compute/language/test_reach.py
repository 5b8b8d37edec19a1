"""How far a number can reach, from the bounds of its metrics."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.compute.language import build
from gaoxin.compute.language.reach import Reach, reach
from gaoxin.compute.reference import Reading
from tests.compute.language.words import SCOPE

# province_points lies within 0 and 15, counts within 0 and 1,000,000,000, market_share within ±10,000


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("province_points", 0, 15),
        ("province_points + 5分", 5, 20),
        ("20分 - province_points", 5, 20),
        ("min(province_points, 10分)", 0, 10),
        ("max(province_points, 10分)", 10, 15),
        ("if(zone_flag, province_points, -3分)", -3, 15),
        ("band($rates, sales_income[Y-1])", Fraction(3, 100), Fraction(5, 100)),
        ("whole(province_points / 2 / 1分)", 0, None),
        ("liabilities[Y-1] / total_assets[Y-1]", 0, None),
        ("market_share * 2", None, None),
        ("max(market_share * 2, 0%)", 0, None),
        ("sum(e in awards: e.rank)", 0, None),
        ("year(est_date)", 1, 9999),
        ("days(est_date, ON)", None, None),
        ("7%", Fraction(7, 100), Fraction(7, 100)),
    ],
)
def test_reach(text: str, low: Fraction | int | None, high: Fraction | int | None) -> None:
    assert reach(build(text, SCOPE, "number").node) == Reach(
        None if low is None else Fraction(low), None if high is None else Fraction(high)
    )


NUMBERS = st.recursive(
    st.sampled_from(["province_points", "1分", "-2分", "7分"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-"), inner).map(lambda three: "({} {} {})".format(*three)),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda three: "{}({}, {})".format(*three)
        ),
        st.tuples(inner, inner).map(lambda two: "if(zone_flag, {}, {})".format(*two)),
        inner.map(lambda one: f"whole({one})"),
        inner.map(lambda one: f"({one} * 3 / 2)"),
    ),
    max_leaves=6,
)


@given(NUMBERS, st.fractions(0, 15, max_denominator=8), st.booleans())
def test_no_value_lies_outside_its_reach(text: str, points: Fraction, flag: bool) -> None:
    node = build(text, SCOPE, "number").node
    value = Reading({"province_points": points, "zone_flag": flag})[node].low
    found = reach(node)
    assert found.low is None or found.low <= value
    assert found.high is None or value <= found.high
