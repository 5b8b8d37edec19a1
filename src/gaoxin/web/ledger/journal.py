"""Writes down at once who opened a page, even while the ledger is being written (留痕不等待).

A large import holds SQLite's only write lock for some seconds. Reading goes on, but the audit row of a page
would wait. So after a moment the note goes into a file, flushed to the disk, and is carried over when the
lock is free: by the next note, or by the worker. PostgreSQL has no such lock and no such file.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from gaoxin.web import environment
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger.audit import author, record_event, zone_of
from gaoxin.web.ledger.models import AuditEvent, Subject
from gaoxin.web.logs import request_id

PATIENCE = 200  # milliseconds
_PENDING = "pending.jsonl"


def note(*, by: User, action: str, subject: Subject) -> None:
    """Record the act, or keep it in the file if the ledger is busy; never waits longer than `PATIENCE`."""
    try:
        with _impatient(), transaction.atomic():
            record_event(by=by, action=action, subject=subject, target=subject.code)
    except OperationalError as problem:
        if not is_busy(problem):
            raise
        _keep(by, action, subject)
        return
    if _folder().exists():
        carry_over()


def is_busy(problem: BaseException) -> bool:
    """Somebody else holds the write lock of SQLite."""
    return isinstance(problem, OperationalError) and "locked" in str(problem)


def carry_over() -> int:
    """Bring what was kept in files into the ledger; returns how many. A file is removed once it is in."""
    folder, done = _folder(), 0
    if not folder.exists():
        return 0
    with contextlib.suppress(FileNotFoundError):
        (folder / _PENDING).rename(folder / f"{secrets.token_hex(8)}.jsonl")
    for path in sorted(folder.glob("*.jsonl")):
        if path.name == _PENDING:
            continue
        try:
            with _impatient(), transaction.atomic():
                done += _write(path)
        except OperationalError as problem:
            if not is_busy(problem):
                raise
            return done
        path.unlink(missing_ok=True)
    return done


def _folder() -> Path:
    return environment.home() / "audit"


def _keep(by: User, action: str, subject: Subject) -> None:
    zone = zone_of(subject)
    line: dict[str, Any] = {
        "at": timezone.now().isoformat(),
        "by_id": by.pk,
        "by_name": author(by),
        "role": by.role,
        "action": action,
        "zone_id": zone.pk if zone is not None else None,
        "subject_id": subject.pk,
        "target": subject.code,
        "detail": {"note": secrets.token_hex(8)},
        "request_id": request_id.get(),
    }
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(_folder() / _PENDING, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(
            descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode()
        )  # one write: whole or not at all
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path) -> int:
    """The notes of a file; one that is in already (a crash before the file was removed) is passed over."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    known = AuditEvent.objects.filter(detail__note__in=[line["detail"]["note"] for line in lines])
    seen = set(known.values_list("detail__note", flat=True))
    fresh = [line for line in lines if line["detail"]["note"] not in seen]
    AuditEvent.objects.bulk_create(
        AuditEvent(**{**line, "at": datetime.fromisoformat(line["at"])}) for line in fresh
    )
    return len(fresh)


@contextlib.contextmanager
def _impatient() -> Iterator[None]:
    """SQLite: wait for the write lock for a moment only."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    usual = connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
