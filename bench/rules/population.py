"""A made-up population frame for the rule benchmarks: the inputs of HNTE, TSME and C9, nulls and ties included.

    python population.py ROWS OUT.parquet [--all]      --all: the inputs of every shipped rule

Written in chunks, so that ten million rows need no more memory than one.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from gaoxin.compute.plans import Plan
from gaoxin.compute.polars_frames import dtype_of
from gaoxin.compute.tree import Field, Leaf
from gaoxin.packs.library import open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import Compiler
from gaoxin.rules.matching import RuleColumns

ON = date(2026, 6, 30)
THREE = ("HNTE", "TSME", "C9")
CHUNK = 500_000
KINDS = ("hnte", "tsme", "zjtx", "xjr", "hnte_cultivation")
TEXTS = {"level": ("national", "provincial", "serious"), "type": ("safety", "quality", "data")}


def columns(names: Iterable[str]) -> list[RuleColumns]:
    compiler = Compiler(RuleBook(open_library()), ON)
    return [RuleColumns.of(compiler.compiled(name)) for name in names]


def every_rule() -> list[str]:
    return [rule.id for rule in open_library().rules.values() if rule.executable]


def chunk(plans: list[Plan[pl.Expr]], rows: int, start: int) -> pl.DataFrame:
    needs: dict[str, Leaf] = {}
    fields: dict[str, dict[str, Field]] = {}
    for plan in plans:
        needs |= {leaf.column: leaf for leaf in plan.needs}
        for column, held in plan.fields.items():
            fields.setdefault(column, {}).update({field.name: field for field in held})
    size = pl.Series("size", range(rows)).hash(seed=start) % 1000
    made = [pl.arange(start, start + rows, eager=True).cast(pl.String).alias("subject")]
    for place, (column, leaf) in enumerate(sorted(needs.items())):
        draw = pl.Series(column, range(start, start + rows)).hash(seed=place + 1)
        gap = (draw % 97) < (60 if leaf.expert else 6)
        value = _value(leaf, draw, size, list(fields.get(column, {}).values()), place)
        held = pl.select(pl.when(~gap).then(value).otherwise(None).alias(column)).to_series()
        made.append(held.cast(dtype_of(leaf, list(fields.get(column, {}).values()))))
    return pl.DataFrame(made)


def _value(leaf: Leaf, draw: pl.Series, size: pl.Series, fields: list[Field], place: int) -> pl.Series:
    if leaf.type == "number":
        unit = 10**leaf.scale
        if leaf.expert:
            return (draw % 6 + 2).cast(pl.Int64) * unit
        if leaf.scale == 2:
            part = 40 if "rd" in leaf.metric else 1000
            return ((size + 1) * (draw % part + 5)).cast(pl.Int64) * 10_000 * unit // 4
        if leaf.scale > 6:
            return (draw % 1000).cast(pl.Int64) * unit // 1000
        # whole numbers: staff, rights, years, places
        small = leaf.metric.startswith(("ip_", "transformations", "fresh", "segment", "market", "rd_rank"))
        return (draw % (8 if small else 400)).cast(pl.Int64) * unit
    if leaf.type == "truth":
        return (draw % 20) < (19 if leaf.metric in ("resident_enterprise", "core_ip_owned") else 2)
    if leaf.type == "date":
        return (draw % 7300).cast(pl.Int32).cast(pl.Date) + pl.duration(days=12_000) if False else _days(draw)
    if leaf.type == "text":
        known = (
            ["C3562", "I6513", "M7320", "F5100"]
            if leaf.metric == "industry_code"
            else ["electronics_it", "none", "37"]
        )
        return pl.Series(known).gather((draw % len(known)).cast(pl.UInt32))
    rng = random.Random(place)
    pool = pl.Series([_elements(rng, fields) for _ in range(400)], dtype=dtype_of(leaf, fields))
    return pool.gather((draw % 400).cast(pl.UInt32))


def _days(draw: pl.Series) -> pl.Series:
    return (draw % 7300 + 12_600).cast(pl.Int32).cast(pl.Date)


def _elements(rng: random.Random, fields: list[Field]) -> list[dict[str, object]]:
    return [{field.name: _plain(rng, field) for field in fields} for _ in range(rng.choice((0, 0, 1, 2)))]


def _plain(rng: random.Random, field: Field) -> object:
    if field.type == "date":
        return date(rng.randint(2021, 2028), rng.randint(1, 12), rng.randint(1, 28))
    if field.type == "number":
        return rng.randint(1, 7) * (10**8 if field.scale == 2 else 1)
    return rng.random() < 0.5 if field.type == "truth" else rng.choice(TEXTS.get(field.name, KINDS))


def main() -> None:
    rows, out = int(sys.argv[1]), Path(sys.argv[2])
    plans = [held.plan for held in columns(every_rule() if "--all" in sys.argv else THREE)]
    out.mkdir(parents=True, exist_ok=True)
    for start in range(0, rows, CHUNK):
        chunk(plans, min(CHUNK, rows - start), start).write_parquet(out / f"{start // CHUNK:05d}.parquet")
    print(f"{rows} rows")


if __name__ == "__main__":
    main()
