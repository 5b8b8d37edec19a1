"""Figures whose sources disagree, and those a person has ruled on (待裁定、已裁定).

Only keys with several observations in use can disagree. They are found by one query over the main index,
once for each state of the ledger: the answer is kept until something new is recorded. Whether they really
disagree is then judged by
`gaoxin.facts.conflicts` on the rows of these keys alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from gaoxin.web.ledger import models, scope
from gaoxin.web.ledger.figures import Figure, figures
from gaoxin.web.ledger.liveness import live_sql
from gaoxin.web.ledger.moments import last_moment
from gaoxin.web.ledger.reading import replay

MOST = 200
_AT_A_TIME = 300
_KEYS = """
    WITH several AS (
        SELECT subject_id, metric_id, period FROM ledger_observation
        WHERE subject_id IN (SELECT id FROM ledger_subject WHERE id = %s OR zone_id = %s OR kind = 'region')
        GROUP BY subject_id, metric_id, period HAVING COUNT(*) > 1)
    SELECT k.subject_id, k.metric_id, k.period FROM ledger_observation
    JOIN several k ON k.subject_id = ledger_observation.subject_id
        AND k.metric_id = ledger_observation.metric_id AND k.period = ledger_observation.period
    WHERE {live}
    GROUP BY k.subject_id, k.metric_id, k.period, figure, "of", "group" HAVING COUNT(*) > 1
    ORDER BY 1, 2, 3
"""

Key = tuple[int, int, str]


def conflicts(reader: object, zone: models.Subject, *, limit: int = MOST) -> list[Figure]:
    """Figures of the zone and of everybody in it that are in conflict and not ruled on; regions too."""
    return _found(reader, _contested(zone.pk, last_moment()), limit, lambda figure: figure.is_conflict)


def rulings(reader: object, zone: models.Subject, *, limit: int = MOST) -> list[Figure]:
    """Figures that stand because a person ruled, the newest ruling first."""
    owners = Q(subject=zone) | Q(subject__zone=zone) | Q(subject__kind="region")
    keys = (
        models.Ruling.objects.filter(owners).order_by("-at").values_list("subject_id", "metric_id", "period")
    )
    found = _found(
        reader, tuple(dict.fromkeys(keys[: limit * 2])), limit, lambda figure: figure.ruling is not None
    )
    return sorted(
        found, key=lambda figure: figure.ruling.at if figure.ruling else figure.recorded_at, reverse=True
    )


@lru_cache(maxsize=32)
def _contested(zone_id: int, _moment: datetime | None) -> tuple[Key, ...]:
    with connection.cursor() as cursor:
        condition, values = live_sql()
        cursor.execute(_KEYS.format(live=condition), [zone_id, zone_id, *values])
        return tuple(dict.fromkeys(cursor.fetchall()))


def _found(reader: object, keys: Sequence[Key], limit: int, wanted) -> list[Figure]:
    account = scope.enter(reader)
    found: list[Figure] = []
    for start in range(0, len(keys), _AT_A_TIME):
        found += [figure for figure in _figures(account, keys[start : start + _AT_A_TIME]) if wanted(figure)]
        if len(found) >= limit:
            return found[:limit]
    return found


def _figures(reader, keys: Iterable[Key]) -> list[Figure]:
    by_subject: dict[int, set[tuple[int, str]]] = {}
    for subject, metric, period in keys:
        by_subject.setdefault(subject, set()).add((metric, period))
    seen = list(scope.visible_subjects(reader).filter(pk__in=by_subject))
    readable = {
        kind: set(scope.readable_metric_ids(reader, kind).values_list("pk", flat=True))
        for kind in {s.kind for s in seen}
    }
    these = Q(pk__in=[])
    for subject in seen:
        for metric, period in by_subject[subject.pk]:
            if metric in readable[subject.kind]:
                these |= Q(subject=subject.pk, metric=metric, period=period)
    replayed = replay(models.Observation.objects.filter(these), codes={s.pk: s.code for s in seen})
    names = {s.code: s.name for s in seen}
    keys = replayed.base.keys()
    wholes = {key.of for key in keys if key.of} - set(names)
    names |= dict(models.Subject.objects.filter(code__in=wholes).values_list("code", "name"))
    return figures(replayed, names)
