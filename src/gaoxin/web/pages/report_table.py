"""The figures of a zone as a table for a report (报告用表): metrics down, years across, sources numbered.

What a leader pastes into a brief: one unit a row, one period a column, and under the table where each number
was taken from. Disagreeing sources both show; what is not known is a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.core.quantities import THIN_SPACE
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import figure_view
from gaoxin.web.pages.quantity_words import unit_name
from gaoxin.web.pages.scope import language

MOST_YEARS = 4


@dataclass(frozen=True, slots=True)
class ReportCell:
    """`note`: the number of its source under the table; 0 where there is no figure."""

    text: str
    note: int = 0


@dataclass(frozen=True, slots=True)
class ReportRow:
    name: str
    unit: str
    cells: tuple[ReportCell, ...]


@dataclass(frozen=True, slots=True)
class Report:
    heads: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    notes: tuple[str, ...]


def report_table(zone: str, figures: Iterable[Figure], period: Period) -> Report:
    """The zone's own levels, growths and shares for this period and, of a year, for the years before."""
    own = [f for f in figures if f.subject_code == zone and f.value.is_number]
    columns = [period]
    if period.form == "year":
        years = {f.period for f in own if f.period.form == "year" and f.period < period}
        columns = [*sorted(years)[-(MOST_YEARS - 1) :], period]
    held: dict[tuple[str, str, str, str], dict[Period, Figure]] = {}
    for figure in own:
        column = next((one for one in columns if one == figure.period or _ends(figure.period, one)), None)
        if column is not None:
            row = held.setdefault((figure.metric.id, figure.figure, figure.of, figure.group), {})
            if column not in row or figure.period == column:
                row[column] = figure
    notes: dict[str, int] = {}
    order = {code: place for place, code in enumerate(catalogue.library().metrics)}
    kinds = {"level": 0, "growth": 1, "share": 2}
    keys = sorted(held, key=lambda key: (order.get(key[0], len(order)), kinds.get(key[1], 9), key[2:]))
    rows = tuple(_row(held[key], columns, notes) for key in keys)
    return Report(tuple(names.period_name(one) for one in columns), rows, tuple(notes))


def _ends(state: Period, period: Period) -> bool:
    return state.form == "day" and state.end == period.end


def _row(held: dict[Period, Figure], columns: list[Period], notes: dict[str, int]) -> ReportRow:
    first = next(iter(held.values()))
    unit = (first.metric.unit or first.unit) if first.figure in ("level", "target") else ""
    name = names.figure_name(first.metric, first.figure)
    group = names.group_of(first.ref, first.group)
    whole = names.subject_name(first.of, first.of_name) if first.of else ""
    beside = "，".join(part for part in (whole and _("占%s") % whole, group) if part and part != "unknown")
    return ReportRow(
        f"{name}（{beside}）" if beside else name,
        unit_name(unit, language()) if unit else "",
        tuple(_cell(held.get(one), unit, notes) for one in columns),
    )


def _cell(figure: Figure | None, unit: str, notes: dict[str, int]) -> ReportCell:
    if figure is None:
        return ReportCell(_("未报"))
    view = figure_view(figure, unit=unit or None)
    text = (view.bare if unit else view.text).replace(THIN_SPACE, "")
    if figure.is_conflict:
        text = _("%s（待裁定）") % text
    return ReportCell(text, notes.setdefault(_source(figure), len(notes) + 1))


def _source(figure: Figure) -> str:
    said = []
    for one in (figure, *figure.others):
        title, place = names.source_title(one.source_id, one.source_title), one.locator
        said.append(f"{title} {names.locator_of(one.ref, place)}".strip())
    return f"{'；'.join(dict.fromkeys(said))}（{names.status_name(figure.status)}）"
