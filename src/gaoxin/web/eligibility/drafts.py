"""Saves drafts of clauses, records what was decided about their flags, finishes them (存草案、审查、定稿).

1. A draft departs from a clause of the packs and never touches it; each saving is a further version.
2. A flag is decided by somebody else than who wrote the draft, with a reason, once.
   A draft with a review record takes no further version: the record speaks of the numbers it saw.
3. A draft is finished by somebody else than who wrote it, flags or none, and only when every flag of its
   last version has a review record: two people stand behind whatever is published.
Each act is one transaction with its audit row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gaoxin.core.errors import GaoxinError, RuleError
from gaoxin.core.visible import visible_line
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.rules.drafts import draft as read_draft
from gaoxin.rules.linting import Flag, Review, lint, open_flags, require_publishable
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.eligibility.draft_models import ClauseDraft, DraftVersion, FlagReview
from gaoxin.web.eligibility.zone_rules import compiler
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.models import Subject
from gaoxin.web.ledger.moments import when

_LONGEST_NAME, _LONGEST_NOTE, _LONGEST_REASON = 60, 200, 400


class DraftRefused(GaoxinError):
    """A draft without a change, a review or a finish of one's own draft, or a finish with open flags."""

    code = "draft_refused"


def visible_drafts(reader: object, zone: Subject) -> QuerySet[ClauseDraft]:
    """The drafts of a zone, newest first. Raises: PermissionDenied, NotFound."""
    require(reader, "boards.view")
    if zone.pk not in scope.zone_ids(scope.enter(reader)):
        raise NotFound(zone=zone.code)
    return ClauseDraft.objects.filter(zone=zone).order_by("-pk")


def draft_of(reader: object, pk: int) -> ClauseDraft:
    """One draft of a zone of the reader. Raises: NotFound."""
    require(reader, "boards.view")
    rows = ClauseDraft.objects.filter(zone__in=scope.zone_ids(scope.enter(reader))).select_related("zone")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(draft=pk)
    return found


@transaction.atomic
def save_draft(
    *,
    by: User,
    zone: Subject,
    compiled: CompiledRule,
    name: str,
    written: Mapping[str, str],
    note: str = "",
    cost: Mapping[str, Any] | None = None,
    card: Mapping[str, Any] | None = None,
) -> DraftVersion:
    """Save changed numbers under a name: a new draft, or a further version of the one of that name.

    Raises: DraftRefused without a change or a name; MoveRefused for one finished or under review; RuleError
    for numbers that cannot be read.
    """
    require(by, "drafts.write")
    if zone.pk not in scope.zone_ids(by):
        raise NotFound(zone=zone.code)
    called = visible_line(name, "名称", "name")[:_LONGEST_NAME]
    if not called:
        raise DraftRefused("给草案起个名字。", "Give the draft a name.")
    if not written:
        raise DraftRefused(
            "草案和现行一样，没有可存的改动。", "The draft changes nothing; there is nothing to save."
        )
    read_draft(compiled, written, called)
    made, _new = ClauseDraft.objects.get_or_create(
        zone=zone, rule=compiled.id, name=called, defaults={"made_by": by, "by_name": author(by)}
    )
    held = ClauseDraft.objects.select_for_update().get(pk=made.pk)
    _still_open(held)
    reviewed = held.reviews.order_by("pk").first()
    if reviewed is not None:
        raise MoveRefused(
            f"{reviewed.by_name} 已审查过这份草案，数字不能再改；要改请另起一个名字。",
            f"{reviewed.by_name} reviewed this draft; save under another name to change its numbers.",
        )
    last = held.versions.order_by("-number").first()
    version = DraftVersion.objects.create(
        draft=held,
        number=last.number + 1 if last is not None else 1,
        written=dict(written),
        note=visible_line(note, "说明", "note")[:_LONGEST_NOTE],
        cost=dict(cost or {}),
        card=dict(card or {}),
        by=by,
        by_name=author(by),
    )
    _record("save", by, held, {"version": version.number, "written": dict(written)})
    return version


def compiled_draft(held: ClauseDraft, version: DraftVersion, law: CompiledRule) -> CompiledRule:
    """The clause with the numbers of a version. Raises: RuleError."""
    made = read_draft(law, version.written, held.name)
    book = compiler(held.zone.code, law.on, practice=held.zone.synthetic).book
    return Compiler(book, law.on, overrides=made.overrides).compiled(held.rule)


def reviews_of(held: ClauseDraft) -> list[Review]:
    """The review records, as the lint reads them."""
    rows = held.reviews.order_by("pk")
    return [Review(row.flag, row.by_name, timezone.localtime(row.at).date(), row.reason) for row in rows]


def wrote(by: User, held: ClauseDraft) -> bool:
    """Whether any version of a draft is of this hand: who wrote it neither reviews nor finishes it."""
    return held.versions.filter(by=by).exists()


def undecided(held: ClauseDraft, compiled: CompiledRule) -> tuple[Flag, ...]:
    """The flags nobody has decided about."""
    return open_flags(lint(compiled), reviews_of(held))


@transaction.atomic
def review_flag(*, by: User, draft_id: int, compiled: CompiledRule, flag: str, reason: str) -> FlagReview:
    """Decide about a flag. Raises: DraftRefused for one's own draft or without a reason; MoveRefused if it is
    decided; NotFound for no such flag.
    """
    require(by, "drafts.review")
    held = _locked(by, draft_id)
    _still_open(held)
    if wrote(by, held):
        raise DraftRefused("自己起草的由别人审查。", "Somebody else reviews what you drafted.")
    said = visible_line(reason, "理由", "reason")
    if not said or len(said) > _LONGEST_REASON:
        raise DraftRefused(
            f"写明审查结论和理由，最多 {_LONGEST_REASON} 个字。",
            f"Give the conclusion and the reason, {_LONGEST_REASON} signs at most.",
        )
    if flag not in {one.id for one in lint(compiled)}:
        raise NotFound(flag=flag[:80])
    earlier = held.reviews.filter(flag=flag).first()
    if earlier is not None:
        raise MoveRefused(
            f"{earlier.by_name} 已在 {when(earlier.at)} 审查过这一处。",
            f"{earlier.by_name} reviewed this point at {when(earlier.at)}.",
        )
    made = FlagReview.objects.create(draft=held, flag=flag, reason=said, by=by, by_name=author(by))
    _record("review", by, held, {"flag": flag, "reason": said})
    return made


@transaction.atomic
def finish_draft(*, by: User, draft_id: int, compiled: CompiledRule) -> ClauseDraft:
    """Finish a draft for publication.

    Raises: DraftRefused for one's own draft, and while a flag has no review record; MoveRefused.
    """
    require(by, "drafts.publish")
    held = _locked(by, draft_id)
    _still_open(held)
    if wrote(by, held):
        raise DraftRefused("自己起草的由别人定稿。", "Somebody else finishes what you drafted.")
    try:
        require_publishable(lint(compiled), reviews_of(held))
    except RuleError as problem:
        raise DraftRefused(problem.zh, problem.en) from problem
    held.state = ClauseDraft.State.FINISHED
    held.finished_by, held.finished_at = author(by), timezone.now()
    held.save(update_fields=["state", "finished_by", "finished_at"])
    _record("finish", by, held, {"version": held.versions.count()})
    return held


def _locked(by: User, pk: int) -> ClauseDraft:
    draft_of(by, pk)
    return ClauseDraft.objects.select_for_update(of=("self",)).select_related("zone").get(pk=pk)


def _still_open(held: ClauseDraft) -> None:
    if held.state == ClauseDraft.State.FINISHED:
        raise MoveRefused(
            f"{held.finished_by} 已定稿，不能再改；要改请另起一个名字。",
            f"{held.finished_by} finished it; save under another name to change it.",
        )


def _record(act: str, by: User, held: ClauseDraft, detail: Mapping[str, Any]) -> None:
    record_event(
        by=by,
        action=f"draft.{act}",
        zone=held.zone,
        target=str(held.pk),
        detail={"rule": held.rule, "name": held.name, **detail},
    )
