"""How far can a value of a metric reach?

Rules are worked out in whole numbers whose width follows from these bounds; a value outside them is refused
where values come in. A metric may state narrower or wider bounds of its own.
"""

from __future__ import annotations

from fractions import Fraction

from gaoxin.core.units import unit
from gaoxin.core.usual_bounds import usual_bounds
from gaoxin.packs.schemas.exact import exact
from gaoxin.packs.schemas.metric import Metric
from gaoxin.packs.schemas.metric_element import ElementField

Bounds = tuple[Fraction, Fraction]


def bounds_of(metric: Metric) -> Bounds | None:
    """Least and greatest value of a numeric metric; None for a metric that is no number.

    Units: base units of the dimension. Raises: UnitError for a unit that is not known.
    """
    if not metric.is_numeric:
        return None
    symbol = unit_of(metric)
    factor = unit(symbol).factor if symbol else Fraction(1)
    low, high = usual_bounds(symbol)
    stated = metric.bounds
    if stated is not None and stated.low is not None:
        low = exact(stated.low) * factor
    if stated is not None and stated.high is not None:
        high = exact(stated.high) * factor
    return low, high


def unit_of(metric: Metric) -> str | None:
    """The unit of a number; "1" for a ratio that names none, None for a bare number."""
    return metric.unit or ("1" if metric.value_type == "ratio" else None)


def bounds_of_field(element: ElementField) -> Bounds | None:
    """Least and greatest value of a numeric field of an element, in base units; None for other fields."""
    if element.type == "year":
        return Fraction(0), Fraction(10**4)
    if element.type not in ("number", "money", "count", "rank"):
        return None
    symbol = element.unit or ("元" if element.type == "money" else None)
    return usual_bounds(symbol)
