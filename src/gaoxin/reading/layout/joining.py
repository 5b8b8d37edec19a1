"""Which lines are one paragraph, which line is a heading, where does an article begin (拼接段落)?

A line that breaks off inside a sentence goes on after blank lines, captions and page headers. A short line
that ends nothing is a heading or an item of a list. What stands between is put aside, not lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gaoxin.reading.blocks import BlockKind
from gaoxin.reading.layout.lines import Line

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
    for index, line in enumerate(lines):
        if line.kind != "text":
            pieces.append(Piece(line.kind, 0, [line]))
            if line.kind in ("table", "byline"):
                current = None
            continue
        if _is_title(lines, index, begins=not any(piece.kind != "furniture" for piece in pieces)):
            pieces.append(Piece("title", 1, [line]))
            current = None
            continue
        if current is not None and _goes_on(current, line, width):
            current.lines.append(line)
            continue
        current = _begin(line, width)
        pieces.append(current)
    return pieces


def _begin(line: Line, width: int) -> Piece:
    text = line.text
    level = 2 if _CHAPTER.match(text) else 3 if _NUMBERED.match(text) else 2
    ended = "。" in text or _ENDED.search(text) or _GOES_ON.search(text)
    if ended or len(text) > SHORT or (width and len(text) >= width - 3) or (_ITEM.match(text) and level == 2):
        return Piece("paragraph", 0, [line])
    if _FIGURE.search(text) and ("," in text or _NUMBERED.match(text) is None):
        return Piece("paragraph", 0, [line])
    return Piece("heading", level, [line])


def _goes_on(piece: Piece, line: Line, width: int) -> bool:
    """Whether this line is the rest of what the piece left open."""
    if piece.kind != "paragraph":
        return False
    last, text = piece.lines[-1], line.text
    if _ENDED.search(last.text):
        wrapped = width and len(last.text) >= width - 2 and last.text[-1] != ":"
        return bool(
            wrapped
            and not line.gap
            and line.indent < 2
            and not _ITEM.match(text)
            and not _NUMBERED.match(text)
        )
    if _GOES_ON.search(last.text) or _CONTINUES.match(text):
        return True
    if (line.indent >= 2 and last.indent < 2 and len(piece.lines) > 1) or _NUMBERED.match(text):
        return False
    if line.indent >= 2 and piece.lines[0].indent >= 2 and not line.gap:
        return False
    if _ITEM.match(text) and not (width and len(last.text) >= width - 2):
        return False
    if "。" in last.text:
        return True
    return len(last.text) > SHORT or bool(width and len(last.text) >= width - 3) or _is_tail(piece, last)


def _is_tail(piece: Piece, last: Line) -> bool:
    """A narrow column: the line before was joined as well, so this one was cut and not finished."""
    return len(piece.lines) > 1 and len(last.text) > SHORT // 2


def _is_title(lines: Sequence[Line], index: int, *, begins: bool) -> bool:
    """A line above a byline; at the top of a file, a line alone that ends no sentence."""
    line = lines[index]
    if len(line.text) > 60 or line.text[-1] in "。;,、" or "。" in line.text:
        return False
    following = next(_texts(lines, index + 1), None)
    if following is not None and following.kind == "byline":
        return True
    if not begins or following is None or _FIGURE.search(line.text) or _NUMBERED.match(line.text):
        return False
    alone = (
        following.gap or following.indent >= 2 or (following.start - line.end > 1 and len(line.text) <= SHORT)
    )
    return alone and not _CONTINUES.match(following.text) and _ENDED.search(line.text) is None


def _texts(lines: Sequence[Line], start: int) -> Iterator[Line]:
    return (
        lines[index]
        for index in range(start, len(lines))
        if lines[index].kind not in ("furniture", "caption")
    )


def _wrap_width(lines: Sequence[Line]) -> int:
    """The number of characters at which a file breaks its lines, 0 where it does not.

    Most lines that follow one another without a gap have then the same length, give or take two.
    """
    runs = [
        len(line.text) + line.indent // 2
        for line, following in zip(lines, lines[1:], strict=False)
        if line.kind == "text" and following.kind == "text" and not following.gap and following.indent < 2
    ]
    if len(runs) < 2:
        return 0
    counts = Counter(length for length in runs if 14 <= length <= 80)
    if not counts:
        return 0
    best = max(counts, key=lambda length: (sum(counts[length + near] for near in (-2, -1, 0, 1, 2)), length))
    near = sum(counts[best + step] for step in (-2, -1, 0, 1, 2))
    return best if near >= 2 and 10 * near >= 6 * len(runs) else 0
