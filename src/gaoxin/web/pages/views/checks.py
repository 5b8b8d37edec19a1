"""Every cross-check of a zone with its verdict, values and inputs (数据互校)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gaoxin.web.accounts.permissions import requires
from gaoxin.web.ledger import selectors
from gaoxin.web.ledger.remembered import remembered, rights
from gaoxin.web.pages import names
from gaoxin.web.pages.scope import language, slug_of
from gaoxin.web.pages.stage import Stage, stage
from gaoxin.web.pages.verdicts import CHIPS, Checks, FindingView, counts, subjects_checked


@requires("checks.view")
def checks(request: HttpRequest) -> HttpResponse:
    """Declared checks, and what the general rules noticed; `?verdict=` narrows, `?rules=1` shows the
    rules.
    """
    here = stage(request, room="data", path=reverse("checks"))
    declared, noticed = remembered(
        ("checks", rights(here.reader), language(), here.zone.code), lambda: _all(here)
    )
    general = request.GET.get("rules") == "1"
    shown = noticed if general else declared
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in CHIPS else ""
    context = {
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "general": general,
        "declared_count": len(declared),
        "general_count": len(noticed),
        "counts": counts(shown),
        "total": len(shown),
        "verdict": verdict,
        "findings": [finding for finding in shown if not verdict or finding.verdict == verdict],
    }
    return render(request, "pages/checks.html", context)


def _all(here: Stage) -> tuple[list[FindingView], list[FindingView]]:
    """What was declared, and what the general rules notice."""
    figures = selectors.standing_of_many(here.reader, sorted(subjects_checked(here.zone.code)), figure=None)
    held = Checks(here.zone.code, figures)
    return held.findings, held.general
