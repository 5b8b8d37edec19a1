"""A rule on a day, as trees: its conditions, scores, direct routes, flags, money and verdict (规则编译).

The trees are those of `gaoxin.compute`; a condition that a direct route replaces holds where either holds.
The verdict is all of them together, so that one certain no decides and nothing missing is asked in vain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gaoxin.compute import tree
from gaoxin.compute.dims import dims_of_symbol
from gaoxin.compute.language import Built, MetricSpec, Parameter, Place, Scope, Table, build, build_part
from gaoxin.compute.plans import open_bits
from gaoxin.compute.tree import Node, made
from gaoxin.core.errors import ExpressionError, RuleError
from gaoxin.rules.book import RuleBook
from gaoxin.rules.vocabulary import parameter_value, vocabulary

if TYPE_CHECKING:
    from gaoxin.packs.schemas.base import Origin
    from gaoxin.packs.schemas.rule import Application, Rule
    from gaoxin.packs.schemas.rule_condition import DirectRoute, RuleCondition
    from gaoxin.packs.schemas.rule_parameter import RuleParameter
    from gaoxin.packs.schemas.rule_score import Part

_CITATION = ("zh", "en", "unit", "document", "article", "mark", "confidence", "interpretation")

MONEY = dims_of_symbol("元")
NOTHING = made(tree.Constant, Fraction(0), MONEY, "")


@dataclass(frozen=True)
class Condition:
    """One condition. `own`: its text; `effective`: its text or the direct route that replaces it."""

    spec: RuleCondition
    own: Node
    effective: Node
    direct: Node | None
    parameters: frozenset[str]

    @property
    def id(self) -> str:
        return self.spec.id


@dataclass(frozen=True)
class Route:
    """A direct route: any of its ways."""

    spec: DirectRoute
    node: Node
    ways: tuple[tuple[str, Node], ...]
    parameters: frozenset[str]


@dataclass(frozen=True)
class CompiledRule:
    """One rule for one day. `overridden`: parameters that do not have the value of the law.

    `asked`: the rules its conditions refer to, by id.
    """

    rule: Rule
    on: date
    conditions: tuple[Condition, ...]
    routes: tuple[Route, ...]
    names: Mapping[str, Built]
    flags: Mapping[str, Built]
    amount: Built | None
    clawback: Built | None
    yearly_cap: Built | None
    values: Mapping[str, Parameter | Table]
    metrics: Mapping[str, MetricSpec] = field(repr=False)
    overridden: frozenset[str] = frozenset()
    asked: Mapping[str, CompiledRule] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        return self.rule.id

    @cached_property
    def verdict(self) -> Node:
        """All conditions together."""
        return made(tree.Logic, "all", tuple(condition.effective for condition in self.conditions))

    @cached_property
    def paid(self) -> Node | None:
        """The amount where the verdict is a pass, nothing where it is a fail, missing between."""
        if self.amount is None:
            return None
        return made(tree.Choose, self.verdict, self.amount.node, NOTHING)

    @cached_property
    def leaves(self) -> tuple[tree.Leaf, ...]:
        """Every input of the rule."""
        roots = [self.verdict, *(built.node for built in (*self.names.values(), *self.flags.values()))]
        roots += [built.node for built in (self.amount, self.clawback, self.yearly_cap) if built is not None]
        return tree.leaves(*roots)

    @cached_property
    def experts(self) -> frozenset[str]:
        """The metrics that are judgements."""
        return frozenset(leaf.metric for leaf in self.leaves if leaf.expert)

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """The bit of each metric in the open sets of a population."""
        return open_bits({leaf.metric for leaf in self.leaves})

    @cached_property
    def score(self) -> str | None:
        """The name of the score people mean by the score of this rule: the last one it writes."""
        return next(reversed(self.rule.scores), None)

    @cached_property
    def used(self) -> frozenset[str]:
        """The parameters that conditions, routes and money rest on."""
        found = [condition.parameters for condition in self.conditions]
        found += [route.parameters for route in self.routes]
        found += [built.parameters for built in (self.amount, *self.names.values()) if built is not None]
        return frozenset().union(*found)


class Compiler:
    """Compiles the rules of a book for a day; each once.

    `overrides`: values instead of the law's, by `RULE.parameter`: for drafts and simulations.
    """

    def __init__(
        self,
        book: RuleBook,
        on: date,
        application: Application = "new",
        overrides: Mapping[str, Parameter | Table] | None = None,
    ) -> None:
        self.book, self.on, self.application = book, on, application
        self.overrides = dict(overrides or {})
        self.metrics = vocabulary(book.library.metrics)
        self._done: dict[str, CompiledRule] = {}
        self._under_way: list[str] = []

    def compiled(self, name: str) -> CompiledRule:
        """The rule, or the version of a family, compiled.

        Raises: RuleError for what `RuleBook.select` refuses, for rules that refer to each other in a circle,
        and for a parameter without a value on the day; ExpressionError with file and line for a text that
        cannot be read.
        """
        rule = self.book.select(name, self.on, self.application)
        if rule.id in self._under_way:
            circle = " → ".join([*self._under_way[self._under_way.index(rule.id) :], rule.id])
            raise RuleError(
                f"规则互相引用成了循环：{circle}",
                f"rules refer to each other in a circle: {circle}",
                rule=rule.id,
            )
        if rule.id not in self._done:
            self._under_way.append(rule.id)
            try:
                self._done[rule.id] = self._compile(rule)
            finally:
                self._under_way.pop()
        return self._done[rule.id]

    def _compile(self, rule: Rule) -> CompiledRule:
        values = {
            name: self.overrides.get(f"{rule.id}.{name}")
            or parameter_value(rule.id, name, parameter, value_day(rule, parameter, self.on))
            for name, parameter in rule.parameters.items()
        }
        names: dict[str, Built] = {}
        asked: dict[str, CompiledRule] = {}

        def verdict(name: str) -> Built:
            compiled = self.compiled(name)
            asked[compiled.id] = compiled
            return Built(compiled.verdict, compiled.used)

        scope = Scope(
            rule=rule.id,
            on=self.on,
            metrics=self.metrics,
            parameters=values,
            names=names,
            declared=rule.scope,
            rules=frozenset(self.book.names),
            verdicts=verdict,
            renewal=self.application == "renewal",
        )
        for name, definition in rule.definitions.items():
            names[name] = build(
                definition.expr, scope, None, _place(rule.origin.at("definitions", name, "expr"))
            )
        for name, score in rule.scores.items():
            self._score(score, scope, names, rule.origin.at("scores", name))
        routes = tuple(self._route(rule, index, scope) for index in range(len(rule.direct)))
        conditions = tuple(
            self._condition(rule, index, scope, routes) for index in range(len(rule.conditions))
        )
        benefit, at = rule.benefit, rule.origin.at
        return CompiledRule(
            rule=rule,
            on=self.on,
            conditions=conditions,
            routes=routes,
            names=names,
            flags={
                flag.id: build(flag.test, scope, "truth", _place(at("flags", index, "test")))
                for index, flag in enumerate(rule.flags)
            },
            amount=_money(benefit.amount, scope, at("benefit", "amount")) if benefit else None,
            clawback=build(benefit.clawback.test, scope, "truth", _place(at("benefit", "clawback", "test")))
            if benefit and benefit.clawback and benefit.clawback.test
            else None,
            yearly_cap=_money(benefit.yearly_cap, scope, at("benefit", "yearly_cap"))
            if benefit and benefit.yearly_cap
            else None,
            values=values,
            metrics=self.metrics,
            overridden=frozenset(name for name in rule.parameters if f"{rule.id}.{name}" in self.overrides),
            asked=asked,
        )

    def _score(self, part: Part, scope: Scope, names: dict[str, Built], origin: Origin) -> None:
        """A score and its parts, the parts first, each by its name."""
        built = build_part(_written(part), scope, lambda path: _place(origin.at(*path)))
        names.update(built.parts)

    def _route(self, rule: Rule, index: int, scope: Scope) -> Route:
        spec = rule.direct[index]
        ways = [
            (
                way.id,
                build(way.test, scope, "truth", _place(rule.origin.at("direct", index, "any", at, "test"))),
            )
            for at, way in enumerate(spec.any)
        ]
        node = made(tree.Logic, "any", tuple(built.node for _, built in ways))
        used = frozenset().union(*(built.parameters for _, built in ways))
        return Route(spec, node, tuple((name, built.node) for name, built in ways), used)

    def _condition(self, rule: Rule, index: int, scope: Scope, routes: tuple[Route, ...]) -> Condition:
        spec = rule.conditions[index]
        own = build(spec.test, scope, "truth", _place(rule.origin.at("conditions", index, "test")))
        standing_in = [route for route in routes if spec.id in route.spec.replaces]
        if not standing_in:
            return Condition(spec, own.node, own.node, None, own.parameters)
        direct = made(tree.Logic, "any", tuple(route.node for route in standing_in))
        effective = made(tree.Logic, "any", (direct, own.node))
        used = own.parameters.union(*(route.parameters for route in standing_in))
        return Condition(spec, own.node, effective, direct, used)


def value_day(rule: Rule, parameter: RuleParameter, on: date) -> date:
    """The day whose value of a parameter counts for an application on `on`.

    A text may be asked about before it is in force or after: it then has the values of its first or last day.
    """
    if parameter.dated_by == "application_day":
        first, last = rule.effective.start, rule.effective.until
        on = max(on, first) if first is not None else on
        on = min(on, last) if last is not None else on
    return parameter.counting_day(on)


def _written(part: Part) -> dict[str, Any]:
    """A part as the language reads it: without titles and citations."""
    written: dict[str, Any] = part.model_dump(
        by_alias=True, exclude_defaults=True, exclude={*_CITATION, "parts", "best_of", "worst_of"}
    )
    for name in ("parts", "best_of", "worst_of"):
        if held := getattr(part, name):
            written[name] = [_written(inner) for inner in held]
    return {**written, "id": part.id}


def _money(text: str, scope: Scope, origin: Origin) -> Built:
    built = build(text, scope, "number", _place(origin))
    if built.node.dims != MONEY:
        raise ExpressionError(
            "金额的算式没有得出金额，请核对单位",
            "the amount does not come out as money; check the units",
            file=origin.file,
            line=origin.line,
        )
    return built


def _place(origin: Origin) -> Place:
    first = origin.text
    return Place(first.file, first.line, first.column)
