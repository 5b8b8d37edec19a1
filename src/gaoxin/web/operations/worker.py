"""The background worker (后台任务): does what people asked for, one step at a time, and shows it is alive.

`gaoxin work` runs one; several may run beside each other, each piece of work is leased to one of them.
Asked to stop, it ends at the next chunk and gives its work back; killed, its lease runs out and another
one begins the step again.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from gaoxin.web.drafts.work import check_once
from gaoxin.web.eligibility.work import evaluate_once
from gaoxin.web.imports.work import work_once
from gaoxin.web.ledger.journal import carry_over
from gaoxin.web.operations.models import Heartbeat

IDLE = 1.0  # seconds between two looks
BEAT = 20.0  # seconds between two signs of life
FORGOTTEN = timedelta(days=1)

log = logging.getLogger("gaoxin.worker")


def worker_name() -> str:
    """Host, process and a few random letters: a number may be given again after a restart."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(3)}"


def work(stop: threading.Event, *, once: bool = False) -> int:
    """Work until `stop` is set; with `once`, until nothing waits. Returns how many steps were done."""
    name = worker_name()
    beating = threading.Thread(target=_beat, args=(name, stop), name="heartbeat", daemon=True)
    beating.start()
    log.info("worker begins", extra={"worker": name})
    done = 0
    try:
        while not stop.is_set():
            close_old_connections()
            if _one(name, stop):
                done += 1
            elif once:
                break
            else:
                stop.wait(IDLE)
    finally:
        stop.set()
        beating.join(timeout=5)
        with contextlib.suppress(DatabaseError):
            Heartbeat.objects.filter(pk=name).delete()
        log.info("worker ended", extra={"worker": name, "steps": done})
    return done


def _one(name: str, stop: threading.Event) -> bool:
    """One step. Our own faults are logged and the run is tried again later; the worker goes on."""
    try:
        return work_once(name, stopping=stop.is_set) or check_once(name) or evaluate_once(name)
    except Exception:
        log.exception("a step failed by our own fault", extra={"worker": name})
        stop.wait(IDLE)
        return False


def _beat(name: str, stop: threading.Event) -> None:
    try:
        while True:
            # SQLite may be busy with a long import; the next sign comes soon enough.
            with contextlib.suppress(DatabaseError):
                Heartbeat.objects.update_or_create(worker=name, defaults={"at": timezone.now()})
                Heartbeat.objects.filter(at__lt=timezone.now() - FORGOTTEN).delete()
                carry_over()
            if stop.wait(BEAT):
                return
    finally:
        connections.close_all()
