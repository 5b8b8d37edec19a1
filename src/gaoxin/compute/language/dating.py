"""What is about days: days, year, day, within (日期)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.compute.dims import NONE, dims_of_symbol
from gaoxin.compute.language import syntax
from gaoxin.compute.language.syntax import Syntax
from gaoxin.compute.tree import Compare, Day, DaysBetween, Logic, Node, YearOf, made

if TYPE_CHECKING:
    from gaoxin.compute.language.building import Building

_DAYS, _YEARS = dims_of_symbol("天"), dims_of_symbol("年")


def built(building: Building, part: syntax.Call) -> Node:
    """The tree of one of these calls."""
    match part.function:
        case "days":
            start, end = building.arguments(part, 2, "days(起, 止)")
            return made(DaysBetween, building.typed(start, "date"), building.typed(end, "date"), _DAYS)
        case "year":
            (of,) = building.arguments(part, 1, "year(日期)")
            return made(YearOf, building.typed(of, "date"))
        case "day":
            return _day(building, part)
    return _within(building, part)


def months_before(day: date, months: int) -> date:
    """The same calendar day so many months earlier; a day that month lacks becomes its last: 29 Feb → 28 Feb.

    Raises: ValueError before the year 1.
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    if year < 1:
        raise ValueError("before the year 1")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day(building: Building, part: syntax.Call) -> Node:
    """day(Y-1, 12, 31)."""
    written = building.arguments(part, 3, "day(年, 月, 日)")
    numbers = [building.constant(each, NONE) for each in written]
    try:
        if any(number.denominator != 1 for number in numbers):
            raise ValueError("no whole number")
        return made(Day, date(*(int(number) for number in numbers)))
    except (ValueError, OverflowError) as error:
        shown = "-".join(str(number) for number in numbers)
        raise building.text.error(
            part.at, f"没有 {shown} 这一天", f"there is no day {shown}", found=shown
        ) from error


def _within(building: Building, part: syntax.Call) -> Node:
    """within(d, 3年): from the same calendar day 3 years before ON up to ON, both included."""
    of, span = building.arguments(part, 2, "within(日期, 3年)")
    dated = building.typed(of, "date")
    first = _first_day(building, span)
    after = made(Compare, ">=", dated, made(Day, first))
    return made(Logic, "all", (after, made(Compare, "<=", dated, made(Day, building.scope.on))))


def _first_day(building: Building, span: Syntax) -> date:
    length, dims = building.constant(span), building.number(span).dims
    if dims not in (_DAYS, _YEARS) or length <= 0 or not _whole(length, dims == _YEARS):
        raise building.text.error(
            span.at,
            "within 的长度要写成 3年、6月 或 365天",
            "the length of within is written 3年, 6月 or 365天",
            expected="years, months or days",
        )
    try:
        if dims == _YEARS:
            return months_before(building.scope.on, int(length * 12))
        return building.scope.on - timedelta(days=int(length))
    except (ValueError, OverflowError) as error:
        raise building.text.error(span.at, "时间太长", "the span is too long") from error


def _whole(length: Fraction, years: bool) -> bool:
    return (length * 12 if years else length).denominator == 1
