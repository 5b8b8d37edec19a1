"""Backs up everything while people go on working (备份): database and files into one verified archive.

1. The database as of one moment, then the files of GAOXIN_HOME: what the database names was on disk before.
2. All into `….tar.part`, synced, read back in full, and only then given its name: a `.tar` is a proven one.
3. Older archives of the folder go only after that, only if asked, and never while something looks wrong.
"""

from __future__ import annotations

import fcntl
import getpass
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gaoxin import __version__
from gaoxin.web.operations.archives import home, postgresql, sqlite
from gaoxin.web.operations.archives.address import Address
from gaoxin.web.operations.archives.manifest import HOME, MANIFEST, NOT_KEPT, Contents, Manifest
from gaoxin.web.operations.archives.problems import BackupError, in_words
from gaoxin.web.operations.archives.reading import file_hash
from gaoxin.web.operations.archives.verifying import lost_snapshots, verify
from gaoxin.web.operations.archives.writing import PIECE, Writer

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PART = ".part"
NAME = re.compile(re.escape(home.PREFIX) + r"\d{8}T\d{6}Z\.tar")
Say = Callable[[str, str], None]
Findings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified archive, and which older ones were taken away.

    `findings`: what somebody should look at, in Chinese and in English.
    """

    path: Path
    size: int
    sha256: str
    manifest: Manifest
    findings: Findings
    pruned: tuple[Path, ...] = ()


def make_backup(*, to: Path | None = None, keep: int | None = None, say: Say) -> Backup:
    """Back up the ledger of GAOXIN_HOME and DATABASE_URL into a folder, by default GAOXIN_HOME/backups.

    `keep`: how many archives the folder holds afterwards, this one counted. Missing: none is taken away; nor
    is one if there are findings: then an older archive may be the better one.
    Raises: BackupError; the folder is then as it was.
    """
    with in_words():
        address = Address.of()
        _require(address)
        database = address.connection()
        folder = (to or address.home / home.BACKUPS).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(folder), _workplace(folder) as workplace:
            part, final = _names(folder)
            try:
                skipped = _write(part, address, database, folder, workplace, say)
                say("正在核对 …", "Verifying …")
                manifest = verify(part, workplace)
                made = Backup(
                    final, part.stat().st_size, file_hash(part), manifest, _findings(manifest, skipped)
                )
                part.rename(final)
                _sync(folder)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            made = replace(made, findings=made.findings + _remember(made))
            return made if made.findings else replace(made, pruned=_prune(folder, final, keep))


def _require(address: Address) -> None:
    if address.sqlite is not None and not address.sqlite.exists():
        raise BackupError(
            f"没有找到数据库 {address.sqlite}。请检查 GAOXIN_HOME 和 DATABASE_URL；还没有数据时，先运行 "
            "gaoxin serve。",
            f"There is no database {address.sqlite}. Check GAOXIN_HOME and DATABASE_URL; if there are no "
            "data yet, run "
            "gaoxin serve first.",
        )


def _write(
    part: Path, address: Address, database: BaseDatabaseWrapper, folder: Path, workplace: Path, say: Say
) -> list[str]:
    """Write the whole archive; returns the names in home that are neither files nor folders."""
    skipped: list[str] = []
    created = datetime.now(UTC)
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as stream:
        writer = Writer(stream)
        contents = _database(address, database, writer, workplace, say)
        say("正在备份文件 …", "Copying files …")
        for name, path in home.files(address.home, database=address.sqlite, archives=folder, skipped=skipped):
            _add(writer, name, path)
        manifest = Manifest(
            code_version=__version__,
            created_at=created.isoformat(timespec="seconds"),
            created_by=_account(),
            host=platform.node(),
            contents=contents,
            members=tuple(writer.members),
            left_out=(NOT_KEPT, *home.LEFT_OUT, *skipped),
            strange_tables=tuple(_not_ours(database)),
        )
        with writer.member(MANIFEST) as sink:
            sink.write(manifest.as_bytes())
        writer.end()
        stream.flush()
        os.fsync(stream.fileno())
    return skipped


def _database(
    address: Address, database: BaseDatabaseWrapper, writer: Writer, workplace: Path, say: Say
) -> Contents:
    say("正在备份数据库 …", "Copying the database …")
    if address.sqlite is None:
        if postgresql.MIGRATIONS not in database.introspection.table_names():
            raise BackupError(
                "数据库里没有工作台的表。请检查 DATABASE_URL；还没有数据时，先运行 gaoxin serve。",
                "The database has no tables of the workbench. Check DATABASE_URL; if there are no data "
                "yet, run gaoxin "
                "serve first.",
            )
        return postgresql.dump(database, writer)
    copied = workplace / "copy.sqlite3"
    sqlite.copy(address.sqlite, copied)
    contents = sqlite.look(copied)
    with writer.member(sqlite.MEMBER, compress=True) as sink, copied.open("rb") as opened:
        while piece := opened.read(PIECE):
            sink.write(piece)
    copied.unlink()
    return contents


def _add(writer: Writer, name: str, path: Path) -> None:
    """Files are kept as they are: snapshots and workbooks are compressed already."""
    try:
        opened = path.open("rb")
    except FileNotFoundError:
        return  # a cancelled upload, gone since the folder was listed
    with opened, writer.member(HOME + name, changed=os.fstat(opened.fileno()).st_mtime) as sink:
        while piece := opened.read(PIECE):
            sink.write(piece)


def _findings(manifest: Manifest, skipped: list[str]) -> Findings:
    from gaoxin.web.ledger import guards

    expected = {name for _, name in guards.names(manifest.contents.vendor)}
    found = [
        (
            f"数据库缺少库内约束 {name}，记录可能被改动过。请查明是谁在何时去掉的。",
            (
                f"The database lacks the guard {name}; records may have been changed. Find out who removed "
                "it and when."
            ),
        )
        for name in sorted(expected - set(manifest.contents.guards))
    ]
    found += [
        (
            f"快照 {path} 的文件不在 GAOXIN_HOME 中，没有备份。请找回，或重新运行 gaoxin freeze。",
            (
                f"The files of snapshot {path} are not in GAOXIN_HOME and were not kept. Find them, or run "
                "gaoxin freeze again."
            ),
        )
        for path in lost_snapshots(manifest)
    ]
    found += [
        (
            f"{name} 是链接或特殊文件，没有备份。请把它指向的文件放进 GAOXIN_HOME。",
            f"{name} is a link or a special file and was not kept. Put what it leads to into GAOXIN_HOME.",
        )
        for name in skipped
    ]
    return tuple(found)


def _not_ours(database: BaseDatabaseWrapper) -> list[str]:
    return postgresql.unknown_tables(database) if database.vendor == "postgresql" else []


def _remember(made: Backup) -> Findings:
    """Everything left the house in one file: that is an act to be recorded."""
    from django.db import DatabaseError

    from gaoxin.web import opening

    try:
        if not opening.pending():
            from gaoxin.web.ledger.audit import record_event

            detail = {"sha256": made.sha256, "rows": made.manifest.contents.rows}
            record_event(by=None, action="backup.make", target=made.path.name, detail=detail)
    except DatabaseError as problem:
        return (
            (
                f"备份已完成，但没能写入审计记录（{problem}）。请人工登记。",
                f"The backup is sound, but the audit log could not be written ({problem}). Note it by hand.",
            ),
        )
    return ()


def _prune(folder: Path, newest: Path, keep: int | None) -> tuple[Path, ...]:
    if keep is None:
        return ()
    older = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name) and path.name < newest.name)
    gone = tuple(older[: max(0, len(older) + 1 - keep)])
    for path in gone:
        path.unlink()
    return gone


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what an earlier one left when it was killed is taken away.

    Raises: BackupError if another one is running.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                f"另一个备份正在写 {folder}，请等它结束。",
                f"Another backup is writing to {folder}; wait for it.",
            ) from None
        except OSError:
            pass  # a network share without locks
        else:
            for left in [*folder.glob(f"{home.PREFIX}*.tar{PART}"), *folder.glob(f".{home.PREFIX}*")]:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder for the copy of an SQLite database, on the same disk, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=f".{home.PREFIX}", dir=folder) as name:
        yield Path(name)


def _names(folder: Path) -> tuple[Path, Path]:
    while True:
        final = folder / f"{home.PREFIX}{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
        part = final.with_name(final.name + PART)
        if not final.exists() and not part.exists():
            return part, final
        time.sleep(0.2)  # the second of the name is taken


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network shares cannot sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return str(os.getuid())
