"""What a group of actions that meet in common atoms can bring about, and what each outcome costs at least.

Actions whose figures meet in one atom (a share has two figures) must be looked at together; all others can
be looked at apart. One action of the group is counted through; what is left falls apart again. Of all counts
with the same outcome, and of outcomes that serve no better at a higher price, only the cheapest is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gaoxin.compute.reference import Outcome, Reading
from gaoxin.core.errors import RuleError
from gaoxin.rules.atoms import Atom, Trial
from gaoxin.rules.effects import Counts, Effect, by_column, moved
from gaoxin.rules.steadiness import steady

LARGEST = 100_000
_FEW = 8  # so many counts are sooner looked at than reasoned about
Steps = tuple[tuple[str, int], ...]
Free = frozenset[int]


@dataclass(frozen=True, slots=True)
class Option:
    """Some steps and what they bring about. `outcomes` in the order of the atoms they belong to.

    `lead`: how long the longest step takes, as a number that sorts.
    """

    cost: Fraction
    lead: Fraction
    steps: Steps
    outcomes: tuple[Outcome, ...]

    @property
    def size(self) -> int:
        return len(self.steps)

    @property
    def key(self) -> tuple[Fraction, int, Fraction, Steps]:
        """Cheapest first; then fewest actions, shortest time, ids."""
        return self.cost, self.size, self.lead, self.steps

    def beside(self, other: Option) -> Option:
        """Both together."""
        return Option(
            self.cost + other.cost,
            max(self.lead, other.lead),
            tuple(sorted(self.steps + other.steps)),
            self.outcomes + other.outcomes,
        )

    def never_dearer(self, other: Option) -> bool:
        """Is it at least as good in cost, number, time and ids, whatever stands beside it?"""
        mine, theirs = (self.cost, self.size), (other.cost, other.size)
        if mine != theirs:
            return mine < theirs
        return self.lead <= other.lead and self.steps <= other.steps


NOTHING_DONE = Option(Fraction(0), Fraction(0), (), ())


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
        self.effects, self.atoms, self._lead = tuple(effects), tuple(atoms), lead
        self._by_column = by_column(effects)
        self._trial = Trial(base)
        self._touching = [
            frozenset(at for at, effect in enumerate(self.effects) if effect.leaf.column in atom.columns)
            for atom in self.atoms
        ]
        self._ordered = [tuple(sorted(held)) for held in self._touching]
        self._start = [base[atom.node] for atom in self.atoms]
        self._seen: dict[tuple[int, tuple[int, ...]], Outcome | None] = {}
        self._done: dict[tuple[int, tuple[int, ...]], list[Option]] = {}
        self._counts: dict[int, int] = {}
        self._work = 0

    def options(self) -> tuple[Option, ...]:
        """Every outcome worth its price, cheapest first; the first is to do nothing.

        Raises: RuleError where counting through would take too long to stay exact.
        """
        split = self._split(frozenset(range(len(self.effects))))
        found = self._best(split)
        place = {atom: at for at, atom in enumerate(split.order)}
        return tuple(
            Option(held.cost, held.lead, held.steps, tuple(held.outcomes[place[at]] for at in sorted(place)))
            for held in found
        )

    def _split(self, free: Free, fixed: Free = frozenset()) -> _Split:
        hub = min(free, key=lambda at: (self._largest_without(free, at), self.effects[at].most, at))
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
        key = (id(split), tuple(self._counts.get(at, 0) for at in split.outside))
        if key not in self._done:
            found: dict[tuple[object, ...], list[Option]] = {}
            for count in self._worth_trying(split):
                self._counts[split.hub] = count
                outcomes = [self._outcome(at) for at in split.own]
                if any(outcome is None for outcome in outcomes):
                    continue
                step = self._option(split.hub, count, [held for held in outcomes if held is not None])
                for option in self._with_rest(step, split):
                    _keep(found, option)
            del self._counts[split.hub]
            self._done[key] = self._undominated(split.order, [o for held in found.values() for o in held])
        return self._done[key]

    def _with_rest(self, step: Option, split: _Split) -> list[Option]:
        together = [step]
        for inner in split.rest:
            offered = self._best(inner)
            self._count_work(len(together) * len(offered))
            together = [one.beside(other) for one in together for other in offered]
        return together

    def _option(self, hub: int, count: int, outcomes: Sequence[Outcome]) -> Option:
        effect = self.effects[hub]
        if not count:
            return Option(Fraction(0), Fraction(0), (), tuple(outcomes))
        return Option(effect.cost * count, self._lead(effect), ((effect.id, count),), tuple(outcomes))

    def _worth_trying(self, split: _Split) -> Iterable[int]:
        """The counts of the hub at which something may change: all of them, or those found by halving."""
        effect = self.effects[split.hub]
        if effect.most > _FEW and split.alone and self._is_steady(split):
            found = {0}
            for at in split.own:
                found.update(self._changes(split.hub, at, 0, effect.most))
            return sorted(found)
        self._count_work(effect.most, effect)
        return range(effect.most + 1)

    def _is_steady(self, split: _Split) -> bool:
        effect = self.effects[split.hub]
        self._counts[split.hub] = 0
        for at in split.own:
            self._figures(at)
            ends = []
            for count in (0, effect.most):
                value = moved(self._by_column[effect.leaf.column], self._named(count, split.hub))
                if not isinstance(value, Fraction):
                    return False
                ends.append(value)
            if not steady(self.atoms[at].node, effect.leaf, min(ends), max(ends), self._trial):
                return False
        return True

    def _changes(self, hub: int, atom: int, low: int, high: int) -> Iterable[int]:
        """The first count of every new outcome of an atom above `low`, up to `high`."""
        if low == high or self._at(hub, atom, low) == self._at(hub, atom, high):
            return
        if high - low == 1:
            yield high
            return
        middle = (low + high) // 2
        yield from self._changes(hub, atom, low, middle)
        yield from self._changes(hub, atom, middle, high)

    def _at(self, hub: int, atom: int, count: int) -> tuple[object, object] | None:
        self._counts[hub] = count
        outcome = self._outcome(atom)
        return None if outcome is None else (outcome.value, outcome.high)

    def _named(self, count: int | None = None, hub: int | None = None) -> Counts:
        counts = self._counts if count is None or hub is None else {**self._counts, hub: count}
        return {self.effects[at].id: held for at, held in counts.items()}

    def _outcome(self, at: int) -> Outcome | None:
        """What an atom comes out as under the present counts; None where they cannot be.

        They cannot be where a figure leaves its bounds, and where they only destroy a quotient: what was
        settled may not become open while every figure is known.
        """
        key = (at, tuple(self._counts.get(touching, 0) for touching in self._ordered[at]))
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
        """Give an atom its figures under the present counts; False where there are none."""
        counts = self._named()
        for column in self.atoms[at].columns:
            effects = self._by_column[column]
            value = moved(effects, counts)
            if value is None:
                return False
            self._trial.give(effects[0].leaf, Outcome(value))
        self._trial.work_out(self.atoms[at].below)
        return True

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

    def _count_work(self, amount: int, effect: Effect | None = None) -> None:
        self._work += amount
        if self._work > LARGEST:
            named = [effect] if effect is not None else list(self.effects)
            zh = "、".join(held.action.zh for held in named)
            en = ", ".join(held.action.en for held in named)
            raise RuleError(
                f"可以做的步数太多，算不出确切的最省办法：{zh}。请给动作写明最多步数（most），或把步长写大一些",
                f"too many steps to find the cheapest way exactly: {en}; "
                "give the actions a `most` or larger steps",
            )


def _keep(found: dict[tuple[object, ...], list[Option]], option: Option) -> None:
    """Of options with the same outcomes, those none of the others is better than."""
    signature = tuple((held.value, held.high) for held in option.outcomes)
    held = found.setdefault(signature, [])
    if not any(other.never_dearer(option) for other in held):
        held[:] = [other for other in held if not option.never_dearer(other)] + [option]
