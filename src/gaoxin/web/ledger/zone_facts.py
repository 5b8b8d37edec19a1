"""What the ledger holds of the zones, their regions, industries and projects, as a fact base (园区事实).

Briefs and the checking of drafts work on a `FactBase`. The enterprises of a zone are tens of thousands and
stay out, unless they are named; their figures reach the zone as sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Source, Subject
from gaoxin.web.ledger import models, scope
from gaoxin.web.ledger.reading import replay

SINGLE = ("enterprise", "person")


def zone_facts(
    reader: object | None = None,
    *,
    zone: str | None = None,
    also: Iterable[str] = (),
    as_of: datetime | None = None,
) -> FactBase:
    """The facts about places, industries and projects that a reader may read, with their names and documents.

    `reader`: None is the operator at the command line, who reads all. `zone`: code of the one zone meant,
    with every region; None = all. `also`: codes of single enterprises to take in.
    Raises: PermissionDenied for an account that is closed.
    """
    seen = models.Subject.objects.all() if reader is None else scope.visible_subjects(reader)
    seen = seen.filter(~Q(kind__in=SINGLE) | Q(code__in=list(also)))
    if zone is not None:
        seen = seen.filter(Q(code=zone) | Q(zone__code=zone) | Q(kind="region"))
    subjects = list(seen.select_related("parent"))
    rows = _readable(reader, subjects)
    replayed = replay(rows, codes={s.pk: s.code for s in subjects}, as_of=as_of)
    for one in subjects:
        parent = one.parent.code if one.parent is not None else ""
        replayed.base.add_subject(Subject(one.code, one.name, one.name_en, tuple(one.aliases), parent))
    for document in models.Source.objects.filter(code__in=replayed.sources):
        replayed.base.add_source(
            Source(
                document.code,
                document.title,
                document.title_en,
                document.publisher,
                document.published,
                document.document,
            )
        )
    return replayed.base


def _readable(reader: object | None, subjects: list[models.Subject]) -> QuerySet[models.Observation]:
    rows = models.Observation.objects.filter(subject__in=subjects)
    if reader is None:
        return rows
    account = scope.enter(reader)
    personal = Q(subject__kind__in=scope.PERSONAL_KINDS)
    return rows.filter(
        (personal & Q(metric__in=scope.readable_metric_ids(account, "enterprise")))
        | (~personal & Q(metric__in=scope.readable_metric_ids(account, "zone")))
    )
