"""Which files of GAOXIN_HOME belong into a backup (备份范围), and where restored ones are put.

Everything except the database (it is copied by its own means), the secret key, logs, collected style sheets,
other backups, and drafts, whose names begin with a dot.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from gaoxin.web.operations.archives.problems import RestoreRefused

BACKUPS = "backups"
PREFIX = "gaoxin-backup-"
LEFT_OUT = ("secret-key", "log", "static", BACKUPS)


def files(
    home: Path, *, database: Path | None, archives: Path, skipped: list[str]
) -> Iterator[tuple[str, Path]]:
    """Name below home and place of every file to keep. What is neither file nor folder is added to `skipped`.

    A link at the top of home may lead to another disk and is followed; deeper links are not.
    """
    yield from _below(home, home, _own_files(database) | {archives.resolve()} - {home}, skipped)


def _own_files(database: Path | None) -> set[Path]:
    if database is None:
        return set()
    return {database.with_name(database.name + tail) for tail in ("", "-wal", "-shm", "-journal")}


def _below(folder: Path, home: Path, apart: set[Path], skipped: list[str]) -> Iterator[tuple[str, Path]]:
    for entry in sorted(folder.iterdir()):
        name = entry.relative_to(home).as_posix()
        if entry.name.startswith((".", PREFIX)) or name in LEFT_OUT or entry.resolve() in apart:
            continue
        with suppress(FileNotFoundError):  # gone in the meantime: nothing recorded names it any more
            followed = folder == home and entry.exists()
            mode = (entry.stat() if followed else entry.lstat()).st_mode
            if stat.S_ISDIR(mode):
                yield from _below(entry, home, apart, skipped)
            elif stat.S_ISREG(mode):
                yield name, entry
            else:
                skipped.append(name)


def refuse_unless_empty(into: Path, database: Path | None) -> None:
    """Logs, the secret key, style sheets and names with a dot may be there; they are in no backup.

    Raises: RestoreRefused naming what is in the way.
    """
    found = [path for path in _own_files(database) if path.exists()]
    if into.exists() and not into.is_dir():
        found.append(into)
    elif into.exists():
        found += [entry for entry in sorted(into.iterdir()) if not _tolerated(entry)]
    if found:
        raise RestoreRefused(
            f"只能恢复到空的地方，但 {found[0]} 已经存在。请用 --into 指定一个新文件夹，"
            "或先把原来的文件夹改名。"
            "什么都没有改动。",
            f"A backup is restored only into an empty place, and {found[0]} is there. Name a new folder "
            "with --into, or "
            "rename the old one first. Nothing was changed.",
            found=[str(path) for path in found],
        )


def _tolerated(entry: Path) -> bool:
    return entry.name.startswith(".") or (entry.name in LEFT_OUT and entry.name != BACKUPS)


class Staging:
    """A folder in which a restore is prepared, and which becomes GAOXIN_HOME in one step at its end.

    Where the folder above cannot be written (a mounted disk), the work is done inside and moved up entry by
    entry, the database last. Unless the block ends well, everything is taken away again.
    """

    def __init__(self, into: Path, database: Path | None) -> None:
        self.into = into
        self._database = database
        self._existed = into.exists()
        self._placed: list[Path] = []
        into.parent.mkdir(parents=True, exist_ok=True)
        self._whole = os.access(into.parent, os.W_OK) and not (
            self._existed and (any(into.iterdir()) or into.is_mount())
        )
        if self._whole:
            self.work = Path(tempfile.mkdtemp(prefix=f".{into.name}.restoring-", dir=into.parent))
        else:
            into.mkdir(mode=0o700, exist_ok=True)
            self.work = Path(tempfile.mkdtemp(prefix=".restoring-", dir=into))

    def path(self, name: str) -> Path:
        """Where a file of home is prepared."""
        place = self.work / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return place

    def database(self) -> Path:
        """Where the SQLite database is prepared: on the disk where it will stay."""
        assert self._database is not None
        if self._database.is_relative_to(self.into):
            return self.path(self._database.relative_to(self.into).as_posix())
        self._database.parent.mkdir(parents=True, exist_ok=True)
        return self._outside(self._database)

    def place(self) -> None:
        """Let the prepared files appear under their names."""
        os.sync()
        if self._whole:
            self.work.rename(self.into)
            self._placed.append(self.into)
        else:
            for entry in sorted(
                self.work.iterdir(), key=lambda entry: (self.into / entry.name == self._database, entry)
            ):
                self._placed.append(entry.rename(self.into / entry.name))
        if self._database is not None and not self._database.is_relative_to(self.into):
            self._placed.append(self._outside(self._database).rename(self._database))

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            for entry in self._placed:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            if self._existed:
                self.into.mkdir(exist_ok=True)
            if self._database is not None:
                self._outside(self._database).unlink(missing_ok=True)
        shutil.rmtree(self.work, ignore_errors=True)

    @staticmethod
    def _outside(database: Path) -> Path:
        return database.with_name(f".{database.name}.restoring")
