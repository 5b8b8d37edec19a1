"""One column of a sheet, from its cells to numbers or texts with addresses (读一列).

Stands between the tables (`wide_table`, `long_table`), which know where the cells are, and `amounts` and
`cells`, which know how to read them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from gaoxin.core.issues import Issue
from gaoxin.core.quantities import Dimension, unit
from gaoxin.facts.ingest.amounts import NumberColumn, read_amounts
from gaoxin.facts.ingest.cells import read_words, shown
from gaoxin.facts.ingest.inspection.limits import FORMULA
from gaoxin.facts.ingest.problems import CellProblem, Problem
from gaoxin.facts.ingest.workbook import Cell, Table, cell_name, column_letters
from gaoxin.packs.schemas import Metric

_MAY_BE_NEGATIVE = re.compile(r"利润|净额|净资产|净增|增加|变动|差额|盈亏|结余|收益|所有者权益|负值|negative")


@dataclass(slots=True)
class ColumnReading:
    """The cells of one metric and period, and what came of them.

    Shapes: `places` (sheet rows from 0) and `cells` have the same length, as have `numbers` and `texts`
    once read.
    """

    metric: Metric
    index: int
    header: str
    period: str
    figure: str
    of: str
    written: str
    places: Sequence[int]
    cells: list[Cell]
    fraction: bool = False
    allow_scale: bool = False
    numbers: pl.Series | None = None
    texts: list[str | None] | None = None
    problems: list[CellProblem] = field(default_factory=list)
    remarks: list[Issue] = field(default_factory=list)

    @property
    def letters(self) -> str:
        return column_letters(self.index)

    @property
    def sheet_rows(self) -> list[int]:
        """Row numbers as the sheet counts them."""
        return [place + 1 for place in self.places]


def may_be_negative(metric: Metric) -> bool:
    """Losses and changes may be below zero, ratios may; people, areas, revenues and expenditures may not."""
    if metric.value_type == "ratio":
        return True
    if metric.unit is not None and unit(metric.unit).dimension not in (Dimension.money, Dimension.money_usd):
        return unit(metric.unit).dimension in (Dimension.percentage_point, Dimension.multiple)
    return bool(_MAY_BE_NEGATIVE.search(metric.zh) or _MAY_BE_NEGATIVE.search(metric.comment or ""))


def counted_whole(metric: Metric) -> bool:
    """People, enterprises and things come in ones, unless they are averaged."""
    if metric.unit is None or metric.period_type == "average_year":
        return False
    return unit(metric.unit).dimension in (Dimension.count, Dimension.rank) and unit(metric.unit).factor == 1


def read_column(column: ColumnReading, table: Table) -> ColumnReading:
    """Read the cells of the column in place; cells without a usable value are reported and taken as
    missing.
    """
    problems = _take_out_unusable(column, table)
    rounded: list[int] = []
    serials: list[int] = []
    if column.metric.is_numeric:
        kept = unit(column.metric.unit or "1")
        percent = table.facts.percent.get(column.index, frozenset())
        held = read_amounts(
            column.cells,
            NumberColumn(
                unit(column.written or column.metric.unit or "1"),
                kept,
                column.fraction,
                column.allow_scale,
                may_be_negative(column.metric),
                counted_whole(column.metric),
                frozenset(at for at, place in enumerate(column.places) if place in percent)
                if percent
                else frozenset(),
            ),
        )
        column.numbers, placeholders, rounded = held.numbers, held.placeholders, held.rounded
        problems += held.problems
    else:
        words = read_words(column.cells, column.metric)
        column.texts, placeholders, serials = words.texts, words.placeholders, words.serials
        problems += words.problems
    column.problems = [
        _placed(column, problem) for problem in sorted(problems, key=lambda problem: problem.at)
    ]
    if placeholders:
        column.remarks.append(
            _remark(
                column,
                table,
                placeholders,
                "placeholder",
                "info",
                "格填了“—”“无”一类的符号，按没有数据处理，不按 0",
                "cells hold a mark such as — and count as missing, not as 0",
            )
        )
    if rounded:
        column.remarks.append(
            _remark(
                column,
                table,
                rounded,
                "rounded",
                "warning",
                "个数是公式算出来的，小数太长，已四舍五入到系统保留的最后一位",
                "computed numbers were rounded to the last digit the ledger keeps",
            )
        )
    if serials:
        column.remarks.append(
            _remark(
                column,
                table,
                serials,
                "serial_dates",
                "info",
                "个日期是表格软件的序号（如 45356 = 2024-03-05），已换成日期",
                "dates were serial numbers (45356 = 2024-03-05) and were converted",
            )
        )
    return column


def _take_out_unusable(column: ColumnReading, table: Table) -> list[Problem]:
    """Error cells and formulas without a result."""
    unusable = table.facts.unusable
    if not unusable:
        return []
    problems: list[Problem] = []
    for at, place in enumerate(column.places):
        said = unusable.get((place, column.index))
        if said is None:
            continue
        column.cells[at] = ""
        if said == FORMULA:
            problems.append(
                Problem(
                    at,
                    "formula_without_value",
                    "公式没有算出结果，读不到数",
                    "the formula has no stored result",
                    "请用 Excel 或 WPS 打开，保存一次再导入，或直接填数",
                    "open it in Excel or WPS and save it, or write the number",
                )
            )
        else:
            problems.append(
                Problem(
                    at,
                    "error_cell",
                    f"单元格是错误值 {said}",
                    f"the cell is an error, {said}",
                    "请改好公式，或直接填数",
                    "repair the formula, or write the number",
                )
            )
    return problems


def _placed(column: ColumnReading, problem: Problem) -> CellProblem:
    place = column.places[problem.at]
    return CellProblem(
        place + 1,
        cell_name(place, column.index),
        column.header,
        problem.code,
        problem.severity,
        f"“{column.metric.zh}”：{problem.zh}",
        f"{column.metric.en}: {problem.en}",
        problem.mend_zh,
        problem.mend_en,
        shown(column.cells[problem.at]),
    )


def _remark(
    column: ColumnReading, table: Table, places: list[int], code: str, severity: str, zh: str, en: str
) -> Issue:
    first = cell_name(column.places[places[0]], column.index)
    return Issue(
        code,
        "warning" if severity == "warning" else "info",
        f"“{column.header}”有 {len(places)} {zh}（第一处 {first}）。",
        f"{column.header}: {len(places)} {en} (first at {first}).",
        file=table.file,
        sheet=table.sheet,
        cell=first,
    )
