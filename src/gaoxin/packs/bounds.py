"""How far can a value of a metric reach?

Rules are worked out in whole numbers whose width follows from these bounds; a value outside them is refused
where values come in. A metric may state narrower or wider bounds of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from gaoxin.core.units import Dimension, unit
from gaoxin.packs.schemas.exact import exact
from gaoxin.packs.schemas.metric import Metric
from gaoxin.packs.schemas.metric_element import ElementField

Bounds = tuple[Fraction, Fraction]

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


def bounds_of(metric: Metric) -> Bounds | None:
    """Least and greatest value of a numeric metric; None for a metric that is no number.

    Units: base units of the dimension. Raises: UnitError for a unit that is not known.
    """
    if not metric.is_numeric or metric.unit is None:
        return None
    held = unit(metric.unit)
    low, high = (Fraction(end) for end in _USUAL.get(held.dimension, _OTHERS))
    stated = metric.bounds
    if stated is not None and stated.low is not None:
        low = exact(stated.low) * held.factor
    if stated is not None and stated.high is not None:
        high = exact(stated.high) * held.factor
    return low, high


def bounds_of_field(element: ElementField) -> Bounds | None:
    """Least and greatest value of a numeric field of an element, in base units; None for other fields."""
    if element.type == "year":
        return Fraction(0), Fraction(10**4)
    if element.type not in ("number", "money", "count", "rank"):
        return None
    symbol = element.unit or ("元" if element.type == "money" else None)
    usual = _USUAL.get(unit(symbol).dimension, _OTHERS) if symbol is not None else _BARE
    return Fraction(usual[0]), Fraction(usual[1])
