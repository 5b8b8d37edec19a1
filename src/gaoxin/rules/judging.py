"""One subject under one rule: verdict, conditions, scores, what is missing, money (单个主体判定).

Exact, by the reference evaluation, so that every step can be told; a whole population goes through
`matching`, which gives the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.compute.reference import Outcome, Reading, Row
from gaoxin.rules.compiling import value_day
from gaoxin.rules.verdicts import ConditionVerdict, Verdict, condition_verdict, verdict_of

if TYPE_CHECKING:
    from gaoxin.compute.tree import Node
    from gaoxin.rules.compiling import CompiledRule, Condition

Interval = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class ConditionJudgement:
    """What one condition came out as. `missing`: the metrics that keep it open."""

    condition: Condition
    verdict: ConditionVerdict
    missing: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.condition.id


@dataclass(frozen=True)
class Judgement:
    """Everything a rule says of one subject.

    `missing`: the metrics that can still change the verdict, sorted; none with a pass or a fail.
    `amount`: in 元; 0 with a fail, None while it is open. `scores`: by name, in points, [low, high].
    """

    compiled: CompiledRule
    reading: Reading = field(repr=False)
    verdict: Verdict
    conditions: tuple[ConditionJudgement, ...]
    missing: tuple[str, ...]
    scores: Mapping[str, Interval]
    amount: Fraction | None = None
    flags: Mapping[str, bool | None] = field(default_factory=dict)
    routes: Mapping[str, bool | None] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        return self.compiled.id

    @property
    def not_met(self) -> tuple[str, ...]:
        """The conditions that are certainly not met."""
        return tuple(held.id for held in self.conditions if held.verdict is ConditionVerdict.NOT_MET)

    @property
    def score(self) -> Interval | None:
        """The score of the rule, if it has one."""
        name = self.compiled.score
        return None if name is None else self.scores[name]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes still possible, lowest first; none for a rule without classes."""
        spec = self.compiled.rule.classes
        if spec is None:
            return ()
        low, high = self.scores[spec.of]
        named = sorted((Fraction(value), name) for value, name in spec.names.items())
        return tuple(name for value, name in named if low <= value <= high)

    @property
    def completeness(self) -> tuple[int, int] | None:
        """Indicators with data, of all indicators; None where the rule does not count them."""
        spec = self.compiled.rule.completeness
        if spec is None:
            return None
        known = [self._known(name) for name in spec.metrics]
        return sum(known), len(known)

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The parameters the rule rests on that were not compared with the original, by name, sorted."""
        return unconfirmed(self.compiled)

    def outcome(self, node: Node) -> Outcome:
        """What a part of the rule came out as."""
        return self.reading[node]

    def _known(self, name: str) -> bool:
        built = self.compiled.names.get(name)
        if built is not None:
            outcome = self.reading[built.node]
            return outcome.value is not None and outcome.high in (None, outcome.value)
        leaves = [leaf for leaf in self.compiled.leaves if leaf.metric == name]
        return bool(leaves) and all(self.reading[leaf].value is not None for leaf in leaves)


def judge(compiled: CompiledRule, row: Row | Reading) -> Judgement:
    """Ask a rule about one subject.

    Shapes: `row` by column, `revenue@2025` or `est_date`. Units: base units, as fractions.
    Missing: a column that is not there is missing.
    """
    reading = row if isinstance(row, Reading) else Reading(row)
    verdict = reading[compiled.verdict]
    assert verdict.value is None or isinstance(verdict.value, bool)
    paid = reading[compiled.paid].value if compiled.paid is not None else None
    assert paid is None or isinstance(paid, Fraction)
    return Judgement(
        compiled=compiled,
        reading=reading,
        verdict=verdict_of(verdict.value, verdict.open, compiled.experts),
        conditions=tuple(_condition(held, reading, compiled.experts) for held in compiled.conditions),
        missing=tuple(sorted(verdict.open)),
        scores={name: _score(reading[compiled.names[name].node]) for name in _scored(compiled)},
        amount=paid,
        flags={name: _truth(reading[built.node]) for name, built in compiled.flags.items()},
        routes={name: _truth(reading[node]) for route in compiled.routes for name, node in route.ways},
    )


def unconfirmed(compiled: CompiledRule) -> tuple[str, ...]:
    """Parameters and conditions of a rule that were not compared with the original, by name, sorted.

    Those of the rules it asks count as well: what they say is no surer.
    """
    found = {
        f"{compiled.id}.{name}"
        for name, parameter in compiled.rule.parameters.items()
        if f"{compiled.id}.{name}" in compiled.used
        and (line := parameter.line_on(value_day(compiled.rule, parameter, compiled.on)))
        and line.confidence == "to_confirm"
    }
    found |= {
        f"{compiled.id}.{held.id}" for held in compiled.conditions if held.spec.confidence == "to_confirm"
    }
    return tuple(sorted(found.union(*map(unconfirmed, compiled.asked.values()))))


def _scored(compiled: CompiledRule) -> list[str]:
    return [part.id for part in compiled.rule.parts()]


def _condition(held: Condition, reading: Reading, experts: frozenset[str]) -> ConditionJudgement:
    outcome = reading[held.effective]
    replaced = held.direct is not None and reading[held.direct].value is True
    verdict = condition_verdict(_truth(outcome), outcome.open, experts, replaced=replaced)
    return ConditionJudgement(held, verdict, tuple(sorted(outcome.open)))


def _truth(outcome: Outcome) -> bool | None:
    assert outcome.value is None or isinstance(outcome.value, bool)
    return outcome.value


def _score(outcome: Outcome) -> Interval:
    assert outcome.high is not None
    return outcome.low, outcome.high
