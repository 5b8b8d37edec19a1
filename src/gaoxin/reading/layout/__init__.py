"""What does a file say, once its page layout is undone (版面还原)?

1. `signs`: every character in the sign it is read in, one for one; unseen signs are not read.
2. `lines`: each line judged by itself: prose, row of a table, caption, byline, furniture of the page.
3. `joining`: lines put together again into paragraphs; headings and titles told apart; `stacked`: tables
   whose cells stand one under another.
4. Here: each block as a `Stretch` that knows where its characters stood, cut into sentences and clauses.

Files of other formats become text in `gaoxin.reading.papers`.
"""

from __future__ import annotations

import re
from array import array

from gaoxin.reading.blocks import Block
from gaoxin.reading.layout.joining import Piece, join
from gaoxin.reading.layout.lines import split_lines
from gaoxin.reading.layout.signs import is_chinese, read_as, unseen
from gaoxin.reading.sentences import sentences
from gaoxin.reading.stretches import Stretch

__all__ = ["lay_out"]

_CELL_GAP = re.compile(r"[ \u3000]*[\t|\u3000][ \t\u3000]*| {2,}")
_SPACES = re.compile(r"[ \t\u3000]+")
_LEAD = re.compile(r"(?:[一二三四五六七八九十]{1,3}、)?[\u4e00-\u9fff]{2,10}")


def lay_out(text: str) -> tuple[Block, ...]:
    """The blocks of a text in the order in which they begin; every line that shows something is in one.

    Shapes: a character of `text` is in one block at most; blanks and line ends may be in none. What only
    surrounds the text (captions, bylines, furniture) has no sentences. Time grows with the length alone.
    """
    hidden = unseen(text)
    read = read_as(text)
    blocks: list[Block] = []
    paragraph = 0
    for piece in join(split_lines(text, read)):
        stretch = _stretch(piece, read, hidden)
        if not len(stretch):
            continue
        is_around = piece.kind in ("caption", "byline", "furniture")
        if piece.kind == "paragraph":
            paragraph += 1
        blocks.append(
            Block(
                kind=piece.kind,
                stretch=stretch,
                level=piece.level,
                paragraph=paragraph if piece.kind == "paragraph" else 0,
                sentences=() if is_around else sentences(stretch.read, is_row=piece.kind == "table"),
            )
        )
    return tuple(blocks)


def _stretch(piece: Piece, read: str, hidden: frozenset[str]) -> Stretch:
    signs: list[str] = []
    places = array("q")
    is_row = piece.kind == "table"
    for line in piece.lines:
        start, end = _without_frame(read, line.start, line.end) if is_row else (line.start, line.end)
        if signs and (is_row or _are_letters(signs[-1], read[start])):
            # the next cell of a row, or of two words of a foreign name the second
            signs.append("\t" if is_row else " ")
            places.append(line.start - 1)
        has_gaps = is_row and (len(piece.lines) > 1 or _CELL_GAP.search(read, start, end) is not None)
        at = start
        for gap in (_CELL_GAP if has_gaps else _SPACES).finditer(read, start, end):
            _take(signs, places, read, at, gap.start(), hidden)
            if not is_row and at == start and line is piece.lines[0] and _is_lead(read, start, gap):
                signs.append(":")
                places.append(gap.start())
            elif is_row or _parts(read, gap.start() - 1, gap.end()):
                signs.append("\t" if is_row else " ")
                places.append(gap.start())
            at = gap.end()
        _take(signs, places, read, at, end, hidden)
    return Stretch("".join(signs), places)


def _is_lead(read: str, start: int, gap: re.Match[str]) -> bool:
    """固定资产投资　完成投资147.9亿元: a wide gap after a few words at the beginning is a colon."""
    is_wide = "\u3000" in gap.group() or len(gap.group()) > 1
    return is_wide and _LEAD.fullmatch(read, start, gap.start()) is not None


def _are_letters(last: str, first: str) -> bool:
    return last.isascii() and last.isalpha() and first.isascii() and first.isalpha()


def _without_frame(read: str, start: int, end: int) -> tuple[int, int]:
    """The cells of a row without the bars that frame it."""
    while start < end and read[start] in "| \t\u3000":
        start += 1
    while end > start and read[end - 1] in "| \t\u3000":
        end -= 1
    return start, end


def _take(
    signs: list[str], places: array[int], read: str, start: int, end: int, hidden: frozenset[str]
) -> None:
    if not hidden:
        signs.extend(read[start:end])
        places.extend(range(start, end))
        return
    for place in range(start, end):
        if read[place] not in hidden:
            signs.append(read[place])
            places.append(place)


def _parts(read: str, before: int, after: int) -> bool:
    """Whether a blank parts two words: never beside a Chinese character."""
    return not (is_chinese(read[before]) or is_chinese(read[after]))
