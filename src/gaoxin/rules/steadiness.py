"""Does an atom change one way only while a single figure moves one way (单调性)?

Where that is certain, the few counts at which an outcome changes are found by halving; where it is not,
every count is looked at. Nothing is assumed: what is not certified here is enumerated.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from gaoxin.compute import tree
from gaoxin.compute.reference import COMPARED, Reading
from gaoxin.compute.tree import Node

_ORDERED = ("<", "<=", ">=", ">")


@dataclass(frozen=True, slots=True)
class Shape:
    """A number while the figure goes from its lowest to its highest value.

    `way`: +1 never falls, −1 never rises, 0 stays. `line`: slope and intercept, where it is a line.
    """

    way: int
    low: Fraction
    high: Fraction
    line: tuple[Fraction, Fraction] | None = None


Found = Shape | Literal["missing"] | None


def steady(node: Node, moving: Node, low: Fraction, high: Fraction, reading: Reading) -> bool:
    """Is what an atom comes out as certain to move one way only, for the figure between two values?

    `moving`: the figure, or a sum through which alone the atom reads what moves. `reading` holds what
    everything beside it is.
    """
    teller = _Teller(moving, low, high, reading)
    if isinstance(node, tree.Compare):
        if node.op not in _ORDERED or node.left.type != "number":
            return False
        return teller.difference(node.left, node.right) is not None
    if isinstance(node, tree.Growth):
        return teller.grows(node)
    return isinstance(node, tree.Points) and teller[node.of] is not None


@dataclass(frozen=True)
class _Teller:
    moving: Node
    low: Fraction
    high: Fraction
    reading: Reading

    def __getitem__(self, node: Node) -> Found:
        """The shape of a number; "missing" where it is missing throughout; None where that is not certain."""
        if node is self.moving:
            return Shape(1, self.low, self.high, (Fraction(1), Fraction(0)))
        if not self._depends(node):
            value = self.reading[node].value
            return _constant(value) if isinstance(value, Fraction) else "missing"
        if isinstance(node, tree.Arithmetic):
            left, right = self[node.left], self[node.right]
            if left is None or right is None:
                return None
            if node.op == "/" and (right == "missing" or right.low <= 0 <= right.high):
                return "missing" if right == "missing" else None
            if left == "missing" or right == "missing":
                return "missing"
            return {"+": _sum, "-": _difference, "*": _product, "/": _quotient}[node.op](left, right)
        if isinstance(node, tree.Extreme):
            return self._extreme(node)
        if isinstance(node, tree.Step):
            return self._banded(node)
        if isinstance(node, tree.Whole):
            of = self[node.of]
            return Shape(of.way, _floor(of.low), _floor(of.high)) if isinstance(of, Shape) else of
        if isinstance(node, tree.Choose) and not self._depends(node.test):
            test = self.reading[node.test].value
            return None if test is None else self[node.yes if test else node.no]
        return None

    def difference(self, left: Node, right: Node) -> Found:
        one, other = self[left], self[right]
        if one is None or other is None:
            return None
        return "missing" if "missing" in (one, other) else _difference(one, other)  # type: ignore[arg-type]

    def grows(self, node: tree.Growth) -> bool:
        base, end, rate = self[node.base], self[node.end], self[node.rate]
        if base is None or end is None or not isinstance(rate, Shape) or rate.way or rate.low <= -1:
            return False
        if isinstance(base, Shape) and base.low <= 0:
            return base.way == 0
        if not isinstance(base, Shape) or not isinstance(end, Shape):
            return True
        return base.way * end.way <= 0

    def _extreme(self, node: tree.Extreme) -> Found:
        parts = [self[part] for part in node.parts]
        if any(part is None for part in parts):
            return None
        shapes = [part for part in parts if isinstance(part, Shape)]
        if len(shapes) < len(parts):
            return "missing"
        choose = min if node.op == "min" else max
        ways = {shape.way for shape in shapes} - {0}
        if len(ways) > 1:
            return None
        low, high = choose(shape.low for shape in shapes), choose(shape.high for shape in shapes)
        return Shape(ways.pop() if ways else 0, low, high)

    def _banded(self, node: tree.Step) -> Found:
        of = self[node.of]
        if not isinstance(of, Shape):
            return of
        values = [value for _, value in node.steps] + [node.otherwise]
        falling = all(one >= other for one, other in pairwise(values))
        rising = all(one <= other for one, other in pairwise(values))
        if of.way and not (falling or rising):
            return None
        turn = 1 if falling == node.rising else -1
        ends = sorted((_band(node, of.low), _band(node, of.high)))
        return Shape(of.way * turn, ends[0], ends[1])

    def _depends(self, node: Node) -> bool:
        return self.moving in _parts_of(node)


@lru_cache(maxsize=16384)
def _parts_of(node: Node) -> frozenset[Node]:
    return frozenset(tree.walk(node))


def _constant(value: Fraction) -> Shape:
    return Shape(0, value, value, (Fraction(0), value))


def _sum(one: Shape, other: Shape) -> Shape | None:
    if one.line and other.line:
        return _line(one.line[0] + other.line[0], one.line[1] + other.line[1], one, other)
    if one.way * other.way < 0:
        return None
    return Shape(one.way or other.way, one.low + other.low, one.high + other.high)


def _difference(one: Shape, other: Shape) -> Shape | None:
    negative = (-other.line[0], -other.line[1]) if other.line else None
    return _sum(one, Shape(-other.way, -other.high, -other.low, negative))


def _line(slope: Fraction, start: Fraction, one: Shape, other: Shape) -> Shape:
    way = (slope > 0) - (slope < 0)
    return Shape(way, one.low + other.low, one.high + other.high, (slope, start))


def _product(one: Shape, other: Shape) -> Shape | None:
    ends = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    for fixed, moving in ((one, other), (other, one)):
        if fixed.way == 0 and fixed.low == fixed.high:
            factor = fixed.low
            line = (moving.line[0] * factor, moving.line[1] * factor) if moving.line else None
            return Shape(moving.way * ((factor > 0) - (factor < 0)), min(ends), max(ends), line)
    if one.low < 0 or other.low < 0 or one.way * other.way < 0:
        return None
    return Shape(one.way or other.way, min(ends), max(ends))


def _quotient(one: Shape, other: Shape) -> Shape | None:
    """The divisor keeps its sign. Of two lines the quotient turns nowhere else than at its pole."""
    ends = [a / b for a in (one.low, one.high) for b in (other.low, other.high)]
    if other.way == 0 and other.low == other.high:
        line = (one.line[0] / other.low, one.line[1] / other.low) if one.line else None
        return Shape(one.way if other.low > 0 else -one.way, min(ends), max(ends), line)
    if one.line and other.line:
        (a, b), (c, d) = one.line, other.line
        turn = a * d - b * c
        return Shape((turn > 0) - (turn < 0), min(ends), max(ends))
    if one.low < 0 or other.low < 0 or one.way * other.way > 0:
        return None
    return Shape(one.way or -other.way, min(ends), max(ends))


def _band(node: tree.Step, value: Fraction) -> Fraction:
    reached = COMPARED[(">" if node.rising else "<") + ("=" if node.closed else "")]
    for mark, held in node.steps:
        if reached(value, mark):
            return held
    return node.otherwise


def _floor(value: Fraction) -> Fraction:
    return Fraction(value.numerator // value.denominator)
