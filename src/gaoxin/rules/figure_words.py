"""Rates and distances as the sentences of an explanation show them (数字的说法).

For display alone: whether a rate is reached was decided exactly before, and what is shown does not contradict
it.
"""

from __future__ import annotations

from fractions import Fraction


def percent(rate: Fraction) -> str:
    """A rate of law: 5%, 0.25%."""
    text = format(float(rate * 100), ".4f").rstrip("0").rstrip(".")
    return f"{text}%"


def points(size: Fraction) -> str:
    """The distance of two shares in percentage points, never shown as nought where there is one."""
    shown = float(size * 100)
    for places in range(1, 7):
        text = format(shown, f".{places}f")
        if float(text) > 0:
            return text.rstrip("0").rstrip(".") if "." in text else text
    return text


def grown_rate(base: Fraction, end: Fraction, years: int, asked: Fraction | None) -> str:
    """The yearly rate, for display; told as reached or not by the exact comparison alone."""
    if end < 0:
        return "−"
    rate = float(end / base) ** (1 / years) - 1
    for places in (1, 2, 3, 4, 5, 6):
        text = format(rate * 100, f".{places}f")
        exact = end >= base * (1 + asked) ** years if asked is not None else None
        if asked is None or (float(text) >= float(asked * 100)) == exact:
            break
    return f"{text}%"
