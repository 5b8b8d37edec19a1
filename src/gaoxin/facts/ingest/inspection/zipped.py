"""Looks into the ZIP shell of .xlsx and .ods before anything parses it (压缩炸弹、宏、加密).

First the table of contents alone: number, sizes, ratio, overlap, macros. Then every entry is unpacked once,
block by block and thrown away, because a table of contents can lie about sizes; whoever needs the text of a
part reads along. Archives inside the archive are never opened.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from gaoxin.facts.ingest.inspection.limits import FileRefused, Limits, megabytes
from gaoxin.facts.ingest.inspection.xls import encrypted_refusal, macro_refusal

_BLOCK = 1 << 20
_INPUT = 1 << 16


class Archive:
    """An archive whose table of contents is sound.

    Raises: FileRefused, in words, for everything that is not.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self.entries = {entry.filename: entry for entry in archive.infolist()}
                listed = len(archive.infolist())
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise _broken() from error
        if len(self.entries) != listed:
            raise _broken()
        self._refuse_bombs(limits)
        self._refuse_overlap()
        self._refuse_macros()

    @property
    def kind(self) -> str:
        """`xlsx`, `ods`, `xlsb` or `zip`."""
        if "xl/workbook.xml" in self.entries:
            return "xlsx"
        if "xl/workbook.bin" in self.entries:
            return "xlsb"
        return "ods" if "content.xml" in self.entries and "mimetype" in self.entries else "zip"

    def read(self, name: str) -> bytes:
        """A whole part; empty if it is not there. For the small parts only."""
        return b"".join(self.blocks(name)) if name in self.entries else b""

    def blocks(self, name: str) -> Iterator[bytes]:
        """The unpacked part in blocks; its true length must be the declared one.

        Raises: FileRefused for a part longer or shorter than declared, damaged, or carrying XML entity
        definitions.
        """
        entry = self.entries[name]
        start = self._body(entry)
        packed = memoryview(self._data)[start : start + entry.compress_size]
        is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
        total, tail = 0, b""
        for block in _inflate(packed, entry.compress_type):
            if not total and not name.lower().endswith(".svg"):  # a part may be XML under any name
                is_xml = is_xml or block[:64].lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n").startswith(b"<")
            total += len(block)
            if total > entry.file_size:
                raise _bomb("size_lie")
            if is_xml:
                if not tail and block[:4].find(b"\0") >= 0:
                    raise _entities()
                seam = tail + block
                if b"<!DOCTYPE" in seam or b"<!ENTITY" in seam:
                    raise _entities()
                tail = block[-16:]
            yield block
        if total != entry.file_size:
            raise _broken()

    def _body(self, entry: zipfile.ZipInfo) -> int:
        """Where the packed bytes of the entry start, after its own header."""
        at = entry.header_offset
        if self._data[at : at + 4] != b"PK\x03\x04" or at + 30 > len(self._data):
            raise _broken()
        name, extra = struct.unpack_from("<HH", self._data, at + 26)
        return int(at + 30 + name + extra)

    def _refuse_bombs(self, limits: Limits) -> None:
        entries = self.entries.values()
        if any(entry.flag_bits & 1 for entry in entries):
            raise encrypted_refusal()
        if len(entries) > limits.entries:
            raise _bomb("entries")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.unpacked:
            raise FileRefused(
                "unpacked_too_large",
                f"文件展开后有 {megabytes(unpacked)}，超过上限 {megabytes(limits.unpacked)}。"
                "请分成几个文件再导入。",
                f"Unpacked the file has {megabytes(unpacked)}, over the limit of "
                f"{megabytes(limits.unpacked)}. Split it.",
            )
        for entry in entries:
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _broken()
            if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(
                entry.compress_size, 1
            ):
                raise _bomb("ratio")

    def _refuse_overlap(self) -> None:
        """Two entries that share bytes make a small file unpack many times."""
        end = 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.header_offset):
            body = self._body(entry)
            if entry.header_offset < end or body + entry.compress_size > len(self._data):
                raise _bomb("overlap")
            end = body + entry.compress_size

    def _refuse_macros(self) -> None:
        names = [name.lower() for name in self.entries]
        if any(
            name.endswith("vbaproject.bin") or name.startswith(("xl/macrosheets/", "basic/", "scripts/"))
            for name in names
        ):
            raise macro_refusal()


def _inflate(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _BLOCK):
            yield bytes(packed[at : at + _BLOCK])
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _INPUT):
            pending: bytes | memoryview = packed[at : at + _INPUT]
            while pending and not unpacker.eof:
                block = unpacker.decompress(pending, _BLOCK)
                pending = unpacker.unconsumed_tail
                if block:
                    yield block
        rest = unpacker.flush()
    except zlib.error as error:
        raise _broken() from error
    if rest:
        yield rest
    if not unpacker.eof:
        raise _broken()


def _broken() -> FileRefused:
    return FileRefused(
        "truncated",
        "文件不完整或已损坏，多半是没传完或没下完。请重新取得原文件；能打开的话，另存一次再导入。",
        "The file is incomplete or damaged. Get the original again; if it still opens, save it once more "
        "and import that.",
    )


def _bomb(what: str) -> FileRefused:
    return FileRefused(
        f"zip_bomb_{what}",
        "文件的压缩内容异常（展开后大得不合常理），为安全起见不读。请用 Excel 打开，另存为新的 .xlsx "
        "再导入。",
        "The file is compressed in an abnormal way and is not read. Open it in Excel, save it as a new "
        ".xlsx, import that.",
    )


def _entities() -> FileRefused:
    return FileRefused(
        "xml_entities",
        "文件内部含有不允许的定义（XML 实体），为安全起见不读。请用 Excel 打开，另存为新的 .xlsx 再导入。",
        "The file contains XML definitions that are not allowed. Open it in Excel, save it as a new .xlsx, "
        "import that.",
    )
