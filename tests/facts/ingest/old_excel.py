"""Builds legacy .xls files byte by byte: no current library writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512


def a_container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with the given streams, each padded so that it lives in ordinary sectors."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sectors: list[bytes] = []
    fat: list[int] = []
    places: dict[str, int] = {}
    for name, data in padded.items():
        count = -(-len(data) // SECTOR)
        places[name] = len(sectors)
        for number in range(count):
            sectors.append(data[number * SECTOR : (number + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(len(sectors) if number + 1 < count else 0xFFFFFFFE)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1 if padded else 0xFFFFFFFF)]
    for number, (name, data) in enumerate(padded.items(), start=1):
        right = number + 1 if number < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, places[name], len(data), right=right))
    directory = b"".join(entries)
    directory_start = len(sectors)
    for at in range(0, len(directory), SECTOR):
        sectors.append(directory[at : at + SECTOR].ljust(SECTOR, b"\0"))
        fat.append(len(sectors) if at + SECTOR < len(directory) else 0xFFFFFFFE)
    fat_start = len(sectors)
    fat_count = -(-(len(fat) + 1) // (SECTOR // 4))
    fat += [0xFFFFFFFD] * fat_count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count, directory_start, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    listed = [fat_start + number for number in range(fat_count)]
    header += struct.pack("<109I", *(listed + [0xFFFFFFFF] * (109 - len(listed))))
    return header + b"".join(sectors) + table


def _entry(
    name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(raw), kind, 1, 0xFFFFFFFF, right, child, start, size
    )


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def a_stream(name: str, rows: Sequence[Sequence[object]], *, encrypted: bool = False) -> bytes:
    """A BIFF8 workbook of one sheet: texts, numbers, `("error", code)` cells and `("percent", value)`
    cells.
    """
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    head = _record(0x0809, bof)
    if encrypted:
        head += _record(0x002F, b"\0" * 54)
    styles = b""
    # Two cell formats: general, and format 10 (0.00%).
    for number_format in (0, 10):
        styles += _record(0x00E0, struct.pack("<HHH", 0, number_format, 0) + b"\0" * 14)
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    width = max(len(row) for row in rows)
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell:
                sheet += _record(0x0204, struct.pack("<HHH", row, column, 0) + _text(cell))
            elif isinstance(cell, tuple) and cell[0] == "error":
                sheet += _record(0x0205, struct.pack("<HHHBB", row, column, 0, cell[1], 1))
            elif isinstance(cell, tuple):
                sheet += _record(0x0203, struct.pack("<HHHd", row, column, 1, cell[1]))
            elif isinstance(cell, int | float):
                sheet += _record(0x0203, struct.pack("<HHHd", row, column, 0, float(cell)))
    sheet += _record(0x000A, b"")
    end = _record(0x000A, b"")
    bound_size = 4 + 6 + len(title)
    offset = len(head) + len(styles) + bound_size + len(end)
    bound = _record(0x0085, struct.pack("<IH", offset, 0) + title)
    return head + styles + bound + end + sheet


def an_xls(name: str, rows: Sequence[Sequence[object]]) -> bytes:
    return a_container({"Workbook": a_stream(name, rows)})
