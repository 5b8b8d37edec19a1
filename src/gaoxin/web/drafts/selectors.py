"""Reads drafts (查文稿): one's own, and those one checks for others or audits.

| reader | sees |
|---|---|
| who handed it in | the own drafts |
| statistician, director, auditor | all drafts of their zones |
| other officers | those shared with the officers of the zone |

A draft that may not be seen does not exist for the reader. Raises: PermissionDenied for roles without drafts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import can, require
from gaoxin.web.drafts.models import Act, Answer, Checking, Decision, Draft, DraftFigure, Pending, Proposal
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.models import Subject

PAGE = 30
QUEUE_PAGE = 50
SEE_ALL = frozenset({Role.STATISTICIAN, Role.DIRECTOR, Role.AUDITOR})


def drafts(
    reader: object, zone: Subject, *, search: str = "", after: int | None = None
) -> tuple[list[tuple[Draft, Checking | None]], int | None]:
    """The drafts of a zone with their last check, newest first, a page at a time."""
    rows = _seen(_enter(reader)).filter(zone=zone)
    for word in search.split()[:5]:
        if "\0" not in word:
            rows = rows.filter(
                Q(title__icontains=word) | Q(file_name__icontains=word) | Q(by_name__icontains=word)
            )
    if after is not None:
        rows = rows.filter(pk__lt=after)
    newest = Checking.objects.filter(draft=OuterRef("pk")).order_by("-number").values("pk")[:1]
    held = list(rows.defer("text").annotate(checking=Subquery(newest)).order_by("-pk")[: PAGE + 1])
    found = Checking.objects.in_bulk([row.checking for row in held if row.checking])  # type: ignore[attr-defined]
    page = [(row, found.get(row.checking)) for row in held[:PAGE]]  # type: ignore[attr-defined]
    return page, held[PAGE - 1].pk if len(held) > PAGE else None


def draft(reader: object, pk: int) -> Draft:
    """One draft. Raises: NotFound."""
    found = _seen(_enter(reader)).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这份文稿，或您无权查看。", "There is no such draft, or it is not yours to see.")
    return found


def checking_of(held: Draft, number: int | None = None) -> Checking:
    """One check of a draft, by default the last. Raises: NotFound."""
    rows = held.checkings.order_by("-number")
    found = rows.first() if number is None else rows.filter(number=number).first()
    if found is None:
        raise NotFound("没有这一次核对。", "There is no such check.")
    return found


def figures(checking: Checking) -> list[DraftFigure]:
    """The figures of a check in the order of the text."""
    return list(checking.figures.order_by("start", "number"))


def pending(held: Draft) -> Pending | None:
    """The check the worker is at, or could not do; None where nothing waits."""
    return Pending.objects.filter(draft=held).first()


@dataclass(frozen=True, slots=True)
class Standing:
    """What was decided about one figure: `act` is replace, keep or empty; `comment` what stands beside it."""

    act: str = ""
    by_name: str = ""
    comment: str = ""


def standings(held: Draft, rows: list[DraftFigure]) -> dict[int, Standing]:
    """Figure number → what was decided, for figures about which anything was.

    A replacement counts as long as the check still proposes the same characters for the same place; what was
    decided under an earlier check stays so.
    """
    newest: dict[tuple[int, int], Decision] = {}
    comments: dict[tuple[int, int], str] = {}
    for one in Decision.objects.filter(draft=held).order_by("pk"):
        place = (one.start, one.end)
        if one.act == Act.COMMENT:
            comments[place] = one.text
        else:
            newest[place] = one
    found = {}
    for row in rows:
        last = newest.get((row.start, row.end))
        act = last.act if last is not None and last.act != Act.UNDO else ""
        if last is not None and act == Act.REPLACE and last.text != row.new:
            act = ""
        comment = comments.get((row.start, row.end), "")
        if act or comment:
            found[row.number] = Standing(act, last.by_name if last is not None else "", comment)
    return found


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure whose verdict is another one than last time; an empty one: it was not found there."""

    quote: str
    start: int
    before: str
    now: str
    number: int


def changed(before: Checking, now: Checking) -> list[Changed]:
    """What another check found out, in the order of the text."""
    old = {(row.start, row.end): row for row in before.figures.all()}
    new = {(row.start, row.end): row for row in now.figures.all()}
    found = []
    for place in sorted(old.keys() | new.keys()):
        was, is_now = old.get(place), new.get(place)
        verdict, verdict_now = (was.verdict if was else ""), (is_now.verdict if is_now else "")
        same_words = was is not None and is_now is not None and was.expected == is_now.expected
        if verdict != verdict_now or not same_words:
            row = is_now or was
            assert row is not None
            found.append(Changed(row.quote, place[0], verdict, verdict_now, is_now.number if is_now else 0))
    return found


def may_decide(reader: object, held: Draft) -> bool:
    """Whoever may check drafts decides about the own ones; statistician and director about all they see."""
    if not can(reader, "papers.check"):
        return False
    account = scope.enter(reader)
    return held.by_id == account.pk or account.role in SEE_ALL or held.shared


def may_share(reader: object, held: Draft) -> bool:
    return can(reader, "papers.check") and held.by_id == scope.enter(reader).pk


def proposals(
    reader: object, zone: Subject, *, draft: Draft | None = None, state: str = "", after: int | None = None
) -> tuple[list[Proposal], int | None]:
    """Figures of drafts that wait to become facts, oldest first.

    `state`: open, accepted, withdrawn (accepted, and taken back in the ledger), rejected, or empty for all.
    """
    rows = Proposal.objects.filter(draft__in=_seen(_enter(reader)), draft__zone=zone)
    if draft is not None:
        rows = rows.filter(draft=draft)
    if state == "open":
        rows = rows.filter(answer=None)
    elif state == "accepted":
        rows = rows.filter(~Exists(withdrawn_answers()), answer__accepted=True)
    elif state == "withdrawn":
        rows = rows.filter(Exists(withdrawn_answers()))
    elif state == "rejected":
        rows = rows.filter(answer__accepted=False)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    joined = rows.select_related(
        "draft", "figure__checking", "answer__observation__batch__withdrawal", "draft__zone"
    )
    held = list(joined.order_by("pk")[: QUEUE_PAGE + 1])
    return held[:QUEUE_PAGE], held[QUEUE_PAGE - 1].pk if len(held) > QUEUE_PAGE else None


def withdrawn_answers() -> QuerySet[Answer]:
    """The answers of a proposal (the outer row) whose observation was withdrawn with its batch."""
    return Answer.objects.filter(proposal=OuterRef("pk"), observation__batch__withdrawal__isnull=False)


def titles(reader: object, numbers: Iterable[int]) -> dict[int, str]:
    """Number → title of the drafts among these that the reader may see."""
    return dict(_seen(_enter(reader)).filter(pk__in=list(numbers)).values_list("pk", "title"))


def proposal(reader: object, pk: int) -> Proposal:
    """One proposal of a draft that the reader may see. Raises: NotFound."""
    rows = Proposal.objects.filter(draft__in=_seen(_enter(reader)))
    found = rows.select_related("draft__zone", "figure", "answer").filter(pk=pk).first()
    if found is None:
        raise NotFound(
            "没有这条入库建议，或您无权查看。", "There is no such proposal, or it is not yours to see."
        )
    return found


def open_proposals(reader: object, zone: Subject) -> int:
    """How many figures of drafts wait to be accepted or rejected."""
    return Proposal.objects.filter(draft__in=_seen(_enter(reader)), draft__zone=zone, answer=None).count()


def places(reader: object, observations: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Observation → the draft it was taken from and its first character, for drafts the reader may see."""
    if not can(reader, "papers.view"):
        return {}
    rows = Answer.objects.filter(
        observation__in=list(observations), proposal__draft__in=_seen(scope.enter(reader))
    )
    return {
        number: (draft, start)
        for number, draft, start in rows.values_list("observation_id", "proposal__draft", "proposal__start")
    }


def _enter(reader: object) -> User:
    account = scope.enter(reader)
    require(account, "papers.view")
    return account


def _seen(account: User) -> QuerySet[Draft]:
    rows = Draft.objects.select_related("zone", "by").filter(zone__in=scope.zone_ids(account))
    if account.role in SEE_ALL:
        return rows
    return rows.filter(Q(by=account) | Q(shared=True))
