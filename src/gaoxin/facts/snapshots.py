"""Facts frozen for computing: wide Parquet per kind of subject, with a manifest (快照).

1. Long rows come in as Polars frames, in batches and in any order; they hold standing values only.
2. `freeze` writes `enterprise.parquet`, `zone.parquet` … and `manifest.json` into a new folder, or nothing at
   all.
3. `open_snapshot` verifies the files against the manifest and reads columns lazily.

A snapshot is never changed. Equal facts give equal bytes and an equal hash, whatever the order of the rows.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.core.errors import SnapshotError
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.manifests import MANIFEST, Column, Manifest, Table, file_hash, overall_hash
from gaoxin.facts.records import Observation
from gaoxin.facts.wide import Gathered, content_hash, gather, widen

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric

_ROW_GROUP = 100_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A verified snapshot on disk."""

    directory: Path
    manifest: Manifest

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.manifest.tables)

    def frame(self, kind: str) -> pl.LazyFrame:
        """The wide table of one kind of subject; columns are read when they are used.

        Units: numbers are integers at the storage scale that `columns` tells.
        """
        return pl.scan_parquet(self.directory / self._table(kind).file)

    def columns(self, kind: str) -> tuple[Column, ...]:
        """What each column is, without `subject`."""
        return self._table(kind).columns[1:]

    def column(
        self, kind: str, metric: str, period: str, figure: str = "level", of: str = "", group: str = ""
    ) -> Column:
        """The value column of one figure. Raises: SnapshotError if nobody has a value for it."""
        asked = (metric, period, figure, of, group)
        for column in self.columns(kind):
            if column.part == "value" and asked == (
                column.metric, column.period, column.figure, column.of, column.group
            ):  # fmt: skip
                return column
        raise SnapshotError(
            f"快照中没有“{metric}”{period} 的数据。",
            f"The snapshot has no {metric} for {period}.",
            metric=metric,
        )

    def _table(self, kind: str) -> Table:
        if kind not in self.manifest.tables:
            raise SnapshotError(
                f"快照中没有“{kind}”一类的主体，只有：{'、'.join(self.kinds)}。",
                f"The snapshot has no subjects of kind {kind!r}, only {', '.join(self.kinds)}.",
            )
        return self.manifest.tables[kind]


def freeze(
    rows: pl.DataFrame | Iterable[pl.DataFrame],
    directory: Path,
    *,
    as_of: datetime | None = None,
    created: datetime | None = None,
) -> Manifest:
    """Write a snapshot of long rows into `directory`, which must not hold anything yet.

    Shapes: columns `subject`, `metric`, `period` and any of `kind`, `figure`, `of`, `group`, `value_type`,
    `dimension`, `op`, `number`, `high`, `step`, `text`; one standing value per subject and figure.
    Units: numbers as integers at the storage scale of `dimension`.
    Missing: what has no row has no value; nothing is filled in.
    Raises: SnapshotError; the folder is then left as it was.
    """
    if directory.exists() and any(directory.iterdir()):
        raise SnapshotError(
            f"{directory} 不是空文件夹，快照不能覆盖已有文件。",
            f"{directory} is not empty; a snapshot overwrites nothing.",
        )
    gathered = gather([rows] if isinstance(rows, pl.DataFrame) else rows)
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".freezing-", dir=directory.parent))
    try:
        tables = {kind: _write(kind, held, draft) for kind, held in gathered.items()}
        contents = {kind: table.content for kind, table in tables.items()}
        manifest = Manifest(overall_hash(contents), as_of, created or datetime.now(UTC), tables)
        manifest.write(draft)
        if directory.exists():
            directory.rmdir()
        draft.rename(directory)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return manifest


def open_snapshot(directory: Path, *, deep: bool = False) -> Snapshot:
    """The snapshot in a folder, its files checked against the manifest.

    `deep`: also recompute the hash of the content from the data.
    Raises: SnapshotError naming the file that is missing, changed or damaged.
    """
    manifest = Manifest.read(directory)
    if overall_hash({kind: table.content for kind, table in manifest.tables.items()}) != manifest.hash:
        raise SnapshotError(f"{directory / MANIFEST} 被改动过。", f"{directory / MANIFEST} has been changed.")
    for table in manifest.tables.values():
        path = directory / table.file
        if not path.exists():
            raise SnapshotError(
                f"快照缺少文件 {table.file}。", f"The snapshot lacks {table.file}.", file=table.file
            )
        if file_hash(path) != table.sha256:
            raise SnapshotError(
                f"快照文件 {table.file} 被改动过。", f"{table.file} has been changed.", file=table.file
            )
        if deep and content_hash(pl.read_parquet(path), table.columns) != table.content:
            raise SnapshotError(
                f"快照文件 {table.file} 内容不符。", f"{table.file} says something else.", file=table.file
            )
    return Snapshot(directory, manifest)


def rows_of(facts: FactBase, metrics: Mapping[str, Metric], *, as_of: datetime | None = None) -> pl.DataFrame:
    """The standing figures of a fact base as long rows; what is disputed has none."""
    settled = (facts.settlement(key, as_of).standing for key in facts.keys(as_of=as_of))
    return pl.DataFrame([_row(obs, metrics) for obs in settled if obs is not None], schema=_SCHEMA)


_SCHEMA = {
    **dict.fromkeys(
        ("subject", "metric", "period", "figure", "of", "group", "value_type", "dimension", "op", "text"),
        pl.String,
    ),
    **dict.fromkeys(("number", "high", "step"), pl.Int64),
}


def _row(obs: Observation, metrics: Mapping[str, Metric]) -> dict[str, object]:
    value = obs.value
    metric = metrics.get(obs.metric)
    stated = metric.value_type if metric is not None and obs.figure == "level" else "text"
    return {
        "subject": obs.subject,
        "metric": obs.metric,
        "period": obs.period.code,
        "figure": obs.figure,
        "of": obs.of,
        "group": obs.group,
        "value_type": "number" if value.is_number else stated,
        "dimension": value.dimension.value if value.dimension is not None else None,
        "op": value.op,
        "text": value.text,
        "number": value.number,
        "high": value.high,
        "step": value.step,
    }


def _write(kind: str, gathered: Gathered, directory: Path) -> Table:
    table, kept = widen(gathered)
    path = directory / f"{kind}.parquet"
    table.write_parquet(path, compression="zstd", statistics=True, row_group_size=_ROW_GROUP)
    return Table(
        file=path.name,
        subjects=table.height,
        values=gathered.rows,
        columns=kept,
        content=content_hash(table, kept),
        sha256=file_hash(path),
        bytes=path.stat().st_size,
    )
