"""Where a figure comes from (来源卡): the fragment beside a ring, and the page of one figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gaoxin.facts.wording import formula_words, period_doubt
from gaoxin.web.accounts.permissions import can
from gaoxin.web.ledger import catalogue, scope, selectors
from gaoxin.web.pages import names, provenance, questions
from gaoxin.web.pages.answers import answers, question_key
from gaoxin.web.pages.figures import figure_view
from gaoxin.web.pages.implied import derived_view, rule_name, rule_of, worked_out
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.stage import about, enter_room


def card(request: HttpRequest, observation: int) -> HttpResponse:
    """The card of a stated figure."""
    reader = scope.enter(request.user)
    figure = selectors.figure(reader, observation)
    context = {"card": provenance.card_of(figure), "can_correct": can(reader, "facts.correct")}
    return render(request, "parts/card.html", context)


def derived_card(request: HttpRequest, name: str) -> HttpResponse:
    """The card of a figure that was worked out: rule, formula, inputs."""
    reader = scope.enter(request.user)
    found, implied = worked_out(reader, name)
    rule = rule_of(found)
    lang = language()
    context = {
        "view": derived_view(found),
        "rule": rule_name(rule),
        "formula": formula_words(rule, found.metric, catalogue.library().metrics, lang),
        "inputs": [provenance.used(one, implied) for one in found.inputs],
        "period_note": period_doubt(found.period_confidence, derived=True, lang=lang),
        "note": names.word(rule.note),
    }
    return render(request, "parts/derived_card.html", context)


def figure(request: HttpRequest, observation: int) -> HttpResponse:
    """One figure, all that was ever said of it, and what a person may do with it."""
    reader = enter_room(request, "data")
    found = selectors.figure(reader, observation)
    subject = selectors.subject(reader, found.subject_code)
    about(request, subject.zone or (subject if subject.kind == "zone" else None))
    asked, detail = questions.spoken(found)
    context = {
        "figure": found,
        "card": provenance.card_of(found),
        "view": figure_view(found, unit=found.unit, may_rule=can(reader, "facts.rule"), in_full=True),
        "question": asked,
        "answer": answers(subject.zone or subject).get(question_key(found)) if asked else None,
        "answer_url": reverse("answer-question", args=[found.observation_id]),
        "question_detail": detail,
        "history": provenance.history_lines(selectors.history(reader, observation), found),
        "can_correct": can(reader, "facts.correct") and not found.is_conflict,
        "can_check": can(reader, "facts.check") and not found.checked_by and found.status != "synthetic",
        "can_rule": can(reader, "facts.rule"),
    }
    return render(request, "pages/figure.html", context)
