"""The figures that stand at one moment, ready for computing (有效数字).

Settles every key of a fact base once, so that derivations and checks look figures up instead of settling
again. What stands, and why, is decided in `gaoxin.facts.conflicts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension, unit
from gaoxin.facts.conflicts import Settlement
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.operands import Missing, Operand, has_natural_floor, operand
from gaoxin.facts.records import Key, Observation

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric


class StandingFacts:
    """One settled view of a fact base.

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
        for key in self.facts.keys(as_of=as_of):
            settled = self.facts.settlement(key)
            self._settled[key] = settled
            if settled.standing is not None:
                self._by_kind.setdefault((key.metric, key.figure), []).append(settled.standing)

    def add(self, derived: Observation) -> None:
        """Let a derived figure take part, unless the figure is stated."""
        known = self._settled.get(derived.key)
        if known is None or known.state == "unknown":
            self._settled[derived.key] = Settlement("standing", derived, (derived,))
            self._by_kind.setdefault((derived.metric, derived.figure), []).append(derived)

    def settled(self, key: Key) -> Settlement:
        return self._settled.get(key) or Settlement("unknown", None, ())

    def all(self, *, metric: str | None = None, figure: str | None = None) -> Iterator[Observation]:
        """Every standing figure of a metric and a kind, in the order of keys."""
        if metric is not None and figure is not None:
            yield from tuple(self._by_kind.get((metric, figure), ()))
            return
        for (held_metric, held_figure), found in sorted(self._by_kind.items()):
            if metric in (None, held_metric) and figure in (None, held_figure):
                yield from tuple(found)

    def figure(
        self, subject: str, metric: str, period: Period, figure: str = "level", of: str = ""
    ) -> Observation | None:
        """The standing figure; a year and its last day name the same reading of a stock."""
        for same in same_reading(period):
            settled = self._settled.get(Key(subject, metric, figure, of, "", same.code))
            if settled is not None and settled.standing is not None:
                return settled.standing
        return None

    def disputed(
        self, subject: str, metric: str, period: Period, figure: str = "level", of: str = ""
    ) -> bool:
        """Sources disagree on the figure and nobody has ruled."""
        keys = (Key(subject, metric, figure, of, "", same.code) for same in same_reading(period))
        return any(self.settled(key).state == "conflict" for key in keys)

    def operand(self, obs: Observation | None, name: str = "", *, floor: Fraction = Fraction(0)) -> Operand:
        """The figure as formulas see it; None is missing under `name`. `floor`: see `operands.operand`."""
        if obs is None:
            return Missing((name,))
        metric = self.metrics.get(obs.metric)
        return operand(obs.value, metric, obs.figure, dimension_of(metric), floor=floor)

    def is_floored(self, obs: Observation) -> bool:
        """A printed upper bound that starts at zero only because nothing of its kind is negative."""
        return has_natural_floor(obs.value, obs.figure, dimension_of(self.metrics.get(obs.metric)))


def dimension_of(metric: Metric | None) -> Dimension | None:
    """What a metric measures; None for texts, dates and lists."""
    if metric is None or metric.unit is None:
        return None
    return unit(metric.unit).dimension


def same_reading(period: Period) -> tuple[Period, ...]:
    """The period, and for a year its last day and the reverse: two spellings of one year-end stock."""
    if period.form == "year":
        return (period, Period.of_day(date(period.year, 12, 31)))
    if period.form == "day" and (period.end.month, period.end.day) == (12, 31):
        return (period, Period.of_year(period.year))
    return (period,)
