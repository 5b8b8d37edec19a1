"""How far numbers reach by their unit, in base units."""

from __future__ import annotations

import pytest

from gaoxin.core.errors import UnitError
from gaoxin.core.usual_bounds import usual_bounds


@pytest.mark.parametrize(
    ("symbol", "low", "high"),
    [
        ("万元", -5 * 10**12, 5 * 10**12),
        ("元", -5 * 10**12, 5 * 10**12),
        ("%", -(10**4), 10**4),
        ("人", 0, 10**9),
        ("分", 0, 10**6),
        ("年", 0, 10**4),
        ("吨", -(10**12), 10**12),
        (None, 0, 10**9),
    ],
)
def test_bounds_are_those_of_the_dimension(symbol: str | None, low: int, high: int) -> None:
    assert usual_bounds(symbol) == (low, high)


def test_an_unknown_unit_is_no_unit() -> None:
    with pytest.raises(UnitError, match="斤"):
        usual_bounds("斤")
