"""Writes down what a check found (核对结果落库), and reads a stored claim back as words and numbers.

A claim is kept with its exact value: `2651/20` is the value, what a page prints is made from it.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from gaoxin import __version__
from gaoxin.facts.derivations import renamed
from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim
from gaoxin.web.accounts.models import User
from gaoxin.web.drafts.models import Answer, Checking, Draft, DraftFigure
from gaoxin.web.ledger.audit import author, record_event

if TYPE_CHECKING:
    from gaoxin.reading.verifying import Checked, Verdict

_BATCH = 500


def record_check(
    *,
    by: User,
    draft: Draft,
    checked: Checked,
    published: date,
    known: datetime | None,
    refs: dict[str, str] | None = None,
) -> Checking:
    """Append one check with all its figures; call it inside a transaction."""
    last = draft.checkings.order_by("-number").first()
    checking = Checking.objects.create(
        draft=draft,
        number=last.number + 1 if last is not None else 1,
        published=published,
        known=known,
        counts=checked.counts,
        layout=[_block(block) for block in checked.reading.blocks if len(block.stretch)],
        code=__version__,
        by=by,
        by_name=author(by),
        at=timezone.now(),
    )
    names = {number: ref for number, ref in (refs or {}).items() if ref}
    own = _own_facts(draft)
    problems = 0
    rows = []
    for verdict in sorted(checked.verdicts, key=lambda one: one.claim):
        if verdict.verdict != "match":
            problems += 1
        problem = problems if verdict.verdict != "match" else 0
        row = _figure(checking, checked.reading.claims[verdict.claim], verdict, problem, names)
        if row.facts and own.issuperset(row.facts):
            row.workings = [*row.workings, ["依据", "只有这份文稿自己：采纳入库的就是这个数"]]
        rows.append(row)
    DraftFigure.objects.bulk_create(rows, batch_size=_BATCH)
    record_event(
        by=by,
        action="draft.check",
        zone=draft.zone,
        target=str(draft.pk),
        detail={"number": checking.number, "counts": checked.counts},
    )
    return checking


def _own_facts(draft: Draft) -> frozenset[str]:
    """Observations taken from this very draft: they agree with it and prove nothing."""
    taken = Answer.objects.filter(proposal__draft=draft).exclude(observation=None)
    return frozenset(str(number) for number in taken.values_list("observation_id", flat=True))


def _figure(
    checking: Checking, claim: Claim, verdict: Verdict, problem: int, names: dict[str, str]
) -> DraftFigure:
    start, end, new = verdict.replacement or (0, 0, "")
    return DraftFigure(
        checking=checking,
        number=verdict.claim + 1,
        start=claim.start,
        end=claim.end,
        quote=claim.quote[:200],
        claim=claim_fields(claim),
        verdict=verdict.verdict,
        cause=verdict.cause[:40],
        zh=verdict.zh,
        en=verdict.en,
        problem=problem,
        expected=(verdict.expected or "")[:200],
        new=new[:200],
        new_start=start,
        new_end=end,
        facts=[_named(fact, names) for fact in verdict.facts],
        others=[other + 1 for other in verdict.others],
        workings=[list(line) for line in verdict.workings],
    )


def _named(fact: str, names: dict[str, str]) -> str:
    """A recorded observation by its number; a derived figure by the names its inputs have on its card."""
    return fact if fact.isdigit() else renamed(fact, names)


def _block(block: Block) -> list[Any]:
    return [block.stretch.at[0], block.stretch.at[-1] + 1, block.kind, block.level]


def claim_fields(claim: Claim) -> dict[str, Any]:
    """The claim as it is stored: every field a page or a proposal needs, numbers as exact fractions."""
    amount = claim.amount
    return {
        "kind": claim.kind,
        "value": _fraction(claim.value),
        "high": _fraction(claim.high),
        "op": claim.op,
        "unit": claim.unit,
        "written_unit": amount.written_unit,
        "noun": amount.noun,
        "decimals": amount.decimals,
        "form": amount.form,
        "dimension": amount.dimension.name if amount.dimension is not None else "",
        "label": claim.label,
        "subject": claim.subject or "",
        "subject_code": claim.subject_code,
        "metric": claim.metric or "",
        "candidates": list(claim.candidates),
        "period": claim.period.code if claim.period is not None else "",
        "period_stated": claim.period_stated,
        "of": claim.of or "",
        "of_code": claim.of_code,
        "group": claim.group,
        "population": claim.population,
        "sentence": list(claim.sentence),
        "confidence": round(claim.confidence, 3),
    }


def _fraction(value: Fraction | None) -> str:
    return "" if value is None else str(value)


def number_of(text: str) -> Fraction | None:
    """A stored value back as a number."""
    return Fraction(text) if text else None
