"""Judges the enterprises of a zone by all rules in force, and asks for that to be done (判定).

`evaluate` does it here and now, in one transaction with its audit row; `request_evaluation` leaves it to the
worker (`work.py`). What has been judged before with the same snapshot, day and texts is not judged again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gaoxin import __version__
from gaoxin.core.errors import GaoxinError
from gaoxin.facts.snapshots import open_snapshot
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.eligibility.evaluating import Progress, card, evaluate_rules
from gaoxin.web.eligibility.models import Run, State
from gaoxin.web.eligibility.recording import record_renewals, record_standings
from gaoxin.web.eligibility.zone_rules import renewed_by, rules_in_force
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import catalogue, scope
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.freezing import snapshots_home
from gaoxin.web.ledger.models import Snapshot, Subject

BUSY = (State.WAITING, State.WORKING)
_KIND = "enterprise"


class EvaluationRefused(GaoxinError):
    """There is nothing to judge, or what was judged later would be overwritten with what was known before."""

    code = "evaluation_refused"


def no_progress(done: int, total: int) -> None:
    """For who does not watch."""


def latest_snapshot() -> Snapshot:
    """The newest frozen facts. Raises: EvaluationRefused if there are none."""
    found = Snapshot.objects.order_by("-as_of", "-pk").first()
    if found is None:
        raise EvaluationRefused(
            "还没有快照，请先运行 gaoxin freeze 冻结数据。", "There is no snapshot yet; run `gaoxin freeze`."
        )
    return found


def evaluate(
    zone: Subject,
    snapshot: Snapshot | None = None,
    on: date | None = None,
    by: User | None = None,
    *,
    progress: Progress = no_progress,
) -> Run:
    """Judge a zone on a day (today) from a snapshot (the newest); one transaction, or nothing.

    Asked again for the same it gives the evaluation there is. `by` None is the command line.
    Raises: EvaluationRefused; MoveRefused while the worker is at this zone; SnapshotError.
    """
    if by is not None:
        _may(by, zone)
    run = _draft(zone, snapshot or latest_snapshot(), on or timezone.localdate(), by)

    def hold() -> Run:
        _free(zone)
        return run

    return finish(run, hold, progress)


def request_evaluation(*, by: User, zone: Subject) -> Run:
    """Ask the worker to judge a zone by the newest snapshot as of today.

    Raises: PermissionDenied, NotFound; MoveRefused if it is being done already; EvaluationRefused.
    """
    _may(by, zone)
    try:
        with transaction.atomic():
            _free(zone)
            run = _draft(zone, latest_snapshot(), timezone.localdate(), by)
            run.save()
            record_event(by=by, action="eligibility.request", zone=zone, target=str(run.pk))
    except IntegrityError:
        raise _busy() from None
    return run


def evaluate_everywhere(snapshot: Snapshot | None = None) -> Iterator[Run]:
    """Judge every zone that has enterprises, after facts were frozen; zones under way are left to their
    worker.
    """
    zones = Subject.objects.filter(kind="zone", inhabitants__kind=_KIND).distinct().order_by("code")
    for zone in zones:
        if not Run.objects.filter(zone=zone, state__in=BUSY).exists():
            yield evaluate(zone, snapshot)


def finish(run: Run, hold: Callable[[], Run], progress: Progress) -> Run:
    """Judge what a run asks for, then write it down in one transaction.

    `hold` gives the row to write, locked, inside that transaction; the reckoning before it holds no lock.
    Returns the run, or the earlier one that had the same to say.
    """
    zone, day = run.zone, run.on
    rules = rules_in_force(zone.code, day, run.application, practice=zone.synthetic)
    ending = renewed_by(zone.code, day, practice=zone.synthetic)
    made_of = card(run.snapshot.hash, rules, day, run.application, __version__, ending)
    firms = list(Subject.objects.filter(zone=zone, kind=_KIND).order_by("pk").values_list("code", "pk"))
    made_of["enterprises"] = len(firms)
    last = _last(zone)
    if last is not None and last.card == made_of:
        return _as_before(hold, last)
    _not_backwards(run, last)
    subjects = pl.DataFrame(firms, schema={"subject": pl.String, "subject_id": pl.Int32}, orient="row")
    facts = open_snapshot(snapshots_home() / run.snapshot.path)
    found = evaluate_rules(facts, rules, subjects, catalogue.library().metrics, day, progress, ending)
    with transaction.atomic():
        row = hold()
        _not_backwards(row, _last(zone))
        row.state, row.card, row.rules = State.WORKING, made_of, [held.id for held in rules]
        row.save()  # standings name it; once it is done it never changes
        changed = record_standings(row, found.standings)
        record_renewals(row, found.renewals, dict(firms))
        row.counts = _counts(found.standings, row.rules, changed)
        row.worker, row.lease_until, row.made_at = "", None, timezone.now()
        row.state = State.DONE
        row.save()
        record_event(
            by=row.made_by,
            action="eligibility.evaluate",
            zone=zone,
            target=str(row.pk),
            detail={
                "snapshot": row.snapshot.hash,
                "on": day.isoformat(),
                "rules": len(row.rules),
                "changed": sum(changed.values()),
                "unreadable": found.unreadable,
                "renewals": len(found.renewals),
            },
        )
    return row


def _last(zone: Subject) -> Run | None:
    done = Run.objects.filter(zone=zone, state=State.DONE).select_related("snapshot")
    return done.order_by("-pk").first()


@transaction.atomic
def _as_before(hold: Callable[[], Run], last: Run) -> Run:
    row = hold()
    if row.pk is not None:
        row.delete()
    return last


def _counts(found: pl.DataFrame, rules: list[str], changed: dict[str, int]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {rule: {} for rule in rules}
    for rule, verdict, number in found.group_by("rule", "verdict").len().sort("rule", "verdict").iter_rows():
        counts[rule][verdict] = number
    one_short = (pl.col("verdict") == "fail") & ~pl.col("not_met").str.contains(",", literal=True)
    near = found.filter(one_short).group_by("rule").len().sort("rule")
    for rule, number in near.iter_rows():
        counts[rule]["near"] = number
    for rule, number in changed.items():
        counts[rule]["changed"] = number
    return counts


def _may(by: User, zone: Subject) -> None:
    require(by, "standings.evaluate")
    if zone.kind != "zone" or zone.pk not in scope.zone_ids(by):
        raise NotFound(zone=zone.code)


def _free(zone: Subject) -> None:
    if connection.vendor == "postgresql":  # one evaluation of a zone at a time; SQLite has one writer anyway
        Subject.objects.select_for_update().get(pk=zone.pk)
    if Run.objects.filter(zone=zone, state__in=BUSY).exists():
        raise _busy()


def _busy() -> MoveRefused:
    return MoveRefused(
        "这个园区正在判定，请等它完成。", "This zone is being evaluated; wait until it is done."
    )


def _draft(zone: Subject, snapshot: Snapshot, on: date, by: User | None) -> Run:
    return Run(zone=zone, snapshot=snapshot, on=on, made_by=by, by_name=author(by))


def _not_backwards(run: Run, last: Run | None) -> None:
    if last is not None and (last.on > run.on or last.snapshot.as_of > run.snapshot.as_of):
        raise EvaluationRefused(
            f"已按 {last.on} 和更新的快照判定过，不能再写入更早的结果。",
            f"Evaluated for {last.on} with newer facts already; earlier results are not written over them.",
        )


__all__ = [
    "BUSY",
    "EvaluationRefused",
    "evaluate",
    "evaluate_everywhere",
    "finish",
    "latest_snapshot",
    "request_evaluation",
]
