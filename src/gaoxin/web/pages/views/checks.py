"""Every cross-check of a zone with its verdict, values and inputs (数据互校)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import selectors
from gaoxin.web.ledger.remembered import remembered, rights
from gaoxin.web.pages import names
from gaoxin.web.pages.answers import answer_doubt, answers, finding_key, is_doubtful
from gaoxin.web.pages.forms import said
from gaoxin.web.pages.scope import language, slug_of
from gaoxin.web.pages.stage import Stage, stage
from gaoxin.web.pages.verdicts import CHIPS, LOUD, Checks, FindingView, counts, subjects_checked


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
        "findings": _answerable(here, [one for one in shown if not verdict or one.verdict == verdict]),
        "answer_url": reverse("checks-answer") + f"?zone={slug_of(here.zone.code)}",
    }
    return render(request, "pages/checks.html", context)


def _answerable(here: Stage, findings: list[FindingView]) -> list[dict[str, object]]:
    """Doubts nobody has answered come first, the gravest of them before the others."""
    held = answers(here.zone)
    rows: list[dict[str, object]] = []
    for finding in findings:
        key = finding_key(finding) if is_doubtful(finding) else ""
        rows.append({"one": finding, "key": key, "answer": held.get(key)})
    still = [row for row in rows if row["key"] and row["answer"] is None]
    order = {verdict: place for place, verdict in enumerate(LOUD)}
    still.sort(key=lambda row: order[row["one"].verdict])  # type: ignore[attr-defined]
    return [*still, *(row for row in rows if row not in still)]


@requires("facts.check")
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """What a clerk found out about a finding; it then no longer waits."""
    here = stage(request, room="data")
    declared, noticed = _all(here)
    key = request.POST.get("key", "")
    found = next((one for one in (*declared, *noticed) if is_doubtful(one) and finding_key(one) == key), None)
    try:
        if found is None:
            raise NotFound("这一项已经变了，请再看一次。", "This finding has changed; look at it again.")
        answer_doubt(
            by=here.reader,
            zone=here.zone,
            key=key,
            title=found.title,
            kind=request.POST.get("kind", ""),
            reason=request.POST.get("reason", ""),
        )
    except GaoxinError as problem:
        messages.error(request, said(problem))
    else:
        messages.success(request, _("已记下核实结果"))
    back = reverse("checks") + f"?zone={slug_of(here.zone.code)}"
    return redirect(back + ("&rules=1" if found is not None and found in noticed else ""))


def _all(here: Stage) -> tuple[list[FindingView], list[FindingView]]:
    """What was declared, and what the general rules notice."""
    figures = selectors.standing_of_many(here.reader, sorted(subjects_checked(here.zone.code)), figure=None)
    held = Checks(here.zone.code, figures)
    return held.findings, held.general
