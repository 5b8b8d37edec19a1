"""Where does this figure come from? (溯源)

From one observation: its source and place, who recorded it when, what it was computed from and with which
intervals, which version it replaced or was replaced by, what a person ruled. `trace` builds the tree,
`render` prints it for a terminal; the words are those of `gaoxin.facts.wording`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from gaoxin.core.intervals import Interval
from gaoxin.facts.factbase import Event, FactBase
from gaoxin.facts.records import Observation, Source
from gaoxin.facts.rendering import render_taken, shown_unit
from gaoxin.facts.standing import StandingFacts
from gaoxin.facts.wording import (
    STATES,
    STATUSES,
    figure_name,
    formula_words,
    period_doubt,
    said,
    taken_as,
    witness,
)

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Derivation, Metric

State = Literal["standing", "agrees", "overruled", "disputed", "superseded", "withdrawn", "unused"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said elsewhere of the same figure, or was said instead of it."""

    observation: Observation
    source: Source | None


@dataclass(frozen=True, slots=True)
class Trace:
    """One observation and everything behind it.

    `source`: the document; `witnessed`: it states this very value. `whole`: name of what a share refers to.
    `inputs`: what it was computed from, `formula`: how, in Chinese and English names. `taken`: the interval
    with which an input went into a formula, None where it is one exact number. `versions`: what it replaced,
    newest first. `replaced_by`: what replaced it, oldest first. `others`: other statements of the same
    figure. `events`: the history of the figure.
    """

    observation: Observation
    state: State
    source: Source | None
    witnessed: bool
    metric_zh: str
    metric_en: str
    subject: str
    whole: str
    inputs: tuple[Trace, ...]
    formula: tuple[str, str]
    taken: Interval | None
    versions: tuple[Trace, ...]
    replaced_by: tuple[Statement, ...]
    others: tuple[Statement, ...]
    events: tuple[Event, ...]

    def walk(self) -> tuple[Observation, ...]:
        """Every observation the figure rests on, itself first, each once."""
        found = {self.observation.id: self.observation}
        for part in (*self.inputs, *self.versions):
            for obs in part.walk():
                found.setdefault(obs.id, obs)
        return tuple(found.values())


def trace(
    facts: FactBase,
    observation_id: str,
    *,
    metrics: Mapping[str, Metric] | None = None,
    derivations: Mapping[str, Derivation] | None = None,
    derived: Mapping[str, Observation] | None = None,
    as_of: datetime | None = None,
) -> Trace:
    """The tree behind one figure.

    `derived`: figures worked out by `gaoxin.facts.derivations`, by id; they are not recorded in the base.
    `derivations`: the rules, whose formulas are told in the names people use.
    Raises: FactError naming near ids if the figure is not known.
    """
    view = facts if as_of is None else facts.as_of(as_of)
    return _Tracing(view, metrics or {}, derivations or {}, derived or {}).of(observation_id)


@dataclass(frozen=True, slots=True)
class _Tracing:
    view: FactBase
    metrics: Mapping[str, Metric]
    derivations: Mapping[str, Derivation]
    derived: Mapping[str, Observation]

    def of(self, observation_id: str) -> Trace:
        view = self.view
        obs = self.derived.get(observation_id) or view.observation(observation_id)
        recorded = obs.id in view
        metric = self.metrics.get(obs.metric)
        settled = view.settlement(obs.key)
        later = tuple(_replacements(view, obs.id)) if recorded else ()
        return Trace(
            observation=obs,
            state=_state(obs, view)
            if recorded
            else ("unused" if settled.standing is not None else "standing"),
            source=view.sources.get(obs.source),
            witnessed=not recorded or view.is_witnessed(obs),
            metric_zh=metric.zh if metric else obs.metric,
            metric_en=metric.en if metric else obs.metric,
            subject=_name(view, obs.subject),
            whole=_name(view, obs.of),
            inputs=tuple(self._input(each) for each in obs.inputs),
            formula=self._formula(obs),
            taken=None,
            versions=(self.of(obs.supersedes),) if obs.supersedes is not None else (),
            replaced_by=tuple(self._statement(o) for o in later if view.withdrawal(o.batch) is None),
            others=tuple(self._statement(o) for o in settled.candidates if o.id != obs.id and o not in later),
            events=view.history(obs.key) if recorded else (),
        )

    def _input(self, observation_id: str) -> Trace:
        found = self.of(observation_id)
        return replace(found, taken=taken(found.observation, self.view, self.metrics))

    def _formula(self, obs: Observation) -> tuple[str, str]:
        rule = self.derivations.get(obs.source.removeprefix("derivation:"))
        if rule is None:
            return obs.formula, obs.formula
        zh, en = (formula_words(rule, obs.metric, self.metrics, lang) for lang in ("zh", "en"))
        return zh, en

    def _statement(self, obs: Observation) -> Statement:
        return Statement(obs, self.view.sources.get(obs.source))


def taken(obs: Observation, facts: FactBase, metrics: Mapping[str, Metric]) -> Interval | None:
    """The interval with which a figure goes into a formula; None for one exact number and for a text."""
    if not obs.value.is_number:
        return None
    span = StandingFacts(facts, metrics).operand(obs)
    return span if isinstance(span, Interval) and not span.is_point else None


def taken_words(span: Interval, obs: Observation, lang: str) -> str:
    """`[431.5, 432.5) 亿元`: the interval in the unit of the figure."""
    assert obs.value.dimension is not None
    return render_taken(span, shown_unit(obs.unit or "1", obs.value.dimension), lang)


def _name(facts: FactBase, code: str) -> str:
    subject = facts.subjects.get(code)
    return subject.name if subject is not None else code


def _replacements(view: FactBase, obs_id: str) -> Iterator[Observation]:
    """Everything that was put in its place, one after the other."""
    for later in view.corrections(obs_id):
        yield later
        yield from _replacements(view, later.id)


def _state(obs: Observation, view: FactBase) -> State:
    if view.withdrawal(obs.batch) is not None:
        return "withdrawn"
    if not view.is_live(obs.id):
        return "superseded"
    settled = view.settlement(obs.key)
    if settled.state == "conflict":
        return "disputed"
    if settled.standing is not None and settled.standing.id == obs.id:
        return "standing"
    if obs.status == "derived":
        return "unused"
    return "overruled" if settled.ruling is not None else "agrees"


def render(found: Trace, lang: str = "zh") -> str:
    """The tree as indented lines of text."""
    return "\n".join(_lines(found, lang, 0))


def _lines(found: Trace, lang: str, depth: int) -> list[str]:
    zh, pad = lang == "zh", "  " * depth
    colon = "：" if zh else ": "
    obs = found.observation
    lines = [f"{pad}{obs.id}  {_title(found, lang)}{colon}{obs.value.render(obs.unit, lang)}"]
    if found.taken is not None:
        lines.append(f"{pad}  {taken_as(taken_words(found.taken, obs, lang), lang)}")
    for said_zh, said_en, text in _said(found, lang):
        if text:
            lines.append(f"{pad}  {said_zh if zh else said_en}{colon}{text}")
    for label_zh, label_en, parts in (("由此推算", "from", found.inputs), ("原值", "before", found.versions)):
        if parts:
            lines.append(f"{pad}  {label_zh if zh else label_en}{colon.rstrip()}")
            for part in parts:
                lines.extend(_lines(part, lang, depth + 2))
    return lines


def _said(found: Trace, lang: str) -> Iterator[tuple[str, str, str]]:
    """What is known of one observation, as (label zh, label en, text); empty texts are left out."""
    zh, obs = lang == "zh", found.observation
    comma = "，" if zh else ", "
    yield "状态", "status", comma.join((said(STATUSES[obs.status], lang), said(STATES[found.state], lang)))
    if not obs.inputs:
        yield "来源", "source", _source(found, lang)
        yield "位置", "place", obs.locator
        yield "原文", "as written", obs.written
    yield "报告期", "period", period_doubt(obs.period_confidence, derived=bool(obs.inputs), lang=lang)
    yield "公式", "formula", found.formula[not zh]
    if obs.status != "derived":
        yield "登记", "recorded", _by(obs.recorded_by, obs.recorded_at, lang)
    if obs.checked_at is not None:
        yield "核对", "checked", _by(obs.checked_by, obs.checked_at, lang)
    yield "更正理由", "reason", obs.reason
    yield "说明", "note", obs.note
    for later in found.replaced_by:
        yield "被更正为", "replaced by", _statement(later, lang)
    for other in found.others:
        yield "另有", "also", _statement(other, lang)
    for event in found.events:
        by = _by(event.by, event.at, lang)
        if event.ruling is not None:
            yield "裁定", "ruling", f"{event.ruling.stands}  {event.ruling.reason}  {by}"
        elif (
            event.withdrawal is not None and event.observation is not None and event.observation.id == obs.id
        ):
            yield "撤回", "withdrawn", f"{event.withdrawal.reason}  {by}"


def _title(found: Trace, lang: str) -> str:
    obs, zh = found.observation, lang == "zh"
    figure = figure_name(found.metric_zh if zh else found.metric_en, obs.figure, lang)
    if found.whole and obs.figure == "share":
        figure += f"（占{found.whole}）" if zh else f" of {found.whole}"
    return " ".join(part for part in (found.subject, obs.period.label(lang), figure, obs.group) if part)


def _source(found: Trace, lang: str) -> str:
    document = _document(found.source, found.observation.source, lang)
    return witness(document, witnessed=found.witnessed, lang=lang)


def _statement(one: Statement, lang: str) -> str:
    obs = one.observation
    document = _document(one.source, obs.source, lang)
    return f"{obs.id} {obs.value.render(obs.unit, lang)}  {document} {obs.locator}".rstrip()


def _document(source: Source | None, code: str, lang: str) -> str:
    """Title, publisher and day, as far as they are known."""
    if source is None:
        return code
    title = source.title if lang == "zh" or not source.title_en else source.title_en
    published = source.published.isoformat() if source.published else ""
    return " ".join(part for part in (title, source.publisher, published) if part)


def _by(who: str, at: datetime, lang: str) -> str:
    """Who and when; what came with the packs has no moment of its own."""
    if who.startswith("pack:"):
        return f"{'内容包' if lang == 'zh' else 'pack'} {who.removeprefix('pack:')}"
    return f"{who} {at.strftime('%Y-%m-%d %H:%M')}"
