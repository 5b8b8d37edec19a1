"""A worker's hold on a run: a lease that it renews while it works and that runs out when it dies (租约).

The lease only says who may try. That nothing is written twice is ensured where it is written: `still_mine`
locks the row inside the final transaction and refuses a worker that lost it.
"""

from __future__ import annotations

import contextlib
import threading
from datetime import timedelta

from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q
from django.utils import timezone

from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.imports.states import WORKING

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


class LeaseLost(Exception):
    """Another worker has the run; whatever this one was doing must not be kept."""


def claim(worker: str, *, only: ImportRun | None = None) -> Tenure | None:
    """Take the oldest run that waits or whose worker died; None if there is none."""
    now = timezone.now()
    free = ImportRun.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), state__in=WORKING)
    if only is not None:
        free = free.filter(pk=only.pk)
    if not free.exists():  # asking is cheap, a transaction on SQLite takes the only write lock
        return None
    with transaction.atomic():
        if connection.vendor == "postgresql":
            free = free.select_for_update(skip_locked=True, of=("self",))
        run = free.select_related("zone", "source").order_by("changed_at").first()
        if run is None:
            return None
        if run.attempts >= MOST_ATTEMPTS:
            give_up(run)
            return None
        run.worker, run.lease_until, run.attempts = worker, now + LEASE, run.attempts + 1
        run.save(update_fields=["worker", "lease_until", "attempts"])
        return Tenure(run, worker)


def give_up(run: ImportRun) -> None:
    """A run that kills its workers is set aside and says so."""
    run.state, run.worker, run.lease_until = State.FAILED, "", None
    run.error_zh = f"处理中断了 {run.attempts} 次，已停止。请把导入编号 {run.pk} 告诉管理员。"
    run.error_en = (
        f"Interrupted {run.attempts} times and set aside. Quote import {run.pk} to your administrator."
    )
    run.save()


class Tenure:
    """The hold of one worker on one run; a context manager that keeps the lease alive."""

    def __init__(self, run: ImportRun, worker: str) -> None:
        self.run = run
        self.worker = worker
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Tenure:
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def still_mine(self, state: str) -> ImportRun:
        """The row, locked. Raises: LeaseLost if another worker took it or a person moved it on."""
        rows = ImportRun.objects.select_related("zone", "source", "by")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(of=("self",))
        run = rows.filter(pk=self.run.pk, worker=self.worker, state=state).first()
        if run is None:
            raise LeaseLost(str(self.run.pk))
        return run

    def finish(self, run: ImportRun, state: str) -> None:
        """Write the result of a step and give the run back, in the caller's transaction."""
        run.state, run.worker, run.lease_until, run.attempts = state, "", None, 0
        run.save()

    def give_back(self) -> None:
        """The worker ends before the step does: the next one may begin it at once."""
        held = ImportRun.objects.filter(pk=self.run.pk, worker=self.worker)
        held.update(worker="", lease_until=None, attempts=max(0, self.run.attempts - 1))

    def _renew(self) -> None:
        pause = LEASE.total_seconds() / 4
        try:
            while not self._stop.wait(pause):
                # While a step is being written, SQLite lets nobody else write: that lock then is the lease.
                with contextlib.suppress(DatabaseError):
                    ImportRun.objects.filter(pk=self.run.pk, worker=self.worker).update(
                        lease_until=timezone.now() + LEASE
                    )
        finally:
            connections.close_all()
