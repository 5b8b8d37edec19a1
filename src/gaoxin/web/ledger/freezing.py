"""Freezes what stands in the ledger into a snapshot (生成快照).

The files are written by `gaoxin.facts.snapshots`; here the rows are streamed to it, the row of the
snapshot is recorded, and the run card says with which packs, code and moment it was made. Equal facts give
the same folder and no new row.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
from django.db import transaction
from django.utils import timezone

from gaoxin import __version__
from gaoxin.core.errors import FactError
from gaoxin.facts.runcards import RunCard
from gaoxin.facts.snapshots import freeze, open_snapshot
from gaoxin.web import environment
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.ledger import catalogue, models
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.frames import Wanted, standing
from gaoxin.web.ledger.moments import last_moment, when

_SLICE = 500_000
Say = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot and how it came about. `fresh` is False if the same facts were frozen before."""

    snapshot: models.Snapshot
    directory: Path
    disputed: int
    fresh: bool
    card: Path


def snapshots_home() -> Path:
    return environment.home() / "snapshots"


def freeze_ledger(*, by: User | None = None, as_of: datetime | None = None, say: Say | None = None) -> Frozen:
    """Freeze the facts as of a moment, by default the newest there is.

    A conflict without a ruling has no value; `disputed` says how many were left out.
    Raises: FactError for a moment that is still to come or an empty ledger; SnapshotError.
    """
    if by is not None:
        require(by, "facts.export")
    newest = last_moment()
    if newest is None:
        raise FactError("库里还没有数，不能生成快照。", "The ledger is empty; there is nothing to freeze.")
    if as_of is not None and as_of > timezone.now():
        raise FactError(
            "时点还没有到，那时的数还会变。", "That moment is still to come; its facts may change."
        )
    moment = min(as_of, newest) if as_of is not None else newest
    first = models.Batch.objects.order_by("at").values_list("at", flat=True).first()
    if first is not None and moment < first:
        raise FactError(
            f"那时库里还没有数（最早的数登记于 {when(first)}），没有生成快照。",
            f"The ledger held nothing then (its first figures are of {when(first)}); nothing was frozen.",
        )
    held = standing(Wanted(as_of=moment))
    draft = snapshots_home() / f".new-{timezone.now():%Y%m%d%H%M%S%f}"
    manifest = freeze(_long_rows(held.plain, held.rich), draft, as_of=moment)
    directory = snapshots_home() / manifest.hash[:16]
    fresh = not directory.exists()
    if fresh:
        draft.rename(directory)
    else:
        shutil.rmtree(draft)
        open_snapshot(directory)
    counts = {
        kind: {"subjects": table.subjects, "values": table.values} for kind, table in manifest.tables.items()
    }
    with transaction.atomic():
        row, made = models.Snapshot.objects.get_or_create(
            hash=manifest.hash,
            defaults={
                "as_of": moment,
                "path": directory.name,
                "counts": counts,
                "at": timezone.now(),
                "by_name": author(by),
            },
        )
        if made:
            record_event(by=by, action="snapshot.freeze", target=manifest.hash, detail={"counts": counts})
    card = _card(manifest.hash, moment)
    return Frozen(row, directory, held.disputed, made, card)


def _card(content: str, moment: datetime) -> Path:
    """The run card, beside the snapshots: one for every time something was frozen."""
    now = timezone.now()
    packs = {name: pack.version for name, pack in catalogue.library().packs.items()}
    card = RunCard(
        packs, content, {"as_of": moment.isoformat()}, None, __version__, now, {"snapshot": content}
    )
    path = snapshots_home() / "cards" / f"{now:%Y%m%d-%H%M%S-%f}-{content[:16]}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    card.save(path)
    return path


def _long_rows(plain: pl.DataFrame, rich: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows in the shape that `facts.snapshots.freeze` takes, some hundred thousand at a time."""
    subjects = pl.DataFrame(
        list(models.Subject.objects.values_list("pk", "code", "kind")),
        schema={"subject_id": pl.Int32, "subject": pl.String, "kind": pl.String},
        orient="row",
    )
    numbered = list(models.Metric.objects.values_list("pk", "code"))
    metrics = pl.DataFrame(
        [(pk, code, catalogue.metric(code).value_type) for pk, code in numbered],
        schema={"metric_id": pl.Int32, "metric": pl.String, "stated": pl.String},
        orient="row",
    )
    for frame in (*plain.iter_slices(_SLICE), *rich.iter_slices(_SLICE)):
        if frame.is_empty():
            continue
        named = frame.join(subjects, on="subject_id").join(metrics, on="metric_id")
        is_number = pl.col("dimension") != ""
        stated = (
            pl.when(pl.col("figure") == "level").then("stated").otherwise(pl.lit("text"))
            if "figure" in frame.columns
            else pl.col("stated")
        )
        yield named.with_columns(
            value_type=pl.when(is_number).then(pl.lit("number")).otherwise(stated),
            dimension=pl.when(is_number).then("dimension"),
        ).drop("id", "subject_id", "metric_id", "batch_id", "source_id", "stated")
