"""Record one figure by hand (录入): the form, its hints while typing, and the field checks on leaving a
field.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.ledger import catalogue, scope, services
from gaoxin.web.pages import names
from gaoxin.web.pages.finding import metrics_like, subjects_like
from gaoxin.web.pages.forms import KINDS, EntryForm, said
from gaoxin.web.pages.scope import slug_of
from gaoxin.web.pages.selectors import sources_for
from gaoxin.web.pages.stage import Stage, stage

_HINTS = 12


@requires("facts.enter")
def enter(request: HttpRequest) -> HttpResponse:
    """The form; after recording, the page of the new figure."""
    here = stage(request, room="data", path=reverse("enter"))
    sources = sources_for(here.reader, here.zone)
    given = request.POST if request.method == "POST" else None
    form = EntryForm(
        given, reader=here.reader, zone=here.zone, sources=sources, initial=_initial(request, here)
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        assert form.found_subject is not None
        assert form.found_metric is not None
        try:
            recorded = services.record_entry(
                by=here.reader,
                subject=form.found_subject.code,
                metric=form.found_metric.id,
                period=data["period"],
                value=data["value"],
                unit=data["unit"],
                op=data["op"] or "=",
                figure=data["figure"],
                of=data["of"],
                source=data["source"],
                locator=data["locator"],
                written=data["written"],
                status="synthetic" if form.found_subject.synthetic else "reported",
                note=data["note"],
            )
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            undo = reverse("withdraw", args=[recorded.batch_id])
            messages.success(request, _("已登记 1 个数"), extra_tags=undo)
            return redirect("figure", recorded.pk)
    regions = scope.visible_subjects(here.reader).filter(kind="region").order_by("code")
    context = {
        "form": form,
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "sources": sources,
        "regions": [(region.code, names.name_of(region)) for region in regions],
        "kinds": [(kind, names.kind_name(kind)) for kind in KINDS],
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/enter.html", context, status=status)


def _initial(request: HttpRequest, here: Stage) -> dict[str, str]:
    metric = catalogue.library().metrics.get(request.GET.get("metric", ""))
    return {
        "subject": names.name_of(here.zone),
        "metric": names.metric_name(metric) if metric is not None else "",
        "unit": (metric.unit or "") if metric is not None else "",
        "period": request.GET.get("period", ""),
        "source": request.GET.get("source", ""),
        "figure": "level",
        "op": "=",
    }


@requires("facts.enter")
def check_entry(request: HttpRequest) -> HttpResponse:
    """What is wrong with one field, asked when it is left; nothing is recorded."""
    here = stage(request, room="data", path=reverse("enter"))
    name = request.POST.get("field", "")
    form = EntryForm(
        request.POST, reader=here.reader, zone=here.zone, sources=sources_for(here.reader, here.zone)
    )
    form.is_valid()
    errors = form.errors.get(name, []) if request.POST.get(name) else []
    return render(request, "parts/field_error.html", {"errors": errors, "name": name})


@requires("facts.enter")
def subject_hints(request: HttpRequest) -> HttpResponse:
    """Names that begin with or contain what was typed, also by pinyin initials."""
    here = stage(request, room="data", path=reverse("enter"))
    found = subjects_like(here.reader, request.GET.get("subject", ""), limit=_HINTS, zone=here.zone)
    options = [(f"{names.name_of(s)}（{s.uscc or s.code}）", names.subject_kind(s.kind)) for s in found]
    return render(request, "parts/options.html", {"options": options})


@requires("facts.enter")
def metric_hints(request: HttpRequest) -> HttpResponse:
    found = metrics_like(request.GET.get("metric", ""), limit=_HINTS)
    options = [(names.metric_name(metric), metric.unit or "") for metric in found]
    return render(request, "parts/options.html", {"options": options})
