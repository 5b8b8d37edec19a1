"""Small pictures written by the server: sparklines and columns as SVG in percent (走势图).

They print, need no script and obey the content policy. Only figures that stand are drawn; a bound or a
conflict is left out, because a point
would claim more than is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages.quantity_words import Words


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series, its middle in base units."""

    figure: Figure
    middle: Fraction


def points(figures: Sequence[Figure]) -> list[Point]:
    """The figures of one form of period that can be drawn, oldest first."""
    drawn = [Point(f, middle) for f in figures if (middle := _middle(f)) is not None]
    if not drawn:
        return []
    form = drawn[-1].figure.period.form
    return [point for point in drawn if point.figure.period.form == form]


def sparkline(figures: Sequence[Figure]) -> tuple[tuple[float, float], ...]:
    """Corners of the line, x and y in percent; empty with fewer than three figures, which are no trend."""
    series = points(figures)[-8:]
    if len(series) < 3:
        return ()
    low, high = min(p.middle for p in series), max(p.middle for p in series)
    span = (high - low) or Fraction(1)
    return tuple(
        (round(2 + 96 * i / (len(series) - 1), 2), round(float(90 - 80 * (p.middle - low) / span), 2))
        for i, p in enumerate(series)
    )


def _middle(figure: Figure) -> Fraction | None:
    value = figure.standing
    if value is None or not value.is_number or value.is_bound:
        return None
    span = value.interval()
    if span.lo is None or span.hi is None:
        return None
    return (span.lo + span.hi) / 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the chart: `x`, `width` in percent, the rest in pixels from the top."""

    x: float
    width: float
    middle: float
    top: float
    height: float
    label: str
    value: str
    certain: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart from zero; `sentence` says what it shows."""

    columns: tuple[Column, ...]
    base: float
    height: int
    unit: str
    sentence: str


_HEIGHT = 200
_ROOM = 26  # above the highest column, for its value
_FOOT = 24  # below the axis, for the periods
_MOST_COLUMNS = 24


def chart(
    figures: Sequence[Figure],
    words: Callable[[Figure], Words],
    period_words: Callable[[Figure], str],
    now: str = "",
) -> Chart | None:
    """Columns of one form of period, oldest first; None with fewer than two, which need no picture.

    A column that stands for an interval or a rounding wider than it can show is pale.
    """
    series = points(figures)[-_MOST_COLUMNS:]
    if len(series) < 2:
        return None
    low, high = (
        min([Fraction(0), *(p.middle for p in series)]),
        max([Fraction(0), *(p.middle for p in series)]),
    )
    span = (high - low) or Fraction(1)
    depth = _HEIGHT - _ROOM - _FOOT
    base = _ROOM + float(high / span) * depth
    slot = 100 / len(series)
    thick = min(slot * 0.6, 9.0)
    every = max(1, -(-len(series) // 12))
    columns = []
    for number, point in enumerate(series):
        end = _ROOM + float((high - point.middle) / span) * depth
        spoken = words(point.figure)
        shown = number % every == (len(series) - 1) % every
        columns.append(
            Column(
                x=round(slot * number + (slot - thick) / 2, 2),
                width=round(thick, 2),
                middle=round(slot * (number + 0.5), 2),
                top=round(min(end, base), 1),
                height=round(max(abs(end - base), 1.0), 1),
                label=period_words(point.figure) if shown else "",
                value=f"{spoken.op} {spoken.number}".strip() if shown else "",
                certain=point.figure.value.op == "=" and point.figure.status != "derived",
                now=point.figure.period.code == now,
            )
        )
    first, last = series[0].figure, series[-1].figure
    sentence = f"{period_words(first)} {words(first).text} → {period_words(last)} {words(last).text}"
    return Chart(tuple(columns), round(base, 1), _HEIGHT, words(last).unit, sentence)
