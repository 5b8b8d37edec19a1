"""Event lists as people read them: 高新技术企业 国家级 GR2024… 有效期 2024-12-01 至 2027-11-30 (明细的说法).

How a list is stored is told in `event_lists`; nobody is ever shown that. A field that is missing is not
mentioned; a list that is known to be empty is said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Protocol

from gaoxin.core.errors import FactError
from gaoxin.core.quantities import display_unit, format_number, unit
from gaoxin.facts.event_lists import FieldShape, Plain, read_elements

Spoken = Callable[[str, str], str | None]
_TEN_THOUSAND = 10_000
_FIRST, _LAST = "valid_from", "valid_to"


class NamedField(FieldShape, Protocol):
    """A field that can say what it is called."""

    @property
    def unit(self) -> str | None: ...
    def label(self, lang: str) -> str: ...


def none_word(lang: str) -> str:
    """What stands for a list that is known to be empty."""
    return "无" if lang.startswith("zh") else "none"


def told_elements(
    text: str, fields: Sequence[NamedField], lang: str = "zh", spoken: Spoken | None = None
) -> tuple[str, ...]:
    """Each element in words, in the order as written; none for an empty list.

    `spoken`: a better name for a code of a field, by field and code, where there is one.
    Missing: a list that cannot be read says that it cannot; what a person wrote in words stays as it is.
    """
    try:
        elements = read_elements(text, fields)
    except FactError:
        lines = tuple(text.splitlines())
        if any(line.lstrip().startswith(("{", "[")) for line in lines):
            return ("明细读不出来，请更正" if lang.startswith("zh") else "cannot be read; correct it",)
        return lines
    return tuple(told_element(element, fields, lang, spoken) for element in elements)


def told_element(
    element: Mapping[str, Plain], fields: Sequence[NamedField], lang: str = "zh", spoken: Spoken | None = None
) -> str:
    """One element in words, its fields in the order of the catalogue, the two days of validity as a span."""
    parts = []
    for shape in fields:
        value = element.get(shape.name)
        if shape.name in (_FIRST, _LAST):
            if shape.name == _FIRST:
                parts.append(_span(value, element.get(_LAST), lang))
        elif value is not None:
            parts.append(_word(value, shape, lang, spoken))
    return " ".join(part for part in parts if part)


def _span(first: Plain, last: Plain, lang: str) -> str:
    zh = lang.startswith("zh")
    if first is None and last is None:
        return ""
    if last is None:
        return f"自 {first} 起" if zh else f"from {first}"
    if first is None:
        return f"有效期至 {last}" if zh else f"valid to {last}"
    return f"有效期 {first} 至 {last}" if zh else f"valid {first} to {last}"


def _word(value: Plain, shape: NamedField, lang: str, spoken: Spoken | None) -> str:
    zh = lang.startswith("zh")
    if isinstance(value, bool):
        answer = ("是" if value else "否") if zh else ("yes" if value else "no")
        return f"{shape.label(lang)}：{answer}" if zh else f"{shape.label(lang)}: {answer}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        named = spoken(shape.name, value) if spoken is not None and shape.choices else None
        return named or (shape.choices.get(value, value) if zh else value.replace("_", " "))
    assert isinstance(value, Fraction)
    if shape.type == "money":
        held = display_unit("元", value) if abs(value) >= _TEN_THOUSAND else unit("元")
        return format_number(value / held.factor, held, lang)
    number = format_number(value, unit(shape.unit or "1"), lang)
    if shape.type == "rank":
        return f"第 {number} 位" if zh else f"rank {number}"
    if shape.type == "year":
        return f"{value} 年" if zh else str(value)
    return number
