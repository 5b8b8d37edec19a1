"""What the names in a rule's text mean (名称范围): metrics, parameters, tables, definitions, other rules.

Plain values in: whoever reads packs fills these in. The language looks nothing up by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from gaoxin.compute.dims import NONE, Dims, dims_of_symbol
from gaoxin.compute.tree import Leaf, Node, Type, made
from gaoxin.core.units import Dimension, unit
from gaoxin.core.usual_bounds import usual_bounds

_LOW, _HIGH = usual_bounds(None)


def _sense(
    symbol: str | None, low: Fraction | None, high: Fraction | None
) -> tuple[Dims, int, Fraction, Fraction]:
    """Dimension, scale and bounds of numbers in a unit; bounds are in base units."""
    scale = 0 if symbol is None else unit(symbol).dimension.scale
    least, most = usual_bounds(symbol)
    return dims_of_symbol(symbol), scale, least if low is None else low, most if high is None else high


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of the elements of a list. `choices`: the texts it may hold; empty = any."""

    name: str
    type: Type
    dims: Dims = NONE
    scale: int = 0
    low: Fraction = _LOW
    high: Fraction = _HIGH
    choices: tuple[str, ...] = ()

    @classmethod
    def number(
        cls, name: str, symbol: str | None = None, low: Fraction | None = None, high: Fraction | None = None
    ) -> FieldSpec:
        """A number in a unit: money at its scale, all other fields as whole numbers."""
        dims, scale, least, most = _sense(symbol, low, high)
        money = symbol is not None and unit(symbol).dimension in (Dimension.money, Dimension.money_usd)
        return cls(name, "number", dims, scale if money else 0, least, most)


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """What the language must know of a metric.

    `yearly`: it has a value for each year. `zh`: its name or scope, for messages. `scope_family`: the family
    of metrics of which a rule means exactly some (口径). `expert`: a judgement. `low`, `high`: in base units.
    """

    id: str
    type: Type
    dims: Dims = NONE
    scale: int = 0
    low: Fraction = _LOW
    high: Fraction = _HIGH
    yearly: bool = False
    zh: str = ""
    choices: tuple[str, ...] = ()
    elements: Mapping[str, FieldSpec] = field(default_factory=lambda: MappingProxyType({}))
    expert: bool = False
    scope_family: str | None = None

    @classmethod
    def number(
        cls,
        id: str,
        symbol: str | None = None,
        *,
        low: Fraction | None = None,
        high: Fraction | None = None,
        yearly: bool = False,
        zh: str = "",
        expert: bool = False,
        scope_family: str | None = None,
    ) -> MetricSpec:
        """A number in a unit (万元, 人, %; None: a bare number), with the usual bounds of its dimension.

        Raises: UnitError.
        """
        dims, scale, least, most = _sense(symbol, low, high)
        return cls(
            id, "number", dims, scale, least, most, yearly, zh, expert=expert, scope_family=scope_family
        )

    @classmethod
    def events(cls, id: str, *elements: FieldSpec, zh: str = "") -> MetricSpec:
        """A list whose elements have these fields."""
        held = MappingProxyType({spec.name: spec for spec in elements})
        return cls(id, "events", zh=zh, elements=held)

    def column(self, year: int | None) -> str:
        return self.id if year is None else f"{self.id}@{year}"

    def leaf(self, year: int | None) -> Leaf:
        """The input node, of a year where the metric is yearly."""
        return made(
            Leaf,
            self.column(year),
            self.id,
            self.type,
            self.dims,
            self.scale,
            self.low,
            self.high,
            self.expert,
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter on the evaluation day, in base units: a number, a date, or texts such as industry codes.

    `id`: how results name it; unique over all rules (TSME.most_staff).
    """

    id: str
    value: Fraction | date | tuple[str, ...]
    dims: Dims = NONE

    @classmethod
    def number(cls, id: str, written: str, symbol: str | None = None) -> Parameter:
        """A number as written in a unit: ("500", "人"). Raises: UnitError, ValueError."""
        return cls(id, Fraction(written) * (unit(symbol).factor if symbol else 1), dims_of_symbol(symbol))


@dataclass(frozen=True, slots=True)
class Table:
    """A parameter with bands: `steps` as (threshold, value) from the best band down, in base units.

    `rising`: bands reach up from their threshold; `closed`: the threshold belongs to its band.
    """

    id: str
    steps: tuple[tuple[Fraction, Fraction], ...]
    otherwise: Fraction
    rising: bool
    closed: bool
    of_dims: Dims
    dims: Dims


@dataclass(frozen=True, slots=True)
class Built:
    """A tree and what it rests on: the ids of the parameters that took part, through definitions as well."""

    node: Node
    parameters: frozenset[str] = frozenset()


Value: TypeAlias = Parameter | Table


def _no_rules(rule: str) -> Built:
    raise KeyError(rule)


@dataclass(frozen=True)
class Scope:
    """What is in reach of a text.

    `rule`: its id, for messages. `on`: the evaluation day (ON; Y is its year). `renewal`: is it asked for a
    renewal (RENEWAL)? `names`: definitions and scores of the rule built so far. `declared`: for each family
    of scopes the metrics the rule means; a member of a family nobody declared, or another one, is refused.
    `rules`: the ids `passes` may name, `verdicts` their truth; what it raises goes through.
    """

    rule: str
    on: date
    metrics: Mapping[str, MetricSpec]
    parameters: Mapping[str, Value] = field(default_factory=dict)
    names: Mapping[str, Built] = field(default_factory=dict)
    declared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    verdicts: Callable[[str], Built] = _no_rules
    renewal: bool = False

    def leaf(self, metric: str, year: int | None) -> Leaf:
        """The input node of a metric. Raises: KeyError if there is no such metric."""
        return self.metrics[metric].leaf(year)
