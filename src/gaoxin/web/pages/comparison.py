"""Zones side by side (园区对比): metrics down, zones across, and a word wherever two figures may not be
compared.

The newest figure of each zone stands in its cell. Cells of one row are compared only when scope, period
and whole agree and the metric means the same in every zone; where they do not, the row says why, and nothing
is ranked or divided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.packs.schemas import Metric
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, figure_view, missing_view
from gaoxin.web.pages.quantity_words import unit_name
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.shelf import Shelf

DEFAULT_KINDS = ("level", "growth", "share", "rank", "multiple")


@dataclass(frozen=True, slots=True)
class Row:
    """One metric and kind. `warnings`: why its cells may not be compared; empty when they may."""

    metric: Metric
    kind: str
    name: str
    unit: str
    scope: str
    cells: tuple[FigureView, ...]
    periods_differ: bool
    warnings: tuple[str, ...]


def comparison(
    zones: Sequence[Subject],
    figures: Iterable[Figure],
    period: Period | None,
    chosen: Sequence[str],
    *,
    everything: bool = False,
) -> list[Row]:
    """The rows of the chosen metrics, or of every metric that at least two zones have; all with `everything`.

    `period`: compare that period only; None takes the newest of each zone and marks rows whose periods
    differ.
    """
    held = list(figures)
    shelf = Shelf(held)
    codes = [zone.code for zone in zones]
    wanted = [(metric, kind) for metric in _metrics(held, codes, chosen) for kind in DEFAULT_KINDS]
    rows = []
    for metric_id, kind in wanted:
        found = [_newest(shelf, code, metric_id, kind, period) for code in codes]
        if any(found) and (chosen or everything or sum(1 for figure in found if figure) > 1):
            rows.append(_row(catalogue.metric(metric_id), kind, found, period))
    return rows


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two figures of two zones that a reader might take for the same, and why they are not."""

    title: str
    note: str
    views: tuple[tuple[str, FigureView], ...]


def look_alikes(zones: Sequence[Subject], figures: Iterable[Figure]) -> list[LookAlike]:
    """Pairs that the packs declare as different in scope, where two of the zones have one each."""
    by_ref = {figure.ref: figure for figure in figures if figure.ref}
    codes = [zone.code for zone in zones]
    found = []
    for check in catalogue.library().cross_checks.values():
        if not check.compare_scope:
            continue
        named = [
            by_ref[asked] for asked in check.inputs.values() if isinstance(asked, str) and asked in by_ref
        ]
        own = [figure for figure in named if figure.subject_code in codes]
        keyed = [
            figure
            for asked in check.inputs.values()
            if not isinstance(asked, str)
            for figure in by_ref.values()
            if (figure.subject_code, figure.metric.id) == (asked.subject, asked.metric)
            and asked.subject in codes
        ]
        own += [figure for figure in keyed if figure.figure in ("level", "share")]
        if len({figure.subject_code for figure in own}) < 2 or len({f.metric.id for f in own}) < 2:
            continue
        views = tuple((names.subject_name(f.subject_code, f.subject_name), figure_view(f)) for f in own)
        title = check.en if language() == "en" else check.zh
        found.append(LookAlike(title, names.word(check.note), views))
    return found


def metrics_known(figures: Iterable[Figure], codes: Sequence[str]) -> list[Metric]:
    """Every metric any of the zones has, in the order of the catalogue."""
    return [
        catalogue.metric(code)
        for code in _in_order({f.metric.id for f in figures if f.subject_code in codes})
    ]


def _metrics(figures: Sequence[Figure], codes: Sequence[str], chosen: Sequence[str]) -> list[str]:
    known = {figure.metric.id for figure in figures if figure.subject_code in codes}
    return [code for code in chosen if code in known] if chosen else _in_order(known)


def _in_order(codes: Iterable[str]) -> list[str]:
    order = {metric: place for place, metric in enumerate(catalogue.library().metrics)}
    return sorted(codes, key=lambda code: (order.get(code, len(order)), code))


def _newest(shelf: Shelf, zone: str, metric: str, kind: str, period: Period | None) -> Figure | None:
    if period is not None:
        return shelf.find(zone, metric, period, kind)
    held = shelf.all(zone, metric, kind)
    return held[-1] if held else None


def _row(metric: Metric, kind: str, found: Sequence[Figure | None], period: Period | None) -> Row:
    present = [figure for figure in found if figure is not None]
    unit = (metric.unit or "") if kind in ("level", "target") else ""
    cells = []
    for figure in found:
        if figure is None:
            cells.append(missing_view(metric.label(language()), names.period_name(period) if period else ""))
        else:
            cells.append(figure_view(figure, unit=unit or None))
    years = {(figure.period.year, figure.period.form in ("day",) and kind != "level") for figure in present}
    return Row(
        metric=metric,
        kind=kind,
        name=names.figure_name(metric, kind),
        unit=unit_name(unit, language()) if unit else "",
        scope=names.word(metric.scope),
        cells=tuple(cells),
        periods_differ=len({year for year, _point in years}) > 1,
        warnings=tuple(_warnings(metric, kind, present)),
    )


def _warnings(metric: Metric, kind: str, present: Sequence[Figure]) -> list[str]:
    """Why the cells of a row may not be set against each other."""
    if metric.incomparable is not None:
        return [names.word(metric.incomparable)]
    if len(present) < 2:
        return []
    found = []
    if len({figure.period.year for figure in present}) > 1:
        found.append(_("报告期不同"))
    if kind == "share" and len({figure.of for figure in present}) > 1:
        found.append(_("占的范围不同（各占所在市）"))
    if (
        kind in ("rank", "multiple")
        and len({(figure.of, figure.group, figure.base) for figure in present}) > 1
    ):
        found.append(_("比较的范围不同"))
    if metric.scope is None and kind == "level":
        found.append(_("口径来源没有注明"))
    if metric.confidence == "to_confirm":
        found.append(_("定义待核"))
    if len({figure.status == "synthetic" for figure in present}) > 1:
        found.append(_("含合成数据，不与真实数据相比"))
    return found
