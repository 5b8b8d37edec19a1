"""Meets published totals of real zones with made-up enterprises (按公布数校准).

A target holds at its declared number of enterprises; a smaller or larger population meets it in proportion,
counts rounded half up. A count of holders is met by choosing as many; a sum by one factor on a figure and
on everything drawn as a share of it, all years alike, so that shares and growth stay as they were drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log

from gaoxin.core.quantities import unit
from gaoxin.facts.sandbox.enterprises import Drawing, Enterprise
from gaoxin.packs.schemas import Population
from gaoxin.packs.schemas.sandbox_states import Target

HOLDERS = {
    "high_tech_enterprises": "hnte",
    "newly_recognised_high_tech_enterprises": "new:hnte",
    "registered_technology_smes": "tsme",
    "srdi_enterprises": "zjtx",
}
_ROUNDS, _CLOSE, _MOST_PULL = 12, 2e-5, 4.0


@dataclass(frozen=True, slots=True)
class Parts:
    """The figures a total is added up from, as stored; those below `threshold` do not count."""

    values: Sequence[int]
    threshold: int = 0

    def total(self, factor: float) -> float:
        return sum(scaled for value in self.values if (scaled := value * factor) >= self.threshold)


def share_of_target(target: Target, enterprises: int) -> Fraction:
    """What a population of this size has to meet, in the unit of the target."""
    return Fraction(target.value) * enterprises / target.at


def wanted_holders(spec: Population, enterprises: int) -> dict[str, int]:
    """Holders by kind of title, `new:hnte` for first recognitions, where a target says so."""
    return {
        HOLDERS[target.metric]: floor(share_of_target(target, enterprises) + Fraction(1, 2))
        for target in spec.targets
        if target.metric in HOLDERS
    }


def meet_sums(
    spec: Population,
    drawing: Drawing,
    drawn: Sequence[Enterprise],
    fresh: Sequence[Enterprise],
    parts: Callable[[str], Parts],
) -> None:
    """Scale the figures of everybody in place until every sum with a target is met, in the declared order.

    `parts`: what a total of the last year is added up from; `fresh`: newcomers, scaled alike.
    """
    for target in spec.targets:
        if target.through is None:
            continue
        held = unit(target.unit)
        wanted = float(share_of_target(target, len(drawn)) * held.factor * 10**held.dimension.scale)
        factor = _factor(parts(target.metric), wanted)
        _scale((*drawn, *fresh), drawing, dependants(spec, target.through), factor)


def dependants(spec: Population, root: str) -> frozenset[str]:
    """A figure and everything that is drawn as a share of it, directly or not."""
    found = {root}
    for figure in spec.figures:
        if figure.share_of in found:
            found.add(figure.metric)
    return frozenset(found)


def _factor(parts: Parts, wanted: float) -> float:
    """What every part is multiplied by so that those that reach the threshold add up to the target."""
    factor, pull = 1.0, 1.0
    now = parts.total(factor)
    for _ in range(_ROUNDS):
        if now <= 0 or abs(now / wanted - 1) < _CLOSE:
            break
        step = (wanted / now) ** (1 / pull)
        factor *= step
        before, now = now, parts.total(factor)
        if now > 0 and abs(step - 1) > _CLOSE:
            # Enterprises cross the threshold of a total as they grow: it reacts more than in proportion.
            pull = min(_MOST_PULL, max(1 / _MOST_PULL, log(now / before) / log(step)))
    return factor


def _scale(
    everybody: Iterable[Enterprise], drawing: Drawing, concerned: frozenset[str], factor: float
) -> None:
    grains = {metric: drawing.grains[metric].step for metric in concerned}
    for each in everybody:
        for values in each.figures.values():
            for metric, step in grains.items():
                if metric in values:
                    values[metric] = round(values[metric] * factor / step) * step
            if "total_assets" in values and "liabilities" in values:
                values["net_assets"] = values["total_assets"] - values["liabilities"]
