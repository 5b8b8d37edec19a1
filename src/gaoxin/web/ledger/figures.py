"""One figure as a page shows it: its value, how firm it is, where from, and what else was said (数字).

Built from a replayed fact base (`reading.py`); holds no rows and asks no questions of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gaoxin.core.periods import Period
from gaoxin.facts import records
from gaoxin.facts.conflicts import Settlement
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import Metric
from gaoxin.packs.schemas.observation import Question
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.reading import Replay


@dataclass(frozen=True, slots=True)
class Version:
    """What was said before, or is said elsewhere, for the same figure; `witnessed` as in `Figure`."""

    observation_id: int
    value: Value
    unit: str
    written: str
    source_id: str
    source_title: str
    locator: str
    status: str
    recorded_by: str
    recorded_at: datetime
    reason: str
    period_confidence: str
    witnessed: bool
    note: str
    withdrawn: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one subject and period.

    In a conflict nothing stands: `is_conflict` is true, the fields hold the first of the disagreeing
    statements and `others` the rest; a page prints all of them with 或 and computes with none. `versions`
    are the corrected ones, newest first. `witnessed`: the document states this value; a correction that names
    neither a place in it nor its words rests on its reason.
    Missing: there is no Figure for what nobody stated.
    """

    observation_id: int
    ref: str
    subject_code: str
    subject_name: str
    metric: Metric
    period: Period
    figure: str
    value: Value
    unit: str
    of: str
    of_name: str
    group: str
    population: int | None
    base: str
    source_id: str
    source_title: str
    locator: str
    status: str
    written: str
    note: str
    question: Question | None
    formula: str
    inputs: tuple[str, ...]
    recorded_by: str
    recorded_at: datetime
    reason: str
    period_confidence: str
    witnessed: bool
    checked_by: str
    checked_at: datetime | None
    versions: tuple[Version, ...]
    ruling: records.Ruling | None
    lapsed: records.Ruling | None
    is_conflict: bool
    others: tuple[Version, ...]

    @property
    def standing(self) -> Value | None:
        """The value to compute with; None in a conflict."""
        return None if self.is_conflict else self.value

    @property
    def key(self) -> records.Key:
        return records.Key(
            self.subject_code, self.metric.id, self.figure, self.of, self.group, self.period.code
        )


def figures(replay: Replay, names: Mapping[str, str]) -> list[Figure]:
    """Every figure of the rows that anyone stated and nobody took back, by metric, figure and period.

    `names`: subject code → name, for subjects and the wholes of shares.
    """
    keys = replay.base.keys()
    found = (figure_of(replay, replay.base.settlement(key), names) for key in keys)
    return sorted(
        (f for f in found if f is not None), key=lambda f: (f.metric.id, f.figure, f.period, f.of, f.group)
    )


def figure_of(replay: Replay, settled: Settlement, names: Mapping[str, str]) -> Figure | None:
    """The figure of one settled key; None where nothing is known."""
    if not settled.candidates:
        return None
    shown = settled.standing or settled.candidates[0]
    spec = catalogue.spec_of(replay.refs[shown.id])
    return Figure(
        observation_id=int(shown.id),
        ref=replay.refs[shown.id],
        subject_code=shown.subject,
        subject_name=names.get(shown.subject, shown.subject),
        metric=catalogue.metric(shown.metric),
        period=shown.period,
        figure=shown.figure,
        value=shown.value,
        unit=shown.unit,
        of=shown.of,
        of_name=names.get(shown.of, shown.of),
        group=shown.group,
        population=shown.population,
        base=shown.base,
        source_id=shown.source,
        source_title=replay.sources.get(shown.source, shown.source),
        locator=shown.locator,
        status=shown.status,
        written=shown.written,
        note=shown.note,
        question=spec.question if spec is not None else None,
        formula=shown.formula,
        inputs=shown.inputs,
        recorded_by=shown.recorded_by,
        recorded_at=shown.recorded_at,
        reason=shown.reason,
        period_confidence=shown.period_confidence,
        witnessed=replay.base.is_witnessed(shown),
        checked_by=shown.checked_by,
        checked_at=shown.checked_at,
        versions=tuple(_versions(replay, shown)),
        ruling=settled.ruling,
        lapsed=settled.lapsed,
        is_conflict=settled.state == "conflict",
        others=tuple(version(replay, obs) for obs in settled.candidates if obs is not shown),
    )


def version(replay: Replay, obs: records.Observation) -> Version:
    return Version(
        observation_id=int(obs.id),
        value=obs.value,
        unit=obs.unit,
        written=obs.written,
        source_id=obs.source,
        source_title=replay.sources.get(obs.source, obs.source),
        locator=obs.locator,
        status=obs.status,
        recorded_by=obs.recorded_by,
        recorded_at=obs.recorded_at,
        reason=obs.reason,
        period_confidence=obs.period_confidence,
        witnessed=replay.base.is_witnessed(obs),
        note=obs.note,
        withdrawn=replay.base.withdrawal(obs.batch) is not None,
        ref=replay.refs[obs.id],
    )


def _versions(replay: Replay, shown: records.Observation) -> Iterable[Version]:
    older = shown.supersedes
    while older is not None:
        obs = replay.base.observation(older)
        yield version(replay, obs)
        older = obs.supersedes
