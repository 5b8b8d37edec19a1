"""From long rows to one wide table per kind of subject (长表转宽表).

One row per subject, one column per metric, kind of figure and period: `revenue@2025`, `revenue:growth@2025`,
`gdp:share[region/532301]@2021`. What a plain number cannot say (hedge, upper end, rounding, wording) goes
into columns beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace

import polars as pl

from gaoxin.core.errors import SnapshotError
from gaoxin.core.quantities import Dimension
from gaoxin.facts.manifests import Column, Part

NUMERIC = frozenset({"number", "money", "ratio"})
_TEXTS = ("subject", "metric", "period", "figure", "of", "group", "value_type", "dimension", "op", "text")
_NUMBERS = ("number", "high", "step")
_REQUIRED = frozenset({"subject", "metric", "period"})
_DEFAULTS = {"figure": "level", "of": "", "group": "", "value_type": "number", "op": "="}
_COLUMN_PARTS = ("metric", "period", "figure", "of", "group", "value_type", "dimension")
_VALUE_PARTS = ("subject", "op", "number", "high", "step", "text")
# Rows of a table that are hashed at a time.
_SLICE = 20_000


@dataclass(slots=True)
class Gathered:
    """The rows of one kind of subject, sorted into their columns as they come in; each value is held once."""

    columns: dict[str, Column] = field(default_factory=dict)
    parts: dict[str, list[pl.DataFrame]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(part.height for held in self.parts.values() for part in held)


def gather(batches: Iterable[pl.DataFrame]) -> dict[str, Gathered]:
    """The rows by kind of subject, kinds sorted.

    Raises: SnapshotError if a batch lacks a column, or if a column would mix two dimensions or types of
    value.
    """
    found: dict[str, Gathered] = {}
    for batch in batches:
        coded = _coded(batch)
        told = coded.select("kind", "column", *_COLUMN_PARTS).unique().with_columns(pl.all().cast(pl.String))
        for row in told.iter_rows(named=True):
            held, name = found.setdefault(row.pop("kind"), Gathered()), row.pop("column")
            scale = Dimension[row["dimension"]].scale if row["dimension"] else None
            column = Column(name, scale=scale, **row)
            if held.columns.setdefault(name, column) != column:
                raise _mixed(name)
        parts = coded.select("kind", "column", *_VALUE_PARTS).partition_by(
            "kind", "column", as_dict=True, include_key=False
        )
        for (kind, name), part in parts.items():
            found[str(kind)].parts.setdefault(str(name), []).append(part)
    return dict(sorted(found.items()))


def widen(gathered: Gathered) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """One row per subject, sorted by code, and the columns in the order of their names.

    Missing: a subject without a value has null, never zero.
    Raises: SnapshotError if a subject has two values for one column: a conflict has no value until somebody
    rules.
    """
    named = [part.select("subject").unique() for held in gathered.parts.values() for part in held]
    codes = pl.concat(named).unique()
    subjects = codes.with_columns(code=pl.col("subject").cast(pl.String)).sort("code").with_row_index("row")
    series, kept = [subjects["code"].alias("subject")], [Column("subject", "", "", value_type="code")]
    places = subjects.select("subject", "row")
    for name in sorted(gathered.parts):
        part = pl.concat(gathered.parts[name]).join(places, on="subject")
        _refuse_doubles(name, part)
        for column, values in _values(gathered.columns[name], part):
            spread = places.select("row").join(values, on="row", how="left", maintain_order="left")
            series.append(spread["value"].alias(column.name))
            kept.append(column)
    return pl.DataFrame(series), tuple(kept)


def content_hash(table: pl.DataFrame, columns: Iterable[Column]) -> str:
    """SHA-256 of what a snapshot table says: its cells and what each column is."""
    header = [asdict(column) for column in columns]
    return table_hash(table, json.dumps(header, ensure_ascii=False, sort_keys=True))


def table_hash(table: pl.DataFrame, header: str = "") -> str:
    """SHA-256 of the cells of a table, independent of the file format and of the version that wrote it."""
    digest = hashlib.sha256((header or json.dumps(table.columns, ensure_ascii=False)).encode())
    for piece in table.iter_slices(_SLICE):
        # NUL occurs in no text, so that missing and empty stay apart.
        digest.update(piece.write_csv(include_header=False, null_value="\x00").encode())
    return digest.hexdigest()


def _coded(batch: pl.DataFrame) -> pl.DataFrame:
    lacking = _REQUIRED - set(batch.columns)
    if lacking:
        raise SnapshotError(
            f"缺少列：{'、'.join(sorted(lacking))}", f"Missing columns: {', '.join(sorted(lacking))}"
        )
    held = set(batch.columns)
    texts = [
        (pl.col(name).cast(pl.String) if name in held else pl.lit(None, pl.String))
        .fill_null(_DEFAULTS[name])
        .alias(name)
        if name in _DEFAULTS
        else (pl.col(name).cast(pl.String) if name in held else pl.lit(None, pl.String).alias(name))
        for name in _TEXTS
    ]
    numbers = [
        pl.col(name).cast(pl.Int64) if name in held else pl.lit(None, pl.Int64).alias(name)
        for name in _NUMBERS
    ]
    kind = (
        pl.col("kind").cast(pl.String)
        if "kind" in held
        else pl.col("subject").str.split("/").list.first().alias("kind")
    )
    coded = [name for name in _TEXTS if name != "text"]
    return (
        batch.select(*texts, *numbers, kind)
        .with_columns(_name().alias("column"))
        .with_columns(pl.col(*coded, "kind", "column").cast(pl.Categorical))
    )


def _name() -> pl.Expr:
    """`revenue@2025`, `gdp:share[region/532301]@2021`, `score:rank[region/370000]{山东省高新区}@2021`."""
    return pl.concat_str(
        pl.col("metric"),
        pl.when(pl.col("figure") == "level").then(pl.lit("")).otherwise(pl.lit(":") + pl.col("figure")),
        pl.when(pl.col("of") == "").then(pl.lit("")).otherwise(pl.lit("[") + pl.col("of") + pl.lit("]")),
        pl.when(pl.col("group") == "")
        .then(pl.lit(""))
        .otherwise(pl.lit("{") + pl.col("group") + pl.lit("}")),
        pl.lit("@"),
        pl.col("period"),
    )


def _mixed(name: str) -> SnapshotError:
    return SnapshotError(
        f"“{name}”一列里混有不同的量纲或类型，请核对单位。",
        f"Column {name!r} mixes dimensions or types of value.",
        column=name,
    )


def _refuse_doubles(name: str, part: pl.DataFrame) -> None:
    if part["row"].n_unique() == part.height:
        return
    twice = part.filter(pl.col("row").is_duplicated()).sort("row")
    subject = str(twice["subject"][0])
    raise SnapshotError(
        f"{subject} 的“{name}”不止一个值（共 {twice.height} 行），请先裁定哪个有效，再生成快照。",
        f"{subject} has more than one value for {name!r} ({twice.height} rows in all); rule on them first.",
        subject=subject,
        column=name,
    )


def _values(column: Column, part: pl.DataFrame) -> Iterator[tuple[Column, pl.DataFrame]]:
    """The column itself and those beside it that some value needs."""

    def beside(name: Part, value: pl.Expr, keep: pl.Expr) -> Iterator[tuple[Column, pl.DataFrame]]:
        held = part.filter(keep).select("row", value=value)
        if held.height:
            scaled = column.scale if name in ("high", "step") else None
            yield replace(column, name=f"{column.name}@{name}", part=name, scale=scaled), held

    if column.value_type in NUMERIC:
        yield column, part.select("row", value=pl.col("number"))
        yield from beside("op", pl.col("op").cast(pl.String), pl.col("op") != "=")
        yield from beside("high", pl.col("high"), pl.col("high").is_not_null())
        yield from beside("step", pl.col("step"), pl.col("step").is_not_null())
        yield from beside("text", pl.col("text"), pl.col("text").is_not_null())
    elif column.value_type == "boolean":
        yield column, part.select("row", value=_truth(column, part))
    elif column.value_type == "date":
        day = pl.col("text").str.to_date("%Y-%m-%d", strict=False)
        yield column, part.select("row", value=day)
        yield from beside("text", pl.col("text"), day.is_null() & pl.col("text").is_not_null())
    else:
        yield column, part.select("row", value=pl.col("text"))


def _truth(column: Column, part: pl.DataFrame) -> pl.Expr:
    strange = part.filter(~pl.col("text").is_in(["true", "false"]))
    if strange.height:
        raise SnapshotError(
            f"“{column.name}”应为 true 或 false,却有“{strange['text'][0]}”。",
            f"{column.name!r} holds {strange['text'][0]!r}, expected true or false.",
        )
    return pl.col("text") == "true"
