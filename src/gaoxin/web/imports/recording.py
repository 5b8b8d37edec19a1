"""Writes a decided import into the ledger (入库): new subjects, one batch, its rows, what they replace.

`Recording.prepare` works out everything that can be known before; `record` only writes. A figure that this
source states already is not written again; one that differs from what this source said supersedes it;
another source is left alone, and the two may then disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from gaoxin.core.errors import IngestError
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.ingest.decisions import Resolution
from gaoxin.facts.ingest.progress import check
from gaoxin.web.imports.current import own_values, pairs_of
from gaoxin.web.imports.models import ImportRun
from gaoxin.web.imports.progress import Reporter
from gaoxin.web.ledger import bulk, catalogue, models
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.models.decisions import ReasonCode
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import last_moment, stamp
from gaoxin.web.ledger.search import search_fields

_KEY = ["subject", "metric", "period", "figure", "of"]
_OFTEN_ONE = ("period", "figure", "of", "unit", "dimension", "text", "written", "note")
_COLUMNS = ("subject_id", "metric_id", "number", "locator", *_OFTEN_ONE)
_REASON = "同一来源再次报送"
Told = Callable[[int], bulk.Progress]


@dataclass(slots=True)
class Recording:
    """What an import will write. `frame`: the rows with `old`, the observation each replaces or null."""

    frame: pl.DataFrame
    new_subjects: list[tuple[str, str, str]]
    seen: datetime | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.frame.height

    @classmethod
    def prepare(cls, run: ImportRun, resolution: Resolution, report: Reporter) -> Recording:
        """Raises: IngestError for an enterprise that belongs to another zone."""
        seen = last_moment()
        told = resolution.observations
        new = list(resolution.new_subjects.select("subject", "name", "uscc").iter_rows())
        _refuse_foreign(run, [code for code, _, _ in new])
        counts = {"recorded": 0, "replaced": 0, "new_subjects": len(new), "stated_already": 0}
        if told.is_empty():
            return cls(pl.DataFrame(schema={"old": pl.Int64}), new, seen, counts)
        check(report.cancelled)
        mine = own_values(run, pairs_of(told)).rename(
            {"id": "old", "number": "old_number", "text": "old_text"}
        )
        report("prepare", 1, 2)
        joined = told.join(mine, on=_KEY, how="left")
        same = (
            pl.col("old").is_not_null()
            & pl.col("number").eq_missing(pl.col("old_number"))
            & pl.col("text").eq_missing(pl.col("old_text"))
        )
        frame = joined.filter(~same)
        counts |= {
            "recorded": frame.height,
            "replaced": frame["old"].count(),
            "stated_already": joined.height - frame.height,
        }
        report("prepare", 2, 2)
        return cls(frame, new, seen, counts)


def record(run: ImportRun, recording: Recording, report: Reporter) -> models.Batch | None:
    """Write it, inside the caller's transaction.

    Returns the batch; None if nothing had to be written, or if the ledger changed since `prepare` in what
    this source says: then the caller rolls back and prepares anew.
    """
    total = recording.rows
    _add_subjects(run, recording.new_subjects)
    if not total:
        return None
    batch_id = bulk.reserve_batch_id()
    plain, replacing = _split(_numbered(recording.frame))
    constants = {
        "batch_id": batch_id,
        "source_id": run.source_id,
        "status": "synthetic" if run.zone.synthetic else "reported",
    }

    def told(offset: int) -> bulk.Progress:
        def note(done: int) -> None:
            check(report.cancelled)
            report("store", offset + done, total)

        return note

    with bulk.ranking_afterwards(total):
        _load(plain, constants, told)
        replaced = _replace(replacing, plain.height, constants, told)
    check(report.cancelled)
    at = stamp()
    if _changed_since(run, recording.seen):
        return None
    batch = models.Batch.objects.create(
        id=batch_id,
        kind=BatchKind.IMPORT,
        zone=run.zone,
        source=run.source,
        by=run.by,
        by_name=run.by_name,
        at=at,
        reason=f"{run.file_name} {run.sheet}".strip(),
        rows=total,
    )
    record_event(
        by=run.by,
        action="import.accept",
        zone=run.zone,
        target=str(run.pk),
        detail={
            "batch": batch_id,
            "rows": total,
            "replaced": replaced,
            "sha256": run.sha256,
            "by_name": run.by_name,
        },
    )
    return batch


def _refuse_foreign(run: ImportRun, codes: list[str]) -> None:
    taken: list[str] = []
    for start in range(0, len(codes), 500):
        part = codes[start : start + 500]
        taken += models.Subject.objects.filter(code__in=part).values_list("code", flat=True)
        slugs = [code.partition("/")[2] for code in part]
        taken += models.Subject.objects.filter(uscc__in=slugs).values_list("code", flat=True)
    if taken:
        listed = "、".join(sorted({code.partition("/")[2] for code in taken})[:5])
        raise IngestError(
            f"{listed} 等 {len(set(taken))} 家已登记在别的高新区，不能在这里入库。请先退回这些行。",
            f"{len(set(taken))} enterprises are registered in another zone; send these rows back first.",
            subjects=sorted(set(taken))[:100],
        )


def _add_subjects(run: ImportRun, new: list[tuple[str, str, str]]) -> None:
    models.Subject.objects.bulk_create(
        (
            models.Subject(
                code=code,
                kind=run.kind,
                name=name,
                uscc=uscc or None,
                zone=run.zone,
                parent=run.zone,
                synthetic=run.zone.synthetic,
                **search_fields(name),
            )
            for code, name, uscc in new
        ),
        batch_size=500,
    )


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with the numbers of subject and metric, in the order that loads fastest."""
    codes = frame["subject"].unique().to_list()
    held: list[tuple[str, int]] = []
    for start in range(0, len(codes), 500):
        held += models.Subject.objects.filter(code__in=codes[start : start + 500]).values_list("code", "pk")
    subjects = pl.DataFrame(held, schema={"subject": pl.String, "subject_id": pl.Int32}, orient="row")
    metrics = [
        (code, pk, dimension)
        for code, pk, dimension in (_metric(code) for code in frame["metric"].unique().to_list())
    ]
    numbered = pl.DataFrame(
        metrics, schema={"metric": pl.String, "metric_id": pl.Int32, "dimension": pl.String}, orient="row"
    )
    return (
        frame.join(subjects, on="subject")
        .join(numbered, on="metric")
        .with_columns(
            locator=pl.col("cell"),
            dimension=pl.when(pl.col("number").is_not_null()).then("dimension").otherwise(pl.lit("")),
            # number and unit print what stands in the cell; only a converted figure keeps its wording
            written=pl.when(pl.col("note") != "").then("written").otherwise(pl.lit("")),
            text=pl.when(pl.col("number").is_null()).then("text"),
        )
        .sort("subject_id", "metric_id", "period")
    )


def _metric(code: str) -> tuple[str, int, str]:
    known = catalogue.metric(code)
    dimension = unit_named(known.unit or "1").dimension.value if known.is_numeric else ""
    row = models.Metric.objects.get_or_create(
        code=code, defaults={"sensitivity": known.sensitivity, "dimension": dimension}
    )[0]
    return code, row.pk, dimension


def _split(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return frame.filter(pl.col("old").is_null()), frame.filter(pl.col("old").is_not_null())


def _load(frame: pl.DataFrame, constants: Mapping[str, Any], told: Told, before: int = 0) -> None:
    """Write the rows in their order; a column with one content throughout goes into the statement."""
    if frame.is_empty():
        return
    columns = [name for name in ("id", *_COLUMNS) if name in frame.columns]
    single = {name: frame[name][0] for name in _OFTEN_ONE if frame[name].n_unique() == 1}
    varying = [name for name in columns if name not in single]
    bulk.load(
        varying, frame.select(varying).iter_rows(), constants={**constants, **single}, progress=told(before)
    )


def _replace(frame: pl.DataFrame, before: int, constants: Mapping[str, Any], told: Told) -> int:
    """Write rows that supersede others, and say which; their numbers are reserved first."""
    if frame.is_empty():
        return 0
    ids = bulk.reserve_ids(frame.height)
    _load(frame.with_columns(pl.Series("id", ids, dtype=pl.Int64)), constants, told, before)
    olds = frame["old"].to_list()
    older = _replaced_by(olds)
    links = (
        (old, new, direct)
        for new, nearest in zip(ids, olds, strict=True)
        for old, direct in ((nearest, True), *((each, False) for each in older.get(nearest, ())))
    )
    bulk.insert(
        "ledger_supersession",
        ("old_id", "new_id", "direct", "batch_id", "reason_code", "reason"),
        3,
        links,
        (constants["batch_id"], ReasonCode.MISTAKE.value, _REASON),
    )
    return frame.height


def _replaced_by(olds: list[int]) -> dict[int, list[int]]:
    """What each of these observations had itself replaced."""
    found: dict[int, list[int]] = {}
    for start in range(0, len(olds), 500):
        rows = models.Supersession.objects.filter(new__in=olds[start : start + 500]).values_list(
            "new_id", "old_id"
        )
        for new, old in rows:
            found.setdefault(new, []).append(old)
    return found


def _changed_since(run: ImportRun, seen: datetime | None) -> bool:
    """Was anything recorded, corrected or taken back of this source since `seen`?"""
    if seen is None:
        return models.Batch.objects.filter(source=run.source).exists()
    return (
        models.Batch.objects.filter(at__gt=seen, source=run.source).exists()
        or models.Supersession.objects.filter(batch__at__gt=seen, old__source=run.source).exists()
        or models.Withdrawal.objects.filter(at__gt=seen).exists()
    )
