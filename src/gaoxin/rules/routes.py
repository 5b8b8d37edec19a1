"""The cheapest way for one subject to meet a rule: which actions, how many steps of each (最省路径).

`cheapest` answers exactly or not at all:

1. `effects` says what each action does to the subject's figures; what cannot be counted on is named.
2. `atoms` are the comparisons, bands and facts the figures meet in; actions that meet are one cluster.
3. `levers` joins the actions of a cluster whose figures meet in a sum before they meet anything else.
4. `clusters` finds what each cluster can bring about and the least it costs, `search` the cheapest choice.

A path ends where no condition is certainly not met any more. Conditions that are open because data or experts
are missing stay open: the path holds on condition that they turn out well. Ties go to fewer actions, then to
the shorter time, then to the ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from gaoxin.compute.reference import Reading, Row, Value
from gaoxin.core.workdays import WorkCalendar
from gaoxin.rules.atoms import Frame, Trial
from gaoxin.rules.clusters import Cluster
from gaoxin.rules.effects import Counts, Effect, Skipped, by_column, effects_on, moved
from gaoxin.rules.judging import ConditionJudgement, Judgement, judge
from gaoxin.rules.lead_times import Clock, usual_days
from gaoxin.rules.options import Option
from gaoxin.rules.search import Offer, cheapest_choices, joined, out_of_reach
from gaoxin.rules.verdicts import ConditionVerdict

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Action
    from gaoxin.packs.schemas.actions import LeadTime
    from gaoxin.rules.compiling import CompiledRule

_OPEN = (ConditionVerdict.UNKNOWN, ConditionVerdict.NEEDS_EXPERT)


@dataclass(frozen=True, slots=True)
class Step:
    """So many steps of one action. `before`, `after`: its figure, in base units, one step after the other.

    `cost`: of all of them, in 元. `serves`: the conditions that would not be met without it. `done`: the day
    it is done, where that is known.
    """

    effect: Effect
    count: int
    before: Value
    after: Value
    cost: Fraction
    serves: tuple[str, ...]
    done: date | None

    @property
    def action(self) -> Action:
        return self.effect.action


@dataclass(frozen=True)
class Path:
    """The cheapest way. No step can be left out and no count lowered.

    `cost` in 元. `after`: the judgement once everything is done. `skipped`: what could not be counted on.
    """

    before: Judgement = field(repr=False)
    after: Judgement = field(repr=False)
    steps: tuple[Step, ...]
    skipped: tuple[Skipped, ...]
    clock: Clock = field(default_factory=Clock, repr=False)

    @cached_property
    def cost(self) -> Fraction:
        return sum((step.cost for step in self.steps), Fraction(0))

    @cached_property
    def longest(self) -> LeadTime | None:
        """The time of the step that takes longest; all steps go side by side."""
        held = [step.action.lead_time for step in self.steps]
        return max(held, key=usual_days, default=None)

    @cached_property
    def done(self) -> date | None:
        """The day the last step is done; None where it is not asked or not known yet."""
        days = [step.done for step in self.steps]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    @property
    def open(self) -> tuple[ConditionJudgement, ...]:
        """The conditions the path cannot speak for: data or experts are missing."""
        return tuple(held for held in self.after.conditions if held.verdict in _OPEN)

    @property
    def conditional(self) -> bool:
        return bool(self.open)


@dataclass(frozen=True)
class NoPath:
    """No number of steps is enough.

    `blocked`: the conditions that no action can make anything but not met. With none of them, `together` are
    those that cannot be brought about at the same time.
    """

    before: Judgement = field(repr=False)
    blocked: tuple[str, ...]
    together: tuple[str, ...]
    skipped: tuple[Skipped, ...]


def cheapest(
    compiled: CompiledRule,
    row: Row | Reading,
    actions: Iterable[Action],
    *,
    start: date | None = None,
    calendar: WorkCalendar | None = None,
) -> Path | NoPath:
    """The cheapest set of actions and steps after which no condition is certainly not met.

    Shapes: `row` as for `judge`. `start`, `calendar`: for the day on which everything is done.
    Missing: an action on a figure that is not known is skipped and named.
    Raises: RuleError where there are too many steps or combinations to stay exact.
    """
    reading = row if isinstance(row, Reading) else Reading(row)
    before = judge(compiled, reading)
    effects, skipped = effects_on(compiled, reading.row, actions)
    clock = Clock(start, calendar)
    lacking = frozenset(before.not_met)
    if not lacking:
        return Path(before, before, (), skipped, clock)
    times = clock.order(effect.action for effect in effects)
    parts: list[list[Option]] = []
    blocked: list[str] = []
    together: list[str] = []
    for component in _components(compiled, reading, effects):
        failing = [name for name, _ in component.conditions if name in lacking]
        if not failing:
            continue
        trial = Trial(reading)
        offers = [_offer(component, group, reading, times) for group in _groups(component, effects)]
        never = out_of_reach(component, trial, offers)
        found = [] if never else cheapest_choices(component, trial, offers)
        if found:
            parts.append(found)
        blocked += never
        together += failing if not (never or found) else []
    if blocked or together:
        return NoPath(before, _in_order(compiled, blocked), _in_order(compiled, together), skipped)
    return _path(before, effects, joined(parts), skipped, clock)


def _components(compiled: CompiledRule, reading: Reading, effects: Sequence[Effect]) -> list[Frame]:
    """Conditions that figures of a common cluster move, together; conditions nothing moves, alone."""
    columns = frozenset(by_column(effects))
    held = [
        (condition.id, condition.effective, Frame.of([(condition.id, condition.effective)], reading, columns))
        for condition in compiled.conditions
    ]
    groups: list[tuple[set[str], set[str]]] = []
    for name, _, frame in held:
        names, moved_by = {name}, {column for atom in frame.atoms for column in atom.columns}
        apart = []
        for group in groups:
            if group[1] & moved_by:
                names, moved_by = names | group[0], moved_by | group[1]
            else:
                apart.append(group)
        groups = [*apart, (names, moved_by)]
    return [
        Frame.of([(name, node) for name, node, _ in held if name in names], reading, columns)
        for names, _ in groups
    ]


def _groups(frame: Frame, effects: Sequence[Effect]) -> list[tuple[Effect, ...]]:
    """The actions of a component, by whether their figures meet in an atom."""
    groups: list[frozenset[str]] = []
    for atom in frame.atoms:
        joint = atom.columns.union(*(group for group in groups if group & atom.columns))
        groups = [*(group for group in groups if not group & atom.columns), joint]
    return [tuple(effect for effect in effects if effect.leaf.column in group) for group in groups]


def _offer(frame: Frame, group: Sequence[Effect], reading: Reading, times: Mapping[str, Fraction]) -> Offer:
    columns = frozenset(effect.leaf.column for effect in group)
    atoms = [atom for atom in frame.atoms if atom.columns & columns]
    cluster = Cluster(group, atoms, reading, lambda effect: times[effect.id])
    return tuple(atom.node for atom in atoms), cluster.options()


def _path(
    before: Judgement, effects: Sequence[Effect], chosen: Option, skipped: tuple[Skipped, ...], clock: Clock
) -> Path:
    compiled, counts = before.compiled, dict(chosen.steps)
    after = judge(compiled, changed(before.reading.row, effects, counts))
    assert not after.not_met, "a path must end where nothing is certainly not met"
    steps: list[Step] = []
    for effect in effects:
        count = counts.get(effect.id, 0)
        if not count:
            continue
        reached = {step.effect.id: step.count for step in steps}
        alike = by_column(effects)[effect.leaf.column]
        without = judge(compiled, changed(before.reading.row, effects, {**counts, effect.id: 0}))
        steps.append(
            Step(
                effect=effect,
                count=count,
                before=moved(alike, reached),
                after=moved(alike, {**reached, effect.id: count}),
                cost=effect.cost * count,
                serves=without.not_met,
                done=clock.done(effect.action.lead_time),
            )
        )
    return Path(before, after, tuple(steps), skipped, clock)


def changed(row: Row, effects: Sequence[Effect], counts: Counts) -> Row:
    """The figures of a subject after some steps."""
    figures = {column: moved(held, counts) for column, held in by_column(effects).items()}
    return {**row, **figures}


def _in_order(compiled: CompiledRule, names: Iterable[str]) -> tuple[str, ...]:
    held = set(names)
    return tuple(condition.id for condition in compiled.conditions if condition.id in held)
