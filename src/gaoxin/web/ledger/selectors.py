"""Reads the ledger (查询). Every door takes `reader=` first and shows only what the reader may see.

| door | gives |
|---|---|
| `zones` | the zones of the reader |
| `subject`, `subjects` | one subject, a searched and sorted page of them (in `listing.py`) |
| `standing` | the figures of one subject, each with what it stands on |
| `figure` | one figure by the id of any observation of its key |
| `history` | everything that happened to one figure |
| `conflicts` | figures whose sources disagree (in `contested.py`) |
| `source` | one document and how many figures stand on it |

All take `as_of`: what was known at that moment. Queries per call are constant, whatever the number of rows.
Raises: NotFound for what does not exist or must not be seen, PermissionDenied for a closed account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from gaoxin.core.periods import Period
from gaoxin.facts.factbase import Event
from gaoxin.facts.records import Key
from gaoxin.web.accounts.models import User
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import models, scope
from gaoxin.web.ledger.discretion import as_told, is_outsider, version_told
from gaoxin.web.ledger.figures import Figure, Version, figure_of, figures, version
from gaoxin.web.ledger.reading import Replay, replay
from gaoxin.web.ledger.remembered import remembered, rights

__all__ = [
    "Figure",
    "HistoryEvent",
    "Version",
    "figure",
    "history",
    "source",
    "standing",
    "standing_of_many",
    "subject",
    "zones",
]


def zones(reader: object) -> list[models.Subject]:
    """The zones of the reader, real ones first, by name."""
    account = scope.enter(reader)
    rows = scope.visible_subjects(account).filter(kind="zone", pk__in=scope.zone_ids(account))
    return sorted(rows, key=lambda zone: (zone.synthetic, zone.code))


def subject(reader: object, code: str) -> models.Subject:
    """One subject with its zone and parent. Raises: NotFound."""
    found = scope.visible_subjects(reader).select_related("zone", "parent").filter(code=code).first()
    if found is None:
        raise NotFound(code=code)
    return found


def standing(
    reader: object,
    subject: models.Subject | str,
    *,
    metrics: Iterable[str] | None = None,
    period: Period | str | None = None,
    figure: str | None = "level",
    as_of: datetime | None = None,
) -> list[Figure]:
    """The figures of one subject that are known, sorted by metric, figure and period.

    `metrics`, `period`: None = all. `figure`: level, growth, share …; None = all kinds.
    """
    return standing_of_many(reader, [subject], metrics=metrics, period=period, figure=figure, as_of=as_of)


def standing_of_many(
    reader: object,
    subjects: Iterable[models.Subject | str],
    *,
    metrics: Iterable[str] | None = None,
    period: Period | str | Iterable[Period] | None = None,
    figure: str | None = "level",
    as_of: datetime | None = None,
) -> list[Figure]:
    """The same for several subjects at once, such as a page of a list; who may not be seen is left out.

    `period`: one, or those of a column (a year and its last day).
    """
    account = scope.enter(reader)
    asked = [s if isinstance(s, str) else s.code for s in subjects]
    seen = list(scope.visible_subjects(account).filter(code__in=asked))
    wanted = tuple(metrics) if metrics is not None else None
    when = None if period is None else (period,) if isinstance(period, Period | str) else tuple(period)

    def read() -> tuple[Figure, ...]:
        rows = _readable(account, seen)
        if wanted is not None:
            rows = rows.filter(metric__code__in=wanted)
        if when is not None:
            rows = rows.filter(period__in=[one.code if isinstance(one, Period) else one for one in when])
        if figure is not None:
            rows = rows.filter(figure=figure)
        replayed = replay(rows, codes={s.pk: s.code for s in seen}, as_of=as_of)
        return tuple(as_told(account, one) for one in figures(replayed, _names(replayed, seen)))

    whom = tuple((s.pk, s.code, s.name) for s in seen)
    return list(remembered(("standing", rights(account), whom, wanted, when, figure, as_of), read))


def figure(reader: object, observation_id: int | str, *, as_of: datetime | None = None) -> Figure:
    """The figure that an observation belongs to, by the id of any of its observations, also a corrected one.

    Raises: NotFound; also when all that was said has been withdrawn.
    """
    obs, owner = visible_observation(reader, observation_id)
    replayed, key = _one_key(obs, owner, as_of)
    found = figure_of(replayed, replayed.base.settlement(key), _names(replayed, [owner]))
    if found is None:
        raise NotFound("这个数字已撤回。", "This figure was withdrawn.")
    return as_told(scope.enter(reader), found)


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One step in the life of a figure: `what` is recorded, corrected, ruled or withdrawn."""

    at: datetime
    what: str
    by: str
    version: Version | None
    reason: str


def history(
    reader: object, observation_id: int | str, *, as_of: datetime | None = None
) -> list[HistoryEvent]:
    """Everything that happened to the figure of this observation, oldest first; outsiders learn no names."""
    account = scope.enter(reader)
    obs, owner = visible_observation(account, observation_id)
    replayed, key = _one_key(obs, owner, as_of)
    return [_told(account, _event(replayed, event)) for event in replayed.base.history(key)]


def _told(account: User, event: HistoryEvent) -> HistoryEvent:
    if not is_outsider(account):
        return event
    version = version_told(account, event.version) if event.version is not None else None
    return replace(event, by="", reason="", version=version)


def _event(replayed: Replay, event: Event) -> HistoryEvent:
    if event.ruling is not None:
        chosen = version(replayed, replayed.base.observation(event.ruling.stands))
        return HistoryEvent(event.at, event.what, event.by, chosen, event.ruling.reason)
    assert event.observation is not None
    reason = event.withdrawal.reason if event.withdrawal else event.observation.reason
    return HistoryEvent(event.at, event.what, event.by, version(replayed, event.observation), reason)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document, and how many observations of the reader's subjects were taken from it."""

    source: models.Source
    figures: int


def source(reader: object, code: str) -> SourceView:
    """One document by its code. Raises: NotFound also where the reader may see none of its figures."""
    account = scope.enter(reader)
    found = models.Source.objects.filter(code=code).first()
    if found is None:
        raise NotFound(code=code)
    count = _readable(account, scope.visible_subjects(account)).filter(source=found).count()
    if not count:
        raise NotFound(code=code)
    return SourceView(found, count)


def _readable(
    account: User, seen: Iterable[models.Subject] | QuerySet[models.Subject]
) -> QuerySet[models.Observation]:
    """Observations of these subjects, each kind in the metrics that the reader may read about it."""
    personal = Q(subject__kind__in=scope.PERSONAL_KINDS)
    return models.Observation.objects.filter(subject__in=seen).filter(
        (personal & Q(metric__in=scope.readable_metric_ids(account, "enterprise")))
        | (~personal & Q(metric__in=scope.readable_metric_ids(account, "zone")))
    )


def visible_observation(
    reader: object, observation_id: int | str
) -> tuple[models.Observation, models.Subject]:
    """The row and its subject, by number or pack id. Raises: NotFound unless the reader may read it."""
    account = scope.enter(reader)
    text = str(observation_id)
    by_number = {"pk": int(text)} if text.isascii() and text.isdigit() and len(text) < 19 else {"ref": text}
    obs = models.Observation.objects.select_related("subject", "metric").filter(**by_number).first()
    if obs is None or not scope.visible_subjects(account).filter(pk=obs.subject_id).exists():
        raise NotFound(id=text)
    if not scope.readable_metric_ids(account, obs.subject.kind).filter(pk=obs.metric_id).exists():
        raise NotFound(id=text)
    return obs, obs.subject


def _one_key(obs: models.Observation, owner: models.Subject, as_of: datetime | None) -> tuple[Replay, Key]:
    rows = models.Observation.objects.filter(
        subject=owner,
        metric_id=obs.metric_id,
        period=obs.period,
        figure=obs.figure,
        of=obs.of,
        group=obs.group,
    )
    key = Key(owner.code, obs.metric.code, obs.figure, obs.of, obs.group, obs.period)
    return replay(rows, codes={owner.pk: owner.code}, as_of=as_of), key


def _names(replayed: Replay, seen: Iterable[models.Subject]) -> Mapping[str, str]:
    names = {s.code: s.name for s in seen}
    keys = replayed.base.keys()
    wholes = {key.of for key in keys if key.of} - set(names)
    if wholes:
        names |= dict(models.Subject.objects.filter(code__in=wholes).values_list("code", "name"))
    return names
