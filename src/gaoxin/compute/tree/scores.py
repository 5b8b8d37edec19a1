"""Scores: intervals from what is certain to what is possible (评分)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gaoxin.compute.dims import Dims
from gaoxin.compute.tree.base import Comparison, Node, Type


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Points(Node):
    """A number as a score; while it is missing, anything from `low` to `high`."""

    of: Node
    low: Fraction
    high: Fraction

    @property
    def type(self) -> Type:
        return "score"

    @property
    def dims(self) -> Dims:
        return self.of.dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Judged(Node):
    """The points an expert gives inside a range that is computed; without them the whole range.

    `judgement`: the expert's leaf. `range`: the score [low, high] the facts allow; a single value needs no
    expert. A judgement that is given counts as given.
    """

    judgement: Node
    range: Node

    @property
    def type(self) -> Type:
        return "score"

    @property
    def dims(self) -> Dims:
        return self.judgement.dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Range(Node):
    """A score that reaches from one number to another, both the same for every subject."""

    low: Fraction
    high: Fraction
    unit_dims: Dims

    @property
    def type(self) -> Type:
        return "score"

    @property
    def dims(self) -> Dims:
        return self.unit_dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Total(Node):
    """The sum of some scores, at most `cap` where there is one."""

    parts: tuple[Node, ...]
    cap: Fraction | None

    @property
    def type(self) -> Type:
        return "score"

    @property
    def dims(self) -> Dims:
        return self.parts[0].dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Best(Node):
    """The best or the worst of some scores; a part that can no longer change it keeps nothing open."""

    op: Literal["max", "min"]
    parts: tuple[Node, ...]

    @property
    def type(self) -> Type:
        return "score"

    @property
    def dims(self) -> Dims:
        return self.parts[0].dims


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Reaches(Node):
    """Does a score reach a mark? True if it certainly does, false if it cannot, open between."""

    op: Comparison
    score: Node
    mark: Fraction

    @property
    def type(self) -> Type:
        return "truth"
