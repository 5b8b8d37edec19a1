"""How little and how much a number may come out as while inputs are missing (金额区间).

A tree in, two trees out: its least and its most value over everything the missing inputs can be. They are
trees like any other, so one subject and a whole population get the same ends. Interval arithmetic: the ends
hold for certain but need not be the closest, and a known input never moves them apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce, singledispatch
from typing import TYPE_CHECKING

from gaoxin.compute import tree
from gaoxin.compute.language.reach import reach
from gaoxin.compute.tree import Node, made
from gaoxin.core.errors import RuleError
from gaoxin.rules.compiling import NOTHING

if TYPE_CHECKING:
    from gaoxin.rules.compiling import CompiledRule

Ends = tuple[Node, Node]


def envelope(number: Node) -> Ends:
    """The least and the most of a number. An end that is missing has no bound on that side."""
    known: dict[Node, Ends] = {}
    for node in tree.walk(number):
        if node.type == "number":
            known[node] = _ends(node, known) if tree.leaves(node) else (node, node)
    return known[number]


def amount_ends(compiled: CompiledRule) -> Ends:
    """The least and the most a clause pays to somebody who qualifies, in 元; equal where nothing is open.

    A payment is never below 0, and within a yearly cap where the clause has one. Missing: a most that is
    missing has no bound. Raises: RuleError for a rule that pays nothing.
    """
    if compiled.amount is None:
        raise RuleError(
            f"{compiled.rule.zh}（{compiled.id}）没有金额，不能测算；政策条款才有",
            f"{compiled.rule.en} ({compiled.id}) pays nothing and cannot be simulated; clauses can",
            rule=compiled.id,
        )
    least, most = envelope(compiled.amount.node)
    if compiled.yearly_cap is not None:
        cap_least, cap_most = envelope(compiled.yearly_cap.node)
        least, most = made(tree.Extreme, "min", (least, cap_least)), _least_known((most, cap_most))
    least = _known_or(made(tree.Extreme, "max", (least, NOTHING)), NOTHING)
    return least, made(tree.Extreme, "max", (most, NOTHING))


def paid_ends(compiled: CompiledRule) -> Ends:
    """The least and the most a clause pays to a subject: nothing with a fail, at least 0 while it is open."""
    least, most = amount_ends(compiled)
    verdict = compiled.verdict
    settled = made(tree.Known, verdict)
    return (
        made(tree.Choose, settled, made(tree.Choose, verdict, least, NOTHING), NOTHING),
        made(tree.Choose, settled, made(tree.Choose, verdict, most, NOTHING), most),
    )


@singledispatch
def _ends(node: Node, known: Mapping[Node, Ends]) -> Ends:
    """Any other number: itself where it is known, else as far as it can reach."""
    bounds = reach(node)
    return _bounded(node, bounds.low), _bounded(node, bounds.high)


@_ends.register
def _(node: tree.Arithmetic, known: Mapping[Node, Ends]) -> Ends:
    left, right = known[node.left], known[node.right]
    match node.op:
        case "+":
            return made(tree.Arithmetic, "+", left[0], right[0]), made(
                tree.Arithmetic, "+", left[1], right[1]
            )
        case "-":
            return made(tree.Arithmetic, "-", left[0], right[1]), made(
                tree.Arithmetic, "-", left[1], right[0]
            )
        case "*":
            if _not_negative(node.left):
                return _product(left, right)
            if _not_negative(node.right):
                return _product(right, left)
        case "/" if isinstance(node.right, tree.Constant) and node.right.value > 0:
            return (
                made(tree.Arithmetic, "/", left[0], node.right),
                made(tree.Arithmetic, "/", left[1], node.right),
            )
    return node, node


@_ends.register
def _(node: tree.Extreme, known: Mapping[Node, Ends]) -> Ends:
    lows, highs = zip(*(known[part] for part in node.parts), strict=True)
    if node.op == "min":
        return made(tree.Extreme, "min", lows), _least_known(highs)
    return _most_known(lows), made(tree.Extreme, "max", highs)


@_ends.register
def _(node: tree.Whole, known: Mapping[Node, Ends]) -> Ends:
    low, high = known[node.of]
    return made(tree.Whole, low), made(tree.Whole, high)


@_ends.register
def _(node: tree.Choose, known: Mapping[Node, Ends]) -> Ends:
    yes, no = known[node.yes], known[node.no]
    ends = []
    for op, one, other in (("min", yes[0], no[0]), ("max", yes[1], no[1])):
        either = made(tree.Extreme, op, (one, other))
        chosen = made(tree.Choose, node.test, one, other)
        ends.append(made(tree.Choose, made(tree.Known, node.test), chosen, either))
    return ends[0], ends[1]


def _product(factor: Ends, other: Ends) -> Ends:
    """The ends of a product whose first factor is never below 0."""
    lows = tuple(made(tree.Arithmetic, "*", end, other[0]) for end in factor)
    highs = tuple(made(tree.Arithmetic, "*", end, other[1]) for end in factor)
    return made(tree.Extreme, "min", lows), made(tree.Extreme, "max", highs)


def _not_negative(node: Node) -> bool:
    low = reach(node).low
    return low is not None and low >= 0


def _bounded(node: Node, end: Fraction | None) -> Node:
    return node if end is None else _known_or(node, made(tree.Constant, end, node.dims, ""))


def _known_or(node: Node, instead: Node) -> Node:
    return made(tree.Choose, made(tree.Known, node), node, instead)


def _least_known(ends: tuple[Node, ...]) -> Node:
    return reduce(lambda one, other: _of_known("min", one, other), ends)


def _most_known(ends: tuple[Node, ...]) -> Node:
    return reduce(lambda one, other: _of_known("max", one, other), ends)


def _of_known(op: str, one: Node, other: Node) -> Node:
    both = made(tree.Extreme, op, (one, other))
    return _known_or(both, _known_or(one, other))
