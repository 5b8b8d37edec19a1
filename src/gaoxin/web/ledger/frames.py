"""The standing values of many subjects as columns, for freezing and for judging imports (整列读台账).

What `reading.py` does for a page, done for millions: rows stream past as Polars frames, never as objects.

1. Observations in use are read with raw cursors (PostgreSQL: COPY). Nearly all are plain (one exact
   number, level); they are read with few columns, the others with all.
2. A key with one observation stands. Several plain ones that say the same stand once.
3. What is left (bounds, texts, rulings, derived figures) is settled by `gaoxin.facts.conflicts`, key by
   key; what is in dispute has no value and is left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl
from django.db import connection

from gaoxin.web.ledger import models
from gaoxin.web.ledger.liveness import batches, replacements
from gaoxin.web.ledger.reading import replay

CHUNK = 200_000
_PLAIN = (
    "o.figure = 'level' AND o.op = '=' AND o.of = '' AND o.\"group\" = '' AND o.high IS NULL "
    "AND o.step IS NULL AND o.text IS NULL AND o.status <> 'derived'"
)
_KEY = ["subject_id", "metric_id", "period"]
_FULL_KEY = [*_KEY, "figure", "of", "group"]
PLAIN_SCHEMA: dict[str, pl.DataType] = {
    "id": pl.Int64(),
    "subject_id": pl.Int32(),
    "metric_id": pl.Int32(),
    "period": pl.String(),
    "number": pl.Int64(),
    "batch_id": pl.Int32(),
    "source_id": pl.Int32(),
    "dimension": pl.String(),
}
RICH_SCHEMA: dict[str, pl.DataType] = PLAIN_SCHEMA | {
    "figure": pl.String(),
    "of": pl.String(),
    "group": pl.String(),
    "op": pl.String(),
    "high": pl.Int64(),
    "step": pl.Int64(),
    "text": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which observations: of these metrics and periods, of one source, as of a moment. Empty means all."""

    pairs: Sequence[tuple[int, str]] = ()
    source_id: int | None = None
    zone_id: int | None = None
    as_of: datetime | None = None

    def condition(self) -> tuple[str, list[object]]:
        parts: list[str] = []
        values: list[object] = []
        if self.pairs:
            by_period: dict[str, list[int]] = {}
            for metric, period in self.pairs:
                by_period.setdefault(period, []).append(metric)
            either = []
            for period, metrics in by_period.items():
                either.append(f"(o.period = %s AND o.metric_id IN ({', '.join(['%s'] * len(metrics))}))")
                values += [period, *metrics]
            parts.append(f"({' OR '.join(either)})")
        if self.source_id is not None:
            parts.append("o.source_id = %s")
            values.append(self.source_id)
        if self.zone_id is not None:
            parts.append("o.subject_id IN (SELECT id FROM ledger_subject WHERE zone_id = %s OR id = %s)")
            values += [self.zone_id, self.zone_id]
        return " AND ".join(parts) or "1 = 1", values


@dataclass(slots=True)
class Standing:
    """What stands. `plain`: number per subject, metric, period; `rich`: the rest with all columns."""

    plain: pl.DataFrame
    rich: pl.DataFrame
    disputed: int = 0
    settled: list[int] = field(default_factory=list)


def standing(wanted: Wanted) -> Standing:
    """All values that stand, one row per key."""
    plain, rich = in_use(wanted)
    kinds = pl.concat([plain.select(_KEY), rich.filter(pl.col("figure") == "level").select(_KEY)])
    held = pl.concat([plain.select(_KEY), rich.select(_KEY)]).unique()
    ruled = _ruled_keys(wanted.as_of).join(held, on=_KEY, how="semi")
    several = kinds.filter(pl.struct(_KEY).is_duplicated()).unique() if kinds.height else kinds
    touched = pl.concat([several, ruled]).unique()
    alone = plain.join(touched, on=_KEY, how="anti")
    dup = plain.join(touched, on=_KEY, how="semi")
    mixed = rich.join(touched, on=_KEY, how="semi")
    same, hard = _agreeing(dup, pl.concat([mixed.select(_KEY), ruled]).unique())
    twice = (
        rich.filter(pl.struct(_FULL_KEY).is_duplicated()).select(_KEY).unique()
        if rich.height
        else mixed.select(_KEY)
    )
    hard = pl.concat([hard, mixed.select(_KEY), twice, ruled]).unique()
    ids, disputed = _settle(hard, wanted.as_of)
    kept = pl.DataFrame({"id": ids}, schema={"id": pl.Int64})
    plain_out = pl.concat([alone, same, dup.join(hard, on=_KEY, how="semi").join(kept, on="id", how="semi")])
    rich_out = pl.concat(
        [
            rich.join(hard, on=_KEY, how="anti"),
            rich.join(hard, on=_KEY, how="semi").join(kept, on="id", how="semi"),
        ]
    )
    return Standing(plain_out, rich_out, disputed, ids)


def in_use(wanted: Wanted) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Observations neither superseded nor withdrawn: the plain ones and the others."""
    condition, values = wanted.condition()
    dead = _dead(wanted.as_of)
    recorded = _recorded(wanted.as_of)

    def usable(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.join(recorded, on="batch_id", how="semi").join(dead, on="id", how="anti")

    plain = [usable(f) for f in rows(PLAIN_SCHEMA, f"{condition} AND {_PLAIN}", values)]
    rich = [usable(f) for f in rows(RICH_SCHEMA, f"{condition} AND NOT ({_PLAIN})", values)]
    return (
        pl.concat(plain) if plain else pl.DataFrame(schema=PLAIN_SCHEMA),
        pl.concat(rich) if rich else pl.DataFrame(schema=RICH_SCHEMA),
    )


def rows(schema: dict[str, pl.DataType], condition: str, values: Sequence[object]) -> Iterator[pl.DataFrame]:
    """Observations that meet an SQL condition on `o`, as frames of some hundred thousand rows."""
    columns = ", ".join(f'o."{name}"' for name in schema)
    statement = f"SELECT {columns} FROM ledger_observation o WHERE {condition}"
    yield from read_frames(statement, values, schema)


def read_frames(
    statement: str, values: Sequence[object], schema: dict[str, pl.DataType]
) -> Iterator[pl.DataFrame]:
    """The rows of a query as frames. PostgreSQL sends them as one stream, SQLite row by row."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        yield from _copied(statement, values, schema)
        return
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement.replace("%s", "?"), list(values))
        cursor.row_factory = None
        while chunk := cursor.fetchmany(CHUNK):
            columns = zip(*chunk, strict=True)
            yield pl.DataFrame(
                [
                    pl.Series(name, column, dtype=dtype, strict=True)
                    for (name, dtype), column in zip(schema.items(), columns, strict=True)
                ]
            )
    finally:
        cursor.close()


def _copied(
    statement: str, values: Sequence[object], schema: dict[str, pl.DataType]
) -> Iterator[pl.DataFrame]:
    with connection.connection.cursor() as cursor:
        held, size = io.BytesIO(), 0
        # Missing is an empty field, an empty text is "" in quotes: the two stay apart.
        with cursor.copy(
            f"COPY ({statement}) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)", list(values)
        ) as copy:
            for block in copy:
                held.write(block)
                size += len(block)
                if size > 32 * 1024 * 1024 and bytes(block).endswith(b"\n"):
                    yield _parsed(held, schema)
                    held, size = io.BytesIO(), 0
        if size:
            yield _parsed(held, schema)


def _parsed(held: io.BytesIO, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.read_csv(held.getvalue(), has_header=False, schema=schema)


def _dead(as_of: datetime | None) -> pl.DataFrame:
    """Observations replaced by one that counts."""
    replaced = list(replacements(as_of).values_list("old_id", flat=True))
    return pl.DataFrame({"id": replaced}, schema={"id": pl.Int64})


def _recorded(as_of: datetime | None) -> pl.DataFrame:
    recorded = list(batches(as_of).values_list("pk", flat=True))
    return pl.DataFrame({"batch_id": recorded}, schema={"batch_id": pl.Int32})


def _ruled_keys(as_of: datetime | None) -> pl.DataFrame:
    rulings = models.Ruling.objects.filter(at__lte=as_of) if as_of else models.Ruling.objects.all()
    keys = list(rulings.values_list("subject_id", "metric_id", "period").distinct())
    return pl.DataFrame(keys, schema={name: PLAIN_SCHEMA[name] for name in _KEY}, orient="row")


def _agreeing(dup: pl.DataFrame, hard: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of keys with several plain values: one row for those that say the same, the keys of the rest."""
    easy = dup.join(hard, on=_KEY, how="anti")
    told = easy.group_by(_KEY).agg(
        pl.col("number").n_unique().alias("numbers"), pl.col("id").min().alias("first")
    )
    same = easy.join(
        told.filter(pl.col("numbers") == 1).select(pl.col("first").alias("id")), on="id", how="semi"
    )
    return same, told.filter(pl.col("numbers") > 1).select(_KEY)


def _settle(hard: pl.DataFrame, as_of: datetime | None) -> tuple[list[int], int]:
    """Ids of what stands for the keys that need a closer look; how many keys are in dispute."""
    kept: list[int] = []
    disputed = 0
    for (subject,), part in hard.partition_by("subject_id", as_dict=True).items():
        subject_row = models.Subject.objects.get(pk=subject)
        of_subject = models.Observation.objects.filter(
            subject=subject_row, metric__in=part["metric_id"].to_list(), period__in=part["period"].to_list()
        )
        replayed = replay(of_subject, codes={subject_row.pk: subject_row.code}, as_of=as_of)
        wanted = set(part.select("metric_id", "period").iter_rows())
        codes = dict(models.Metric.objects.filter(pk__in={m for m, _ in wanted}).values_list("code", "pk"))
        keys = replayed.base.keys()
        for key in keys:
            if (codes.get(key.metric), key.period) not in wanted:
                continue
            settled = replayed.base.settlement(key)
            if settled.standing is not None:
                kept.append(int(settled.standing.id))
            elif settled.state == "conflict":
                disputed += 1
    return kept, disputed
