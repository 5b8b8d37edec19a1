"""Reads evaluations and standings (查询). Every door takes `reader=` first and shows only the reader's own.

| door | gives |
|---|---|
| `latest_run` | the evaluation whose standings hold now in a zone |
| `run_under_way` | the one that waits or is being done, or the last that failed |
| `standings` | the current standings of a zone, of one rule or all |
| `standings_of` | the current standings of one enterprise, by rule |

Raises: NotFound for what does not exist or must not be seen.
"""

from __future__ import annotations

from django.db.models import QuerySet

from gaoxin.web.accounts.permissions import require
from gaoxin.web.eligibility.models import Run, Standing, State
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.models import Subject


def latest_run(reader: object, zone: Subject) -> Run | None:
    """The newest finished evaluation of a zone; None if there is none."""
    _zone_of(reader, zone)
    return Run.objects.filter(zone=zone, state=State.DONE).select_related("snapshot").order_by("-pk").first()


def run_under_way(reader: object, zone: Subject) -> Run | None:
    """The newest evaluation of a zone if it is not finished, or failed; None otherwise."""
    _zone_of(reader, zone)
    newest = Run.objects.filter(zone=zone).select_related("snapshot").order_by("-pk").first()
    return newest if newest is not None and newest.state != State.DONE else None


def standings(reader: object, zone: Subject, rule: str | None = None) -> QuerySet[Standing]:
    """What holds now for the enterprises of a zone, with their names; unordered."""
    require(reader, "standings.view")
    _zone_of(reader, zone)
    rows = Standing.objects.filter(until=None, subject__zone=zone).select_related("subject", "since")
    return rows if rule is None else rows.filter(rule=rule)


def standings_of(reader: object, subject: Subject) -> dict[str, Standing]:
    """What holds now for one enterprise, by rule."""
    _visible(reader, subject)
    rows = Standing.objects.filter(until=None, subject=subject).select_related("since", "since__snapshot")
    return {row.rule: row for row in rows}


def _zone_of(reader: object, zone: Subject) -> None:
    account = scope.enter(reader)
    if zone.kind != "zone" or zone.pk not in scope.zone_ids(account):
        raise NotFound(zone=zone.code)


def _visible(reader: object, subject: Subject) -> None:
    require(reader, "enterprises.view")
    if not scope.visible_subjects(reader).filter(pk=subject.pk).exists():
        raise NotFound(code=subject.code)
