"""One metric of a zone (指标页), and zones side by side (园区对比)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gaoxin.web.accounts.permissions import can, requires
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import catalogue, selectors
from gaoxin.web.pages import names
from gaoxin.web.pages.as_of import known_at
from gaoxin.web.pages.comparison import comparison, look_alikes, metrics_known
from gaoxin.web.pages.metric_page import metric_view
from gaoxin.web.pages.scope import period_of
from gaoxin.web.pages.stage import enter_room, stage


@requires("zones.view")
def metric(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """History with vintages, shares, ranks, what follows, and the definition."""
    here = stage(request, room="home", slug=slug)
    known = catalogue.library().metrics.get(code)
    if known is None:
        raise NotFound("没有这个指标。", "There is no such metric.", metric=code)
    figures = selectors.standing(here.reader, here.zone, figure=None, as_of=known_at(request))
    now = here.with_periods([figure for figure in figures if figure.metric.id == code])
    view = metric_view(here.zone.code, known, figures, now, may_rule=can(here.reader, "facts.rule"))
    context = {"zone": here.zone, "zone_name": names.name_of(here.zone), "slug": slug, "view": view}
    return render(request, "pages/metric.html", context | {"name": names.metric_name(known)})


@requires("zones.view")
def compare(request: HttpRequest) -> HttpResponse:
    """Metrics × zones. Zones and metrics are chosen in the address, so a comparison can be sent to a
    colleague.
    """
    reader = enter_room(request, "home")
    zones = selectors.zones(reader)
    asked = request.GET.getlist("zones")
    real = [zone for zone in zones if not zone.synthetic]
    chosen = [zone for zone in zones if zone.code.partition("/")[2] in asked] or real or zones
    figures = selectors.standing_of_many(reader, chosen, figure=None)
    period = period_of(request, []) if request.GET.get("period") else None
    metrics = [code for code in request.GET.getlist("metric") if code]
    request.gx_synthetic = any(zone.synthetic for zone in chosen)  # type: ignore[attr-defined]
    everything = request.GET.get("all") == "1"
    context = {
        "zones": [
            {"code": z.code, "slug": z.code.partition("/")[2], "name": names.name_of(z), "on": z in chosen}
            for z in zones
        ],
        "chosen": [
            {"name": names.name_of(z), "url": reverse("zone", args=[z.code.partition("/")[2]])}
            for z in chosen
        ],
        "rows": comparison(chosen, figures, period, metrics, everything=everything),
        "everything": everything,
        "alike": look_alikes(chosen, figures),
        "metrics": [
            {"id": m.id, "name": names.metric_name(m), "on": m.id in metrics}
            for m in metrics_known(figures, [z.code for z in chosen])
        ],
        "years": sorted({figure.period.year for figure in figures}, reverse=True),
        "period": period,
    }
    return render(request, "pages/compare.html", context)
