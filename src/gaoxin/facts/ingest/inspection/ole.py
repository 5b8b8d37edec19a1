"""Reads the table of contents of an OLE container, the shell of .xls and of encrypted workbooks (复合文档).

Only what is needed to say what a container holds and to reach one stream; chains are followed with a limit,
so a circular container ends.
Source: [MS-CFB], Compound File Binary File Format, sections 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # from here on sector numbers are marks, not places


class BrokenContainer(Exception):
    """The container ends early or points outside itself."""


@dataclass(frozen=True, slots=True)
class Container:
    """Names of all entries, and the one stream that holds the cells."""

    names: frozenset[str]
    stream: bytes


def read_container(data: bytes, wanted: tuple[str, ...]) -> Container:
    """Entry names of the container and the bytes of the first entry named in `wanted` (empty if there is
    none).

    Raises: BrokenContainer.
    """
    try:
        return _read(data, wanted)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise BrokenContainer(str(error)) from error


def _read(data: bytes, wanted: tuple[str, ...]) -> Container:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise BrokenContainer("sector size")
    size = 1 << shift
    directory_start, mini_cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
    fat = _fat(data, size)
    directory = _chain(data, fat, directory_start, size)
    entries: dict[str, tuple[int, int]] = {}
    root: tuple[int, int] = (_END, 0)
    for at in range(0, len(directory) - 127, 128):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        kind = directory[at + 66]
        if kind == 0 or not 2 <= length <= 64:
            continue
        name = directory[at : at + length - 2].decode("utf-16-le")
        start, extent = struct.unpack_from("<II", directory, at + 116)
        if kind == 5:
            root = (start, extent)
        entries.setdefault(name, (start, extent))
    stream = b""
    for name in wanted:
        if name in entries:
            start, extent = entries[name]
            if extent >= mini_cutoff:
                stream = _chain(data, fat, start, size)[:extent]
            else:
                table = _chain(data, fat, mini_start, size)
                mini_fat = list(struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4]))
                stream = _mini_chain(_chain(data, fat, root[0], size), mini_fat, start)[:extent]
            if len(stream) < extent:
                raise BrokenContainer("short stream")
            break
    return Container(frozenset(entries), stream)


def _fat(data: bytes, size: int) -> list[int]:
    """The allocation table: its own sectors are listed in the header, then in a chain of further lists."""
    sectors = [place for place in struct.unpack_from("<109I", data, 76) if place < _END]
    next_list, lists = struct.unpack_from("<II", data, 68)
    per = size // 4
    for _ in range(min(lists, len(data) // size + 1)):
        if next_list >= _END:
            break
        *places, next_list = struct.unpack_from(f"<{per}I", data, (next_list + 1) * size)
        sectors.extend(place for place in places if place < _END)
    if len(sectors) > len(data) // size:
        raise BrokenContainer("allocation table")
    table: list[int] = []
    for place in sectors:
        table.extend(struct.unpack_from(f"<{per}I", data, (place + 1) * size))
    return table


def _chain(data: bytes, fat: list[int], start: int, size: int) -> bytes:
    parts: list[bytes] = []
    place, most = start, len(data) // size + 1
    while place < _END:
        if place >= len(fat) or len(parts) > most:
            raise BrokenContainer("chain")
        parts.append(data[(place + 1) * size : (place + 2) * size])
        place = fat[place]
    return b"".join(parts)


def _mini_chain(data: bytes, fat: list[int], start: int) -> bytes:
    parts: list[bytes] = []
    place = start
    while place < _END:
        if place >= len(fat) or len(parts) > len(fat):
            raise BrokenContainer("mini chain")
        parts.append(data[place * 64 : place * 64 + 64])
        place = fat[place]
    return b"".join(parts)
