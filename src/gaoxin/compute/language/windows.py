"""What runs over years: sum, mean, least, most, each, some (窗口).

`since d` leaves out the calendar years before the year of d, subject by subject: a firm founded in Y-2 has
two years in Y-3..Y-1. A year left out needs no figure; a year that counts and has none is missing.
Where no year counts, a sum is nothing, a mean, least or most is missing, `each` holds and `some` does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from gaoxin.compute.dims import NONE
from gaoxin.compute.language import syntax
from gaoxin.compute.language.syntax import Syntax
from gaoxin.compute.tree import (
    Arithmetic,
    Choose,
    Compare,
    Constant,
    Extreme,
    Logic,
    Node,
    Not,
    YearOf,
    made,
)  # fmt: skip

if TYPE_CHECKING:
    from gaoxin.compute.language.building import Building

MOST_YEARS = 60


def window(building: Building, part: syntax.Call) -> Node:
    """sum(x[Y-3..Y-1] since d) and its like."""
    only = part.parts[0] if len(part.parts) == 1 else None
    if not isinstance(only, syntax.Indexed) or not isinstance(only.years, syntax.Span):
        name = part.function
        raise building.text.error(
            part.at,
            f"窗口写成 {name}(指标[Y-3..Y-1])，或 {name}(y in Y-3..Y-1: 算式)；两个数取大小用 min、max",
            f"write a window as {name}(metric[Y-3..Y-1]) or {name}(y in Y-3..Y-1: …);"
            " of some numbers, min and max",
        )
    years = span(building, only.years)
    values = [building.metric(only.id, only.at, year) for year in years]
    if values[0].type != "number":
        raise building.text.error(
            only.at, f"{only.id} 不是数，不能用于窗口", f"{only.id} is no number and has no {part.function}"
        )
    return _joined(part.function, years, values, _since(building, part.since))


def over_years(building: Building, part: syntax.OverYears) -> Node:
    """each(y in Y-2..Y-1: …), some(…), and windows over a sum of the year."""
    if building.years:
        raise building.text.error(
            part.at,
            "年份里不能再套年份，请拆成两条，或用 sum(x[y-2..y]) 这样的窗口",
            "years do not run inside years; split it, or use a window such as sum(x[y-2..y])",
        )
    building.free(part.variable, part.at)
    years = span(building, part.years)
    since = _since(building, part.since)
    truths = part.function in ("each", "some")
    inside = [building.at_year(part.variable, year) for year in years]
    parts = [each.truth(part.body) if truths else each.number(part.body) for each in inside]
    if not truths:
        return _joined(part.function, years, parts, since)
    if since is not None:
        counted = [_counts(since, year) for year in years]
        if part.function == "each":
            parts = [
                made(Logic, "any", (made(Not, test), held)) for test, held in zip(counted, parts, strict=True)
            ]
        else:
            parts = [made(Logic, "all", (test, held)) for test, held in zip(counted, parts, strict=True)]
    return made(Logic, "all" if part.function == "each" else "any", tuple(parts))


def span(building: Building, part: syntax.Span) -> range:
    """The years of a range, the first and the last included."""
    first, last = building.year(part.first), building.year(part.last)
    if last < first:
        raise building.text.error(
            part.at,
            f"{first} 到 {last} 没有年份，请从早到晚写",
            f"{first}..{last} is empty; write the earlier year first",
        )
    if last - first >= MOST_YEARS:
        raise building.text.error(
            part.at, f"窗口最多 {MOST_YEARS} 年", f"a window has at most {MOST_YEARS} years"
        )
    return range(first, last + 1)


def _since(building: Building, part: Syntax | None) -> Node | None:
    return None if part is None else building.typed(part, "date")


def _counts(since: Node, year: int) -> Node:
    return made(Compare, "<=", made(YearOf, since), made(Constant, Fraction(year), NONE, ""))


def _joined(function: str, years: range, values: Sequence[Node], since: Node | None) -> Node:
    if function in ("least", "most"):
        return _extreme("min" if function == "least" else "max", years, values, since)
    dims = values[0].dims
    if since is not None:
        nothing = made(Constant, Fraction(0), dims, "")
        pairs = zip(years, values, strict=True)
        values = [made(Choose, _counts(since, year), value, nothing) for year, value in pairs]
    total = _sum(values)
    if function == "sum":
        return total
    return made(Arithmetic, "/", total, _count(years, since))


def _sum(values: Sequence[Node]) -> Node:
    total = values[0]
    for value in values[1:]:
        total = made(Arithmetic, "+", total, value)
    return total


def _count(years: range, since: Node | None) -> Node:
    """How many years count."""
    if since is None:
        return made(Constant, Fraction(len(years)), NONE, "")
    one, none = (made(Constant, Fraction(number), NONE, "") for number in (1, 0))
    return _sum([made(Choose, _counts(since, year), one, none) for year in years])


def _extreme(op: Literal["min", "max"], years: range, values: Sequence[Node], since: Node | None) -> Node:
    if since is None:
        return values[0] if len(values) == 1 else made(Extreme, op, tuple(values))
    # The years that count are the last ones: all of them, or all but the first, …; no year at all is missing.
    zero = made(Constant, Fraction(0), values[0].dims, "")
    chosen: Node = made(Arithmetic, "/", zero, _count(range(years[-1], years[-1] + 1), since))
    for start in reversed(range(len(years))):
        rest = tuple(values[start:])
        held = rest[0] if len(rest) == 1 else made(Extreme, op, rest)
        chosen = made(Choose, _counts(since, years[start]), held, chosen)
    return chosen
