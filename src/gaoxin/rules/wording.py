"""A part of a rule in words, with and without the numbers of a subject (措辞).

Everything is read off the tree and off what it came out as, so that no sentence can say what the rule does
not do. Numbers are printed with as many decimals as it takes to show on which side of the mark they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from gaoxin.compute import tree
from gaoxin.compute.reference import COMPARED, Reading
from gaoxin.core.quantities import display_unit, format_number, round_half_up
from gaoxin.core.units import Unit, unit
from gaoxin.rules.open_inputs import open_leaves

if TYPE_CHECKING:
    from gaoxin.packs.schemas.metric import Metric
    from gaoxin.rules.compiling import CompiledRule

SIGNS: Mapping[str, str] = {"<": "<", "<=": "≤", "=": "=", "!=": "≠", ">=": "≥", ">": ">"}
_SCALES = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_MOST_DECIMALS = 6
_MOST_NAMED = 3
_BASES = {"money": "元", "point": "分", "time:year": "年", "time": "天"}


@dataclass(frozen=True)
class Wording:
    """Words for the parts of one rule about one subject, in `zh` or `en`."""

    compiled: CompiledRule
    reading: Reading
    metrics: Mapping[str, Metric]
    lang: str = "zh"

    def name(self, node: tree.Node) -> str:
        """What a number is called: its definition, or its formula: 2025 年科技人员 ÷ 2025 年职工总数."""
        named = self._names.get(node)
        if named is not None:
            return named
        if isinstance(node, tree.Leaf):
            return self.leaf(node)
        if isinstance(node, tree.Arithmetic):
            summed = self._years(node)
            if summed is not None:
                return summed
            return f"{self._part(node.left)} {_SCALES[node.op]} {self._part(node.right)}"
        if isinstance(node, tree.Constant):
            return self.number(node.value, node) if node.dims else self._factor(node.value)
        if isinstance(node, tree.Day):
            return node.value.isoformat()
        if isinstance(node, tree.YearOf):
            return f"{self.name(node.of)}{self._say('的年份', ', its year')}"
        if isinstance(node, tree.DaysBetween):
            return self._say(
                f"{self.name(node.start)}至 {self.name(node.end)} 的天数",
                f"days from {self.name(node.start)} to {self.name(node.end)}",
            )
        if isinstance(node, tree.Sum):
            return self._say(f"{self.name(node.events)}合计", f"sum of {self.name(node.events)}")
        if isinstance(node, tree.Choose):
            chosen = self.reading[node.test].value
            return self.name(node.yes if chosen else node.no)
        if isinstance(node, tree.Extreme):
            word = self._say("最小" if node.op == "min" else "最大", node.op)
            named = self._say("、", ", ").join(self.name(part) for part in node.parts)
            return self._say(f"{word}（{named}）", f"{word} ({named})")
        inner = next(iter(node.children()), None)
        return self.name(inner) if inner is not None else ""

    def leaf(self, leaf: tree.Leaf) -> str:
        """A metric and its year."""
        metric = self.metrics[leaf.metric]
        _, _, year = leaf.column.partition("@")
        if not year:
            return metric.label(self.lang)
        return self._say(f"{year} 年{metric.zh}", f"{metric.en} of {year}")

    def working(self, node: tree.Node) -> str:
        """The numbers of a formula: 15 ÷ 164 人; "" for a single figure."""
        node = self._chosen(node)
        if not isinstance(node, tree.Arithmetic) or self._years(node) is not None:
            return ""
        left, right = (self.reading[part].value for part in (node.left, node.right))
        if not isinstance(left, Fraction) or not isinstance(right, Fraction):
            return ""
        units = self.unit(node.left, left), self.unit(node.right, right)
        if units[0].converts_to(units[1]) and left and right:
            # in one unit, the one of the smaller, so that the quotient can be checked
            units = (min(units, key=lambda held: held.factor),) * 2
        told = [self._bare(left, units[0]), self._bare(right, units[1])]
        if "%" in (told[0][1], told[1][1]):
            return ""
        if told[0][1] == told[1][1]:
            below = f" {told[0][1]}" if told[0][1] else ""
            return f"{told[0][0]} {_SCALES[node.op]} {told[1][0]}{below}"
        return f" {_SCALES[node.op]} ".join(f"{digits} {symbol}".strip() for digits, symbol in told)

    def number(self, value: Fraction, like: tree.Node, against: Fraction | None = None) -> str:
        """A number of a node's kind; `against` the mark whose side it must show."""
        held = self.unit(like, value)
        text = format_number(self._rounded(value, held, against), held, self.lang)
        # one person, one point: the unit of a single thing
        return text[:-1] if self.lang == "en" and text.startswith("1 ") and text[-1] == "s" else text

    def unit(self, node: tree.Node, value: Fraction) -> Unit:
        """The unit a number of this kind is printed in."""
        if not node.dims:
            return unit("%" if self._is_ratio(node) else "1")
        base, power = node.dims[0]
        if len(node.dims) == 1 and power == 1:
            if base == "money":
                return display_unit("元", value)
            if base in _BASES:
                return unit(_BASES[base])
        for leaf in tree.leaves(node):
            metric = self.metrics[leaf.metric]
            if leaf.dims == node.dims and metric.unit:
                return unit(metric.unit)
        return unit(base.partition(":")[2] or "1") if base.startswith("count:") else unit("1")

    def value(self, value: object, node: tree.Node) -> str:
        """Any value of a node: a number, a date, a text by its choice, yes or no."""
        if isinstance(value, bool):
            return self._say("是" if value else "否", "yes" if value else "no")
        if isinstance(value, Fraction):
            return self.number(value, node)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(node, tree.Leaf) and isinstance(value, str):
            choices = self.metrics[node.metric].choices
            if value not in choices:
                return value
            # the catalogue names choices in Chinese; the code is the English word for them
            return choices[value] if self.lang != "en" else value.replace("_", " ")
        return self._say("未报", "not reported") if value is None else str(value)

    def waiting(self, node: tree.Node) -> str:
        """Why a number has no value: 未报; 缺 2025 年职工总数; 2025 年营业收入为 0，无法相除."""
        if isinstance(node, tree.Leaf):
            return self.value(None, node)
        for part in tree.walk(node):
            if isinstance(part, tree.Arithmetic) and part.op == "/" and self.reading[part.right].value == 0:
                below = self.name(part.right)
                return self._say(f"{below}为 0，无法相除", f"cannot be divided: {below} is 0")
        leaves = sorted(open_leaves(self.reading, node), key=lambda leaf: leaf.column)
        if not leaves:
            return self.value(None, node)
        named = self._say("、", ", ").join(self.leaf(leaf) for leaf in leaves[:_MOST_NAMED])
        named += "" if len(leaves) <= _MOST_NAMED else self._say("等", " …")
        return self._say(f"缺 {named}", f"not known: {named}")

    def _rounded(self, value: Fraction, held: Unit, against: Fraction | None) -> Fraction:
        shown = value / held.factor
        if held.symbol in ("万元", "亿元") and (exact := Fraction(round_half_up(shown, 2))) == shown:
            # a reported amount is printed as reported
            return exact
        least = 0 if held.symbol not in ("%", "万元", "亿元") else 1
        for places in range(least, _MOST_DECIMALS + 1):
            rounded = Fraction(round_half_up(shown, places))
            if rounded == shown:
                return rounded
            if places and (against is None or _side(rounded, against / held.factor) == _side(value, against)):
                return rounded
        return Fraction(round_half_up(shown, _MOST_DECIMALS))

    def _bare(self, value: Fraction, held: Unit) -> tuple[str, str]:
        text = format_number(self._rounded(value, held, None), None, self.lang)
        return text, "" if held.symbol == "1" else self._say(held.symbol, held.en)

    def _factor(self, value: Fraction) -> str:
        """A bare number of a formula, never rounded to its first decimal: 8%, 1.08."""
        if 0 < value < 1:
            return format_number(self._rounded(value, unit("%"), None), unit("%"), self.lang)
        return format_number(Fraction(round_half_up(value, _MOST_DECIMALS)), None, self.lang)

    def _part(self, node: tree.Node) -> str:
        text = self.name(node)
        sums = isinstance(node, tree.Arithmetic) and node not in self._names and node.op in "+-"
        return self._say(f"（{text}）", f"({text})") if sums and self._years(node) is None else text

    def _years(self, node: tree.Node) -> str | None:
        """2023–2025 年研发费用合计, for a sum over the years of one metric; years left out are not named."""
        leaves = tree.leaves(node)
        metrics = {leaf.metric for leaf in leaves if "@" in leaf.column}
        if len(metrics) != 1 or not all(_adds(part) for part in tree.walk(node)):
            return None
        years = sorted(int(leaf.column.partition("@")[2]) for leaf in leaves if "@" in leaf.column)
        if len(years) < 2:
            return None
        metric = self.metrics[next(iter(metrics))]
        return self._say(
            f"{years[0]}–{years[-1]} 年{metric.zh}合计", f"{metric.en}, sum of {years[0]}–{years[-1]}"
        )

    def _chosen(self, node: tree.Node) -> tree.Node:
        while isinstance(node, tree.Choose) and (held := self.reading[node.test].value) is not None:
            node = node.yes if held else node.no
        return node

    def _is_ratio(self, node: tree.Node) -> bool:
        node = self._chosen(node)
        if isinstance(node, tree.Leaf):
            return node.scale > 6
        if isinstance(node, tree.Arithmetic):
            return node.op == "/" or self._is_ratio(node.left) or self._is_ratio(node.right)
        if isinstance(node, tree.Extreme):
            return any(self._is_ratio(part) for part in node.parts)
        return isinstance(node, tree.Step)

    def _say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    @cached_property
    def _names(self) -> Mapping[tree.Node, str]:
        return dict(self._titled())

    def _titled(self) -> Iterator[tuple[tree.Node, str]]:
        rule = self.compiled.rule
        for name, definition in rule.definitions.items():
            title = definition.en if self.lang == "en" and definition.en else definition.zh
            yield self.compiled.names[name].node, title
        for part in rule.parts():
            title = part.en if self.lang == "en" and part.en else part.zh
            yield self.compiled.names[part.id].node, title


def _adds(node: tree.Node) -> bool:
    if isinstance(node, tree.Arithmetic):
        return node.op == "+"
    # what `since` leaves out stands as a choice on the year of a date
    return not isinstance(node, tree.Extreme | tree.Step | tree.Whole | tree.Sum)


def _side(value: Fraction, mark: Fraction) -> tuple[bool, ...]:
    return tuple(COMPARED[op](value, mark) for op in ("<", "=", ">"))
