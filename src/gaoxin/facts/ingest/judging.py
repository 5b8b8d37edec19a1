"""Is a figure new, changed, unchanged, a jump, or written in the wrong unit (判断变化)?

Judges one column at a time, and then the rows. More than half more or less than the compared figure is a
jump, unless a few people or things make the difference; a growth jumps by more than 50 percentage points;
nothing of an enterprise that is new to the ledger is a jump. What cumulates over the year cannot become
less.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from gaoxin.core.periods import Period
from gaoxin.facts.ingest.comparable import STATES, Stored
from gaoxin.facts.ingest.draft import DraftColumn
from gaoxin.facts.ingest.lines import JUDGEMENTS
from gaoxin.facts.ingest.slips import SlipGroup, find_slips

_JUDGEMENT = pl.Enum(list(JUDGEMENTS))
CELLS: dict[str, Any] = {
    "row": pl.UInt32,
    "column": pl.UInt16,
    "new": pl.Int64,
    "new_text": pl.String,
    "against": pl.Int64,
    "against_text": pl.String,
    "base_period": pl.Categorical,
    "judgement": _JUDGEMENT,
    "power": pl.Int8,
    "converted": pl.Int64,
}
SMALL_COUNT = 10 * 10**6
HALF_AS_RATIO = 10**12 // 2
# The gravest judgement of its figures is the judgement of a row.
RANK = {
    "error": 0,
    "unit_slip": 1,
    "jump": 2,
    "fell": 2,
    "part": 2,
    "look": 2,
    "new": 3,
    "changed": 4,
    "unchanged": 5,
}


def compared_periods(cells: pl.DataFrame) -> dict[str, int]:
    """How many figures are compared with which period, the most first."""
    held = (
        cells.filter(pl.col("base_period").is_not_null())
        .group_by("base_period")
        .len()
        .sort("len", descending=True)
    )
    return {str(code): count for code, count in held.iter_rows()}


def judge_column(
    column: DraftColumn, cells: pl.DataFrame, stored: Stored
) -> tuple[pl.DataFrame, list[SlipGroup]]:
    """The figures of one column with what they are compared with and how they are judged."""
    held = stored.against(column, cells).with_columns(_judgement(column))
    slips, groups = find_slips(
        held.select("row", "new", "against", settled=pl.col("judgement") == "unchanged"), column
    )
    held = held.join(slips, on="row", how="left", maintain_order="left").with_columns(
        judgement=pl.when(pl.col("power").is_not_null())
        .then(pl.lit("unit_slip", _JUDGEMENT))
        .otherwise("judgement"),
        base_period=pl.col("base_period").cast(pl.Categorical),
    )
    return held.select(list(CELLS)), groups


def _judgement(column: DraftColumn) -> pl.Expr:
    """new | changed | unchanged | jump | fell for every figure of a column; slips come after."""
    number, text, against = pl.col("new"), pl.col("new_text"), pl.col("against")
    seen = pl.col("base_period").is_not_null()
    again = seen if column.period_type in STATES else pl.col("base_period") == column.period
    is_same = again & number.eq_missing(against) & text.eq_missing(pl.col("against_text"))
    gap = (number - against).abs()
    small = gap < SMALL_COUNT if column.dimension == "count" else pl.lit(False)
    # 5 % and then 8 % is no jump of a growth; half of the level is.
    most = pl.lit(HALF_AS_RATIO) if column.figure == "growth" else against.abs() // 2
    jump = (against != 0) & (gap > most) & ~small & ~pl.col("row_is_new")
    unchanged, jumped, fell, changed, new = (
        pl.lit(word, _JUDGEMENT) for word in ("unchanged", "jump", "fell", "changed", "new")
    )
    return (
        pl.when(is_same.fill_null(False))
        .then(unchanged)
        .when(jump.fill_null(False))
        .then(jumped)
        .when((_earlier_this_year(column) & (number < against)).fill_null(False))
        .then(fell)
        .when(seen)
        .then(changed)
        .otherwise(new)
        .alias("judgement")
    )


def _earlier_this_year(column: DraftColumn) -> pl.Expr:
    """True where a year to date is compared with fewer months of the same year."""
    period = Period.parse(column.period)
    if not column.cumulates or period.form != "year_to_date":
        return pl.lit(False)
    january = f"{period.year}-01"
    base = pl.col("base_period").cast(pl.String)
    return (base != column.period) & ((base == january) | base.str.starts_with(january + "/"))


def judge_rows(rows: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The judgement of a row: its gravest figure, unless whom it is about is wrong or new."""
    rank = pl.col("judgement").cast(pl.String).replace_strict(RANK, return_dtype=pl.Int8)
    held = (
        cells.group_by("row", "judgement")
        .len()
        .group_by("row")
        .agg(rank=rank.min(), figures=pl.col("len").sum())
    )
    words = {0: "error", 1: "unit_slip", 2: "jump", 3: "changed", 4: "changed", 5: "unchanged"}
    told = pl.col("rank").fill_null(5).replace_strict(words, return_dtype=pl.String)
    judgement = (
        pl.when(pl.col("state") == "error")
        .then(pl.lit("error"))
        .when(told.is_in(["unit_slip", "jump"]))
        .then(told)
        .when(pl.col("state") == "look")
        .then(pl.lit("look"))
        .when(pl.col("new"))
        .then(pl.lit("new"))
        .otherwise(told)
    )
    return (
        rows.join(held, on="row", how="left")
        .with_columns(judgement=judgement, figures=pl.col("figures").fill_null(0))
        .drop("rank")
        .sort("row")
    )
