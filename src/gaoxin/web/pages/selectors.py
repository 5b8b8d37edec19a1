"""Reads that cut across subjects (跨主体查询): documents, batches, the audit trail. All take `reader`
first.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gaoxin.facts.ingest.diff import Diff
from gaoxin.facts.ingest.lines import Line
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import INTERNAL, require
from gaoxin.web.errors import NotFound
from gaoxin.web.imports import files
from gaoxin.web.imports import selectors as imports
from gaoxin.web.ledger import catalogue, scope
from gaoxin.web.ledger.liveness import replacements
from gaoxin.web.ledger.models import (
    AuditEvent,
    Batch,
    Observation,
    Source,
    Subject,
    Supersession,
    Withdrawal,
)
from gaoxin.web.ledger.moments import when

PAGE = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """One figure taken from a document."""

    observation: Observation
    replaced: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class TakenPage:
    rows: tuple[Taken, ...]
    after: int | None


def sources_for(reader: object, zone: Subject) -> list[Source]:
    """Documents a clerk of this zone may enter figures from: the zone's own and those of its packs,
    newest first. Who is not of the committee sees those that say something to him.
    """
    account = scope.enter(reader)
    library = catalogue.library()
    pack = next((pack.id for pack in library.packs.values() if pack.zone == zone.code), "")
    ours = [code for code, source in library.sources.items() if source.origin.pack in (pack, "national")]
    rows = known_to(account, Source.objects.filter(Q(zone=zone) | Q(code__in=ours)))
    return sorted(rows, key=lambda s: (s.published is None, s.published and -s.published.toordinal(), s.code))


def known_to(account: User, rows: QuerySet[Source]) -> QuerySet[Source]:
    """Titles tell something too: a bank, a firm, an applicant is shown a document only for a figure in it."""
    if account.role in INTERNAL:
        return rows
    return rows.filter(Exists(_readable(account).filter(source=OuterRef("pk"))))


def taken_from(reader: object, source: Source, *, after: int | None = None) -> TakenPage:
    """What was taken from a document, in the order it was recorded, a page at a time."""
    account = scope.enter(reader)
    rows = _readable(account).filter(source=source)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    replaced = replacements().filter(old=OuterRef("pk"))
    withdrawn = Withdrawal.objects.filter(batch=OuterRef("batch"))
    rows = rows.select_related("subject", "metric", "batch").annotate(
        is_replaced=Exists(replaced), is_withdrawn=Exists(withdrawn)
    )
    held = list(rows.order_by("pk")[: PAGE + 1])
    more = held[PAGE - 1].pk if len(held) > PAGE else None
    return TakenPage(tuple(Taken(o, o.is_replaced, o.is_withdrawn) for o in held[:PAGE]), more)


def _readable(account: object) -> QuerySet[Observation]:
    """Observations of the reader's subjects, each kind with the metrics that are readable for it."""
    reader = scope.enter(account)
    seen = scope.visible_subjects(reader)
    personal = Q(subject__kind__in=scope.PERSONAL_KINDS)
    return Observation.objects.filter(subject__in=seen).filter(
        (personal & Q(metric__in=scope.readable_metric_ids(reader, "enterprise")))
        | (~personal & Q(metric__in=scope.readable_metric_ids(reader, "zone")))
    )


def batches(reader: object, zone: Subject, *, after: int | None = None, limit: int = 50) -> list[Batch]:
    """What was recorded together, newest first."""
    account = scope.enter(reader)
    if zone.pk not in scope.zone_ids(account):
        raise NotFound(code=zone.code)
    rows = Batch.objects.filter(zone=zone).select_related("source", "withdrawal").order_by("-pk")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows[:limit])


def audit(
    reader: object, *, after: int | None = None, action: str = "", by: str = "", since: datetime | None = None
) -> tuple[list[AuditEvent], int | None]:
    """Who did what, newest first; events of the reader's zones. Those of no zone concern all of them: they
    are for administrators, and for auditors of every zone. Raises: PermissionDenied.
    """
    account = scope.enter(reader)
    require(account, "audit.view")
    mine = Q(zone__in=scope.zone_ids(account))
    rows = AuditEvent.objects.filter(mine | Q(zone=None) if _sees_all_zones(account) else mine)
    if action:
        rows = rows.filter(action__startswith=action)
    if by:
        rows = rows.filter(by_name__icontains=by)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    held = list(rows.select_related("subject", "zone").order_by("-pk")[: PAGE + 1])
    return held[:PAGE], held[PAGE - 1].pk if len(held) > PAGE else None


def _sees_all_zones(account: User) -> bool:
    elsewhere = Subject.objects.filter(kind="zone", synthetic=False).exclude(pk__in=scope.zone_ids(account))
    return account.role == Role.ADMINISTRATOR or not elsewhere.exists()


def lines_to_decide(reader: object, run_id: uuid.UUID) -> Sequence[Line]:
    """Every line of an import that a person decides about. Raises: NotFound, IngestError."""
    return Diff.open(files.diff_folder(imports.run(reader, run_id).pk)).attention


@dataclass(frozen=True, slots=True)
class BuiltUpon:
    """What a withdrawal takes along: figures of the batch, those replaced since, and by whom."""

    rows: int
    replaced: int
    who: tuple[str, ...]


def built_upon(reader: object, batch: Batch) -> BuiltUpon:
    """Who has replaced figures of this batch since: their figures stay when the batch is withdrawn."""
    scope.enter(reader)
    later = Supersession.objects.filter(old__batch=batch, batch__withdrawal=None).exclude(batch=batch)
    people = later.values_list("batch__by_name", "batch__at").distinct().order_by("-batch__at")[:5]
    return BuiltUpon(
        batch.rows,
        later.values("old").distinct().count(),
        tuple(f"{name} {when(at)}" for name, at in people),
    )


def firms_of(reader: object, zone: Subject) -> int:
    """How many enterprises of the zone the reader may see."""
    return scope.visible_subjects(reader).filter(zone=zone, kind="enterprise").count()
