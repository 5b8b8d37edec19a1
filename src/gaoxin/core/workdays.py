"""Which days does China work?

A `WorkCalendar` holds the published years of the working-day calendar (工作日历): the days off the State
Council announced, and the weekend days that are worked in exchange (调休上班). It counts working days by
looking them up in one precomputed array. A year without a notice is a gap, never a guess. Limits, pauses and
office hours are in `gaoxin.core.deadlines`; the years come from packs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gaoxin.core.errors import CalendarGap, PackError

DayKind = Literal["workday", "make_up", "weekend", "holiday"]
WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOLIDAYS_EN = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn",
    "国庆节": "National Day",
}


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year.

    `off`: every announced day off, weekends inside it too; `work`: the weekend days that are worked; `names`:
    the holiday a day off belongs to; `notice`: the number of the State Council notice. `notice_confirmed` is
    False while nobody has checked that number against the notice itself.
    """

    year: int
    off: frozenset[date]
    work: frozenset[date]
    names: Mapping[date, str]
    notice: str
    status: Literal["published"] = "published"
    notice_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class DayExplanation:
    """Why a day works or does not, in words."""

    day: date
    works: bool
    kind: DayKind
    name: str
    notice: str
    notice_confirmed: bool

    @property
    def zh(self) -> str:
        source = self.source("zh")
        return f"{self.short('zh')}（{source}）" if source else self.short("zh")

    @property
    def en(self) -> str:
        source = self.source("en")
        return f"{self.short('en')} ({source})" if source else self.short("en")

    def short(self, lang: str = "zh") -> str:
        """Without the notice: 国庆节放假, 调休上班, 周末, 工作日."""
        chinese = lang.startswith("zh")
        match self.kind:
            case "holiday":
                return f"{self.name}放假" if chinese else f"{self.name_en} holiday"
            case "make_up":
                return "调休上班" if chinese else "make-up working day"
            case "weekend":
                return "周末" if chinese else "weekend"
        return "工作日" if chinese else "working day"

    @property
    def name_en(self) -> str:
        """The holiday in English; a name that is not statutory stays as it is."""
        return " and ".join(_HOLIDAYS_EN.get(name, name) for name in self.name.split("、"))

    def source(self, lang: str = "zh") -> str:
        """The notice behind a holiday or a make-up day; empty for ordinary days."""
        if self.kind not in ("holiday", "make_up") or not self.notice:
            return ""
        if self.notice_confirmed:
            return self.notice
        return (
            f"{self.notice}，文号待核" if lang.startswith("zh") else f"{self.notice}, number to be confirmed"
        )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Published years without a gap between them.

    `counts[i]`: how many working days there are up to and including day i; `days[k]`: working day number k.
    """

    first: int
    last: int
    counts: Sequence[int]
    days: Sequence[date]


@dataclass(frozen=True, slots=True, init=False, eq=False)
class WorkCalendar:
    """The published years, ready for counting.

    Missing: a day of an unpublished year raises CalendarGap, whatever is asked about it.
    Raises: PackError when two notices contradict each other or a notice names a day far from its year.
    """

    years: tuple[int, ...]
    _by_year: Mapping[int, CalendarYear] = field(repr=False)
    _off: Mapping[date, CalendarYear] = field(repr=False)
    _work: Mapping[date, CalendarYear] = field(repr=False)
    _stretches: tuple[_Stretch, ...] = field(repr=False)

    def __init__(self, years: Sequence[CalendarYear]) -> None:
        by_year: dict[int, CalendarYear] = {}
        off: dict[date, CalendarYear] = {}
        work: dict[date, CalendarYear] = {}
        for year in sorted(years, key=lambda y: y.year):
            if year.year in by_year:
                raise PackError(
                    f"{year.year} 年的放假安排有两份，请只留一份",
                    f"two calendars for {year.year}",
                    year=year.year,
                )
            by_year[year.year] = year
            _gather(year, year.off, off)
            _gather(year, year.work, work)
        both = off.keys() & work.keys()
        if both:
            day = min(both)
            raise PackError(
                f"{day} 既放假又上班，请对照通知改正",
                f"{day} is both off and worked; check the notice",
                day=day,
            )
        object.__setattr__(self, "years", tuple(by_year))
        object.__setattr__(self, "_by_year", by_year)
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_work", work)
        object.__setattr__(self, "_stretches", tuple(self._lay_out()))

    def covers(self, day: date) -> bool:
        """True when the year of that day is published."""
        return day.year in self._by_year

    def is_working_day(self, day: date) -> bool:
        if day.year not in self._by_year:
            raise _gap(day.year)
        return self._works(day)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is not counted itself; before it for a negative n.

        n = 0 gives the day itself, or the next working day when it is none.
        Raises: CalendarGap when the count leaves the published years.
        """
        ordinal = day.toordinal()
        for stretch in self._stretches:
            if stretch.first <= ordinal <= stretch.last:
                upto = stretch.counts[ordinal - stretch.first]
                index = upto + n - 1
                if n <= 0 and not (upto and stretch.days[upto - 1].toordinal() == ordinal):
                    # a day that does not work stands between two working days
                    index += 1
                if 0 <= index < len(stretch.days):
                    return stretch.days[index]
                edge = stretch.last + 1 if index >= 0 else stretch.first - 1
                raise _gap(date.fromordinal(edge).year)
        raise _gap(day.year)

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; negative when end is earlier.

        `add(start, between(start, end)) == end` for every working day `end` after `start`.
        """
        first, last = min(start, end).toordinal(), max(start, end).toordinal()
        for stretch in self._stretches:
            if stretch.first <= first and last <= stretch.last:
                count = stretch.counts[last - stretch.first] - stretch.counts[first - stretch.first]
                return count if start <= end else -count
        raise _gap(self._first_gap(date.fromordinal(first), date.fromordinal(last)))

    def explain(self, day: date) -> DayExplanation:
        """Why the day works or not: the holiday's name, 调休上班, 周末 or 工作日, with the notice."""
        if day.year not in self._by_year:
            raise _gap(day.year)
        if (year := self._off.get(day)) is not None:
            name = year.names.get(day, "节假日")
            return DayExplanation(day, False, "holiday", name, year.notice, year.notice_confirmed)
        if (year := self._work.get(day)) is not None:
            return DayExplanation(day, True, "make_up", "", year.notice, year.notice_confirmed)
        year = self._by_year[day.year]
        works = day.weekday() < 5
        kind: DayKind = "workday" if works else "weekend"
        return DayExplanation(day, works, kind, "", year.notice, year.notice_confirmed)

    def notice(self, year: int) -> str:
        """The number of the notice that published a year."""
        if year not in self._by_year:
            raise _gap(year)
        return self._by_year[year].notice

    def _works(self, day: date) -> bool:
        return day in self._work or (day.weekday() < 5 and day not in self._off)

    def _lay_out(self) -> Iterator[_Stretch]:
        counts: list[int] = []
        days: list[date] = []
        for year in self.years:
            for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
                day = date.fromordinal(ordinal)
                if self._works(day):
                    days.append(day)
                counts.append(len(days))
            if year + 1 not in self._by_year:
                last = date(year, 12, 31).toordinal()
                yield _Stretch(last - len(counts) + 1, last, counts, days)
                counts, days = [], []

    def _first_gap(self, first: date, last: date) -> int:
        return next(year for year in range(first.year, last.year + 1) if year not in self._by_year)


def _gather(year: CalendarYear, days: frozenset[date], into: dict[date, CalendarYear]) -> None:
    for day in days:
        # the notice of a year may begin on 31 December of the year before
        if abs(day.year - year.year) > 1:
            raise PackError(
                f"{year.year} 年的放假安排里有 {day}，请改正年份",
                f"the calendar of {year.year} names {day}; correct the year",
                year=year.year,
                day=day,
            )
        into[day] = year


def _gap(year: int) -> CalendarGap:
    return CalendarGap(
        f"{year} 年没有已公布的放假安排，算不出工作日；公布后在内容包里加上这一年",
        f"no holiday schedule has been published for {year}; add the year to the pack when it is",
        year=year,
    )
