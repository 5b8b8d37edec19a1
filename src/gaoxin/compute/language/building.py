"""Syntax → typed tree, in a scope (建树).

Names, arithmetic, comparisons and logic are built here; `windows` builds what runs over years, `events` what
runs over the elements of a list, `dating` what is about days. Every part has one type and one dimension; what
does not fit is refused where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from gaoxin.compute.dims import NONE, Dims, dims_of
from gaoxin.compute.language import calling, comparing, events, syntax, windows
from gaoxin.compute.language.naming import Names
from gaoxin.compute.language.places import Spot
from gaoxin.compute.language.scopes import Built, MetricSpec
from gaoxin.compute.language.syntax import Syntax
from gaoxin.compute.language.wording import dims_words, node_words, type_words, unit_mend
from gaoxin.compute.reference import Reading, arithmetic
from gaoxin.compute.tree import (
    Arithmetic,
    Constant,
    Day,
    Logic,
    Node,
    Not,
    Settled,
    Type,
    leaves,
    made,
)  # fmt: skip
from gaoxin.core.errors import UnitError
from gaoxin.core.units import unit


@dataclass(frozen=True)
class Building(Names):
    """A text on its way to a tree: every part asked for by its type, and built."""

    # Asking for a type

    def number(self, part: Syntax, dims: Dims | None = None) -> Node:
        node = self.typed(part, "number")
        if dims is not None and node.dims != dims:
            raise self.unfit(part.at, dims, node.dims)
        return node

    def truth(self, part: Syntax) -> Node:
        return self.typed(part, "truth")

    def typed(self, part: Syntax, kind: Type) -> Node:
        node = self.node(part)
        if node.type != kind:
            (zh, en), (found_zh, found_en) = type_words(kind), node_words(node)
            mend_zh, mend_en = "", ""
            if kind == "truth":
                mend_zh, mend_en = "，请写成比较，如 x >= 5%", "; write a comparison such as x >= 5%"
            elif node.type == "score":
                mend_zh, mend_en = "，得分只能与分数线比较", "; a score is only compared with a mark"
            raise self.text.error(
                part.at,
                f"这里要{zh}，却是{found_zh}{mend_zh}",
                f"expected {en}, found {found_en}{mend_en}",
                expected=en,
                found=found_en,
            )
        return node

    def unfit(self, at: Spot, wanted: Dims, found: Dims) -> Exception:
        (zh, en), (found_zh, found_en) = dims_words(wanted), dims_words(found)
        mend_zh, mend_en = unit_mend(wanted, found)
        return self.text.error(
            at,
            f"单位不合：应是{zh}，却是{found_zh}{mend_zh}",
            f"units differ: expected {en}, found {found_en}{mend_en}",
            expected=en,
            found=found_en,
        )

    def constant(self, part: Syntax, dims: Dims | None = None) -> Fraction:
        """The value of a number that is the same for every subject."""
        node = self.number(part, dims)
        value = None if leaves(node) or self.element_fields(node) else Reading({})[node].value
        if not isinstance(value, Fraction):
            raise self.text.error(
                part.at,
                "这里要固定的数：数字或 $参数",
                "expected a fixed number: digits or a $parameter",
                expected="a fixed number",
            )
        return value

    def element_fields(self, node: Node) -> bool:
        return events.reads_fields(node)

    # Parts

    def node(self, part: Syntax) -> Node:
        """The tree of a part. Raises: ExpressionError."""
        match part:
            case syntax.Number():
                return self.literal(part)
            case syntax.Date(value=value):
                return made(Day, value)
            case syntax.Truth(value=truth):
                return made(Settled, truth)
            case syntax.Text():
                raise self.text.error(
                    part.at,
                    "文字只用于 = 、!= 、in 和 starts 的比较",
                    "a text is only compared, with =, !=, in or starts",
                )
            case syntax.Name():
                return self.name(part)
            case syntax.Parameter():
                return self.parameter(part)
            case syntax.Indexed():
                return self.indexed(part)
            case syntax.FieldOf():
                return events.field_of(self, part)
            case syntax.Negative(of=of):
                return self.negative(of)
            case syntax.Opposite(of=of):
                return made(Not, self.truth(of))
            case syntax.Joined(op=op, parts=parts):
                held = tuple(self.truth(each) for each in parts)
                return made(Logic, "all" if op == "and" else "any", held)
            case syntax.Operation(op=op):
                return self.arithmetic(part) if op in ("+", "-", "*", "/") else comparing.compare(self, part)
            case syntax.Among():
                return comparing.among(self, part)
            case syntax.OverYears():
                return windows.over_years(self, part)
            case syntax.OverElements():
                return events.over_elements(self, part)
            case syntax.Passes():
                return calling.passes(self, part)
            case syntax.Call():
                return calling.call(self, part)
        raise TypeError(f"{type(part).__name__} has no tree")

    def literal(self, part: syntax.Number) -> Node:
        if not part.unit:
            return made(Constant, part.value, NONE, "")
        try:
            held = unit(part.unit)
        except UnitError as error:
            raise self.text.error(part.at, error.zh, error.en, found=part.unit) from error
        return made(Constant, part.value * held.factor, dims_of(held), "")

    # Numbers

    def negative(self, of: Syntax) -> Node:
        node = self.number(of)
        if isinstance(node, Constant) and not node.parameter:
            return made(Constant, -node.value, node.unit_dims, "")
        return made(Arithmetic, "-", made(Constant, Fraction(0), node.dims, ""), node)

    def arithmetic(self, part: syntax.Operation) -> Node:
        # a long sum leans to the left; it is gone down step by step
        spine: list[syntax.Operation] = []
        first: Syntax = part
        while isinstance(first, syntax.Operation) and first.op in ("+", "-", "*", "/"):
            spine.append(first)
            first = first.left
        left = self.number(first)
        for step in reversed(spine):
            left = self.calculated(step, left, self.number(step.right))
        return left

    def calculated(self, part: syntax.Operation, left: Node, right: Node) -> Node:
        if part.op in ("+", "-") and left.dims != right.dims:
            raise self.unfit(part.right.at, left.dims, right.dims)
        op: Literal["+", "-", "*", "/"] = part.op  # type: ignore[assignment]
        if op == "/" and isinstance(right, Constant) and right.value == 0:
            raise self.text.error(part.at, "除数是 0", "division by zero")
        node = made(Arithmetic, op, left, right)
        if (
            isinstance(left, Constant)
            and isinstance(right, Constant)
            and not left.parameter + right.parameter
        ):
            value = arithmetic(op, left.value, right.value)
            assert value is not None
            return made(Constant, value, node.dims, "")
        return node

    def arguments(self, call: syntax.Call, count: int, form: str) -> tuple[Syntax, ...]:
        if len(call.parts) != count:
            raise self.text.error(
                call.at,
                f"{call.function} 要 {count} 个参数，写成 {form}，这里有 {len(call.parts)} 个",
                f"{call.function} takes {count} inputs, {form}; found {len(call.parts)}",
                expected=str(count),
                found=str(len(call.parts)),
            )
        return call.parts

    # Inside

    def at_year(self, variable: str, year: int) -> Building:
        """The same, with a year name bound."""
        return replace(self, years={**self.years, variable: year})

    def with_element(self, variable: str, spec: MetricSpec) -> Building:
        """The same, with an element bound."""
        return replace(self, element=(variable, spec))

    def result(self, node: Node) -> Built:
        return Built(node, frozenset(self.used))
