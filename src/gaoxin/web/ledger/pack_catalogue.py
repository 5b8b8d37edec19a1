"""Brings subjects, metrics and sources up to the packs, and says what became different (目录更新).

These rows are a catalogue, not a record: they are changed in place, so what stood before goes into the
audit row of the load. What vanished from the packs stays in the ledger and is named there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gaoxin.core.quantities import unit as unit_named
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import SubjectSpec
from gaoxin.web.ledger import models
from gaoxin.web.ledger.search import search_fields

Named = TypeVar("Named", models.Subject, models.Metric, models.Source)
# Worked out from the others: brought along, not told.
_FOLLOWING = ("initials", "search")


@dataclass(slots=True)
class Changes:
    """What became different in one table. `changed`: code → column → before and after, as JSON."""

    added: list[str] = field(default_factory=list)
    changed: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)

    def note(self, code: str, column: str, before: object, after: object) -> None:
        self.changed.setdefault(code, {})[column] = [_plain(before), _plain(after)]

    def as_json(self) -> dict[str, Any]:
        return {"added": self.added, "changed": self.changed}


@dataclass(frozen=True, slots=True)
class Brought:
    """The catalogue as it stands now, and what became different: table → changes."""

    subjects: Mapping[str, models.Subject]
    metrics: Mapping[str, int]
    sources: Mapping[str, int]
    changes: Mapping[str, Changes]

    @property
    def is_new(self) -> bool:
        return any(self.changes.values())


def bring_catalogue(library: Library) -> Brought:
    """Bring the three tables up to the packs, inside the caller's transaction."""
    subjects, of_subjects = _bring_subjects(library)
    metrics, of_metrics = _bring(models.Metric, _metrics(library), ("sensitivity", "dimension"))
    sources, of_sources = _bring(models.Source, _sources(library), _OF_SOURCE)
    return Brought(
        subjects,
        {code: row.pk for code, row in metrics.items()},
        {code: row.pk for code, row in sources.items()},
        {"subjects": of_subjects, "metrics": of_metrics, "sources": of_sources},
    )


def gone(library: Library, stated: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What the packs once held and hold no longer: metrics, and what the packs' own rows name.

    `stated`: rows of observations that came from packs.
    """
    rows = list(stated)
    subjects, sources = {row["subject_id"] for row in rows}, {row["source_id"] for row in rows}
    named = {
        "subjects": models.Subject.objects.filter(pk__in=subjects).exclude(code__in=list(library.subjects)),
        "metrics": models.Metric.objects.exclude(code__in=list(library.metrics)),
        "sources": models.Source.objects.filter(pk__in=sources).exclude(code__in=list(library.sources)),
    }
    return {name: list(held.order_by("code").values_list("code", flat=True)) for name, held in named.items()}


def _bring(
    model: type[Named], wanted: Sequence[Named], columns: Sequence[str]
) -> tuple[dict[str, Named], Changes]:
    """Add what is missing, change what differs, leave the rest alone; the rows by their code."""
    held = {row.code: row for row in model.objects.filter(code__in=[row.code for row in wanted])}
    changes, fresh, touched = Changes(), [], []
    for row in wanted:
        old = held.get(row.code)
        if old is None:
            fresh.append(row)
            changes.added.append(row.code)
        elif differing := [name for name in columns if getattr(old, name) != getattr(row, name)]:
            for name in differing:
                if name not in _FOLLOWING:
                    changes.note(row.code, name, getattr(old, name), getattr(row, name))
                setattr(old, name, getattr(row, name))
            touched.append(old)
    model.objects.bulk_create(fresh)
    model.objects.bulk_update(touched, columns)
    return held | {row.code: row for row in fresh}, changes


def _plain(value: object) -> object:
    """As JSON holds it: a day as text."""
    return value if value is None or isinstance(value, str | list) else str(value)


def _metrics(library: Library) -> list[models.Metric]:
    return [
        models.Metric(
            code=metric.id,
            sensitivity=metric.sensitivity,
            dimension=unit_named(metric.unit).dimension.value if metric.unit else "",
        )
        for metric in library.metrics.values()
    ]


_OF_SOURCE = ("title", "title_en", "publisher", "published", "document", "rights_note", "sha256")


def _sources(library: Library) -> list[models.Source]:
    return [
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


def _bring_subjects(library: Library) -> tuple[dict[str, models.Subject], Changes]:
    """Names are brought up to date; `synthetic` is decided once, when a subject first appears."""
    specs = library.subjects
    wanted = [
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
    columns = ("name", "name_en", "aliases", "uscc", *_FOLLOWING)
    held, changes = _bring(models.Subject, wanted, columns)
    added, codes = set(changes.added), {row.pk: code for code, row in held.items()}
    placed = []
    for code, row in held.items():
        before = (row.zone_id, row.parent_id)
        _place(row, specs, held)
        after = (row.zone_id, row.parent_id)
        if before == after:
            continue
        placed.append(row)
        for name, old, new in zip(("zone", "parent"), before, after, strict=True):
            if old != new and code not in added:
                changes.note(code, name, codes.get(old, old), codes.get(new, new))
    models.Subject.objects.bulk_update(placed, ["zone", "parent"])
    return held, changes


def is_synthetic(spec: SubjectSpec, library: Library) -> bool:
    """Subjects of the sandbox pack are invented."""
    return spec.origin.pack == "sandbox"


def _place(row: models.Subject, specs: Mapping[str, SubjectSpec], held: dict[str, models.Subject]) -> None:
    """Set zone and parent."""
    spec = specs[row.code]
    zone = next((held.get(code) for code in _above(spec, specs) if code.startswith("zone/")), None)
    row.parent = held.get(spec.parent) if spec.parent else None
    row.zone = zone if spec.kind not in ("zone", "region") else None


def _above(spec: SubjectSpec, specs: Mapping[str, SubjectSpec]) -> Iterable[str]:
    if spec.zone:
        yield spec.zone
    seen: set[str] = set()
    code = spec.parent
    while code and code not in seen:
        yield code
        seen.add(code)
        code = specs[code].parent if code in specs else None
