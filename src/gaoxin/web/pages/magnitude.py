"""How many times the old number is the new one (差多少倍)? Says it before a correction is recorded.

The usual slip, 元 typed into a field of 万元, shows as a factor of 10,000; put side by side in units of
their own the two numbers would look alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from gaoxin.core.quantities import Dimension, format_number, round_half_up
from gaoxin.facts.values import Value

_SLIPS = {
    4: (("元", "万元"), ("人", "万人")),
    8: (("元", "亿元"), ("人", "亿人")),
    3: (("元", "千元"), ("人", "千人")),
}
_NEAR = (Fraction(1, 2), Fraction(2))
_LOUD = 10
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Leap:
    """`text`: how many times, or how many per cent more or less. `sure`: it must be confirmed."""

    text: str
    sure: bool


def leap(old: Value, new: Value) -> Leap | None:
    """None where the two cannot be divided, or differ by no more than half."""
    before, after = old.number, new.number
    if not before or after is None or old.dimension is not new.dimension:
        return None
    ratio = Fraction(after, before)
    if ratio <= 0:
        return Leap(_("正负号或有无变了：请核对"), sure=True)
    times = max(ratio, 1 / ratio)
    if times >= _LOUD:
        text = _("是原数的 %s 倍") if ratio > 1 else _("是原数的 1/%s")
        said = text % format_number(round_half_up(times, 0 if times >= 100 else 1))
        slip = _slip(times, old.dimension)
        if slip:
            small, large = slip
            said += "，" + (
                _("像是把%(small)s填进了%(large)s") if ratio > 1 else _("像是把%(large)s填进了%(small)s")
            ) % {"small": small, "large": large}
        return Leap(said, sure=True)
    if abs(ratio - 1) <= _HALF:
        return None
    sign = "+" if ratio > 1 else ""
    return Leap(_("和原数相差 %s%%") % f"{sign}{format_number(round_half_up((ratio - 1) * 100, 1))}", False)


def _slip(times: Fraction, dimension: Dimension | None) -> tuple[str, str] | None:
    place = {Dimension.money: 0, Dimension.count: 1}.get(dimension) if dimension is not None else None
    if place is None:
        return None
    return next(
        (pairs[place] for power, pairs in _SLIPS.items() if _NEAR[0] <= times / 10**power <= _NEAR[1]), None
    )
