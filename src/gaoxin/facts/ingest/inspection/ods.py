"""Reads along an .ods before it is opened: error cells, formulas without result, percentages, repeated
cells (开放文档表格).

A cell can say "repeat me a million times", so the used area is measured here, with repetition, before the
reader of the values unfolds it.
Source: OASIS OpenDocument 1.3 part 3, 9.1 (table:table-cell, table:number-columns-repeated,
table:number-rows-repeated).
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from gaoxin.facts.ingest.inspection.limits import (
    FORMULA,
    FileRefused,
    Limits,
    SheetFacts,
    refuse_area,
    refuse_unusable,
)
from gaoxin.facts.ingest.inspection.xls import encrypted_refusal
from gaoxin.facts.ingest.inspection.zipped import Archive
from gaoxin.facts.ingest.progress import Cancelled, Progress, check


def inspect_ods(
    archive: Archive, limits: Limits, progress: Progress, cancelled: Cancelled
) -> dict[str, SheetFacts]:
    """Facts per sheet name; every entry has been unpacked once when this returns. Raises: FileRefused,
    ImportCancelled.
    """
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise encrypted_refusal()
    scan = _OdsScan(limits)
    total = max(1, sum(entry.file_size for entry in archive.entries.values()))
    done = 0
    for name in archive.entries:
        for block in archive.blocks(name):
            check(cancelled)
            if name == "content.xml":
                scan.feed(block)
            done += len(block)
            progress("unpack", done, total)
    return scan.facts


class _OdsScan:
    def __init__(self, limits: Limits) -> None:
        self.facts: dict[str, SheetFacts] = {}
        self._limits = limits
        self._parser = expat.ParserCreate(namespace_separator=None)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._name = ""
        self._row = self._column = self._repeat = self._used_rows = self._used_columns = 0
        self._row_used = False
        self._text = ""
        self._spread = 0
        self._cell: tuple[int, bool] | None = None
        self._unusable: dict[tuple[int, int], str] = {}
        self._percent: dict[int, set[int]] = {}

    def feed(self, block: bytes) -> None:
        try:
            self._parser.Parse(block)
        except expat.ExpatError as error:
            raise FileRefused(
                "truncated",
                "文件内容已损坏，请重新取得原文件再导入。",
                "The content of the file is damaged. Get the original again.",
            ) from error

    def _start(self, tag: str, attributes: dict[str, Any]) -> None:
        if tag == "table:table":
            self._name = attributes.get("table:name", "")
            self._row = self._used_rows = self._used_columns = self._spread = 0
            self._unusable, self._percent = {}, {}
        elif tag == "table:table-row":
            self._repeat = _count(attributes.get("table:number-rows-repeated"))
            self._column, self._row_used = 0, False
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            kind = attributes.get("office:value-type")
            shown_error = attributes.get("calcext:value-type") == "error"
            has_formula = "table:formula" in attributes
            self._cell = (_count(attributes.get("table:number-columns-repeated")), has_formula)
            self._text = ""
            if kind is not None or has_formula or shown_error:
                repeat = self._cell[0]
                self._row_used = True
                self._used_columns = max(self._used_columns, self._column + repeat)
                self._spread += repeat * self._repeat
                refuse_area(self._name, max(self._spread, 1), 1, self._limits)
                if shown_error or (has_formula and kind is None):
                    self._unusable.update(
                        dict.fromkeys(self._places(repeat), "#" if shown_error else FORMULA)
                    )
                    refuse_unusable(self._name, len(self._unusable), self._limits)
                elif kind == "percentage":
                    for row, column in self._places(repeat):
                        self._percent.setdefault(column, set()).add(row)

    def _places(self, repeat: int) -> list[tuple[int, int]]:
        """Every place the cell stands for; their number has been checked."""
        rows = range(self._row, self._row + self._repeat)
        return [(row, column) for row in rows for column in range(self._column, self._column + repeat)]

    def _characters(self, text: str) -> None:
        if self._cell is not None and len(self._text) < 64:
            self._text += text

    def _end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell") and self._cell is not None:
            if self._unusable.get((self._row, self._column)) == "#":
                said = self._text.strip() or "#N/A"
                self._unusable.update(dict.fromkeys(self._places(self._cell[0]), said))
            self._column += self._cell[0]
            self._cell = None
        elif tag == "table:table-row":
            self._row += self._repeat
            if self._row_used:
                self._used_rows = self._row
        elif tag == "table:table":
            refuse_area(self._name, self._used_rows, self._used_columns, self._limits)
            percent = {column: frozenset(rows) for column, rows in self._percent.items()}
            self.facts[self._name] = SheetFacts(self._used_rows, self._used_columns, self._unusable, percent)


def _count(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 10 else 1
