"""What a sheet says, checked cell by cell, before it is compared with the ledger (草稿).

`draft` turns a table and its mapping into rows (who) and cells (what), numbers as integers at storage
scale. It returns everything it finds wrong, each with sheet and cell; it raises only when the mapping still
has open questions. Whole columns are read at once (`amounts`, `cells`); a long table is cut into such
columns first (`long_table`).
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

import polars as pl

from gaoxin.core.errors import IngestError
from gaoxin.core.issues import Issue
from gaoxin.core.quantities import unit
from gaoxin.facts.ingest.identity import Identity, KnownSubjects
from gaoxin.facts.ingest.long_table import long_columns
from gaoxin.facts.ingest.mapping import Mapping
from gaoxin.facts.ingest.problems import MOST_PROBLEMS, CellProblem
from gaoxin.facts.ingest.progress import Cancelled, Progress, check, never, silent
from gaoxin.facts.ingest.reading import ColumnReading, may_be_negative, read_column
from gaoxin.facts.ingest.rows import find_rows
from gaoxin.facts.ingest.totals import check_totals
from gaoxin.facts.ingest.wide_table import wide_columns
from gaoxin.facts.ingest.workbook import Cell, Table, cell_name
from gaoxin.packs.library import Library

_ROWS = {
    "row": pl.UInt32,
    "subject": pl.String,
    "name": pl.String,
    "uscc": pl.String,
    "new": pl.Boolean,
    "state": pl.String,
}
_CELLS = {"row": pl.UInt32, "column": pl.UInt16, "number": pl.Int64, "text": pl.String}


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """One key part of the cells below it: metric, period, figure and denominator, with the unit they were
    written in.

    `number`: its place in `Draft.columns`; `letters`: its column in the sheet. `dimension` is None for
    texts. `cumulates`: a flow that cannot be negative, so that its year to date never falls. `within`: the
    metric that this one is a part of.
    """

    number: int
    letters: str
    header: str
    metric: str
    metric_zh: str
    period: str
    figure: str
    of: str
    unit: str
    value_type: str
    dimension: str | None
    period_type: str
    cumulates: bool = False
    within: str = ""


@dataclass(frozen=True)
class Draft:
    """A sheet as it would enter the ledger.

    Shapes: `rows` one line per data row (row, subject, name, uscc, new, state); `cells` one line per value
    (row, column, number at storage scale or text). `state`: ok | look (a person must confirm whom it is
    about) | error.
    Missing: an empty cell has no line in `cells`.
    """

    file: str
    sheet: str
    sha256: str
    kind: str
    period: str | None
    columns: tuple[DraftColumn, ...]
    rows: pl.DataFrame
    cells: pl.DataFrame
    problems: tuple[CellProblem, ...]
    remarks: tuple[Issue, ...] = ()
    counts: Dictionary[str, int] = field(default_factory=dict)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Everything found: about the file and its columns first, then cell by cell."""
        return (*self.remarks, *(problem.as_issue(self.file, self.sheet) for problem in self.problems))


def draft(
    table: Table,
    mapping: Mapping,
    library: Library,
    known: KnownSubjects,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Draft:
    """Read all data rows of the sheet.

    `known`: the subjects the ledger has, for names and for telling new enterprises.
    Raises: IngestError while the mapping has open questions, ImportCancelled.
    """
    if mapping.questions:
        first = mapping.questions[0]
        raise IngestError(
            f"列名还有 {len(mapping.questions)} 处没定：{first.zh}",
            f"{len(mapping.questions)} questions about the columns are open: {first.en}",
            questions=[question.kind for question in mapping.questions],
        )
    found = find_rows(table, mapping, known, cancelled)
    places = [identity_row for identity_row, _ in found.data]
    if mapping.layout == "wide":
        columns = wide_columns(table, mapping, library, places)
        identities = dict(found.data)
        problems = _identity_problems(table, mapping, identities)
    else:
        columns, identities, problems = long_columns(table, mapping, library, known, places)
    states = _states(identities, problems)
    parts: list[pl.DataFrame] = []
    described: list[DraftColumn] = []
    remarks: list[Issue] = [*table.issues, *mapping.issues, *found.remarks]
    for number, column in enumerate(columns):
        check(cancelled)
        reading = read_column(column, table)
        described.append(_describe(number, column))
        for problem in reading.problems:
            if problem.severity == "error":
                states[problem.row - 1] = "error"
        problems += reading.problems
        remarks += reading.remarks
        parts.append(_cells(number, reading))
        progress("convert", number + 1, len(columns))
    if mapping.layout == "wide":
        remarks += check_totals(table, columns, parts, found.totals)
    kept, more = problems[:MOST_PROBLEMS], len(problems) - MOST_PROBLEMS
    if more > 0:
        remarks.append(_more(table, more))
    cells = pl.concat(parts) if parts else pl.DataFrame(schema=_CELLS)
    counts = {
        "read": len(identities),
        "blank": found.blank,
        "notes": found.notes,
        "totals": len(found.totals),
        "cells": cells.height,
        "columns": len(columns),
        "problems": len(problems),
    }
    kept.sort(key=lambda problem: (problem.row, len(problem.cell), problem.cell))
    return Draft(
        table.file,
        table.sheet,
        table.sha256,
        mapping.kind,
        mapping.period,
        tuple(described),
        _rows(identities, states),
        cells,
        tuple(kept),
        tuple(remarks),
        counts,
    )


def _describe(number: int, column: ColumnReading) -> DraftColumn:
    metric = column.metric
    dimension = unit(metric.unit or "1").dimension.value if metric.is_numeric else None
    return DraftColumn(
        number,
        column.letters,
        column.header,
        metric.id,
        metric.zh,
        column.period,
        column.figure,
        column.of,
        column.written if metric.is_numeric else "",
        metric.value_type,
        dimension,
        metric.period_type,
        column.figure == "level" and metric.period_type.startswith("flow") and not may_be_negative(metric),
        metric.within or "",
    )


def _cells(number: int, reading: ColumnReading) -> pl.DataFrame:
    """The filled cells of one column."""
    frame = pl.DataFrame(
        {"row": reading.sheet_rows, "number": reading.numbers, "text": reading.texts},
        schema={"row": pl.UInt32, "number": pl.Int64, "text": pl.String},
    )
    filled = frame.filter(pl.col("number").is_not_null() | pl.col("text").is_not_null())
    return filled.select("row", pl.lit(number, dtype=pl.UInt16).alias("column"), "number", "text")


def _rows(identities: Dictionary[int, Identity], states: Dictionary[int, str]) -> pl.DataFrame:
    lines = [
        (row + 1, each.subject, each.name, each.uscc, each.new, states[row])
        for row, each in sorted(identities.items())
    ]
    return pl.DataFrame(lines, schema=_ROWS, orient="row")


def _states(identities: Dictionary[int, Identity], problems: list[CellProblem]) -> dict[int, str]:
    states = dict.fromkeys(identities, "ok")
    for problem in problems:
        row = problem.row - 1
        if problem.severity == "error":
            states[row] = "error"
        elif states.get(row) == "ok":
            states[row] = "look"
    return states


def _identity_problems(
    table: Table, mapping: Mapping, identities: Dictionary[int, Identity]
) -> list[CellProblem]:
    """What is wrong with whom the rows are about, at the cell of the code or of the name."""
    uscc = next(iter(mapping.of_role("uscc")), None)
    name = next(iter(mapping.of_role("name")), None)
    found: list[CellProblem] = []
    for row, identity in identities.items():
        problem = identity.problem
        if problem is None:
            continue
        column = (name or uscc) if identity.column == "name" else (uscc or name)
        assert column is not None
        written: Cell = table.rows[row][column.index]
        found.append(
            CellProblem(
                row + 1,
                cell_name(row, column.index),
                column.header,
                problem.code,
                problem.severity,
                problem.zh,
                problem.en,
                problem.mend_zh,
                problem.mend_en,
                str(written),
            )
        )
    return found


def _more(table: Table, more: int) -> Issue:
    return Issue(
        "more_problems",
        "error",
        f"问题太多，只列出前 {MOST_PROBLEMS} 处，还有 {more} 处。",
        f"Only the first {MOST_PROBLEMS} problems are listed; there are {more} more.",
        file=table.file,
        sheet=table.sheet,
        mend_zh="多半是整列的单位或格式不对，先改一列再试。",
        mend_en="Probably a whole column has the wrong unit or format; mend that first.",
    )
