"""Objects to a figure and answers an objection (提出异议、答复). One transaction each, audit row inside.

1. Whoever may read a figure and not correct it raises an objection with a reason.
2. It waits on the desk of the statisticians of that zone.
3. A statistician accepts it, with the correction that follows or after the figure has changed otherwise, or
   refuses it with a reason. A second answer is too late (MoveRefused).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from gaoxin.core.errors import FactError
from gaoxin.core.visible import visible_line
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import selectors as ledger
from gaoxin.web.ledger import services, sources
from gaoxin.web.ledger.audit import author, record_event, zone_of
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import Observation
from gaoxin.web.ledger.moments import when
from gaoxin.web.objections.models import Answer, Objection
from gaoxin.web.objections.selectors import may_answer
from gaoxin.web.objections.selectors import objection as seen_objection

MOST_OPEN = 20  # of one person; who has more to say comes to the desk
_LONGEST = 400


@transaction.atomic
def raise_objection(
    *, by: User, observation_id: int, reason: str, source: str = "", evidence: str = ""
) -> Objection:
    """Say that a figure is wrong. `source`: a document that says better; `evidence`: any other proof.

    Raises: NotFound for a figure the reader may not see, PermissionDenied for who corrects it himself,
    FactError without a reason or while an earlier objection is open, InvisibleSign.
    """
    require(by, "facts.object")
    figure = ledger.figure(by, observation_id)
    said = _reason(reason)
    document = sources.source_named(by, source) if source else None
    obs = Observation.objects.select_related("subject__zone", "metric").get(pk=figure.observation_id)
    waiting = Objection.objects.filter(by=by, answer=None)
    if waiting.filter(observation=obs).exists():
        raise FactError(
            "您对这个数的异议还在处理，请等答复。", "Your objection to this figure waits for its answer."
        )
    if waiting.count() >= MOST_OPEN:
        raise FactError(
            f"您有 {MOST_OPEN} 条异议还没有答复，请等一等，或直接联系统计人员。",
            f"{MOST_OPEN} of your objections wait for an answer; wait, or talk to the statisticians.",
        )
    made = Objection.objects.create(
        observation=obs,
        subject=obs.subject,
        zone=zone_of(obs.subject),
        reason=said,
        source=document,
        evidence=visible_line(evidence, "依据", "evidence")[:200],
        by=by,
        by_name=author(by),
        role=by.role,
        at=timezone.now(),
    )
    _record("raise", by, made, said)
    return made


@transaction.atomic
def refuse(*, by: User, objection_id: int, reason: str) -> Answer:
    """The figure is right: say why. Raises: NotFound, MoveRefused, FactError without a reason."""
    held = _open(by, objection_id)
    return _answer(by, held, accepted=False, reason=_reason(reason), stands=held.observation_id)


@transaction.atomic
def accept_with_correction(*, by: User, objection_id: int, **correction: Any) -> Observation:
    """Correct the figure as `ledger.services.correct` does, and accept the objection with the same reason.

    Raises: as `correct`; NotFound, MoveRefused.
    """
    held = _open(by, objection_id)
    now = ledger.figure(by, held.observation_id)
    if correction.pop("observation_id", now.observation_id) != now.observation_id:
        raise FactError("这条异议说的不是这个数。", "The objection is about another figure.")
    new = services.correct(by=by, observation_id=now.observation_id, **correction)
    _answer(by, held, accepted=True, reason=_reason(correction["reason"]), stands=new.pk)
    return new


@transaction.atomic
def accept(*, by: User, objection_id: int, reason: str) -> Answer:
    """The figure has changed since: corrected, ruled on or withdrawn. Nothing is accepted without effect.

    Raises: NotFound, MoveRefused; FactError without a reason, or while the figure is what it was.
    """
    held = _open(by, objection_id)
    now = figure_now(by, held)
    if not has_changed(held, now):
        raise FactError(
            "这个数还是原来的。要采纳，请先更正、裁定或撤回。",
            "The figure is what it was. To accept the objection correct it, rule on it or withdraw it first.",
        )
    return _answer(
        by,
        held,
        accepted=True,
        reason=_reason(reason),
        stands=now.observation_id if now is not None else None,
    )


def figure_now(reader: User, held: Objection) -> Figure | None:
    """The figure that the objection is about, as it is today; None if it was withdrawn."""
    ledger.visible_observation(reader, held.observation_id)
    try:
        return ledger.figure(reader, held.observation_id)
    except NotFound:
        return None


def has_changed(held: Objection, now: Figure | None) -> bool:
    """Whether something else stands than what was objected to, or a person has ruled since."""
    if now is None or now.observation_id != held.observation_id:
        return True
    return now.ruling is not None and now.ruling.at > held.at


def _open(by: User, objection_id: int) -> Objection:
    """The objection, locked. Raises: NotFound where it is not this person's to answer; MoveRefused."""
    require(by, "facts.correct")
    held = seen_objection(by, objection_id)
    Objection.objects.select_for_update().get(pk=held.pk)
    if not may_answer(by, held):
        raise NotFound(objection=objection_id)
    answer = Answer.objects.filter(objection=held).first()
    if answer is not None:
        raise MoveRefused(
            f"{answer.by_name} 已在 {when(answer.at)} 答复。",
            f"{answer.by_name} answered at {when(answer.at)}.",
            answer=answer.pk,
        )
    return held


def _answer(by: User, held: Objection, *, accepted: bool, reason: str, stands: int | None) -> Answer:
    made = Answer.objects.create(
        objection=held,
        accepted=accepted,
        reason=reason,
        observation_id=stands,
        by=by,
        by_name=author(by),
        at=timezone.now(),
    )
    _record("accept" if accepted else "refuse", by, held, reason)
    return made


def _record(act: str, by: User, held: Objection, reason: str) -> None:
    obs = held.observation
    record_event(
        by=by,
        action=f"objection.{act}",
        subject=held.subject,
        target=str(obs.pk),
        detail={
            "objection": held.pk,
            "metric": obs.metric.code,
            "period": obs.period,
            "figure": obs.figure,
            "reason": reason,
        },
    )


def _reason(text: str) -> str:
    said = visible_line(text, "理由", "reason")
    if not said:
        raise FactError(
            "写明理由：错在哪里，或为什么没有错。", "Give the reason: what is wrong, or why it is not."
        )
    if len(said) > _LONGEST:
        raise FactError(f"理由最多 {_LONGEST} 个字。", f"A reason has {_LONGEST} signs at most.")
    return said
