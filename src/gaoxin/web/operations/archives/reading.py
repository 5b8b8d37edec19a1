"""Opens an archive and trusts nothing in it (读备份文件).

Every member must be a plain file that the manifest lists, under a name that stays inside, with the listed
size and hash. tarfile unpacks nothing: whoever needs a member reads its bytes and decides where they go.
"""

from __future__ import annotations

import hashlib
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from gaoxin.web.operations.archives.manifest import DATABASE, HOME, MANIFEST, Manifest, Member
from gaoxin.web.operations.archives.problems import BackupError
from gaoxin.web.operations.archives.writing import PIECE

_LARGEST_MANIFEST = 256 * 1024 * 1024
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened backup whose list of members has been checked; their bytes are checked as they are read."""

    path: Path
    manifest: Manifest
    _tar: tarfile.TarFile
    _infos: dict[str, tarfile.TarInfo]

    def content(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a member, piece by piece.

        Raises: BackupError as soon as size or hash differ from the manifest. The last piece comes before the
        hashes are known: nobody may trust the bytes before the iterator has ended.
        """
        member = self.manifest.member(name)
        content, size = hashlib.sha256(), 0
        for piece in _unpacked(self._stored(member), member):
            content.update(piece)
            size += len(piece)
            if size > member.content_size:
                raise _changed(name)
            yield piece
        if (size, content.hexdigest()) != (member.content_size, member.content_sha256):
            raise _changed(name)

    def changed_at(self, name: str) -> int:
        return int(self._infos[name].mtime)

    def _stored(self, member: Member) -> Iterator[bytes]:
        stored = hashlib.sha256()
        opened = _opened(self._tar, self._infos[member.name])
        while piece := _read(opened, member.name):
            stored.update(piece)
            yield piece
        if stored.hexdigest() != member.sha256:
            raise _changed(member.name)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Raises: BackupError if it is no backup, is cut off, or holds what the manifest does not list."""
    try:
        tar = tarfile.open(path, "r:")  # noqa: SIM115
    except (tarfile.TarError, EOFError) as problem:
        raise _no_backup(path) from problem
    with tar:
        infos = _infos(tar, path)
        if MANIFEST not in infos or infos[MANIFEST].size > _LARGEST_MANIFEST:
            raise _no_backup(path)
        manifest = Manifest.read(_opened(tar, infos[MANIFEST]).read())
        _compare(infos, manifest)
        yield Archive(path, manifest, tar, infos)


def file_hash(path: Path) -> str:
    """SHA-256 of a whole file, read in pieces."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _infos(tar: tarfile.TarFile, path: Path) -> dict[str, tarfile.TarInfo]:
    infos: dict[str, tarfile.TarInfo] = {}
    try:
        for info in tar:
            if info.type not in _PLAIN or not _stays_inside(info.name) or info.name in infos:
                raise BackupError(
                    f"备份里的“{info.name}”不是普通文件，或路径越界、重复，已拒绝。请换一份备份。",
                    f"“{info.name}” in the backup is no plain file, leads outside or comes twice; "
                    "refused. Use another backup.",
                    member=info.name,
                )
            infos[info.name] = info
    except (tarfile.TarError, EOFError) as problem:
        raise _no_backup(path) from problem
    return infos


def _stays_inside(name: str) -> bool:
    if name == MANIFEST:
        return True
    parts = PurePosixPath(name).parts
    return (
        name.startswith((HOME, DATABASE))
        and len(parts) > 1
        and str(PurePosixPath(name)) == name
        and not {"..", "."} & set(parts)
        and not {"\\", "\0"} & set(name)
    )


def _compare(infos: dict[str, tarfile.TarInfo], manifest: Manifest) -> None:
    listed = {member.name: member.size for member in manifest.members}
    held = {name: info.size for name, info in infos.items() if name != MANIFEST}
    odd = sorted(name for name in listed.keys() | held.keys() if listed.get(name) != held.get(name))
    if odd:
        raise _changed(odd[0])


def _unpacked(stored: Iterator[bytes], member: Member) -> Iterator[bytes]:
    if not member.compressed:
        yield from stored
        return
    packed = zlib.decompressobj(wbits=31)
    try:
        for piece in stored:
            rest = piece
            while rest:
                yield packed.decompress(rest, PIECE)
                rest = packed.unconsumed_tail
        while tail := packed.decompress(packed.unconsumed_tail, PIECE):
            yield tail
    except zlib.error as problem:
        raise _changed(member.name) from problem
    if not packed.eof or packed.unused_data:
        raise _changed(member.name)


def _opened(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    opened = tar.extractfile(info)
    assert opened is not None  # plain files only, see _infos
    return opened


def _read(opened: IO[bytes], name: str) -> bytes:
    try:
        return opened.read(PIECE)
    except (tarfile.TarError, EOFError) as problem:
        raise _changed(name) from problem


def _changed(name: str) -> BackupError:
    return BackupError(
        f"备份里的“{name}”与清单不符（缺失、多余、被改动或已损坏），已拒绝。请换一份备份。",
        f"“{name}” in the backup does not agree with the manifest (missing, added, changed or damaged); "
        "refused. "
        "Use another backup.",
        member=name,
    )


def _no_backup(path: Path) -> BackupError:
    return BackupError(
        f"{path} 不是 gaoxin 的备份文件，或没有写完整。",
        f"{path} is no gaoxin backup, or an incomplete one.",
        file=str(path),
    )
