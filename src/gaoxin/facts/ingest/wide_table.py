"""A sheet with one subject a row and one metric a column (宽表: 企业报表)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from gaoxin.core.errors import IngestError
from gaoxin.facts.ingest.mapping import Mapping
from gaoxin.facts.ingest.placing import as_figure
from gaoxin.facts.ingest.reading import ColumnReading
from gaoxin.facts.ingest.workbook import Table
from gaoxin.packs.library import Library


def wide_columns(
    table: Table, mapping: Mapping, library: Library, places: Sequence[int]
) -> list[ColumnReading]:
    """The metric columns with the cells of the data rows. Raises: IngestError for a column without a
    period.
    """
    rows = [table.rows[place] for place in places]
    columns: list[ColumnReading] = []
    for column in mapping.of_role("metric"):
        if column.metric is None or column.period is None:
            raise IngestError(
                f"“{column.header}”没有指标或时期。",
                f"{column.header!r} lacks its metric or period.",
                column=column.index,
            )
        columns.append(
            ColumnReading(
                metric=as_figure(library.metric(column.metric), column.figure),
                index=column.index,
                header=column.header,
                period=column.period,
                figure=column.figure,
                of="",
                written=column.unit or "",
                places=places,
                cells=list(map(itemgetter(column.index), rows)),
                fraction=bool(column.fraction),
                allow_scale=column.allow_scale,
            )
        )
    return columns
