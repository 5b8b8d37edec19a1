"""The fact base laid out for looking things up by subject and metric (事实索引).

Built once and asked for every figure of every text. Statements of one key are kept together; whether they
agree is settled when they are first asked for, by the fact base itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from gaoxin.core.quantities import unit
from gaoxin.core.units import Dimension
from gaoxin.facts.derivations import derive_all
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.patterns import ANY
from gaoxin.facts.records import Key, Observation

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Derivation, LogicRule, Metric

# Names this much alike are mixed up: 规模以上工业总产值 and 工业总产值.
ALIKE = 0.72
_STOCKS = frozenset({"stock_year_end", "stock_at_date"})
_PLACES = ("zone/", "region/", "industry/")
_ONCE = frozenset({"date", "category"})


@dataclass(frozen=True, slots=True)
class Figure:
    """All that is stated for one key, and what stands. `standing` is None where sources disagree."""

    key: Key
    statements: tuple[Observation, ...]
    standing: Observation | None

    @property
    def first(self) -> Observation:
        return self.standing or self.statements[0]

    @property
    def disputed(self) -> bool:
        return self.standing is None


class FactIndex:
    """Statements by subject and metric, catalogue relations, and figures worked out for some subjects."""

    def __init__(
        self,
        facts: FactBase,
        metrics: Mapping[str, Metric],
        derivations: Iterable[Derivation] = (),
        questions: Mapping[str, str] | None = None,
        rules: Iterable[LogicRule] = (),
    ) -> None:
        self.facts = facts
        self.metrics = metrics
        self.derivations = tuple(derivations)
        self.questions = dict(questions or {})
        self.rules = tuple(rules)
        self._places: dict[tuple[str, str], list[Observation]] = {}
        self._wholes: dict[str, list[Observation]] = {}
        for obs in facts.observations():
            self._places.setdefault((obs.subject, obs.metric), []).append(obs)
            if obs.of:
                self._wholes.setdefault(obs.of, []).append(obs)
        self._metrics_of: dict[str, list[str]] = {}
        for subject, metric in self._places:
            self._metrics_of.setdefault(subject, []).append(metric)
        self._figures: dict[tuple[str, str], tuple[Figure, ...]] = {}
        self._confusable: dict[str, tuple[str, ...]] = {}
        self._derived: dict[tuple[str, str, int], tuple[Observation, ...]] = {}
        self._needed: dict[str, tuple[str, ...]] = {}

    # --- what is stated

    def figures(self, subject: str, metric: str, kinds: Iterable[str]) -> Iterator[Figure]:
        """Every key of a subject and metric, of some kinds of figure."""
        wanted = frozenset(kinds)
        for figure in self._of(subject, metric):
            if figure.key.figure in wanted:
                yield figure

    def metrics_of(self, subject: str) -> tuple[str, ...]:
        """The metrics of which something is stated of a subject."""
        return tuple(self._metrics_of.get(subject, ()))

    def knows(self, subject: str) -> bool:
        return subject in self.facts.subjects

    def name(self, subject: str) -> str:
        held = self.facts.subjects.get(subject)
        return held.name if held is not None else subject

    def metric_name(self, metric: str, lang: str = "zh") -> str:
        held = self.metrics.get(metric)
        if held is None:
            return metric
        label = held.label(lang)
        return label.partition("（")[0] if lang == "zh" else label

    # --- how subjects and metrics belong together

    def parents(self, subject: str) -> tuple[str, ...]:
        """The wholes a subject lies in, nearest first."""
        found: list[str] = []
        while (held := self.facts.subjects.get(subject)) and held.parent and held.parent not in found:
            subject = held.parent
            found.append(subject)
        return tuple(found)

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for subject in self.facts.subjects.values():
            found.setdefault(subject.parent, []).append(subject.code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    def relatives(self, subject: str) -> tuple[str, ...]:
        """Subjects a figure is easily given to by mistake: wholes, parts and peers."""
        held = self.facts.subjects.get(subject)
        if held is None:
            return ()
        near = [*self.parents(subject), *self._children.get(subject, ())[:50]]
        near += [code for code in self._children.get(held.parent, ())[:50] if held.parent]
        kinds = {"zone", "region", held.kind}
        return tuple(
            dict.fromkeys(code for code in near if code != subject and code.partition("/")[0] in kinds)
        )

    def dimension(self, metric: str) -> Dimension | None:
        held = self.metrics.get(metric)
        return None if held is None or held.unit is None else unit(held.unit).dimension

    def is_stock(self, metric: str) -> bool:
        held = self.metrics.get(metric)
        return held is not None and held.period_type in _STOCKS

    def is_once(self, metric: str) -> bool:
        """Holds for good, such as the year of foundation."""
        held = self.metrics.get(metric)
        return held is not None and held.period_type in _ONCE

    def confusable(self, metric: str) -> tuple[str, ...]:
        """Metrics that are mixed up with this one: overlapping, of one scope family, part, whole, or alike
        in name and of one dimension."""
        if metric not in self._confusable:
            self._confusable[metric] = tuple(self._alike(metric))
        return self._confusable[metric]

    def namesakes(self, metric: str) -> tuple[str, ...]:
        """Metrics with one name in everyday speech, whatever they are measured in: 人均GDP in 元 and 美元."""
        own = self.metrics.get(metric)
        if own is None:
            return ()
        bare = own.zh.partition("（")[0]
        return tuple(
            other.id
            for other in self.metrics.values()
            if other.id != metric and other.zh.partition("（")[0] == bare
        )

    def overlap(self, one: str, other: str) -> bool:
        """The catalogue says that they may not be added up."""
        left, right = self.metrics.get(one), self.metrics.get(other)
        if left is None or right is None:
            return False
        return other in left.not_additive_with or one in right.not_additive_with

    def within(self, metric: str) -> str | None:
        held = self.metrics.get(metric)
        return None if held is None else held.within

    # --- what follows from what is stated

    def derived(self, subject: str, metric: str, year: int) -> tuple[Observation, ...]:
        """What the rules of derivation give for a metric of a subject in a year.

        Only the statements that may lead there are looked at: of the metrics the rules ask for, of the
        subject and of the parts whose shares of it are stated, in the year and the two beside it.
        """
        place = (subject, metric, year)
        if place not in self._derived:
            self._derived[place] = self._work_out(subject, metric, year) if self.derivations else ()
        return self._derived[place]

    def _work_out(self, subject: str, metric: str, year: int) -> tuple[Observation, ...]:
        base = FactBase()
        parts = {obs.subject for obs in self._wholes.get(subject, ()) if obs.subject.startswith(_PLACES)}
        for code in sorted({subject, *parts}):
            for asked in self._asked_for(metric):
                for figure in self._of(code, asked):
                    # what sources disagree on implies nothing here
                    fact = figure.standing
                    if fact is not None and abs(fact.period.year - year) <= 1:
                        base.record(_unchained(fact))
        found = derive_all(self.derivations, base, self.metrics) if len(base) else ()
        return tuple(obs for obs in found if obs.subject == subject and obs.metric == metric)

    def _asked_for(self, metric: str) -> tuple[str, ...]:
        """The metric, and all that the rules which yield it ask for, however far back."""
        if metric not in self._needed:
            needed, fresh = {metric}, {metric}
            while fresh:
                asked = {
                    pattern.metric
                    for rule in self.derivations
                    if rule.yields.metric in fresh
                    for pattern in rule.inputs.values()
                }
                fresh = asked - needed - {ANY}
                needed |= fresh
            self._needed[metric] = tuple(sorted(needed))
        return self._needed[metric]

    def _of(self, subject: str, metric: str) -> tuple[Figure, ...]:
        place = (subject, metric)
        held = self._figures.get(place)
        if held is None:
            grouped: dict[Key, list[Observation]] = {}
            for obs in self._places.get(place, ()):
                grouped.setdefault(obs.key, []).append(obs)
            held = self._figures[place] = tuple(self._settled(key, said) for key, said in grouped.items())
        return held

    def _settled(self, key: Key, said: list[Observation]) -> Figure:
        if len(said) == 1:
            return Figure(key, (said[0],), said[0])
        settlement = self.facts.settlement(key)
        return Figure(key, settlement.candidates, settlement.standing)

    def _alike(self, metric: str) -> Iterator[str]:
        own = self.metrics.get(metric)
        if own is None:
            return
        dimension = self.dimension(metric)
        for other in self.metrics.values():
            if other.id == metric or not set(own.subjects) & set(other.subjects):
                continue
            related = (
                self.overlap(metric, other.id)
                or own.within == other.id
                or other.within == metric
                or (own.scope_family is not None and own.scope_family == other.scope_family)
            )
            if related or (
                self.dimension(other.id) is dimension
                and SequenceMatcher(None, own.zh, other.zh, autojunk=False).ratio() >= ALIKE
            ):
                yield other.id


def _unchained(obs: Observation) -> Observation:
    """The statement by itself: what it corrected is not looked at."""
    return obs if obs.supersedes is None else replace(obs, supersedes=None)
