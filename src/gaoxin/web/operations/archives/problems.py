"""What can go wrong with a backup that a person can put right (备份问题).

`in_words` turns a full disk, a missing permission or a silent database server into such an error.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from gaoxin.core.errors import GaoxinError


class BackupError(GaoxinError):
    """A backup cannot be made, or a file is no sound backup."""

    code = "backup"


class RestoreRefused(GaoxinError):
    """The target is not empty, or the backup does not fit it."""

    code = "restore"


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def in_words() -> Iterator[None]:
    """Raises: BackupError instead of an error of the disk or of the database."""
    from django.db import DatabaseError, OperationalError

    try:
        yield
    except OSError as problem:
        raise _disk(problem) from problem
    except (sqlite3.DatabaseError, DatabaseError) as problem:
        text = str(problem).strip().partition("\n")[0]
        if "disk is full" in text or getattr(problem, "sqlstate", "") == "53100":
            raise _full(text) from problem
        if isinstance(problem, OperationalError | sqlite3.OperationalError):
            raise BackupError(
                f"数据库没有应答或拒绝了：{text}。请看数据库是否在运行、地址和权限是否正确，再试一次。",
                f"The database did not answer or refused: {text}. See that it runs and that address and "
                "rights are "
                "right, then try again.",
            ) from problem
        if type(problem) is sqlite3.DatabaseError:  # no database, or a damaged one
            raise BackupError(
                f"数据库文件已损坏：{text}。请改用较早的备份。",
                f"The database file is damaged: {text}. Use an earlier backup.",
            ) from problem
        raise


def _disk(problem: OSError) -> BackupError:
    place = str(problem.filename or "")
    if problem.errno in _FULL:
        return _full(place)
    reason = problem.strerror or str(problem)
    return BackupError(
        f"读写文件失败：{place}（{reason}）。请检查路径、权限和磁盘，再试一次。",
        f"A file cannot be read or written: {place} ({reason}). Check path, rights and disk, then try again.",
        file=place,
    )


def _full(place: str) -> BackupError:
    return BackupError(
        f"磁盘空间不够{f'（{place}）' if place else ''}，没有留下不完整的文件。请腾出空间，或换一个文件夹。",
        f"The disk is full{f' ({place})' if place else ''}; nothing incomplete was left. Make room or use "
        "another folder.",
    )
