"""Numbers in the cells of a row (表格行).

A cell that holds a number alone has the unit of the cell after it, before it, or in brackets after its name;
where none is written, the number stays without one and the head of the table may tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gaoxin.reading.amounts import Amount
from gaoxin.reading.quantities.figures import plain
from gaoxin.reading.quantities.numbers import Number, chinese
from gaoxin.reading.quantities.units import Measure, measure

_BRACKET = re.compile(r"\(([^()]{1,8})\)$")
_NUMBER = re.compile(r"[-+]?[0-9][0-9,.]*")
_LONGEST_UNIT = 8


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit, where it ends, and 余, 多 or 半 inside it (3个多月, 四个半月)."""

    measure: Measure
    end: int
    more: str = ""


def unit_in_next_cell(text: str, end: int) -> UnitFound | None:
    """299.54⇥亿元."""
    if text[end : end + 1] != "\t":
        return None
    stop = text.find("\t", end + 1, end + 2 + _LONGEST_UNIT)
    return unit_cell(text[end + 1 : stop if stop >= 0 else end + 2 + _LONGEST_UNIT], end + 1)


def unit_cell(cell: str, start: int = 0) -> UnitFound | None:
    """A cell that holds a unit and nothing else."""
    if not 0 < len(cell) <= _LONGEST_UNIT:
        return None
    for length in range(3):
        size = chinese(cell[:length], 0) if length else None
        if length and (size is None or not size.bare or size.end != length):
            continue
        known = measure(cell, length, after_chinese=False)
        if known is not None and known[1] == len(cell):
            found = known[0]
            factor = found.factor * (1 if size is None else size.value)
            return UnitFound(Measure(cell, found.dimension, factor, found.noun), start + len(cell))
    return None


def fills_cell(text: str, number: Number) -> bool:
    before, after = text[number.start - 1 : number.start], text[number.end : number.end + 1]
    return number.start > 0 and before in ("\t", "-", "+") and after in ("", "\t")


def cell(text: str, number: Number) -> Amount:
    """A number that fills its cell."""
    sign = -1 if text[number.start - 1] == "-" else 1
    start = number.start - (text[number.start - 1] in "-+")
    head = max(0, start - 1)
    before = text[text.rfind("\t", 0, head) + 1 : head]
    known = unit_cell(before)
    if known is not None and _NUMBER.fullmatch(_cell_before(text, head - len(before))):
        known = None  # the unit belongs to the number on its left
    if known is None:
        bracket = _BRACKET.search(before)
        known = unit_cell(bracket[1]) if bracket is not None else None
    value = sign * number.value
    if known is None:
        return plain(start, number.end, value, None, decimals=number.decimals)
    unit = known.measure
    return plain(
        start,
        number.end,
        value * unit.factor,
        unit.dimension,
        noun=unit.noun,
        written=number.size + unit.written,
        decimals=number.decimals,
    )


def _cell_before(text: str, place: int) -> str:
    stop = max(0, place - 1)
    return text[text.rfind("\t", 0, stop) + 1 : stop]
