"""Which characters of a Word document are its text, and in which element does each of them stand?

The walk is the same when a draft is read and when comments are written into it, so an offset found in the
text leads back to its run. Read: paragraphs and tables of the body in the order of the page, links, content
controls, tracked insertions. Not read: tracked deletions, text boxes, headers, footers, notes, hidden text;
`left_out` names those that are there.
Source: ECMA-376 part 1, 17.3.2 (runs), 17.4 (tables), 17.13.5 (revisions), 17.5.2 (content controls).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import qn

from gaoxin.reading.papers.paper import Remark

Element = Any  # lxml has no types of its own

_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOLDERS: Final = {
    _SPACE + name
    for name in (
        *("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent"),
        *("fldSimple", "customXml", "dir", "bdo", "ruby", "rubyBase"),
    )
}
_BLOCK_HOLDERS: Final = {_SPACE + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_P, _TBL, _TR, _TC, _R, _T = (_SPACE + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
_SIGNS: Final = {
    _SPACE + "tab": "\t",
    _SPACE + "ptab": "\t",
    _SPACE + "cr": "\n",
    _SPACE + "noBreakHyphen": "-",
}
_BR, _RUBY = _SPACE + "br", _SPACE + "ruby"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Characters from `start` on that one element of a run holds."""

    start: int
    text: str
    element: Element
    run: Element
    paragraph: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class _Walk:
    leaves: list[Leaf]
    parts: list[str]
    at: int = 0
    paragraph: int = -1

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def separate(self, mark: str) -> None:
        if self.parts:
            self.put(mark)


def word_text(body: Element) -> tuple[str, list[Leaf]]:
    """The text of the body and its leaves in order: a line for each paragraph, a line with tabs for each
    row of a table.
    """
    walk = _Walk([], [])
    _blocks(body, walk, "\n")
    return "".join(walk.parts), walk.leaves


def _blocks(holder: Element, walk: _Walk, mark: str) -> None:
    for child in holder:
        if child.tag == _P:
            walk.separate(mark)
            _paragraph(child, walk)
        elif child.tag == _TBL:
            _table(child, walk, mark)
        elif child.tag in _BLOCK_HOLDERS:
            _blocks(child, walk, mark)


def _table(table: Element, walk: _Walk, mark: str) -> None:
    for row in _held(table, _TR):
        walk.separate(mark)
        for place, cell in enumerate(_held(row, _TC)):
            if place:
                walk.put("\t")
            first = True
            for block in _cell_blocks(cell):
                if not first:
                    walk.put(" ")
                first = False
                _paragraph(block, walk)


def _cell_blocks(cell: Element) -> Iterator[Element]:
    """The paragraphs of a cell; those of a table inside it stand in the same line."""
    for child in cell:
        if child.tag == _P:
            yield child
        elif child.tag == _TBL:
            for row in _held(child, _TR):
                for inner in _held(row, _TC):
                    yield from _cell_blocks(inner)
        elif child.tag in _BLOCK_HOLDERS:
            yield from _cell_blocks(child)


def _held(holder: Element, tag: str) -> Iterator[Element]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _BLOCK_HOLDERS:
            yield from _held(child, tag)


def _paragraph(paragraph: Element, walk: _Walk) -> None:
    walk.paragraph += 1
    for run in _runs(paragraph):
        for leaf in run:
            text = leaf_text(leaf)
            if text:
                walk.leaves.append(Leaf(walk.at, text, leaf, run, walk.paragraph))
                walk.put(text)


def _runs(holder: Element) -> Iterator[Element]:
    for child in holder:
        if child.tag == _R:
            if not is_hidden(child):
                yield child
                for ruby in child.iterchildren(_RUBY):
                    yield from _runs(ruby)
        elif child.tag in _HOLDERS:
            yield from _runs(child)


def leaf_text(leaf: Element) -> str:
    """The characters a child of a run stands for, "" for properties, pictures and marks."""
    if leaf.tag == _T:
        return leaf.text or ""
    if leaf.tag == _BR:
        return "\n" if leaf.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
    return _SIGNS.get(leaf.tag, "")


def is_hidden(run: Element) -> bool:
    found = run.find(f"{_SPACE}rPr/{_SPACE}vanish")
    return found is not None and found.get(qn("w:val"), "true") not in ("0", "false", "off")


def left_out(document: Element, *, headers: bool, notes: bool) -> tuple[Remark, ...]:
    """What of the document was not read, in words; `headers`, `notes`: whether it has any with text."""
    remarks = []

    def has(name: str) -> bool:
        return next(document.iter(_SPACE + name), None) is not None

    if has("txbxContent"):
        remarks.append(Remark("text_box", "文本框里的文字没有读。", "Text boxes were not read."))
    if has("delText"):
        remarks.append(
            Remark("deletions", "修订中已删除的文字没有读。", "Text deleted in tracked changes was not read.")
        )
    if has("ins") or has("moveTo"):
        remarks.append(
            Remark("insertions", "修订中新增的文字按已接受读。", "Tracked insertions were read as accepted.")
        )
    if any(is_hidden(run) for run in document.iter(_R)):
        remarks.append(Remark("hidden", "隐藏文字没有读。", "Hidden text was not read."))
    if headers:
        remarks.append(Remark("headers", "页眉页脚没有读。", "Headers and footers were not read."))
    if notes:
        remarks.append(Remark("notes", "脚注和尾注没有读。", "Footnotes and endnotes were not read."))
    return tuple(remarks)
