"""The catalogue of rules, and one rule: its clause in words beside its execution (政策)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.packs.schemas.rule import Rule
from gaoxin.web.accounts.models import Role
from gaoxin.web.accounts.permissions import can, requires
from gaoxin.web.eligibility.evaluations import EvaluationView, evaluation_view
from gaoxin.web.eligibility.outdated import Outdated, outdated_view
from gaoxin.web.eligibility.rule_pages import rule_page
from gaoxin.web.eligibility.statuses import STATUSES, status_of
from gaoxin.web.eligibility.words import CATEGORIES, EXAMPLE, Face
from gaoxin.web.eligibility.written import span_words
from gaoxin.web.eligibility.zone_rules import is_example, zone_library
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger import selectors as ledger
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import names
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.stage import about, enter_room, stage


@dataclass(frozen=True, slots=True)
class Counted:
    """How the firms of the zone stand under a rule; None where it was not evaluated."""

    passing: int
    near: int
    open: int
    all: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue. `agrees`: all it cites reads alike in two or more published texts; a rule
    that is only described claims nothing.
    """

    id: str
    name: str
    status: Face
    documents: str
    span: str
    unconfirmed: int
    agrees: bool
    example: bool
    counted: Counted | None


@requires("rules.view")
def rules(request: HttpRequest) -> HttpResponse:
    """All rules of the zone by category, then the examples of other places."""
    if request.user.role == Role.ENTERPRISE_USER:  # type: ignore[union-attr]
        zone, evaluation = _own_zone(request), None
    else:
        here = stage(request, room="policy", path=request.path)
        zone = here.zone
        evaluation = evaluation_view(here.reader, zone) if can(here.reader, "standings.view") else None
    library = zone_library(zone.code, practice=True)
    grouped: dict[str, list[Entry]] = {}
    for rule in sorted(library.rules.values(), key=lambda rule: _place(rule, zone.code)):
        group = str(EXAMPLE if is_example(rule, zone.code) else CATEGORIES[rule.category])
        grouped.setdefault(group, []).append(_entry(rule, zone.code, evaluation))
    context = {
        "zone_name": names.name_of(zone),
        "groups": list(grouped.items()),
        "evaluation": evaluation,
        "outdated": _outdated(request, evaluation),
        "count": len(library.rules),
        "statuses": list(STATUSES.values()),
        "examples_apply": zone.synthetic,
    }
    return render(request, "eligibility/rules.html", context)


@requires("rules.view")
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: conditions, parameters with their documents, bands, routes, readings, versions, cases."""
    if request.user.role == Role.ENTERPRISE_USER:  # type: ignore[union-attr]
        zone, evaluation = _own_zone(request), None
    else:
        here = stage(request, room="policy", path=request.path)
        zone = here.zone
        evaluation = evaluation_view(here.reader, zone) if can(here.reader, "standings.view") else None
    library = zone_library(zone.code, practice=True)
    found = library.rules.get(rule)
    if found is None:
        raise NotFound(_("%s没有这条规则。") % names.name_of(zone), "This zone has no such rule.", rule=rule)
    today = timezone.localdate()
    context = {
        "rule": found,
        "name": found.label(language()),
        "zone_name": names.name_of(zone),
        "category": CATEGORIES[found.category],
        "status": status_of(found),
        "span": span_words(found.effective),
        "describe": names.word(found.describe),
        "example": is_example(found, zone.code),
        "applies": not is_example(found, zone.code) or zone.synthetic,
        "page": rule_page(found, library, today, language()),
        "evaluation": evaluation,
        "outdated": _outdated(request, evaluation, found.id),
        "counted": _counted(found, evaluation),
    }
    return render(request, "eligibility/rule.html", context)


def _outdated(
    request: HttpRequest, evaluation: EvaluationView | None, rule: str | None = None
) -> Outdated | None:
    """Whether the counts are those of an older text."""
    last = evaluation.last if evaluation is not None else None
    return outdated_view(scope.enter(request.user), last, rule) if last is not None else None


def _own_zone(request: HttpRequest) -> Subject:
    """The zone of the firm the reader belongs to."""
    reader = enter_room(request, "policy")
    firm = ledger.subject(reader, reader.enterprise.code) if reader.enterprise is not None else None
    if firm is None or firm.zone is None:
        raise NotFound(reader=reader.pk)
    about(request, firm.zone)
    return firm.zone


_ORDER = tuple(CATEGORIES)


def _place(rule: Rule, zone: str) -> tuple[bool, int, str]:
    return is_example(rule, zone), _ORDER.index(rule.category), rule.id


def _entry(rule: Rule, zone: str, evaluation: EvaluationView | None) -> Entry:
    lines = [line for parameter in rule.parameters.values() for line in parameter.values]
    cited = [*lines, *rule.conditions]
    doubtful = sum(one.confidence == "to_confirm" for one in cited)
    return Entry(
        id=rule.id,
        name=rule.label(language()),
        status=status_of(rule),
        documents=_("、").join(document.number or document.zh for document in rule.documents.values()),
        span=span_words(rule.effective),
        unconfirmed=doubtful,
        agrees=rule.executable and bool(cited) and not doubtful,
        example=is_example(rule, zone),
        counted=_counted(rule, evaluation),
    )


def _counted(rule: Rule, evaluation: EvaluationView | None) -> Counted | None:
    last = evaluation.last if evaluation is not None else None
    if last is None or rule.id not in last.counts:
        return None
    held = last.counts[rule.id]
    waiting = held.get("unknown", 0) + held.get("pending_expert", 0)
    return Counted(held.get("pass", 0), held.get("near", 0), waiting, last.card.get("enterprises", 0))
