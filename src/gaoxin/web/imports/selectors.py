"""Reads imports (导入查询): of the reader's zones, for those who may import."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gaoxin.facts.ingest.diff import Diff
from gaoxin.facts.ingest.lines import Line
from gaoxin.facts.ingest.mapping import Mapping, Question
from gaoxin.facts.ingest.review import Group, count, page
from gaoxin.facts.ingest.workbook import Table
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import NotFound
from gaoxin.web.imports import files, heads
from gaoxin.web.imports.models import ImportRun
from gaoxin.web.imports.progress import Progress, progress_of
from gaoxin.web.imports.steps import annotated
from gaoxin.web.ledger import models, scope

__all__ = [
    "Line",
    "Progress",
    "Review",
    "annotated_file",
    "head",
    "mapping",
    "progress",
    "review",
    "run",
    "runs",
]


def runs(reader: object, zone: models.Subject, *, limit: int = 50) -> list[ImportRun]:
    """The imports of a zone, newest first."""
    account = scope.enter(reader)
    require(account, "facts.import")
    rows = ImportRun.objects.filter(zone=zone, zone__in=scope.zone_ids(account))
    return list(rows.select_related("source", "batch__withdrawal").order_by("-at")[:limit])


def run(reader: object, run_id: uuid.UUID | str) -> ImportRun:
    """One import. Raises: NotFound also for one of another zone."""
    account = scope.enter(reader)
    require(account, "facts.import")
    try:
        number = run_id if isinstance(run_id, uuid.UUID) else uuid.UUID(str(run_id))
    except ValueError:
        raise NotFound(run=str(run_id)) from None
    rows = ImportRun.objects.filter(zone__in=scope.zone_ids(account))
    found = rows.select_related("zone", "source", "batch__withdrawal", "by").filter(pk=number).first()
    if found is None:
        raise NotFound(run=str(run_id))
    return found


def progress(reader: object, run_id: uuid.UUID | str) -> Progress:
    """How far the present step is."""
    return progress_of(run(reader, run_id).pk)


def mapping(reader: object, run_id: uuid.UUID | str) -> Mapping:
    """How the columns are understood, with the open questions."""
    held = run(reader, run_id)
    if not held.mapping:
        raise NotFound("这张表还没有读完，请稍候。", "The sheet is not read yet; wait a moment.")
    from dataclasses import replace

    asked = tuple(Question(**{**q, "choices": tuple(q["choices"])}) for q in held.questions)
    return replace(Mapping.from_json(held.mapping), questions=asked)


def head(reader: object, run_id: uuid.UUID | str) -> Table:
    """The first rows of the sheet, to show beside the columns. Dates are texts here."""
    return heads.head_of(run(reader, run_id).pk)


@dataclass(frozen=True, slots=True)
class Review:
    """One page of what would change, and the numbers above it."""

    run: ImportRun
    lines: Sequence[Line]
    in_group: int
    counts: dict[str, int]
    decisions: dict[str, str]
    open: int
    compared_zh: str
    slips: Sequence[Any]


def review(
    reader: object,
    run_id: uuid.UUID | str,
    group: Group = "attention",
    *,
    after: int = 0,
    limit: int = 50,
    search: str = "",
) -> Review:
    """Lines `after` … `after + limit` of a group: attention, normal, unchanged. Raises: NotFound."""
    held = run(reader, run_id)
    judged = Diff.open(files.diff_folder(held.pk))
    found: list[str] | None = None
    if search.strip():
        from gaoxin.web.ledger.search import matches

        rows = models.Subject.objects.filter(zone=held.zone, kind=held.kind).filter(matches(search))
        found = list(rows.values_list("code", flat=True)[:2000])
    return Review(
        held,
        page(judged, group, after=after, limit=max(1, min(limit, 200)), search=search, subjects=found),
        count(judged, group),
        dict(judged.counts),
        held.decisions,
        len(judged.open_keys(held.decisions)),
        judged.compared_zh,
        judged.slips,
    )


def annotated_file(reader: object, run_id: uuid.UUID | str) -> bytes:
    """The workbook back with comments on the bad cells."""
    return annotated(run(reader, run_id))
