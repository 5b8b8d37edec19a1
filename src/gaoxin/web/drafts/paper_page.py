"""The text of a draft with every figure marked (正文标注): a link for each figure, a number for each problem.

Blocks come from the check. Where they do not follow each other in the file (columns of a page that were put
in order), the text is shown line by line as it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gaoxin.web.drafts.models import Act, DraftFigure
from gaoxin.web.drafts.selectors import Standing
from gaoxin.web.drafts.words import VERDICTS

_NONE = Standing()
_UNBROKEN = 12  # characters of a figure that stay on one line


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the page: title, heading, paragraph, rows of a table or surroundings, with its marks."""

    kind: str
    body: SafeString


def lines(
    text: str,
    layout: Sequence[Sequence[object]],
    rows: Sequence[DraftFigure],
    standings: Mapping[int, Standing],
    *,
    selected: int = 0,
    shown: str = "",
) -> list[Line]:
    """The text ready to print. `shown`: the one verdict that is coloured, empty for all."""
    pieces = _pieces(text, rows, standings, selected, shown)
    found: list[Line] = []
    place = 0
    for start, end, kind in _blocks(text, layout):
        while place < len(pieces) and pieces[place].end <= start:
            place += 1
        inside = []
        while place < len(pieces) and pieces[place].start < end:
            inside.append(pieces[place])
            place += 1
        body = _body(text, start, end, inside)
        if kind != "table":
            found.append(Line(kind, body))
            continue
        row = format_html("<tr><td>{}</td></tr>", mark_safe(body.replace("\t", "</td><td>")))
        found.append(Line("table", row))
    return list(_tables(found))


def _tables(found: Sequence[Line]) -> Iterator[Line]:
    """Rows that follow each other in one line of the page; joined once, since a table may be long."""
    for kind, together in groupby(found, key=lambda line: line.kind):
        if kind == "table":
            yield Line(kind, mark_safe("".join(line.body for line in together)))  # every row is escaped
        else:
            yield from together


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the text that are printed otherwise: a mark, or words that were replaced beside one."""

    start: int
    end: int
    body: SafeString


def _pieces(
    text: str,
    rows: Sequence[DraftFigure],
    standings: Mapping[int, Standing],
    selected: int,
    shown: str,
) -> list[Piece]:
    marks = list(_apart(rows))
    found = [
        Piece(row.start, row.end, _mark(text, row, standings.get(row.number, _NONE), selected, shown))
        for row in marks
    ]
    for row in rows:
        if standings.get(row.number, _NONE).act != Act.REPLACE:
            continue
        # pieces lie apart and in order: only the neighbours can overlap
        place = bisect_left(found, row.new_start, key=lambda piece: piece.start)
        free_before = place == 0 or found[place - 1].end <= row.new_start
        if free_before and (place == len(found) or row.new_end <= found[place].start):
            found.insert(place, Piece(row.new_start, row.new_end, _edit(text, row)))
    return found


def _apart(rows: Sequence[DraftFigure]) -> Iterator[DraftFigure]:
    """Figures in text order; one that lies inside another has no mark of its own."""
    end = 0
    for row in sorted(rows, key=lambda row: (row.start, -row.end)):
        if row.start >= end:
            yield row
            end = row.end


def _blocks(text: str, layout: Sequence[Sequence[object]]) -> list[tuple[int, int, str]]:
    held = sorted((int(str(s)), int(str(e)), str(k)) for s, e, k, *_rest in layout)
    if not held or any(before[1] > after[0] for before, after in pairwise(held)):
        return list(_plain(text, 0, len(text), "paragraph"))
    found: list[tuple[int, int, str]] = []
    at = 0
    for start, end, kind in held:
        found += _plain(text, at, start, "furniture")
        found.append((start, end, kind))
        at = end
    return [*found, *_plain(text, at, len(text), "furniture")]


def _plain(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, int, str]]:
    """The lines of a stretch that hold anything."""
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line), kind
        start += len(line)


def _body(
    text: str,
    start: int,
    end: int,
    pieces: Sequence[Piece],
) -> SafeString:
    parts: list[str] = []
    at = start
    for piece in pieces:
        parts += [_words(text[at : max(at, piece.start)]), piece.body]
        at = piece.end
    parts.append(_words(text[at:end]) if at < end else "")
    return mark_safe("".join(parts).strip())  # every part is escaped


def _words(text: str) -> str:
    """Ends of lines inside a block are those of the page; between Latin words they part."""
    joined = "".join(
        piece if not after or not (piece[-1:].isascii() and after[:1].isascii()) else piece + " "
        for piece, after in _parted(text)
    )
    return escape(joined.replace("\u3000", ""))


def _parted(text: str) -> Iterator[tuple[str, str]]:
    pieces = text.splitlines() or [""]
    for place, piece in enumerate(pieces):
        yield piece, pieces[place + 1] if place + 1 < len(pieces) else ""


def _mark(text: str, row: DraftFigure, standing: Standing, selected: int, shown: str) -> SafeString:
    look = VERDICTS[row.verdict]
    replaced = standing.act == Act.REPLACE and row.start <= row.new_start and row.new_end <= row.end
    css = ["gx-q", look.css]
    word = str(look.word)
    if standing.act:
        css.append("done")
        word = _("已替换") if standing.act == Act.REPLACE else _("保留原文")
    if row.end - row.start > _UNBROKEN:
        css.append("long")
    if shown and row.verdict != shown:
        css.append("dim")
    if row.number == selected:
        css.append("sel")
    return format_html(
        '<a href="?figure={n}{show}#q{n}" id="q{n}" class="{css}" data-figure="{n}"{current}>'
        '{body}{sup}{note}<span class="gx-vh">{comma}{word}</span></a>',
        n=row.number,
        show=format_html("&amp;show={}", shown) if shown else "",
        css=" ".join(css),
        current=mark_safe(' aria-current="true"') if row.number == selected else "",
        body=_replaced(text, row) if replaced else _words(text[row.start : row.end]),
        sup=format_html("<sup>{}</sup>", row.problem) if row.problem else "",
        note=mark_safe('<sup class="gx-q-note" aria-hidden="true">※</sup>') if standing.comment else "",
        comma=_("，"),
        word=word,
    )


def _replaced(text: str, row: DraftFigure) -> SafeString:
    return format_html(
        "{}<del>{}</del><ins>{}</ins>{}",
        mark_safe(_words(text[row.start : row.new_start])),
        mark_safe(_words(text[row.new_start : row.new_end])),
        row.new,
        mark_safe(_words(text[row.new_end : row.end])),
    )


def _edit(text: str, row: DraftFigure) -> SafeString:
    """Words beside a figure that were replaced: 占楚雄州 that has to be 占楚雄市."""
    return format_html(
        '<span class="gx-q done"><del>{}</del><ins>{}</ins></span>',
        mark_safe(_words(text[row.new_start : row.new_end])),
        row.new,
    )
