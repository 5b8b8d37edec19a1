"""The front page of a zone (总览), and the way to it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gaoxin.core.periods import Period
from gaoxin.packs.schemas import Cockpit
from gaoxin.web.accounts.models import Role
from gaoxin.web.accounts.permissions import can, requires
from gaoxin.web.ledger import scope, selectors
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.remembered import remembered, rights
from gaoxin.web.pages import names
from gaoxin.web.pages.answers import answers, finding_key
from gaoxin.web.pages.as_of import known_at
from gaoxin.web.pages.cockpit import Painter, subjects_of
from gaoxin.web.pages.implied import Implied
from gaoxin.web.pages.layouts import layout_of, plain_layout
from gaoxin.web.pages.questions import open_questions
from gaoxin.web.pages.scope import language, slug_of
from gaoxin.web.pages.selectors import firms_of
from gaoxin.web.pages.shelf import Shelf
from gaoxin.web.pages.stage import Stage, stage
from gaoxin.web.pages.verdicts import Checks, counts, notable, subjects_checked

_MOST_QUESTIONS = 6


def home(request: HttpRequest) -> HttpResponse:
    """Everyone's own beginning: the zone looked at last, or the own enterprise."""
    reader = scope.enter(request.user)
    if reader.role == Role.ENTERPRISE_USER and reader.enterprise is not None:
        return redirect("subject", *reader.enterprise.code.split("/", 1))
    return redirect("zone", slug_of(stage(request, room="home").zone.code))


@requires("zones.view")
def zone(request: HttpRequest, slug: str) -> HttpResponse:
    """The zone in one period, as its pack lays it out."""
    here = stage(request, room="home", slug=slug)
    moment = known_at(request)
    layout = layout_of(here.zone.code)
    figures = _figures(here, layout, moment)
    own = [figure for figure in figures if figure.subject_code == here.zone.code]
    period = here.with_periods(own, layout.period if layout is not None else None)
    context: dict[str, object] = {"zone": here.zone, "zone_name": names.name_of(here.zone), "slug": slug}
    if period is None:
        context["firms"] = firms_of(here.reader, here.zone)
        return render(request, "pages/zone_empty.html", context)
    answered = frozenset(answers(here.zone))
    key = ("zone", rights(here.reader), language(), here.zone.code, period, moment, answered)
    context |= remembered(key, lambda: _filled(here, layout, period, moment, answered))
    return render(request, "pages/zone.html", context)


def _figures(here: Stage, layout: Cockpit | None, moment: datetime | None) -> list[Figure]:
    subjects = subjects_checked(here.zone.code) | (subjects_of(layout) if layout is not None else set())
    return selectors.standing_of_many(here.reader, sorted(subjects), figure=None, as_of=moment)


def _layout_for(painter: Painter, layout: Cockpit | None, period: Period) -> Cockpit | None:
    """The declared layout where it fits the period: its sentences speak of its own period alone, and its
    places are worth showing in another one only if at least half of them are filled there.
    """
    if layout is None or layout.period is None or Period.parse(layout.period) == period:
        return layout
    places = [ref for ref in (layout.hero.figure, *layout.leading) if ref.period is None]
    if 2 * sum(painter.found(ref) is not None for ref in places) < max(1, len(places)):
        return None
    bare = layout.hero.model_copy(update={"title": None, "note": None, "lead": None})
    return layout.model_copy(update={"intro": None, "hero": bare})


def _filled(
    here: Stage,
    layout: Cockpit | None,
    period: Period,
    moment: datetime | None,
    answered: frozenset[str],
) -> dict[str, object]:
    """The layout with its figures and verdicts: the same for all who may see the same."""
    figures = _figures(here, layout, moment)  # asked again: those of a moment ago may be of an older ledger
    may_rule = can(here.reader, "facts.rule")
    checks = Checks(here.zone.code, figures) if can(here.reader, "checks.view") else None
    painter = Painter(here.zone.code, period, Shelf(figures), Implied(figures), may_rule=may_rule)
    shown = _layout_for(painter, layout, period) or plain_layout(here.zone.code, period, figures) or layout
    assert shown is not None
    asked = open_questions(figures, shown.questions, may_rule=may_rule, answered=answered)
    return {
        "period": period,
        "period_name": names.period_name(period),
        "intro": names.word(shown.intro),
        "hero": painter.hero(shown.hero),
        "leading": painter.views(shown.leading),
        "panels": [painter.panel(section, checks) for section in shown.sections],
        "checks": checks,
        "verdicts": counts(checks.findings) if checks is not None else [],
        "notable": notable(one for one in checks.findings if finding_key(one) not in answered)
        if checks is not None
        else [],
        "questions": asked[:_MOST_QUESTIONS],
        "questions_more": max(0, len(asked) - _MOST_QUESTIONS),
        "questions_all": len(asked),
        "rings": sorted({figure.status for figure in figures}),
    }
