"""For which stretch of time does a figure hold (报告期)?

A `Period` has one canonical code, the key of the fact base: `2021`, `2021H1`, `2021Q3`, `2021-06`,
`2024-01/2024-09` (year to date), `2021-12-31` (as of a day), `2012/2021` (a span). How Chinese and
spreadsheet wordings become periods is told in `gaoxin.core.period_texts`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import total_ordering
from typing import Literal, get_args

from gaoxin.core.errors import PeriodError

Form = Literal["year", "half", "quarter", "month", "year_to_date", "day", "span"]
FORMS: tuple[Form, ...] = get_args(Form)
FIRST_YEAR, LAST_YEAR = 1900, 2199

_MONTHS_IN: dict[str, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """Days from `start` to `end`, both included, in one of seven forms.

    Two periods are equal when their codes are: January to June as `2021H1` and as `2021-01/2021-06` cover the
    same days (`covers_same_days`) and stay two ways of reporting.
    Order: by end, then by start, then by form as in FORMS. Of two periods the one that ends later is the
    later; of those that end together the shorter one, so that the figure of a year comes before that of its
    last quarter and of its last day.
    Raises: PeriodError when start and end do not make a period of that form.
    """

    form: Form
    start: date
    end: date
    code: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.start.year < FIRST_YEAR or self.end.year > LAST_YEAR:
            raise PeriodError(
                f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间", f"years run from {FIRST_YEAR} to {LAST_YEAR}"
            )
        if self.start > self.end:
            raise PeriodError(
                f"开始 {self.start} 晚于结束 {self.end}，请对调",
                f"it begins on {self.start}, after {self.end}",
            )
        code = _code(self.form, self.start, self.end)
        if code is None:
            raise PeriodError(
                f"{self.start} 到 {self.end} 不是完整的{_FORM_ZH[self.form]}",
                f"{self.start} to {self.end} is no {self.form.replace('_', ' ')}",
            )
        object.__setattr__(self, "code", code)

    # Making one

    @classmethod
    def parse(cls, text: str, *, published: date | None = None) -> Period:
        """The period a code or a Chinese wording names: 2021, 2021年上半年, 前三季度, 截至2021年底, 去年末.

        `published`: the date of the document; 今年, 去年, 目前 and wordings without a year count from it.
        Raises: PeriodError that says how to write it; nothing is guessed.
        """
        from gaoxin.core.period_texts import read_period  # that module builds periods itself

        return read_period(text, published)

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls("year", *_months(year, 1, 12))

    @classmethod
    def of_half(cls, year: int, half: int) -> Period:
        _within(half, 1, 2, "半年", "half year")
        return cls("half", *_months(year, 6 * half - 5, 6))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Period:
        _within(quarter, 1, 4, "季度", "quarter")
        return cls("quarter", *_months(year, 3 * quarter - 2, 3))

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        return cls("month", *_months(year, month, 1))

    @classmethod
    def to_month(cls, year: int, month: int) -> Period:
        """January to `month`: the year to date (累计)."""
        _within(month, 1, 12, "月份", "month")
        return cls("year_to_date", *_months(year, 1, month))

    @classmethod
    def of_day(cls, day: date) -> Period:
        return cls("day", date(day.year, day.month, day.day), date(day.year, day.month, day.day))

    @classmethod
    def between(cls, start: date, end: date) -> Period:
        """The period of these days in its plainest form: a day, month, year or year to date, else a span."""
        for form in ("day", "month", "year", "year_to_date"):
            if _code(form, start, end) is not None:
                return cls(form, start, end)
        return cls("span", start, end)

    # What it is

    @property
    def year(self) -> int:
        """The year of its last day."""
        return self.end.year

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def contains(self, other: Period) -> bool:
        """True when every day of `other` is a day of this period."""
        return self.start <= other.start and other.end <= self.end

    def covers_same_days(self, other: Period) -> bool:
        return self.start == other.start and self.end == other.end

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def __eq__(self, other: object) -> bool:
        return self.code == other.code if isinstance(other, Period) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.code)

    def __lt__(self, other: Period) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[date, date, int]:
        return (self.end, self.start, FORMS.index(self.form))

    def __str__(self) -> str:
        return self.code

    # Moving it

    def shift(self, years: int = 0, steps: int = 0) -> Period:
        """The period `years` later (negative: earlier) and then `steps` of its own length later.

        A day that ends its month stays the end of the month: 2023-02-28 a year later is 2024-02-29.
        Raises: PeriodError for steps of a year to date (what follows January to September?), and for years
        outside 1900–2199.
        """
        if years:
            return self._by_years(years).shift(steps=steps)
        return self._by_steps(steps) if steps else self

    def previous(self) -> Period:
        """The same period last year (上年同期)."""
        return self.shift(years=-1)

    def _by_years(self, years: int) -> Period:
        if self.form == "day":
            day = _same_day(self.start, years)
            return Period("day", day, day)
        if self._whole_months():
            return Period(self.form, *_moved(self.start, self.end, 12 * years))
        return Period(self.form, _same_day(self.start, years, keep_end=False), _same_day(self.end, years))

    def _by_steps(self, steps: int) -> Period:
        if self.form == "year_to_date":
            raise PeriodError(
                f"{self.label('zh')}是累计数，没有“下一期”，请按年移动或改用月、季度",
                f"{self.code} is a year to date and has no next one; shift it by years",
                period=self.code,
            )
        if self.form == "day" or not self._whole_months():
            try:
                start = self.start + timedelta(days=steps * self.days)
                return Period(self.form, start, start + timedelta(days=self.days - 1))
            except OverflowError:
                raise _out_of_range() from None
        return Period(self.form, *_moved(self.start, self.end, steps * self._month_count()))

    def _whole_months(self) -> bool:
        return self.start.day == 1 and _is_month_end(self.end)

    def _month_count(self) -> int:
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    # Saying it

    def label(self, lang: str = "zh") -> str:
        """As people write it: 2021年上半年, 2024年1–9月; in English `H1 2021`, `Jan–Sep 2024`."""
        return _label_zh(self) if lang.startswith("zh") else _label_en(self)


_FORM_ZH: dict[str, str] = {
    "year": "年度",
    "half": "半年",
    "quarter": "季度",
    "month": "月份",
    "year_to_date": "累计期（1 月起）",
    "day": "一天",
    "span": "时段",
}


def _within(number: int, low: int, high: int, zh: str, en: str) -> None:
    if not low <= number <= high:
        raise PeriodError(
            f"{zh}应在 {low} 到 {high} 之间，写的是 {number}", f"no {en} {number}; {low} to {high}"
        )


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from `month` on."""
    _within(year, FIRST_YEAR, LAST_YEAR, "年份", "year")
    _within(month, 1, 12, "月份", "month")
    last_year, last_month = divmod(year * 12 + month - 2 + count, 12)
    return date(year, month, 1), date(last_year, last_month + 1, _month_days(last_year, last_month + 1))


def _moved(start: date, end: date, months: int) -> tuple[date, date]:
    """The same count of whole months, `months` later."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_range()
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return _months(year, month + 1, count)


def _same_day(day: date, years: int, *, keep_end: bool = True) -> date:
    year = day.year + years
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_range()
    last = _month_days(year, day.month)
    stays_end = keep_end and _is_month_end(day)
    return date(year, day.month, last if stays_end else min(day.day, last))


def _out_of_range() -> PeriodError:
    return PeriodError(
        f"移动后的年份超出 {FIRST_YEAR}–{LAST_YEAR}",
        f"shifted beyond {FIRST_YEAR}–{LAST_YEAR}",
        reason="range",
    )


def _month_days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _is_month_end(day: date) -> bool:
    return day.day == _month_days(day.year, day.month)


def _code(form: str, start: date, end: date) -> str | None:
    """The canonical code; None when the days are not of that form."""
    if form == "day":
        return start.isoformat() if start == end else None
    whole = start.day == 1 and _is_month_end(end)
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    if form in _MONTHS_IN:
        length = _MONTHS_IN[form]
        if not whole or count != length or (start.month - 1) % length:
            return None
        index = (start.month - 1) // length + 1
        mark = {"year": "", "half": f"H{index}", "quarter": f"Q{index}", "month": f"-{start.month:02d}"}[form]
        return f"{start.year}{mark}"
    if form == "year_to_date":
        if not whole or start.month != 1 or start.year != end.year:
            return None
        return f"{start.year}-01/{end.year}-{end.month:02d}"
    return _span_code(start, end, whole, count)


def _span_code(start: date, end: date, whole: bool, count: int) -> str | None:
    if start == end:
        return None
    if not whole:
        return f"{start.isoformat()}/{end.isoformat()}"
    if start.month == 1 and end.month == 12:
        return f"{start.year}/{end.year}" if end.year > start.year else None
    if count == 1 or (start.month == 1 and start.year == end.year):
        return None  # a month, or a year to date
    return f"{start.year}-{start.month:02d}/{end.year}-{end.month:02d}"


def _label_zh(p: Period) -> str:
    start, end = p.start, p.end
    match p.form:
        case "year":
            return f"{p.year}年"
        case "half":
            return f"{p.year}年{'上' if start.month == 1 else '下'}半年"
        case "quarter":
            return f"{p.year}年第{'一二三四'[(start.month - 1) // 3]}季度"
        case "month":
            return f"{p.year}年{start.month}月"
        case "year_to_date":
            return f"{p.year}年1–{end.month}月"
        case "day":
            return f"{p.year}年{start.month}月{start.day}日"
    if len(p.code) == 9:
        return f"{start.year}–{end.year}年"
    last_year = "" if start.year == end.year else f"{end.year}年"
    if len(p.code) == 15:
        first = f"{start.month}" if start.year == end.year else f"{start.month}月"
        return f"{start.year}年{first}–{last_year}{end.month}月"
    return f"{start.year}年{start.month}月{start.day}日–{last_year}{end.month}月{end.day}日"


def _label_en(p: Period) -> str:
    start, end = p.start, p.end
    first, last = _ENGLISH_MONTHS[start.month - 1], _ENGLISH_MONTHS[end.month - 1]
    match p.form:
        case "year":
            return str(p.year)
        case "half":
            return f"H{(start.month + 5) // 6} {p.year}"
        case "quarter":
            return f"Q{(start.month + 2) // 3} {p.year}"
        case "month":
            return f"{first} {p.year}"
        case "year_to_date":
            return f"{first}–{last} {p.year}"
        case "day":
            return f"{start.day} {first} {p.year}"
    if len(p.code) == 9:
        return f"{start.year}–{end.year}"
    first_year = "" if start.year == end.year else f" {start.year}"
    if len(p.code) == 15:
        return f"{first}{first_year}–{last} {end.year}"
    return f"{start.day} {first}{first_year}–{end.day} {last} {end.year}"
