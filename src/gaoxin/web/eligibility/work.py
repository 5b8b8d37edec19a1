"""Does the evaluations people asked for, one at a time (后台判定).

A run is leased to the worker that takes it; one that died loses it when the lease runs out, and the next
worker begins again: nothing was written, for an evaluation is one transaction.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gaoxin.core.errors import GaoxinError
from gaoxin.web.eligibility import progress
from gaoxin.web.eligibility.models import Run, State
from gaoxin.web.eligibility.services import BUSY, finish
from gaoxin.web.ledger.audit import record_event

LEASE = timedelta(minutes=10)  # a million enterprises take minutes; a lost one waits no longer
MOST_ATTEMPTS = 3
log = logging.getLogger("gaoxin.eligibility")


class LeaseLost(Exception):
    """Another worker has the run; what this one reckoned must not be kept."""


def evaluate_once(worker: str) -> bool:
    """Do one evaluation; False if nothing waits. Our own faults leave it to the next attempt."""
    run = _claim(worker)
    if run is None:
        return False
    log.info("evaluation begins", extra={"run": run.pk, "attempt": run.attempts})
    try:
        finish(run, lambda: _still_mine(run, worker), progress.reporter(run.pk))
    except LeaseLost:
        log.warning("evaluation lease lost", extra={"run": run.pk})
    except GaoxinError as problem:
        _fail(run, problem.zh, problem.en)
    finally:
        progress.forget(run.pk)
    log.info("evaluation ended", extra={"run": run.pk})
    return True


def _claim(worker: str) -> Run | None:
    now = timezone.now()
    free = Run.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), state__in=BUSY)
    if not free.exists():  # asking is cheap, a transaction on SQLite takes the only write lock
        return None
    with transaction.atomic():
        run = _locked(free, skip=True).order_by("pk").first()
        if run is None:
            return None
        if run.attempts >= MOST_ATTEMPTS:
            _fail(
                run,
                f"判定中断了 {run.attempts} 次，已停止。请把编号 {run.pk} 告诉管理员。",
                f"Interrupted {run.attempts} times. Quote number {run.pk} to your administrator.",
            )
            return None
        run.state, run.worker, run.lease_until = State.WORKING, worker, now + LEASE
        run.attempts += 1
        run.save(update_fields=["state", "worker", "lease_until", "attempts"])
        return run


def _still_mine(run: Run, worker: str) -> Run:
    """The row, locked. Raises: LeaseLost if another worker took it."""
    row = _locked(Run.objects.filter(pk=run.pk, worker=worker, state=State.WORKING)).first()
    if row is None:
        raise LeaseLost(str(run.pk))
    return row


def _locked(rows: QuerySet[Run], *, skip: bool = False) -> QuerySet[Run]:
    rows = rows.select_related("zone", "snapshot", "made_by")
    if connection.vendor == "postgresql":
        return rows.select_for_update(of=("self",), skip_locked=skip)
    return rows


@transaction.atomic
def _fail(run: Run, zh: str, en: str) -> None:
    run.state, run.worker, run.lease_until = State.FAILED, "", None
    run.error_zh, run.error_en = zh, en
    run.save()
    record_event(
        by=run.made_by, action="eligibility.fail", zone=run.zone, target=str(run.pk), detail={"zh": zh}
    )
