"""What an action does to one subject: which figure it moves, by how much, how often, at what cost (动作效果).

An action counts only where its figure is known: nobody can say where a figure nobody knows would end up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from gaoxin.compute import tree
from gaoxin.compute.reference import Row, Value
from gaoxin.core.units import unit
from gaoxin.packs.schemas.exact import exact

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Action
    from gaoxin.rules.compiling import CompiledRule

_YEARS = {"Y": 0, "Y-1": 1, "Y-2": 2}
Counts = Mapping[str, int]
Reason = Literal["missing", "cost"]
_REASONS: Mapping[Reason, tuple[str, str]] = {
    "missing": (
        "这项数据未报，不知道从多少算起",
        "the figure is not reported, so there is nothing to start from",
    ),
    "cost": ("成本小于零，不能比较", "its cost is below zero and cannot be compared"),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """An action on the figure of one subject.

    `before`: the figure, in base units. `step`: what one step adds; None where the action settles a fact.
    `most`: at most so many steps. `cost`: of one step, in 元.
    """

    action: Action
    leaf: tree.Leaf
    before: Fraction | bool | str
    step: Fraction | None
    most: int
    cost: Fraction

    @property
    def id(self) -> str:
        return self.action.id


@dataclass(frozen=True, slots=True)
class Skipped:
    """An action of the rule that could not be counted on for this subject, and why."""

    action: Action
    column: str
    reason: Reason

    @property
    def zh(self) -> str:
        return f"{self.action.zh}：{_REASONS[self.reason][0]}"

    @property
    def en(self) -> str:
        return f"{self.action.en}: {_REASONS[self.reason][1]}"


def effects_on(
    compiled: CompiledRule, row: Row, actions: Iterable[Action]
) -> tuple[tuple[Effect, ...], tuple[Skipped, ...]]:
    """What the actions meant for a rule do to a subject, and which of them cannot be counted on.

    Actions on a figure the verdict does not read, and facts that are settled already, are left out.
    """
    leaves = {leaf.column: leaf for leaf in tree.leaves(compiled.verdict)}
    found: list[Effect] = []
    skipped: list[Skipped] = []
    for action in sorted(actions, key=lambda action: action.id):
        leaf = leaves.get(column_of(action, compiled.on.year))
        if leaf is None or not _meant_for(action, compiled):
            continue
        before = row.get(leaf.column)
        cost = exact(action.unit_cost.value) * unit(action.unit_cost.unit).factor
        if before is None or not isinstance(before, Fraction | bool | str):
            skipped.append(Skipped(action, leaf.column, "missing"))
        elif cost < 0:
            skipped.append(Skipped(action, leaf.column, "cost"))
        elif (effect := _effect(action, leaf, before, cost)).most > 0:
            found.append(effect)
    return tuple(found), tuple(skipped)


def column_of(action: Action, year: int) -> str:
    """The column an action moves, for an evaluation in a year."""
    if action.period == "now":
        return action.metric
    return f"{action.metric}@{year - _YEARS[action.period]}"


def moved(effects: Sequence[Effect], counts: Counts) -> Value:
    """One figure after so many steps of the actions on it; None where that cannot be.

    It cannot be where the figure leaves its bounds, and where a fact would be settled twice.
    """
    first = effects[0]
    taken = [effect for effect in effects if counts.get(effect.id, 0)]
    if first.step is None:
        if len(taken) > 1:
            return None
        return taken[0].action.to if taken else first.before
    assert isinstance(first.before, Fraction)
    value = first.before
    for effect in taken:
        assert effect.step is not None
        value += effect.step * counts[effect.id]
    return value if not taken or first.leaf.low <= value <= first.leaf.high else None


def by_column(effects: Iterable[Effect]) -> Mapping[str, tuple[Effect, ...]]:
    """The actions on each figure."""
    held: dict[str, list[Effect]] = {}
    for effect in effects:
        held.setdefault(effect.leaf.column, []).append(effect)
    return {column: tuple(found) for column, found in held.items()}


def _meant_for(action: Action, compiled: CompiledRule) -> bool:
    meant = action.applies_to
    return not meant or compiled.id in meant or compiled.rule.family in meant


def _effect(action: Action, leaf: tree.Leaf, before: Fraction | bool | str, cost: Fraction) -> Effect:
    if action.step is None:
        return Effect(action, leaf, before, None, int(before != action.to), cost)
    assert isinstance(before, Fraction)
    size = exact(action.step) * (unit(action.unit).factor if action.unit else 1)
    room = (leaf.high - before) if action.direction == "up" else (before - leaf.low)
    most = room // size
    if action.most is not None:
        most = min(most, exact(action.most).__floor__())
    return Effect(action, leaf, before, size if action.direction == "up" else -size, max(most, 0), cost)
