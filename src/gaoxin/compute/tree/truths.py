"""Truths: comparisons, growth, membership, three-valued logic (判断)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gaoxin.compute.tree.base import Comparison, Node, Type


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Compare(Node):
    """Two numbers or two dates compared; exact, no rounding before."""

    op: Comparison
    left: Node
    right: Node

    @property
    def type(self) -> Type:
        return "truth"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Growth(Node):
    """Did `base` grow to `end` at `rate` a year over `years` years: end ≥ base × (1 + rate)^years.

    `op`: >= or >. A base of 0 or below has no growth rate: open, and the base is what keeps it open.
    """

    op: Literal[">=", ">"]
    base: Node
    end: Node
    years: int
    rate: Node

    @property
    def type(self) -> Type:
        return "truth"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Member(Node):
    """A text is one of some texts (`prefix`: begins with one of them)."""

    of: Node
    among: tuple[str, ...]
    prefix: bool

    @property
    def type(self) -> Type:
        return "truth"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Logic(Node):
    """all or any of some truths, three-valued. all of nothing is true, any of nothing false."""

    op: Literal["all", "any"]
    parts: tuple[Node, ...]

    @property
    def type(self) -> Type:
        return "truth"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Not(Node):
    """The opposite; open stays open."""

    of: Node

    @property
    def type(self) -> Type:
        return "truth"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Known(Node):
    """Is there a value? Never open; the way to ask for completeness, not for eligibility."""

    of: Node

    @property
    def type(self) -> Type:
        return "truth"
