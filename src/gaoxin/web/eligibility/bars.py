"""How far a number is from its threshold, as a bar drawn by the server (距离条).

Widths are percents of the bar, rounded to a tenth. A bar shows where a number lies; it decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_ROOM = Fraction(8, 5)  # the threshold stands at five eighths, so that both sides can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """`known`: what is certain; `open`: what is still open behind it; `mark`: the threshold, None where
    there is none; `met`: None while it is open; `said`: the same in words.
    """

    known: float
    open: float
    mark: float | None
    met: bool | None
    said: str
    score: bool = False

    @property
    def shade(self) -> str:
        """The style of the certain part."""
        if self.score:
            return "known"
        return "fill-no" if self.met is False else "fill"


def distance(
    low: Fraction, high: Fraction, limit: Fraction | None, met: bool | None, said: str
) -> Bar | None:
    """A measured number, or an interval, against a threshold; None where nothing is to be seen."""
    scale = max(high, (limit or Fraction(0)) * _ROOM)
    return _bar(low, high, limit, scale, met, said, score=low != high) if scale > 0 else None


def interval(low: Fraction, high: Fraction, limit: Fraction | None, most: Fraction, said: str) -> Bar | None:
    """A score between nothing and the most there is."""
    return _bar(low, high, limit, most, None, said, score=True) if most > 0 else None


def _bar(
    low: Fraction,
    high: Fraction,
    limit: Fraction | None,
    scale: Fraction,
    met: bool | None,
    said: str,
    *,
    score: bool,
) -> Bar:
    known, end = _percent(low, scale), _percent(high, scale)
    mark = _percent(limit, scale) if limit is not None else None
    return Bar(known, round(end - known, 1), mark, met, said, score)


def _percent(value: Fraction, scale: Fraction) -> float:
    return round(float(min(max(value / scale, Fraction(0)), Fraction(1)) * 100), 1)
