"""A tree worked out for one subject, exactly, with every step told (参照求值).

The other renderings must give what this one gives. Numbers are fractions of base units; nothing is rounded.
`Outcome.open` are the metrics whose absence keeps a node open: the missing list of a verdict, before roles.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache, singledispatchmethod
from typing import Any

from gaoxin.compute import tree
from gaoxin.compute.tree import Node, leaves, walk

Plain = Fraction | bool | date | str | None
Element = Mapping[str, Plain]
Value = Plain | Sequence[Element]
Row = Mapping[str, Value]

_NOTHING: frozenset[str] = frozenset()
COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a node came out as. A score has `value` (its low end) and `high`; others have `value` only."""

    value: Value
    open: frozenset[str] = _NOTHING
    high: Fraction | None = None

    @property
    def low(self) -> Fraction:
        assert isinstance(self.value, Fraction)
        return self.value


class Reading:
    """One subject's values, and what every node comes out as for it; each node is worked out once."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self._known: dict[Node, Outcome] = {}

    def __getitem__(self, node: Node) -> Outcome:
        found = self._known.get(node)
        if found is None:
            for part in walk(node):
                if part not in self._known:
                    self._known[part] = self._outcome(part)
            found = self._known[node]
        return found

    @singledispatchmethod
    def _outcome(self, node: Node) -> Outcome:
        raise TypeError(f"{type(node).__name__} has no value of its own")

    # Inputs

    @_outcome.register
    def _(self, node: tree.Leaf) -> Outcome:
        value = self.row.get(node.column)
        return Outcome(value, _NOTHING if value is not None else frozenset((node.metric,)))

    @_outcome.register(tree.Constant)
    @_outcome.register(tree.Day)
    @_outcome.register(tree.Settled)
    def _(self, node: tree.Constant | tree.Day | tree.Settled) -> Outcome:
        return Outcome(node.value)

    @_outcome.register
    def _(self, node: tree.Field) -> Outcome:
        value = self.row.get(node.name)
        return Outcome(value, _NOTHING if value is not None else frozenset((node.name,)))

    # Numbers

    @_outcome.register
    def _(self, node: tree.Arithmetic) -> Outcome:
        left, right = self._known[node.left], self._known[node.right]
        if node.op == "/" and right.value == 0:
            return Outcome(None, left.open | _metrics_of(node.right))
        if left.value is None or right.value is None:
            return Outcome(None, left.open | right.open)
        return Outcome(arithmetic(node.op, left.low, right.low))

    @_outcome.register
    def _(self, node: tree.Extreme) -> Outcome:
        parts = [self._known[part] for part in node.parts]
        if any(part.value is None for part in parts):
            return Outcome(None, _joined(parts))
        choose = min if node.op == "min" else max
        return Outcome(choose(part.low for part in parts))

    @_outcome.register
    def _(self, node: tree.Whole) -> Outcome:
        of = self._known[node.of]
        return of if of.value is None else Outcome(Fraction(of.low.numerator // of.low.denominator))

    @_outcome.register
    def _(self, node: tree.Choose) -> Outcome:
        test, yes, no = self._known[node.test], self._known[node.yes], self._known[node.no]
        if test.value is not None:
            return yes if test.value else no
        if node.type == "score":
            low, high = min(yes.low, no.low), max(_high(yes), _high(no))
            return Outcome(low, test.open | yes.open | no.open if low < high else _NOTHING, high)
        alike = yes.value is not None and yes.value == no.value
        if alike and (node.type == "truth" or not tree.has_quotient(node)):
            return yes
        return Outcome(None, test.open | yes.open | no.open)

    @_outcome.register
    def _(self, node: tree.Step) -> Outcome:
        of = self._known[node.of]
        if of.value is None:
            return Outcome(None, of.open)
        reached = COMPARED[(">" if node.rising else "<") + ("=" if node.closed else "")]
        for mark, value in node.steps:
            if reached(of.low, mark):
                return Outcome(value)
        return Outcome(node.otherwise)

    # Dates

    @_outcome.register
    def _(self, node: tree.DaysBetween) -> Outcome:
        start, end = self._known[node.start], self._known[node.end]
        if start.value is None or end.value is None:
            return Outcome(None, start.open | end.open)
        assert isinstance(start.value, date)
        assert isinstance(end.value, date)
        return Outcome(Fraction((end.value - start.value).days))

    @_outcome.register
    def _(self, node: tree.YearOf) -> Outcome:
        of = self._known[node.of]
        return Outcome(Fraction(of.value.year)) if isinstance(of.value, date) else Outcome(None, of.open)

    # Truths

    @_outcome.register
    def _(self, node: tree.Compare) -> Outcome:
        left, right = self._known[node.left], self._known[node.right]
        if left.value is None or right.value is None:
            return Outcome(None, left.open | right.open)
        return Outcome(COMPARED[node.op](left.value, right.value))

    @_outcome.register
    def _(self, node: tree.Growth) -> Outcome:
        base, end, rate = (self._known[part] for part in (node.base, node.end, node.rate))
        opened = base.open | end.open | rate.open
        if base.value is not None and base.low <= 0:
            return Outcome(None, opened | _metrics_of(node.base))
        if base.value is None or end.value is None or rate.value is None:
            return Outcome(None, opened)
        return Outcome(COMPARED[node.op](end.low, base.low * (1 + rate.low) ** node.years))

    @_outcome.register
    def _(self, node: tree.Member) -> Outcome:
        of = self._known[node.of]
        return Outcome(None, of.open) if of.value is None else Outcome(member(node, of.value))

    @_outcome.register
    def _(self, node: tree.Logic) -> Outcome:
        parts = [self._known[part] for part in node.parts]
        decisive = node.op == "any"
        if any(part.value is decisive for part in parts):
            return Outcome(decisive)
        if any(part.value is None for part in parts):
            return Outcome(None, _joined(parts))
        return Outcome(not decisive)

    @_outcome.register
    def _(self, node: tree.Not) -> Outcome:
        of = self._known[node.of]
        return of if of.value is None else Outcome(not of.value)

    @_outcome.register
    def _(self, node: tree.Known) -> Outcome:
        return Outcome(self._known[node.of].value is not None)

    # Events

    @_outcome.register
    def _(self, node: tree.Exists) -> Outcome:
        held = self._known[node.events]
        if held.value is None:
            return held
        met = [Reading(element)[node.where].value for element in _elements(held.value)]
        if True in met:
            return Outcome(True)
        return Outcome(None, _metrics_of(node.events)) if None in met else Outcome(False)

    @_outcome.register
    def _(self, node: tree.Sum) -> Outcome:
        held = self._known[node.events]
        if held.value is None:
            return held
        total = Fraction(0)
        for element in _elements(held.value):
            read = Reading(element)
            met = read[node.where].value
            amount = read[node.value].value if met else None
            if met is None or (met and amount is None):
                return Outcome(None, _metrics_of(node.events))
            if isinstance(amount, Fraction):
                total += amount
        return Outcome(total)

    # Scores

    @_outcome.register
    def _(self, node: tree.Points) -> Outcome:
        of = self._known[node.of]
        if of.value is not None:
            return Outcome(of.low, high=of.low)
        return Outcome(node.low, of.open if node.low < node.high else _NOTHING, node.high)

    @_outcome.register
    def _(self, node: tree.Judged) -> Outcome:
        given, band = self._known[node.judgement], self._known[node.range]
        if given.value is not None:
            return Outcome(given.low, high=given.low)
        if band.low == _high(band):
            return band
        return Outcome(band.low, band.open | given.open, band.high)

    @_outcome.register
    def _(self, node: tree.Range) -> Outcome:
        return Outcome(node.low, high=node.high)

    @_outcome.register
    def _(self, node: tree.Total) -> Outcome:
        parts = [self._known[part] for part in node.parts]
        low, high = sum((part.low for part in parts), Fraction(0)), sum(map(_high, parts), Fraction(0))
        if node.cap is not None:
            low, high = min(low, node.cap), min(high, node.cap)
        return Outcome(low, _joined(parts) if low < high else _NOTHING, high)

    @_outcome.register
    def _(self, node: tree.Best) -> Outcome:
        parts = [self._known[part] for part in node.parts]
        choose = max if node.op == "max" else min
        low, high = choose(part.low for part in parts), choose(_high(part) for part in parts)
        able = [part for part in parts if (_high(part) > low if node.op == "max" else part.low < high)]
        return Outcome(low, _joined(able) if low < high else _NOTHING, high)

    @_outcome.register
    def _(self, node: tree.Reaches) -> Outcome:
        score = self._known[node.score]
        compared = COMPARED[node.op]
        ends = {compared(score.low, node.mark), compared(_high(score), node.mark)}
        inside = node.op in ("=", "!=") and score.low < node.mark < _high(score)
        if len(ends) == 1 and not inside:
            return Outcome(ends.pop())
        return Outcome(None, score.open)


def arithmetic(op: str, left: Fraction, right: Fraction) -> Fraction:
    """One step of exact arithmetic."""
    if op == "/":
        return left / right
    return left + right if op == "+" else left - right if op == "-" else left * right


def member(node: tree.Member, value: Value) -> bool:
    """Is a known text among those of the node?"""
    assert isinstance(value, str)
    return value.startswith(node.among) if node.prefix else value in node.among


def _elements(held: Value) -> Sequence[Element]:
    assert isinstance(held, Sequence)
    assert not isinstance(held, str)
    return held


def _joined(parts: Iterable[Outcome]) -> frozenset[str]:
    return _NOTHING.union(*(part.open for part in parts))


def _high(score: Outcome) -> Fraction:
    assert score.high is not None
    return score.high


@lru_cache(maxsize=65536)
def _metrics_of(node: Node) -> frozenset[str]:
    return frozenset(leaf.metric for leaf in leaves(node))
