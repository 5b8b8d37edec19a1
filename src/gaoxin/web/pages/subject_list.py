"""The list of enterprises (企业名录): which columns, which figures, which rows; the same for page and
export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.packs.schemas import Metric
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger import catalogue, models, scope, selectors
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import Subject
from gaoxin.web.ledger.moments import last_moment
from gaoxin.web.ledger.reading import parse_period
from gaoxin.web.ledger.remembered import remembered, rights
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, figure_view, missing_view
from gaoxin.web.pages.quantity_words import TITLES, unit_name
from gaoxin.web.pages.scope import language

KIND = "enterprise"
DEFAULT_COLUMNS = ("tech_field", "industry_name", "revenue", "rd_book", "staff_year_end", "ip_invention")
MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One metric of the list; `sort` is what the address says, `direction` is how it is sorted now."""

    metric: Metric
    head: str
    unit: str
    numeric: bool
    period: Period | None
    sort: str
    direction: str

    @property
    def next_sort(self) -> str:
        return self.sort if self.direction == "descending" else f"-{self.sort}"


@dataclass(frozen=True, slots=True)
class ListRow:
    subject: Subject
    name: str
    url: str
    cells: tuple[FigureView | None, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from: metrics and periods that enterprises of the zone have."""

    metrics: tuple[str, ...]
    periods: tuple[Period, ...]


def known(reader: User, zone: Subject) -> Known:
    """Metrics and periods of the zone's enterprises. Kept until something is recorded: it reads the whole
    index.
    """
    last = last_moment()
    key = f"known:{zone.pk}:{last.timestamp() if last else 0}"
    held: tuple[list[str], list[str]] | None = cache.get(key)
    if held is None:
        rows = models.Observation.objects.filter(
            subject__zone=zone, subject__kind=KIND, figure="level"
        ).values_list("metric__code", "period")
        pairs = set(rows.distinct())
        held = sorted({metric for metric, _period in pairs}), sorted({period for _metric, period in pairs})
        cache.set(key, held, 3600)
    readable = set(scope.readable_metric_ids(reader, KIND).values_list("code", flat=True))
    order = {code: place for place, code in enumerate(catalogue.library().metrics)}
    metrics = sorted(
        (code for code in held[0] if code in readable), key=lambda code: order.get(code, len(order))
    )
    return Known(tuple(metrics), tuple(sorted((parse_period(code) for code in held[1]), reverse=True)))


def chosen_columns(asked: Sequence[str], there: Known) -> list[Metric]:
    """The columns asked for, else the usual ones that have figures."""
    wanted = [code for code in asked if code in there.metrics] or [
        c for c in DEFAULT_COLUMNS if c in there.metrics
    ]
    if not wanted:
        wanted = list(there.metrics[:4])
    return [catalogue.metric(code) for code in wanted[:MOST_COLUMNS]]


def columns(metrics: Iterable[Metric], period: Period | None, sort: str) -> list[ListColumn]:
    down, by = sort.startswith("-"), sort.removeprefix("-")
    made = []
    for metric in metrics:
        unit = list_unit(metric)
        here = f"{metric.id}@{period.code}" if period is not None else ""
        sorted_now = "descending" if down else "ascending"
        made.append(
            ListColumn(
                metric=metric,
                head=names.metric_name(metric),
                unit=unit_name(unit, language()) if unit else "",
                numeric=metric.is_numeric,
                period=period,
                sort=here if metric.is_numeric else "",
                direction=sorted_now if here and by == here else "",
            )
        )
    return made


def list_unit(metric: Metric) -> str:
    """One unit a column: amounts of single firms in 万元, all else as the catalogue says."""
    return "万元" if metric.unit in ("元", "千元") else metric.unit or ""


def rows(
    reader: User, subjects: Sequence[Subject], metrics: Sequence[Metric], period: Period | None, there: Known
) -> list[ListRow]:
    """The figures of one page of the list; a text (industry, titles) is shown from its newest period."""
    whom = tuple((subject.pk, subject.name, subject.name_en, subject.uscc) for subject in subjects)
    asked = tuple(metric.id for metric in metrics)
    key = ("list", rights(reader), language(), whom, asked, period, there.periods)
    return list(remembered(key, lambda: _rows(reader, subjects, metrics, period, there)))


def _rows(
    reader: User, subjects: Sequence[Subject], metrics: Sequence[Metric], period: Period | None, there: Known
) -> list[ListRow]:
    told = newest(reader, subjects, metrics, period, there)
    return [
        ListRow(
            subject,
            names.name_of(subject),
            names.subject_url(subject),
            tuple(_cell(one, metric) for one, metric in zip(figures, metrics, strict=True)),
        )
        for subject, figures in zip(subjects, told, strict=True)
    ]


def newest(
    reader: User, subjects: Sequence[Subject], metrics: Sequence[Metric], period: Period | None, there: Known
) -> list[list[Figure | None]]:
    """For each subject the figure of each column; None where it reported nothing."""
    numbers = [metric.id for metric in metrics if metric.is_numeric]
    texts = [metric.id for metric in metrics if not metric.is_numeric]
    when = within(period, there) if period is not None else None
    found: list[Figure] = []
    if numbers:
        found += selectors.standing_of_many(reader, subjects, metrics=numbers, period=when)
    if texts:
        found += selectors.standing_of_many(reader, subjects, metrics=texts)
    held: dict[tuple[str, str], list[Figure]] = {}
    for figure in found:
        held.setdefault((figure.subject_code, figure.metric.id), []).append(figure)
    return [
        [_newest(held.get((subject.code, metric.id), ()), metric, period) for metric in metrics]
        for subject in subjects
    ]


def within(period: Period, there: Known) -> list[Period]:
    """A period and the state at its end: of a year, 31 December. A state of another day is none of it."""
    return [one for one in there.periods if one == period or (one.form == "day" and one.end == period.end)]


def _newest(figures: Sequence[Figure], metric: Metric, period: Period | None) -> Figure | None:
    fit = [f for f in figures if period is None or f.period == period or _ends(f.period, period)]
    exact = [f for f in fit if f.period == period]
    if not fit and not metric.is_numeric:
        fit = list(figures)
    if not fit:
        return None
    return exact[0] if exact else max(fit, key=lambda f: f.period)


def _ends(state: Period, period: Period) -> bool:
    return state.form == "day" and state.end == period.end


def _cell(figure: Figure | None, metric: Metric) -> FigureView:
    if figure is None:
        return missing_view(metric.label(language()), word=_("未报"))
    return figure_view(figure, unit=list_unit(metric) or None, label=metric.label(language()))


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the table bar; it shows its value."""

    code: str
    name: str
    choices: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def word(self) -> str:
        return dict(self.choices).get(self.chosen, "")


MOST_CHOICES = 16
FILTERS = ("tech_field", "enterprise_size", "industry_name", "titles")


def filters(request_values: Mapping[str, str], there: Known) -> list[Filter]:
    """The filters that have something to choose from; what was asked for and does not exist is ignored."""
    made = []
    for code in FILTERS:
        if code not in there.metrics:
            continue
        metric = catalogue.metric(code)
        if code == "titles":
            choices = tuple((kind, str(word)) for kind, word in TITLES.items())
        elif metric.choices and len(metric.choices) <= MOST_CHOICES:
            spoken = (
                metric.choices if language() == "zh" else {c: c.replace("_", " ") for c in metric.choices}
            )
            choices = tuple(spoken.items())
        else:
            continue
        asked = request_values.get(code, "")
        made.append(Filter(code, metric.label(language()), choices, asked if asked in dict(choices) else ""))
    return made


def having(chosen: Iterable[Filter]) -> list[tuple[str, str]]:
    """The filters as the list asks the ledger; a title stands in its event as `"kind": "hnte"`."""
    return [
        (one.code, f'"kind": "{one.chosen}"' if one.code == "titles" else one.chosen)
        for one in chosen
        if one.chosen
    ]
