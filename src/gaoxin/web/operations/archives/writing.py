"""Writes an archive in one pass, whatever its size (写备份文件).

A tar wants to know the size of a member before its bytes; here the header is written twice, so that a table
can flow from the database through gzip into the file without standing in memory or on disk in between.
"""

from __future__ import annotations

import gzip
import hashlib
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from gaoxin.web.operations.archives.manifest import Member

LEVEL = 4  # COPY text and SQLite pages shrink to about a tenth; higher levels take thrice the time for little
PIECE = 1024 * 1024


class Sink(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> object: ...


class _Counted:
    """Passes bytes on, and knows how many and which."""

    def __init__(self, onward: Sink) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self._onward = onward

    def write(self, data: bytes) -> int:
        self._onward.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """GzipFile asks for it; the file underneath is flushed once, at the end."""


class Writer:
    """An archive being written into an open, seekable file. `members` lists what was written so far."""

    def __init__(self, stream: BinaryIO) -> None:
        self.members: list[Member] = []
        self._stream = stream

    @contextmanager
    def member(self, name: str, *, compress: bool = False, changed: float | None = None) -> Iterator[Sink]:
        """Write one member into what this gives; it is listed when the block ends without an error."""
        info = tarfile.TarInfo(name)
        info.mode = 0o600
        info.mtime = int(time.time() if changed is None else changed)
        start = self._stream.tell()
        self._stream.write(_header(info))
        stored = _Counted(self._stream)
        if compress:
            with gzip.GzipFile("", "wb", LEVEL, stored, mtime=0) as packed:
                content = _Counted(packed)
                yield content
        else:
            content = stored
            yield content
        self._stream.write(bytes(-stored.size % tarfile.BLOCKSIZE))
        end = self._stream.tell()
        info.size = stored.size
        self._stream.seek(start)
        self._stream.write(_header(info))
        self._stream.seek(end)
        self.members.append(
            Member(
                name,
                stored.size,
                stored.digest.hexdigest(),
                content.size,
                content.digest.hexdigest(),
                compress,
            )
        )

    def end(self) -> None:
        """The two empty blocks that end a tar."""
        self._stream.write(bytes(2 * tarfile.BLOCKSIZE))


def _header(info: tarfile.TarInfo) -> bytes:
    # GNU headers keep their length whatever the size turns out to be
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")
