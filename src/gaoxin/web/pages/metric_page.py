"""All that is known of one metric of one zone (指标页): every period with level, change, shares and
ranks, and what follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.packs.schemas import Metric
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, Remark, figure_view
from gaoxin.web.pages.implied import Implied
from gaoxin.web.pages.quantity_words import Words, unit_name, value_words
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.shelf import Shelf
from gaoxin.web.pages.trend import Chart, chart

KINDS = ("level", "growth", "share", "rank", "multiple", "change", "target", "list", "duration")


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of the table: what was stated for it, by kind."""

    period: Period
    name: str
    cells: tuple[tuple[FigureView, ...], ...]


@dataclass(frozen=True, slots=True)
class MetricView:
    metric: Metric
    unit: str
    kinds: tuple[tuple[str, str], ...]
    rows: tuple[PeriodRow, ...]
    chart: Chart | None
    first: FigureView | None
    implied: tuple[FigureView, ...]
    definition: tuple[tuple[str, str], ...]

    @property
    def corrected(self) -> bool:
        return any(view.corrected for row in self.rows for cell in row.cells for view in cell)


def metric_view(
    zone: str, metric: Metric, figures: Sequence[Figure], now: Period | None, *, may_rule: bool = False
) -> MetricView:
    """Put the figures of one metric in order; `figures` are all those of the zone."""
    own = [figure for figure in figures if figure.subject_code == zone and figure.metric.id == metric.id]
    unit = metric.unit or ""
    present = [kind for kind in KINDS if any(figure.figure == kind for figure in own)]
    implied = Implied(figures)
    rows = []
    for period in sorted({figure.period for figure in own}, reverse=True):
        cells = tuple(
            tuple(_cell(f, unit, may_rule) for f in own if f.period == period and f.figure == kind)
            for kind in present
        )
        rows.append(PeriodRow(period, names.period_name(period), cells))
    levels = sorted((f for f in own if f.figure == "level" and not f.of), key=lambda f: f.period)
    shelf = Shelf(own)
    first = (shelf.find(zone, metric.id, now) if now is not None else None) or (
        levels[-1] if levels else None
    )
    follows = {view.card: view for figure in own for view in implied.from_figure(figure)}
    return MetricView(
        metric=metric,
        unit=unit_name(unit, language()) if unit else "",
        kinds=tuple((kind, _head(kind, unit)) for kind in present),
        rows=tuple(rows),
        chart=chart(
            levels, lambda f: _words(f, unit), lambda f: names.period_name(f.period), now.code if now else ""
        ),
        first=figure_view(first, may_rule=may_rule) if first is not None else None,
        implied=tuple(follows.values()),
        definition=tuple(_definition(metric)),
    )


def _cell(figure: Figure, unit: str, may_rule: bool) -> FigureView:
    """A level in the unit of the column; a share with its whole, a rank with its group."""
    if figure.figure in ("level", "target"):
        return figure_view(figure, unit=unit or figure.unit, may_rule=may_rule)
    remarks = []
    if figure.of:
        remarks.append(Remark(names.subject_name(figure.of, figure.of_name)))
    group = names.group_of(figure.ref, figure.group)
    if group and group != "unknown":
        remarks.append(Remark(group))
    return figure_view(figure, may_rule=may_rule, remarks=remarks)


def _words(figure: Figure, unit: str) -> Words:
    return value_words(figure.value, unit or figure.unit, language(), metric=figure.metric)


def _head(kind: str, unit: str) -> str:
    name = names.kind_name(kind)
    if kind not in ("level", "target") or not unit:
        return name
    spoken = unit_name(unit, language())
    return f"{name}（{spoken}）" if language() == "zh" else f"{name} ({spoken})"


def _definition(metric: Metric) -> list[tuple[str, str]]:
    """口径, unit, form, what it is part of, what it may not be added to."""
    lines = [(_("口径"), names.word(metric.scope) or _("来源没有注明"))]
    if metric.unit:
        lines.append((_("单位"), unit_name(metric.unit, language())))
    if metric.form and language() == "zh":
        lines.append((_("来源表"), metric.form))
    known = catalogue.library().metrics
    if metric.within and metric.within in known:
        lines.append((_("属于"), names.metric_name(known[metric.within])))
    overlapping = [names.metric_name(known[code]) for code in metric.not_additive_with if code in known]
    if overlapping:
        joint = "、" if language() == "zh" else ", "
        lines.append((_("不可相加"), joint.join(overlapping)))
    if metric.aliases and language() == "zh":
        lines.append((_("别名"), "、".join(metric.aliases)))
    if metric.confidence == "to_confirm":
        lines.append((_("核实"), _("定义待核")))
    return lines
