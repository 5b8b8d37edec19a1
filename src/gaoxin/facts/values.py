"""What one statement of a figure says, exactly and no more than it says (数值).

A value keeps the hedge it was printed with: "over 170 billion" is a bound and stays one, "432亿元" stands for
everything that rounds to it, "about one seventh" stands for what lies nearest to one seventh. Numbers are
integers at the storage scale of their dimension (`gaoxin.core.quantities`), so the ledger, the snapshots and
this module hold the same digits. Arithmetic on values is done on their intervals (`gaoxin.facts.formula`);
units and their conversion live in `gaoxin.core.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal, get_args

from gaoxin.core.errors import FactError
from gaoxin.core.intervals import Interval
from gaoxin.core.numbers import parse_number
from gaoxin.core.quantities import Dimension, Unit, to_storage
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.event_lists import NONE
from gaoxin.facts.rendering import render_value

Op = Literal["=", ">", ">=", "<", "<=", "~", "[]"]
OPS: frozenset[str] = frozenset(get_args(Op))
_FRACTION = re.compile(r"^\s*(\d{1,9})\s*[/⁄∕/]\s*(\d{1,9})\s*$")
_NOT_ROUNDED = frozenset({Dimension.count, Dimension.rank, Dimension.time})


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its hedge, or a text, or a list of texts.

    Units: `number`, `high` and `step` are integers at the storage scale of `dimension`; `step` is the size of
    the last printed digit (432亿元 → 1亿元) and None for an exact figure (counts, enterprise accounts).
    `op`: `=` as printed · `> >= < <=` a bound · `~` about · `[]` between `number` and `high`, both ends
    included, None = no limit.
    `text`: a text value; a list has one element per line; a fraction as written ("1/7") keeps its wording
    here.
    Raises: FactError for a value that says nothing or whose ends are the wrong way round.
    """

    op: Op
    number: int | None
    high: int | None = None
    step: int | None = None
    text: str | None = None
    dimension: Dimension | None = None

    def __post_init__(self) -> None:
        if self.op not in OPS:
            raise FactError(
                f"不认识的比较符号“{self.op}”，应为 {' '.join(sorted(OPS))} 之一。",
                f"Unknown comparison {self.op!r}.",
            )
        if self.number is None and self.high is None and self.text is None:
            raise FactError(
                "数值为空：缺失的数字不登记，不要填 0 或空格。",
                "An empty value: a missing figure is not recorded.",
            )
        if self.high is not None and self.op != "[]":
            raise FactError("只有区间才能有上限。", "Only an interval has an upper end.")
        if self.number is not None and self.high is not None and self.number > self.high:
            raise FactError(
                "区间的下限大于上限，请对调。", "The lower end of the interval is above the upper end."
            )
        if (self.number is not None or self.high is not None) and self.dimension is None:
            raise FactError("数字缺少量纲（单位）。", "A number without a dimension.")

    # --- making values

    @classmethod
    def of(
        cls,
        text: str,
        unit: Unit | str,
        op: Op = "=",
        dimension: Dimension | None = None,
        *,
        exact: bool = False,
    ) -> Value:
        """The value printed as `text` in `unit`; a fraction such as `1/7` is always "about".

        Missing: an empty text is refused, never read as zero.
        `exact`: the digits are an account, not a rounding (no `step`). Counts in whole things, ranks and
        durations are always exact.
        Raises: NumberError, UnitError, FactError.
        """
        held = unit_named(unit) if isinstance(unit, str) else unit
        kind = dimension or held.dimension
        fraction = _FRACTION.match(text)
        if fraction:
            return cls._of_fraction(int(fraction[1]), int(fraction[2]), kind)
        figure = parse_number(text)
        step = None if exact or op not in ("=", "~") else _printed_step(figure, held, kind, about=op == "~")
        return cls(op, to_storage(figure, held, kind), step=step, dimension=kind)

    @classmethod
    def _of_fraction(cls, part: int, whole: int, dimension: Dimension) -> Value:
        if part == 0 or whole == 0 or dimension is not Dimension.ratio:
            raise FactError(
                f"分数 {part}/{whole} 只能用于占比，分子和分母都不能为 0。",
                f"The fraction {part}/{whole} can only be a share, with neither part zero.",
            )
        scale = 10**dimension.scale
        low, high = _fraction_span(part, whole)
        number = _nearest(Fraction(part, whole) * scale)
        return cls("~", number, step=ceil((high - low) * scale), text=f"{part}/{whole}", dimension=dimension)

    @classmethod
    def between(cls, low: str, high: str, unit: Unit | str, dimension: Dimension | None = None) -> Value:
        """The interval from `low` to `high`, both ends included."""
        held = unit_named(unit) if isinstance(unit, str) else unit
        kind = dimension or held.dimension
        ends = [to_storage(parse_number(end), held, kind) for end in (low, high)]
        return cls("[]", ends[0], ends[1], dimension=kind)

    @classmethod
    def of_text(cls, text: str) -> Value:
        """A text, a date in ISO form, a code or a yes/no (`true`, `false`)."""
        return cls("=", None, text=text)

    @classmethod
    def of_items(cls, items: Iterable[str]) -> Value:
        """A list, one element per line, in the order as written."""
        parts = [item.strip() for item in items]
        if not parts or any(not part or "\n" in part for part in parts):
            raise FactError(
                "清单不能为空，每一项须为一行文字。", "A list needs elements, each one line of text."
            )
        return cls("=", None, text="\n".join(parts))

    @classmethod
    def from_interval(cls, interval: Interval, dimension: Dimension) -> Value:
        """A computed result, its ends rounded outwards to the storage scale: never narrower than what was
        computed.

        Missing: an interval without any end says nothing and is refused.
        """
        scale = 10**dimension.scale
        low, high = interval.lo, interval.hi
        if low == 0 and interval.lo_open and high is not None:
            low = None  # over a lower bound: only the upper end says anything
        if low is None and high is None:
            raise FactError("计算结果没有界限，不能登记。", "A result without any bound cannot be recorded.")
        if low is None:
            assert high is not None
            return cls("<" if interval.hi_open else "<=", ceil(high * scale), dimension=dimension)
        if high is None:
            return cls(">" if interval.lo_open else ">=", floor(low * scale), dimension=dimension)
        ends = floor(low * scale), ceil(high * scale)
        if ends[0] == ends[1]:
            return cls("=", ends[0], dimension=dimension)
        return cls("[]", ends[0], ends[1], dimension=dimension)

    # --- reading values

    @property
    def items(self) -> tuple[str, ...]:
        """The elements of a list, or the one text; `[]` is a list known to be empty."""
        if self.text == NONE:
            return ()
        return tuple(self.text.split("\n")) if self.text is not None else ()

    @property
    def is_number(self) -> bool:
        return self.number is not None or self.high is not None

    @property
    def is_bound(self) -> bool:
        """Known on one side only: a bound, or an interval with one end."""
        return self.op in (">", ">=", "<", "<=") or (
            self.op == "[]" and (self.number is None or self.high is None)
        )

    @property
    def is_exact(self) -> bool:
        """One number, as an account states it: no rounding, no bound."""
        return self.op == "=" and not self.step and self.text is None and self.number is not None

    @property
    def is_fraction(self) -> bool:
        """Printed as a fraction such as 1/7."""
        return self.is_number and self.text is not None

    def interval(self) -> Interval:
        """Everything the printed figure may stand for, in base units (元, 1, 个, m² …).

        A rounded figure reaches half a step to both sides and contains the end that rounds away from zero
        (四舍五入).
        Raises: FactError for a text.
        """
        if self.dimension is None or not self.is_number:
            raise FactError(
                f"“{self.text}”是文字，不能参加计算。",
                f"{self.text!r} is a text and cannot be computed with.",
            )
        scale = 10**self.dimension.scale
        if self.is_exact and self.number is not None:
            return Interval.exact(Fraction(self.number, scale))
        low = None if self.number is None else Fraction(self.number, scale)
        high = None if self.high is None else Fraction(self.high, scale)
        if self.op == "[]":
            return Interval(low, high)
        assert low is not None
        if self.op in (">", ">="):
            return Interval(low, None, lo_open=self.op == ">")
        if self.op in ("<", "<="):
            return Interval(None, low, hi_open=self.op == "<")
        if self.text is not None and (fraction := _FRACTION.match(self.text)):
            return Interval(*_fraction_span(int(fraction[1]), int(fraction[2])))
        if not self.step:
            return Interval.exact(low)
        half = Fraction(self.step, 2 * scale)
        return Interval(low - half, low + half, lo_open=low <= 0, hi_open=low >= 0)

    def render(self, unit: Unit | str, lang: str = "zh", *, decimals: int | None = None) -> str:
        """The value as a person reads it: `> 1700 亿元`, `约 2%`, `131.62–131.81 亿元`.

        Units: converted from storage to `unit`; a ratio without unit is shown in %. Rounding: printed figures
        keep their printed digits; the ends of an interval have the digits that half its width leaves certain
        (or `decimals`), and one more where that would print less than the interval.
        """
        return render_value(self, unit, lang, decimals=decimals)


def at_most(left: Value, right: Value) -> bool | None:
    """Is the left number not above the right one? None where the rounding or a bound decides.

    Two accounts are compared by their stored digits, a thousand times in the time of one interval.
    """
    if left.is_exact and right.is_exact and left.dimension is right.dimension:
        assert left.number is not None
        assert right.number is not None
        return left.number <= right.number
    return left.interval().le(right.interval())


def sum_of(values: Iterable[Value]) -> Interval:
    """The sum of some numbers, in base units.

    Raises: FactError for a text among them.
    """
    whole: dict[Dimension | None, int] = {}
    span = Interval.exact(0)
    for value in values:
        if value.is_exact:
            assert value.number is not None
            whole[value.dimension] = whole.get(value.dimension, 0) + value.number
        else:
            span += value.interval()
    return sum((Value("=", n, dimension=kind).interval() for kind, n in whole.items()), span)


def compatible(left: Value, right: Value) -> bool | None:
    """Can both be true at once? True, False, or None when one of them says too little to tell.

    Numbers: their intervals meet. Texts: equal. Lists: the same elements in any order.
    Missing: None for a number against a text, for two dimensions, and for a figure without any bound.
    """
    if left.is_number != right.is_number:
        return None
    if not left.is_number:
        return sorted(left.items) == sorted(right.items)
    if left.dimension is not right.dimension:
        return None
    one, other = left.interval(), right.interval()
    if (one.lo is None and one.hi is None) or (other.lo is None and other.hi is None):
        return None
    return one.intersects(other)


def width(value: Value) -> Fraction | None:
    """How much the value leaves open, in base units; None when it is open to one side. Texts are exact."""
    if not value.is_number:
        return Fraction(0)
    span = value.interval()
    return None if span.lo is None or span.hi is None else span.hi - span.lo


def _printed_step(figure: Decimal, unit: Unit, dimension: Dimension, *, about: bool) -> int | None:
    """Size of the last printed digit at storage scale, rounded up; None where printed digits are exact."""
    exponent = figure.as_tuple().exponent
    assert isinstance(exponent, int)
    counted = dimension in _NOT_ROUNDED and (
        dimension is not Dimension.count or (unit.factor == 1 and exponent >= 0)
    )
    if counted and not about:
        return None
    step: int = ceil(Fraction(10) ** exponent * unit.factor * 10**dimension.scale)
    return step


def _fraction_span(part: int, whole: int) -> tuple[Fraction, Fraction]:
    """What lies nearer to part/whole than half a step of the denominator: 1/7 → [2/15, 2/13]."""
    return Fraction(2 * part, 2 * whole + 1), Fraction(2 * part, 2 * whole - 1)


def _nearest(value: Fraction) -> int:
    """Half up, away from zero."""
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))
