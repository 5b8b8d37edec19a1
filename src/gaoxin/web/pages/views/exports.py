"""Every table and page as Excel (导出)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gaoxin.web.accounts.permissions import requires
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import catalogue, selectors
from gaoxin.web.ledger.reading import parse_period, value_of
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.as_of import known_at, said
from gaoxin.web.pages.comparison import comparison
from gaoxin.web.pages.exports import figure_cell, text
from gaoxin.web.pages.figures import figure_view
from gaoxin.web.pages.implied import Implied, derived_view
from gaoxin.web.pages.layouts import layout_of
from gaoxin.web.pages.quantity_words import unit_name, value_words
from gaoxin.web.pages.report_table import report_table
from gaoxin.web.pages.scope import language, period_of
from gaoxin.web.pages.selectors import taken_from
from gaoxin.web.pages.stage import enter_room, stage
from gaoxin.web.pages.verdicts import CHIPS, Checks, subjects_checked
from gaoxin.web.pages.workbooks import Cell, Column

_MOST_TAKEN = 20_000


def figure_columns() -> list[Column]:
    return [
        Column(_("主体"), width=24),
        Column(_("指标"), width=28),
        Column(_("种类"), width=10),
        Column(_("时期"), width=16),
        Column(_("数值"), width=16, numeric=True),
        Column(_("单位"), width=12),
        Column(_("占谁的"), width=16),
        Column(_("性质"), width=18),
        Column(_("来源"), width=40),
        Column(_("位置"), width=18),
    ]


def figure_row(figure) -> list[Cell]:  # type: ignore[no-untyped-def]
    view = figure_view(figure, unit=figure.unit)
    return [
        text(names.subject_name(figure.subject_code, figure.subject_name)),
        text(names.metric_name(figure.metric)),
        text(names.kind_name(figure.figure)),
        text(names.period_name(figure.period)),
        figure_cell(view, figure.unit),
        text(unit_name(figure.unit, language()) if figure.unit else ""),
        text(names.subject_name(figure.of, figure.of_name) if figure.of else ""),
        text(names.status_name(figure.status)),
        text(names.source_title(figure.source_id, figure.source_title)),
        text(names.locator_of(figure.ref, figure.locator)),
    ]


@requires("facts.export")
def zone(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything known about a zone in one period, with what follows from it."""
    here = stage(request, room="home", slug=slug)
    figures = selectors.standing_of_many(
        here.reader, sorted(subjects_checked(here.zone.code)), figure=None, as_of=known_at(request)
    )
    period = period_of(request, []) if request.GET.get("period") else None
    shown = [f for f in figures if period is None or period.contains(f.period)]
    rows = [figure_row(figure) for figure in shown]
    for obs in Implied(figures).observations:
        if period is not None and not period.contains(obs.period):
            continue
        view = derived_view(obs)
        metric = catalogue.metric(obs.metric)
        rows.append(
            [
                text(names.subject_name(obs.subject)),
                text(names.metric_name(metric)),
                text(names.kind_name(obs.figure)),
                text(names.period_name(obs.period)),
                Cell(view.text, comment=_("推算：%s") % obs.formula),
                text(""),
                text(""),
                text(names.status_name("derived")),
                text(""),
                text(""),
            ]
        )
    name = names.name_of(here.zone)
    title = f"{name} {names.period_name(period)}" if period is not None else name
    return exports.answer(
        here.reader,
        what="zone",
        title=title,
        columns=figure_columns(),
        rows=rows,
        filters=[*([names.period_name(period)] if period is not None else []), *said(request)],
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )


@requires("facts.export")
def zone_word(request: HttpRequest, slug: str) -> HttpResponse:
    """The zone's own figures as a table for a report, in Word."""
    here = stage(request, room="home", slug=slug)
    figures = selectors.standing(here.reader, here.zone, figure=None, as_of=known_at(request))
    layout = layout_of(here.zone.code)
    period = here.with_periods(figures, layout.period if layout is not None else None)
    if period is None:
        raise NotFound("这个园区还没有数。", "This zone has no figures yet.")
    return exports.answer_word(
        here.reader,
        title=f"{names.name_of(here.zone)} {names.period_name(period)}",
        report=report_table(here.zone.code, figures, period),
        filters=said(request),
        zone=here.zone,
    )


@requires("facts.export")
def metric(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """All periods and kinds of one metric."""
    here = stage(request, room="home", slug=slug)
    known = catalogue.library().metrics.get(code)
    if known is None:
        raise NotFound(metric=code)
    figures = selectors.standing(here.reader, here.zone, metrics=[code], figure=None, as_of=known_at(request))
    return exports.answer(
        here.reader,
        what="metric",
        title=f"{names.name_of(here.zone)} {names.metric_name(known)}",
        columns=figure_columns(),
        rows=[figure_row(figure) for figure in figures],
        filters=said(request),
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )


@requires("facts.export")
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison as it stands on the page, with its warnings."""
    reader = enter_room(request, "home")
    zones = selectors.zones(reader)
    asked = request.GET.getlist("zones")
    real = [one for one in zones if not one.synthetic]
    chosen = [one for one in zones if one.code.partition("/")[2] in asked] or real or zones
    figures = selectors.standing_of_many(reader, chosen, figure=None)
    period = period_of(request, []) if request.GET.get("period") else None
    metrics = [code for code in request.GET.getlist("metric") if code]
    table = comparison(chosen, figures, period, metrics, everything=request.GET.get("all") == "1")
    columns = [Column(_("指标"), width=28), Column(_("单位"), width=12)]
    for one in chosen:
        columns += [Column(names.name_of(one), numeric=True), Column(_("时期"), width=12)]
    columns.append(Column(_("能不能比"), width=36))
    rows = []
    for row in table:
        cells = [text(row.name), text(row.unit)]
        for view in row.cells:
            cells += [figure_cell(view, row.metric.unit or "" if row.unit else ""), text(view.period)]
        cells.append(text("；".join(row.warnings) or _("同口径、同时期")))
        rows.append(cells)
    return exports.answer(
        reader,
        what="compare",
        title=_("园区对比"),
        columns=columns,
        rows=rows,
        filters=[names.name_of(one) for one in chosen],
        synthetic=any(one.synthetic for one in chosen),
    )


@requires("facts.export")
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Everything taken from a document, corrected and withdrawn figures too, marked."""
    reader = enter_room(request, "data")
    view = selectors.source(reader, code)
    rows, after, synthetic = [], None, False
    while True:
        page = taken_from(reader, view.source, after=after)
        for taken in page.rows:
            obs = taken.observation
            value = value_of(obs.op, obs.number, obs.high, obs.step, obs.text, obs.dimension)
            known = catalogue.metric(obs.metric.code)
            synthetic = synthetic or obs.status == "synthetic"
            words = value_words(value, obs.unit, language(), metric=known)
            rows.append(
                [
                    text(names.locator_of(obs.ref or "", obs.locator)),
                    text(names.name_of(obs.subject)),
                    text(names.figure_name(known, obs.figure)),
                    text(names.period_name(parse_period(obs.period))),
                    text(words.text),
                    text(obs.written),
                    text(names.status_name(obs.status)),
                    text(_("已撤回") if taken.withdrawn else _("已更正") if taken.replaced else _("在用")),
                ]
            )
        after = page.after
        if after is None or len(rows) >= _MOST_TAKEN:
            break
    titles = [_("位置"), _("主体"), _("指标"), _("时期"), _("数值"), _("原文写作"), _("性质"), _("状态")]
    return exports.answer(
        reader,
        what="source",
        title=names.title_of(view.source),
        columns=[Column(title, width=20) for title in titles],
        rows=rows,
        zone=view.source.zone,
        synthetic=synthetic,
    )


@requires("facts.export")
def checks(request: HttpRequest) -> HttpResponse:
    """The cross-checks of a zone with values, inputs and verdicts."""
    here = stage(request, room="data")
    figures = selectors.standing_of_many(here.reader, sorted(subjects_checked(here.zone.code)), figure=None)
    held = Checks(here.zone.code, figures)
    verdict = request.GET.get("verdict", "")
    shown = held.general if request.GET.get("rules") == "1" else held.findings
    rows = [
        [
            text(str(one.no or "")),
            text(one.rule),
            text(one.title),
            text(one.word),
            text("；".join(f"{name} {value}" for name, value in one.results)),
            text(one.reason),
            text(one.note),
            text("；".join(f"{view.label} {view.period} {view.text}" for view in one.inputs)),
        ]
        for one in shown
        if verdict not in CHIPS or one.verdict == verdict
    ]
    titles = [_("序号"), _("规则"), _("内容"), _("结论"), _("算得"), _("原因"), _("说明"), _("用到的数")]
    widths = (8, 8, 36, 12, 36, 30, 40, 50)
    return exports.answer(
        here.reader,
        what="checks",
        title=_("%s数据互校") % names.name_of(here.zone),
        columns=[Column(title, width=width) for title, width in zip(titles, widths, strict=True)],
        rows=rows,
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )
