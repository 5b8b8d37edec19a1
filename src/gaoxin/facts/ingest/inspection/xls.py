"""Looks into a legacy .xls before it is read: encryption, macros, error cells, percentage formats (旧版
Excel).

Source: [MS-XLS] 2.4 (records BOF, BOUNDSHEET8, FILEPASS, BOOLERR, FORMULA, RK, MULRK, NUMBER, FORMAT, XF).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gaoxin.facts.ingest.inspection.limits import FileRefused, Limits, SheetFacts, megabytes, refuse_unusable
from gaoxin.facts.ingest.inspection.ole import BrokenContainer, read_container

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BUILT_IN_PERCENT = {9, 10}
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD


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


def _records(stream: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(offset, type, start of body, length) of every record."""
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, at + 4, length
        at += 4 + length


def _scan(stream: bytes, limits: Limits) -> dict[str, SheetFacts]:
    names: dict[int, str] = {}
    formats: dict[int, str] = {}
    styles: list[int] = []
    unusable: dict[int, dict[tuple[int, int], str]] = {}
    percent: dict[int, dict[int, set[int]]] = {}
    here = depth = 0

    def note(row: int, column: int, style: int) -> None:
        if style < len(styles) and (
            styles[style] in _BUILT_IN_PERCENT or "%" in formats.get(styles[style], "")
        ):
            percent.setdefault(here, {}).setdefault(column, set()).add(row)

    for at, kind, body, length in _records(stream):
        if kind == _FILEPASS:
            raise encrypted_refusal()
        if kind == _BOF:
            depth += 1
            here = at if depth == 1 else here
        elif kind == _EOF:
            depth -= 1
        elif kind == _BOUNDSHEET:
            (offset,) = struct.unpack_from("<I", stream, body)
            count, wide = stream[body + 6], stream[body + 7]
            raw = stream[body + 8 : body + 8 + count * (2 if wide else 1)]
            names[offset] = raw.decode("utf-16-le" if wide else "latin-1")
        elif kind == _FORMAT:
            number, count, wide = struct.unpack_from("<HHB", stream, body)
            formats[number] = stream[body + 5 : body + 5 + count * (2 if wide else 1)].decode(
                "utf-16-le" if wide else "latin-1", errors="replace"
            )
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", stream, body + 2)[0])
        elif kind in (_NUMBER, _RK):
            note(*struct.unpack_from("<HHH", stream, body))
        elif kind == _MULRK:
            row, column = struct.unpack_from("<HH", stream, body)
            for step in range((length - 6) // 6):
                note(row, column + step, struct.unpack_from("<H", stream, body + 4 + 6 * step)[0])
        elif kind == _BOOLERR:
            row, column, _, code, is_error = struct.unpack_from("<HHHBB", stream, body)
            if is_error:
                unusable.setdefault(here, {})[row, column] = _ERRORS.get(code, "#N/A")
        elif kind == _FORMULA:
            row, column, style = struct.unpack_from("<HHH", stream, body)
            if stream[body + 12 : body + 14] == b"\xff\xff" and stream[body + 6] == 2:
                unusable.setdefault(here, {})[row, column] = _ERRORS.get(stream[body + 8], "#N/A")
            else:
                note(row, column, style)
    facts: dict[str, SheetFacts] = {}
    for offset, name in names.items():
        bad = unusable.get(offset, {})
        refuse_unusable(name, len(bad), limits)
        shares = {column: frozenset(rows) for column, rows in percent.get(offset, {}).items()}
        facts[name] = SheetFacts(unusable=bad, percent=shares)
    return facts
