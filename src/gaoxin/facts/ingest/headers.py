"""Which column holds which metric, in which unit, for which period (对上列名).

Answers the second step of an import. 1. `header_rows` finds the header; 2. each column is looked up: a role
of the form (信用代码, 序号), or a metric by its exact name in the packs; 3. unit and period come from the
header, from the line above (单位： 万元), or from the report; 4. what cannot be told becomes a question.
Nothing is guessed: near names are suggestions, an amount without a unit is asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gaoxin.core.errors import IngestError
from gaoxin.core.issues import Issue
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.header_rows import find_header, first_data_row
from gaoxin.facts.ingest.header_text import by_rule
from gaoxin.facts.ingest.lookup import Above, Lookup
from gaoxin.facts.ingest.mapping import Column, Mapping, Role, reuse
from gaoxin.facts.ingest.placing import as_figure, period_for, unit_for, whole_year
from gaoxin.facts.ingest.questions import settle
from gaoxin.facts.ingest.workbook import LOOKED_AT, Row, Score, Span, Table
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Metric


def map_headers(
    table: Table,
    library: Library,
    kind: str,
    period: Period | None = None,
    *,
    saved: Mapping | None = None,
    subject: str = "",
) -> Mapping:
    """The mapping of a sheet, with the questions that are left.

    `period`: what the person says the report is about; else a period in the title or the file name is taken
    and said so.
    `saved`: the mapping of the same form from last time. `subject`: whom a long table is about.
    Raises: IngestError when no row looks like a header.
    """
    lookup = Lookup(library, kind)
    header = find_header(table.rows[:LOOKED_AT], table.merged, lookup.means_something)
    if header is None:
        raise IngestError(
            "没有找到表头：没有一行的列名是认识的。请核对选的工作表和数据种类，或先下载模板填报。",
            "No header found: no row has known column names. Check sheet and kind of data, or start from "
            "the template.",
            sheet=table.sheet,
        )
    layout = lookup.layout(header)
    above = Above.of(table, header)
    issues: list[Issue] = []
    if period is None and above.period is not None:
        period = above.period
        issues.append(_period_taken(table, period))
    period = None if period is None else whole_year(period)
    columns = tuple(
        lookup.column(index, parts, layout, period, above)
        for index, parts in enumerate(header.levels)
        if parts
    )
    mapping = Mapping(
        layout=layout,
        kind=kind,
        sheet=table.sheet,
        header_top=header.top,
        header_bottom=header.bottom,
        first_row=first_data_row(table.rows, header),
        period=None if period is None else period.code,
        columns=columns,
        subject=subject,
        sheet_units=above.units,
        issues=tuple(issues),
    )
    if saved is not None:
        mapping = reuse(mapping, saved)
        mapping = replace(
            mapping, columns=tuple(_placed_again(column, library, mapping) for column in mapping.columns)
        )
    return settle(mapping, library, table)


def header_score(library: Library, kind: str) -> Score:
    """How well the first rows of a sheet match the packs; chooses among several sheets."""
    lookup = Lookup(library, kind)

    def score(rows: Sequence[Row], merged: Sequence[Span]) -> float:
        header = find_header(rows, merged, lookup.means_something)
        return 0.0 if header is None else header.score

    return score


def assign(
    mapping: Mapping,
    library: Library,
    table: Table,
    index: int,
    *,
    metric: str | None = None,
    role: Role | None = None,
    unit: str | None = None,
    period: Period | None = None,
    fraction: bool | None = None,
    allow_scale: bool | None = None,
) -> Mapping:
    """A person's answer about one column: which metric, or another role such as `ignored`; which unit; which
    period.

    Only what is given changes; what follows from it (a stock is known as of a day) is worked out, and the
    questions anew.
    To change the period of the whole report, map again with the present mapping as `saved`.
    Raises: IngestError for a column the sheet does not have, PackError for an unknown metric.
    """
    column = mapping.column(index)
    if unit is not None:
        column = replace(column, unit=unit, unit_from="person")
    if period is not None:
        column = replace(column, period=period.code, period_rule="")
    if fraction is not None:
        column = replace(column, fraction=fraction)
    if allow_scale is not None:
        column = replace(column, allow_scale=allow_scale)
    if metric is not None:
        column = _placed(column, library.metric(metric), mapping)
    elif role is not None:
        column = replace(column, role=role, metric=None if role != "metric" else column.metric, candidates=())
    columns = tuple(column if held.index == index else held for held in mapping.columns)
    return settle(replace(mapping, columns=columns), library, table)


def _placed(column: Column, metric: Metric, mapping: Mapping) -> Column:
    """The column as a metric column: unit and period follow the metric unless they were written or chosen."""
    report = None if mapping.period is None else Period.parse(mapping.period)
    told = report if not column.period or column.period_rule else Period.parse(column.period)
    rule = column.period_rule
    if told is report:
        # A growth without a period of its own has that of the amounts beside it, which `settle` sees.
        rule = rule or ("" if column.figure == "growth" else "report")
        told = by_rule(rule, report) if rule else None
    unit_symbol, unit_from = column.unit, column.unit_from
    if unit_from not in ("header", "person"):
        unit_symbol, unit_from = unit_for(as_figure(metric, column.figure), mapping.sheet_units)
    return replace(
        column,
        role="metric",
        metric=metric.id,
        unit=unit_symbol,
        unit_from=unit_from,
        candidates=(),
        period=None if told is None else period_for(metric, told).code,
        period_rule=rule if told is not None else "",
    )


def _placed_again(column: Column, library: Library, mapping: Mapping) -> Column:
    """A remembered metric column seen from the period of this report."""
    metric = library.metrics.get(column.metric or "")
    return column if metric is None or column.role != "metric" else _placed(column, metric, mapping)


def _period_taken(table: Table, period: Period) -> Issue:
    return Issue(
        "period_from_title",
        "info",
        f"没有指定报告期，按标题或文件名读作{period.label('zh')}。",
        f"No period was given; the title or file name says {period.label('en')}.",
        file=table.file,
        sheet=table.sheet,
        mend_zh="不对的话请改选报告期。",
        mend_en="Choose another period if this is wrong.",
    )
