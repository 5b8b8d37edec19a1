"""How long actions take, and when the last of those done side by side is finished (所需时间).

With a start and a calendar the end is a day, counted like every deadline of the zone; without them, and where
a year is not published yet, times are compared by their usual length: a working day is 7/5 of a day, a month
the twelfth and a year the whole of 365.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.deadlines import due_date
from gaoxin.core.workdays import WorkCalendar

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Action
    from gaoxin.packs.schemas.actions import LeadTime

_DAYS: Mapping[str, Fraction] = {
    "working_day": Fraction(7, 5),
    "calendar_day": Fraction(1),
    "month": Fraction(365, 12),
    "year": Fraction(365),
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "working_day": ("个工作日", "working days"),
    "calendar_day": ("天", "days"),
    "month": ("个月", "months"),
    "year": ("年", "years"),
}


@dataclass(frozen=True)
class Clock:
    """When actions begun on one day are done. `start`, `calendar`: None where that is not asked."""

    start: date | None = None
    calendar: WorkCalendar | None = None

    def done(self, lead: LeadTime) -> date | None:
        """The day it is done; None without a start, and where the year is not published yet."""
        if self.start is None:
            return None
        if lead.n == 0:
            return self.start
        if lead.unit in ("month", "year"):
            return _months_after(self.start, lead.n * (12 if lead.unit == "year" else 1))
        if self.calendar is None:
            return None
        begun = datetime.combine(self.start, time(9))
        if lead.unit == "working_day":
            return due_date(begun, lead.n, "working_day", self.calendar).due_day
        return due_date(begun, lead.n, "calendar_day", self.calendar).due_day

    def order(self, actions: Iterable[Action]) -> Mapping[str, Fraction]:
        """How long each action takes, as numbers that sort alike for all of them."""
        held = {action.id: action.lead_time for action in actions}
        days = {name: self.done(lead) for name, lead in held.items()}
        if all(day is not None for day in days.values()):
            return {name: Fraction(day.toordinal()) for name, day in days.items() if day is not None}
        return {name: usual_days(lead) for name, lead in held.items()}


def usual_days(lead: LeadTime) -> Fraction:
    """The usual length in calendar days, for comparison only."""
    return lead.n * _DAYS[lead.unit]


def told(lead: LeadTime, lang: str) -> str:
    """30 个工作日."""
    if lead.n == 0:
        return "at once" if lang == "en" else "即时"
    zh, en = _WORDS[lead.unit]
    if lang != "en":
        return f"{lead.n} {zh}"
    return f"{lead.n} {en if lead.n != 1 else en[:-1]}"


def _months_after(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
