"""What formulas compute with: intervals, whole numbers, lists, truth, and the lack of a value (运算数).

`operand` turns an observed value into one. Arithmetic stands in `gaoxin.core.intervals`, the language in
`gaoxin.facts.formula`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.intervals import Interval
from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension
from gaoxin.facts.values import Value

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric


@dataclass(frozen=True, slots=True)
class Missing:
    """No value, because these inputs have none."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Integers:
    """The whole numbers within an interval: first to last; none when `first > last`."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    @property
    def only(self) -> int | None:
        """The one whole number, if there is exactly one."""
        return self.first if self.first == self.last else None

    @property
    def interval(self) -> Interval | None:
        return Interval(Fraction(self.first), Fraction(self.last)) if len(self) else None


Items = tuple[str, ...]
Operand = Interval | Integers | Items | Missing | bool | None

# A quantity of these kinds is never below zero, whatever a printed upper bound leaves open. Money may be.
NEVER_NEGATIVE = frozenset(
    {Dimension.count, Dimension.area, Dimension.time, Dimension.energy, Dimension.mass, Dimension.rank}
)
_SHARED = frozenset({"level", "share", "multiple", "duration", "target"})


def operand(
    value: Value,
    metric: Metric | None = None,
    figure: str = "level",
    dimension: Dimension | None = None,
    *,
    floor: Fraction = Fraction(0),
) -> Operand:
    """An observed value as formulas see it.

    Shapes: a number → its interval; a list or text → its elements; a yes/no → truth; a date → the days it may
    mean, as ordinals, so that 1992 comes before 2018-05 and 2018 is neither before nor after 2018-05.
    `dimension`: that of the metric. A printed upper bound of what cannot be negative ("under 1 % of the
    land") starts at zero, or at `floor` parts of the bound: what moves when the floor moves was not said by
    the source.
    """
    if not value.is_number:
        text = value.text or ""
        if metric is not None and figure == "level":
            if metric.value_type == "date":
                day = Period.parse(text)
                return Interval(Fraction(day.start.toordinal()), Fraction(day.end.toordinal()))
            if metric.value_type == "boolean":
                return text == "true"
        return value.items
    span = value.interval()
    upper = span.lo is None and span.hi is not None and span.hi > 0
    if upper and has_natural_floor(value, figure, dimension):
        assert span.hi is not None
        return Interval(span.hi * floor, span.hi, False, span.hi_open)
    return span


def has_natural_floor(value: Value, figure: str, dimension: Dimension | None) -> bool:
    """An upper bound of a quantity that is never negative."""
    if not value.is_number or not value.is_bound or figure not in _SHARED:
        return False
    return value.interval().lo is None and (dimension or value.dimension) in NEVER_NEGATIVE
