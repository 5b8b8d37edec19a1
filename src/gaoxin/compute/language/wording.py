"""How complaints name types and dimensions, and which unit they advise to write."""

from __future__ import annotations

from collections.abc import Mapping

from gaoxin.compute.dims import Dims, words
from gaoxin.compute.tree import Node, Type

_TYPES: Mapping[Type, tuple[str, str]] = {
    "number": ("数", "a number"),
    "truth": ("判断", "a truth"),
    "date": ("日期", "a date"),
    "text": ("文字", "a text"),
    "events": ("清单", "a list"),
    "score": ("得分", "a score"),
}
_EXAMPLES: Mapping[Dims, str] = {
    (("money", 1),): "2000万元",
    (("count:person", 1),): "500人",
    (("count:enterprise", 1),): "3家",
    (("count:thing", 1),): "1件",
    (("time:year", 1),): "3年",
    (("time", 1),): "365天",
    (("point", 1),): "60分",
    (): "5%",
}
_KINDS: Mapping[str, str] = {"person": "人", "enterprise": "家", "thing": "件", "year": "年", "visit": "人次"}


def type_words(kind: Type) -> tuple[str, str]:
    """The Chinese and the English word for a type."""
    return _TYPES[kind]


def dims_words(dims: Dims) -> tuple[str, str]:
    """The Chinese and the English words for a dimension: 金额, 人, 无单位."""

    def readable(text: str) -> str:
        for kind, word in _KINDS.items():
            text = text.replace(kind, word)
        return text

    return readable(words(dims, "zh")), words(dims, "en")


def node_words(node: Node) -> tuple[str, str]:
    """What a part is, in both languages: a number by its dimension, all else by its type."""
    if node.type != "number":
        return type_words(node.type)
    return dims_words(node.dims)


def unit_mend(wanted: Dims, found: Dims) -> tuple[str, str]:
    """How to mend two dimensions that do not fit, where one of them has no unit."""
    bare = () in (wanted, found)
    example = _EXAMPLES.get(wanted or found)
    if bare and example:
        return f"，请写明单位，如 {example}", f"; write the unit, e.g. {example}"
    return "，请核对指标和单位", "; check the metrics and their units"
