"""From the packs into the fact base: what a written observation says, as a record (装载数据包).

The ledger of the web floor loads packs through the same functions, so both hold the same values. Which packs
exist and whether they are sound is decided in `gaoxin.packs`; this module trusts a library that passed its
gates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from gaoxin.core.errors import FactError, GaoxinError
from gaoxin.core.periods import Period
from gaoxin.facts.records import Observation, Source, Subject
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import Metric, ObservationSpec, Range, SourceSpec, SubjectSpec

if TYPE_CHECKING:
    from gaoxin.facts.factbase import FactBase
    from gaoxin.packs.library import Library

BEIJING = timezone(timedelta(hours=8))
# Facts of a source without a known day are taken as known before every question.
UNDATED = datetime(1949, 10, 1, tzinfo=BEIJING)
_TEXTUAL = frozenset({"date", "boolean", "code", "text", "list"})


def load_library(base: FactBase, library: Library, *, recorded_at: datetime | None = None) -> None:
    """Record every subject, source and observation of the packs, in a fixed order."""
    for subject in library.subjects.values():
        base.add_subject(subject_record(subject))
    for source in library.sources.values():
        base.add_source(source_record(source))
    for spec in library.observations:
        base.record(
            observation_record(spec, library.metric(spec.metric), library.sources, recorded_at=recorded_at)
        )


def subject_record(spec: SubjectSpec) -> Subject:
    return Subject(spec.code, spec.zh, spec.en, tuple(spec.aliases), spec.parent or "")


def source_record(spec: SourceSpec) -> Source:
    return Source(
        spec.id,
        spec.zh,
        spec.en,
        spec.publisher or "",
        spec.published,
        document=spec.document,
        sha256=spec.sha256 or "",
    )


def observation_record(
    spec: ObservationSpec,
    metric: Metric,
    sources: Mapping[str, SourceSpec],
    *,
    recorded_at: datetime | None = None,
) -> Observation:
    """One observation as written in a pack.

    `recorded_at` defaults to the day its source was published (Beijing time); undated sources count as known
    from the start.
    Raises: the error of the value or period, with the file and line of the observation.
    """
    source = sources.get(spec.source)
    published = source.published if source else None
    known = recorded_at or (datetime.combine(published, time(), BEIJING) if published else UNDATED)
    try:
        value = value_of(spec, metric)
        period = Period.parse(spec.period)
    except GaoxinError as problem:
        place = f"{spec.origin.file}:{spec.origin.line}"
        raise FactError(
            f"观测值“{spec.id}”（{place}）：{problem.zh}",
            f"Observation {spec.id!r} ({place}): {problem.en}",
            id=spec.id,
        ) from problem
    group = spec.group if isinstance(spec.group, str) else spec.group.zh if spec.group else ""
    return Observation(
        id=spec.id,
        subject=spec.subject,
        metric=spec.metric,
        period=period,
        figure=spec.figure,
        value=value,
        unit=spec.unit or "",
        source=spec.source,
        recorded_at=known,
        recorded_by=f"pack:{spec.origin.pack}",
        of=spec.of or "",
        group=group,
        population=spec.ranked,
        base=spec.base or "",
        locator=spec.locator.label("zh"),
        written=spec.written,
        status=spec.status,
        note=spec.note.zh if spec.note else "",
        batch=f"pack:{spec.origin.pack}",
        period_confidence=spec.period_confidence,
    )


def value_of(spec: ObservationSpec, metric: Metric) -> Value:
    """The value with its hedge; a figure without unit is a text, a date or a yes/no."""
    match spec.value:
        case Range(lo=low, hi=high):
            return Value.between(low, high, _unit(spec))
        case str() as text:
            textual = spec.unit is None or (spec.figure == "level" and metric.value_type in _TEXTUAL)
            return Value.of_text(text) if textual else Value.of(text, _unit(spec), spec.op)
        case items:
            return Value.of_items(items)


def _unit(spec: ObservationSpec) -> str:
    if spec.unit is None:
        raise FactError("数字没有写单位。", "A number without a unit.", id=spec.id)
    return spec.unit
