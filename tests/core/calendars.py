"""The published calendars from the national pack, and an independent, slow reading of the clock's rules."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from gaoxin.core.workdays import WorkCalendar
from gaoxin.packs.library import open_library

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


@cache
def published() -> WorkCalendar:
    """The calendar of 2024, 2025 and 2026."""
    return open_library(["national"]).calendar()


def slow_due(
    start: datetime, limit: int, unit: str, pauses: Sequence[tuple[date, date]] = ()
) -> date | datetime | None:
    """R1–R6 as they are written, without arrays and without walk; None for provisional."""
    calendar = published()

    def works(day: date) -> bool:
        if day > LAST:
            raise LookupError
        return calendar.is_working_day(day)

    def stands_still(day: date) -> bool:
        return any(first <= day < last for first, last in pauses)

    try:
        day, at = start.date(), start.time()
        if not works(day) or at > time(17):
            day, at = day + ONE_DAY, time(0)
            while not works(day):
                day += ONE_DAY
        if unit == "half_working_day":
            later = [(d, h) for d in following(day - ONE_DAY) if d <= LAST and works(d) for h in (12, 17)]
            received = (day, 12 if at <= time(12) else 17)
            counted = [(d, h) for d, h in later if (d, h) > received and not stands_still(d)]
            return datetime.combine(counted[limit - 1][0], time(counted[limit - 1][1]))
        counted_days = [
            d
            for d in following(day)
            if d <= LAST and not stands_still(d) and (unit == "calendar_day" or works(d))
        ]
        due = counted_days[limit - 1]
        while not works(due) or stands_still(due):
            due += ONE_DAY
    except (LookupError, IndexError):
        return None
    return due


def following(day: date) -> list[date]:
    """Every day after `day`, some way into the unpublished year."""
    return [day + n * ONE_DAY for n in range(1, (LAST - day).days + 30)]
