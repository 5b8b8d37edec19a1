"""Which column holds which metric, in which unit, for which period (对上列名).

Answers the second step of an import. 1. `header_rows` finds the header; 2. each column is looked up: a role
of the form (信用代码, 序号), or a metric by its exact name in the packs; 3. unit and period come from the
header, from the line above (单位： 万元), or from the report; 4. what cannot be told becomes a question.
Nothing is guessed: near names are suggestions, an amount without a unit is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gaoxin.core.errors import IngestError, PeriodError
from gaoxin.core.issues import Issue
from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension, unit
from gaoxin.facts.ingest.header_rows import Header, as_text, find_header, first_data_row
from gaoxin.facts.ingest.header_text import (
    HeaderText,
    by_rule,
    period_in,
    period_of,
    read_header,
    role_of,
    units_in,
)
from gaoxin.facts.ingest.mapping import Column, Layout, Mapping, Role, label, reuse
from gaoxin.facts.ingest.questions import settle
from gaoxin.facts.ingest.workbook import LOOKED_AT, Row, Score, Span, Table
from gaoxin.packs.library import Library
from gaoxin.packs.matching import MetricMatch, normalise
from gaoxin.packs.schemas import Metric

_MOMENT = frozenset(
    {"stock_at_date", "date", "category", "event_list", "score", "expert_score", "external_score"}
)
# Metrics of the packs that say whom a row is about, with every name their columns go by.
_IDENTITY: dict[str, Role] = {"subject_name": "name", "uscc": "uscc"}
_SPOKEN = frozenset({Dimension.count, Dimension.rank, Dimension.point, Dimension.multiple, Dimension.time})


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
    lookup = _Lookup(library, kind)
    header = find_header(table.rows[:LOOKED_AT], table.merged, lookup.means_something)
    if header is None:
        raise IngestError(
            "没有找到表头：没有一行的列名是认识的。请核对选的工作表和数据种类，或先下载模板填报。",
            "No header found: no row has known column names. Check sheet and kind of data, or start from "
            "the template.",
            sheet=table.sheet,
        )
    layout = lookup.layout(header)
    above = _Above.of(table, header)
    issues: list[Issue] = []
    if period is None and above.period is not None:
        period = above.period
        issues.append(_period_taken(table, period))
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
    lookup = _Lookup(library, kind)

    def score(rows: Sequence[Row], merged: Sequence[Span]) -> float:
        header = find_header(rows, merged, lookup.means_something)
        return 0.0 if header is None else header.score

    return score


def period_for(metric: Metric, period: Period) -> Period:
    """The period a value of this metric has in a report about `period`.

    A stock or a state at a date is known as of the last day; a year-end stock of a whole year keeps the
    year.
    """
    if metric.period_type in _MOMENT or (metric.period_type == "stock_year_end" and period.form != "year"):
        return Period.parse(period.end.isoformat())
    return period


@dataclass(frozen=True, slots=True)
class _Above:
    """What titles and notes above the header say for the whole sheet."""

    units: tuple[str, ...]
    period: Period | None

    @classmethod
    def of(cls, table: Table, header: Header) -> _Above:
        lines = [as_text(cell) for row in table.rows[: header.top] for cell in row if cell != ""]
        units = tuple(symbol for line in lines for symbol in units_in(line))
        period = next(
            (found for line in (*lines, table.file) if (found := period_in(line)) is not None), None
        )
        return cls(units, period)


class _Lookup:
    """Remembers what a text means; a header of a hundred columns is read a few times over."""

    def __init__(self, library: Library, kind: str) -> None:
        self._library = library
        self._kind = kind
        self._matches: dict[str, MetricMatch] = {}

    def match(self, text: str) -> MetricMatch:
        found = self._matches.get(text)
        if found is None:
            found = self._matches[text] = self._library.find_metric(text, self._kind)
        return found

    def means_something(self, parts: Sequence[str]) -> bool:
        if any(role_of(part, long=True) for part in parts):
            return True
        return any(
            self.match(name).metric or self.match(name).candidates for name in _names(parts) if len(name) < 60
        )

    def layout(self, header: Header) -> Layout:
        """Long when one column names the metric and none is one."""
        roles = [role_of(parts[-1], long=True) for parts in header.levels if parts]
        metrics = sum(1 for parts in header.levels if any(self.match(name).metric for name in _names(parts)))
        return "long" if "indicator" in roles and metrics <= 1 else "wide"

    def column(
        self, index: int, parts: Sequence[str], layout: Layout, report: Period | None, above: _Above
    ) -> Column:
        header = label(parts)
        texts = [read_header(part) for part in parts]
        told = _period(texts, report)
        rule = next((text.rule for text in texts if text.rule), "")
        period = None if told is None else told.code
        role = role_of(parts[-1], long=layout == "long") or next(
            (found for part in parts if (found := role_of(part, long=layout == "long"))), None
        )
        written = next((text.unit for text in reversed(texts) if text.unit), None)
        if layout == "long":
            if role is None and period is not None and not any(text.name for text in texts):
                role = "value"
            if role == "value" and period is None and report is not None:
                period, rule = report.code, "report"
            return Column(
                index,
                header,
                role or "unknown",
                unit=written,
                unit_from="header" if written else "",
                period=period,
                period_rule=rule,
            )
        if role is not None:
            return Column(index, header, role)
        if texts[-1].growth:
            return Column(index, header, "growth")
        candidates: tuple[Metric, ...] = ()
        for name in _names(parts):
            match = self.match(name)
            if match.metric is not None and match.metric.id in _IDENTITY:
                return Column(index, header, _IDENTITY[match.metric.id])
            if match.metric is not None:
                return self._metric_column(
                    index, header, match.metric, match.unit or written, told, rule, report, above
                )
            candidates = candidates or match.candidates
        return Column(
            index,
            header,
            "unknown",
            unit=written,
            unit_from="header" if written else "",
            period=period,
            period_rule=rule,
            candidates=tuple(metric.id for metric in candidates),
        )

    def _metric_column(
        self,
        index: int,
        header: str,
        metric: Metric,
        written: str | None,
        told: Period | None,
        rule: str,
        report: Period | None,
        above: _Above,
    ) -> Column:
        held, held_from = (written, "header") if written is not None else _unit_for(metric, above.units)
        if told is None and report is not None:
            told, rule = report, "report"
        period = None if told is None else period_for(metric, told).code
        return Column(index, header, "metric", metric.id, held, held_from, period, rule)


def countable(metric: Metric) -> bool:
    """True where the unit goes without saying: people and things, years, ranks and scores."""
    return (
        metric.value_type == "number" and metric.unit is not None and unit(metric.unit).dimension in _SPOKEN
    )


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
        rule = rule or "report"
        told = by_rule(rule, report)
    unit_symbol, unit_from = column.unit, column.unit_from
    if unit_from not in ("header", "person"):
        unit_symbol, unit_from = _unit_for(metric, mapping.sheet_units)
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


def _unit_for(metric: Metric, sheet_units: Sequence[str]) -> tuple[str | None, str]:
    """The unit of the sheet that measures what the metric measures, or the metric's own where it goes
    without saying.
    """
    if metric.unit is None:
        return None, ""
    own = unit(metric.unit)
    fitting = {symbol for symbol in sheet_units if unit(symbol).converts_to(own)}
    if len(fitting) == 1:
        return fitting.pop(), "sheet"
    return (metric.unit, "metric") if countable(metric) else (None, "")


def _names(parts: Sequence[str]) -> tuple[str, ...]:
    """Names to look up, best first: as written, the levels joined, the lowest, the next above.

    The text as written comes first because a name may hold what looks like a period or a unit.
    """
    if not parts:
        return ()
    bare = [read_header(part).name for part in parts]
    said = [name for name in bare if name]
    names = [parts[-1], "".join(said), *reversed(said)]
    if len(said) > 1:
        names.insert(2, f"{said[0]}({said[-1]})")
    return tuple(dict.fromkeys(name for name in names if name and not re.fullmatch(r"\d{4}", name)))


def _period(texts: Sequence[HeaderText], report: Period | None) -> Period | None:
    for text in reversed(texts):
        try:
            found = period_of(text, report)
        except PeriodError:
            continue
        if found is not None:
            return found
    return None


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


def known_period(text: str, published: date | None = None) -> Period | None:
    """A period typed by a person, or None."""
    try:
        return Period.parse(normalise(text), published=published)
    except PeriodError:
        return None
