"""What a condition says before anybody knows what its names mean (语法树). Every part keeps its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gaoxin.compute.language.places import Spot


@dataclass(frozen=True, slots=True)
class Syntax:
    """A part of a condition."""

    at: Spot


@dataclass(frozen=True, slots=True)
class Number(Syntax):
    """5%, 2000万元, 3: the digits as written, and the unit or ""."""

    value: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Text(Syntax):
    """'hnte'."""

    value: str


@dataclass(frozen=True, slots=True)
class Date(Syntax):
    """2025-08-09."""

    value: date


@dataclass(frozen=True, slots=True)
class Truth(Syntax):
    """true or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    """A metric, a definition or a score, Y, ON, or a bound name."""

    id: str


@dataclass(frozen=True, slots=True)
class Parameter(Syntax):
    """$most_staff."""

    id: str


@dataclass(frozen=True, slots=True)
class Year(Syntax):
    """Y-1, y, 2025: a year of the calendar. `base`: a name, or "" where the number itself is the year."""

    base: str
    shift: int


@dataclass(frozen=True, slots=True)
class Span(Syntax):
    """Y-3..Y-1: years, both ends included."""

    first: Year
    last: Year


@dataclass(frozen=True, slots=True)
class Indexed(Syntax):
    """revenue[Y-1], revenue[Y-3..Y-1]."""

    id: str
    years: Year | Span


@dataclass(frozen=True, slots=True)
class FieldOf(Syntax):
    """e.amount."""

    variable: str
    field: str
    field_at: Spot


@dataclass(frozen=True, slots=True)
class Negative(Syntax):
    """-x."""

    of: Syntax


@dataclass(frozen=True, slots=True)
class Opposite(Syntax):
    """not x."""

    of: Syntax


@dataclass(frozen=True, slots=True)
class Operation(Syntax):
    """left + right and the like, left >= right and the like; `at` is the place of the sign."""

    op: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Joined(Syntax):
    """a and b and c; a or b."""

    op: str
    parts: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Among(Syntax):
    """x in ('a','b'), x starts ('C16','F51'); a single Parameter stands for a list of texts."""

    of: Syntax
    among: tuple[Text, ...] | Parameter
    prefix: bool


@dataclass(frozen=True, slots=True)
class Call(Syntax):
    """min(a, b); for windows with `since`."""

    function: str
    parts: tuple[Syntax, ...]
    since: Syntax | None


@dataclass(frozen=True, slots=True)
class OverYears(Syntax):
    """each(y in Y-2..Y-1 since est_date: …)."""

    function: str
    variable: str
    years: Span
    since: Syntax | None
    body: Syntax


@dataclass(frozen=True, slots=True)
class OverElements(Syntax):
    """sum(e in equity_events: e.amount if …); exists and count have only a condition."""

    function: str
    variable: str
    events: Name
    body: Syntax
    condition: Syntax | None


@dataclass(frozen=True, slots=True)
class Passes(Syntax):
    """passes(SIZE)."""

    rule: str


def parts_of(part: Syntax) -> tuple[Syntax, ...]:
    """The parts a part is made of, in the order they are written."""
    match part:
        case Negative(of=of) | Opposite(of=of):
            return (of,)
        case Operation(left=left, right=right):
            return left, right
        case Joined(parts=parts):
            return parts
        case Among(of=of, among=among):
            return (of, among) if isinstance(among, Parameter) else (of,)
        case Call(parts=parts, since=since):
            return (*parts, since) if since else parts
        case OverYears(years=years, since=since, body=body):
            return (years, since, body) if since else (years, body)
        case OverElements(events=events, body=body, condition=condition):
            return (events, body, condition) if condition else (events, body)
        case Indexed(years=years):
            return (years,)
        case Span(first=first, last=last):
            return first, last
    return ()
