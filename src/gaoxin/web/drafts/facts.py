"""Which facts may a draft of this zone be held against? (核对用的事实)

Those of the zone, of who and what belongs to it, of the regions, and of the other zones of the reader; of
enterprises only those that the text names. Real drafts are never held against invented facts, nor the
reverse. Figures about single firms that not every officer of the zone may read are left out: a draft may be
shown to all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gaoxin.facts import records
from gaoxin.facts.factbase import FactBase
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger import models, scope
from gaoxin.web.ledger.moments import last_moment
from gaoxin.web.ledger.reading import replay

_FOR_ALL = ("public", "internal")
_NAMED = ("enterprise", "person", "project", "platform", "fund", "parcel")
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known as of a moment. `refs`: observation id → pack id, "" where it has none."""

    base: FactBase
    refs: dict[str, str]
    known: datetime | None


def facts_for(reader: User, zone: models.Subject, text: str, *, as_of: datetime | None = None) -> Facts:
    """The fact base for a text of a zone of the reader."""
    known = as_of or last_moment()
    subjects = list(_subjects(reader, zone, text))
    codes = {row.pk: row.code for row in subjects}
    personal = Q(subject__kind__in=scope.PERSONAL_KINDS)
    rows = models.Observation.objects.filter(subject__in=list(codes)).filter(
        ~personal | Q(metric__sensitivity__in=_FOR_ALL)
    )
    held = replay(rows, codes=codes, as_of=known) if known is not None else None
    base = held.base if held is not None else FactBase()
    above = dict(models.Subject.objects.values_list("pk", "code").filter(kind__in=("region", "zone")))
    for row in subjects:
        parent = codes.get(row.parent_id or 0) or above.get(row.parent_id or 0, "")
        base.add_subject(records.Subject(row.code, row.name, row.name_en, tuple(row.aliases), parent))
    if held is not None:
        for source in models.Source.objects.filter(code__in=held.sources):
            base.add_source(
                records.Source(
                    source.code,
                    source.title,
                    source.title_en,
                    source.publisher,
                    source.published,
                    source.document,
                )
            )
    return Facts(base, dict(held.refs) if held is not None else {}, known)


def _subjects(reader: User, zone: models.Subject, text: str) -> list[models.Subject]:
    """Places and branches always; firms and persons where the text names them."""
    seen = scope.visible_subjects(reader).filter(Q(synthetic=zone.synthetic) | Q(kind="region"))
    places = seen.filter(Q(kind__in=("zone", "region")) | Q(zone=zone)).exclude(kind__in=_NAMED)
    return [*places, *_named(seen.filter(zone=zone, kind__in=_NAMED), text)]


def _named(rows: QuerySet[models.Subject], text: str) -> list[models.Subject]:
    found = [
        pk
        for pk, name, aliases in rows.values_list("pk", "name", "aliases").iterator()
        if any(len(one) >= _SHORTEST_NAME and one in text for one in (name, *aliases))
    ]
    return list(models.Subject.objects.filter(pk__in=found))
