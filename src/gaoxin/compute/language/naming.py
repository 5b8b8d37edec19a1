"""What a name in a text stands for: bound names, definitions, metrics, parameters (名称解析)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from gaoxin.compute.dims import NONE
from gaoxin.compute.language import syntax
from gaoxin.compute.language.parsing import FUNCTIONS
from gaoxin.compute.language.places import Spot, Written
from gaoxin.compute.language.scopes import MetricSpec, Parameter, Scope, Table
from gaoxin.compute.tree import Constant, Day, Node, Settled, leaves, made

_BOUND_WORDS = ("Y", "ON", "RENEWAL")


@dataclass(frozen=True)
class Names:
    """The names in reach of a text.

    `years`: bound year names; `element`: the name of a bound element, and the list it is of; `used`: the ids
    of the parameters met so far.
    """

    scope: Scope
    text: Written
    years: Mapping[str, int] = field(default_factory=dict)
    element: tuple[str, MetricSpec] | None = None
    used: set[str] = field(default_factory=set)

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

    def free(self, variable: str, at: Spot) -> None:
        """Refuse a bound name that means something else already."""
        taken = (*self.scope.metrics, *self.scope.names, *self.years, *_BOUND_WORDS, *FUNCTIONS)
        if variable in taken or (self.element and variable == self.element[0]):
            raise self.text.error(
                at,
                f"变量名“{variable}”已有含义，请换一个",
                f"“{variable}” already means something; choose another name",
            )
