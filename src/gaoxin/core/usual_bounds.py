"""How far does a number usually reach, by what it measures?

Exact arithmetic needs to know how wide a number can get. A metric may state narrower or wider bounds of its
own; what lies outside its bounds is refused where values come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from gaoxin.core.units import Dimension, unit

_USUAL: Mapping[Dimension, tuple[int, int]] = {
    Dimension.money: (-5 * 10**12, 5 * 10**12),
    Dimension.money_usd: (-(10**12), 10**12),
    Dimension.ratio: (-(10**4), 10**4),
    Dimension.percentage_point: (-(10**4), 10**4),
    Dimension.multiple: (-(10**4), 10**4),
    Dimension.count: (0, 10**9),
    Dimension.point: (0, 10**6),
    Dimension.rank: (0, 10**9),
    Dimension.time: (0, 10**4),
}
_OTHERS = (-(10**12), 10**12)
_BARE = (0, 10**9)


def usual_bounds(symbol: str | None) -> tuple[Fraction, Fraction]:
    """The least and the most of a number in that unit, in base units; None: a number without unit.

    Raises: UnitError for a unit that is not known.
    """
    low, high = _BARE if symbol is None else _USUAL.get(unit(symbol).dimension, _OTHERS)
    return Fraction(low), Fraction(high)
