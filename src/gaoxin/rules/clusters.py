"""What a group of actions that meet in common atoms can bring about, and what each outcome costs at least.

Actions whose figures meet in one atom (a share has two figures) must be looked at together; all others can
be looked at apart. One lever of the group, an action or what actions move together, is counted through; what
is left falls apart again. Of all places with the same outcome, and of outcomes that serve no better at a
higher price, only the cheapest is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from gaoxin.compute.reference import Outcome, Reading, Value
from gaoxin.core.errors import RuleError
from gaoxin.rules.atoms import Atom, Trial
from gaoxin.rules.effects import Effect, by_column, moved
from gaoxin.rules.levers import Ladder, Lever, above, levers_of
from gaoxin.rules.options import Option, keep_best
from gaoxin.rules.steadiness import steady

LARGEST = 100_000
_FEW = 8  # so many places are sooner looked at than reasoned about
Free = frozenset[int]


@dataclass(frozen=True)
class _Split:
    """How a group is taken apart: `hub` is counted through, `own` atoms are decided then, `rest` apart."""

    hub: int
    own: tuple[int, ...]
    rest: tuple[_Split, ...]
    order: tuple[int, ...]
    alone: bool
    outside: tuple[int, ...]


class Cluster:
    """Actions that belong together. `lead`: how long an action takes, as a number that sorts."""

    def __init__(
        self,
        effects: Sequence[Effect],
        atoms: Sequence[Atom],
        base: Reading,
        lead: Callable[[Effect], Fraction],
    ) -> None:
        self.effects, self.atoms = tuple(effects), tuple(atoms)
        self._by_column = by_column(effects)
        self._start = [base[atom.node] for atom in self.atoms]
        self._trial = Trial(base)
        self._levers = levers_of(self.effects, self.atoms, base, lead)
        self._touching = [
            frozenset(at for at, lever in enumerate(self._levers) if lever.columns & atom.columns)
            for atom in self.atoms
        ]
        self._ordered = [tuple(sorted(held)) for held in self._touching]
        self._at_of: dict[object, int] = {
            lever.node if isinstance(lever, Ladder) else lever.effect.id: at
            for at, lever in enumerate(self._levers)
        }
        moving = frozenset(lever.node for lever in self._levers)
        self._below = [above(atom.node, moving, atom.below) for atom in self.atoms]
        self._seen: dict[tuple[int, tuple[int, ...]], Outcome | None] = {}
        self._done: dict[tuple[int, tuple[int, ...]], list[Option]] = {}
        self._places: dict[int, int] = {}
        self._work = 0

    def options(self) -> tuple[Option, ...]:
        """Every outcome worth its price, cheapest first; the first is to do nothing.

        Raises: RuleError where counting through would take too long to stay exact.
        """
        split = self._split(frozenset(range(len(self._levers))))
        found = self._best(split)
        place = {atom: at for at, atom in enumerate(split.order)}
        return tuple(
            Option(held.cost, held.lead, held.steps, tuple(held.outcomes[place[at]] for at in sorted(place)))
            for held in found
        )

    def _split(self, free: Free, fixed: Free = frozenset()) -> _Split:
        hub = min(free, key=lambda at: (self._largest_without(free, at), self._levers[at].top, at))
        rest = free - {hub}
        touched = [at for at, held in enumerate(self._touching) if hub in held]
        own = tuple(at for at in touched if not self._touching[at] & rest)
        inner = tuple(self._split(group, fixed | {hub}) for group in self._groups(rest))
        order = (*own, *(at for held in inner for at in held.order))
        joined = frozenset[int]().union(*(held for held in self._touching if held & free))
        return _Split(hub, own, inner, order, len(own) == len(touched), tuple(sorted(joined & fixed)))

    def _largest_without(self, free: Free, hub: int) -> int:
        return max((len(group) for group in self._groups(free - {hub})), default=0)

    def _groups(self, free: Free) -> list[Free]:
        groups: list[Free] = []
        for at in sorted(free):
            joined = frozenset((at,)).union(*(held & free for held in self._touching if at in held))
            apart = [group for group in groups if not group & joined]
            groups = [*apart, joined.union(*(group for group in groups if group & joined))]
        return sorted(groups, key=min)

    def _best(self, split: _Split) -> list[Option]:
        key = (id(split), tuple(self._places.get(at, 0) for at in split.outside))
        if key not in self._done:
            found: dict[tuple[object, ...], list[Option]] = {}
            for first, last in self._worth_trying(split):
                self._places[split.hub] = first
                outcomes = [self._outcome(at) for at in split.own]
                if any(outcome is None for outcome in outcomes):
                    continue
                brought = tuple(held for held in outcomes if held is not None)
                for way in self._levers[split.hub].ways(first, last):
                    step = Option(way.cost, way.lead, way.steps, brought)
                    for option in self._with_rest(step, split):
                        signature = tuple((held.value, held.high) for held in option.outcomes)
                        keep_best(found.setdefault(signature, []), option)
            del self._places[split.hub]
            self._done[key] = self._undominated(split.order, [o for held in found.values() for o in held])
        return self._done[key]

    def _with_rest(self, step: Option, split: _Split) -> list[Option]:
        together = [step]
        for inner in split.rest:
            offered = self._best(inner)
            self._count_work(len(together) * len(offered))
            together = [one.beside(other) for one in together for other in offered]
        return together

    def _worth_trying(self, split: _Split) -> Iterator[tuple[int, int]]:
        """The runs of places of the hub in which nothing changes: one by one, or found by halving."""
        lever = self._levers[split.hub]
        if lever.top > _FEW and split.alone and self._is_steady(split):
            found = {0}
            for at in split.own:
                found.update(self._changes(split.hub, at, 0, lever.top))
            ends = [*sorted(found), lever.top + 1]
            return ((first, after - 1) for first, after in pairwise(ends))
        self._count_work(lever.top, lever)
        return ((place, place) for place in range(lever.top + 1))

    def _is_steady(self, split: _Split) -> bool:
        lever = self._levers[split.hub]
        ends = []
        for place in (0, lever.top):
            self._places[split.hub] = place
            value = self._figure(lever)
            if not isinstance(value, Fraction):
                return False
            ends.append(value)
        for at in split.own:
            self._figures(at)
            if not steady(self.atoms[at].node, lever.node, min(ends), max(ends), self._trial):
                return False
        return True

    def _changes(self, hub: int, atom: int, low: int, high: int) -> Iterable[int]:
        """The first place of every new outcome of an atom above `low`, up to `high`."""
        if low == high or self._at(hub, atom, low) == self._at(hub, atom, high):
            return
        if high - low == 1:
            yield high
            return
        middle = (low + high) // 2
        yield from self._changes(hub, atom, low, middle)
        yield from self._changes(hub, atom, middle, high)

    def _at(self, hub: int, atom: int, place: int) -> tuple[object, object] | None:
        self._places[hub] = place
        outcome = self._outcome(atom)
        return None if outcome is None else (outcome.value, outcome.high)

    def _outcome(self, at: int) -> Outcome | None:
        """What an atom comes out as at the present places; None where they cannot be.

        They cannot be where a figure leaves its bounds, and where they only destroy a quotient: what was
        settled may not become open while every figure is known.
        """
        key = (at, tuple(self._places.get(touching, 0) for touching in self._ordered[at]))
        if key not in self._seen:
            self._count_work(1)
            self._seen[key] = self._worked_out(at)
        return self._seen[key]

    def _worked_out(self, at: int) -> Outcome | None:
        if not self._figures(at):
            return None
        atom = self.atoms[at]
        outcome = self._trial[atom.node]
        lost = atom.complete and atom.settled(self._start[at]) and not atom.settled(outcome)
        return None if lost else outcome

    def _figures(self, at: int) -> bool:
        """Give an atom its figures at the present places; False where there are none."""
        for touching in self._ordered[at]:
            lever = self._levers[touching]
            value = self._figure(lever)
            if value is None:
                return False
            self._trial.give(lever.node, Outcome(value))
        self._trial.work_out(self._below[at])
        return True

    def _figure(self, lever: Lever) -> Value:
        """What a lever, and those on the same figure, make of it at the present places."""
        if isinstance(lever, Ladder):
            return lever.values[self._places[self._at_of[lever.node]]]
        effects = self._by_column[lever.effect.leaf.column]
        return moved(effects, {effect.id: self._places.get(self._at_of[effect.id], 0) for effect in effects})

    def _undominated(self, order: Sequence[int], options: list[Option]) -> list[Option]:
        atoms = [self.atoms[at] for at in order]
        kept: list[Option] = []
        for option in sorted(options, key=lambda option: option.key):
            if not any(
                held.never_dearer(option)
                and all(
                    atom.at_least(one, other)
                    for atom, one, other in zip(atoms, held.outcomes, option.outcomes, strict=True)
                )
                for held in kept
            ):
                kept.append(option)
        self._count_work(len(kept) * len(options) // 20)
        return kept

    def _count_work(self, amount: int, lever: Lever | None = None) -> None:
        self._work += amount
        if self._work > LARGEST:
            named = lever.effects if lever is not None else self.effects
            zh = "、".join(held.action.zh for held in named)
            en = ", ".join(held.action.en for held in named)
            raise RuleError(
                f"可以做的步数太多，算不出确切的最省办法：{zh}。请给动作写明最多步数（most），或把步长写大一些",
                f"too many steps to find the cheapest way exactly: {en}; "
                "give the actions a `most` or larger steps",
            )
