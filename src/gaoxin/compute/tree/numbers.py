"""Numbers and dates: exact arithmetic, choices, bands (数与日期)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from gaoxin.compute.dims import Dims, over, times
from gaoxin.compute.tree.base import Node, Type, walk
from gaoxin.compute.tree.inputs import Constant


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Arithmetic(Node):
    """+ − × ÷, exactly. A quotient whose divisor is 0 is missing, and its divisor is what keeps it open."""

    op: Literal["+", "-", "*", "/"]
    left: Node
    right: Node

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        if self.op == "*":
            return times(self.left.dims, self.right.dims)
        return over(self.left.dims, self.right.dims) if self.op == "/" else self.left.dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Extreme(Node):
    """The least or the most of some numbers; missing if one of them is."""

    op: Literal["min", "max"]
    parts: tuple[Node, ...]

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        return self.parts[0].dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Whole(Node):
    """The largest whole number (in base units) not above a number."""

    of: Node

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        return self.of.dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Choose(Node):
    """`yes` where the test holds, `no` where it does not; numbers, truths or scores.

    Missing: with the test open a truth or a number is what both branches agree on, a score the hull of both.
    Numbers that are quotients are not compared for this: they are missing (`has_quotient`).
    """

    test: Node
    yes: Node
    no: Node

    @property
    def type(self) -> Type:
        return self.yes.type

    @property
    def dims(self) -> Dims:
        return self.yes.dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Step(Node):
    """The value of the band a number falls in; `otherwise` outside all of them.

    `steps`: (threshold, value) from the best band down; `closed`: a number on the threshold belongs to it.
    `rising`: bands reach up from their threshold (≥), else down from it (≤).
    """

    of: Node
    steps: tuple[tuple[Fraction, Fraction], ...]
    otherwise: Fraction
    rising: bool
    closed: bool
    unit_dims: Dims

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        return self.unit_dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class DaysBetween(Node):
    """Calendar days from `start` to `end`, negative if `end` is earlier; in 天."""

    start: Node
    end: Node
    unit_dims: Dims

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        return self.unit_dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class YearOf(Node):
    """The calendar year of a date, a number without unit."""

    of: Node

    @property
    def type(self) -> Type:
        return "number"


@lru_cache(maxsize=20_000)
def has_quotient(node: Node) -> bool:
    """Is a number divided by one that is not the same for every subject?"""
    return any(
        isinstance(part, Arithmetic) and part.op == "/" and not isinstance(part.right, Constant)
        for part in walk(node)
    )
