"""Which figures keep a truth open: those missing on its open branches, and divisors of zero (待补的数).

A year before the establishment, a branch not taken and a part already decided ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gaoxin.compute import tree
from gaoxin.compute.reference import Reading
from gaoxin.compute.tree import Node


def open_leaves(reading: Reading, root: Node) -> frozenset[tree.Leaf]:
    """The inputs that a node waits for. Missing: a list whose elements lack fields is not among them."""
    found: set[tree.Leaf] = set()
    seen: set[Node] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node in seen or not reading[node].open:
            continue
        seen.add(node)
        if isinstance(node, tree.Leaf):
            found.add(node)
        found.update(without_base(reading, node))
        waiting += _asked(reading, node)
    return frozenset(found)


def without_base(reading: Reading, node: Node) -> Iterator[tree.Leaf]:
    """The inputs of a divisor that is zero, and of a base from which nothing grows."""
    divisor = node.right if isinstance(node, tree.Arithmetic) and node.op == "/" else None
    if divisor is not None and reading[divisor].value == 0:
        yield from tree.leaves(divisor)
    if isinstance(node, tree.Growth) and (base := reading[node.base]).value is not None and base.low <= 0:
        yield from tree.leaves(node.base)


def _asked(reading: Reading, node: Node) -> Iterable[Node]:
    match node:
        case tree.Exists(events=events) | tree.Sum(events=events):
            return (events,)
        case tree.Choose(test=test, yes=yes, no=no) if reading[test].value is not None:
            return (yes if reading[test].value else no,)
        case _:
            return node.children()
