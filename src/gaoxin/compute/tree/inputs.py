"""What a tree reads: values of the subject, fields of an element, constants (输入)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from gaoxin.compute.dims import Dims
from gaoxin.compute.tree.base import Node, Type, walk


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Leaf(Node):
    """A value of the subject: one metric, for one period.

    `column`: its column in a frame, `revenue@2025`; for a metric without a year, `est_date`.
    `scale`: numbers are kept as integers with so many decimals of the base unit.
    `low`, `high`: bounds that hold for every value; what lies outside is refused when a frame is built.
    `expert`: a judgement; while it is missing the verdict waits for the expert, not for data.
    """

    column: str
    metric: str
    kind: Type
    unit_dims: Dims
    scale: int
    low: Fraction
    high: Fraction
    expert: bool

    @property
    def type(self) -> Type:
        return self.kind

    @property
    def dims(self) -> Dims:
        return self.unit_dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Field(Node):
    """A field of the element an event operation looks at: `amount` of an equity event."""

    name: str
    kind: Type
    unit_dims: Dims
    scale: int
    low: Fraction
    high: Fraction

    @property
    def type(self) -> Type:
        return self.kind

    @property
    def dims(self) -> Dims:
        return self.unit_dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Constant(Node):
    """A number, in base units. `parameter`: the id of the parameter it is the value of, or ""."""

    value: Fraction
    unit_dims: Dims
    parameter: str

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        return self.unit_dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Day(Node):
    """A date that is the same for every subject."""

    value: date

    @property
    def type(self) -> Type:
        return "date"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Settled(Node):
    """true or false, the same for every subject."""

    value: bool

    @property
    def type(self) -> Type:
        return "truth"


@lru_cache(maxsize=20_000)
def leaves(*roots: Node) -> tuple[Leaf, ...]:
    """Every input of some trees, each once, in the order of its column."""
    return tuple(
        sorted((node for node in walk(*roots) if isinstance(node, Leaf)), key=lambda leaf: leaf.column)
    )
