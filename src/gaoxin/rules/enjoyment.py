"""Who qualifies and was not paid, who was paid and does not qualify any more (应享未享、享而不符).

Both lists follow from the rules and from what was paid, so a full run on the same facts gives the same lists.
Where it is not known what was paid, or the verdict is open, nobody is put on a list: they are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.compute import tree
from gaoxin.rules.outcomes import HIGH, LOW, ClauseColumns

if TYPE_CHECKING:
    from gaoxin.rules.compiling import CompiledRule

PAID = "benefits_paid"


@dataclass(frozen=True)
class Enjoyment:
    """Two lists for a clause and a year.

    `missed`: subject, low, high: what each could have had, in fen. `undue`: subject, paid (fen), not_met: the
    conditions that certainly fail. `open`: firms on neither list because something is not known.
    """

    rule: str
    year: int
    missed: pl.DataFrame = field(repr=False)
    undue: pl.DataFrame = field(repr=False)
    open: int


def enjoyment(compiled: CompiledRule, population: pl.LazyFrame, year: int) -> Enjoyment:
    """Compare who qualifies under a clause with who was paid under it in a year; for a clause that is paid
    once in the life of a firm, in any year.

    Raises: RuleError for a rule that pays nothing.
    """
    columns = ClauseColumns.of(compiled)
    paid = _paid(population, compiled, year)
    told = columns.apply(paid, ("subject", "paid")).collect()
    passed, failed = pl.col("verdict") == 1, pl.col("verdict") == 0
    known = pl.col("paid").is_not_null()
    not_met = [*_not_met(compiled), pl.lit(None, dtype=pl.String)]
    return Enjoyment(
        compiled.id,
        year,
        told.filter(known & passed & (pl.col("paid") == 0)).select("subject", LOW, HIGH),
        told.filter(known & (pl.col("paid") > 0))
        .select("subject", "paid", pl.concat_list(not_met).list.drop_nulls().alias("not_met"))
        .filter(pl.col("not_met").list.len() > 0),
        told.filter(~known | ~(passed | failed)).height,
    )


def _not_met(compiled: CompiledRule) -> Iterator[pl.Expr]:
    """The conditions that fail; not those about payments, which every firm that was paid once fails."""
    for held in compiled.conditions:
        if any(leaf.metric == PAID for leaf in tree.leaves(held.effective)):
            continue
        yield pl.when(pl.col(f"c:{held.id}") == 0).then(pl.lit(held.id))


def _paid(population: pl.LazyFrame, compiled: CompiledRule, year: int) -> pl.LazyFrame:
    """The population with `paid`: fen under the clause; missing where the list, or what counts of it, is."""
    if PAID not in population.collect_schema():
        return population.with_columns(pl.lit(None, dtype=pl.Int64).alias("paid"))
    element = pl.element().struct
    benefit = compiled.rule.benefit
    counts = element.field("clause") == compiled.id
    if benefit is None or not benefit.once:
        counts = counts & (element.field("year") == year)
    open_ = counts.is_null() | (counts & element.field("amount").is_null())
    amounts = pl.when(counts).then(element.field("amount")).otherwise(pl.lit(0, dtype=pl.Int64))
    doubtful = pl.col(PAID).list.eval(open_).list.any()
    return population.with_columns(
        pl.when(~doubtful).then(pl.col(PAID).list.eval(amounts).list.sum()).alias("paid")
    )
