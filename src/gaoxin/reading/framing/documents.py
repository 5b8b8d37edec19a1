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
from gaoxin.reading.framing.subjects import Article, topic_of
from gaoxin.reading.framing.targets import heads_aims
from gaoxin.reading.naming import Mention, Names
from gaoxin.reading.times import times

_REPORT = re.compile(
    r"公报|报告|通报|简报|快报|专报|月报|季报|年报|总结|运行情况|运行分析|经济运行|经济形势|主要指标|主要经济指标|成绩单|执行情况|工作情况|情况汇报|统计|数据解读|讲话|综述|简析|信息专报"
)
_PLAN_YEAR = re.compile(r"(?P<year>20[0-9]{2})年")


@dataclass(slots=True)
class Section:
    """Where a block stands: its article, and what its headings say."""

    article: Article
    subject: Subject | None
    setting: Setting
    aims: bool
    year: int | None


def sections(
    blocks: Sequence[Block], mentions: Sequence[Sequence[Mention]], names: Names, published: date | None
) -> list[Section]:
    """The section of every block, in order."""
    out: list[Section] = []
    first = 0
    bounds = [index for index, block in enumerate(blocks) if block.kind == "title" and block.level <= 1] or [
        0
    ]
    if bounds[0] != 0:
        bounds.insert(0, 0)
    for first, last in zip(bounds, [*bounds[1:], len(blocks)], strict=True):
        out.extend(_of_article(blocks[first:last], mentions[first:last], names, published))
    return out


def _of_article(
    blocks: Sequence[Block], mentions: Sequence[Sequence[Mention]], names: Names, published: date | None
) -> list[Section]:
    article = Article(names, topic_of(blocks, mentions, names))
    title = next((block.stretch.read for block in blocks if block.kind == "title"), "")
    heads = "".join(block.stretch.read for block in blocks if block.kind in ("title", "heading"))
    is_report = _REPORT.search(title) is not None or (_REPORT.search(heads) is not None)
    document = _period_of(next((b for b in blocks if b.kind == "title"), None), published)
    if document is None and is_report:
        document = _first_period(blocks, published)
    document_year = document.year if document is not None else None
    out: list[Section] = []
    period, year, aims = document, document_year, False
    for block in blocks:
        if block.kind == "heading":
            own = _period_of(block, published, document_year)
            aims = heads_aims(block.stretch.read)
            period = own or (None if aims else document)
            year = own.year if own is not None else document_year
        out.append(Section(article, None, Setting(period, is_report), aims, year))
    return out


def _period_of(block: Block | None, published: date | None, year: int | None = None) -> Period | None:
    """The period a title names, if it names just one that figures can hold for."""
    if block is None:
        return None
    found = [
        time
        for time in times(block, published, year)
        if time.role in ("at", "name")
        and time.period is not None
        and time.form in ("year", "part", "as_of", "span")
    ]
    found = [
        time
        for time in found
        if not re.match(
            r"年?第[0-9一二三四五六七八九十]+[期号]", block.stretch.read[time.end - 1 : time.end + 6]
        )
    ]
    if not found or re.search(r"规划|方案|意见|办法|措施|行动", block.stretch.read[found[0].end :]):
        return None
    return found[0].period


def _first_period(blocks: Sequence[Block], published: date | None) -> Period | None:
    """The time the text of a report opens with: 上半年，全区实现…"""
    for block in blocks:
        if block.kind != "paragraph":
            continue
        for time in times(block, published):
            if (
                time.role == "at"
                and time.form in ("year", "part")
                and time.period is not None
                and time.start <= 12
            ):
                return time.period
    return None
