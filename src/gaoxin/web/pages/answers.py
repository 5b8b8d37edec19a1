"""What somebody found out about a doubt (核实结果): a finding that does not add up, a question of a source.

An answer is a row of the audit, so it has a name, a time and a reason and is never edited. It belongs to the
numbers it was given for: once one of them changes, the doubt is open again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gaoxin.core.errors import FactError
from gaoxin.core.visible import visible_line
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import AuditEvent, Subject
from gaoxin.web.ledger.moments import when
from gaoxin.web.pages.verdicts import LOUD, FindingView

ACTION = "doubt.answer"
KINDS = ("confirmed", "explained")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out, by whom, when."""

    kind: str
    reason: str
    who: str
    at: str

    @property
    def word(self) -> str:
        return kind_name(self.kind)


def kind_name(kind: str) -> str:
    return {"confirmed": _("核实无误"), "explained": _("说明原因")}.get(kind, "")


def finding_key(finding: FindingView) -> str:
    """The finding with the numbers it was made from."""
    used = [str(view.figure.observation_id) if view.figure else view.text for view in finding.inputs]
    return _key("finding", finding.id, finding.subject, finding.verdict, *used)


def question_key(figure: Figure) -> str:
    """The question of a source with everything that is said for the figure now."""
    said = [figure.observation_id, *(other.observation_id for other in figure.others)]
    return _key("question", *sorted(str(one) for one in said))


def answers(zone: Subject) -> dict[str, Answer]:
    """The newest answer to each doubt of a zone."""
    rows = AuditEvent.objects.filter(action=ACTION, zone=zone).order_by("pk")
    return {
        row.target: Answer(
            str(row.detail.get("kind", "")), str(row.detail.get("reason", "")), row.by_name, when(row.at)
        )
        for row in rows
    }


def last_answer(zone: Subject) -> int:
    """The number of the newest answer; 0 where nothing was answered."""
    return (
        AuditEvent.objects.filter(action=ACTION, zone=zone)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
        or 0
    )


def is_doubtful(finding: FindingView) -> bool:
    return finding.verdict in LOUD


@transaction.atomic
def answer_doubt(*, by: User, zone: Subject, key: str, title: str, kind: str, reason: str) -> None:
    """Write down what was found out. Raises: PermissionDenied, NotFound, FactError without a reason."""
    require(by, "facts.check")
    if zone.pk not in scope.zone_ids(by):
        raise NotFound(zone=zone.code)
    said = visible_line(reason, "核实结果", "what was found out")
    if kind not in KINDS or not said:
        raise FactError("选核实结果，并写明依据。", "Choose a result and say on what grounds.")
    record_event(
        by=by,
        action=ACTION,
        zone=zone,
        target=key,
        detail={"kind": kind, "reason": said[:400], "title": title[:200]},
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
