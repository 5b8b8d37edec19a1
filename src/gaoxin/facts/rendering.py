"""How a value is printed without saying more than is known (数值的显示).

Digits and groups are the business of `gaoxin.core.quantities`; this module adds the hedge, the interval and
the number of decimals that are certain.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import Dimension, Unit, format_number, round_half_up
from gaoxin.core.quantities import unit as unit_named

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

    Units: from storage to `unit`. Rounding: a printed figure keeps its printed digits; an interval is rounded
    half up to `decimals`, by default to the digits that are certain.
    """
    if not value.is_number:
        return ("、" if lang == "zh" else ", ").join(value.items)
    hedge = _HEDGE["zh" if lang == "zh" else "en"]
    if value.is_fraction:
        return f"{hedge[value.op]}{value.text}"
    assert value.dimension is not None
    held = shown_unit(unit, value.dimension)
    if value.op == "[]":
        return render_interval(value.interval(), held, lang, decimals=decimals)
    assert value.number is not None
    figure = Fraction(value.number, 10**value.dimension.scale) / held.factor
    places = _printed_places(value, held) if decimals is None else decimals
    digits = format_number(round_half_up(figure, places), held, lang)
    if held.dimension is Dimension.rank and value.op == "=":
        return f"第 {digits}" if lang == "zh" else f"rank {round_half_up(figure, 0)}"
    return hedge[value.op] + digits


def render_interval(interval: Interval, unit: Unit, lang: str = "zh", *, decimals: int | None = None) -> str:
    """An interval in base units, printed in `unit`: a point, a range, or a bound."""
    hedge = _HEDGE["zh" if lang == "zh" else "en"]
    low, high = (None if end is None else end / unit.factor for end in told_ends(interval))
    if low is None and high is None:
        return "未知" if lang == "zh" else "unknown"
    if low is None or high is None:
        end = low if low is not None else high
        assert end is not None
        sign = (">" if interval.lo_open else ">=") if high is None else ("<" if interval.hi_open else "<=")
        places = _own_places(end) if decimals is None else decimals
        return hedge[sign] + format_number(round_half_up(end, places), unit, lang)
    places = certain_places(low, high) if decimals is None else decimals
    first, last = round_half_up(low, places), round_half_up(high, places)
    if first == last:
        return format_number(last, unit, lang)
    return f"{format_number(first, None, lang)}–{format_number(last, unit, lang)}"


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
    size = max(abs(low), abs(high))
    return min(
        enough,
        next((p for p in range(COMPUTED_DECIMALS, MOST_DECIMALS) if size * 10**p >= 100), MOST_DECIMALS),
    )


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


def _own_places(value: Fraction) -> int:
    """Decimals the number itself has. One that does not end (86/248) was computed, and two say enough."""
    ends = (p for p in range(MOST_DECIMALS + 1) if (value * 10**p).denominator == 1)
    return next(ends, COMPUTED_DECIMALS)
