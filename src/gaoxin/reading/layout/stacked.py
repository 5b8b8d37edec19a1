"""Which short lines are the cells of a table, one under another (逐格成行的表)?

A table copied from a web page often leaves each cell on a line of its own. It is known by its rhythm: a name
(and a unit), then as many numbers as before, row after row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gaoxin.reading.layout.lines import Line

LONGEST_CELL = 24
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?|[-—…]{1,2}")
_TELLING = re.compile(r"[0-9]\.[0-9]|[0-9]{4}|,[0-9]{3}")
_BARS = " |\t\u3000"
_RHYTHM = re.compile(r"(?P<name>T{1,2})(?P<numbers>N{1,8})(?:(?P=name)(?P=numbers))+")

Row = tuple[int, ...]


def stacked_rows(lines: Sequence[Line]) -> dict[int, tuple[Row, ...]]:
    """The rows of each such table by the index of its first line; a row is the indices of its cells.

    The head comes first where there are as many names above as a row has cells. Lines between that hold
    only a bar belong to no row.
    """
    tables: dict[int, tuple[Row, ...]] = {}
    run: list[int] = []
    for index, line in enumerate([*lines, None]):
        if line is not None and _is_cell(line):
            run.append(index)
        elif line is None or line.text.strip(_BARS):
            if len(run) >= 4:
                tables.update(_tables(lines, run))
            run = []
    return tables


def _is_cell(line: Line) -> bool:
    text = line.text.strip(_BARS)
    if not text or len(text) > LONGEST_CELL or any(mark in text for mark in "。!?;\t|"):
        return False
    return line.kind == "text" or (line.kind == "furniture" and _NUMBER.fullmatch(text) is not None)


def _tables(lines: Sequence[Line], run: Sequence[int]) -> dict[int, tuple[Row, ...]]:
    cells = [lines[index].text.strip(_BARS) for index in run]
    shape = "".join("N" if _NUMBER.fullmatch(cell) else "T" for cell in cells)
    tables: dict[int, tuple[Row, ...]] = {}
    for found in _RHYTHM.finditer(shape):
        width = len(found["name"]) + len(found["numbers"])
        numbers = [cell for cell, kind in zip(cells, shape, strict=True) if kind == "N"]
        if 2 * sum(_TELLING.search(number) is not None for number in numbers) < len(numbers):
            continue  # a list of contents with its page numbers
        first = found.start()
        head = shape[max(0, first - width) : first] == "T" * width
        start = first - width if head else first
        rows = tuple(tuple(run[at : at + width]) for at in range(start, found.end(), width))
        tables[rows[0][0]] = rows
    return tables
