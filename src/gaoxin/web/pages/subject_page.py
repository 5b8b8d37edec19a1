"""The figures of one subject put in order (主体的数字): groups down, periods across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.packs.schemas import Metric
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, figure_view, missing_view
from gaoxin.web.pages.quantity_words import list_words, unit_name
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.subject_list import list_unit

MOST_PERIODS = 6
_SPANS = ("year", "half", "quarter", "month", "year_to_date")
HEADLINE, TITLES = ("tech_field", "industry_name", "est_date"), "titles"


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One metric across the periods. A cell without a number is a missing figure where this metric is
    reported for such periods and the period is over, and None where there can be none yet.
    """

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
    spans = spans_of(f.period for f in numbers)
    periods = sorted({column_of(f.period, spans) for f in numbers}, reverse=True)
    shown = [p for p in periods if p.code in asked] or periods[:MOST_PERIODS]
    newest: dict[tuple[str, str], Figure] = {}
    for figure in sorted(facts, key=lambda f: f.period):
        newest[figure.metric.id, figure.figure] = figure
    held = {code: newest[code, "level"] for code in (*HEADLINE, TITLES) if (code, "level") in newest}
    return SubjectView(
        headline=tuple(_headline(held[code]) for code in HEADLINE if code in held),
        titles=_titles(held[TITLES]) if TITLES in held else (),
        titles_view=figure_view(held[TITLES]) if TITLES in held else None,
        facts=tuple(
            figure_view(f, may_rule=may_rule) for f in _in_order(newest.values()) if f.metric.id != TITLES
        ),
        periods=tuple((p.code, names.period_name(p), p in shown) for p in periods),
        heads=tuple(names.period_name(p) for p in shown),
        groups=tuple(_groups(numbers, shown, spans, may_rule)),
        count=len(figures),
        sources=tuple(sorted({names.source_title(f.source_id, f.source_title) for f in figures})),
    )


def spans_of(periods: Iterable[Period]) -> dict[date, Period]:
    """Last day → the longest stretch reported up to it, January to October before October alone."""
    found: dict[date, Period] = {}
    for period in periods:
        if period.form in _SPANS:
            held = found.get(period.end)
            found[period.end] = period if held is None or period.start < held.start else held
    return found


def column_of(period: Period, spans: Mapping[date, Period]) -> Period:
    """The column a figure stands in: January to December is the year, and a state stands with the stretch
    that ends on its day.
    """
    if period.form == "year_to_date" and period.end.month == 12:
        return Period.of_year(period.year)
    if period.form != "day":
        return period
    if (period.end.month, period.end.day) == (12, 31):
        return Period.of_year(period.year)
    return spans.get(period.end, period)


def _titles(figure: Figure) -> tuple[tuple[str, str], ...]:
    """The short and the full words of each title held."""
    told = list_words(figure.value, figure.metric, language())
    return tuple((full.partition(" ")[0], full) for full in told)


def _headline(figure: Figure) -> str:
    """A fact under the name: the field, or since when there is such a firm."""
    text = figure_view(figure).text
    return _("%s 成立") % text if figure.metric.id == "est_date" else text


def _in_order(figures):  # type: ignore[no-untyped-def]
    order = {code: place for place, code in enumerate(catalogue.library().metrics)}
    return sorted(figures, key=lambda f: (order.get(f.metric.id, len(order)), f.figure))


def _groups(
    numbers: Sequence[Figure], periods: Sequence[Period], spans: Mapping[date, Period], may_rule: bool
) -> list[Group]:
    """Rows by what is measured: money, people, property rights, the rest."""
    by_key: dict[tuple[str, str, str], dict[str, Figure]] = {}
    for figure in _in_order(numbers):
        row = by_key.setdefault((figure.metric.id, figure.figure, figure.of), {})
        column = column_of(figure.period, spans).code
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
    reported = {Period.parse(code).form for code in held}
    cells = tuple(
        figure_view(held[p.code], unit=unit or None, label=name, may_rule=may_rule)
        if p.code in held
        else missing_view(name, names.period_name(p))
        if p.form in reported and p.end < timezone.localdate()
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
