"""How a value is set on a page: sign, number and unit apart, never firmer than the fact (数值的写法).

What digits are certain is decided in `gaoxin.facts.rendering`; here its words are taken apart so that the number can be large and
the sign and the unit small.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from gaoxin.core.quantities import Dimension, Unit, display_unit, from_storage
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.rendering import render_value, shown_unit
from gaoxin.facts.values import Value

HEDGES = ("> ", "≥ ", "< ", "≤ ", "约 ", "about ")


class Words(NamedTuple):
    """`> ` `1700` `亿元`; the unit is empty for texts, fractions and pure numbers."""

    op: str
    number: str
    unit: str

    @property
    def text(self) -> str:
        joint = "" if self.unit in ("%", "‰", "") else " "
        return f"{self.op} {self.number}{joint}{self.unit}".strip()


def value_words(value: Value, unit: str, lang: str, *, decimals: int | None = None) -> Words:
    """The value in `unit` as people read it in `lang`.

    A yes or no is said in words; money keeps the unit it is given in, see `reading_unit`.
    """
    if not value.is_number:
        text = {"true": _("是"), "false": _("否")}.get(value.text or "")
        return Words("", text or render_value(value, unit or "1", lang), "")
    assert value.dimension is not None
    held = (
        shown_unit(unit, value.dimension) if unit or value.dimension is Dimension.ratio else unit_named("1")
    )
    whole = render_value(value, held, lang, decimals=decimals)
    op = next((hedge for hedge in HEDGES if whole.startswith(hedge)), "")
    whole = whole.removeprefix(op)
    if value.is_fraction:
        return Words(op.strip(), whole, "")
    for name in (f"个{held.symbol}", held.symbol, held.en):
        if name and whole.endswith(name) and held.symbol != "1":
            spoken = held.symbol if name == "个小时" else name
            return Words(op.strip(), whole.removesuffix(name).rstrip(), spoken)
    return Words(op.strip(), whole, "")


def unit_name(unit: Unit | str, lang: str) -> str:
    """亿元, %, 户 … or its English name; empty for a pure number."""
    held = unit_named(unit) if isinstance(unit, str) else unit
    if held.symbol in ("%", "‰"):
        return held.symbol
    return "" if held.symbol == "1" else held.zh if lang.startswith("zh") else held.en


def reading_unit(value: Value, unit: str) -> str:
    """The unit one figure is best read in: money in 亿元 from 1 亿, 万元 below; all else as written."""
    if value.dimension not in (Dimension.money, Dimension.money_usd):
        return unit
    stored = value.number if value.number is not None else value.high
    if stored is None or not unit:
        return unit
    return display_unit(unit, from_storage(stored, unit)).symbol
