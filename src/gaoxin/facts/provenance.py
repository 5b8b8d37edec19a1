"""Where does this figure come from? (溯源)

From one observation: its source and place, who recorded it when, what it was computed from, which version it
replaced or was replaced by, what a person ruled. `trace` builds the tree, `render` prints it for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from gaoxin.facts.factbase import Event, FactBase
from gaoxin.facts.records import Observation, Source

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric

State = Literal["standing", "agrees", "overruled", "disputed", "superseded", "withdrawn", "unused"]
_FIGURES = {
    "level": ("", ""),
    "growth": ("同比增速", "growth"),
    "share": ("占比", "share"),
    "rank": ("位次", "rank"),
    "multiple": ("倍数", "multiple"),
    "change": ("变化", "change"),
    "duration": ("时长", "duration"),
    "target": ("目标", "target"),
    "list": ("清单", "list"),
    "comparable_base": ("可比基数", "comparable base"),
}
_STATUSES = {
    "reported": ("填报", "reported"),
    "verified": ("已核实", "verified"),
    "estimated": ("估算", "estimated"),
    "derived": ("推算", "derived"),
    "synthetic": ("虚构（演练）", "synthetic"),
}
_STATES = {
    "standing": ("有效", "stands"),
    "agrees": ("与有效值一致", "agrees with what stands"),
    "overruled": ("裁定不采用", "ruled out"),
    "disputed": ("来源不一致，尚未裁定", "sources disagree, no ruling"),
    "superseded": ("已被更正", "superseded"),
    "withdrawn": ("已撤回", "withdrawn"),
    "unused": ("已有公布数，仅作对照", "a stated figure exists; for comparison"),
}


@dataclass(frozen=True, slots=True)
class Trace:
    """One observation and everything behind it.

    `whole`: name of what a share refers to. `inputs`: what it was computed from. `versions`: what it
    replaced, newest first. `replaced_by`: what replaced it. `others`: other statements of the same figure.
    `events`: the history of the figure.
    """

    observation: Observation
    state: State
    source: Source | None
    metric_zh: str
    metric_en: str
    subject: str
    whole: str
    inputs: tuple[Trace, ...]
    versions: tuple[Trace, ...]
    replaced_by: tuple[str, ...]
    others: tuple[Observation, ...]
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
    derived: Mapping[str, Observation] | None = None,
    as_of: datetime | None = None,
) -> Trace:
    """The tree behind one figure.

    `derived`: figures worked out by `gaoxin.facts.derivations`, by id; they are not recorded in the base.
    Raises: FactError naming near ids if the figure is not known.
    """
    view = facts if as_of is None else facts.as_of(as_of)
    worked_out = derived or {}
    obs = worked_out.get(observation_id) or view.observation(observation_id)
    recorded = obs.id in view
    metric = (metrics or {}).get(obs.metric)
    settled = view.settlement(obs.key)
    inputs = tuple(trace(view, each, metrics=metrics, derived=worked_out) for each in obs.inputs)
    before = (trace(view, obs.supersedes, metrics=metrics),) if obs.supersedes is not None else ()
    return Trace(
        observation=obs,
        state=_state(obs, view) if recorded else ("unused" if settled.standing is not None else "standing"),
        source=view.sources.get(obs.source),
        metric_zh=metric.zh if metric else obs.metric,
        metric_en=metric.en if metric else obs.metric,
        subject=_name(view, obs.subject),
        whole=_name(view, obs.of),
        inputs=inputs,
        versions=before,
        replaced_by=tuple(o.id for o in view.corrections(obs.id)) if recorded else (),
        others=tuple(o for o in settled.candidates if o.id != obs.id),
        events=view.history(obs.key) if recorded else (),
    )


def _name(facts: FactBase, code: str) -> str:
    subject = facts.subjects.get(code)
    return subject.name if subject is not None else code


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
    yield (
        "状态",
        "status",
        ("，" if zh else ", ").join((_STATUSES[obs.status][not zh], _STATES[found.state][not zh])),
    )
    if not obs.inputs:
        yield "来源", "source", _source(found, lang)
        yield "位置", "place", obs.locator
        yield "原文", "as written", obs.written
    yield "公式", "formula", obs.formula
    if obs.status != "derived":
        yield "登记", "recorded", _by(obs.recorded_by, obs.recorded_at, lang)
    if obs.checked_at is not None:
        yield "核对", "checked", _by(obs.checked_by, obs.checked_at, lang)
    yield "更正理由", "reason", obs.reason
    yield "说明", "note", obs.note
    yield "被更正为", "replaced by", ("、" if zh else ", ").join(found.replaced_by)
    for other in found.others:
        yield (
            "另有",
            "also",
            f"{other.id} {other.value.render(other.unit, lang)}  {other.source} {other.locator}".rstrip(),
        )
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
    metric = found.metric_zh if zh else found.metric_en
    figure = f"{metric}{'' if zh else ' '}{_FIGURES[obs.figure][not zh]}".strip()
    if found.whole and obs.figure == "share":
        figure += f"（占{found.whole}）" if zh else f" of {found.whole}"
    return " ".join(part for part in (found.subject, obs.period.label(lang), figure, obs.group) if part)


def _source(found: Trace, lang: str) -> str:
    source = found.source
    if source is None:
        return found.observation.source
    title = source.title if lang == "zh" or not source.title_en else source.title_en
    published = f" {source.published.isoformat()}" if source.published else ""
    return f"{title} {source.publisher}{published}".strip()


def _by(who: str, at: datetime, lang: str) -> str:
    """Who and when; what came with the packs has no moment of its own."""
    if who.startswith("pack:"):
        return f"{'内容包' if lang == 'zh' else 'pack'} {who.removeprefix('pack:')}"
    return f"{who} {at.strftime('%Y-%m-%d %H:%M')}"
