"""Correct a figure with a reason (更正): first what would change, then the correction; nothing is
overwritten.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import selectors, services
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import Observation, Subject
from gaoxin.web.ledger.moments import when
from gaoxin.web.objections.lines import line
from gaoxin.web.objections.selectors import objection as objection_of
from gaoxin.web.objections.services import accept_with_correction
from gaoxin.web.pages import names, provenance, questions
from gaoxin.web.pages.answers import answer_doubt, question_key
from gaoxin.web.pages.consequences import Change, consequences
from gaoxin.web.pages.figures import figure_view
from gaoxin.web.pages.forms import CorrectionForm, said
from gaoxin.web.pages.magnitude import Leap, leap
from gaoxin.web.pages.quantity_words import value_words
from gaoxin.web.pages.scope import language, whole
from gaoxin.web.pages.selectors import sources_for
from gaoxin.web.pages.stage import about, enter_room
from gaoxin.web.pages.verdicts import subjects_checked


@requires("facts.correct")
def correct(request: HttpRequest, observation: int) -> HttpResponse:
    """Form → what would change → recorded. A conflict is ruled on, not corrected.

    Who comes second sees what the first one did, and keeps what was typed.
    """
    reader = enter_room(request, "data")
    figure = selectors.figure(reader, observation)
    if figure.is_conflict:
        return redirect("conflict", figure.observation_id)
    if figure.observation_id != observation and request.method != "POST":
        messages.info(request, _("这个数已经更正过，下面是现在的数"))
        return redirect("correct", figure.observation_id)
    objection = whole(request.GET.get("objection", ""))
    subject = selectors.subject(reader, figure.subject_code)
    zone = subject.zone or subject
    about(request, zone if zone.kind == "zone" else None)
    held = sources_for(reader, zone)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        figure=figure,
        sources=held,
        initial=_initial(figure),
    )
    context: dict[str, object] = {
        "form": form,
        "figure": figure,
        "card": provenance.card_of(figure),
        "view": figure_view(figure, unit=figure.unit, in_full=True),
        "subject_name": names.name_of(subject),
        "objection": line(reader, objection_of(reader, objection)) if objection is not None else None,
    }
    if form.is_bound and form.is_valid() and form.new_value is not None:
        data = form.cleaned_data
        change = leap(figure.value, form.new_value)
        overtaken = (data["seen"] or observation) != figure.observation_id
        if request.POST.get("step") == "record" and not overtaken and _is_sure(change, data["sure"]):
            try:
                new = _record(
                    reader,
                    objection,
                    observation_id=figure.observation_id,
                    value=data["value"],
                    unit=data["unit"],
                    op=data["op"] or "=",
                    reason_code=data["reason_code"],
                    reason=data["reason"],
                    source=data["source"],
                    locator=data["locator"] or None,
                    written=data["written"],
                )
            except GaoxinError as problem:
                form.add_error(None, said(problem))
            else:
                undo = reverse("withdraw", args=[new.batch_id])
                messages.success(request, _("已更正，原来的数留在记录里"), extra_tags=undo)
                return redirect("figure", new.pk)
        else:
            context["new"] = value_words(form.new_value, figure.unit, language(), in_full=True)
            context["leap"] = change
            context["overtaken"] = _overtaking(figure) if overtaken else ""
            context["changes"] = _changes(reader, zone, subject, figure, form)
    status = 422 if form.errors else 200
    return render(request, "pages/correct.html", context, status=status)


def _is_sure(change: Leap | None, confirmed: bool) -> bool:
    """A number many times the old one is recorded only once that was seen and confirmed."""
    return change is None or not change.sure or confirmed


def _overtaking(figure: Figure) -> str:
    """Who changed the figure meanwhile, when and why."""
    words = value_words(figure.value, figure.unit, language(), in_full=True)
    said = f"{figure.recorded_by} {when(figure.recorded_at)}"
    reason = f"，{figure.reason}" if figure.reason else ""
    return _("%(who)s 已改为 %(value)s%(reason)s") % {"who": said, "value": words.text, "reason": reason}


def _record(reader: User, objection: int | None, **correction: Any) -> Observation:
    """The correction; with the objection that it accepts, if the clerk came from one."""
    if objection is None:
        return services.correct(by=reader, **correction)
    return accept_with_correction(by=reader, objection_id=objection, **correction)


def _initial(figure: Figure) -> dict[str, str]:
    return {
        "op": figure.value.op if figure.value.op != "[]" else "=",
        "unit": figure.unit,
        "source": figure.source_id,
        "reason_code": "mistake",
    }


def _changes(
    reader: User, zone: Subject, subject: Subject, figure: Figure, form: CorrectionForm
) -> list[Change]:
    """What depends on the figure: for a firm within the firm, else within everything the zone's checks
    read.
    """
    assert form.new_value is not None
    personal = subject.kind == "enterprise"
    codes = {subject.code} if personal else subjects_checked(zone.code) | {subject.code}
    figures = selectors.standing_of_many(reader, sorted(codes), figure=None)
    return consequences(zone.code, figures, figure, form.new_value, form.cleaned_data["unit"])


@requires("facts.check")
@require_POST
def answer(request: HttpRequest, observation: int) -> HttpResponse:
    """What was found out about the question that a source leaves open; the desk asks no more."""
    reader = enter_room(request, "data")
    figure = selectors.figure(reader, observation)
    subject = selectors.subject(reader, figure.subject_code)
    title, _detail = questions.spoken(figure)
    try:
        if not title:
            raise NotFound("这个数没有要核实的。", "Nothing is asked about this figure.")
        answer_doubt(
            by=reader,
            zone=subject.zone or subject,
            key=question_key(figure),
            title=title,
            kind=request.POST.get("kind", ""),
            reason=request.POST.get("reason", ""),
        )
    except GaoxinError as problem:
        messages.error(request, said(problem))
    else:
        messages.success(request, _("已记下核实结果"))
    return redirect("figure", figure.observation_id)


@requires("facts.check")
@require_POST
def check(request: HttpRequest, observation: int) -> HttpResponse:
    """A second person found the figure right."""
    reader = enter_room(request, "data")
    services.check_observation(by=reader, observation_id=observation)
    messages.success(request, _("已记下复核"))
    return redirect("figure", observation)
