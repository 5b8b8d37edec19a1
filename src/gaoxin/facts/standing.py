"""The figures that stand at one moment, ready for computing (有效数字).

Settles a key when it is first asked for and keeps what took settling, so that derivations and checks over
many subjects look figures up. What stands, and why, is decided in `gaoxin.facts.conflicts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension, unit
from gaoxin.facts.conflicts import Settlement
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.operands import Missing, Operand, has_natural_floor, operand
from gaoxin.facts.records import Key, Observation

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric


# Subject and code of the period → the figure that stands.
Places = dict[tuple[str, str], Observation]


class StandingFacts:
    """One settled view of a fact base that no longer grows.

    Missing: `figure` gives None for what nobody stated and for what is disputed; `disputed` tells the two
    apart.
    """

    def __init__(
        self, facts: FactBase, metrics: Mapping[str, Metric], *, as_of: datetime | None = None
    ) -> None:
        self.facts = facts if as_of is None else facts.as_of(as_of)
        self.metrics = metrics
        self._settled: dict[Key, Settlement] = {}
        self._by_kind: dict[tuple[str, str], list[Observation]] = {}
        self._places: dict[tuple[str, str], dict[str, Places]] = {}
        self._derived: list[Key] = []

    def add(self, derived: Observation) -> None:
        """Let a derived figure take part, unless the figure is stated."""
        if self.settled(derived.key).state == "unknown":
            self._of_kind(derived.metric, derived.figure).append(derived)
            if not derived.group:
                places = self._places_of(derived.metric, derived.figure, derived.of)
                places[derived.subject, derived.period.code] = derived
            self._derived.append(derived.key)
            self._settled[derived.key] = Settlement("standing", derived, (derived,))

    def settled(self, key: Key) -> Settlement:
        held = self._settled.get(key)
        if held is None:
            held = self._settled[key] = self.facts.settlement(key)
        return held

    def all(self, *, metric: str | None = None, figure: str | None = None) -> Iterator[Observation]:
        """Every standing figure of a metric and a kind, in the order of keys."""
        if metric is not None and figure is not None:
            yield from tuple(self._of_kind(metric, figure))
            return
        for held_metric, held_figure in sorted({*self.facts.kinds(), *self._by_kind}):
            if metric in (None, held_metric) and figure in (None, held_figure):
                yield from tuple(self._of_kind(held_metric, held_figure))

    def of_subject(self, subject: str, figure: str = "level") -> Iterator[Observation]:
        """Every standing figure of one subject, of all metrics but of no group, in the order of keys."""
        stated = {obs.key for obs in self.facts.observations(subject=subject, figure=figure)}
        derived = {key for key in self._derived if (key.subject, key.figure) == (subject, figure)}
        for key in sorted(stated | derived):
            standing = self._standing(key)
            if standing is not None and not key.group and not key.of:
                yield standing

    def figure(
        self, subject: str, metric: str, period: Period, figure: str = "level", of: str = ""
    ) -> Observation | None:
        """The standing figure; a year and its last day name the same reading of a stock."""
        places = self._places_of(metric, figure, of)
        for code in _codes(period):
            standing = places.get((subject, code))
            if standing is not None:
                return standing
        return None

    def disputed(
        self, subject: str, metric: str, period: Period, figure: str = "level", of: str = ""
    ) -> bool:
        """Sources disagree on the figure and nobody has ruled."""
        keys = (Key(subject, metric, figure, of, "", code) for code in _codes(period))
        return any(self.settled(key).state == "conflict" for key in keys if self.facts.is_stated(key))

    def operand(self, obs: Observation | None, name: str = "", *, floor: Fraction = Fraction(0)) -> Operand:
        """The figure as formulas see it; None is missing under `name`. `floor`: see `operands.operand`."""
        if obs is None:
            return Missing((name,))
        metric = self.metrics.get(obs.metric)
        # Only a bound asks what its metric measures.
        dimension = dimension_of(metric) if obs.value.is_bound else None
        return operand(obs.value, metric, obs.figure, dimension, floor=floor)

    def is_floored(self, obs: Observation) -> bool:
        """A printed upper bound that starts at zero only because nothing of its kind is negative."""
        return has_natural_floor(obs.value, obs.figure, dimension_of(self.metrics.get(obs.metric)))

    def _of_kind(self, metric: str, figure: str) -> list[Observation]:
        """The standing figures of a kind in the order of keys, looked up once; derived ones come last."""
        held = self._by_kind.get((metric, figure))
        if held is None:
            alone, kind = self.facts.alone, self.facts.statements_of(metric, figure)
            found = (alone(said) or self._standing(said[0].key) for said in kind)
            held = sorted((obs for obs in found if obs is not None), key=_order)
            self._by_kind[metric, figure] = held
        return held

    def _places_of(self, metric: str, figure: str, of: str) -> Places:
        """The standing figures of a kind by subject and period, of no group."""
        wholes = self._places.get((metric, figure))
        if wholes is None:
            wholes = self._places[metric, figure] = {}
            for obs in self._of_kind(metric, figure):
                if not obs.group:
                    wholes.setdefault(obs.of, {})[obs.subject, obs.period.code] = obs
        places = wholes.get(of)
        return places if places is not None else wholes.setdefault(of, {})

    def _standing(self, key: Key) -> Observation | None:
        """What stands; what one statement says needs no settling, what nobody says is not kept."""
        sole = self.facts.sole(key)
        if sole is not None:
            return sole
        if key not in self._settled and not self.facts.is_stated(key):
            return None
        return self.settled(key).standing


def dimension_of(metric: Metric | None) -> Dimension | None:
    """What a metric measures; None for texts, dates and lists."""
    if metric is None or metric.unit is None:
        return None
    return unit(metric.unit).dimension


def _order(obs: Observation) -> tuple[str, str, str, str]:
    """The order of keys among those of one metric and figure."""
    return (obs.subject, obs.of, obs.group, obs.period.code)


@lru_cache(maxsize=4096)
def _codes(period: Period) -> tuple[str, ...]:
    return tuple(same.code for same in same_reading(period))


def same_reading(period: Period) -> tuple[Period, ...]:
    """The period, and for a year its last day and the reverse: two spellings of one year-end stock."""
    if period.form == "year":
        return (period, Period.of_day(date(period.year, 12, 31)))
    if period.form == "day" and (period.end.month, period.end.day) == (12, 31):
        return (period, Period.of_year(period.year))
    return (period,)
