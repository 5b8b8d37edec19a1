"""Where does a Chinese text speak of a time, and of which one (时间表述)?

`times` finds the expressions of a block and says what part each plays: the time of a figure, the base it is
compared with, or no more than a piece of a name. Which figure a time holds for is asked in
`gaoxin.reading.framing`; how a wording becomes a period is told in `gaoxin.core.period_texts`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.reading.blocks import Block

Form = Literal["year", "part", "day", "as_of", "now", "span", "plan", "since", "rhetorical", "same"]
Role = Literal["at", "until", "base", "name", "event"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression; [start, end) in the block.

    `form`: `part` is less than a year (上半年, 1至9月, 6月); `as_of` a last day (截至2021年底, 年末);
    `since` and `rhetorical` (2018年以来, 十年来, 近年来) name no stretch a figure holds for; `same` is 同期.
    `role`: `at` the time of a figure; `until` the same after 到 (到2025年), a target where it lies ahead;
    `base` what a figure is compared with (较2012年, 比上年末); `name` part of a name or title (2022年版);
    `event` a day of the calendar (9月15日), on which something happened or was said.
    Missing: `period` is None where the text does not say which (今年 without a date of publication, 近年来).
    `years_away`: 0 for 今年, -1 for 上年; None where the wording is not relative to a year.
    """

    start: int
    end: int
    text: str
    form: Form
    role: Role
    period: Period | None
    years_away: int | None = None


_DIGITS = "〇零○一二三四五六七八九"
_NUMERAL_BEFORE = r"(?<![0-9.．〇零一二三四五六七八九十百千第])"
_DASH = r"(?:[-—–~～－至到]|——|--)"
_Y = rf"(?:(?:19|20|21)\d\d|[一二][{_DIGITS}]{{3}})"
_RELATIVE = "今年|本年度?|当年|去年|上一?年度?|前年|明年"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_QUARTER = "[一二三四1-4]"
_END = "(?:末|底)"
_PART = (
    rf"(?:[上下]半年{_END}?"
    rf"|(?:前|第)?{_QUARTER}个?季度{_END}?"
    rf"|第?{_QUARTER}{_DASH}第?{_QUARTER}季度"
    rf"|前(?:1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])个?月"
    rf"|{_MONTH}月份?{_DASH}{_MONTH}月份?{_END}?"
    rf"|{_MONTH}{_DASH}{_MONTH}月份?{_END}?"
    rf"|{_MONTH}月{_DAY}[日号]"
    rf"|{_MONTH}月(?:份)?{_END}?)"
)
_ORDINAL_PLAN = "(?:二十[一二三四五六七八九]?|十[一二三四五六七八九])"
_SPOKEN_YEARS = r"(?:[0-9]{1,2}|[一二两三四五六七八九十几数多]{1,3})"
_AS_OF = "截至到?|截止至|截止到|截止"

# The longest wording first: what an earlier line matches a later one never sees.
_WORDINGS: tuple[tuple[Form, str], ...] = (
    ("since", rf"(?:自|从)?{_MONTH}月份?以来"),
    ("since", rf"(?:自|从)?(?:{_Y}年|{_RELATIVE})(?:{_MONTH}月份?)?(?:底|末|初)?(?:开始)?以来"),
    ("since", rf"[“\"]?{_ORDINAL_PLAN}五[”\"]?(?:时期)?以来"),
    ("since", r"(?:今年)?(?:年初|入[春夏秋冬]|开年)以来"),
    (
        "rhetorical",
        (
            rf"(?:这|近|过去|最近|过去的)?{_SPOKEN_YEARS}(?:多)?年(?:以来|来|间)"
            rf"|(?:过去|近|最近|过去的){_SPOKEN_YEARS}年(?!级|期|制)"
            r"|近[几些]?年(?:以?来|间)?|近年|多年[以]?来|长期以来|一直以来|一路走来|多年的?"
        ),
    ),
    ("since", rf"{_SPOKEN_YEARS}年(?:之|以)?前(?![0-9一二三四五六七八九十后沿列移进往来端])"),
    ("same", rf"(?:(?:{_Y}年|{_RELATIVE})的?)?同期"),
    (
        "now",
        (
            r"(?:截至|截止|到)(?:目前|当前|现在|今天|发稿[时日]?|昨日|今日)(?:为止)?|迄今(?:为止)?|目前|当前|如今"
            r"|现如今|眼下|(?<![实体兑发表呈出再涌展变])现(?=有|拥有|已|存|辖|共有)"
        ),
    ),
    (
        "span",
        (
            rf"(?:从|由|自)?{_Y}年?{_DASH}{_Y}年(?!{_END}|{_MONTH}月)(?:间|期间)?"
            rf"|(?:从|由|自)?{_Y}年{_MONTH}月{_DASH}{_Y}年{_MONTH}月"
        ),
    ),
    ("as_of", rf"(?:{_AS_OF})(?:(?:{_Y}年|{_RELATIVE})年?)?(?:{_PART}|年?{_END}|(?=[，,]))"),
    ("as_of", rf"(?:{_AS_OF})(?:{_Y}年?|{_RELATIVE}|上月末?|本?月[末底])"),
    ("as_of", rf"[“\"]?{_ORDINAL_PLAN}五[”\"]?(?:时期|期)?{_END}"),
    ("as_of", rf"(?:{_Y}年|{_RELATIVE})年?(?:{_END}|初)"),
    ("as_of", r"上月[末底]|(?<!末)年[末底初](?!岁)|期末(?!考)|本?月[末底](?=[，,全])"),
    ("plan", rf"[“\"]{_ORDINAL_PLAN}五[”\"](?:规划)?(?:时期|期间)?|{_ORDINAL_PLAN}五(?:规划)?(?:时期|期间)"),
    ("part", rf"{_Y}年?(?:{_PART})|(?:{_RELATIVE})的?(?:{_PART})"),
    ("year", rf"{_Y}年(?:度全年|全年|度)?|(?:{_RELATIVE})(?:全年)?"),
    ("part", r"上半年(?:度)?|下半年(?:度)?"),
    ("part", rf"(?:{_PART})"),
    ("part", r"(?:本|当|上|上个)月(?:份)?|(?:本|当|上|上一|上个)季度?(?=[，,全、实完])|上一?季度|本季度"),
    ("year", r"全年(?=[^无不没龄])"),
)
_ANY = re.compile(
    _NUMERAL_BEFORE
    + "(?:"
    + "|".join(f"(?P<w{i}>{pattern})" for i, (_, pattern) in enumerate(_WORDINGS))
    + ")"
)
_TO = re.compile(r"(?<![加减降升达长高短涨落回少大小])(?:到|至)$")
_COMPARED_BEFORE = re.compile(
    r"(?:(?<![占同环对])(?:比|较)(?:之|起)?|相比于?|(?<!比)较|[高低快慢好]于|相当于|恢复[到至]|对比|(?:^|[，,、；;。])(?:与|同|和))$"
)
_COMPARED_AFTER = re.compile(
    r"(?:的[^，,。；;]{0,8})?(?<![同环占可])相?(?:比|对比)(?!重|例|率)|为基[数期]|的[0-9.一二两三四五六七八九十多近]{1,8}倍"
)
_EDITION = re.compile(r"(?:年?版|[^，,。；;]{0,12}(?:规划纲要|行动方案|实施方案|工作要点)》?)")
_AWARDED = re.compile(
    r"(?:入选|入围|列入|获评|获批|荣获|获得?|评为|跻身|荣登|上榜|登上|公布的?|发布的?|认定的?|纳入|了)$"
)
_LISTED_AFTER = re.compile(
    r"(?:度)?[^，,。；;、]{0,10}[“\"《]|(?:度)?[^，,。；;、0-9]{0,16}(?:名单|榜|百强|[0-9百千]{1,4}强|奖)"
)
_SAID = re.compile(r"[^。；;]{0,6}(?:记者|获悉|电[，,。）)]|讯|据[^，,]{2,14}[，,消])")
_ON_AVERAGE = re.compile("年均|平均|累计|年复合")
_TO_COME = re.compile("下半年|目标不变|任务不减|下一步|下一阶段|四季度,")
_BACKWARD = re.compile("上(?!半)|.*初$")
_AIMED = re.compile("(?:主要)?(?:预期)?(?:目标|计划(?!执行)|任务|安排)|预计|力争|将")
_AHEAD = re.compile("(?:预计|力争|将于?|计划|有望|拟于?|确保|争取|到|至|明|今)$")
_PLANNED = re.compile(r"[^，,。；;、]{0,12}(?:目标|任务|计划|预算(?!收入|支出))")
_LONGEST_SINCE = 18
_MARKS = "，,。；;：:！？!?、\n"
_NAME = re.compile("《[^《》\n]{1,60}》|“[^“”，,。；;：:！？!?\n]{1,60}”|〈[^〈〉\n]{1,60}〉")


def times(block: Block, published: date | None = None, about: Period | None = None) -> tuple[Time, ...]:
    """The time expressions of a block, in order, never overlapping.

    `about`: the period of the document, where its title says so; 上半年 and 全年 mean its year. Otherwise a
    part of a year belongs to the year its sentence named, or is the last one that was over when the document
    was published.
    Missing: nothing is guessed; without the dates it needs a time has period None.
    """
    text = block.stretch.read
    inside = _quoted(text, is_title=block.kind in ("title", "heading"))
    found: list[Time] = []
    bounds = iter([sentence.end for sentence in block.sentences] or [len(text)])
    sentence_end = next(bounds)
    context = _Context(published, about)
    for match in _ANY.finditer(text):
        if match.start() == match.end():
            continue
        while match.start() >= sentence_end:
            sentence_end = next(bounds, len(text) + 1)
            context.sentence_over()
        form = _WORDINGS[int((match.lastgroup or "w0")[1:])][0]
        time = _read(text, match, form, inside, context)
        if time is not None:
            found.append(time)
            context.saw(time)
    return _with_since(text, found)


class _Context:
    """What earlier times say about the next: the year of the sentence and of the block, the last month."""

    def __init__(self, published: date | None, about: Period | None) -> None:
        self.published = published
        self.document_year = None if about is None else about.year
        self.about = about
        self.sentence_year: int | None = None
        self.block_year: int | None = None
        self.last: Period | None = None

    def sentence_over(self) -> None:
        self.sentence_year = None

    def saw(self, time: Time) -> None:
        if time.period is None or time.role in ("name", "base") or _BACKWARD.match(time.text):
            return
        self.last = time.period
        self.block_year = time.period.year
        self.sentence_year = time.period.year


def _quoted(text: str, is_title: bool) -> bytearray:
    """Marks the characters of names in 《》 and “”; quoted speech and the 《》 of a title are none."""
    marks = bytearray(len(text))
    for match in _NAME.finditer(text):
        if not (is_title and match.group()[0] == "《"):
            marks[match.start() + 1 : match.end()] = b"\1" * (match.end() - match.start() - 1)
    return marks


def _read(text: str, match: re.Match[str], form: Form, inside: bytearray, context: _Context) -> Time | None:
    start, end = match.span()
    written = match.group()
    before, after = text[max(0, start - 8) : start], text[end : end + 30]
    away = _years_away(written)
    role = _role(text, start, form, before, after, inside)
    if form in ("since", "rhetorical", "same"):
        period = _since(written, context) if form == "since" else None
        if form == "rhetorical" and _ON_AVERAGE.match(after):
            period = _last_years(written, context)
        return Time(start, end, written, form, role, period, away)
    if form == "day" or (form == "part" and re.search(r"[日号]$", written)):
        form = "day"
        role = "event" if role == "at" else role
        if _SAID.match(after):
            role = "name"
    if (
        role == "at"
        and form in ("year", "part", "as_of")
        and _TO.search(before)
        and not written.startswith("截")
    ):
        role = "until"
    is_ahead = _AHEAD.search(before) is not None or _AIMED.match(after) is not None
    if written.startswith("全年") and _TO_COME.search(text[max(0, start - 30) : start]):
        is_ahead = True
    return Time(start, end, written, form, role, _period(written, form, context, is_ahead), away)


def _last_years(written: str, context: _Context) -> Period | None:
    """近三年年均: three years up to the year spoken of."""
    found = re.fullmatch(r"(?:过去|近|最近)(?P<n>[0-9]{1,2}|[一二两三四五六七八九十])年", written)
    year = context.last.year if context.last is not None else context.document_year
    if found is None or year is None:
        return None
    count = int(found["n"]) if found["n"].isdigit() else "零一二三四五六七八九十".find(found["n"])
    count = 2 if found["n"] == "两" else count
    return _parsed(f"{year - count + 1}年至{year}年", None) if count > 1 else None


def _since(written: str, context: _Context) -> Period | None:
    """今年以来, 2021年以来: from its first day to the day of publication."""
    day = context.published
    if day is None or "五" in written or written.endswith("前") or re.search("入[春夏秋冬]", written):
        return None
    if re.match("(?:今年|本年)?(?:年初|开年)?以来", written) or written == "今年以来":
        return _parsed("今年以来", day)
    first = _period(re.sub("(?:开始)?以来$|^(?:自|从)", "", written), "part", context)
    if first is None or first.start > day:
        return None
    return Period.between(first.start, day)


def _role(text: str, start: int, form: Form, before: str, after: str, inside: bytearray) -> Role:
    if form in ("year", "span", "part", "plan") and inside[start]:
        return "name"
    if text.startswith(("全年", "年度", "年初"), start) and _PLANNED.match(after):
        return "name"
    if form in ("year", "span", "plan") and (
        (_EDITION.match(after) and form != "year") or after.startswith("版")
    ):
        return "name"
    if form == "year" and _AWARDED.search(before) and _LISTED_AFTER.match(after):
        return "name"
    if form == "same" and not text.startswith("同期", start):
        return "base"
    if _COMPARED_BEFORE.search(before) or _COMPARED_AFTER.match(after):
        return "base"
    return "at"


def _years_away(written: str) -> int | None:
    for word, away in (("今年", 0), ("本年", 0), ("当年", 0), ("去年", -1), ("上年", -1), ("上一年", -1)):
        if word in written:
            return away
    return -2 if "前年" in written else 1 if "明年" in written else None


_HAS_YEAR = re.compile(rf"(?:{_AS_OF}|从|由|自)?[“\"]?(?:{_Y}|{_RELATIVE}|{_ORDINAL_PLAN}五)")
_NAMELESS_END = re.compile(r"(?:截至|截止)?本?月[末底]")


def _period(written: str, form: Form, context: _Context, is_ahead: bool = False) -> Period | None:
    bare = re.sub(r"^(?:从|由|自)", "", written).replace("的", "").replace("－", "-").replace("——", "—")
    bare = re.sub(r"(?:间|期间)$", "", bare) if form == "span" else bare
    if form == "as_of" and (plan := re.match(rf"[“\"]?({_ORDINAL_PLAN})五", bare)):
        whole = _parsed(f"{plan[1]}五时期", None)
        return None if whole is None else Period.of_day(whole.end)
    stated = context.sentence_year or context.document_year
    if stated is not None and (before := re.match("上一?年度?", bare)) is not None:
        bare = f"{stated - 1}年{bare[before.end() :]}"
    if bare.startswith("本年") and context.document_year is not None:
        bare = f"{context.document_year}年{re.sub('^本年度?', '', bare)}"
    if bare.startswith("当年"):
        # that year: the one spoken of, not the one the document appeared in
        spoken_of = context.block_year or context.document_year
        if spoken_of is None:
            return None
        bare = f"{spoken_of}年{bare[2:]}"
    if re.fullmatch(r"(?:本|当)月(?:份)?", bare) and context.last is not None and _ends_a_month(context.last):
        return Period.of_month(context.last.year, context.last.end.month)
    if _NAMELESS_END.fullmatch(bare):
        return Period.of_day(context.last.end) if context.last is not None else None
    if (
        form == "now"
        or _HAS_YEAR.match(bare)
        or (re.match("[上本当]", bare) and not bare.startswith("上半年"))
    ):
        return _parsed(bare, context.published)
    return _without_year(bare, form, context, is_ahead)


def _ends_a_month(period: Period) -> bool:
    return period.form in ("month", "year_to_date", "quarter", "half", "day")


def _without_year(bare: str, form: Form, context: _Context, is_ahead: bool) -> Period | None:
    """上半年, 全年, 6月末: of the year named last, or the latest that was over when the document appeared.

    `is_ahead`: 预计, 力争 or 到 stands before it; then it may lie ahead (预计年底投产).
    """
    as_of = re.match(_AS_OF, bare)
    tail = bare[as_of.end() :] if as_of else bare
    if not tail:
        return None
    tail = re.sub("^年(?=[末底初])", "", tail)
    if tail == "期末":
        held = context.last or context.about
        return None if held is None else Period.of_day(held.end)
    lead = "截至" if as_of else ""
    stated = context.sentence_year or context.document_year
    if stated is None and context.published is None:
        stated = context.block_year
    if stated is not None:
        return _parsed(f"{lead}{stated}年{tail}", None)
    if context.published is None:
        return None
    this = _parsed(f"{lead}{context.published.year}年{tail}", None)
    if this is None or this.end <= context.published or form == "day" or tail == "初" or is_ahead:
        return this
    if this.form == "month" and this.start <= context.published:
        return this
    return this.previous()


def _parsed(wording: str, published: date | None) -> Period | None:
    try:
        return Period.parse(wording, published=published)
    except PeriodError:
        return None


def _with_since(text: str, found: list[Time]) -> tuple[Time, ...]:
    """Adds 党的十八大以来, 自2018年升级以来: from the mark before to 以来, years inside included."""
    at = text.find("以来")
    while at >= 0:
        if not any(
            time.start <= at < time.end
            for time in found[_first_after(found, at) - 2 : _first_after(found, at) + 1]
        ):
            first = at
            while first > 0 and at - first < _LONGEST_SINCE and text[first - 1] not in _MARKS:
                first -= 1
            if first < at:
                found = [time for time in found if not first <= time.start < at]
                found.append(Time(first, at + 2, text[first : at + 2], "rhetorical", "at", None))
                found.sort(key=lambda time: time.start)
        at = text.find("以来", at + 2)
    return tuple(found)


def _first_after(found: list[Time], at: int) -> int:
    return max(2, bisect_right(found, at, key=lambda time: time.start))
