"""The queue of proposals as people read it (待入库清单): words of the text, and the entry they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gaoxin.web.accounts.models import User
from gaoxin.web.drafts.forms import ProposalForm, initial_of, metric_typed
from gaoxin.web.drafts.models import Answer, Proposal
from gaoxin.web.drafts.suggesting import suggestion
from gaoxin.web.drafts.words import period_words, shown_subject, shown_title, shown_whole
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.models import Withdrawal
from gaoxin.web.ledger.moments import when

_AROUND = 60


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal, ready to print."""

    pk: int
    draft: str
    draft_url: str
    before: str
    quote: str
    after: str
    place: str
    subject: SafeString
    title: SafeString
    period: str
    value: str
    whole: SafeString
    inferred: bool
    missing: tuple[str, ...]
    candidates: tuple[tuple[str, str], ...]
    form: ProposalForm | None
    state: str
    answered: str
    answer_url: str
    withdrawn: str
    why: str


def line(reader: User, held: Proposal, form: ProposalForm | None, *, may_answer: bool) -> ProposalLine:
    """`form`: the bound form of a refused attempt; otherwise one filled from the text."""
    row = held.figure
    told = suggestion(row, row.checking)
    claim = row.claim
    text = held.draft.text
    start, end = claim.get("sentence") or (row.start, row.end)
    start, end = max(start, row.start - _AROUND), min(end, row.end + _AROUND)
    answer = getattr(held, "answer", None)
    gone = _withdrawal(answer)
    library = catalogue.library()
    kind = told.subject.partition("/")[0] or "zone"
    offered = dict.fromkeys([claim["metric"], *claim["candidates"]])
    missing = [
        word
        for word, held_ in (
            (_("主体"), told.subject),
            (_("指标"), told.metric),
            (_("时期"), told.period),
        )
        if not held_
    ]
    shown_form = form
    if shown_form is None and may_answer and answer is None:
        shown_form = ProposalForm(
            reader=reader, zone=held.draft.zone, initial=initial_of(told), auto_id=f"id_{held.pk}_%s"
        )
    return ProposalLine(
        pk=held.pk,
        draft=held.draft.title,
        draft_url=f"{reverse('paper', args=[held.draft.pk])}?at={row.start}",
        before="".join(text[start : row.start].split()),
        quote="".join(text[row.start : row.end].split()),
        after="".join(text[row.end : end].split()),
        place=_("第 %(first)d–%(last)d 字") % {"first": row.start + 1, "last": row.end},
        subject=shown_subject(claim),
        title=shown_title(claim),
        period=period_words(claim),
        value=f"{'' if told.op == '=' else told.op + ' '}{told.value} {told.unit}".strip(),
        whole=shown_whole(claim),
        inferred=bool(told.note),
        missing=tuple(missing),
        candidates=tuple(
            (metric_typed(one, kind), library.metrics[one].unit or "")
            for one in offered
            if one in library.metrics
        ),
        form=shown_form,
        state=_state(answer, gone),
        answered=f"{answer.by_name} {when(answer.at)}" if answer is not None else "",
        answer_url=reverse("figure", args=[answer.observation_id])
        if answer is not None and answer.observation_id and gone is None
        else "",
        withdrawn=f"{gone.by_name} {when(gone.at)}" if gone is not None else "",
        why=gone.reason if gone is not None else "",
    )


def _withdrawal(answer: Answer | None) -> Withdrawal | None:
    """Who took back what was recorded, when and why."""
    if answer is None or answer.observation is None:
        return None
    return getattr(answer.observation.batch, "withdrawal", None)


def _state(answer: Answer | None, gone: Withdrawal | None) -> str:
    if answer is None:
        return "open"
    if gone is not None:
        return "withdrawn"
    return "accepted" if answer.accepted else "rejected"


def lines(
    reader: User,
    held: Sequence[Proposal],
    *,
    may_answer: bool,
    refused: ProposalForm | None = None,
    at: int = 0,
) -> list[ProposalLine]:
    return [line(reader, one, refused if one.pk == at else None, may_answer=may_answer) for one in held]
