"""Which metric of the catalogue does a claim speak of (指标匹配)?

1. When built, every name and alias of a metric is taken apart (`phrases`) and kept under its letters.
2. A claim's label is taken apart in the same way; names that share letters with it are compared.
3. What the label measures (金额, 数量, 比率 …), whose figure it is and what kind of claim it makes weigh in.
4. The best metric is linked if it is good enough and clearly better than the next; otherwise the claim keeps
   the candidates only. A wrong link is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import TYPE_CHECKING, Literal

from gaoxin.core.errors import UnitError
from gaoxin.core.units import Dimension, unit
from gaoxin.reading.linking.forms import by_form
from gaoxin.reading.linking.phrases import Likeness, Phrase, bare, likeness, phrase
from gaoxin.reading.linking.questions import Question, readings

if TYPE_CHECKING:
    from gaoxin.packs.schemas.metric import Metric
    from gaoxin.reading.claims import Claim

THRESHOLD = 0.75
_CLEARLY = 0.03
_MOST_CANDIDATES = 5
_WORTH_NAMING = 0.3
_MOST_COMPARED = 14
_LARGEST_MEMORY = 20_000
# How sure a link is, by how it was found. An unclear name (税收, 研发投入) is one that the catalogue leaves
# to a person; in a text it is linked where one metric alone says the same in other words.
_SAME_WORDS, _UNCLEAR_NAME, _UNCLEAR, _REREAD, _GROWTH_LEFT_OUT = 0.95, 0.78, 0.7, 0.97, 0.85
_OTHER_CURRENCY = 0.96  # growth of 进出口 is that of the usual currency unless the level says otherwise
_GOOD = 0.9  # good enough to look no further

_D = Dimension
# Which dimensions of a metric a written quantity may belong to: 人均 20,000 元 is written without “/人”.
_FITS: Mapping[Dimension, frozenset[Dimension]] = {
    _D.money: frozenset({_D.money, _D.money_per_count, _D.money_per_area}),
    _D.money_usd: frozenset({_D.money_usd, _D.usd_per_count}),
    _D.count: frozenset({_D.count, _D.count_per_count, _D.count_per_area}),
    _D.mass: frozenset({_D.mass, _D.mass_per_money}),
    _D.coal_equivalent: frozenset({_D.coal_equivalent, _D.coal_per_money}),
    _D.energy: frozenset({_D.energy, _D.energy_per_money}),
    _D.volume: frozenset({_D.volume, _D.volume_per_money}),
    _D.percentage_point: frozenset(_D),
    _D.rank: frozenset(_D),
    _D.multiple: frozenset(_D),
}
# Dimensions of growth, shares, multiples and ranks: they say nothing of what they are of.
_OF_ANYTHING = frozenset({_D.ratio, _D.percentage_point, _D.multiple, _D.rank})
_SORTS = frozenset({"类", "种", "大类", "方面"})
_PERSONS, _THINGS_COUNTED = frozenset({"person", "visit"}), frozenset({"enterprise", "thing"})


@dataclass(frozen=True, slots=True)
class _Name:
    metric: Metric
    phrase: Phrase
    dimension: Dimension | None
    kind: str
    sort: Literal["name", "short", "unclear"]


@dataclass(frozen=True, slots=True)
class Link:
    """What a label was understood to be. Missing: `metric` is None below the threshold or without a lead."""

    metric: str | None
    candidates: tuple[str, ...]
    confidence: float


class Linker:
    """The catalogue, ready to be asked. Built once; remembers what it was asked."""

    def __init__(self, metrics: Mapping[str, Metric]) -> None:
        self._names: list[_Name] = []
        self._exact: dict[object, list[int]] = {}
        self._by_feature: dict[str, list[int]] = {}
        self._breadth: list[float] = []
        self._unclear: dict[str, set[str]] = {}
        self._units: dict[str, str] = {}
        for metric in metrics.values():
            if metric.is_numeric or metric.value_type == "date":
                self._units[metric.id] = metric.unit or ""
                self._add(metric)
        self._plain = self._alone_without_scope()
        self._memory: dict[Question, Link] = {}

    def link(self, claim: Claim, kind_of_subject: str | None) -> Claim:
        """The claim with its metric, or with candidates only. Missing: without a label there is neither."""
        form = claim.amount.form
        found = self.find(
            Question(
                claim.label,
                claim.dimension,
                claim.kind,
                kind_of_subject,
                claim.amount.noun,
                form,
                claim.quote if form in ("rank", "label") else "",
            )
        )
        return replace(
            claim, metric=found.metric, candidates=found.candidates, confidence=_both(claim, found.confidence)
        )

    def find(self, asked: Question) -> Link:
        """The metric a phrase means."""
        found = self._memory.get(asked)
        if found is None:
            if len(self._memory) >= _LARGEST_MEMORY:
                self._memory.clear()
            found = self._memory[asked] = _chosen(self._scores(asked))
        return found

    def _scores(self, asked: Question) -> dict[str, float]:
        scores: dict[str, float] = {}
        for turn, words in enumerate(readings(asked)):
            said = phrase(words)
            unclear = said.bare in self._unclear.get(asked.subject or "zone", ())
            for at in self._near(said):
                name = self._names[at]
                score = _graded(said, name, likeness(said, name.phrase))
                if unclear and score < 1.0:
                    # Metrics of one family differ in nothing but scope, which this name leaves open.
                    alone = score >= _SAME_WORDS and name.metric.scope_family is None
                    score = min(score, _UNCLEAR_NAME if alone else _UNCLEAR)
                score *= _fit_of_unit(name, asked)
                score *= _fit_of_subject(name, asked.subject) * (_REREAD if turn else 1.0)
                if score > scores.get(name.metric.id, 0.0):
                    scores[name.metric.id] = score
            if max(scores.values(), default=0.0) >= _GOOD:
                break
        for metric in self._plain.get((asked.subject or "zone", bare(asked.label)), ()):
            scores[metric] = max(scores.get(metric, 0.0), _UNCLEAR_NAME)
        for metric, score in by_form(asked):
            if metric in self._units and score > scores.get(metric, 0.0):
                scores[metric] = score
        return scores

    def _alone_without_scope(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Unclear names by subject kind and letters, where one of their metrics alone has no narrower scope.

        营业收入 of a zone is that of all its enterprises; that of those above designated size would say so.
        """
        holders: dict[tuple[str, str], list[str]] = {}
        sized = {n.metric.id for n in self._names if any(group == "size" for group, _ in n.phrase.marks)}
        for name in self._names:
            if name.sort == "unclear" and name.metric.id not in sized:
                for kind in name.metric.subjects:
                    holders.setdefault((kind, name.phrase.bare), []).append(name.metric.id)
        return {key: tuple(ids) for key, ids in holders.items() if len(ids) == 1}

    def _near(self, said: Phrase) -> Iterable[int]:
        """Names that share terms, marks and pairs of letters with the phrase; rare ones count most."""
        same = self._exact.get(said.words, ())
        shared: dict[int, float] = {at: 1e3 if self._names[at].sort == "unclear" else 1e4 for at in same}
        shared.update(dict.fromkeys(self._exact.get(said.bare, ()), 1e6))
        for feature in _features(said):
            holders = self._by_feature.get(feature)
            if holders:
                weight = 1.0 / len(holders) ** 0.5
                for at in holders:
                    shared[at] = shared.get(at, 0.0) + weight / self._breadth[at]
        return nlargest(_MOST_COMPARED, shared, key=shared.__getitem__)

    def _add(self, metric: Metric) -> None:
        symbol = metric.unit
        try:
            held = None if symbol is None else unit(symbol)
        except UnitError:
            held = None
        dimension = None if held is None else held.dimension
        counted = "" if held is None else held.kind
        for text in (metric.zh, *metric.aliases, *metric.text_names):
            self._add_name(_Name(metric, phrase(text), dimension, counted, "name"))
            # Of an industry, 产业产值 is said as 产值: the subject is the industry.
            if metric.subjects == ("industry",) and text.startswith("产业"):
                self._add_name(_Name(metric, phrase(text.removeprefix("产业")), dimension, counted, "short"))
        for text in metric.unclear_names:
            self._add_name(_Name(metric, phrase(text), dimension, counted, "unclear"))
            for subject_kind in metric.subjects:
                self._unclear.setdefault(subject_kind, set()).add(bare(text))

    def _add_name(self, name: _Name) -> None:
        at = len(self._names)
        self._names.append(name)
        self._exact.setdefault(name.phrase.words, []).append(at)
        self._exact.setdefault(name.phrase.bare, []).append(at)
        features = tuple(_features(name.phrase))
        self._breadth.append(max(1, len(features)) ** 0.5)
        for feature in features:
            self._by_feature.setdefault(feature, []).append(at)


def _features(said: Phrase) -> Iterable[str]:
    yield from said.terms
    yield from (value for _, value in said.marks)
    yield from (said.rest[at : at + 2] for at in range(len(said.rest) - 1))


def _graded(said: Phrase, name: _Name, alike: Likeness) -> float:
    """The likeness as a grade of certainty: the same letters, the same words, or only some of them."""
    if name.sort == "unclear":
        return _UNCLEAR if alike.score >= 0.99 else 0.6 * alike.score
    if said.bare == name.phrase.bare:
        return 1.0
    if name.metric.period_type == "flow_quarter":
        return min(alike.score, 0.7)  # its quarter is part of the name
    # 国家级 or 新增 alone says of nothing that it is national or new.
    if alike.clash or not name.phrase.names_something:
        return min(alike.score, 0.7)
    if not alike.unsaid and not alike.unheard:
        return _SAME_WORDS
    # What comes before the name of an industry's or a project's metric names that industry or project.
    if not alike.unsaid and said.rest.endswith(name.phrase.rest) and _names_its_subject(name.metric):
        return 0.88
    if alike.unsaid + alike.unheard <= 1 and said.weight >= 4:
        return min(alike.score, 0.9)
    return min(alike.score, 0.7)


def _names_its_subject(metric: Metric) -> bool:
    return set(metric.subjects) <= {"industry", "project"}


def _fit_of_unit(name: _Name, asked: Question) -> float:
    metric, dimension = name.metric, asked.dimension
    if asked.form == "year":
        return 1.0 if metric.value_type == "date" else 0.0
    if metric.value_type == "date":
        return 0.0
    if dimension is None or (asked.is_relative and dimension in _OF_ANYTHING):
        return _OTHER_CURRENCY if metric.zh.endswith(("（美元）", "（人民币）")) else 1.0
    if name.dimension is None:
        return 0.8
    if name.dimension is not dimension and name.dimension not in _FITS.get(dimension, frozenset()):
        # 力争规上工业增加值 8.5%: the growth of it, with the word left out.
        return _GROWTH_LEFT_OUT if dimension is _D.ratio and asked.kind in ("level", "target") else 0.0
    if asked.noun in _SORTS and metric.unit not in _SORTS:
        return 0.0  # 三类企业 are three sorts, not three enterprises
    if dimension is _D.count and asked.noun and name.kind in _PERSONS | _THINGS_COUNTED:
        counted = _kind_of(asked.noun)
        if counted and (counted in _PERSONS) != (name.kind in _PERSONS):
            return 0.5
    return 1.0


def _kind_of(noun: str) -> str:
    try:
        return unit(noun).kind
    except UnitError:
        return ""


# Whose figure it may be when the text speaks of somebody: 1 for the kinds a metric names itself.
_STANDS_FOR: Mapping[tuple[str, str], float] = {
    ("region", "zone"): 0.97,
    ("zone", "region"): 0.97,
    ("zone", "industry"): 0.97,
    ("region", "industry"): 0.97,
    ("enterprise", "project"): 0.985,
    ("zone", "project"): 0.94,
    ("region", "project"): 0.94,
    ("industry", "project"): 0.94,
    ("industry", "zone"): 0.78,
    ("project", "zone"): 0.9,
    ("enterprise", "zone"): 0.78,
    ("project", "industry"): 0.9,
    ("industry", "enterprise"): 0.7,
    ("zone", "enterprise"): 0.6,
    ("region", "enterprise"): 0.55,
}


def _fit_of_subject(name: _Name, subject_kind: str | None) -> float:
    held = name.metric.subjects
    if name.sort == "short":
        return 1.0 if subject_kind in held else 0.5
    if subject_kind in held:
        return 1.0
    if subject_kind is None:
        return 1.0 if "zone" in held or "region" in held else 0.9
    return max(_STANDS_FOR.get((subject_kind, kind), 0.5) for kind in held)


def _chosen(scores: Mapping[str, float]) -> Link:
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    candidates = tuple(metric for metric, score in ranked[:_MOST_CANDIDATES] if score >= _WORTH_NAMING)
    if not candidates:
        return Link(None, (), 0.0)
    best = ranked[0][1]
    lead = best - ranked[1][1] if len(ranked) > 1 else best
    if best < THRESHOLD or lead < _CLEARLY:
        return Link(None, candidates, round(min(best, 0.7) * 0.6, 3))
    return Link(candidates[0], candidates, round(best * (1.0 if lead >= 0.1 else 0.9), 3))


def _both(claim: Claim, confidence: float) -> float:
    """How sure the reading is as a whole: of the frame, where one is given, and of the metric."""
    return confidence if claim.confidence <= 0 else round(claim.confidence * (0.4 + 0.6 * confidence), 3)


__all__ = ["THRESHOLD", "Link", "Linker", "bare"]
