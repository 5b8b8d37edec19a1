"""What waits for me (我的工作台), the data hub (数据), and the search results."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gaoxin.web.accounts.permissions import can, require
from gaoxin.web.ledger import scope
from gaoxin.web.pages import desk as waiting
from gaoxin.web.pages import names
from gaoxin.web.pages.finding import metrics_like, sources_like, subjects_like
from gaoxin.web.pages.scope import slug_of
from gaoxin.web.pages.selectors import batches
from gaoxin.web.pages.stage import enter_room, stage

_PER_GROUP = 6


def desk(request: HttpRequest) -> HttpResponse:
    """Conflicts to rule on, open questions, imports in the middle."""
    here = stage(request, room="desk", path=reverse("desk"))
    require(here.reader, "checks.view")
    items = waiting.items(here.reader, here.zone)
    context = {"zone_name": names.name_of(here.zone), "slug": slug_of(here.zone.code), "items": items}
    return render(request, "pages/desk.html", context)


def data(request: HttpRequest) -> HttpResponse:
    """Everything one can do with data, and what was recorded last."""
    here = stage(request, room="data", path=reverse("data"))
    require(here.reader, "packs.view")
    reader = here.reader
    context = {
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "batches": [waiting.batch_line(batch) for batch in batches(reader, here.zone, limit=12)],
        "may_withdraw": can(reader, "facts.correct"),
    }
    return render(request, "pages/data.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """Subjects, metrics and documents that fit; a fragment for the box, a page for Enter."""
    reader = enter_room(request, "home")
    text = request.GET.get("q", "").strip()[:80]
    limit = _PER_GROUP if request.htmx else 30  # type: ignore[attr-defined]
    zone = None
    subjects = subjects_like(reader, text, limit=limit)
    metrics, sources = [], []
    if can(reader, "zones.view"):
        here = stage(request, room="home")
        zone = here.zone
        metrics = metrics_like(text, limit=limit, kind="zone")
        sources = sources_like(reader, text, limit=limit)
    context = {
        "q": text,
        "subjects": [
            {
                "name": names.name_of(s),
                "url": names.subject_url(s),
                "kind": names.subject_kind(s.kind),
                "code": s.uscc,
            }
            for s in subjects
            if s.kind != "region"
        ],
        "metrics": [
            {
                "name": names.metric_name(m),
                "url": reverse("metric", args=[slug_of(zone.code), m.id]) if zone else "",
                "unit": m.unit or "",
            }
            for m in metrics
        ],
        "sources": [
            {
                "name": names.title_of(s),
                "url": reverse("source", args=[s.code]),
                "kind": names.document_kind(s.document),
            }
            for s in sources
        ],
        "zone_name": names.name_of(zone) if zone else "",
    }
    scope.enter(reader)
    template = "parts/found.html" if request.htmx else "pages/search.html"  # type: ignore[attr-defined]
    return render(request, template, context)
