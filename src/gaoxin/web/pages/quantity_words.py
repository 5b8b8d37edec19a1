"""How a value is set on a page: sign, number and unit apart, never firmer than the fact (数值的写法).

What digits are certain is decided in `gaoxin.facts.rendering`; here its words are taken apart so that the
number can be large and
the sign and the unit small.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaoxin.core.quantities import Dimension, Unit, display_unit, from_storage
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.event_words import none_word, told_elements
from gaoxin.facts.rendering import render_value, shown_unit
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import Metric

PUBLISHED_DECIMALS = 2
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


def value_words(
    value: Value,
    unit: str,
    lang: str,
    *,
    decimals: int | None = None,
    metric: Metric | None = None,
    in_full: bool = False,
) -> Words:
    """The value in `unit` as people read it in `lang`.

    `metric`: whose codes and events are to be said in words. Money keeps the unit it is given in, see
    `reading_unit`. Rounding: an exact account in 亿元 is read to two decimals, the way zones publish; the
    source card shows it `in_full`.
    """
    if not value.is_number:
        return Words("", text_words(value, metric, lang), "")
    assert value.dimension is not None
    held = (
        shown_unit(unit, value.dimension) if unit or value.dimension is Dimension.ratio else unit_named("1")
    )
    if decimals is None and not in_full and _is_long_account(value, held):
        decimals = PUBLISHED_DECIMALS
    whole = render_value(value, held, lang, decimals=decimals)
    op = next((hedge for hedge in HEDGES if whole.startswith(hedge)), "")
    whole = whole.removeprefix(op)
    if value.is_fraction:
        return Words(op.strip(), whole, "")
    for name in (f"个{held.symbol}", held.symbol, held.en):
        if name and whole.endswith(name) and held.symbol != "1":
            spoken = held.symbol if name == "个小时" else _short(name)
            return Words(op.strip(), whole.removesuffix(name).rstrip(), spoken)
    return Words(op.strip(), whole, "")


def _is_long_account(value: Value, unit: Unit) -> bool:
    """An exact amount with more decimals of 亿元 than anybody publishes, such as a sum over enterprises."""
    if value.op != "=" or value.step or value.number is None or unit.symbol != "亿元":
        return False
    return value.number % (10 ** (2 + 8 - PUBLISHED_DECIMALS)) != 0


def text_words(value: Value, metric: Metric | None, lang: str) -> str:
    """A text as people read it: yes or no, the name of a code, each event of a list in words."""
    if (metric is not None and metric.value_type == "boolean") or metric is None:
        word = {"true": _("是"), "false": _("否")}.get(value.text or "")
        if word:
            return word
    if metric is not None and metric.choices:
        names = (metric.choices.get(item) if lang == "zh" else item.replace("_", " ") for item in value.items)
        return ("、" if lang == "zh" else ", ").join(
            name or item for name, item in zip(names, value.items, strict=True)
        )
    if metric is not None and metric.elements:
        return ("；" if lang == "zh" else "; ").join(list_words(value, metric, lang)) or none_word(lang)
    if any(item.startswith("{") for item in value.items):
        return ("；" if lang == "zh" else "; ").join(event_words(item) for item in value.items)
    return render_value(value, "1", lang)


def list_words(value: Value, metric: Metric, lang: str) -> tuple[str, ...]:
    """Each element of an event list in words; none for a list known to be empty."""

    def spoken(field: str, code: str) -> str | None:
        name = TITLES.get(code) if (metric.id, field) == ("titles", "kind") else None
        return None if name is None else str(name)

    return told_elements(value.text or "", metric.elements, lang, spoken)


def event_words(item: str) -> str:
    """One event of a list (a title, an award): kind, level, number, from when to when."""
    try:
        event = json.loads(item)
    except ValueError:
        return item
    if not isinstance(event, dict):
        return item
    kind = TITLES.get(str(event.get("kind", "")), "")
    level = {"national": _("国家级"), "provincial": _("省级"), "municipal": _("市级")}.get(
        str(event.get("level", "")), ""
    )
    start, end = str(event.get("valid_from", "")), str(event.get("valid_to", ""))
    span = f"{start}–{end}" if start and end else start or end
    parts = [str(kind), level, str(event.get("cert_no", "")), span]
    named = " ".join(part for part in parts if part)
    return named or " ".join(str(part) for part in event.values() if isinstance(part, str | int))


TITLES = {
    "hnte": gettext_lazy("高新技术企业"),
    "tsme": gettext_lazy("科技型中小企业"),
    "inno_sme": gettext_lazy("创新型中小企业"),
    "tech_inno_sme": gettext_lazy("科技创新型中小企业"),
    "zjtx": gettext_lazy("专精特新中小企业"),
    "xjr": gettext_lazy("专精特新“小巨人”企业"),
    "champion": gettext_lazy("制造业单项冠军企业"),
    "hnte_cultivation": gettext_lazy("高企培育库企业"),
    "national_tech_innovation_demo": gettext_lazy("国家技术创新示范企业"),
    "ip_advantage": gettext_lazy("知识产权优势企业"),
    "ip_demo": gettext_lazy("知识产权示范企业"),
}


def unit_name(unit: Unit | str, lang: str) -> str:
    """亿元, %, 户 … or its English name; empty for a pure number."""
    held = unit_named(unit) if isinstance(unit, str) else unit
    if held.symbol in ("%", "‰"):
        return held.symbol
    return "" if held.symbol == "1" else held.zh if lang.startswith("zh") else _short(held.en)


def reading_unit(value: Value, unit: str) -> str:
    """The unit one figure is best read in: money in 亿元 from 1 亿, 万元 below; all else as written."""
    if value.dimension not in (Dimension.money, Dimension.money_usd):
        return unit
    stored = value.number if value.number is not None else value.high
    if stored is None or not unit:
        return unit
    return display_unit(unit, from_storage(stored, unit)).symbol


def _short(name: str) -> str:
    """`hundred million yuan` is ×10⁸ yuan in a narrow column; Chinese names stay as they are."""
    for words, power in (
        ("hundred million ", "×10⁸ "),
        ("ten million ", "×10⁷ "),
        ("ten thousand ", "×10⁴ "),
    ):
        name = name.replace(words, power)
    return name.replace(" per ", "/")
