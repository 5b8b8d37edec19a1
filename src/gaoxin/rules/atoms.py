"""The places where moved figures meet a verdict: the atoms of a rule (判定的最小单位).

A verdict is made of three-valued logic and of scores; below them stand single comparisons, bands and facts.
A figure changes a verdict only through what these atoms come out as, so a search need not look at figures,
only at the outcomes they can bring about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from gaoxin.compute import tree
from gaoxin.compute.reference import Outcome, Reading
from gaoxin.compute.tree import Node

_ABOVE = (tree.Logic, tree.Not, tree.Total, tree.Best, tree.Reaches)
_RANKS: Mapping[object, int] = {False: 0, None: 1, True: 2}


class Trial(Reading):
    """A reading of the same subject in which some nodes are given; only what stands above is worked out."""

    def __init__(self, base: Reading) -> None:
        super().__init__(base.row)
        self._known.update(base._known)

    def give(self, node: Node, outcome: Outcome) -> None:
        """Let a node be this."""
        self._known[node] = outcome

    def work_out(self, nodes: Iterable[Node]) -> None:
        """Work out nodes again, parts before wholes."""
        for node in nodes:
            self._known[node] = self._outcome(node)


@dataclass(frozen=True)
class Atom:
    """One comparison, band or fact. `below`: its nodes that depend on what moves, parts before wholes.

    `columns`: the figures that move it. `signs`: whether more of it helps (+1) or harms (−1) the verdict.
    `complete`: every figure it reads is known.
    """

    node: Node
    below: tuple[Node, ...]
    columns: frozenset[str]
    signs: frozenset[int]
    complete: bool

    def settled(self, outcome: Outcome) -> bool:
        """Is nothing left open?"""
        return outcome.value is not None and outcome.high in (None, outcome.value)

    def at_least(self, one: Outcome, other: Outcome) -> bool:
        """Does one outcome serve the verdict at least as well as another?"""
        return all(_not_below(one, other) if sign > 0 else _not_below(other, one) for sign in self.signs)


@dataclass(frozen=True)
class Frame:
    """Conditions over their atoms. `above`: the nodes between, that depend on what moves."""

    conditions: tuple[tuple[str, Node], ...]
    atoms: tuple[Atom, ...]
    above: tuple[Node, ...]

    @classmethod
    def of(cls, conditions: Sequence[tuple[str, Node]], reading: Reading, columns: Set[str]) -> Frame:
        """The frame of some conditions for what moves in some columns."""
        roots = [node for _, node in conditions]
        live = _live(roots, columns)
        signs: dict[Node, set[int]] = {}
        atoms: dict[Node, set[int]] = {}
        stack = [(node, 1) for node in roots]
        while stack:
            node, sign = stack.pop()
            if node not in live or sign in signs.setdefault(node, set()):
                continue
            signs[node].add(sign)
            parts = _parts(node, live)
            if parts is None:
                atoms.setdefault(node, set()).add(sign)
            else:
                stack += [(part, sign * turn) for part, turns in parts for turn in turns]
        above = tuple(node for node in tree.walk(*roots) if node in signs and node not in atoms)
        held = [_atom(node, live, reading, columns, found) for node, found in atoms.items()]
        held.sort(key=lambda atom: sorted(atom.columns))
        return cls(tuple(conditions), tuple(held), above)

    def holds(self, trial: Trial, outcomes: Mapping[Node, Outcome]) -> bool:
        """Is no condition certainly not met, if the atoms come out like this?"""
        for node, outcome in outcomes.items():
            trial.give(node, outcome)
        trial.work_out(self.above)
        return all(trial[node].value is not False for _, node in self.conditions)


def hull(node: Node, outcomes: Sequence[Outcome]) -> Outcome:
    """What is certain of a node if any of these may come about."""
    first = outcomes[0]
    if node.type == "score":
        lows, highs = [held.low for held in outcomes], [_high(held) for held in outcomes]
        return Outcome(min(lows), high=max(highs))
    return first if all(held.value == first.value for held in outcomes) else Outcome(None)


def _parts(node: Node, live: Set[Node]) -> list[tuple[Node, tuple[int, ...]]] | None:
    """What a frame node stands on, with how it turns what helps; None for an atom."""
    if isinstance(node, tree.Reaches):
        turns = {">": (1,), ">=": (1,), "<": (-1,), "<=": (-1,)}.get(node.op, (1, -1))
        return [(node.score, turns)]
    if isinstance(node, _ABOVE):
        return [(part, (-1,) if isinstance(node, tree.Not) else (1,)) for part in node.children()]
    if isinstance(node, tree.Choose) and node.type in ("truth", "score"):
        return [(node.test, (1, -1)), (node.yes, (1,)), (node.no, (1,))]
    if isinstance(node, tree.Judged) and node.judgement not in live:
        return [(node.range, (1,))]
    return None


def _live(roots: Sequence[Node], columns: Set[str]) -> Set[Node]:
    live: set[Node] = set()
    for node in tree.walk(*roots):
        if isinstance(node, tree.Leaf):
            if node.column in columns:
                live.add(node)
        elif any(part in live for part in node.children()):
            live.add(node)
    return live


def _atom(node: Node, live: Set[Node], reading: Reading, columns: Set[str], signs: Iterable[int]) -> Atom:
    leaves = tree.leaves(node)
    return Atom(
        node,
        tuple(part for part in tree.walk(node) if part in live and not isinstance(part, tree.Leaf)),
        frozenset(leaf.column for leaf in leaves if leaf.column in columns),
        frozenset(signs),
        all(reading[leaf].value is not None for leaf in leaves),
    )


def _not_below(one: Outcome, other: Outcome) -> bool:
    if one.high is not None:
        return one.low >= other.low and one.high >= _high(other)
    return _RANKS[one.value] >= _RANKS[other.value]


def _high(score: Outcome) -> Fraction:
    assert score.high is not None
    return score.high
