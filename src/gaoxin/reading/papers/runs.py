"""Cuts runs of a Word document at given characters, their formatting kept (拆分文字块).

A comment or a replacement begins and ends on run boundaries; a figure rarely does. Cutting changes nothing
a reader sees: both halves carry the same properties.
"""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from docx.oxml.ns import qn

from gaoxin.reading.papers.word_text import Element, Leaf, leaf_text

_PROPERTIES: Final = qn("w:rPr")
_PRESERVE: Final = qn("xml:space")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) that one run holds alone."""

    start: int
    end: int
    run: Element


def cut_runs(leaves: list[Leaf], places: Iterable[int]) -> list[Span]:
    """The runs in order after a cut at each of the places; the leaves given are no longer to be used."""
    cuts = sorted(set(places))
    spans: list[Span] = []
    for run, held in groupby(leaves, key=lambda leaf: leaf.run):
        own = list(held)
        start, end = own[0].start, own[-1].end
        inside = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        spans.extend(_cut(run, own, inside))
    return spans


def covering(spans: list[Span], start: int, end: int) -> list[Span]:
    """The spans within [start, end).

    Raises: ValueError when none of the characters stands in a run.
    """
    first = bisect_left(spans, start, key=lambda span: span.start)
    held = []
    for span in spans[first:]:
        if span.end > end:
            break
        held.append(span)
    if not held:
        raise ValueError(f"no run holds the characters [{start}, {end})")
    return held


def _cut(run: Element, leaves: list[Leaf], cuts: list[int]) -> list[Span]:
    """From the last cut to the first, each time moving what follows the cut into a run of its own."""
    spans: list[Span] = []
    end = leaves[-1].end
    for cut in reversed(cuts):
        after = _empty_copy(run)
        leaf = next(leaf for leaf in reversed(leaves) if leaf.start <= cut)
        if leaf.start < cut and len(leaf.text) > 1:
            tail = copy.copy(leaf.element)
            _say(tail, leaf.text[cut - leaf.start : end - leaf.start])
            _say(leaf.element, leaf.text[: cut - leaf.start])
            moved = [tail, *leaf.element.itersiblings()]
        else:
            moved = [leaf.element, *leaf.element.itersiblings()]
        for element in moved:
            after.append(element)
        run.addnext(after)
        spans.append(Span(cut, end, after))
        end = cut
    spans.append(Span(leaves[0].start, end, run))
    spans.reverse()
    return spans


def _empty_copy(run: Element) -> Element:
    made = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(_PROPERTIES)
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def _say(text: Element, value: str) -> None:
    text.text = value
    text.set(_PRESERVE, "preserve")


def text_of(run: Element) -> str:
    return "".join(leaf_text(child) for child in run)
