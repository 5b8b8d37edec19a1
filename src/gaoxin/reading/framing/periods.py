"""For when does each figure hold (报告期的承接)?

A time holds for the figures after it in its sentence. One that opens a sentence holds for the following
sentences of the paragraph as well, as long as they speak of the same subject and open with no time of their
own; 十年来 and 近年来 end it. Behind that stand the section's heading and the title of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.reading.blocks import Block
from gaoxin.reading.framing.spots import Spot, Subject
from gaoxin.reading.naming import Mention
from gaoxin.reading.times import Time

_OPENS = re.compile(
    r"^(?:【[^】]{1,10}】|[\s,:;“”()🔹👉•●◆■▲★·>—]|[0-9]+[.、)]|[一二三四五六七八九十]+[、是]|\([一二三四五六七八九十]+\)|同时|此外|另外|初步核算|据[^,]{2,12},|总体看|在|从|到|至|数据显示|根据[^,]{2,16},|经初步核算|经)*$"
)
_LONGEST_OPENING, _LAST_TIMES = 40, 8
_FROM = re.compile(r"[由从](?:[^,。;]{0,12})$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The time that opened a sentence; `period` None after 十年来 and the like, which end an earlier one."""

    period: Period | None
    subject: Subject | None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands behind the paragraphs: the period of the section, else of the document."""

    period: Period | None = None
    published: date | None = None
    is_report: bool = False


def tell_periods(
    block: Block,
    found: Sequence[Spot],
    times: Sequence[Time],
    mentions: Sequence[Mention],
    setting: Setting,
    spoken_of: Period | None = None,
) -> Period | None:
    """Fills period and period_stated of the figures of a block; the last period it states, or the one before.

    `spoken_of`: the last period an earlier paragraph stated, for 同期.
    """
    years = {spot.start for spot in found if spot.amount.form == "year"}
    usable = [_at_the_same(time, spoken_of) for time in times if _is_usable(time) and time.start not in years]
    usable = [time for time in usable if time.form != "same" or time.period is not None]
    starts = [time.start for time in usable]
    frame: Frame | None = None
    opened = Frame(None, None)
    at = 0
    for index, sentence in enumerate(block.sentences):
        first = bisect_left(starts, sentence.start)
        opening = usable[first] if first < len(usable) and usable[first].start < sentence.end else None
        if opening is not None and not _opens(block.stretch.read, sentence.start, opening, mentions):
            opening = None
        opened = Frame(None, None) if opening is None else Frame(opening.period, None, opening.form)
        subject: Subject | None = None
        while at < len(found) and found[at].sentence_index == index:
            spot = found[at]
            last = bisect_left(starts, spot.end + 2)
            here = usable[max(first, last - _LAST_TIMES) : last]
            _tell(spot, here, frame, setting)
            subject = subject or spot.subject
            at += 1
        if opening is not None:
            frame = None if _is_aside(opening, setting) else replace(opened, subject=subject)
    stated = [time.period for time in usable if time.period is not None and time.role == "at"]
    return stated[-1] if stated else spoken_of


def _is_aside(opening: Time, setting: Setting) -> bool:
    """9月当月 in a report on January to September: for its own sentence only."""
    document = setting.period
    return (
        opening.period is not None
        and opening.period.form == "month"
        and document is not None
        and document.form != "month"
        and document.contains(opening.period)
    )


def _at_the_same(time: Time, spoken_of: Period | None) -> Time:
    """同期 without 上年: the time spoken of before."""
    return replace(time, period=spoken_of) if time.form == "same" else time


def _is_usable(time: Time) -> bool:
    return time.role in ("at", "until", "event")


def _opens(text: str, start: int, time: Time, mentions: Sequence[Mention]) -> bool:
    """Nothing but connecting words and the subject stand before the time, and it is no part of a name."""
    if time.form == "day" or (time.form == "since" and text[time.end : time.end + 1] not in ",，"):
        return False
    if time.start - start > _LONGEST_OPENING:
        return False
    words = text[start : time.start]
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    for mention in mentions[first : first + 4]:
        if mention.end <= time.start:
            words = words.replace(mention.name, "", 1)
    return _OPENS.match(words) is not None


def _tell(spot: Spot, here: Sequence[Time], frame: Frame | None, setting: Setting) -> None:
    inside = next((t for t in here if t.start <= spot.amount.core_start < t.end), None)
    if spot.amount.form == "year":
        spot.period, spot.period_stated = _year(spot), True
        return
    if inside is not None and inside.form in ("rhetorical", "since"):
        return
    after = next(
        (t for t in here if spot.end <= t.start <= spot.end + 1 and spot.text[spot.end : t.start] == "("),
        None,
    )
    before = [time for time in here if time.start < spot.start and time.end <= spot.start]
    own = after or _holding(before, spot)
    if own is not None and own.period is None and own.text.startswith("当年"):
        own = None
    if own is not None and (own.period is not None or own.form != "rhetorical"):
        spot.period, spot.period_stated = own.period, own.period is not None
        _leave_names(spot, own.form)
        return
    if own is None and frame is not None and not spot.in_target:
        if spot.subject is not None and spot.subject.kind == "enterprise" and spot.subject != frame.subject:
            return
        spot.period, spot.period_stated = frame.period, frame.period is not None
        _leave_names(spot, frame.form)
        if frame.period is not None:
            return
    ended = own is not None or (frame is not None and frame.period is None)
    if not ended or setting.is_report:
        spot.period = setting.period
    spot.period_stated = False
    if spot.period is None and setting.published is not None and not spot.in_target and _holds_now(spot):
        spot.period = Period.of_day(setting.published)


def _leave_names(spot: Spot, form: str) -> None:
    """目前 says nothing about when 山东省十强产业 were ten."""
    if spot.is_in_name and form == "now":
        spot.period, spot.period_stated = None, False


_NOW = re.compile(
    r"已(?:经)?(?:形成|建成|有|拥有|成为|达|集聚|聚集|培育|引进|累计|发展|入驻|建立)|正在(?:加速)?(?:形成|成为)|加速形成"
)


def _holds_now(spot: Spot) -> bool:
    """已形成…, 正在形成…: the state of things on the day of publication."""
    words = spot.text[max(spot.sentence.start, spot.start - 120) : min(spot.sentence.end, spot.end + 20)]
    return _NOW.search(words) is not None


def _holding(before: Sequence[Time], spot: Spot) -> Time | None:
    """The last time before the figure, but for one of an earlier figure alone (由2017年的2.9%提升至)."""
    for time in reversed(before):
        local = _FROM.search(spot.text[max(spot.sentence.start, time.start - 13) : time.start])
        if time.text[0] in "由从" and time.form not in ("span", "since"):
            local = re.match("", "")
        figures_between = spot.before is not None and spot.before.start >= time.end
        if local is not None and figures_between and spot.text[time.end : time.end + 1] == "的":
            continue
        if time.form == "since" and figures_between and _is_population(time, spot):
            continue
        if time.form == "day" and time.role == "event" and figures_between:
            continue
        return time
    return None


def _is_population(time: Time, spot: Spot) -> bool:
    """去年以来签约的92个项目中,已开工56个: the time belongs to the 92."""
    first = spot
    for _ in range(8):
        if first.before is None or first.before.start < time.end:
            break
        first = first.before
    return (
        first is not spot and re.match(r"[^,。;]{0,10}中", first.text[first.end : first.end + 11]) is not None
    )


def settle_end(spot: Spot) -> None:
    """“十三五”期间由287亿元扩大到451亿元: what a span ended with is of its last year."""
    period = spot.period
    if period is None or period.form != "span" or _TO_LEVEL.search(spot.lead[-8:]) is None:
        return
    if period.start.month == 1 and period.end.month == 12:
        spot.period = Period.of_year(period.year)


def _year(spot: Spot) -> Period | None:
    value = spot.value
    if value is None or value.denominator != 1:
        return None
    try:
        return Period.of_year(int(value))
    except PeriodError:
        return None


_FROM_LEVEL = re.compile(r"(?<!自)[由从](?!事)(?:[^,。;、]{0,14}的?)?(?:约|近)?$")
_TO_LEVEL = re.compile(
    r"(?:增加|增长|提高|提升|上升|扩大|降低|下降|缩减|压缩|压减|缩短|精简|减少|调整|优化|跃升|前进|上涨|缩小"
    r"|发展|回升|攀升|扩张|扩|增|减|压|升|降|变|涨|跃)(?:到|至|为)"
)


def is_from_level(spot: Spot) -> bool:
    """由12家增加到36家: the first of the two; of 由2:54:44调整为2:53:45 the first three."""
    if spot.before is not None and spot.joins and spot.before.is_from:
        return True
    later = spot.after
    for _ in range(4):
        if later is None or not later.joins:
            break
        later = later.after
    return (
        later is not None
        and later.clause is spot.clause
        and _FROM_LEVEL.search(spot.lead) is not None
        and _TO_LEVEL.search(later.lead) is not None
    )


def earlier_level(spot: Spot) -> None:
    """The period of the level a change began from: as stated (由上年的), else one before."""
    if spot.joins and spot.before is not None and spot.before.is_from:
        spot.period, spot.period_stated = spot.before.period, spot.before.period_stated
        return
    first = spot.start - len(spot.lead)
    if any(first <= time.start < spot.start and time.role in ("at", "base") for time in spot.times):
        said = [
            time for time in spot.times if first <= time.start < spot.start and time.role in ("at", "base")
        ][-1]
        spot.period = said.period
        spot.period_stated = said.period is not None
        return
    if spot.period is None or spot.in_target:
        spot.period = None
        return
    begun = _begun_before(spot)
    if begun is not None:
        spot.period, spot.period_stated = begun.period, True
        return
    if spot.period.form == "span":
        spot.period = Period.of_year(spot.period.start.year)
        return
    try:
        spot.period = spot.period.previous()
    except PeriodError:
        spot.period = None
    spot.period_stated = False


def _begun_before(spot: Spot) -> Spot | None:
    """由2017年的218亿元增加到…;从12.6亿元增长到…: both began in 2017."""
    earlier = spot.before
    for _ in range(6):
        if earlier is None:
            return None
        if earlier.is_from and earlier.period_stated:
            return earlier
        earlier = earlier.before
    return None


def settle_shared(spot: Spot) -> None:
    """A share, growth or change without a label of its own is of the same period as what it speaks of."""
    about = spot.about
    if about is None or spot.amount.form == "year" or about.is_from:
        return
    fresh = [
        time for time in spot.times if about.end <= time.start < spot.start and time.role in ("at", "until")
    ]
    if not fresh and spot.in_target == about.in_target and not about.is_threshold:
        spot.period, spot.period_stated = about.period, about.period_stated


def settle_stock(spot: Spot, label_words: str) -> None:
    """全年新增…，总数达…: a total after the flow of a whole year stands at the end of that year."""
    about = spot.about
    if about is None or about.period is None or not re.match(r"^(?:总数|总量)", label_words):
        return
    opening = spot.text[max(about.sentence.start, about.start - len(about.lead)) : about.start]
    if about.period.form == "year" and "全年" in opening and re.search("新增|新设|新登记|新认定", opening):
        spot.period = Period.of_day(about.period.end)
