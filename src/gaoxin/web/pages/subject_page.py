"""The figures of one subject put in order (主体的数字): groups down, periods across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.packs.schemas import Metric
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.quantity_words import event_words, unit_name
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.subject_list import list_unit

MOST_PERIODS = 6
HEADLINE, TITLES = ("tech_field", "industry_name", "est_date"), "titles"


@dataclass(frozen=True, slots=True)
class SubjectRow:
    name: str
    unit: str
    scope: str
    cells: tuple[FigureView | None, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the table."""

    name: str
    rows: tuple[SubjectRow, ...]


@dataclass(frozen=True, slots=True)
class SubjectView:
    """`headline`: what stands under the name; `facts`: what has one value; `groups`: one for each period."""

    headline: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]
    titles_view: FigureView | None
    facts: tuple[FigureView, ...]
    periods: tuple[tuple[str, str, bool], ...]
    heads: tuple[str, ...]
    groups: tuple[Group, ...]
    count: int
    sources: tuple[str, ...]


def subject_view(figures: Sequence[Figure], asked: Sequence[str], *, may_rule: bool = False) -> SubjectView:
    """Numbers in a table with the newest periods first; texts and dates as facts."""
    numbers = [f for f in figures if f.value.is_number]
    facts = [f for f in figures if not f.value.is_number]
    periods = sorted({column_of(f.period) for f in numbers}, reverse=True)
    shown = [p for p in periods if p.code in asked] or periods[:MOST_PERIODS]
    newest: dict[tuple[str, str], Figure] = {}
    for figure in sorted(facts, key=lambda f: f.period):
        newest[figure.metric.id, figure.figure] = figure
    held = {code: newest[code, "level"] for code in (*HEADLINE, TITLES) if (code, "level") in newest}
    return SubjectView(
        headline=tuple(_headline(held[code]) for code in HEADLINE if code in held),
        titles=tuple(_title(item) for item in held[TITLES].value.items) if TITLES in held else (),
        titles_view=figure_view(held[TITLES]) if TITLES in held else None,
        facts=tuple(
            figure_view(f, may_rule=may_rule) for f in _in_order(newest.values()) if f.metric.id != TITLES
        ),
        periods=tuple((p.code, names.period_name(p), p in shown) for p in periods),
        heads=tuple(names.period_name(p) for p in shown),
        groups=tuple(_groups(numbers, shown, may_rule)),
        count=len(figures),
        sources=tuple(sorted({names.source_title(f.source_id, f.source_title) for f in figures})),
    )


def column_of(period: Period) -> Period:
    """The column a figure stands in: a state at the end of a year stands with the year."""
    if period.form == "day" and (period.end.month, period.end.day) == (12, 31):
        return Period.of_year(period.year)
    return period


def _title(item: str) -> tuple[str, str]:
    """The short and the full words of a title held."""
    full = event_words(item)
    return full.partition(" ")[0], full


def _headline(figure: Figure) -> str:
    """A fact under the name: the field, or since when there is such a firm."""
    text = figure_view(figure).text
    return _("%s 成立") % text if figure.metric.id == "est_date" else text


def _in_order(figures):  # type: ignore[no-untyped-def]
    order = {code: place for place, code in enumerate(catalogue.library().metrics)}
    return sorted(figures, key=lambda f: (order.get(f.metric.id, len(order)), f.figure))


def _groups(numbers: Sequence[Figure], periods: Sequence[Period], may_rule: bool) -> list[Group]:
    """Rows by what is measured: money, people, property rights, the rest."""
    by_key: dict[tuple[str, str, str], dict[str, Figure]] = {}
    for figure in _in_order(numbers):
        row = by_key.setdefault((figure.metric.id, figure.figure, figure.of), {})
        column = column_of(figure.period).code
        if column not in row or figure.period.code == column:  # the year itself before its last day
            row[column] = figure
    grouped: dict[str, list[SubjectRow]] = {}
    for (metric_id, kind, _of), held in by_key.items():
        metric = catalogue.metric(metric_id)
        if not any(period.code in held for period in periods):
            continue
        grouped.setdefault(group_of(metric, kind), []).append(_row(metric, kind, held, periods, may_rule))
    order = [_("规模与效益"), _("人员"), _("研发与创新"), _("占比与位次"), _("其他")]
    return [Group(name, tuple(grouped[name])) for name in order if name in grouped]


def _row(
    metric: Metric, kind: str, held: dict[str, Figure], periods: Sequence[Period], may_rule: bool
) -> SubjectRow:
    unit = list_unit(metric) if kind in ("level", "target") else ""
    name = names.figure_name(metric, kind)
    cells = tuple(
        figure_view(held[p.code], unit=unit or None, label=name, may_rule=may_rule)
        if p.code in held
        else None
        for p in periods
    )
    return SubjectRow(name, unit_name(unit, language()) if unit else "", names.word(metric.scope), cells)


def group_of(metric: Metric, kind: str) -> str:
    if kind in ("share", "rank", "growth", "multiple"):
        return _("占比与位次")
    code = metric.id
    if code.startswith(
        ("rd_", "ip_", "inv_", "pct_", "tech_", "basic_research", "platform", "standard", "transform")
    ):
        return _("研发与创新")
    if "staff" in code or "grad" in code or metric.unit == "人":
        return _("人员")
    if metric.value_type == "money":
        return _("规模与效益")
    return _("其他")
