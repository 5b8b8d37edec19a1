"""Who may see which rows (可见范围): the one place where reader, zone, kind and sensitivity meet.

| reader | subjects | figures |
|---|---|---|
| officers, director, auditor | everything in their zones; regions | all, restricted ones about a firm only
for some roles |
| administrator | zones, regions, industries | all |
| enterprise user | the own enterprise | all |
| bank user, applicant | their zones, regions | public ones |

What a reader may not see does not exist for the reader: the same answer as for a wrong code.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import INTERNAL, can, sensitivities
from gaoxin.web.ledger.models import Metric, Subject

PERSONAL_KINDS = frozenset({"enterprise", "person", "project", "platform", "fund", "parcel"})
_KEPT = "_gx_zone_ids"
_KEPT_PLACES = "_gx_place_ids"


def zone_ids(reader: User) -> tuple[int, ...]:
    """The zones of the reader; asked of the database once for each account object, so once a request."""
    kept: tuple[int, ...] | None = getattr(reader, _KEPT, None)
    if kept is None:
        kept = tuple(reader.zones.values_list("pk", flat=True))
        setattr(reader, _KEPT, kept)
    return kept


def places(account: User) -> tuple[int, ...]:
    """Where the account may write: its zones and the regions they lie in, up to the province."""
    kept: tuple[int, ...] | None = getattr(account, _KEPT_PLACES, None)
    if kept is None:
        found, level = set(zone_ids(account)), set(zone_ids(account))
        while level:
            above = Subject.objects.filter(parts__in=level, kind="region").values_list("pk", flat=True)
            level = set(above) - found
            found |= level
        kept = tuple(sorted(found))
        setattr(account, _KEPT_PLACES, kept)
    return kept


def may_write_about(account: User, subject: Subject) -> bool:
    """Regions are read by every zone, and written by the zones that lie in them."""
    mine = subject.zone_id in zone_ids(account) if subject.zone_id else subject.pk in places(account)
    return mine and visible_subjects(account).filter(pk=subject.pk).exists()


def enter(reader: object) -> User:
    """Nobody reads anything without an open account. Raises: PermissionDenied."""
    if not isinstance(reader, User) or not reader.is_active:
        raise PermissionDenied("reader")
    return reader


def visible_subjects(reader: object) -> QuerySet[Subject]:
    """The subjects that exist for this reader."""
    account = enter(reader)
    if account.role == Role.ENTERPRISE_USER:
        return Subject.objects.filter(pk=account.enterprise_id)
    if not can(account, "zones.view"):
        return Subject.objects.none()
    zones = zone_ids(account)
    mine = Q(pk__in=zones) | Q(zone__in=zones) | Q(kind="region")
    if account.role in INTERNAL and can(account, "enterprises.view"):
        return Subject.objects.filter(mine)
    if account.role in INTERNAL:
        return Subject.objects.filter(mine).exclude(kind__in=PERSONAL_KINDS)
    return Subject.objects.filter(mine, kind__in=("zone", "region"))


def readable_metrics(reader: User, kind: str) -> Q:
    """Condition on Metric: which figures about a subject of this kind the reader may read.

    Sensitivity is about single firms and persons; figures of a whole zone are open to everyone inside the
    committee.
    """
    if reader.role in INTERNAL and kind not in PERSONAL_KINDS:
        return Q()
    return Q(sensitivity__in=sensitivities(reader))


def readable_metric_ids(reader: User, kind: str) -> QuerySet[Metric]:
    return Metric.objects.filter(readable_metrics(reader, kind))
