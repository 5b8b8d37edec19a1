"""What moves by itself in a cluster of actions, and the best ways to every place it moves to (杠杆).

A `Run` is one action; its places are the numbers of its steps. A `Ladder` is a figure that several actions
move, or a sum in which several moved figures meet before they meet anything else: how it came to a value
does not matter to what stands above, so that of all steps to one value only the best are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from gaoxin.compute import tree
from gaoxin.compute.reference import Outcome, Reading
from gaoxin.compute.tree import Node
from gaoxin.rules.atoms import Atom, Trial
from gaoxin.rules.effects import Effect, by_column
from gaoxin.rules.options import NOTHING_DONE, Option, keep_best

_ROOM = 2_000  # so many combinations of steps are joined to a ladder at most
Lead = Callable[[Effect], Fraction]
Table = Mapping[Fraction, list[Option]]


@dataclass(frozen=True)
class Run:
    """One action. Its places are the numbers of its steps, each dearer than the one before."""

    effect: Effect
    lead: Fraction

    @property
    def node(self) -> Node:
        return self.effect.leaf

    @property
    def effects(self) -> tuple[Effect, ...]:
        return (self.effect,)

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((self.effect.leaf.column,))

    @property
    def top(self) -> int:
        return self.effect.most

    def ways(self, first: int, last: int) -> Sequence[Option]:
        """The best ways to any place from `first` to `last`."""
        return (_taken(self.effect, first, self.lead),)


@dataclass(frozen=True)
class Ladder:
    """A figure or sum that several actions move together. Its places are its values, ascending.

    `best`: the least cost and number of actions to each value.
    """

    node: Node
    effects: tuple[Effect, ...]
    values: tuple[Fraction, ...]
    found: tuple[tuple[Option, ...], ...]
    best: tuple[tuple[Fraction, int], ...]

    @classmethod
    def of(cls, node: Node, effects: tuple[Effect, ...], table: Table) -> Ladder:
        values = tuple(sorted(table))
        found = tuple(tuple(table[value]) for value in values)
        best = tuple(min((option.cost, option.size) for option in options) for options in found)
        return cls(node, effects, values, found, best)

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(effect.leaf.column for effect in self.effects)

    @property
    def top(self) -> int:
        return len(self.values) - 1

    def ways(self, first: int, last: int) -> Sequence[Option]:
        """The best ways to any place from `first` to `last`."""
        least = min(self.best[first : last + 1])
        return [
            option
            for at in range(first, last + 1)
            if self.best[at] == least
            for option in self.found[at]
            if (option.cost, option.size) == least
        ]


Lever = Run | Ladder


def levers_of(
    effects: Sequence[Effect], atoms: Sequence[Atom], base: Reading, lead: Lead
) -> tuple[Lever, ...]:
    """The actions of a cluster, joined to ladders where that leaves less to look at."""
    tables: dict[Node, tuple[tuple[Effect, ...], Table]] = {}
    for held in by_column(effects).values():
        if held[0].step is not None and prod(effect.most + 1 for effect in held) <= _ROOM:
            tables[held[0].leaf] = (held, _of_column(held, lead))
    trial = Trial(base)
    for node, below in _sums(atoms).items():
        _join(node, below, tables, atoms, trial)
    ladders = [Ladder.of(node, held, table) for node, (held, table) in tables.items() if len(held) > 1]
    joined = {effect.id for ladder in ladders for effect in ladder.effects}
    return (*(Run(effect, lead(effect)) for effect in effects if effect.id not in joined), *ladders)


def above(root: Node, stops: Set[Node], below: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes of `below` between a node and those at which to stop; parts before wholes."""
    reached = _reached(root, stops)
    return tuple(part for part in below if part in reached)


def _join(
    node: Node,
    below: Sequence[Node],
    tables: dict[Node, tuple[tuple[Effect, ...], Table]],
    atoms: Sequence[Atom],
    trial: Trial,
) -> None:
    """Put the figures under a sum together, if nothing else reads them and there is room."""
    columns = {leaf.column for leaf in tree.leaves(node)}
    moved_by = {column for atom in atoms for column in atom.columns} & columns
    parts = [part for part, (held, _) in tables.items() if {effect.leaf.column for effect in held} & moved_by]
    held = tuple(effect for part in parts for effect in tables[part][0])
    if len(parts) < 2 or {effect.leaf.column for effect in held} != moved_by:
        return
    if prod(len(tables[part][1]) for part in parts) > _ROOM or _read_elsewhere(node, moved_by, atoms):
        return
    between = above(node, frozenset(parts), below)
    table: dict[Fraction, list[Option]] = {}
    for places in product(*(tables[part][1].items() for part in parts)):
        for part, (value, _) in zip(parts, places, strict=True):
            trial.give(part, Outcome(value))
        trial.work_out(between)
        total = trial[node].value
        if not isinstance(total, Fraction):
            return
        options = table.setdefault(total, [])
        for ways in product(*(found for _, found in places)):
            keep_best(options, _beside(ways))
    for part in parts:
        del tables[part]
    tables[node] = (held, table)


def _sums(atoms: Sequence[Atom]) -> Mapping[Node, Sequence[Node]]:
    """The sums and differences in the atoms, parts before wholes, with what stands below each."""
    return {
        node: atom.below
        for atom in atoms
        for node in atom.below
        if isinstance(node, tree.Arithmetic) and node.op in ("+", "-")
    }


def _read_elsewhere(node: Node, columns: Set[str], atoms: Sequence[Atom]) -> bool:
    """Does an atom read one of the figures past the node?"""
    return any(
        isinstance(part, tree.Leaf) and part.column in columns
        for atom in atoms
        if atom.columns & columns
        for part in _reached(atom.node, frozenset((node,)))
    )


def _reached(root: Node, stops: Set[Node]) -> Set[Node]:
    found: set[Node] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in stops and node not in found:
            found.add(node)
            stack += node.children()
    return found


def _of_column(effects: Sequence[Effect], lead: Lead) -> Table:
    """The best ways to every value of one figure, inside its bounds."""
    first = effects[0]
    assert isinstance(first.before, Fraction)
    table: dict[Fraction, list[Option]] = {first.before: [NOTHING_DONE]}
    for effect in effects:
        assert effect.step is not None
        longer: dict[Fraction, list[Option]] = {}
        for count in range(effect.most + 1):
            more, taken = effect.step * count, _taken(effect, count, lead(effect))
            for value, options in table.items():
                found = longer.setdefault(value + more, [])
                for option in options:
                    keep_best(found, option.beside(taken))
        table = longer
    low, high = first.leaf.low, first.leaf.high
    return {
        value: options for value, options in table.items() if low <= value <= high or value == first.before
    }


def _taken(effect: Effect, count: int, lead: Fraction) -> Option:
    return Option(effect.cost * count, lead, ((effect.id, count),), ()) if count else NOTHING_DONE


def _beside(options: Iterable[Option]) -> Option:
    together = NOTHING_DONE
    for option in options:
        together = together.beside(option)
    return together
