"""Where a figure of the ledger came from, for the command line (溯源); `workspace` knows the packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from gaoxin.facts import records
from gaoxin.facts.provenance import Trace, trace
from gaoxin.web.ledger import catalogue, models
from gaoxin.web.ledger.reading import replay


def trace_recorded(identifier: str, *, as_of: datetime | None = None) -> Trace | None:
    """The tree behind an observation, by its number or pack id (`C007`, `chuxiong/C007`); None without one.

    Shows everything: for whoever holds the database itself.
    """
    ref = identifier.rpartition("/")[2]
    rows = models.Observation.objects.select_related("subject")
    is_number = ref.isascii() and ref.isdigit() and len(ref) < 19
    found = rows.filter(pk=int(ref)).first() if is_number else rows.filter(ref=ref).first()
    if found is None:
        return None
    of_subject = models.Observation.objects.filter(subject=found.subject)
    replayed = replay(of_subject, codes={found.subject_id: found.subject.code}, as_of=as_of)
    if str(found.pk) not in replayed.base:
        return None
    for subject in models.Subject.objects.filter(code__in=_named(replayed.base.keys())):
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
    told = trace(replayed.base, str(found.pk), metrics=catalogue.library().metrics)
    return _by_their_names(told, replayed.refs)


def _named(keys: tuple[records.Key, ...]) -> set[str]:
    return {code for key in keys for code in (key.subject, key.of) if code}


def _by_their_names(told: Trace, refs: Mapping[str, str]) -> Trace:
    """Observations of packs under the id they have there."""

    def named(obs: records.Observation) -> records.Observation:
        local = timezone.localtime(obs.recorded_at)
        return replace(obs, id=refs.get(obs.id) or obs.id, recorded_at=local)

    return replace(
        told,
        observation=named(told.observation),
        versions=tuple(_by_their_names(part, refs) for part in told.versions),
        inputs=tuple(_by_their_names(part, refs) for part in told.inputs),
        replaced_by=tuple(refs.get(one) or one for one in told.replaced_by),
        others=tuple(named(other) for other in told.others),
    )
