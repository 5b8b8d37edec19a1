"""Copies an SQLite ledger while it is in use, and says what is in a copy (SQLite 副本)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gaoxin.web.operations.archives.manifest import NOT_KEPT, Contents, FrozenFacts, Table
from gaoxin.web.operations.archives.problems import BackupError

MEMBER = "database/gaoxin.sqlite3.gz"
_PAGES = 8192
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"


def copy(source: Path, target: Path) -> None:
    """Write a consistent copy of a database into a new file.

    One read transaction holds the moment, so that writers go on and the copy never has to start again.
    Signed-in sessions are wiped from the copy.
    """
    target.touch(mode=0o600, exist_ok=False)
    with _opened(source) as live, _opened(target) as held:
        held.execute("PRAGMA synchronous = OFF")
        live.execute("BEGIN")
        live.execute(_TABLES).fetchall()
        live.backup(held, pages=_PAGES, progress=_breathe)
        live.execute("ROLLBACK")
        held.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
        held.execute("PRAGMA secure_delete = ON")
        if NOT_KEPT in {name for (name,) in held.execute(_TABLES)}:
            held.execute(f"DELETE FROM {NOT_KEPT}")


def look(database: Path) -> Contents:
    """Check a copy in full and count it.

    Raises: BackupError if its pages are damaged or a reference leads nowhere.
    """
    with _opened(database) as held:
        _check(held)
        names = [name for (name,) in held.execute(_TABLES)]
        known = set(names)
        return Contents(
            vendor="sqlite",
            server=sqlite3.sqlite_version,
            tables=tuple(
                Table(name, *held.execute(f'SELECT count(*) FROM "{name}"').fetchone()) for name in names
            ),
            migrations=tuple(
                f"{app}.{name}"
                for app, name in held.execute("SELECT app, name FROM django_migrations ORDER BY id")
            )
            if "django_migrations" in known
            else (),
            guards=tuple(
                name
                for (name,) in held.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
                )
            ),
            snapshots=tuple(
                FrozenFacts(*row)
                for row in held.execute("SELECT path, hash FROM ledger_snapshot ORDER BY id")
            )
            if "ledger_snapshot" in known
            else (),
            newest_batch=_newest(held) if "ledger_batch" in known else None,
        )


def _check(held: sqlite3.Connection) -> None:
    found = [text for (text,) in held.execute("PRAGMA integrity_check(5)") if text != "ok"]
    found += [
        f"{table} #{row} → {parent}"
        for table, row, parent, _ in held.execute("PRAGMA foreign_key_check").fetchmany(5)
    ]
    if found:
        raise BackupError(
            f"数据库没有通过完整性检查：{'；'.join(found)}。请保留原文件，并用较早的备份核对。",
            f"The database fails its integrity check: {'; '.join(found)}. Keep the file and compare an "
            "earlier backup.",
            found=found,
        )


def _newest(held: sqlite3.Connection) -> str | None:
    (moment,) = held.execute("SELECT max(at) FROM ledger_batch").fetchone()
    return None if moment is None else f"{str(moment).replace(' ', 'T')}+00:00"


def _breathe(_status: int, _left: int, _total: int) -> None:
    """Between two portions of pages Python looks whether somebody pressed Ctrl-C."""


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    # mode=rw: a file that is not there is an error, not a new database
    opened = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=30, isolation_level=None)
    try:
        yield opened
    finally:
        opened.close()
