"""Asking for an evaluation of the zone, and how far it is (判定与进度)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gaoxin.web.accounts.permissions import requires
from gaoxin.web.eligibility import services
from gaoxin.web.eligibility.evaluations import evaluation_view
from gaoxin.web.pages.stage import stage


@require_POST
@requires("standings.evaluate")
def evaluate(request: HttpRequest) -> HttpResponse:
    """Ask for it; back to the page the button stands on."""
    here = stage(request, room="policy")
    services.request_evaluation(by=here.reader, zone=here.zone)
    messages.success(request, _("已交给后台判定，完成后这里会更新"))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else reverse("rules"))


@requires("standings.view")
def state(request: HttpRequest) -> HttpResponse:
    """The line that says by what the zone was judged, asked again while the worker is at it."""
    here = stage(request, room="policy")
    return render(
        request, "eligibility/evaluation.html", {"evaluation": evaluation_view(here.reader, here.zone)}
    )
