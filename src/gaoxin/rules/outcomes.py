"""A clause over a whole population: who qualifies, and how little and how much each gets (测算结果列).

Columns of an outcome: `verdict` (a place in matching.VERDICTS), `low` and `high` (fen; high missing: no
bound), `least` (fen for somebody who qualifies), and `c:ID` for each condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.compute import polars_frames
from gaoxin.compute.plans import Plan
from gaoxin.rules.envelopes import amount_ends, paid_ends
from gaoxin.rules.matching import RuleColumns, fen, outputs

if TYPE_CHECKING:
    from gaoxin.rules.compiling import CompiledRule

LOW, HIGH, LEAST = "low", "high", "least"
SIZE, LETTER, PLACE = "size", "industry", "place"
GROUPS = (SIZE, LETTER, PLACE)


@dataclass(frozen=True)
class ClauseColumns:
    """One clause with one set of parameters as columns."""

    compiled: CompiledRule
    plan: Plan[pl.Expr] = field(repr=False)

    @classmethod
    def of(cls, compiled: CompiledRule) -> ClauseColumns:
        """Raises: ExpressionError for what cannot be exact; RuleError for a rule that pays nothing."""
        asked = {
            name: node
            for name, node in outputs(compiled).items()
            if name == "verdict" or name[:2] in ("c:", "d:")
        }
        low, high = paid_ends(compiled)
        least, _ = amount_ends(compiled)
        return cls(compiled, polars_frames.plan({**asked, LOW: low, HIGH: high, LEAST: least}, compiled.bits))

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns of a population it reads."""
        return tuple(leaf.column for leaf in self.plan.needs)

    def apply(
        self, population: pl.LazyFrame, keep: Sequence[str], *, conditions: bool = True
    ) -> pl.LazyFrame:
        """The columns `keep` and the outcome. `conditions`: also what each condition came out as."""
        rule = RuleColumns(self.compiled, self.plan)
        told = [rule.coded("verdict").alias("verdict")]
        told += [fen(self.plan.shapes[name]).alias(name) for name in (LOW, HIGH, LEAST)]
        if conditions:
            told += [rule.condition(held.id).alias(f"c:{held.id}") for held in self.compiled.conditions]
        return polars_frames.apply(self.plan, population, keep).select(*keep, *told)


def grouped(
    population: pl.LazyFrame, size: CompiledRule | None, place: str | None, keep: Sequence[str]
) -> pl.LazyFrame:
    """The subjects, the columns `keep`, and the groups they fall in.

    `size`: their size class, as the number of the ordinal score, where it is certain. `industry`: the letter
    of their section. `place`: the column that says where they are. Missing: not known.
    """
    names = population.collect_schema().names()
    nothing = pl.lit(None, dtype=pl.String)
    told = [
        (pl.col("industry_code").str.slice(0, 1) if "industry_code" in names else nothing).alias(LETTER),
        (pl.col(place).cast(pl.String) if place in names else nothing).alias(PLACE),
    ]
    held = [name for name in dict.fromkeys(keep) if name in names and name != "subject"]
    if size is None or size.rule.classes is None:
        return population.select("subject", *held, *told, pl.lit(None, dtype=pl.Int64).alias(SIZE))
    score = size.names[size.rule.classes.of].node
    plan = polars_frames.plan({SIZE: score}, size.bits)
    shape = plan.shapes[SIZE]
    low, high = (pl.col(f"{SIZE}.{end}.num") for end in ("lo", "hi"))
    dens = [
        pl.lit(den, dtype=pl.Int64) if den else pl.col(f"{SIZE}.{end}.den")
        for den, end in ((shape.den, "lo"), (shape.high_den, "hi"))
    ]
    certain = low * dens[1] == high * dens[0]
    frame = population.with_columns(told)
    frame = polars_frames.apply(plan, frame, ("subject", *held, LETTER, PLACE))
    number = pl.when(certain).then((low // dens[0]).cast(pl.Int64)).alias(SIZE)
    return frame.select("subject", *held, LETTER, PLACE, number)


def class_names(size: CompiledRule | None) -> Mapping[int, str]:
    """The names of the size classes by their number."""
    if size is None or size.rule.classes is None:
        return {}
    return {int(value): name for value, name in size.rule.classes.names.items()}
