"""Calendars: no day both off and worked, no day twice, no year missing between two published ones."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import CalendarSpec


def refer_calendars(library: Library, complaints: Complaints) -> None:
    """Every year, then the row of years."""
    for spec in library.calendars.values():
        _days(spec, complaints)
    years = sorted(library.calendars)
    for earlier, later in pairwise(years):
        if later - earlier > 1:
            missing = ", ".join(str(year) for year in range(earlier + 1, later))
            complaints.add(
                "hole",
                library.calendars[later].origin,
                f"工作日历缺 {missing} 年",
                f"the calendar has a hole: {missing} is missing",
                "补上缺的年份",
                "add the missing years",
            )


def _days(spec: CalendarSpec, complaints: Complaints) -> None:
    off: dict[date, str] = {}
    for number, holiday in enumerate(spec.off):
        origin = spec.origin.at("off", number)
        for day in holiday.days():
            if day in off:
                complaints.add(
                    "overlap",
                    origin,
                    f"{day} 同时写在{off[day]}和{holiday.name}里",
                    f"the stretches overlap: {day} is in both {off[day]} and {holiday.name}",
                    "对照通知改正起止日期",
                    "correct the days after the notice",
                )
            if day.year != spec.year:
                complaints.add("outside", origin, *_outside(day, spec.year))
            off[day] = holiday.name
    seen: set[date] = set()
    for number, day in enumerate(spec.work):
        origin = spec.origin.at("work", number)
        if day in off:
            complaints.add(
                "overlap",
                origin,
                f"{day} 既放假（{off[day]}）又上班",
                f"{day} is both off ({off[day]}) and worked",
                "对照通知删掉一处",
                "delete one of them after the notice",
            )
        if day.weekday() < 5:
            complaints.add(
                "weekday",
                origin,
                f"{day} 本来就是工作日，不是调休",
                f"{day} is a weekday and needs no make-up entry",
                "调休上班只写周末",
                "only weekend days are listed under work",
            )
        if day in seen:
            complaints.add("overlap", origin, f"{day} 写了两次", f"{day} is listed twice")
        if day.year != spec.year:
            complaints.add("outside", origin, *_outside(day, spec.year))
        seen.add(day)


def _outside(day: date, year: int) -> tuple[str, str, str, str]:
    return (
        f"{day} 不在 {year} 年",
        f"{day} is not in {year}",
        f"写到 {day.year} 年的文件里",
        f"write it into the file of {day.year}",
    )
