"""Reads objections (查异议): one's own, and those about figures that one looks after or audits.

| reader | sees |
|---|---|
| who raised it | the own ones, as long as the figure may be read |
| statistician, director, auditor | those of their zones, and of the regions their zones lie in |
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import can
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.models import Subject
from gaoxin.web.objections.models import Objection

PAGE = 50
_READ_ALL = frozenset({Role.STATISTICIAN, Role.DIRECTOR, Role.AUDITOR})


def objections(
    reader: object, *, zone: Subject | None = None, state: str = "", after: int | None = None
) -> tuple[list[Objection], int | None]:
    """Newest first, a page at a time. `state`: open or answered; `zone`: those looked after there."""
    rows = _seen(scope.enter(reader))
    if zone is not None:
        rows = rows.filter(_of_zone(zone))
    if state in ("open", "answered"):
        rows = rows.filter(answer__isnull=state == "open")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    held = list(rows.order_by("-pk")[: PAGE + 1])
    return held[:PAGE], held[PAGE - 1].pk if len(held) > PAGE else None


def waiting(reader: object, zone: Subject) -> QuerySet[Objection]:
    """Open objections of a zone for who answers them; nothing for others."""
    account = scope.enter(reader)
    if not can(account, "facts.correct") or zone.pk not in scope.zone_ids(account):
        return Objection.objects.none()
    return _joined().filter(_of_zone(zone), answer=None)


def objection(reader: object, pk: int) -> Objection:
    """One objection. Raises: NotFound."""
    found = _seen(scope.enter(reader)).filter(pk=pk).first()
    if found is None:
        raise NotFound(
            "没有这条异议，或您无权查看。", "There is no such objection, or it is not yours to see."
        )
    return found


def may_answer(reader: User, held: Objection) -> bool:
    return can(reader, "facts.correct") and scope.may_write_about(reader, held.subject)


def _seen(account: User) -> QuerySet[Objection]:
    mine = Q(by=account, subject__in=scope.visible_subjects(account))
    if account.role in _READ_ALL:
        places = scope.places(account)
        mine |= Q(zone__in=scope.zone_ids(account)) | Q(zone=None, subject__in=places)
    return _joined().filter(mine)


def _of_zone(zone: Subject) -> Q:
    """Figures of the zone and of everybody in it, and of the regions it lies in."""
    above, level = [], zone.parent
    while level is not None and level.kind == "region":
        above.append(level.pk)
        level = level.parent
    return Q(zone=zone) | Q(zone=None, subject__in=above)


def _joined() -> QuerySet[Objection]:
    return Objection.objects.select_related(
        "answer", "answer__by", "by", "subject", "subject__zone", "zone", "source", "observation__metric"
    )
