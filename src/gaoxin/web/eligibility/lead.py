"""When to begin at the latest, so that something is done by a day (最晚动手).

Working days are counted back over the published calendar. Where a year is not published yet the day is
reckoned without holidays and said to be provisional.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from gaoxin.core.errors import CalendarGap
from gaoxin.core.workdays import WorkCalendar
from gaoxin.packs.schemas.actions import LeadTime


@dataclass(frozen=True, slots=True)
class LatestStart:
    """`provisional`: a year it leads through has no published calendar; `late`: that day is past."""

    day: date
    provisional: bool
    late: bool


def latest_start(lead: LeadTime, by: date, today: date, calendar: WorkCalendar) -> LatestStart:
    """The last day on which to begin what takes `lead` and must be done on `by`."""
    if lead.unit == "working_day":
        try:
            day, provisional = calendar.add(by, -lead.n), not calendar.covers(by)
        except CalendarGap:
            day, provisional = _weekdays_before(by, lead.n), True
    elif lead.unit == "calendar_day":
        day, provisional = by - timedelta(days=lead.n), False
    else:
        day, provisional = _months_before(by, lead.n * (12 if lead.unit == "year" else 1)), False
    return LatestStart(day, provisional, day < today)


def _weekdays_before(day: date, count: int) -> date:
    while count or day.weekday() > 4:
        day -= timedelta(days=1)
        count -= int(count > 0 and day.weekday() < 5)
    return day


def _months_before(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
