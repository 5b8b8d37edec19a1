"""Where a figure of the ledger came from, for the command line (溯源); `workspace` knows the packs.

Shows everything: for whoever holds the database itself. A derived figure is not in the ledger: it is worked
out on the figures it is named after, as its page does, and named in the ids of the packs where they have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from gaoxin.core.errors import FactError
from gaoxin.facts import records
from gaoxin.facts.derivations import derive_all, inputs_named, renamed
from gaoxin.facts.factbase import Event
from gaoxin.facts.provenance import Statement, Trace, trace
from gaoxin.web.ledger import catalogue, models
from gaoxin.web.ledger.reading import Replay, replay


def trace_recorded(identifier: str, *, as_of: datetime | None = None) -> Trace | None:
    """The tree behind an observation by its number or pack id (`C007`, `chuxiong/C007`); None without one."""
    found = _row(identifier.rpartition("/")[2])
    if found is None:
        return None
    of_subject = models.Observation.objects.filter(subject=found.subject)
    replayed = replay(of_subject, codes={found.subject_id: found.subject.code}, as_of=as_of)
    if str(found.pk) not in replayed.base:
        return None
    _introduce(replayed)
    told = trace(replayed.base, str(found.pk), metrics=catalogue.library().metrics)
    return _by_their_names(told, replayed.refs)


def trace_derived(name: str, *, as_of: datetime | None = None) -> Trace:
    """The tree behind a derived figure such as `implied_whole(C007,C008)`, worked out on what stands.

    Raises: FactError if the name is malformed, an input is unknown, or the rule does not give the figure from
    what stands, in which case it names what the rule gives instead.
    """
    library = catalogue.library()
    parts = inputs_named(name, library.derivations)
    if not parts:
        raise FactError(
            f"“{name}”不是推算值的编号，应写作 implied_whole(C007,C008) 的样子。",
            f"{name!r} is no derived figure; it is written like implied_whole(C007,C008).",
        )
    inputs = {part: _input(part) for part in parts}
    wanted = renamed(name, {part: str(row.pk) for part, row in inputs.items()})
    replayed = _replayed(_keys_of(inputs.values()), as_of)
    given = {obs.id: obs for obs in derive_all(library.derivations.values(), replayed.base, library.metrics)}
    if wanted not in given:
        raise _not_given(name, [renamed(other, _of_packs(replayed.refs)) for other in given])
    whole = _replayed(_keys_of(inputs.values()) | _places_of(given.values()), as_of)
    _introduce(whole, {obs.subject for obs in given.values()})
    told = trace(whole.base, wanted, metrics=library.metrics, derivations=library.derivations, derived=given)
    return _by_their_names(told, whole.refs)


def _row(identifier: str) -> models.Observation | None:
    """By number or pack id."""
    rows = models.Observation.objects.select_related("subject", "metric")
    is_number = identifier.isascii() and identifier.isdigit() and len(identifier) < 19
    return rows.filter(pk=int(identifier)).first() if is_number else rows.filter(ref=identifier).first()


def _input(identifier: str) -> models.Observation:
    found = _row(identifier)
    if found is None:
        raise FactError(f"库里没有编号为“{identifier}”的数。", f"The ledger has no figure {identifier!r}.")
    return found


def _not_given(name: str, others: Iterable[str]) -> FactError:
    """Says what the same rule gives from the same figures as they stand now."""
    rule = name.partition("(")[0]
    now = sorted(other for other in others if other.partition("(")[0] == rule)
    return FactError(
        f"所用的数里推不出“{name}”"
        + (f"；按有效的数，现在是 {'、'.join(now)}。" if now else "：有更正、撤回，或来源不一致。"),
        f"{name!r} does not follow from what stands"
        + (f"; now it is {', '.join(now)}." if now else ": something was corrected, withdrawn or disputed."),
        near=now,
    )


def _keys_of(rows: Iterable[models.Observation]) -> Q:
    keys = Q(pk__in=[])
    for row in rows:
        keys |= Q(
            subject=row.subject_id,
            metric=row.metric_id,
            period=row.period,
            figure=row.figure,
            of=row.of,
            group=row.group,
        )
    return keys


def _places_of(derived: Iterable[records.Observation]) -> Q:
    """Where a source may state what was worked out."""
    places = Q(pk__in=[])
    for obs in derived:
        places |= Q(
            subject__code=obs.subject,
            metric__code=obs.metric,
            period=obs.period.code,
            figure=obs.figure,
            of=obs.of,
            group=obs.group,
        )
    return places


def _replayed(keys: Q, as_of: datetime | None) -> Replay:
    rows = models.Observation.objects.filter(keys)
    return replay(rows, codes=dict(rows.values_list("subject_id", "subject__code")), as_of=as_of)


def _introduce(replayed: Replay, subjects: Iterable[str] = ()) -> None:
    """Bring subjects and documents in, by their names."""
    keys = replayed.base.keys()
    named = {code for key in keys for code in (key.subject, key.of) if code}
    for subject in models.Subject.objects.filter(code__in=named | set(subjects)):
        replayed.base.add_subject(records.Subject(subject.code, subject.name, subject.name_en))
    for source in models.Source.objects.filter(code__in=replayed.sources):
        replayed.base.add_source(
            records.Source(
                source.code,
                source.title,
                source.title_en,
                source.publisher,
                source.published,
                source.document,
            )
        )


def _of_packs(refs: Mapping[str, str]) -> dict[str, str]:
    return {number: ref for number, ref in refs.items() if ref}


def _by_their_names(told: Trace, refs: Mapping[str, str]) -> Trace:
    """Observations of packs under the id they have there, moments in local time."""
    known = _of_packs(refs)

    def obs_named(obs: records.Observation) -> records.Observation:
        return replace(
            obs,
            id=renamed(obs.id, known),
            inputs=tuple(renamed(one, known) for one in obs.inputs),
            recorded_at=timezone.localtime(obs.recorded_at),
            checked_at=timezone.localtime(obs.checked_at) if obs.checked_at is not None else None,
        )

    def event_named(event: Event) -> Event:
        ruling = event.ruling
        return replace(
            event,
            at=timezone.localtime(event.at),
            observation=obs_named(event.observation) if event.observation is not None else None,
            ruling=replace(ruling, stands=renamed(ruling.stands, known)) if ruling is not None else None,
        )

    def said(one: Statement) -> Statement:
        return replace(one, observation=obs_named(one.observation))

    return replace(
        told,
        observation=obs_named(told.observation),
        versions=tuple(_by_their_names(part, refs) for part in told.versions),
        inputs=tuple(_by_their_names(part, refs) for part in told.inputs),
        replaced_by=tuple(said(one) for one in told.replaced_by),
        others=tuple(said(one) for one in told.others),
        events=tuple(event_named(event) for event in told.events),
    )
