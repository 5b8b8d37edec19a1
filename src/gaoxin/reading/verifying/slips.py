"""What kind of slip explains a wrong number? (错在哪里)

Asked only once a figure is known to be wrong: the decimal point or the unit, two digits swapped, up for down.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from gaoxin.core.quantities import round_half_up
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.said import Said, rounded

_POWERS = (1, 2, 3, 4, 8)
# Two digits are the least that can be swapped.
_FEWEST_DIGITS = 2

Slip = tuple[Cause, dict[str, str]]


def slip(text: Said, fact: Fraction, factor: Fraction | None = None) -> Slip | None:
    """The slip that turns the fact into what the text says; None where there is no such explanation.

    `factor`: size of the unit the fact is written in.
    """
    found = next((found for seek in _SLIPS if (found := seek(text, fact)) is not None), None)
    return found or (None if factor is None else _other_unit(text, fact, factor))


def _other_unit(text: Said, fact: Fraction, factor: Fraction) -> Slip | None:
    """35小时 for 35天: the number of the source in another unit."""
    if factor == text.factor or not fact or text.value / text.factor != fact / factor:
        return None
    ratio = max(factor / text.factor, text.factor / factor)
    return Cause.UNIT_SLIP, {"times": format(float(ratio), ".4g")}


def _other_sign(text: Said, fact: Fraction) -> Slip | None:
    opposite = text.value == -rounded(fact, text.step) and text.value
    return (Cause.SIGN, {}) if opposite else None


def _other_power(text: Said, fact: Fraction) -> Slip | None:
    """432万元 for 432亿元, 255% for 25.5%: the same digits at another place."""
    if not fact or not text.value or _digits(fact) < _FEWEST_DIGITS:
        return None
    for power in _POWERS:
        for size in (Fraction(10) ** power, Fraction(1, 10**power)):
            if text.value == rounded(fact * size, text.step) and text.digits >= _digits(fact):
                return Cause.UNIT_SLIP, {"times": _TIMES[power]}
    return None


def _swapped_digits(text: Said, fact: Fraction) -> Slip | None:
    left, right = _shown(text.value, text), _shown(fact, text)
    if len(left) != len(right) or len(left) < _FEWEST_DIGITS or sorted(left) != sorted(right):
        return None
    differ = [place for place in range(len(left)) if left[place] != right[place]]
    return (Cause.DIGITS_SWAPPED, {}) if len(differ) == 2 and differ[1] - differ[0] == 1 else None


def _shown(value: Fraction, text: Said) -> str:
    """The digits in whole steps of the text: 22.5% → 225."""
    return str(round_half_up(abs(value) / text.step, 0))


def _digits(value: Fraction) -> int:
    """Significant digits of a fact; few of them are met by chance at any place."""
    scaled = abs(value)
    while scaled.denominator != 1:
        scaled *= 10
    return min(len(str(scaled.numerator).rstrip("0")), 3)


_TIMES = {1: "10", 2: "100", 3: "1000", 4: "1万", 8: "1亿"}
_SLIPS: tuple[Callable[[Said, Fraction], Slip | None], ...] = (_other_sign, _other_power, _swapped_digits)
