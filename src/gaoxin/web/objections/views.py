"""The pages of objections: raise one, follow one's own, answer those of the zone (异议)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import can, require, requires
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import selectors as ledger
from gaoxin.web.ledger.models import Source, Subject
from gaoxin.web.objections import selectors, services
from gaoxin.web.objections.forms import AnswerForm, ObjectionForm
from gaoxin.web.objections.lines import line
from gaoxin.web.objections.models import Objection
from gaoxin.web.pages import names, provenance
from gaoxin.web.pages.figures import figure_view
from gaoxin.web.pages.forms import said
from gaoxin.web.pages.scope import whole
from gaoxin.web.pages.selectors import sources_for
from gaoxin.web.pages.stage import about, enter_room

STATES = ("open", "answered")


@requires("facts.object")
def new(request: HttpRequest, observation: int) -> HttpResponse:
    """Say that a figure is wrong, and why."""
    reader = enter_room(request, "data")
    figure = ledger.figure(reader, observation)
    subject = ledger.subject(reader, figure.subject_code)
    _about(request, subject)
    form = ObjectionForm(
        request.POST if request.method == "POST" else None, sources=_documents(reader, subject)
    )
    if form.is_bound and form.is_valid():
        try:
            made = services.raise_objection(
                by=reader, observation_id=figure.observation_id, **form.cleaned_data
            )
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已提出，统计人员会答复"))
            return redirect("objection", made.pk)
    context = {
        "form": form,
        "card": provenance.card_of(figure),
        "view": figure_view(figure),
        "subject_name": names.name_of(subject),
    }
    return render(request, "objections/new.html", context, status=422 if form.errors else 200)


def objections(request: HttpRequest) -> HttpResponse:
    """Newest first: one's own, and for statisticians, director and auditor all of their zones."""
    reader = enter_room(request, "data", synthetic=False)
    _require_any(reader)
    asked = request.GET.get("state", "")
    state = asked if asked in STATES else ""
    rows, more = selectors.objections(reader, state=state, after=whole(request.GET.get("after", "")))
    context = {
        "lines": [line(reader, one) for one in rows],
        "after": more,
        "state": state,
        "states": [("open", _("待答复")), ("answered", _("已答复"))],
    }
    return render(request, "objections/objections.html", context)


def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection and its answer; who looks after the figure answers here."""
    reader = enter_room(request, "data")
    _require_any(reader)
    held = selectors.objection(reader, pk)
    now = services.figure_now(reader, held)
    _about(request, held.subject)
    may_answer = selectors.may_answer(reader, held) and getattr(held, "answer", None) is None
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        act = services.accept if request.POST.get("answer") == "accept" else services.refuse
        try:
            act(by=reader, objection_id=held.pk, reason=form.cleaned_data["reason"])
        except MoveRefused:  # a colleague was faster: a page of its own says so
            raise
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已答复"))
            return redirect("objection", held.pk)
    context: dict[str, Any] = {
        "form": form,
        "line": line(reader, held),
        "card": provenance.card_of(now) if now is not None else None,
        "view": figure_view(now) if now is not None else None,
        "may_answer": may_answer,
        "changed": services.has_changed(held, now),
        "fix_url": _fix_url(held, now) if may_answer else "",
        "is_conflict": now is not None and now.is_conflict,
    }
    return render(request, "objections/objection.html", context, status=422 if form.errors else 200)


def _fix_url(held: Objection, now: ledger.Figure | None) -> str:
    if now is None:
        return ""
    if now.is_conflict:
        return reverse("conflict", args=[now.observation_id])
    return f"{reverse('correct', args=[now.observation_id])}?objection={held.pk}"


def _require_any(reader: User) -> None:
    """Those who object, and those who answer."""
    if not can(reader, "facts.correct"):
        require(reader, "facts.object")


def _documents(reader: User, subject: Subject) -> list[Source]:
    zone = subject.zone or subject
    try:
        return sources_for(reader, zone)
    except NotFound:
        return []


def _about(request: HttpRequest, subject: Subject) -> None:
    about(request, subject.zone or (subject if subject.kind == "zone" else None))
