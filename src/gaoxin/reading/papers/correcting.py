"""Puts accepted figures in the place of those that were written, formatting kept (改正稿).

With `tracked`, the old figure stays in the document as a deletion and the new one is an insertion, so that
the author decides in Word (修订).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gaoxin.reading.papers.annotating import saved, word_of
from gaoxin.reading.papers.clock import wall_clock
from gaoxin.reading.papers.paper import Change, Paper
from gaoxin.reading.papers.runs import Span, covering, cut_runs
from gaoxin.reading.papers.word_text import Element, leaf_text

_AUTHOR: Final = "gaoxin 核稿"
_FIRST_ID: Final = 900_000  # above the numbers Word gives to the revisions of a draft


def corrected_text(text: str, changes: Sequence[Change]) -> str:
    """The text with the changes applied.

    Raises: ValueError when two of them touch the same characters.
    """
    parts, at = [], 0
    for change in _in_order(changes):
        parts += [text[at : change.start], change.text]
        at = change.end
    return "".join([*parts, text[at:]])


def corrected_docx(paper: Paper, changes: Sequence[Change], *, tracked: bool = False) -> bytes:
    """The draft as a Word document with the changes applied; a new figure looks as the first character of
    the old one did.

    Raises: ValueError when two changes touch the same characters, or one touches none of the text.
    """
    ordered = _in_order(changes)
    word, leaves = word_of(paper)
    spans = cut_runs(leaves, [place for change in ordered for place in (change.start, change.end)])
    for number, change in enumerate(ordered):
        held = covering(spans, change.start, change.end)
        if tracked:
            _track(held, change.text, _FIRST_ID + 2 * number)
        else:
            _replace(held, change.text)
    return saved(word)


def _in_order(changes: Sequence[Change]) -> list[Change]:
    ordered = sorted(changes, key=lambda change: change.start)
    for before, after in pairwise(ordered):
        if before.end > after.start:
            raise ValueError(f"two changes touch the characters from {after.start} to {before.end}")
    return ordered


def _replace(held: list[Span], text: str) -> None:
    for number, span in enumerate(held):
        leaves = [child for child in span.run if leaf_text(child)]
        if number == 0:
            leaves[0].addprevious(_text("w:t", text))
        for leaf in leaves:
            span.run.remove(leaf)
        if not [child for child in span.run if child.tag != qn("w:rPr")]:
            span.run.getparent().remove(span.run)


def _track(held: list[Span], text: str, number: int) -> None:
    new = held[0].run.makeelement(held[0].run.tag)
    properties = held[0].run.find(qn("w:rPr"))
    if properties is not None:
        new.append(copy.deepcopy(properties))
    new.append(_text("w:t", text))
    for span in held:
        deleted = _revision("w:del", number)
        span.run.addprevious(deleted)
        deleted.append(span.run)
        for child in list(span.run):
            if child.tag == qn("w:t"):
                child.addprevious(_text("w:delText", child.text or ""))
                span.run.remove(child)
    inserted = _revision("w:ins", number + 1)
    inserted.append(new)
    held[-1].run.getparent().addnext(inserted)


def _revision(name: str, number: int) -> Element:
    made = OxmlElement(name)
    made.set(qn("w:id"), str(number))
    made.set(qn("w:author"), _AUTHOR)
    made.set(qn("w:date"), wall_clock())
    return made


def _text(name: str, text: str) -> Element:
    made = OxmlElement(name)
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made
