"""What do title and headings say about the paragraphs under them (标题的统领)?

An article begins with its title; a file may hold several. The title names the subject and, in reports,
the period (2024年1—9月经济运行情况); a heading may set both anew for its section, and may open the plans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gaoxin.core.periods import Period
from gaoxin.reading.blocks import Block
from gaoxin.reading.framing.periods import Setting
from gaoxin.reading.framing.spots import Subject
from gaoxin.reading.framing.subjects import Article, enterprise_called, topic_of
from gaoxin.reading.framing.targets import heads_aims
from gaoxin.reading.naming import Mention, Names
from gaoxin.reading.times import times

_REPORT = re.compile(
    r"公报|报告|通报|简报|快报|专报|月报|季报|年报|总结|运行情况|运行分析|经济运行|经济形势|经济动态|简况|月度|主要指标|主要经济指标|成绩单|执行情况|工作情况|情况汇报|统计|数据解读|讲话|综述|简析|招商引资工作|大会上的"
)
_ISSUE = re.compile(r"年?第[0-9一二三四五六七八九十]+[期号]")
_PROGRAMME = re.compile("规划|方案|意见|办法|措施|行动")
# The year of a meeting is not that of the figures: a speech held at the meeting of 2022 tells of 2021.
_MEETING = re.compile("会议?(?:闭幕|开幕)?(?:上|时|暨)|致辞|主持词")


@dataclass(slots=True)
class Section:
    """Where a block stands: its article, and what its headings say.

    `heading`: the last heading, without its number or sign.
    `about`: the period the section or document is about, from which 上半年 and 全年 take their year.
    """

    article: Article
    subject: Subject | None
    setting: Setting
    aims: bool
    about: Period | None
    heading: str = ""


def sections(
    blocks: Sequence[Block], mentions: Sequence[Sequence[Mention]], names: Names, published: date | None
) -> list[Section]:
    """The section of every block, in order."""
    out: list[Section] = []
    bounds = [index for index in range(len(blocks)) if _begins_article(blocks, index)]
    if not bounds or bounds[0] != 0:
        bounds.insert(0, 0)
    for first, last in zip(bounds, [*bounds[1:], len(blocks)], strict=True):
        out.extend(_of_article(blocks[first:last], mentions[first:last], names, published))
    return out


def _begins_article(blocks: Sequence[Block], index: int) -> bool:
    """A title with text under it; the last line of a text that only looks like one is none."""
    if blocks[index].kind != "title" or blocks[index].level > 1:
        return False
    for later in range(index + 1, len(blocks)):
        if blocks[later].kind in ("paragraph", "table"):
            return True
        if blocks[later].kind == "title":
            return False
    return False


def _of_article(
    blocks: Sequence[Block], mentions: Sequence[Sequence[Mention]], names: Names, published: date | None
) -> list[Section]:
    article = Article(names, topic_of(blocks, mentions, names), enterprise_called(blocks, mentions))
    title = next((block for block in blocks if block.kind == "title"), None)
    if blocks and _serves_as_title(blocks[0]):
        title = blocks[0]
    heads = "".join(block.stretch.read for block in blocks if block.kind in ("title", "heading"))
    first = blocks[0].stretch.read[:60] if blocks else ""
    is_report = _REPORT.search(heads) is not None or _REPORT.search(first) is not None
    document = _period_of(title, published, None) or _half_year_report(title) or _bare_year(title)
    told_in = blocks
    if title is not None and _MEETING.search(title.stretch.read):
        document, told_in = None, [block for block in blocks if block is not title]
    first_told = _first_period(told_in, published) if is_report else None
    if document is None and not is_report:
        document = _bulletin_period(blocks, published)
    if document is None or _is_month_of(document, first_told):
        document = first_told or document
    out: list[Section] = []
    heading = ""
    held = [(0, Setting(document, published, is_report), document, False)]
    for block in blocks:
        level = _heading_level(block)
        if level:
            own = _period_of(block, published, document)
            while len(held) > 1 and held[-1][0] >= level:
                held.pop()
            _, setting, about, aims = held[-1]
            if heads_aims(block.stretch.read):
                setting, about, aims = Setting(own, published, is_report), own or document, True
            elif own is not None:
                setting, about, aims = Setting(own, published, is_report), own, False
            held.append((level, setting, about, aims))
            heading = _NUMBERING.sub("", block.stretch.read)
        _, setting, about, aims = held[-1]
        out.append(Section(article, None, setting, aims, about, heading))
    return out


def _bulletin_period(blocks: Sequence[Block], published: date | None) -> Period | None:
    """A short report without a telling title: its first paragraph opens with 1—5月 or 上半年."""
    first = next((block for block in blocks if block.kind == "paragraph"), None)
    if first is None:
        return None
    for time in times(first, published)[:1]:
        period = time.period
        cumulative = period is not None and period.form in ("year_to_date", "half", "quarter")
        if cumulative and time.role == "at" and time.start <= 2:
            return period
    return None


def _is_month_of(document: Period, told: Period | None) -> bool:
    """7月份经济运行: the text begins with January to July."""
    return (
        told is not None
        and document.form == "month"
        and told.form == "year_to_date"
        and told.end == document.end
    )


_MARKED = re.compile("^[◆■●▲★◎□▶※【]")
_LOWEST = 9


def _heading_level(block: Block) -> int:
    """The level of a heading, 0 for what is none; a short line with a sign before it heads what follows."""
    if block.kind == "heading":
        return block.level
    read = block.stretch.read
    is_line = block.kind == "paragraph" and len(read) <= 26 and _MARKED.match(read) is not None
    return _LOWEST if is_line and read[-1] not in "。!?;,:" else 0


def _period_of(block: Block | None, published: date | None, about: Period | None) -> Period | None:
    """The period a title names, if it names just one that figures can hold for."""
    if block is None:
        return None
    read = block.stretch.read
    found = [
        time
        for time in times(block, published, about)
        if time.role in ("at", "name")
        and time.period is not None
        and time.form in ("year", "part", "as_of", "span")
        and not _ISSUE.match(read[time.end - 1 :])
    ]
    if not found or _PROGRAMME.search(read[found[0].end :]):
        return None
    return found[0].period


def _serves_as_title(block: Block) -> bool:
    """A first line that is no sentence."""
    read = block.stretch.read
    return block.kind == "paragraph" and len(read) <= _LONGEST_TITLE and read[-1] not in "。;,:"


_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十0-9]{1,3}[)、.]|[^一-龥A-Za-z])+|[^一-龥A-Za-z)]+$")
_LONGEST_TITLE = 40
_HALF_YEAR = re.compile(r"(?<![0-9])(?P<year>20[0-9]{2})年?[“\"]?(?P<part>半年报|一季报|三季报|年中)")


def _half_year_report(block: Block | None) -> Period | None:
    """2023“半年报”."""
    found = None if block is None else _HALF_YEAR.search(block.stretch.read)
    if found is None:
        return None
    year = int(found["year"])
    if found["part"] == "一季报":
        return Period.of_quarter(year, 1)
    return Period.to_month(year, 9) if found["part"] == "三季报" else Period.of_half(year, 1)


_BARE_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}) ?(?=丨|\||·|,|,|:|成绩|这一年|$)")


def _bare_year(block: Block | None) -> Period | None:
    """数说2023: a year without 年 in a title."""
    found = None if block is None else _BARE_YEAR.search(block.stretch.read)
    return None if found is None else Period.of_year(int(found[1]))


def _first_period(blocks: Sequence[Block], published: date | None) -> Period | None:
    """The time with which the first sentence of a report opens that opens with one: 上半年,全区实现…"""
    for index, block in enumerate(blocks):
        if block.kind not in ("paragraph", "title", "heading"):
            continue
        starts = [sentence.start for sentence in block.sentences]
        for time in times(block, published):
            opens = any(start <= time.start <= start + 6 for start in starts) or (
                index == 0 and time.start <= 16
            )
            over = time.period is not None and (published is None or time.period.start <= published)
            is_issue = _ISSUE.match(block.stretch.read[time.end - 1 :]) is not None
            if opens and over and not is_issue and time.role == "at" and time.form in ("year", "part"):
                return time.period
    return None
