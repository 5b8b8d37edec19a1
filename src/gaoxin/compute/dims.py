"""What is measured, as powers of base units: money is (money¹), revenue per head (money¹ people⁻¹) (量纲).

Counts of different things do not mix: 人 and 家 are two bases, as in `gaoxin.core.units`.
"""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from gaoxin.core.units import Dimension, Unit, unit

Dims: TypeAlias = tuple[tuple[str, int], ...]

NONE: Dims = ()
# A ratio has no dimension; a percentage point is the difference of two ratios; a multiple is a ratio; a place
# in a ranking is a bare whole number.
_PLAIN = {Dimension.ratio, Dimension.percentage_point, Dimension.multiple, Dimension.rank}


def dims_of(held: Unit) -> Dims:
    """The dimension of a unit: () for %, (("count:person", 1),) for 万人; of 万元/人 that of the quotient."""
    above, sign, below = held.symbol.partition("/")
    if sign:
        return over(dims_of(unit(above)), dims_of(unit(below)))
    if held.dimension in _PLAIN:
        return NONE
    base = held.dimension.value
    return ((f"{base}:{held.kind}" if held.kind else str(base), 1),)


def times(left: Dims, right: Dims) -> Dims:
    """The dimension of a product."""
    return _joined(left, right, 1)


def over(left: Dims, right: Dims) -> Dims:
    """The dimension of a quotient."""
    return _joined(left, right, -1)


def _joined(left: Dims, right: Dims, sign: int) -> Dims:
    powers = Counter(dict(left))
    for base, power in right:
        powers[base] += sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def dims_of_symbol(symbol: str | None) -> Dims:
    """The dimension of a unit by its symbol; none for a metric without unit. Raises: UnitError."""
    return NONE if symbol is None else dims_of(unit(symbol))


def words(dims: Dims, lang: str) -> str:
    """How a message names a dimension: 金额, 人, 金额÷人, 无单位."""
    if not dims:
        return "no unit" if lang == "en" else "无单位（比率）"
    shown = [
        (_base(base, lang) + ("" if abs(power) == 1 else f"^{abs(power)}"), power) for base, power in dims
    ]
    above = "×".join(text for text, power in shown if power > 0) or "1"
    below = "×".join(text for text, power in shown if power < 0)
    return f"{above}÷{below}" if below else above


def _base(base: str, lang: str) -> str:
    name, _, kind = base.partition(":")
    if kind:
        return kind
    held = Dimension[name]
    return held.en if lang == "en" else held.zh
