"""Made-up enterprises as a population frame of any size, for measuring and for trying rules (大规模合成人口).

`frame_of_sandbox` is a drawn population as rules read it. `population_frame` makes a large one from a small:
every row is a drawn enterprise whose amounts and heads are multiplied by one number near 1, so that shares,
gaps and lists stay as plausible as they were, and rows differ. Same seed and size, same frame. The subjects
are numbers, not credit codes, and everything in it is made up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import polars as pl

from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension, unit
from gaoxin.facts.population import column_of, limits, list_column
from gaoxin.facts.sandbox.population import MOST, Sandbox, generate
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Metric, Population

BASE = 4_000
CHUNK = 1_000_000
# Multipliers in thousandths around 1, one for each row.
_LOWEST, _SPAN = 700, 700
_MIX, _PRIME = 2_654_435_761, 4_294_967_291


def frame_of_sandbox(sandbox: Sandbox, library: Library, on: date | None = None) -> pl.DataFrame:
    """The enterprises of a drawn population as rules read them on a day, by default the end of its month.

    Shapes: as `facts.population`. Units: storage integers.
    """
    day = on or sandbox.month.end
    facts = sandbox.observations.filter(pl.col("figure") == "level")
    named = [
        (metric, period, name, Period.parse(period).end)
        for metric, period in facts.select("metric", "period").unique().iter_rows()
        if (name := column_of(library.metrics[metric], period, day)) is not None
    ]
    columns = pl.DataFrame(named, schema=["metric", "period", "column", "end"], orient="row")
    told = facts.join(columns, on=["metric", "period"]).sort("end", maintain_order=True)
    frame = sandbox.subjects.select(subject="code")
    for (column,), part in told.partition_by("column", as_dict=True, maintain_order=True).items():
        metric = library.metrics[str(column).partition("@")[0]]
        newest = part.unique("subject", keep="last", maintain_order=True)
        values = newest.select("subject", _typed(metric, newest).alias(str(column)))
        frame = frame.join(values, on="subject", how="left", maintain_order="left")
    return frame.select("subject", *sorted(frame.columns[1:]))


def population_frame(
    spec: Population,
    library: Library,
    n: int,
    seed: int = 1,
    *,
    on: date | None = None,
    columns: Collection[str] | None = None,
    base: int = BASE,
) -> pl.DataFrame:
    """A population frame of n enterprises. `columns`: only these, where there are so many rows.

    `base`: how many enterprises are drawn one by one; all rows come from them.
    """
    return next(_chunks(spec, library, n, seed, on, columns, base, n))


def write_population(
    folder: Path,
    spec: Population,
    library: Library,
    n: int,
    seed: int = 1,
    *,
    on: date | None = None,
    columns: Collection[str] | None = None,
    base: int = BASE,
    chunk: int = CHUNK,
) -> list[Path]:
    """The same rows as Parquet files of one chunk each, never more than a chunk in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, part in enumerate(_chunks(spec, library, n, seed, on, columns, base, chunk)):
        path = folder / f"part-{number:04d}.parquet"
        part.write_parquet(path, compression="zstd", compression_level=1)
        written.append(path)
    return written


def _chunks(
    spec: Population,
    library: Library,
    n: int,
    seed: int,
    on: date | None,
    columns: Collection[str] | None,
    base: int,
    chunk: int,
) -> Iterator[pl.DataFrame]:
    sandbox = generate(spec, library, enterprises=min(base, n, MOST), seed=seed)
    drawn = frame_of_sandbox(sandbox, library, on)
    if columns is not None:
        drawn = drawn.select("subject", *(name for name in drawn.columns[1:] if name in columns))
    scaled = [name for name in drawn.columns[1:] if _grows(library.metrics[name.partition("@")[0]])]
    for start in range(0, n, chunk):
        numbers = pl.int_range(start, min(n, start + chunk), dtype=pl.Int64, eager=True).alias("number")
        # A multiplication modulo a prime spreads the row numbers; products stay within 64 bits.
        mixed = (numbers % _PRIME * (_MIX % 1_000_003) + seed * 7_919) % _PRIME
        factor = (mixed % _SPAN + _LOWEST).alias("factor")
        rows = drawn[(numbers % drawn.height).cast(pl.UInt32)]
        yield (
            rows.with_columns(
                factor,
                numbers.cast(pl.String).str.zfill(10).alias("subject"),
            )
            .with_columns(_multiplied(name, library) for name in scaled)
            .drop("factor")
        )


def _grows(metric: Metric) -> bool:
    """Amounts and heads grow with the enterprise; shares, points, ranks and property rights do not."""
    if not metric.is_numeric or metric.unit is None:
        return False
    return unit(metric.unit).dimension is Dimension.money or metric.unit == "人"


def _multiplied(name: str, library: Library) -> pl.Expr:
    """To whole people and whole hundreds of yuan, within the bounds of the metric."""
    metric = library.metrics[name.partition("@")[0]]
    step = 10**6 if metric.unit == "人" else 10**4
    low, high = limits(metric)
    grown = (pl.col(name) // step * pl.col("factor") // 1_000 * step).clip(low, high)
    return grown.alias(name)


def _typed(metric: Metric, part: pl.DataFrame) -> pl.Series:
    """The values of one column, as rules want them."""
    if metric.elements:
        return list_column(part["text"], metric)
    if metric.is_numeric:
        low, high = limits(metric)
        number = part["number"]
        return number.set(~number.is_between(low, high), None)
    text = part["text"]
    if metric.value_type == "boolean":
        return text == "true"
    return text.str.to_date("%Y-%m-%d") if metric.value_type == "date" else text
