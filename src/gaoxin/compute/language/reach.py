"""How far can a number reach, whoever the subject is? Tells bands that nobody can fall into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

from gaoxin.compute.tree import (
    Arithmetic,
    Choose,
    Constant,
    Extreme,
    Field,
    Leaf,
    Node,
    Step,
    Sum,
    Whole,
    YearOf,
    walk,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and the most; None where nothing says."""

    low: Fraction | None = None
    high: Fraction | None = None


ANYTHING = Reach()


def reach(number: Node) -> Reach:
    """The reach of a number: no value of it lies outside."""
    known: dict[Node, Reach] = {}
    for node in walk(number):
        known[node] = _reach(node, known)
    return known[number]


@singledispatch
def _reach(node: Node, known: Mapping[Node, Reach]) -> Reach:
    return ANYTHING


@_reach.register(Leaf)
@_reach.register(Field)
def _(node: Leaf | Field, known: Mapping[Node, Reach]) -> Reach:
    return Reach(node.low, node.high)


@_reach.register
def _(node: Constant, known: Mapping[Node, Reach]) -> Reach:
    return Reach(node.value, node.value)


@_reach.register
def _(node: Arithmetic, known: Mapping[Node, Reach]) -> Reach:
    left, right = known[node.left], known[node.right]
    match node.op:
        case "+":
            return Reach(_plus(left.low, right.low), _plus(left.high, right.high))
        case "-":
            return Reach(_minus(left.low, right.high), _minus(left.high, right.low))
    # Of products and quotients only the sign is kept.
    if _not_negative(left) and _not_negative(right):
        return Reach(Fraction(0))
    return ANYTHING


@_reach.register
def _(node: Extreme, known: Mapping[Node, Reach]) -> Reach:
    parts = [known[part] for part in node.parts]
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    if node.op == "min":
        return Reach(_if_all(min, lows), _if_any(min, highs))
    return Reach(_if_any(max, lows), _if_all(max, highs))


@_reach.register
def _(node: Whole, known: Mapping[Node, Reach]) -> Reach:
    of = known[node.of]
    low, high = of.low, of.high
    return Reach(
        None if low is None else Fraction(low.numerator // low.denominator),
        None if high is None else Fraction(high.numerator // high.denominator),
    )


@_reach.register
def _(node: Choose, known: Mapping[Node, Reach]) -> Reach:
    yes, no = known[node.yes], known[node.no]
    return Reach(_if_all(min, [yes.low, no.low]), _if_all(max, [yes.high, no.high]))


@_reach.register
def _(node: Step, known: Mapping[Node, Reach]) -> Reach:
    values = [*(value for _, value in node.steps), node.otherwise]
    return Reach(min(values), max(values))


@_reach.register
def _(node: Sum, known: Mapping[Node, Reach]) -> Reach:
    return Reach(Fraction(0)) if _not_negative(reach(node.value)) else ANYTHING


@_reach.register
def _(node: YearOf, known: Mapping[Node, Reach]) -> Reach:
    return Reach(Fraction(1), Fraction(9999))


def _not_negative(of: Reach) -> bool:
    return of.low is not None and of.low >= 0


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right


def _minus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left - right


def _if_all(choose: Callable[[list[Fraction]], Fraction], ends: list[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return choose(known) if len(known) == len(ends) else None


def _if_any(choose: Callable[[list[Fraction]], Fraction], ends: list[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known else None
