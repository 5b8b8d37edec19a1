"""Reads along while a sheet of an .xlsx is unpacked: used area, formulas without result, error cells,
percentage formats.

The reader of the values (calamine) returns an empty cell for an error and for a formula that was never
computed, and 0.12 for a cell that shows 12 %. Taken alone that would turn a mistake into a missing value
and a percentage into a guess. The text of the sheet tells both; it is searched as bytes, because parsing
two million cells as XML would take longer than everything else together. Every pattern stops at the next
`<`, so that tags that never close cost no more than tags that do.
Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.40 (f), 18.8.30 (numFmt).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeGuard

from gaoxin.facts.ingest.inspection.limits import (
    FORMULA,
    FileRefused,
    Limits,
    SheetFacts,
    refuse_area,
    refuse_unusable,
)
from gaoxin.facts.ingest.inspection.zipped import Archive
from gaoxin.facts.ingest.progress import Cancelled, Progress, check

_BUILT_IN_PERCENT = {9, 10}
_PREFIX = re.compile(rb"<(\w+:)?worksheet\b")
_LETTERS: dict[bytes, int] = {}


def inspect_xlsx(
    archive: Archive, limits: Limits, progress: Progress, cancelled: Cancelled
) -> dict[str, SheetFacts]:
    """Facts per sheet name; every entry of the archive has been unpacked once when this returns.

    Raises: FileRefused, ImportCancelled.
    """
    parts = _sheet_parts(archive)
    percent_styles = _percent_styles(archive.read("xl/styles.xml"))
    total = max(1, sum(entry.file_size for entry in archive.entries.values()))
    done = 0
    facts: dict[str, SheetFacts] = {}
    texts = 0
    for name, entry in archive.entries.items():
        check(cancelled)
        sheet = parts.get(name)
        scan = _SheetScan(sheet, percent_styles, limits) if sheet is not None else None
        for block in archive.blocks(name):
            if scan is not None:
                check(cancelled)
                scan.feed(block)
                progress("unpack", min(total, done + scan.read), total)
        if scan is not None and sheet is not None:
            facts[sheet] = scan.finish()
            texts = max(texts, scan.texts)
        done += entry.file_size
        progress("unpack", done, total)
    _refuse_repeated_text(archive, parts, texts, limits)
    return facts


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Part name → sheet name."""
    targets: dict[bytes, str] = {}
    for relation in re.findall(
        rb"<(?:\w+:)?Relationship\b[^<>]*>", archive.read("xl/_rels/workbook.xml.rels")
    ):
        place, target = _attribute(relation, b"Id"), _attribute(relation, b"Target")
        if place is None or target is None:
            continue
        path = target.decode("utf-8", "replace")
        targets[place] = path.lstrip("/") if path.startswith("/") else f"xl/{path.removeprefix('./')}"
    parts: dict[str, str] = {}
    for sheet in re.findall(rb"<(?:\w+:)?sheet\b[^<>]*>", archive.read("xl/workbook.xml")):
        name, place = _attribute(sheet, b"name"), _attribute(sheet, rb"\w+:id")
        if name is not None and place is not None and place in targets:
            parts[targets[place]] = _unescape(name.decode("utf-8", "replace"))
    return parts


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    """Cell styles (numbers as they stand in `s="…"`) whose number format is a percentage."""
    formats = set(_BUILT_IN_PERCENT)
    for entry in re.findall(rb"<(?:\w+:)?numFmt\b[^<>]*>", styles):
        number, code = _attribute(entry, b"numFmtId"), _attribute(entry, b"formatCode")
        if _is_number(number) and code is not None and b"%" in code:
            formats.add(int(number))
    begin = re.search(rb"<(?:\w+:)?cellXfs\b", styles)
    end = re.compile(rb"</(?:\w+:)?cellXfs>").search(styles, begin.end()) if begin else None
    if begin is None or end is None:
        return frozenset()
    found = set()
    styled = styles[begin.start() : end.end()]
    for place, style in enumerate(re.findall(rb"<(?:\w+:)?xf\b[^<>]*>", styled)):
        number = _attribute(style, b"numFmtId")
        if _is_number(number) and int(number) in formats:
            found.add(b"%d" % place)
    return frozenset(found)


def _is_number(text: bytes | None) -> TypeGuard[bytes]:
    """A number of an id; one of thousands of digits is none, and `int` would not take it."""
    return text is not None and len(text) < 10 and text.isdigit()


@dataclass(slots=True)
class _SheetScan:
    """What is known of one sheet after the blocks seen so far."""

    sheet: str | None
    percent_styles: frozenset[bytes]
    limits: Limits
    read: int = 0
    texts: int = 0
    rows: int = 0
    widest: int = 0
    unusable: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: dict[int, set[int]] = field(default_factory=dict)
    _tail: bytes = b""
    _prefix: bytes | None = None
    _columns: set[bytes] = field(default_factory=set)

    def feed(self, block: bytes) -> None:
        self.read += len(block)
        text = self._tail + block
        if self._prefix is None:
            root = _PREFIX.search(text)
            if root is None and len(text) < 1 << 16:
                self._tail = text
                return
            self._prefix = (root[1] or b"") if root else b""
        cut = text.rfind(b"</" + self._prefix + b"row>")
        if cut < 0:
            if len(text) > self.limits.columns * 40_000:
                refuse_area(self.sheet or "", 1, self.limits.columns + 1, self.limits)
            self._tail = text
            return
        cut += len(self._prefix) + 6
        self._tail = text[cut:]
        self._look(text[:cut])

    def finish(self) -> SheetFacts:
        columns = max([self.widest, *(_column(letters) + 1 for letters in self._columns)])
        refuse_area(self.sheet or "", self.rows, columns, self.limits)
        refuse_unusable(self.sheet or "", len(self.unusable), self.limits)
        percent = {column: frozenset(rows) for column, rows in self.percent.items()}
        return SheetFacts(self.rows, columns, self.unusable, percent)

    def _look(self, text: bytes) -> None:
        prefix = self._prefix or b""
        cells = re.findall(b"<" + prefix + rb'c r="([A-Z]{1,3})(\d{1,7})"[^<>/]*(/?)>', text)
        if len(cells) != text.count(b"<" + prefix + b"c ") + text.count(b"<" + prefix + b"c>"):
            text = re.sub(rb"=\s*'([^'<>\"]*)'", rb'="\1"', text)
            self._look_at_odd_cells(text, prefix)
        # A cell that closes itself has a format but no value: it does not widen the used area.
        self._columns.update({letters for letters, _, closed in cells if not closed})
        self.rows = max([self.rows, *map(int, {row for _, row, closed in cells if not closed})])
        self.texts += text.count(b't="s"')
        if b"<" + prefix + b"f" in text or b't="e"' in text:
            self._look_for_unusable(text, prefix)
        if self.percent_styles:
            self._look_for_percent(text, prefix)

    def _look_at_odd_cells(self, text: bytes, prefix: bytes) -> None:
        """Cells whose attributes come in another order, or that have no address and simply follow each
        other.
        """
        for row in text.split(b"</" + prefix + b"row>"):
            cells = re.findall(b"<" + prefix + rb"c\b([^<>]*[^<>/])?>", row)
            places = [re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', cell) for cell in cells]
            self._columns.update(place[1] for place in places if place)
            self.rows = max([self.rows, *(int(place[2]) for place in places if place)])
            if any(place is None for place in places):
                self.widest = max(self.widest, row.count(b"<" + prefix + b"c"))
                number = re.search(b"<" + prefix + rb'row\b[^<>]*\br="(\d{1,7})"', row)
                self.rows = max(self.rows + 1, int(number[1]) if number else 0)
        refuse_area(self.sheet or "", self.rows, self.widest, self.limits)

    def _look_for_unusable(self, text: bytes, prefix: bytes) -> None:
        opening = re.compile(b"<" + prefix + rb"c\b([^<>]*[^<>/])>")
        formula = b"<" + prefix + b"f"
        value = re.compile(b"<" + prefix + rb"v[^<>/]*>([^<]+)<")
        for part in text.split(b"</" + prefix + b"c>")[:-1]:
            opened = list(opening.finditer(part))
            if not opened:
                continue
            attributes, inside = opened[-1][1], part[opened[-1].end() :]  # cells are not nested
            is_error = b't="e"' in attributes
            if not is_error and formula not in inside:
                continue
            held = value.search(inside)
            if held is not None and not is_error:
                continue
            # A formula that answers with an empty text was computed: `t="str"` and an empty value.
            if held is None and b't="str"' in attributes:
                continue
            place = re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', attributes)
            if place is not None:
                said = _unescape(held[1].decode("utf-8", "replace")) if held else FORMULA
                self.unusable[int(place[2]) - 1, _column(place[1])] = said
        refuse_unusable(self.sheet or "", len(self.unusable), self.limits)

    def _look_for_percent(self, text: bytes, prefix: bytes) -> None:
        for letters, row, attributes in re.findall(
            b"<" + prefix + rb'c r="([A-Z]{1,3})(\d{1,7})"([^<>/]*)>', text
        ):
            style = _attribute(attributes, b"s")
            if style in self.percent_styles:
                self.percent.setdefault(_column(letters), set()).add(int(row) - 1)


def _refuse_repeated_text(archive: Archive, parts: dict[str, str], texts: int, limits: Limits) -> None:
    """A long text kept once and used in a million cells unpacks only in the reader: measure it before.

    Texts are stored once (sharedStrings) and cells hold their number. Most files pass on the longest text
    alone; only where longest × cells is too much is every reference added up.
    """
    shared = next((name for name in archive.entries if name.lower() == "xl/sharedstrings.xml"), None)
    if shared is None or texts == 0 or archive.entries[shared].file_size * texts <= limits.text:
        return
    lengths = [len(item) for item in re.split(rb"<(?:\w+:)?si\b", archive.read(shared))[1:]]
    if not lengths or max(lengths) * texts <= limits.text:
        return
    for part in parts:
        used, tail = 0, b""
        for block in archive.blocks(part) if part in archive.entries else ():
            text = tail + block
            cut = text.rfind(b"</")
            tail, text = text[cut:], text[:cut]
            for number in re.findall(rb't="s"[^<>]*>\s*<(?:\w+:)?v>(\d{1,9})', text):
                used += lengths[int(number)] if int(number) < len(lengths) else 0
            if used > limits.text:
                raise FileRefused(
                    "repeated_text",
                    f"工作表“{parts[part]}”里很长的文字重复了太多次，读进来放不下。请删去长文字的列再导入。",
                    f"Sheet {parts[part]!r} repeats long texts too often to be read. Remove the columns "
                    "with long texts.",
                )


def _attribute(tag: bytes, name: bytes) -> bytes | None:
    found = re.search(rb"(?<![\w:])" + name + rb"""\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return None if found is None else found[1] if found[1] is not None else found[2]


def _column(letters: bytes) -> int:
    """`A` → 0, `Z` → 25, `AA` → 26."""
    place = _LETTERS.get(letters)
    if place is None:
        place = 0
        for letter in letters:
            place = place * 26 + letter - 64
        place -= 1
        _LETTERS[letters] = place
    return place


def _unescape(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return re.sub(r"&#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}));", _sign, text)


def _sign(found: re.Match[str]) -> str:
    """The character of a reference; a number that is no character stays as it is written."""
    point = int(found[1]) if found[1] else int(found[2], 16)
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else found[0]
