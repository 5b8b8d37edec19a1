"""Enterprises of a zone: the list (企业名录) and the page of one subject (企业页)."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.web.accounts.models import Role
from gaoxin.web.accounts.permissions import can, requires
from gaoxin.web.ledger import catalogue, selectors, services
from gaoxin.web.ledger.listing import Page, every
from gaoxin.web.ledger.listing import subjects as subjects_page
from gaoxin.web.ledger.reading import parse_period
from gaoxin.web.ledger.remembered import not_remembered
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.as_of import known_at, said
from gaoxin.web.pages.exports import standing_cell, text
from gaoxin.web.pages.scope import slug_of
from gaoxin.web.pages.stage import Stage, about, enter_room, stage
from gaoxin.web.pages.subject_list import (
    KIND,
    Filter,
    Known,
    chosen_columns,
    columns,
    filters,
    having,
    known,
    list_unit,
    newest,
    rows,
)
from gaoxin.web.pages.subject_page import subject_view
from gaoxin.web.pages.views.exports import figure_columns, figure_row
from gaoxin.web.pages.workbooks import Column

_PAGE = 50
_MOST_EXPORTED = 20_000


@requires("enterprises.view")
def subjects(request: HttpRequest) -> HttpResponse:
    """Search, sort, choose columns and period; the rows alone for htmx."""
    if request.user.role == Role.ENTERPRISE_USER:  # type: ignore[union-attr]
        return redirect("home")
    here = stage(request, room="firm", path=reverse("subjects"))
    there = known(here.reader, here.zone)
    period = _period(request, there)
    metrics = chosen_columns(request.GET.getlist("col"), there)
    sort = _sort(request)
    search = request.GET.get("q", "").strip()[:80]
    chosen = filters(request.GET, there)
    page = _page(here, search, sort, request.GET.get("after", ""), _PAGE, chosen)
    context = {
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "q": search,
        "sort": sort,
        "page": page,
        "columns": columns(metrics, period, sort),
        "rows": rows(here.reader, page.subjects, metrics, period, there),
        "choices": [
            {"id": m, "name": names.metric_name(catalogue.metric(m)), "on": m in {c.id for c in metrics}}
            for m in there.metrics
        ],
        "periods": [{"code": p.code, "name": names.period_name(p), "on": p == period} for p in there.periods],
        "period": period,
        "filters": chosen,
        "first": not request.GET.get("after"),
    }
    partial = request.htmx and request.htmx.target == "rows"  # type: ignore[attr-defined]
    return render(request, "parts/subject_rows.html" if partial else "pages/subjects.html", context)


def _page(here: Stage, search: str, sort: str, after: str, limit: int, chosen: Sequence[Filter]) -> Page:
    return subjects_page(
        here.reader,
        here.zone,
        KIND,
        search=search,
        sort=sort,
        after=after,
        limit=limit,
        having=having(chosen),
    )


def _period(request: HttpRequest, there: Known) -> Period | None:
    """The period asked for, else the newest year that has figures."""
    asked = request.GET.get("period", "")
    if asked:
        return parse_period(asked)
    years = [period for period in there.periods if period.form == "year"]
    return (years or list(there.periods) or [None])[0]


def _sort(request: HttpRequest) -> str:
    return request.GET.get("sort", "") or "name"


@requires("facts.export")
def export(request: HttpRequest) -> HttpResponse:
    """The whole list under its filter, sorted as on the page."""
    here = stage(request, room="firm")
    there = known(here.reader, here.zone)
    period = _period(request, there)
    metrics = chosen_columns(request.GET.getlist("col"), there)
    search = request.GET.get("q", "").strip()[:80]
    chosen = filters(request.GET, there)
    heads = [Column(_("企业"), width=32), Column(_("统一社会信用代码"), width=22)]
    heads += [
        Column(names.metric_name(m), unit=list_unit(m), width=16, numeric=m.is_numeric) for m in metrics
    ]
    body, units = [], [list_unit(metric) for metric in metrics]
    with not_remembered():
        for block in every(
            here.reader,
            here.zone,
            KIND,
            search=search,
            sort=_sort(request),
            having=having(chosen),
            most=_MOST_EXPORTED,
        ):
            told = newest(here.reader, block, metrics, period, there)
            for firm, figures in zip(block, told, strict=True):
                cells = [standing_cell(one, unit) for one, unit in zip(figures, units, strict=True)]
                body.append([text(names.name_of(firm)), text(firm.uscc or ""), *cells])
    asked = [names.period_name(period)] if period is not None else []
    asked += [f"{one.name} {one.word}" for one in chosen if one.chosen]
    asked += [_("搜“%s”") % search] if search else []
    return exports.answer(
        here.reader,
        what="subjects",
        title=_("%s企业名录") % names.name_of(here.zone),
        columns=heads,
        rows=body,
        filters=asked,
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )


def subject(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One subject: its figures by group, periods across, and where they come from."""
    reader = enter_room(request, "firm" if kind == KIND else "home")
    found = selectors.subject(reader, f"{kind}/{code}")
    if kind == "zone":
        return redirect(names.subject_url(found))
    about(request, found.zone)
    figures = selectors.standing(reader, found, figure=None, as_of=known_at(request))
    if kind == KIND and reader.role != Role.ENTERPRISE_USER:
        services.note_view(by=reader, subject=found)
    context = {
        "subject": found,
        "name": names.name_of(found),
        "kind": names.subject_kind(kind),
        "zone_name": names.name_of(found.zone) if found.zone is not None else "",
        "zone_slug": slug_of(found.zone.code) if found.zone is not None else "",
        "view": subject_view(figures, request.GET.getlist("period"), may_rule=can(reader, "facts.rule")),
    }
    return render(request, "pages/subject.html", context)


@requires("facts.export")
def export_one(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """All figures of one subject."""
    reader = enter_room(request, "firm")
    found = selectors.subject(reader, f"{kind}/{code}")
    figures = selectors.standing(reader, found, figure=None, as_of=known_at(request))
    return exports.answer(
        reader,
        what="subject",
        title=names.name_of(found),
        columns=figure_columns(),
        rows=[figure_row(figure) for figure in figures],
        filters=said(request),
        zone=found.zone,
        synthetic=found.synthetic,
    )
