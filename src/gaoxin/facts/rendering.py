"""How a value is printed without saying more than is known (数值的显示).

Digits and groups are the business of `gaoxin.core.quantities`; this module adds the hedge, the interval and
the number of decimals that are certain. A printed interval contains the exact one: where rounding half up
would cut something off an end, the ends are printed with one digit more, rounded outwards.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import Dimension, Unit, format_number, round_half_up
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.event_words import none_word

if TYPE_CHECKING:
    from gaoxin.facts.values import Value

MOST_DECIMALS = 6
COMPUTED_DECIMALS = 2
_HEDGE = {
    "zh": {"=": "", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ ", "~": "约 "},
    "en": {"=": "", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ ", "~": "about "},
}


def render_value(value: Value, unit: Unit | str, lang: str = "zh", *, decimals: int | None = None) -> str:
    """`> 1700 亿元`, `约 2%`, `131.62–131.81 亿元`, `生物医药、新材料`.

    Units: from storage to `unit`. Rounding: a printed figure keeps its printed digits; bounds and the ends of
    intervals are never rounded inwards, see `render_interval`.
    """
    if not value.is_number:
        return ("、" if lang == "zh" else ", ").join(value.items or (none_word(lang),))
    hedge = _HEDGE["zh" if lang == "zh" else "en"]
    if value.is_fraction:
        return f"{hedge[value.op]}{value.text}"
    assert value.dimension is not None
    held = shown_unit(unit, value.dimension)
    if value.op == "[]" or value.is_bound:
        return render_interval(value.interval(), held, lang, decimals=decimals)
    assert value.number is not None
    figure = Fraction(value.number, 10**value.dimension.scale) / held.factor
    places = _printed_places(value, held) if decimals is None else decimals
    digits = format_number(round_half_up(figure, places), held, lang)
    if held.dimension is Dimension.rank and value.op == "=":
        return f"第 {digits}" if lang == "zh" else f"rank {round_half_up(figure, 0)}"
    return hedge[value.op] + digits


def render_interval(interval: Interval, unit: Unit, lang: str = "zh", *, decimals: int | None = None) -> str:
    """An interval in base units, printed in `unit`: a point, a range, or a bound.

    Rounding: half up to `decimals`, by default to the digits that are certain, if what is printed then still
    contains the interval; else one digit more, the lower end down and the upper end up. A range whose ends
    print alike is one rounded figure; of things counted, it is the whole numbers in it.
    """
    hedge = _HEDGE["zh" if lang == "zh" else "en"]
    low, high = (None if end is None else end / unit.factor for end in told_ends(interval))
    if low is None and high is None:
        return "未知" if lang == "zh" else "unknown"
    if low is None or high is None:
        end = low if low is not None else high
        assert end is not None
        sign = (">" if interval.lo_open else ">=") if high is None else ("<" if interval.hi_open else "<=")
        first, last = _outwards(low, high, _telling_places(end) if decimals is None else decimals)
        return hedge[sign] + format_number(first if high is None else last, unit, lang)
    places = certain_places(low, high) if decimals is None else decimals
    if round_half_up(low, places) == round_half_up(high, places):
        return format_number(round_half_up(low, places), unit, lang)
    whole = _whole_within(low, high) if not places and _counts_whole(unit) else None
    first, last = whole or _outwards(low, high, places)
    return f"{format_number(first, None, lang)}–{format_number(last, unit, lang)}"


def render_taken(interval: Interval, unit: Unit, lang: str = "zh") -> str:
    """The interval a formula works with, its ends in brackets: `[431.5, 432.5) 亿元`, `(1700, +∞) 亿元`.

    Rounding: exact; an end without finite decimals (2/15) goes outwards in the sixth.
    """
    low = "−∞" if interval.lo is None else _exact_end(interval.lo / unit.factor, up=False)
    high = "+∞" if interval.hi is None else _exact_end(interval.hi / unit.factor, up=True)
    left, right = "(" if interval.lo_open else "[", ")" if interval.hi_open else "]"
    name = unit.symbol if lang == "zh" else unit.en
    return f"{left}{low}, {high}{right} {'' if unit.symbol == '1' else name}".rstrip()


def told_ends(interval: Interval) -> tuple[Fraction | None, Fraction | None]:
    """The ends that say something.

    Something over a lower bound comes near zero and never reaches it: only its upper end counts.
    """
    if interval.lo == 0 and interval.lo_open and interval.hi is not None:
        return None, interval.hi
    return interval.lo, interval.hi


def certain_places(low: Fraction, high: Fraction) -> int:
    """Decimals worth printing: the last one is not coarser than half the width."""
    width = high - low
    if width == 0:
        return _own_places(low)
    if all((end * 10**COMPUTED_DECIMALS).denominator == 1 for end in (low, high)):
        return max(_own_places(low), _own_places(high))  # both ends were stated, 1.5 to 2.25 %
    enough = next((p for p in range(MOST_DECIMALS) if Fraction(1, 10**p) * 2 <= width), MOST_DECIMALS)
    # Past three significant digits a computed figure is not more certain, only longer.
    return min(enough, _three_digits(max(abs(low), abs(high))))


def shown_unit(unit: Unit | str, dimension: Dimension) -> Unit:
    """The unit to print in; a bare ratio is read in %."""
    held = unit_named(unit or "%") if isinstance(unit, str) else unit
    return unit_named("%") if dimension is Dimension.ratio and held.factor == 1 else held


def _printed_places(value: Value, unit: Unit) -> int:
    assert value.dimension is not None
    assert value.number is not None
    if not value.step:
        return _own_places(Fraction(value.number, 10**value.dimension.scale) / unit.factor)
    step = Fraction(value.step, 10**value.dimension.scale) / unit.factor
    return next((p for p in range(MOST_DECIMALS) if Fraction(1, 10**p) <= step), MOST_DECIMALS)


def _outwards(low: Fraction | None, high: Fraction | None, places: int) -> tuple[Decimal, Decimal]:
    """The ends as printed, none of them inside; a missing end is printed as nought and not used."""
    first, last = low or Fraction(0), high or Fraction(0)
    near = round_half_up(first, places), round_half_up(last, places)
    if near[0] <= first and near[1] >= last:
        return near
    scale = 10 ** (places + 1)
    return (
        round_half_up(Fraction(floor(first * scale), scale), places + 1),
        round_half_up(Fraction(ceil(last * scale), scale), places + 1),
    )


def _counts_whole(unit: Unit) -> bool:
    return unit.dimension is Dimension.count and unit.factor == 1


def _whole_within(low: Fraction, high: Fraction) -> tuple[Decimal, Decimal] | None:
    """The first and the last whole number; None where none fits."""
    first, last = ceil(low), floor(high)
    return (Decimal(first), Decimal(last)) if first <= last else None


def _exact_end(end: Fraction, *, up: bool) -> str:
    places = next((p for p in range(MOST_DECIMALS + 1) if (end * 10**p).denominator == 1), MOST_DECIMALS)
    scale = 10**places
    whole = ceil(end * scale) if up else floor(end * scale)
    return format_number(round_half_up(Fraction(whole, scale), places))


def _telling_places(end: Fraction) -> int:
    """Decimals of a bound: its own, or as many as say three digits where it was computed (13.65/1700)."""
    own = next((p for p in range(MOST_DECIMALS + 1) if (end * 10**p).denominator == 1), None)
    return own if own is not None else _three_digits(abs(end))


def _three_digits(size: Fraction) -> int:
    return next((p for p in range(COMPUTED_DECIMALS, MOST_DECIMALS) if size * 10**p >= 100), MOST_DECIMALS)


def _own_places(value: Fraction) -> int:
    """Decimals the number itself has. One that does not end (86/248) was computed, and two say enough."""
    ends = (p for p in range(MOST_DECIMALS + 1) if (value * 10**p).denominator == 1)
    return next(ends, COMPUTED_DECIMALS)
