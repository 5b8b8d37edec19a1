"""The closed set of operations a rule is made of (表达式树).

A node is immutable and exists once: equal nodes are the same object, so a tree is a graph whose shared parts
are rendered and worked out once. Every node has a `type`:

    number   an exact rational in base units (元, 人, …), with `dims`
    truth    three-valued: true, false, open (Kleene)
    date, text
    events   a list of elements (titles, awards …); an empty list is known to be empty, null is not known
    score    an interval [lo, hi]: what is certain, and what is possible

Missing: a number, date or text with a missing input is missing; a truth is open only if what is missing can
still decide it; a score reaches from the least to the most that the missing inputs allow.
Every node also has an *open set*: the metrics whose absence keeps it open, empty when it is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeVar
from weakref import WeakValueDictionary

from gaoxin.compute.dims import NONE, Dims, over, times

Type = Literal["number", "truth", "date", "text", "events", "score"]
Comparison = Literal["<", "<=", "=", "!=", ">=", ">"]
N = TypeVar("N", bound="Node")
_MADE: WeakValueDictionary[tuple[Any, ...], Node] = WeakValueDictionary()


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Node:
    """A part of a tree. Made by the functions below, never directly."""

    @property
    def type(self) -> Type:
        raise NotImplementedError

    @property
    def dims(self) -> Dims:
        return NONE

    def children(self) -> Iterator[Node]:
        """The parts it is made of, in the order they are written."""
        for declared in fields(self):
            held = getattr(self, declared.name)
            if isinstance(held, Node):
                yield held
            elif isinstance(held, tuple):
                yield from _nodes(held)


def _nodes(held: tuple[Any, ...]) -> Iterator[Node]:
    for part in held:
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from _nodes(part)


def made(kind: Callable[..., N], *parts: Any) -> N:
    """The one node of this kind with these parts."""
    key = (kind, *parts)
    found = _MADE.get(key)
    if found is None:
        found = kind(*parts)
        _MADE[key] = found
    return found  # type: ignore[return-value]


def walk(*roots: Node) -> Iterator[Node]:
    """Every node below the roots once, parts before wholes."""
    seen: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(tuple(node.children())))


def leaves(*roots: Node) -> tuple[Leaf, ...]:
    """Every input of some trees, each once, in the order of its column."""
    return tuple(
        sorted((node for node in walk(*roots) if isinstance(node, Leaf)), key=lambda leaf: leaf.column)
    )


# Inputs


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


# Numbers


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

    Missing: with the test open, a number both branches agree on, a truth both agree on, the hull of two
    scores.
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


# Dates


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


# Truths


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


# Events; `where` and `value` are made of Fields and constants only, and are no children: they have a value
# for an element, none for the subject.


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Exists(Node):
    """Is there an element that meets `where`? Open if the list is missing, or if none does but one might."""

    events: Node
    where: Node

    def children(self) -> Iterator[Node]:
        yield self.events

    @property
    def type(self) -> Type:
        return "truth"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Sum(Node):
    """The sum of `value` over the elements that meet `where`; 0 if none does.

    Missing: if the list is missing, if `where` is open for an element, or a value that counts is missing.
    """

    events: Node
    where: Node
    value: Node

    def children(self) -> Iterator[Node]:
        yield self.events

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        return self.value.dims


# Scores


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
