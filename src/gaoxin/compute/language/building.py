"""Syntax → typed tree, in a scope (建树).

Names, arithmetic, comparisons and logic are built here; `windows` builds what runs over years, `events` what
runs over the elements of a list, `dating` what is about days. Every part has one type and one dimension; what
does not fit is refused where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from gaoxin.compute.dims import NONE, Dims, dims_of
from gaoxin.compute.language import calling, comparing, events, syntax, windows
from gaoxin.compute.language.parsing import FUNCTIONS
from gaoxin.compute.language.places import Spot, Written
from gaoxin.compute.language.scopes import Built, MetricSpec, Parameter, Scope, Table
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

_BOUND_WORDS = ("Y", "ON", "RENEWAL")


@dataclass(frozen=True)
class Building:
    """A text on its way to a tree.

    `years`: bound year names; `element`: the name of a bound element, and the list it is of.
    """

    scope: Scope
    text: Written
    years: Mapping[str, int] = field(default_factory=dict)
    element: tuple[str, MetricSpec] | None = None
    used: set[str] = field(default_factory=set)

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

    def name(self, part: syntax.Name) -> Node:
        name = part.id
        if name in self.years:
            return made(Constant, Fraction(self.years[name]), NONE, "")
        if name == "Y":
            return made(Constant, Fraction(self.scope.on.year), NONE, "")
        if name == "ON":
            return made(Day, self.scope.on)
        if name == "RENEWAL":
            return made(Settled, self.scope.renewal)
        if self.element and name == self.element[0]:
            raise self.text.error(
                part.at,
                f"请写 {name} 的字段，如 {name}.date",
                f"write a field of {name}, such as {name}.date",
            )
        held = self.scope.names.get(name)
        if held is None:
            return self.metric(name, part.at, None)
        if name in self.scope.metrics:
            raise self.text.error(
                part.at,
                f"“{name}”既是指标又是本规则的定义，请改名",
                f"“{name}” is a metric and a definition; rename it",
            )
        self.outside(part.at, held.node)
        self.used.update(held.parameters)
        return held.node

    def outside(self, at: Spot, node: Node) -> None:
        """Refuse values of the subject inside an element."""
        if self.element and leaves(node):
            variable, spec = self.element
            raise self.text.error(
                at,
                f"{spec.id} 的条件里只能用 {variable} 的字段、数字和参数",
                f"a condition on {spec.id} uses fields of {variable}, numbers and parameters only",
            )

    def metric(self, name: str, at: Spot, year: int | None) -> Node:
        spec = self.scope.metrics.get(name)
        if spec is None:
            raise self.unknown(name, at)
        self.declared(spec, at)
        if spec.yearly and year is None:
            raise self.text.error(
                at,
                f"{name} 按年取值，请写年份，如 {name}[Y-1]",
                f"{name} has a value for each year; write one: {name}[Y-1]",
                expected="a year",
            )
        if not spec.yearly and year is not None:
            raise self.text.error(
                at, f"{name} 没有年份，请去掉方括号", f"{name} has no years; leave the brackets out"
            )
        node = spec.leaf(year)
        self.outside(at, node)
        return node

    def declared(self, spec: MetricSpec, at: Spot) -> None:
        """Refuse a member of a scope family that the rule does not mean."""
        family = spec.scope_family
        if family is None or spec.id in self.scope.declared.get(family, ()):
            return
        meant = [self.scope.metrics.get(name) for name in self.scope.declared.get(family, ())]
        shown = "、".join(f"{one.id}（{one.zh}）" if one.zh else one.id for one in meant if one)
        found = f"{spec.id}（{spec.zh}）" if spec.zh else spec.id
        if not shown:
            raise self.text.error(
                at,
                f"{self.scope.rule} 没有声明 {family} 用哪个口径，请在 scope 写 {family}: [{spec.id}]",
                f"{self.scope.rule} does not say which {family} it means; write scope: {family}: [{spec.id}]",
                found=spec.id,
            )
        raise self.text.error(
            at,
            f"{self.scope.rule} 要求 {shown}，这里写了 {found}，口径不同不能混用",
            f"{self.scope.rule} means {', '.join(one.id for one in meant if one)}, found {spec.id}; "
            "figures of different scope do not mix",
            expected=shown,
            found=spec.id,
        )

    def unknown(self, name: str, at: Spot) -> Exception:
        mend = (
            (f"函数要写括号：{name}(…)", f"{name} is a function: {name}(…)")
            if name in FUNCTIONS
            else ("", "")
        )
        return self.text.error(
            at,
            f"不认识“{name}”" + (f"，{mend[0]}" if mend[0] else "：没有这个指标、定义或得分"),
            f"unknown name “{name}”" + (f"; {mend[1]}" if mend[1] else ": no metric, definition or score"),
            known=(*self.scope.metrics, *self.scope.names, *self.years, *_BOUND_WORDS),
            word=name,
            found=name,
        )

    def parameter(self, part: syntax.Parameter) -> Node:
        held = self.held(part)
        if isinstance(held, Table):
            raise self.text.error(
                part.at,
                f"${part.id} 是分档表，请写 band(${part.id}, x)",
                f"${part.id} is a table; write band(${part.id}, x)",
            )
        if isinstance(held.value, tuple):
            raise self.text.error(
                part.at,
                f"${part.id} 是一组代码，请用 in 或 starts",
                f"${part.id} is a list of texts; use in or starts",
            )
        if isinstance(held.value, Fraction):
            return made(Constant, held.value, held.dims, held.id)
        return made(Day, held.value)

    def held(self, part: syntax.Parameter) -> Parameter | Table:
        """The parameter or table of that name; it counts as used."""
        held = self.scope.parameters.get(part.id)
        if held is None:
            raise self.text.error(
                part.at,
                f"没有参数 ${part.id}",
                f"there is no parameter ${part.id}",
                known=self.scope.parameters,
                word=part.id,
                found=part.id,
            )
        self.used.add(held.id)
        return held

    def indexed(self, part: syntax.Indexed) -> Node:
        if isinstance(part.years, syntax.Span):
            raise self.text.error(
                part.years.at,
                f"年份范围要写在窗口里，如 sum({part.id}[Y-3..Y-1])",
                f"a range of years belongs in a window: sum({part.id}[Y-3..Y-1])",
            )
        if part.id in self.scope.names:
            raise self.text.error(
                part.at, f"{part.id} 是定义，没有年份", f"{part.id} is a definition and has no years"
            )
        return self.metric(part.id, part.at, self.year(part.years))

    def year(self, part: syntax.Year) -> int:
        if not part.base:
            year = part.shift
        elif part.base == "Y":
            year = self.scope.on.year + part.shift
        elif part.base in self.years:
            year = self.years[part.base] + part.shift
        else:
            raise self.text.error(
                part.at,
                f"“{part.base}”不是年份，请写 Y-1 一类",
                f"“{part.base}” is no year; write one such as Y-1",
                known=("Y", *self.years),
                word=part.base,
                found=part.base,
            )
        if not 1900 <= year <= 2200:
            raise self.text.error(
                part.at,
                f"年份 {year} 不在 1900–2200 之内",
                f"year {year} is not within 1900–2200",
                found=str(year),
            )
        return year

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

    def free(self, variable: str, at: Spot) -> None:
        """Refuse a bound name that means something else already."""
        taken = (*self.scope.metrics, *self.scope.names, *self.years, *_BOUND_WORDS, *FUNCTIONS)
        if variable in taken or (self.element and variable == self.element[0]):
            raise self.text.error(
                at,
                f"变量名“{variable}”已有含义，请换一个",
                f"“{variable}” already means something; choose another name",
            )

    def result(self, node: Node) -> Built:
        return Built(node, frozenset(self.used))
