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
_OLD = ("old", "old_number", "old_text")
_OFTEN_ONE = ("period", "figure", "of", "unit", "dimension", "text", "written", "note")
_COLUMNS = ("subject_id", "metric_id", "number", "locator", *_OFTEN_ONE)
_BLOCK = 200_000
_REASON = "同一来源再次报送"
Told = Callable[[int], bulk.Progress]


@dataclass(slots=True)
class Recording:
    """What an import will write. `frame`: the cells with `old`, the observation each replaces or null."""

    resolution: Resolution
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
        told = resolution.cells
        new = list(resolution.new_subjects.select("subject", "name", "uscc").iter_rows())
        _refuse_foreign(run, [code for code, _, _ in new])
        counts = {"recorded": 0, "replaced": 0, "new_subjects": len(new), "stated_already": 0}
        if told.is_empty():
            return cls(resolution, told.with_columns(old=pl.lit(None, pl.Int64)), new, seen, counts)
        check(report.cancelled)
        joined = _beside_own(run, resolution)
        report("prepare", 1, 2)
        same = (
            pl.col("old").is_not_null()
            & pl.col("number").eq_missing(pl.col("old_number"))
            & pl.col("text").eq_missing(pl.col("old_text"))
        )
        frame = joined.filter(~same).drop("old_number", "old_text")
        counts |= {
            "recorded": frame.height,
            "replaced": frame["old"].count(),
            "stated_already": joined.height - frame.height,
        }
        report("prepare", 2, 2)
        return cls(resolution, frame, new, seen, counts)


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

    done = replaced = 0
    ordered, metrics, subjects = _ordered(recording)
    with bulk.ranking_afterwards(total):
        for part in ordered.iter_slices(_BLOCK):
            plain, replacing = _split(_numbered(recording.resolution.described(part), metrics, subjects))
            _load(plain, constants, told, done)
            replaced += _replace(replacing, done + plain.height, constants, told)
            done += part.height
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


def _beside_own(run: ImportRun, resolution: Resolution) -> pl.DataFrame:
    """The cells with what this source says already: `old`, `old_number`, `old_text`."""
    cells = resolution.cells
    mine = own_values(run, pairs_of(resolution)).rename(
        {"id": "old", "number": "old_number", "text": "old_text"}
    )
    if mine.is_empty():  # a first import is the largest
        nothing = (pl.lit(None, mine.schema[name]).alias(name) for name in _OLD)
        return cells.with_columns(nothing)
    keys = pl.DataFrame(
        [(c.number, c.metric, c.period, c.figure, c.of) for c in resolution.columns],
        schema={"column": pl.UInt16} | dict.fromkeys(_KEY[1:], pl.String),
        orient="row",
    ).with_columns(key=pl.struct(_KEY[1:]).rank("dense"))
    who = resolution.subjects.drop_nulls().with_columns(who=pl.col("subject").rank("dense"))
    held = (
        mine.join(keys.unique("key").drop("column"), on=_KEY[1:])
        .join(who.unique("who").drop("row"), on="subject")
        .select("key", "who", *_OLD)
    )
    return (
        cells.join(keys.select("column", "key"), on="column")
        .join(who.select("row", "who"), on="row")
        .join(held, on=["key", "who"], how="left")
        .drop("key", "who")
    )


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


def _ordered(recording: Recording) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The cells in the order that loads fastest, and the numbers of metrics and subjects."""
    resolution = recording.resolution
    codes = resolution.subjects["subject"].drop_nulls().unique().to_list()
    held: list[tuple[str, int]] = []
    for start in range(0, len(codes), 500):
        held += models.Subject.objects.filter(code__in=codes[start : start + 500]).values_list("code", "pk")
    subjects = pl.DataFrame(held, schema={"subject": pl.String, "subject_id": pl.Int32}, orient="row")
    present = set(recording.frame["column"].unique())
    columns = [column for column in resolution.columns if column.number in present]
    metrics = pl.DataFrame(
        [_metric(code) for code in dict.fromkeys(column.metric for column in columns)],
        schema={"metric": pl.String, "metric_id": pl.Int32, "dimension": pl.String},
        orient="row",
    )
    numbers = dict(metrics.select("metric", "metric_id").iter_rows())
    columns.sort(key=lambda column: (numbers[column.metric], column.period))
    places = pl.DataFrame(
        {"column": [column.number for column in columns], "place": range(len(columns))},
        schema={"column": pl.UInt16, "place": pl.UInt16},
    )
    rows = resolution.subjects.join(subjects, on="subject").select("row", "subject_id")
    ordered = recording.frame.join(rows, on="row").join(places, on="column").sort("subject_id", "place")
    return ordered.drop("subject_id", "place"), metrics, subjects


def _numbered(part: pl.DataFrame, metrics: pl.DataFrame, subjects: pl.DataFrame) -> pl.DataFrame:
    """Described cells with the numbers of subject and metric, in the same order."""
    return (
        part.join(subjects, on="subject", maintain_order="left")
        .join(metrics, on="metric", maintain_order="left")
        .with_columns(
            locator=pl.col("cell"),
            dimension=pl.when(pl.col("number").is_not_null()).then("dimension").otherwise(pl.lit("")),
            text=pl.when(pl.col("number").is_null()).then("text"),
        )
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
