"""Proves that a finished archive can be read and holds what it says (核对备份)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gaoxin.web.operations.archives import sqlite
from gaoxin.web.operations.archives.manifest import HOME, Contents, Manifest
from gaoxin.web.operations.archives.problems import BackupError
from gaoxin.web.operations.archives.reading import Archive, open_archive


def verify(path: Path, workplace: Path) -> Manifest:
    """Open an archive as a stranger would, read every byte, open the database in it and count its rows.

    Raises: BackupError naming what does not agree.
    """
    with open_archive(path) as archive:
        contents = archive.manifest.contents
        rows = {table.member: table.rows for table in contents.tables if table.member}
        for member in archive.manifest.members:
            pieces = archive.content(member.name)
            if member.name == sqlite.MEMBER:
                unpack(pieces, workplace / "verified.sqlite3")
                compare(sqlite.look(workplace / "verified.sqlite3"), contents)
                (workplace / "verified.sqlite3").unlink()
            elif member.name in rows:
                if (found := sum(piece.count(b"\n") for piece in pieces)) != rows[member.name]:
                    raise _miscounted(member.name, found, rows[member.name])
            else:
                for _ in pieces:
                    pass
        return archive.manifest


def unpack(pieces: Iterator[bytes], target: Path) -> None:
    """Write verified bytes into a new file that only its owner can read."""
    target.touch(mode=0o600, exist_ok=False)
    with target.open("wb") as opened:
        for piece in pieces:
            opened.write(piece)


def compare(found: Contents, expected: Contents) -> None:
    """Raises: BackupError if tables, rows, migrations or guards differ."""
    for name in sorted(found.counts.keys() | expected.counts.keys()):
        if found.counts.get(name) != expected.counts.get(name):
            raise _miscounted(name, found.counts.get(name, 0), expected.counts.get(name, 0))
    if (found.migrations, found.guards) != (expected.migrations, expected.guards):
        raise BackupError(
            "数据库副本的迁移或库内约束与清单不符。请换一份备份。",
            "Migrations or guards of the database copy do not agree with the manifest; use another backup.",
        )


def lost_snapshots(archive: Archive | Manifest) -> list[str]:
    """Snapshots the ledger knows whose files are not in the archive."""
    manifest = archive if isinstance(archive, Manifest) else archive.manifest
    kept = {member.name for member in manifest.members}
    return [
        facts.path
        for facts in manifest.contents.snapshots
        if f"{HOME}snapshots/{facts.path}/manifest.json" not in kept
    ]


def _miscounted(name: str, found: int, expected: int) -> BackupError:
    return BackupError(
        f"核对不通过：{name} 应有 {expected} 行，实有 {found} 行。请重新备份；仍不行请换一块磁盘。",
        f"Verification failed: {name} should have {expected} rows and has {found}. Back up again, or use "
        "another disk.",
        name=name,
    )
