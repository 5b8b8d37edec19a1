"""Loads the packs into the ledger, again and again without harm (装载内容包).

1. Metrics, subjects and sources are brought up to date (`pack_catalogue.py`).
2. A pack observation that is new becomes a row with `ref` = its id, in one batch per pack.
3. One that reads differently than the last version becomes a new row `C007#2` that supersedes it, with the
   reason 内容包更新. What a person corrected meanwhile stays: the two then disagree, and a person rules.
   Older versions are replaced either way, so that of the packs only the newest is ever in use.
4. One that reads the same is left alone. One that vanished from the packs stays in the ledger and is counted.
5. A load that changed anything leaves one audit row: how many figures, which rows of the catalogue before
   and after, what is no longer in the packs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gaoxin.facts.loading import observation_record
from gaoxin.packs.library import Library
from gaoxin.web.ledger import models
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.liveness import live
from gaoxin.web.ledger.models.decisions import ReasonCode
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp
from gaoxin.web.ledger.pack_catalogue import Brought, bring_catalogue, gone
from gaoxin.web.ledger.rows import content, fields_of

LOADED = "packs.load"
PACK_AUTHOR = "内容包"


@dataclass(frozen=True, slots=True)
class PacksLoaded:
    """What changed in the ledger; all zero when the packs were loaded before."""

    new: int
    changed: int
    unchanged: int
    vanished: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A pack observation to be written. `old`: its newest version, `versions`: all of them."""

    ref: str
    fields: dict[str, Any]
    old: int | None
    versions: tuple[int, ...]


@transaction.atomic
def load_packs(library: Library) -> PacksLoaded:
    """Bring the ledger up to the packs, in one transaction; a second loader waits for the first."""
    at = stamp()
    held = bring_catalogue(library)
    versions = _versions()
    fresh: dict[str, list[_Entry]] = defaultdict(list)
    unchanged = 0
    for spec in library.observations:
        record = observation_record(spec, library.metric(spec.metric), library.sources, recorded_at=at)
        fields = fields_of(
            record, held.subjects[record.subject], held.metrics[record.metric], held.sources[record.source]
        )
        known = versions.get(spec.id, {})
        if not known:
            fresh[spec.origin.pack].append(_Entry(spec.id, fields, None, ()))
            continue
        newest = max(known)
        if content(known[newest]) == content(fields):
            unchanged += 1
            continue
        told = tuple(row["id"] for row in known.values())
        entry = _Entry(f"{spec.id}#{newest + 1}", fields, known[newest]["id"], told)
        fresh[spec.origin.pack].append(entry)
    changed = 0
    for pack, entries in fresh.items():
        changed += _record(library, pack, entries, at, held.subjects)
    new = sum(len(entries) for entries in fresh.values()) - changed
    vanished = sorted(set(versions) - {spec.id for spec in library.observations})
    loaded = PacksLoaded(new, changed, unchanged, len(vanished))
    stated = [row for known in versions.values() for row in known.values()]
    _note(loaded, held, gone(library, stated) | {"observations": vanished})
    return loaded


def _note(loaded: PacksLoaded, held: Brought, missing: dict[str, list[str]]) -> None:
    """The audit row, unless nothing is other than it was after the load before."""
    before = models.AuditEvent.objects.filter(zone=None, action=LOADED).order_by("-pk").first()
    noted = before.detail.get("gone") if before is not None else None
    nothing: dict[str, list[str]] = {name: [] for name in missing}
    if not (loaded.new or loaded.changed or held.is_new or missing != (noted or nothing)):
        return
    record_event(
        by=None,
        action=LOADED,
        detail={
            "new": loaded.new,
            "changed": loaded.changed,
            "unchanged": loaded.unchanged,
            "catalogue": {name: change.as_json() for name, change in held.changes.items() if change},
            "gone": missing,
        },
    )


def _record(
    library: Library, pack: str, entries: list[_Entry], at: datetime, subjects: Mapping[str, models.Subject]
) -> int:
    """One batch for one pack; returns how many of its rows are new versions."""
    zone = library.packs[pack].zone
    batch = models.Batch.objects.create(
        kind=BatchKind.PACK,
        zone=subjects[zone] if zone else None,
        by_name=PACK_AUTHOR,
        at=at,
        reason=f"{library.packs[pack].zh} {library.packs[pack].version}",
        rows=len(entries),
    )
    made = models.Observation.objects.bulk_create(
        models.Observation(batch=batch, ref=entry.ref, **entry.fields) for entry in entries
    )
    told_anew = {row.pk: entry for row, entry in zip(made, entries, strict=True) if entry.old is not None}
    olds = [entry.old for entry in told_anew.values()]
    # what a person corrected is replaced already: that correction and the new version stand side by side
    untouched = set(models.Observation.objects.filter(live(), pk__in=olds).values_list("pk", flat=True))
    replaced: dict[int, set[int]] = defaultdict(set)
    for new, old in models.Supersession.objects.filter(new__in=olds).values_list("new_id", "old_id"):
        replaced[new].add(old)
    models.Supersession.objects.bulk_create(
        models.Supersession(
            old_id=pk,
            new_id=new,
            batch=batch,
            direct=pk == entry.old and pk in untouched,
            reason_code=ReasonCode.PACK,
            reason="内容包更新",
        )
        for new, entry in told_anew.items()
        for pk in sorted({*entry.versions, *(replaced[entry.old] if entry.old in untouched else ())})
    )
    return len(told_anew)


def _versions() -> dict[str, dict[int, dict[str, Any]]]:
    """pack id → number of the version → the fields of that version."""
    found: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in models.Observation.objects.filter(ref__isnull=False).values():
        stem, _, number = row["ref"].partition("#")
        found[stem][int(number) if number else 1] = row
    return found
