"""Where sources disagree (来源不一致): the list, and the desk on which one figure is ruled on."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.ledger import selectors, services
from gaoxin.web.ledger.contested import conflicts as conflicts_of
from gaoxin.web.ledger.contested import rulings as rulings_of
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.objections.lines import line
from gaoxin.web.objections.selectors import waiting
from gaoxin.web.pages import names, provenance, questions
from gaoxin.web.pages.forms import ReasonForm, said
from gaoxin.web.pages.scope import whole
from gaoxin.web.pages.stage import about, enter_room, stage


@dataclass(frozen=True, slots=True)
class Contested:
    card: provenance.Card


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the disagreeing statements."""

    id: int
    said: provenance.Statement
    note: str


@requires("checks.view")
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every figure of the zone whose sources disagree, and those already ruled on."""
    here = stage(request, room="data", path=reverse("conflicts"))
    context = {
        "zone_name": names.name_of(here.zone),
        "conflicts": [Contested(provenance.card_of(f)) for f in conflicts_of(here.reader, here.zone)],
        "objections": [line(here.reader, one) for one in waiting(here.reader, here.zone).order_by("pk")],
        "ruled": [Contested(provenance.card_of(f)) for f in rulings_of(here.reader, here.zone)],
    }
    return render(request, "pages/conflicts.html", context)


@requires("facts.rule")
def conflict(request: HttpRequest, observation: int) -> HttpResponse:
    """Both statements side by side; a ruling needs a reason, a new ruling undoes an old one."""
    reader = enter_room(request, "data")
    figure = selectors.figure(reader, observation)
    subject = selectors.subject(reader, figure.subject_code)
    about(request, subject.zone or (subject if subject.kind == "zone" else None))
    if not figure.others:
        messages.info(request, _("这个数的来源已经一致，没有要裁定的"))
        return redirect("figure", figure.observation_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        seen = [pk for part in data["seen"].split(",") if (pk := whole(part)) is not None]
        try:
            services.rule_conflict(
                by=reader, stands=data["stands"] or 0, reason=data["reason"], seen=seen or None
            )
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已裁定"))
            return redirect("conflicts")
    asked, detail = questions.spoken(figure)
    card = provenance.card_of(figure)
    context = {
        "form": form,
        "figure": figure,
        "card": card,
        "asked": asked,
        "detail": detail,
        "candidates": _candidates(figure, card),
        "chosen": _chosen(request, figure),
        "seen": ",".join(str(pk) for pk in sorted(_ids(figure))),
        "history": provenance.history_lines(selectors.history(reader, observation), figure),
    }
    return render(request, "pages/conflict.html", context, status=422 if form.errors else 200)


def _ids(figure: Figure) -> list[int]:
    return [figure.observation_id, *(other.observation_id for other in figure.others)]


def _candidates(figure: Figure, card: provenance.Card) -> list[Candidate]:
    notes = [
        names.note_of(figure.ref, figure.note),
        *(names.note_of(other.ref, other.note) for other in figure.others),
    ]
    rows = zip(_ids(figure), card.statements, notes, strict=True)
    return [Candidate(pk, statement, note) for pk, statement, note in rows]


def _chosen(request: HttpRequest, figure: Figure) -> int | None:
    asked = whole(request.POST.get("stands", ""))
    if asked is not None:
        return asked
    return figure.observation_id if figure.ruling is not None else None
