"""Rows of totals are never loaded; they are added up and compared (合计行)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gaoxin.core.issues import Issue
from gaoxin.core.quantities import format_number, from_storage, unit
from gaoxin.facts.ingest.amounts import NumberColumn, read_amounts
from gaoxin.facts.ingest.reading import ColumnReading
from gaoxin.facts.ingest.workbook import Table, cell_name

_MOST = 20


def check_totals(
    table: Table, columns: Sequence[ColumnReading], parts: Sequence[pl.DataFrame], totals: Sequence[int]
) -> list[Issue]:
    """A remark per total that the rows do not add up to.

    A total counts either all rows above it or the rows since the last total (小计); it is wrong only if it
    is neither.
    """
    found: list[Issue] = []
    since = -1
    for row in totals:
        for column, part in zip(columns, parts, strict=True):
            if not column.metric.is_numeric or column.metric.aggregation != "sum" or len(found) >= _MOST:
                continue
            written = unit(column.written or column.metric.unit or "1")
            kept = unit(column.metric.unit or "1")
            stated = read_amounts(
                [table.rows[row][column.index]], NumberColumn(written, kept, may_be_negative=True)
            ).numbers[0]
            if stated is None or part.is_empty():
                continue
            above = part.filter(pl.col("row") <= row)
            every = int(above["number"].sum())
            recent = int(above.filter(pl.col("row") > since + 1)["number"].sum())
            if stated not in (every, recent):
                found.append(_differs(table, column, row, stated, every, written.symbol))
        since = row
    return found


def _differs(table: Table, column: ColumnReading, row: int, stated: int, added: int, symbol: str) -> Issue:
    said, sum_, gap = (
        format_number(from_storage(number, symbol), symbol) for number in (stated, added, abs(stated - added))
    )
    return Issue(
        "total_differs",
        "warning",
        f"合计行的“{column.header}”写 {said}，各行相加是 {sum_}，相差 {gap}。",
        f"The total of {column.header!r} says {said}, the rows add up to {sum_}.",
        file=table.file,
        sheet=table.sheet,
        cell=cell_name(row, column.index),
        mend_zh="合计不入库；请看是否漏了行，或有格没读出来。",
        mend_en="Totals are not loaded; see whether a row is missing or a cell unread.",
    )
