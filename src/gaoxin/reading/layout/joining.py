"""Which lines are one paragraph, which line is a heading, where does an article begin (拼接段落)?

A line that breaks off inside a sentence goes on after blank lines, captions and page headers. A short line
that ends nothing is a heading or an item of a list. What stands between is put aside, not lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gaoxin.reading.blocks import BlockKind
from gaoxin.reading.layout.lines import Line
from gaoxin.reading.layout.stacked import stacked_rows

SHORT = 32  # a longer line that ends no sentence was broken off
_ENDED = re.compile(r"[。!?;…:][”’)】》]*$")
_GOES_ON = re.compile(r"[,、和与及或的地得之]$")
_CONTINUES = re.compile(r"[,。、;:!?)】》”’%]")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十百]{1,4}[章节部篇]|"
    r"[(]?[0-9]{1,2}(?:\)|、|\.(?![0-9]))|[0-9]{1,2}(?:\.[0-9]{1,2}){1,2} )"
)
_ITEM = re.compile(
    r"[·●■◆▲★☆◇□○①-⑳]|[一二三四五六七八九十]{1,2}是|[(]?[0-9]{1,2}(?:\)|、|\.(?![0-9]))|[—-] ?[\u4e00-\u9fff]"
)
_CLAUSE = re.compile(r"[,;](?![0-9]{3})")
_COMPLETE = re.compile(r"[0-9%‰元家户个项人名件天倍吨亩点位条)”]$")
_MARKED = re.compile(r"(#{1,6}) ")
_CHAPTER = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章部篇])")
_FIGURE = re.compile(r"[0-9](?:%|‰|[亿万千百]?(?:元|吨|亩)|[亿万余多]{0,2}[家户个项人名件天倍])")


@dataclass(slots=True)
class Piece:
    """The lines of one block, in order."""

    kind: BlockKind
    level: int
    lines: list[Line] = field(default_factory=list)


def join(lines: Sequence[Line]) -> list[Piece]:
    """The blocks of a file, each with its lines, in the order in which they begin."""
    width = _wrap_width(lines)
    pieces: list[Piece] = []
    current: Piece | None = None
    begins = True
    tables = stacked_rows(lines)
    behind = 0
    for index, line in enumerate(lines):
        if index in tables:
            rows = tables[index]
            pieces.extend(Piece("table", 0, [lines[cell] for cell in row]) for row in rows)
            current, behind = None, rows[-1][-1] + 1
        if index < behind:
            continue
        if line.kind != "text":
            pieces.append(Piece(line.kind, 0, [line]))
            if line.kind in ("table", "byline"):
                current = None
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _is_title(lines, index, width, begins=begins):
            pieces.append(Piece("title", 1, [line]))
            current = None
        elif current is not None and _goes_on(current, line, width):
            current.lines.append(line)
        else:
            current = _begin(line, following, width)
            pieces.append(current)
        begins = False
    return pieces


def _begin(line: Line, following: Line | None, width: int) -> Piece:
    text = line.text
    marked = _MARKED.match(text)
    if marked is not None:
        return Piece("heading", max(2, len(marked[1])), [line])
    level = 2 if _CHAPTER.match(text) else 3 if _NUMBERED.match(text) else 2
    ended = "。" in text or _ENDED.search(text) or _GOES_ON.search(text) or text.count(",") > 1
    if ended or len(text) > SHORT or _is_full(line, width) or (_ITEM.match(text) and level == 2):
        return Piece("paragraph", 0, [line])
    if _FIGURE.search(text) and ("," in text or _NUMBERED.match(text) is None):
        return Piece("paragraph", 0, [line])
    if len(text) > SHORT // 2 and _hangs(line, following):
        return Piece("paragraph", 0, [line])
    return Piece("heading", level, [line])


def _is_full(line: Line, width: int) -> bool:
    """Whether the line was broken at the width at which the file breaks its lines."""
    return bool(width) and line.width >= width - 2


def _hangs(line: Line, following: Line | None) -> bool:
    """An indented first line with the rest of its paragraph under it."""
    if following is None or following.kind != "text" or following.gap:
        return False
    return line.indent >= 2 > following.indent and not _NUMBERED.match(following.text)


def _goes_on(piece: Piece, line: Line, width: int) -> bool:
    """Whether this line is the rest of what the piece left open."""
    if piece.kind != "paragraph":
        return False
    last, text = piece.lines[-1], line.text
    starts_anew = _NUMBERED.match(text) is not None or _MARKED.match(text) is not None
    if _ENDED.search(last.text):
        full = _is_full(last, width) and last.text[-1] != ":"
        return full and not (line.gap or line.indent >= 2 or starts_anew or _ITEM.match(text))
    if _GOES_ON.search(last.text) or _CONTINUES.match(text):
        return True
    if starts_anew or (
        line.indent >= 2 and (piece.lines[0].indent >= 2 or len(piece.lines) > 1) and not line.gap
    ):
        return False
    if _ITEM.match(text) and not _is_full(last, width):
        return False
    if "。" in last.text or len(last.text) > SHORT or _is_full(last, width) or _breaks_off(last.text):
        return True
    return _is_tail(piece, last) or (len(piece.lines) == 1 and not line.gap and _hangs(last, line))


def _breaks_off(text: str) -> bool:
    """A quotation or bracket left open, or several clauses that no figure closes: an item of a list ends."""
    if any(text.count(opening) > text.count(closing) for opening, closing in ("“”", "()", "《》")):
        return True
    return len(_CLAUSE.findall(text)) > 1 and _COMPLETE.search(text) is None


def _is_tail(piece: Piece, last: Line) -> bool:
    """A narrow column: the line before was joined as well, so this one was cut and not finished."""
    return len(piece.lines) > 1 and len(last.text) > SHORT // 2


def _is_title(lines: Sequence[Line], index: int, width: int, *, begins: bool) -> bool:
    """A line above a byline; at the top of a file, a line that ends no sentence."""
    line = lines[index]
    if len(line.text) > 60 or line.text[-1] in "。;,、" or "。" in line.text or _MARKED.match(line.text):
        return False
    following = next(_texts(lines, index + 1), None)
    if following is not None and following.kind == "byline":
        return True
    if not begins or following is None or _CONTINUES.match(following.text):
        return False
    return _begin(line, following, width).kind == "heading" and _NUMBERED.match(line.text) is None


def _texts(lines: Sequence[Line], start: int) -> Iterator[Line]:
    return (
        lines[index]
        for index in range(start, len(lines))
        if lines[index].kind not in ("furniture", "caption")
    )


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which a file breaks its lines, in Chinese characters; 0 where it does not.

    Most lines followed by another without a gap or an indent are then of one width, give or take two.
    """
    runs = [
        line.width
        for line, following in pairwise(lines)
        if line.kind == "text" and following.kind == "text" and not following.gap and following.indent < 2
    ]
    counts = Counter(width for width in runs if 12 <= width <= 80)
    if len(runs) < 2 or not counts:
        return 0

    def near(width: int) -> int:
        return sum(counts[width + step] for step in (-2, -1, 0, 1, 2))

    best = max(counts, key=lambda width: (near(width), width))
    return best if near(best) >= 2 and 10 * near(best) >= 6 * len(runs) else 0
