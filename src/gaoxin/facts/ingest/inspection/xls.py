"""Looks into a legacy .xls before it is read: encryption, macros, error cells, percentage formats (旧版
Excel).

Source: [MS-XLS] 2.4 (records BOUNDSHEET8, DIMENSIONS, FILEPASS, BOOLERR, FORMULA, RK, MULRK, NUMBER, FORMAT,
XF).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gaoxin.facts.ingest.inspection.limits import (
    FileRefused,
    Limits,
    SheetFacts,
    megabytes,
    refuse_area,
    refuse_unusable,
)
from gaoxin.facts.ingest.inspection.ole import BrokenContainer, read_container

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BUILT_IN_PERCENT = {9, 10}
_EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
_DIMENSIONS, _LABEL, _LABELSST, _RSTRING = 0x0200, 0x0204, 0x00FD, 0x00D6
_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD

_CELLS = frozenset({_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK, _LABEL, _LABELSST, _RSTRING})


def inspect_xls(data: bytes, limits: Limits) -> dict[str, SheetFacts]:
    """Facts per sheet name.

    Raises: FileRefused for an encrypted, macro-carrying, truncated or oversized workbook, or an OLE file
    that is no workbook.
    """
    try:
        container = read_container(data, ("Workbook", "Book"))
    except BrokenContainer as error:
        raise _truncated() from error
    refuse_encrypted(container.names)
    if "_VBA_PROJECT_CUR" in container.names or "VBA" in container.names:
        raise macro_refusal()
    if not container.stream:
        raise FileRefused(
            "not_a_workbook",
            "这个文件是 Office 旧格式，但里面没有工作表（可能是 Word 或 PPT）。请选 Excel 文件。",
            "This is an old Office file without sheets, perhaps Word or PowerPoint. Choose an Excel file.",
        )
    if len(data) > limits.legacy:
        raise FileRefused(
            "too_large",
            f".xls 文件 {megabytes(len(data))}，超过上限 {megabytes(limits.legacy)}。请在 Excel 里另存为 "
            ".xlsx 再导入。",
            f"The .xls file has {megabytes(len(data))}, over the limit of {megabytes(limits.legacy)}. Save "
            "it as .xlsx.",
        )
    try:
        return _scan(container.stream, limits)
    except (struct.error, IndexError) as error:
        raise _truncated() from error


def refuse_encrypted(names: frozenset[str]) -> None:
    """Raises: FileRefused when the container is the shell of a password-protected .xlsx."""
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise encrypted_refusal()


def encrypted_refusal() -> FileRefused:
    return FileRefused(
        "encrypted",
        "文件设了打开密码，读不出来。请在 Excel 的“文件 → 信息 → 保护工作簿”里去掉密码，另存后再导入。",
        "The workbook is protected by a password. Remove it in Excel under File, Info, Protect Workbook, "
        "then import again.",
    )


def macro_refusal() -> FileRefused:
    return FileRefused(
        "macro",
        "文件里带有宏，为安全起见不读。请在 Excel 里另存为“Excel 工作簿（.xlsx）”再导入。",
        "The workbook carries macros and is not read. Save it as an Excel workbook (.xlsx) and import that.",
    )


def _truncated() -> FileRefused:
    return FileRefused(
        "truncated",
        "文件不完整，多半是没传完或没下完。请重新取得原文件再导入。",
        "The file is incomplete; it was probably cut off in transfer. Get the original again.",
    )


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Type, start of body and length of the records from `at` to the end of their part of the stream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            raise encrypted_refusal()
        if kind == _EOF:
            return
        yield kind, at + 4, length
        at += 4 + length


def _scan(stream: bytes, limits: Limits) -> dict[str, SheetFacts]:
    """First what concerns the whole workbook, then each sheet where that says it begins."""
    names: dict[str, int] = {}
    formats: dict[int, str] = {}
    styles: list[int] = []
    for kind, body, _ in _records(stream, 0):
        if kind == _BOUNDSHEET:
            (offset,) = struct.unpack_from("<I", stream, body)
            names[_text(stream, body + 8, stream[body + 6], stream[body + 7])] = offset
        elif kind == _FORMAT:
            number, count, wide = struct.unpack_from("<HHB", stream, body)
            formats[number] = _text(stream, body + 5, count, wide)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", stream, body + 2)[0])
    shares = {
        place
        for place, number in enumerate(styles)
        if number in _BUILT_IN_PERCENT or "%" in formats.get(number, "")
    }
    scanned: dict[int, SheetFacts] = {}
    left = len(stream)  # sheets do not overlap: a thousand that begin in one place are a trap
    for name, offset in names.items():
        if offset not in scanned:
            scan = _SheetScan(name, shares, limits)
            scanned[offset] = scan.read(stream, offset, left)
            left -= scan.passed
    return {name: scanned[offset] for name, offset in names.items()}


def _text(stream: bytes, at: int, count: int, wide: int) -> str:
    raw = stream[at : at + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1", errors="replace")


class _SheetScan:
    """What is known of one sheet from its cell records."""

    def __init__(self, name: str, percent_styles: set[int], limits: Limits) -> None:
        self._name = name
        self._percent_styles = percent_styles
        self._limits = limits
        self._rows = self._columns = 0
        self.passed = 0  # bytes
        self._unusable: dict[tuple[int, int], str] = {}
        self._percent: dict[int, set[int]] = {}

    def read(self, stream: bytes, offset: int, most: int) -> SheetFacts:
        for kind, body, length in _records(stream, offset):
            self.passed += 4 + length
            if self.passed > most:
                raise _truncated()
            if kind == _DIMENSIONS:
                # The reader makes room for what this record claims, true or not.
                top, rows, left, columns = struct.unpack_from("<IIHH", stream, body)
                if top > rows or left > columns or length < 12:
                    raise _truncated()
                self._widen(rows, columns)
            elif kind in _CELLS:
                self._cell(stream, kind, body, length)
        refuse_unusable(self._name, len(self._unusable), self._limits)
        percent = {column: frozenset(rows) for column, rows in self._percent.items()}
        return SheetFacts(self._rows, self._columns, self._unusable, percent)

    def _cell(self, stream: bytes, kind: int, body: int, length: int) -> None:
        row, column, style = struct.unpack_from("<HHH", stream, body)
        count = max(length - 6, 0) // 6 if kind == _MULRK else 1
        self._widen(row + 1, column + count)
        if kind == _MULRK:
            for step in range(count):
                self._note(row, column + step, struct.unpack_from("<H", stream, body + 4 + 6 * step)[0])
        elif kind == _BOOLERR:
            if stream[body + 7]:
                self._unusable[row, column] = _ERRORS.get(stream[body + 6], "#N/A")
        elif kind == _FORMULA and stream[body + 12 : body + 14] == b"\xff\xff":
            # The result is no number: 2 is an error, 0, 1 and 3 are texts and truth values.
            if stream[body + 6] == 2:
                self._unusable[row, column] = _ERRORS.get(stream[body + 8], "#N/A")
        elif kind in (_NUMBER, _RK, _FORMULA):
            self._note(row, column, style)

    def _note(self, row: int, column: int, style: int) -> None:
        if style in self._percent_styles:
            self._percent.setdefault(column, set()).add(row)

    def _widen(self, rows: int, columns: int) -> None:
        if rows > self._rows or columns > self._columns:
            self._rows, self._columns = max(rows, self._rows), max(columns, self._columns)
            refuse_area(self._name, self._rows, self._columns, self._limits)
