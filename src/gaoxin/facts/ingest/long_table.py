"""A sheet with one figure a row: metric, period, value, unit, of whom, of what (长表: 园区指标、年鉴).

Rows of one metric, period, kind of figure, denominator and unit are put together as one column, so that
they are read like the columns of a wide sheet. Yearbooks that set several years side by side have several
value columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from gaoxin.core.errors import PeriodError, UnitError
from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.facts.ingest.growth_header import read_growth
from gaoxin.facts.ingest.header_text import read_header
from gaoxin.facts.ingest.identity import Identity, KnownSubjects
from gaoxin.facts.ingest.mapping import Column, Mapping, Role
from gaoxin.facts.ingest.placing import as_figure, countable, period_for, spoken_unit
from gaoxin.facts.ingest.problems import CellProblem
from gaoxin.facts.ingest.reading import ColumnReading
from gaoxin.facts.ingest.workbook import Cell, Row, Table, cell_name
from gaoxin.packs.library import Library
from gaoxin.packs.matching import normalise
from gaoxin.packs.schemas import Metric

FIGURES: dict[str, str] = {
    "": "level",
    "水平": "level",
    "总量": "level",
    "数值": "level",
    "绝对值": "level",
    "level": "level",
    "增速": "growth",
    "增长": "growth",
    "同比": "growth",
    "同比增长": "growth",
    "growth": "growth",
    "占比": "share",
    "比重": "share",
    "份额": "share",
    "share": "share",
    "排名": "rank",
    "位次": "rank",
    "rank": "rank",
    "目标": "target",
    "计划": "target",
    "target": "target",
}


class _Key(NamedTuple):
    metric: str
    period: str
    figure: str
    of: str
    unit: str
    sheet_column: int


def long_columns(
    table: Table, mapping: Mapping, library: Library, known: KnownSubjects, places: Sequence[int]
) -> tuple[list[ColumnReading], dict[int, Identity], list[CellProblem]]:
    """Columns to read, whom each row is about, and the rows that could not be placed."""
    reader = _LongReader(table, mapping, library, known)
    for place in places:
        reader.row(place, table.rows[place])
    columns = [
        ColumnReading(
            metric=as_figure(reader.metrics[key.metric], key.figure),
            index=key.sheet_column,
            header=reader.metrics[key.metric].zh,
            period=key.period,
            figure=key.figure,
            of=key.of,
            written=key.unit,
            places=[place for place, _ in cells],
            cells=[cell for _, cell in cells],
            fraction=False,
        )
        for key, cells in reader.groups.items()
    ]
    return columns, reader.identities, reader.problems


class _LongReader:
    def __init__(self, table: Table, mapping: Mapping, library: Library, known: KnownSubjects) -> None:
        self.metrics: dict[str, Metric] = {}
        self.groups: dict[_Key, list[tuple[int, Cell]]] = defaultdict(list)
        self.identities: dict[int, Identity] = {}
        self.problems: list[CellProblem] = []
        self._table = table
        self._mapping = mapping
        self._library = library
        self._known = known
        self._seen: dict[tuple[str, ...], tuple[int, Cell]] = {}

    def row(self, place: int, cells: Row) -> None:
        """Put the figures of one row where they belong."""
        identity = self._subject(place, cells)
        self.identities[place] = identity
        metric, named = self._metric(place, cells)
        row_figure = self._figure(place, cells, named)
        if identity.subject is None or metric is None or row_figure is None:
            return
        of = self._of(cells)
        for column in self._mapping.of_role("value"):
            value = cells[column.index]
            if value == "":
                continue
            figure = row_figure if column.figure == "level" else column.figure
            if "level" not in (row_figure, column.figure):
                self._report(
                    place,
                    column,
                    "figure_unknown",
                    "这一行本身已是增速、占比或位次，没有它的增速",
                    "the row is a growth, a share or a rank itself; its growth is not kept",
                    "请清空这一格",
                    "clear this cell",
                )
                continue
            period = self._period(place, cells, column, metric)
            symbol = self._unit(place, cells, column, metric, figure)
            if period is None or symbol is None:
                continue
            said = (identity.subject, metric.id, figure, of, period)
            # 本月 and 累计 of a stock are the same day and may well say the same.
            if self._seen.get(said) == (place, value):
                continue
            if said in self._seen:
                self._report(
                    place,
                    column,
                    "twice",
                    f"和第 {self._seen[said][0] + 1} 行是同一个数",
                    f"row {self._seen[said][0] + 1} states the same figure",
                    "只留一行",
                    "keep one row",
                )
                continue
            self._seen[said] = (place, value)
            self.groups[_Key(metric.id, period, figure, of, symbol, column.index)].append((place, value))

    def _subject(self, place: int, cells: Row) -> Identity:
        column = next(iter(self._mapping.of_role("subject")), None)
        said = self._text(cells, "subject")
        if column is None or not said:
            if self._mapping.subject:
                held = self._known.by_code.get(self._mapping.subject)
                return Identity(self._mapping.subject, held.name if held else self._mapping.subject)
            if column is not None:
                self._report(
                    place,
                    column,
                    "no_identity",
                    "没有写是谁的数",
                    "the row does not say whom it is about",
                    "请填主体名称",
                    "write the name of the subject",
                )
            return Identity(None)
        found = [self._known.by_code[said]] if said in self._known.by_code else self._known.named(said)
        if len(found) == 1:
            return Identity(found[0].code, found[0].name, found[0].uscc)
        words = (
            (f"库里没有叫“{said}”的", f"no known subject is called {said!r}")
            if not found
            else (f"库里有 {len(found)} 个“{said}”", f"{len(found)} known subjects are called {said!r}")
        )
        self._report(
            place,
            column,
            "name_unknown" if not found else "name_ambiguous",
            *words,
            "请写全名或代码",
            "write the full name or the code",
        )
        return Identity(None, said)

    def _metric(self, place: int, cells: Row) -> tuple[Metric | None, str]:
        """The metric a row names, and the kind of figure its name says: 规上工业增加值增速 is a growth."""
        column = self._mapping.of_role("indicator")[0]
        said = self._text(cells, "indicator")
        metric, figure = self._named(said) if said else (None, "")
        if metric is not None:
            return self.metrics.setdefault(metric.id, metric), figure
        match = self._library.find_metric(said, self._mapping.kind) if said else None
        near = "、".join(metric.zh for metric in match.candidates[:3]) if match is not None else ""
        self._report(
            place,
            column,
            "metric_unknown",
            f"没认出指标“{said}”" if said else "没有写指标",
            f"the metric {said!r} is not known",
            f"相近的有：{near}" if near else "请按指标目录里的名称填",
            "use a name of the metric catalogue",
        )
        return None, ""

    def _named(self, said: str) -> tuple[Metric | None, str]:
        """The metric of a name as written, without its numbering (其中：, 一、), or as that of a growth."""
        kind = self._mapping.kind
        text = read_header(said)
        bare = text.name if not (text.period or text.rule) else ""
        for name in (said, bare):
            metric = self._library.find_metric(name, kind).metric if name else None
            if metric is not None:
                return metric, ""
        growth = read_growth([said])
        if growth is None or any(level.period or level.rule for level in growth.texts):
            return None, ""
        metric = self._library.find_metric("".join(growth.names), kind).metric
        return (metric, "growth") if metric is not None and metric.is_numeric else (None, "")

    def _figure(self, place: int, cells: Row, named: str) -> str | None:
        said = normalise(self._text(cells, "figure"))
        if named and FIGURES.get(said) in ("level", named):
            return named
        if said in FIGURES and not named:
            return FIGURES[said]
        column = self._mapping.of_role("figure")[0]
        self._report(
            place,
            column,
            "figure_unknown",
            f"没认出类别“{said}”",
            f"the kind of figure {said!r} is not known",
            "可填：水平、增速、占比、排名、目标",
            "write level, growth, share, rank or target",
        )
        return None

    def _period(self, place: int, cells: Row, column: Column, metric: Metric) -> str | None:
        held = next(iter(self._mapping.of_role("period")), None)
        said = self._text(cells, "period")
        if held is None or not said:
            if column.period is not None:
                return period_for(metric, Period.parse(column.period)).code
            self._report(
                place,
                held or column,
                "period_missing",
                "没有写时期",
                "the period is missing",
                "请填时期，如 2026年1-9月",
                "write a period such as 2026-01/2026-09",
            )
            return None
        try:
            return period_for(metric, Period.parse(said)).code
        except PeriodError as error:
            self._report(place, held, "period", error.zh, error.en, "", "")
            return None

    def _unit(self, place: int, cells: Row, column: Column, metric: Metric, figure: str) -> str | None:
        """The unit of the row, else of the header, else the metric's own where it goes without saying."""
        if not metric.is_numeric:
            return ""
        wanted = as_figure(metric, figure).unit or "1"
        held = next(iter(self._mapping.of_role("unit")), None)
        if column.figure != "level":
            # 计量单位 of the row is that of the amount beside it.
            said = column.unit or ""
        else:
            name_unit = self._library.find_metric(self._text(cells, "indicator"), self._mapping.kind).unit
            said = self._text(cells, "unit") or column.unit or name_unit or ""
            said = said or (wanted if countable(as_figure(metric, figure)) else "")
        try:
            held_unit = spoken_unit(unit(said).symbol, as_figure(metric, figure)) if said else ""
            if said and unit(held_unit).converts_to(unit(wanted)):
                return held_unit
            words = (
                (f"单位“{said}”换算不成{wanted}", f"{said} does not convert to {wanted}")
                if said
                else ("没有写单位", "the unit is missing")
            )
        except UnitError as error:
            words = (error.zh, error.en)
        self._report(
            place, held or column, "unit", *words, f"请填{wanted}一类的单位", f"write a unit such as {wanted}"
        )
        return None

    def _of(self, cells: Row) -> str:
        """The denominator as a subject code where it is known, else as written."""
        said = self._text(cells, "of")
        found = self._known.named(said) if said else []
        return found[0].code if len(found) == 1 else said

    def _text(self, cells: Row, role: Role) -> str:
        column = next(iter(self._mapping.of_role(role)), None)
        if column is None:
            return ""
        cell = cells[column.index]
        return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()

    def _report(
        self, place: int, column: Column, code: str, zh: str, en: str, mend_zh: str, mend_en: str
    ) -> None:
        self.problems.append(
            CellProblem(
                place + 1,
                cell_name(place, column.index),
                column.header,
                code,
                "error",
                zh,
                en,
                mend_zh,
                mend_en,
                str(self._table.rows[place][column.index])[:40],
            )
        )
