"""Where a generic rule applies: from patterns of figures to the figures themselves (规则的适用).

A derivation or a logic rule says "level and growth of any metric, same subject, same year". `bindings` finds
every such set among the standing figures. One pattern is the anchor that decides subject, metric, period and
the whole a share refers to; the others are looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts
from gaoxin.packs.schemas import FigurePattern

ANY = "*"
# A share decides the whole, a growth or multiple the base: they make the better anchors.
_ANCHOR = {"share": 0, "growth": 1, "multiple": 1, "change": 1}


@dataclass(frozen=True, slots=True)
class Binding:
    """One place where all patterns of a rule meet. `inputs` holds None for a figure that is not there.

    `metric`: what "*" stands for. `of`: the whole of the share. `base`: the base period of a growth or
    multiple. `disputed`: names of inputs whose sources disagree.
    """

    subject: str
    metric: str
    period: Period
    of: str
    base: Period | None
    inputs: Mapping[str, Observation | None]
    disputed: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, obs in self.inputs.items() if obs is None)

    @property
    def complete(self) -> bool:
        return None not in self.inputs.values()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(obs.id for obs in self.inputs.values() if obs is not None)

    def place(self, pattern: FigurePattern) -> tuple[str, str, Period | None]:
        """Subject, metric and period that a pattern means here; None where the base period is not known."""
        return _place(pattern, self.subject, self.metric, self.of, self.period, self.base)


def bindings(patterns: Mapping[str, FigurePattern], facts: StandingFacts) -> Iterator[Binding]:
    """Every set of figures that fits, complete or not, in the order of the anchors."""
    name = anchor(patterns)
    pattern = patterns[name]
    metric = None if pattern.metric == ANY else pattern.metric
    for obs in facts.all(metric=metric, figure=pattern.figure):
        if obs.group:
            continue  # of a group, such as a compound growth per year: a pattern does not name it
        yield _bound(patterns, facts, name, obs)


def anchor(patterns: Mapping[str, FigurePattern]) -> str:
    """The input that decides the rest: the most telling of the subject's own figures of the period."""
    own = [name for name, p in patterns.items() if p.subject == "self" and p.period == "same"]
    own = own or list(patterns)
    return min(own, key=lambda name: (_ANCHOR.get(patterns[name].figure, 2), patterns[name].metric == ANY))


def _bound(
    patterns: Mapping[str, FigurePattern], facts: StandingFacts, name: str, obs: Observation
) -> Binding:
    base = _base(obs)
    inputs: dict[str, Observation | None] = {}
    disputed: list[str] = []
    for other, pattern in patterns.items():
        if other == name:
            inputs[other] = obs
            continue
        subject, metric, period = _place(pattern, obs.subject, obs.metric, obs.of, obs.period, base)
        of = obs.of if pattern.figure == "share" else ""
        inputs[other] = None
        if subject and period is not None:
            inputs[other] = facts.figure(subject, metric, period, pattern.figure, of)
            if inputs[other] is None and facts.disputed(subject, metric, period, pattern.figure, of):
                disputed.append(other)
    return Binding(obs.subject, obs.metric, obs.period, obs.of, base, inputs, tuple(disputed))


def _place(
    pattern: FigurePattern, subject: str, metric: str, of: str, period: Period, base: Period | None
) -> tuple[str, str, Period | None]:
    return (
        of if pattern.subject == "of" else subject,
        metric if pattern.metric == ANY else pattern.metric,
        _period(pattern, period, base),
    )


def _base(obs: Observation) -> Period | None:
    """The base period that a growth or multiple names; a year earlier where a growth names none."""
    if obs.base:
        try:
            return Period.parse(obs.base)
        except PeriodError:
            return None
    return obs.period.previous() if obs.figure == "growth" else None


def _period(pattern: FigurePattern, period: Period, base: Period | None) -> Period | None:
    match pattern.period:
        case "same":
            return period
        case "previous":
            return period.previous()
        case _:
            return base
