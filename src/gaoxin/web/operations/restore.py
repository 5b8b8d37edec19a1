"""Restores a backup into an empty place, whole or not at all (恢复).

1. The archive's list is checked, and that backup, code and target fit together; nothing has been written yet.
2. Files, and on SQLite the database, are prepared beside the target and checked; on PostgreSQL all happens in
   one transaction.
3. What was prepared is renamed into place. Whatever fails before leaves the target empty.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from gaoxin.core.errors import SnapshotError
from gaoxin.web.operations.archives import home, sqlite
from gaoxin.web.operations.archives.address import Address
from gaoxin.web.operations.archives.home import Staging
from gaoxin.web.operations.archives.manifest import HOME, Contents, FrozenFacts, Manifest
from gaoxin.web.operations.archives.problems import RestoreRefused, in_words
from gaoxin.web.operations.archives.reading import Archive, file_hash, open_archive
from gaoxin.web.operations.archives.verifying import compare, lost_snapshots, unpack

Say = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands now, proven equal to the backup.

    `findings`: what somebody should look at, in Chinese and in English.
    """

    address: Address
    sha256: str
    manifest: Manifest
    files: int
    snapshots: tuple[FrozenFacts, ...]
    findings: tuple[tuple[str, str], ...]


def restore_backup(archive: Path, *, into: Path | None = None, url: str | None = None, say: Say) -> Restored:
    """Restore into an empty folder and an empty database, by default GAOXIN_HOME and DATABASE_URL.

    Raises: RestoreRefused if the target is not empty or does not fit; BackupError for an unsound archive.
    """
    with in_words():
        address = Address.of(into, url)
        with open_archive(archive) as opened:
            contents = opened.manifest.contents
            _require_vendor(address, contents)
            home.refuse_unless_empty(address.home, address.sqlite)
            database = address.connection()
            _require_known(contents)
            if address.sqlite is None:
                from gaoxin.web.operations.archives.loading import refuse_unless_empty

                refuse_unless_empty(database)
            with Staging(address.home, address.sqlite) as staging:
                say("正在恢复文件 …", "Restoring files …")
                files = _files(opened, staging)
                snapshots, findings = _snapshots(opened, staging)
                say("正在恢复数据库 …", "Restoring the database …")
                _database(opened, address, staging)
            return Restored(address, file_hash(archive), opened.manifest, files, snapshots, findings)


def _require_vendor(address: Address, contents: Contents) -> None:
    if address.vendor != contents.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        held, target = names.get(contents.vendor, contents.vendor), names[address.vendor]
        raise RestoreRefused(
            f"这是 {held} 的备份，不能恢复到 {target}。请用 --database-url 指定一个空的 {held} 数据库"
            f"{'，或去掉 DATABASE_URL' if contents.vendor == 'sqlite' else ''}。",
            f"This is a backup of {held} and cannot be restored to {target}. Name an empty {held} "
            "database with "
            f"--database-url{', or unset DATABASE_URL' if contents.vendor == 'sqlite' else ''}.",
        )


def _require_known(contents: Contents) -> None:
    """Raises: RestoreRefused if newer code than this made the backup."""
    from django.db.migrations.loader import MigrationLoader

    known = {".".join(node) for node in MigrationLoader(None, ignore_no_migrations=True).graph.nodes}
    unknown = [name for name in contents.migrations if name not in known]
    if unknown:
        raise RestoreRefused(
            f"这份备份来自更新的版本（本程序没有迁移 {unknown[0]}）。请用做这份备份的版本，"
            "或更新的版本来恢复。",
            f"A newer version made this backup (this program lacks the migration {unknown[0]}); restore "
            "it with that "
            "version or a later one.",
            unknown=unknown,
        )


def _files(archive: Archive, staging: Staging) -> int:
    names = [member.name for member in archive.manifest.members if member.name.startswith(HOME)]
    for name in names:
        place = staging.path(name.removeprefix(HOME))
        unpack(archive.content(name), place)
        changed = archive.changed_at(name)
        os.utime(place, (changed, changed))
    return len(names)


def _snapshots(
    archive: Archive, staging: Staging
) -> tuple[tuple[FrozenFacts, ...], tuple[tuple[str, str], ...]]:
    """Open every snapshot that was kept; the ledger knows its hash."""
    lost, sound, findings = set(lost_snapshots(archive)), [], []
    for facts in archive.manifest.contents.snapshots:
        if facts.path in lost:
            problem = ("备份里没有它的文件", "the backup does not hold its files")
        else:
            problem = _damage(staging.work / "snapshots" / facts.path, facts)
        if problem is None:
            sound.append(facts)
        else:
            findings.append(
                (
                    f"快照 {facts.path} 不能用：{problem[0]}。请重新运行 gaoxin freeze。",
                    f"Snapshot {facts.path} cannot be used: {problem[1]}. Run gaoxin freeze again.",
                )
            )
    return tuple(sound), tuple(findings)


def _damage(folder: Path, facts: FrozenFacts) -> tuple[str, str] | None:
    from gaoxin.facts.snapshots import open_snapshot

    try:
        held = open_snapshot(folder).manifest.hash
    except SnapshotError as problem:
        return problem.zh.rstrip("。"), problem.en.rstrip(".")
    if held != facts.hash:
        return "内容与库中登记的不同", "it is not the one the ledger recorded"
    return None


def _database(archive: Archive, address: Address, staging: Staging) -> None:
    """Prepare the database, put everything into place, and record that it was done."""
    from django.db import transaction

    if address.sqlite is not None:
        place = staging.database()
        unpack(archive.content(sqlite.MEMBER), place)
        compare(sqlite.look(place), archive.manifest.contents)
    with transaction.atomic() if address.sqlite is None else nullcontext():
        if address.sqlite is None:
            from gaoxin.web.operations.archives.loading import load

            load(address.connection(), archive)
        staging.place()
        _remember(archive)


def _remember(archive: Archive) -> None:
    """What was entered after the backup is not here: that is an act to be recorded."""
    from gaoxin.web import opening

    if not opening.pending():
        from gaoxin.web.ledger.audit import record_event

        detail = {"created_at": archive.manifest.created_at, "rows": archive.manifest.contents.rows}
        record_event(by=None, action="backup.restore", target=archive.path.name, detail=detail)
