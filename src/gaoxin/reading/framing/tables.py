"""What do the columns of a table pasted as lines say about its figures (表格)?

The row names the metric and, in a cell of its own, its unit; the head of a column names the time, the
growth, the share or the unit. Where the head names a metric, the row names whose it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from gaoxin.core.errors import UnitError
from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount
from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Kind
from gaoxin.reading.times import times

_GROWTH = re.compile(r"同比|增长|增速|增幅|环比|增减|±|涨跌")
_POINTS = re.compile("百分点")
_SHARE = re.compile(r"占比|比重|份额|完成率|进度|率(?:\(|$)")
_RANK = re.compile("排名|位次|名次")
_TARGET = re.compile("目标|计划数|任务数|年度计划")
_LAST_YEAR = re.compile("上年同期|去年同期")
_UNIT = re.compile(r"\((?P<unit>[^()]{1,8})\)\s*$|:(?P<colon>[^:()]{1,6})$")
_NOT_METRIC = re.compile(
    r"同期|上年|去年|累计|本月|当月|本期|绝对值|数值|总量|指标|单位|全年|实绩|完成数|完成额|完成情况|期末|^[0-9年月\-—~至日季度上下半前]*$"
)
_SERIAL = re.compile(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.、]?$")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, read."""

    text: str
    kind: Kind | None
    unit: str
    metric: str
    period: Period | None
    is_last_year: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a row with what its row and column say.

    `subject`: the name of the row, where the head of the column names the metric.
    """

    amount: Amount
    kind: Kind
    label: str
    subject: str
    period: Period | None
    is_last_year: bool


def heads(block: Block, published: date | None, about: Period | None) -> tuple[Head, ...] | None:
    """The heads of the columns, if the block is such a line: cells that speak of time, unit, growth."""
    if block.kind != "table":
        return None
    cells = _cells(block)
    text = block.stretch.read
    if len(cells) < 2 or not re.search("指标|单位|同比|增长|增速|累计|名称|项目|比重|占比|排名", text):
        return None
    read = times(block, published, about)
    out = []
    for start, end in cells:
        words = text[start:end]
        whole_year = "累计" in words
        spoken = next(
            (time.period for time in read if start <= time.start < end and time.role != "base"), None
        )
        if whole_year and spoken is not None and spoken.form == "year":
            spoken = None  # 本年累计: up to the month the document is about
        said = _UNIT.search(words)
        bare = re.sub(r"\([^()]*\)|\s", "", words)
        out.append(
            Head(
                words,
                _kind(words),
                "" if said is None else (said["unit"] or said["colon"]),
                "" if _NOT_METRIC.search(bare) or _kind(words) else bare,
                spoken,
                _LAST_YEAR.search(words) is not None,
            )
        )
    return tuple(out)


def _kind(words: str) -> Kind | None:
    for kind, pattern in _KINDS:
        if pattern.search(words):
            return kind
    return None


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("change", _POINTS),
    ("growth", _GROWTH),
    ("share", _SHARE),
    ("rank", _RANK),
    ("target", _TARGET),
)


_UNIT_OF_ALL = re.compile(r"单位[:：]?\s*(?P<unit>[^\s,;:()、]{1,6})")


def unit_told(block: Block) -> str:
    """亿元 of a line 单位：亿元 above a table, "" without one."""
    found = _UNIT_OF_ALL.search(block.stretch.read)
    if found is None:
        return ""
    try:
        unit(found["unit"])
    except UnitError:
        return ""
    return found["unit"]


def row(
    block: Block, amounts: Sequence[Amount], columns: Sequence[Head] | None, told: str = ""
) -> list[Cell]:
    """The figures of a row, each with its column; without heads the second is growth."""
    text = block.stretch.read
    cells = _cells(block)
    names = [text[start:end] for start, end in cells]
    label = next((name for name in names if not _SERIAL.match(name) and re.search("[一-龥A-Za-z]", name)), "")
    label = re.sub(r"^其中[:,]?|^[#*·\-—\s]+|^[(]?[一二三四五六七八九十0-9]{1,2}[)、.]\s*", "", label)
    label, own_unit = _without_unit(label)
    own_unit = own_unit or told
    out: list[Cell] = []
    for amount in amounts:
        index = bisect_right(cells, amount.start, key=lambda cell: cell[0]) - 1
        if index >= 0 and amount.start >= cells[index][1]:
            index = -1
        head = columns[index] if columns is not None and len(columns) == len(cells) and index >= 0 else None
        kind: Kind = "level"
        metric, subject, period, last_year = label, "", None, False
        written = own_unit
        if head is not None:
            kind = head.kind or "level"
            written = head.unit or own_unit
            period, last_year = head.period, head.is_last_year
            if head.metric:
                metric, subject = head.metric, label
        elif columns is None and amount.dimension is None and out:
            kind = "growth"
        out.append(Cell(_in_unit(amount, kind, written), kind, metric, subject, period, last_year))
    return out


def _cells(block: Block) -> list[tuple[int, int]]:
    return [(clause.start, clause.end) for sentence in block.sentences for clause in sentence.clauses]


def _without_unit(label: str) -> tuple[str, str]:
    """规模以上工业总产值(亿元): the name and the unit."""
    found = _UNIT.search(label)
    if found is None:
        return label.strip(), ""
    return label[: found.start()].strip(), found["unit"] or found["colon"]


def _in_unit(amount: Amount, kind: Kind, written: str) -> Amount:
    """A bare number of a column in the column's unit; growth and shares in per cent."""
    if amount.dimension is not None or amount.value is None or amount.form != "number":
        return amount
    if kind in ("growth", "share"):
        return _scaled(amount, Dimension.ratio, Fraction(1, 100), "%")
    if kind == "change":
        return _scaled(amount, Dimension.percentage_point, Fraction(1, 100), "百分点")
    if kind == "rank":
        return replace(amount, form="rank", dimension=Dimension.rank, noun="位", written_unit="位")
    try:
        held = unit(written) if written else None
    except UnitError:
        held = None
    if held is None:
        return amount
    return _scaled(amount, held.dimension, held.factor, written)


def _scaled(amount: Amount, dimension: Dimension, factor: Fraction, written: str) -> Amount:
    value = None if amount.value is None else amount.value * factor
    high = None if amount.high is None else amount.high * factor
    noun = written if dimension is Dimension.count else amount.noun
    return replace(amount, value=value, high=high, dimension=dimension, written_unit=written, noun=noun)
