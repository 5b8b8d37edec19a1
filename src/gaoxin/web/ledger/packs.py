"""Loads the packs into the ledger, again and again without harm (装载内容包).

1. Metrics, subjects and sources are brought up to date: these rows are a catalogue, not a record.
2. A pack observation that is new becomes a row with `ref` = its id, in one batch per pack.
3. One that reads differently than the last version becomes a new row `C007#2` that supersedes it, with the
   reason 内容包更新. What a person corrected meanwhile stays: the two then disagree, and a person rules.
4. One that reads the same is left alone. One that vanished from the packs stays in the ledger and is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.loading import observation_record
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import ObservationSpec, SubjectSpec
from gaoxin.web.ledger import models
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.liveness import live
from gaoxin.web.ledger.models.decisions import ReasonCode
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp
from gaoxin.web.ledger.rows import content, fields_of
from gaoxin.web.ledger.search import search_fields

PACK_AUTHOR = "内容包"


@dataclass(frozen=True, slots=True)
class PacksLoaded:
    """What changed in the ledger; all zero when the packs were loaded before."""

    new: int
    changed: int
    unchanged: int
    vanished: int


@transaction.atomic
def load_packs(library: Library) -> PacksLoaded:
    """Bring the ledger up to the packs, in one transaction; a second loader waits for the first."""
    at = stamp()
    subjects = _load_subjects(library)
    metrics = _load_metrics(library)
    sources = _load_sources(library)
    latest = _latest_versions()
    fresh: dict[str, list[tuple[ObservationSpec, dict, str, int | None]]] = defaultdict(list)
    unchanged = 0
    for spec in library.observations:
        record = observation_record(spec, library.metric(spec.metric), library.sources, recorded_at=at)
        fields = fields_of(record, subjects[record.subject], metrics[record.metric], sources[record.source])
        number, old = latest.get(spec.id, (0, None))
        if old is not None and content(old) == content(fields):
            unchanged += 1
            continue
        ref = spec.id if old is None else f"{spec.id}#{number + 1}"
        fresh[spec.origin.pack].append((spec, fields, ref, old["id"] if old else None))
    changed = 0
    for pack, entries in fresh.items():
        changed += _record(library, pack, entries, at, subjects)
    new = sum(len(entries) for entries in fresh.values()) - changed
    vanished = len(set(latest) - {spec.id for spec in library.observations})
    loaded = PacksLoaded(new, changed, unchanged, vanished)
    if new or changed:
        record_event(
            by=None, action="packs.load", detail={"new": new, "changed": changed, "unchanged": unchanged}
        )
    return loaded


def _record(library: Library, pack: str, entries: list, at, subjects: dict[str, models.Subject]) -> int:
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
        models.Observation(batch=batch, ref=ref, **fields) for _, fields, ref, _ in entries
    )
    told_anew = {row.pk: old for row, (_, _, _, old) in zip(made, entries, strict=True) if old is not None}
    # what a person corrected is replaced already: that correction and the new version stand side by side
    untouched = set(
        models.Observation.objects.filter(live(), pk__in=told_anew.values()).values_list("pk", flat=True)
    )
    replaced = {new: old for new, old in told_anew.items() if old in untouched}
    older: dict[int, list[int]] = defaultdict(list)
    for new, old in models.Supersession.objects.filter(new__in=replaced.values()).values_list(
        "new_id", "old_id"
    ):
        older[new].append(old)
    models.Supersession.objects.bulk_create(
        models.Supersession(
            old_id=pk,
            new_id=new,
            batch=batch,
            direct=pk == old,
            reason_code=ReasonCode.PACK,
            reason="内容包更新",
        )
        for new, old in replaced.items()
        for pk in {old, *older[old]}
    )
    return len(told_anew)


def _latest_versions() -> dict[str, tuple[int, dict]]:
    """pack id → (number of its newest version, that version's fields)."""
    latest: dict[str, tuple[int, dict]] = {}
    for row in models.Observation.objects.filter(ref__isnull=False).values():
        stem, _, number = row["ref"].partition("#")
        version = int(number) if number else 1
        if stem not in latest or latest[stem][0] < version:
            latest[stem] = (version, row)
    return latest


def _load_metrics(library: Library) -> dict[str, int]:
    rows = [
        models.Metric(
            code=metric.id,
            sensitivity=metric.sensitivity,
            dimension=unit_named(metric.unit).dimension.value if metric.unit else "",
        )
        for metric in library.metrics.values()
    ]
    models.Metric.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["sensitivity", "dimension"]
    )
    return dict(models.Metric.objects.values_list("code", "id"))


def _load_sources(library: Library) -> dict[str, int]:
    rows = [
        models.Source(
            code=spec.id,
            title=spec.zh,
            title_en=spec.en,
            publisher=spec.publisher or "",
            published=spec.published,
            document=spec.document,
            rights_note=spec.rights_note or "",
            sha256=spec.sha256 or "",
        )
        for spec in library.sources.values()
    ]
    names = ["title", "title_en", "publisher", "published", "document", "rights_note", "sha256"]
    models.Source.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=names
    )
    return dict(models.Source.objects.values_list("code", "id"))


def _load_subjects(library: Library) -> dict[str, models.Subject]:
    """Names are brought up to date; `synthetic` is decided once, when a subject first appears."""
    specs = library.subjects
    rows = [
        models.Subject(
            code=spec.code,
            kind=spec.kind,
            name=spec.zh,
            name_en=spec.en,
            aliases=list(spec.aliases),
            uscc=spec.uscc,
            synthetic=is_synthetic(spec, library),
            **search_fields(spec.zh, spec.en, spec.aliases, spec.uscc),
        )
        for spec in specs.values()
    ]
    names = ["name", "name_en", "aliases", "uscc", "initials", "search"]
    models.Subject.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=names
    )
    held = {row.code: row for row in models.Subject.objects.filter(code__in=list(specs))}
    placed = [row for row in held.values() if _place(row, specs, held)]
    models.Subject.objects.bulk_update(placed, ["zone", "parent"])
    return held


def is_synthetic(spec: SubjectSpec, library: Library) -> bool:
    """Subjects of the sandbox pack are invented."""
    return spec.origin.pack == "sandbox"


def _place(row: models.Subject, specs, held: dict[str, models.Subject]) -> bool:
    """Set zone and parent; True if they changed."""
    spec = specs[row.code]
    parent = held.get(spec.parent) if spec.parent else None
    zone = next((held.get(code) for code in _above(spec, specs) if code.startswith("zone/")), None)
    before = (row.zone_id, row.parent_id)
    row.parent = parent
    row.zone = zone if spec.kind not in ("zone", "region") else None
    return before != (row.zone_id, row.parent_id)


def _above(spec: SubjectSpec, specs) -> Iterable[str]:
    if spec.zone:
        yield spec.zone
    seen: set[str] = set()
    code = spec.parent
    while code and code not in seen:
        yield code
        seen.add(code)
        code = specs[code].parent if code in specs else None
