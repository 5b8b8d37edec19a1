"""Which period does this wording name?

Reads codes, spreadsheet dates and Chinese wordings. Half the wordings of an article are relative (今年,
去年末, 目前) or leave the year out (上半年): they are resolved from the date the document was published, and
refused without one. `Period` itself is in `gaoxin.core.periods`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from gaoxin.core.errors import NumberError, PeriodError
from gaoxin.core.numbers import parse_chinese_number
from gaoxin.core.periods import Period

_LONGEST = 60
_DASH = r"(?:-{1,2}|[—–~～至到])"
_NUMERALS = r"[〇零一二两三四五六七八九十]+"
_NUMERAL = re.compile(
    rf"(?<![上下前后]半){_NUMERALS}(?=年|月|日|号|季|个|{_DASH}第?[〇零一二三四五六七八九十\d])"
)
_AS_OF = re.compile(r"^(?:截至到|截至|截止至|截止到|截止|到|至)(?=.)")
_NOW = re.compile("(?:截至|截止|到)?(?:目前|当前|现在)(?:为止)?|现|如今|今天|今日|(?:截至)?发稿[时日]?")
_THIS_YEAR_SO_FAR = re.compile("(?:今年|本年|年初|今年年?初)以来|今年截至目前|年内")
_YEARS_AWAY = (
    (re.compile(r"^(?:今年|本年度|本年|当年)(?:度)?"), 0),
    (re.compile(r"^(?:去年|上一年度|上一年|上年)(?:度)?"), -1),
    (re.compile(r"^前年"), -2),
    (re.compile(r"^明年"), 1),
)
_PLANS = re.compile(
    r"^[“\"]?(十[一二三四五六七八九]|二十[一二三四五六七八九]?)五[”\"]?(?:规划)?(?:时期|期间)?$"
    r"|^[“\"]?(十)五[”\"]?(?:规划)?(?:时期|期间)$"
)


def read_period(text: str, published: date | None) -> Period:
    """See `Period.parse`."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise _unreadable(str(text))
    return _read(text, None if published is None else date(published.year, published.month, published.day))


@lru_cache(maxsize=8192)
def _read(text: str, published: date | None) -> Period:
    bare = _plain(text)
    if not bare:
        raise PeriodError(
            "没有写报告期，请写成 2021、2021Q3、2021-06", "no period; write 2021, 2021Q3, 2021-06"
        )
    try:
        found = _code_or_date(bare) or _relative(bare, published) or _wording(_arabic(bare))
        if found is None:
            found = _without_year(_arabic(bare), published)
    except PeriodError as error:
        raise PeriodError(
            f"“{text.strip()}”：{error.zh}", f"“{text.strip()}”: {error.en}", text=text
        ) from None
    if found is None:
        raise _unreadable(text)
    return found


def _plain(text: str) -> str:
    """Half-width, without spaces and the punctuation that surrounds a phrase."""
    out = []
    for char in text:
        point = ord(char)
        if 0xFF01 <= point <= 0xFF5E and char != "～":
            char = chr(point - 0xFEE0)
        if not char.isspace():
            out.append("〇" if char == "○" else char)
    return "".join(out).strip(",，。、;；:：()（）")


def _arabic(bare: str) -> str:
    """Chinese numerals before 年, 月, 日, 季 and 个 in Arabic digits; a year is read digit by digit."""

    def convert(found: re.Match[str]) -> str:
        try:
            return str(int(parse_chinese_number(found.group())))
        except NumberError:
            return found.group()

    return _NUMERAL.sub(convert, re.sub("(?<![一二三四五六七八九十百千万公纪改])元月", "1月", bare))


# Codes and spreadsheet dates

_YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T?00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_YM = re.compile(r"(\d{4})(?:[-/](\d{1,2})|\.(\d{2}))", re.ASCII)
_PART = re.compile(r"(\d{4})-?([HQ])(\d)", re.ASCII | re.IGNORECASE)
_PART_FIRST = re.compile(r"([HQ])(\d)[/-]?(\d{4})", re.ASCII | re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_PAIR = re.compile(r"(\d{4}(?:-\d{2}){0,2})/(\d{4}(?:-\d{2}){0,2})", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


def _code_or_date(bare: str) -> Period | None:
    if re.fullmatch(r"[0-9]{4}", bare):
        return Period.of_year(int(bare))
    if found := _PART.fullmatch(bare):
        return _half_or_quarter(int(found[1]), found[2], int(found[3]))
    if found := _PART_FIRST.fullmatch(bare):
        return _half_or_quarter(int(found[3]), found[1], int(found[2]))
    if found := _YMD.fullmatch(bare):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _YM.fullmatch(bare):
        return Period.of_month(int(found[1]), int(found[2] or found[3]))
    if re.fullmatch(r"[0-9]{4}\.[0-9]", bare):
        raise PeriodError(
            f"分不清是 {bare[:4]} 年 {bare[5]} 月还是 {bare[5]}0 月，请写成 2021-06 的样子",
            f"month {bare[5]} or {bare[5]}0? write it like 2021-06",
        )
    if found := _COMPACT.fullmatch(bare):
        if found[3]:
            return _day(int(found[1]), int(found[2]), int(found[3]))
        return Period.of_month(int(found[1]), int(found[2]))
    if found := _YEARS.fullmatch(bare):
        return _years(int(found[1]), int(found[2]))
    if found := _PAIR.fullmatch(bare):
        return _pair(found[1], found[2])
    return None


def _half_or_quarter(year: int, mark: str, index: int) -> Period:
    return Period.of_half(year, index) if mark.upper() == "H" else Period.of_quarter(year, index)


def _pair(first: str, last: str) -> Period:
    """`2012/2021`, `2024-01/2024-09`, `2021-03-01/2021-04-15`: two ends of the same fineness."""
    if len(first) != len(last):
        raise PeriodError(
            "起止要写得一样细，如 2021-01/2021-09", "write both ends alike, e.g. 2021-01/2021-09"
        )
    if len(first) == 4:
        return _years(int(first), int(last))
    if len(first) == 7:
        return _month_range(*_ints(first), *_ints(last))
    return Period.between(_day(*_ints(first)).start, _day(*_ints(last)).end)


def _ints(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("-"))


def _years(first: int, last: int) -> Period:
    return _joined(Period.of_year(first), Period.of_year(last))


def _month_range(first_year: int, first: int, last_year: int, last: int) -> Period:
    if first == 1 and first_year == last_year:
        return Period.to_month(last_year, last)
    return _joined(Period.of_month(first_year, first), Period.of_month(last_year, last))


def _joined(first: Period, last: Period) -> Period:
    return first if first == last else Period.between(first.start, last.end)


def _day(year: int, month: int, day: int) -> Period:
    Period.of_month(year, month)
    try:
        return Period.of_day(date(year, month, day))
    except ValueError:
        zh, en = f"{year} 年 {month} 月没有 {day} 日", f"there is no day {day} in {year}-{month:02d}"
        raise PeriodError(zh, en) from None


# Chinese wordings that name their year

_Y = r"(?P<y>\d{4})年?"
_END = r"(?P<end>底|末)?"
_LAST_DAY = r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号]"
_Build = Callable[[re.Match[str]], Period]


def _n(found: re.Match[str], name: str) -> int:
    return int(found[name])


def _quarters(found: re.Match[str]) -> Period:
    year, first, last = _n(found, "y"), _n(found, "a"), _n(found, "b")
    start, end = Period.of_quarter(year, first), Period.of_quarter(year, last)
    return Period.to_month(year, end.end.month) if first == 1 else Period.between(start.start, end.end)


def _day_range(found: re.Match[str]) -> Period:
    year, month = _n(found, "y"), _n(found, "m")
    last_year = int(found["y2"] or year)
    last_month = int(found["m2"] or month)
    first, last = _day(year, month, _n(found, "d")), _day(last_year, last_month, _n(found, "d2"))
    return Period.between(first.start, last.end)


_WORDINGS: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(pattern, re.ASCII), build)
    for pattern, build in (
        (r"(?P<y>\d{4})(?:年度|年全年|年|全年)", lambda f: Period.of_year(_n(f, "y"))),
        (r"(?P<y>\d{4})年?年?(?:底|末)", lambda f: _day(_n(f, "y"), 12, 31)),
        (r"(?P<y>\d{4})年年?初", lambda f: _day(_n(f, "y") - 1, 12, 31)),
        (rf"{_Y}(?P<h>上|下)半年{_END}", lambda f: Period.of_half(_n(f, "y"), 1 + (f["h"] == "下"))),
        (rf"{_Y}第?(?P<q>\d)季度?{_END}", lambda f: Period.of_quarter(_n(f, "y"), _n(f, "q"))),
        (rf"{_Y}(?P<k>前)(?P<b>\d)个?季度?", lambda f: Period.to_month(_n(f, "y"), 3 * _n(f, "b"))),
        (rf"{_Y}第?(?P<a>\d){_DASH}第?(?P<b>\d)季度?", _quarters),
        (rf"{_Y}前(?P<b>\d{{1,2}})个?月", lambda f: Period.to_month(_n(f, "y"), _n(f, "b"))),
        (
            rf"{_Y}(?P<a>\d{{1,2}})月?{_DASH}(?P<b>\d{{1,2}})月份?",
            lambda f: _month_range(_n(f, "y"), _n(f, "a"), _n(f, "y"), _n(f, "b")),
        ),
        (rf"(?P<y>\d{{4}})年(?P<m>\d{{1,2}})月份?{_END}", lambda f: Period.of_month(_n(f, "y"), _n(f, "m"))),
        (
            r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]",
            lambda f: _day(_n(f, "y"), _n(f, "m"), _n(f, "d")),
        ),
        (rf"(?P<y>\d{{4}})年?{_DASH}(?P<y2>\d{{4}})年?", lambda f: _years(_n(f, "y"), _n(f, "y2"))),
        (
            rf"(?P<y>\d{{4}})年(?P<m>\d{{1,2}})月{_DASH}(?P<y2>\d{{4}})年(?P<m2>\d{{1,2}})月",
            lambda f: _month_range(_n(f, "y"), _n(f, "m"), _n(f, "y2"), _n(f, "m2")),
        ),
        (
            rf"(?P<y>\d{{4}})年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]?{_DASH}{_LAST_DAY}",
            _day_range,
        ),
    )
)


def _wording(bare: str) -> Period | None:
    if (plan := _PLANS.fullmatch(bare)) is not None:
        return _five_year_plan(plan[1] or plan[2])
    as_of = _AS_OF.match(bare)
    body = bare[as_of.end() :] if as_of else bare
    for pattern, build in _WORDINGS:
        found = pattern.fullmatch(body)
        if found is None:
            continue
        period = build(found)
        if as_of or found.groupdict().get("end"):
            return Period.of_day(period.end)
        return period
    return _code_or_date_end(body) if as_of else None


def _code_or_date_end(body: str) -> Period | None:
    found = _code_or_date(body)
    return None if found is None else Period.of_day(found.end)


def _five_year_plan(ordinal: str) -> Period:
    """十四五 is the fourteenth five-year plan (五年规划): 2021–2025. The tenth began in 2001."""
    number = int(parse_chinese_number(ordinal))
    first = 2001 + 5 * (number - 10)
    return _years(first, first + 4)


# Wordings counted from the date of the document


def _relative(bare: str, published: date | None) -> Period | None:
    if _NOW.fullmatch(bare):
        return Period.of_day(_needed(published))
    if _THIS_YEAR_SO_FAR.fullmatch(bare):
        today = _needed(published)
        return Period.between(date(today.year, 1, 1), today)
    if bare in ("本月", "当月", "本月份"):
        return _this_month(_needed(published))
    if bare in ("上月", "上个月", "上月份"):
        return _this_month(_needed(published)).shift(steps=-1)
    if bare in ("本季度", "本季", "当季"):
        return _this_quarter(_needed(published))
    if bare in ("上月末", "上月底", "截至上月末", "截至上月底", "截至上月"):
        return Period.of_day(_this_month(_needed(published)).shift(steps=-1).end)
    if bare in ("上季度", "上季", "上一季度", "上个季度"):
        return _this_quarter(_needed(published)).shift(steps=-1)
    as_of = _AS_OF.match(bare)
    lead, body = (as_of.group(), bare[as_of.end() :]) if as_of else ("", bare)
    for pattern, years in _YEARS_AWAY:
        found = pattern.match(body)
        if found:
            rest = body[found.end() :]
            # 上年度 has lost its 度; 今年底 and 今年年底 both end the year
            return _wording(_arabic(f"{lead}{_needed(published).year + years}年{rest}"))
    return None


def _this_month(day: date) -> Period:
    return Period.of_month(day.year, day.month)


def _this_quarter(day: date) -> Period:
    return Period.of_quarter(day.year, (day.month + 2) // 3)


def _without_year(bare: str, published: date | None) -> Period | None:
    """上半年, 6月, 年底: the year of the document, unless that lies after its date."""
    as_of = _AS_OF.match(bare)
    lead, body = (as_of.group(), bare[as_of.end() :]) if as_of else ("", bare)
    year = published.year if published is not None else 2000
    tail = body.removeprefix("年") if body in ("年底", "年末", "年初") else body
    found = _wording(f"{lead}{year}年{tail}") if tail and not tail[0].isspace() else None
    if found is None or re.match(r"\d{4}", body):
        return None
    day = _needed(published)
    # What begins with the year begins before any date: 前三季度 in a report of March is last year's.
    unfinished = found.end > day and found.form != "month" and (found.start.month, found.start.day) == (1, 1)
    if (found.start > day or unfinished) and not body.startswith("年"):
        zh, en = (
            ("在发布日期还没有过完：", "was not over on") if unfinished else ("晚于发布日期", "lies after")
        )
        raise PeriodError(
            f"没有写年份，而 {found.code} {zh} {day}，请写明年份",
            f"no year is given and {found.code} {en} {day}; write the year",
        )
    return found


def _needed(published: date | None) -> date:
    if published is None:
        zh, en = (
            "没有写年份，也不知道发布日期，请写明年份",
            "no year, and no date of publication; write the year",
        )
        raise PeriodError(zh, en)
    return published


def _unreadable(text: str) -> PeriodError:
    shown = text.strip()[:40]
    return PeriodError(
        f"“{shown}”不是报告期，请写成 2021、2021H1、2021Q3、2021-06、2024-01/2024-09 或 2021-12-31",
        f"“{shown}” is no period; write 2021, 2021H1, 2021Q3, 2021-06, 2024-01/2024-09 or 2021-12-31",
        text=shown,
    )
