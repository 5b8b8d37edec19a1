"""Which observation does a figure of a brief show (取数)?

1. Observations of the subject, metric, figure and whole, whose period is the one asked for or its last day;
   a date (建区年份) holds from then on.
2. Of each key, what stands. Sources that disagree show nothing: a person has to rule first.
3. Several ranked groups are several figures; anything else that is not one figure is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gaoxin.core.periods import Period
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Observation
from gaoxin.packs.schemas.metric import Metric


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a slot shows. `disputed`: sources disagree, so nothing is shown."""

    observations: tuple[Observation, ...]
    disputed: bool = False


@dataclass
class Chooser:
    """Looks figures up for one period."""

    facts: FactBase
    metrics: Mapping[str, Metric]
    period: Period
    _held: dict[str, dict[tuple[str, str], list[Observation]]] = field(default_factory=dict)

    def figure(self, subject: str, metric: str, figure: str, of: str = "") -> Chosen:
        """The figures of a slot, best known first by group; empty where nothing is known."""
        fitting = [
            obs
            for obs in self._of(subject).get((metric, figure), ())
            if self._fits(obs.period, self.metrics[metric])
            and (obs.of == of or (figure == "rank" and not of))
        ]
        keys = dict.fromkeys(obs.key for obs in fitting)
        settled = [self.facts.settlement(key) for key in keys]
        standing = [found.standing for found in settled if found.standing is not None]
        if figure != "rank":
            exact = [obs for obs in standing if obs.period == self.period]
            standing = (exact or standing)[:1] if len({obs.value for obs in standing}) <= 1 or exact else []
        disputed = any(found.standing is None for found in settled) and not standing
        return Chosen(tuple(sorted(standing, key=lambda obs: -(obs.population or 0))), disputed)

    def _fits(self, period: Period, metric: Metric) -> bool:
        if metric.period_type == "date":
            return period.start <= self.period.end
        return period == self.period or (period.form == "day" and period.end == self.period.end)

    def _of(self, subject: str) -> dict[tuple[str, str], list[Observation]]:
        if subject not in self._held:
            held: dict[tuple[str, str], list[Observation]] = {}
            for obs in self.facts.observations(subject=subject):
                held.setdefault((obs.metric, obs.figure), []).append(obs)
            self._held[subject] = held
        return self._held[subject]
