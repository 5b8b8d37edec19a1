"""Where the header of a sheet stands: below titles and notes, on one, two or three rows (表头定位)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gaoxin.core.errors import IdentifierError
from gaoxin.core.identifiers import check_uscc
from gaoxin.facts.ingest.growth_header import is_bare_growth
from gaoxin.facts.ingest.header_text import HeaderText, read_header, role_of, says_amount
from gaoxin.facts.ingest.workbook import Cell, Row, Span

_SEARCHED = 30
_DEEPEST = 3
_CODE_LETTERS = frozenset("甲乙丙丁戊己庚辛壬癸ABCDEFGH")
_NUMBERLIKE = re.compile(r"[-+()\d,.%\s]+")


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of the header, and per column its levels from top to bottom without blanks and repeats."""

    top: int
    bottom: int
    levels: tuple[tuple[str, ...], ...]
    score: float


def first_data_row(rows: Sequence[Row], header: Header) -> int:
    """The row after the header; a row of column codes (甲 乙 1 2 3) in between is passed over."""
    row = header.bottom + 1
    if row < len(rows) and _is_code_row(rows[row]):
        row += 1
    return row


def find_header(
    rows: Sequence[Row], merged: Sequence[Span], known: Callable[[Sequence[str]], bool]
) -> Header | None:
    """The rows whose columns are recognised most often; fewer rows win a tie.

    `known` says whether the levels of one column mean something (a role or a metric).
    Missing: None when no row has a recognised column.
    """
    best: Header | None = None
    for top in range(min(_SEARCHED, len(rows))):
        for depth in range(1, _DEEPEST + 1):
            bottom = top + depth - 1
            if bottom >= len(rows) or not _is_text(rows[bottom]):
                break
            if depth > 1 and _is_title(rows[top]):
                break
            levels = join_levels(rows, merged, top, bottom)
            recognised = sum(1 for parts in levels if parts and known(parts))
            if not recognised:
                continue
            # Years and units below a name make a header longer, names above names do not.
            said = sum(
                1
                for cell in rows[bottom]
                if depth > 1 and (t := as_text(cell)) and (_only_tells(read_header(t)) or says_amount(t))
            )
            score = recognised * 10 + said - depth
            if best is None or score > best.score:
                best = Header(top, bottom, levels, score)
            if depth == 1 and any(
                role_of(part, long=True) == "indicator" for parts in levels for part in parts
            ):
                break  # rows of a long table may be all text; they are no second header row
    return best


def join_levels(
    rows: Sequence[Row], merged: Sequence[Span], top: int, bottom: int
) -> tuple[tuple[str, ...], ...]:
    """Per column the header cells from top to bottom; merged cells speak for every column and row they
    cover.

    Where nothing is merged (CSV), a blank cell in an upper row belongs to the name at its left as long as a
    cell below is filled.
    """
    width = len(rows[top])
    grid = [[as_text(cell) for cell in rows[row]] for row in range(top, bottom + 1)]
    covered: set[tuple[int, int]] = set()
    for span in merged:
        if span.bottom < top or span.top > bottom or span.top < top:
            continue
        said = grid[span.top - top][span.left]
        for row in range(span.top, min(span.bottom, bottom) + 1):
            for column in range(span.left, min(span.right, width - 1) + 1):
                grid[row - top][column] = said
                covered.add((row - top, column))
    spans_any = any(span.top <= bottom and span.bottom >= top and span.right > span.left for span in merged)
    for level in range(len(grid) - 1 if not spans_any else 0):
        for column in range(1, width):
            below = any(grid[deeper][column] for deeper in range(level + 1, len(grid)))
            if not grid[level][column] and below and (level, column) not in covered:
                grid[level][column] = grid[level][column - 1]
    levels: list[tuple[str, ...]] = []
    for column in range(width):
        parts: list[str] = []
        for line in grid:
            if line[column] and (not parts or parts[-1] != line[column]):
                parts.append(line[column])
        levels.append(tuple(parts))
    return tuple(levels)


def as_text(cell: Cell) -> str:
    """A header cell as text; a year typed as a number is a year."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return re.sub(r"\s+", "", str(cell)) if isinstance(cell, str) else str(cell)


def _is_code_row(row: Row) -> bool:
    said = [as_text(cell) for cell in row if cell != ""]
    numbers = [int(text) for text in said if text.isdecimal()]
    letters = [text for text in said if text in _CODE_LETTERS]
    consecutive = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    return (
        len(said) > 1
        and len(numbers) + len(letters) == len(said)
        and consecutive
        and (not numbers or numbers[0] <= 2)
    )


def _is_title(row: Row) -> bool:
    """One cell alone says something of the whole sheet and is no level of its columns."""
    return sum(1 for cell in row if cell != "") == 1


def _is_text(row: Row) -> bool:
    """True when the row could be a header: no amounts, no credit codes, at most years."""
    filled = [cell for cell in row if cell != ""]
    return bool(filled) and not any(_is_data(cell) for cell in filled)


def _is_data(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return not (isinstance(cell, float | int) and not isinstance(cell, bool) and 1949 <= cell <= 2100)
    text = cell.strip()
    if _NUMBERLIKE.fullmatch(text):
        return not re.fullmatch(r"(?:19|20)\d\d", text)
    if len(text) == 18 and text.isascii():
        try:
            check_uscc(text)
        except IdentifierError:
            return bool(re.fullmatch(r"[0-9A-Z]{18}", text))
        return True
    return False


def _only_tells(text: HeaderText) -> bool:
    if text.growth:
        return is_bare_growth(text.name)
    return not text.name and bool(text.unit or text.period or text.rule)
