"""From a draft into the ledger (从文稿入库): proposed by whoever checks it, decided one by one by a person.

1. A figure of a draft is proposed once for each place, and once more after what was recorded of it was
   withdrawn. Proposing records nothing.
2. A statistician accepts it, as it is or corrected, or rejects it. Accepting records one observation through
   the ledger's own service; the draft is its source, the characters are its place.
3. There is one answer to a proposal. Each act is one transaction with its audit row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists
from django.utils import timezone

from gaoxin.core.visible import visible_line
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.drafts import selectors
from gaoxin.web.drafts.models import Answer, Draft, Proposal
from gaoxin.web.drafts.services import DraftRefused
from gaoxin.web.drafts.suggesting import may_be_a_fact, suggestion
from gaoxin.web.drafts.titles import source_code, title_told
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import models as ledger
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.moments import when
from gaoxin.web.ledger.ownership import own_subject
from gaoxin.web.ledger.services import record_entry
from gaoxin.web.ledger.sources import source_named

_CORRECTABLE = ("subject", "metric", "figure", "period", "op", "value", "unit", "of")
_LONGEST = 200


@transaction.atomic
def propose(*, by: User, draft_id: int, numbers: Sequence[int] | None = None) -> int:
    """Propose figures of the last check, by default all that the facts do not have; how many are new.

    Raises: PermissionDenied, NotFound.
    """
    require(by, "papers.check")
    draft = selectors.draft(by, draft_id)
    if not selectors.may_decide(by, draft):
        raise NotFound(draft=draft_id)
    Draft.objects.select_for_update().get(pk=draft.pk)  # two at once propose each place once
    rows = selectors.figures(selectors.checking_of(draft))
    wanted = [
        row
        for row in rows
        if may_be_a_fact(row)
        and (row.verdict == "unsupported" if numbers is None else row.number in set(numbers))
    ]
    held = _times(draft)
    made = Proposal.objects.bulk_create(
        Proposal(
            draft=draft,
            figure=row,
            start=row.start,
            end=row.end,
            again=held.get((row.start, row.end), 0),
            by=by,
            by_name=author(by),
            at=timezone.now(),
        )
        for row in wanted
        if held.get((row.start, row.end), 0) is not None
    )
    if made:
        _record(by, draft, "propose", {"places": [[one.start, one.end] for one in made]})
    return len(made)


@transaction.atomic
def accept(*, by: User, proposal_id: int, corrected: Mapping[str, str] | None = None) -> Answer:
    """Record the figure, as proposed or with corrected fields.

    Raises: PermissionDenied, NotFound; MoveRefused if somebody was faster; FactError, UnitError, PeriodError
    and NumberError as entering by hand does.
    """
    require(by, "facts.enter")
    held = _open(by, proposal_id)
    proposed = suggestion(held.figure, held.figure.checking).fields()
    changed = {
        name: text
        for name, text in (corrected or {}).items()
        if name in _CORRECTABLE and text != (proposed[name] or "")
    }
    fields = {**proposed, **changed}
    if not fields["subject"] or not fields["metric"] or not fields["period"]:
        raise DraftRefused(
            "主体、指标和时期定下来才能入库；拿不准就不采纳。",
            "Subject, metric and period must be settled before it is recorded; reject it when in doubt.",
        )
    owner = own_subject(by, fields["subject"])
    obs = record_entry(
        by=by,
        **fields,
        source=source_of(held.draft).code,
        status="synthetic" if owner.synthetic else "reported",
    )
    return _answer(by, held, observation=obs, corrected=changed)


@transaction.atomic
def reject(*, by: User, proposal_ids: Sequence[int], reason: str = "") -> int:
    """Record nothing of these figures; how many. Those already answered are passed over."""
    require(by, "facts.enter")
    said = visible_line(reason, "理由", "reason")[:_LONGEST]
    done = 0
    for number in sorted(set(proposal_ids)):
        try:
            held = _open(by, number)
        except MoveRefused:
            continue
        _answer(by, held, reason=said)
        done += 1
    return done


def source_of(draft: Draft) -> ledger.Source:
    """The draft as a document figures are taken from; registered with the first of them.

    Who reads a figure does not thereby read the draft: its title is told only while it is shared.
    """
    made, _new = ledger.Source.objects.get_or_create(
        code=source_code(draft),
        defaults={
            **title_told(draft),
            "publisher": draft.zone.name,
            "published": draft.published,
            "document": "other",
            "sha256": draft.sha256,
            "zone": draft.zone,
        },
    )
    return source_named(None, made.code)


def _times(draft: Draft) -> dict[tuple[int, int], int | None]:
    """Place → how many times it was proposed and withdrawn; None where a proposal of it still counts."""
    found: dict[tuple[int, int], int | None] = {}
    rows = draft.proposals.annotate(withdrawn=Exists(selectors.withdrawn_answers())).order_by("again")
    for start, end, again, withdrawn in rows.values_list("start", "end", "again", "withdrawn"):
        found[start, end] = again + 1 if withdrawn else None
    return found


def _open(by: User, proposal_id: int) -> Proposal:
    """The proposal, locked. Raises: NotFound, MoveRefused."""
    held = selectors.proposal(by, proposal_id)
    Proposal.objects.select_for_update().get(pk=held.pk)
    answer = Answer.objects.filter(proposal=held).first()
    if answer is not None:
        word, english = ("采纳", "accepted") if answer.accepted else ("不采纳", "rejected")
        raise MoveRefused(
            f"{answer.by_name} 已在 {when(answer.at)} {word}。",
            f"{answer.by_name} {english} it at {when(answer.at)}.",
            answer=answer.pk,
        )
    return held


def _answer(
    by: User,
    held: Proposal,
    *,
    observation: ledger.Observation | None = None,
    corrected: Mapping[str, str] | None = None,
    reason: str = "",
) -> Answer:
    made = Answer.objects.create(
        proposal=held,
        accepted=observation is not None,
        observation=observation,
        corrected=dict(corrected or {}),
        reason=reason,
        by=by,
        by_name=author(by),
        at=timezone.now(),
    )
    detail: dict[str, Any] = {
        "proposal": held.pk,
        "place": [held.start, held.end],
        "figure": held.figure.quote,
        "corrected": dict(corrected or {}),
        "reason": reason,
    }
    if observation is not None:
        detail["observation"] = observation.pk
    _record(by, held.draft, "accept" if made.accepted else "reject", detail)
    return made


def _record(by: User, draft: Draft, act: str, detail: Mapping[str, Any]) -> None:
    record_event(by=by, action=f"draft.{act}", zone=draft.zone, target=str(draft.pk), detail=detail)
