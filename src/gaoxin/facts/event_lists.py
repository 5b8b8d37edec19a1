"""Titles, awards, incidents: lists whose elements have fields, as facts hold them (明细清单).

An event list is a text with one element per line, each a JSON object of its fields: numbers as JSON numbers
or decimals in quotes, money in 元, days as 2026-01-31. `[]` alone says that there are none, which is not the
same as not knowing. Nothing is guessed: an element that cannot be read exactly makes the whole list
unreadable, for a condition must not take what it does not understand for a no.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Protocol

from gaoxin.core.errors import FactError
from gaoxin.core.usual_bounds import usual_bounds

NONE = "[]"
Plain = Fraction | bool | date | str | None
_FEN = 100


class FieldShape(Protocol):
    """What is needed of a field: its name, its type, and its choices."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def choices(self) -> Mapping[str, str]: ...


def write_elements(elements: Iterable[Mapping[str, object]]) -> str:
    """The text of a list; `[]` for an empty one. A field that is None is left out."""
    lines = [
        json.dumps(
            {name: _written(value) for name, value in element.items() if value is not None},
            ensure_ascii=False,
        )
        for element in elements
    ]
    return "\n".join(lines) if lines else NONE


def read_elements(text: str, fields: Sequence[FieldShape]) -> list[dict[str, Plain]]:
    """The elements of a text, every field present, a missing one None.

    Units: money in 元 and whole fen, other numbers whole as they stand.
    Missing: only `[]` says that there are none; an empty text says nothing and is refused.
    Raises: FactError naming the element and the field that cannot be read: a strange field or code, a number
    with more decimals than are kept or beyond the usual bounds.
    """
    if text.strip() == NONE:
        return []
    known = {field.name: field for field in fields}
    found: list[dict[str, Plain]] = []
    # Not splitlines(): a remark may hold U+2028 and other signs that it takes for ends of lines.
    for number, line in enumerate(text.split("\n"), 1):
        try:
            # a number keeps its digits: it is never a float on the way
            held = json.loads(line, parse_float=str, parse_int=str)
        except ValueError as error:
            raise _unreadable(number, line, "不是一条 JSON 明细", "is no JSON object") from error
        if not isinstance(held, dict):
            raise _unreadable(number, line, "不是一条 JSON 明细", "is no JSON object")
        strange = sorted(set(held) - set(known))
        if strange:
            raise _unreadable(
                number, line, f"有不认识的字段 {strange[0]}", f"has the unknown field {strange[0]}"
            )
        found.append({name: _read(field, held.get(name), number, line) for name, field in known.items()})
    return found


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(Decimal(value.numerator) / Decimal(value.denominator))
    return str(value) if isinstance(value, Decimal) else value


def _read(field: FieldShape, value: Any, number: int, line: str) -> Plain:
    if value is None:
        return None
    try:
        match field.type:
            case "date":
                return date.fromisoformat(value)
            case "boolean":
                if not isinstance(value, bool):
                    raise ValueError(value)
                return value
            case "code" | "text":
                if not isinstance(value, str) or (field.choices and value not in field.choices):
                    raise ValueError(value)
                return value
            case _:
                return _number(value, "元" if field.type == "money" else None)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise _unreadable(
            number, line, f"的 {field.name} 读不出来：{value}", f"has an unreadable {field.name}: {value}"
        ) from error


def _number(value: Any, unit: str | None) -> Fraction:
    """Raises: ValueError for what is no number, too exact to be kept, or beyond the usual bounds."""
    written = Decimal(value) if isinstance(value, str) else None
    low, high = usual_bounds(unit)
    if written is None or not written.is_finite() or not low <= written <= high:
        raise ValueError(value)
    told = Fraction(written)
    if (told * (_FEN if unit else 1)).denominator != 1:
        raise ValueError(value)
    return told


def _unreadable(number: int, line: str, zh: str, en: str) -> FactError:
    shown = line if len(line) <= 60 else line[:60] + "…"
    return FactError(f"明细第 {number} 条{zh}（{shown}）", f"element {number} {en} ({shown})", element=number)
