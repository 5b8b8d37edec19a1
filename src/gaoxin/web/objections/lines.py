"""Objections in words, as lists and pages print them (异议用语).

Who raised one is told by name. An outsider reads the answer without the name of the clerk.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.visible import shown
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.discretion import is_outsider
from gaoxin.web.ledger.moments import when
from gaoxin.web.ledger.reading import parse_period
from gaoxin.web.objections.models import Objection
from gaoxin.web.pages import names


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """One objection, ready to print. `state`: open, accepted or refused."""

    pk: int
    subject: str
    figure: str
    period: str
    reason: str
    evidence: str
    source: str
    source_url: str
    who: str
    role: str
    at: str
    state: str
    answer: str
    answered: str
    url: str


def line(reader: User, held: Objection) -> ObjectionLine:
    answer = getattr(held, "answer", None)
    obs = held.observation
    answered = ""
    if answer is not None:
        by = _("统计人员") if is_outsider(reader) else shown(answer.by_name)
        answered = f"{by} {when(answer.at)}"
    return ObjectionLine(
        pk=held.pk,
        subject=names.name_of(held.subject),
        figure=names.figure_name(catalogue.metric(obs.metric.code), obs.figure),
        period=names.period_name(parse_period(obs.period)),
        reason=held.reason,
        evidence=held.evidence,
        source=names.title_of(held.source) if held.source is not None else "",
        source_url=reverse("source", args=[held.source.code]) if held.source is not None else "",
        who=shown(held.by_name),
        role=str(dict(Role.choices).get(held.role, "")),
        at=when(held.at),
        state="open" if answer is None else "accepted" if answer.accepted else "refused",
        answer=answer.reason if answer is not None else "",
        answered=answered,
        url=reverse("objection", args=[held.pk]),
    )
