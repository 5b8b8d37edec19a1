"""A population as a simulation works through it: whole and in memory, or piece by piece from where it lies.

Sums of pieces add up, so nothing but time differs between the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.rules.costing import Weights, first_pass, second_pass
from gaoxin.rules.outcomes import GROUPS, SIZE, grouped

if TYPE_CHECKING:
    from gaoxin.rules.compiling import CompiledRule

# Subjects worked out at a time where a population stays on disk.
PIECE = 250_000

Outcome = Callable[[pl.LazyFrame], pl.LazyFrame]


@dataclass(frozen=True)
class Crowd:
    """A population with the groups its subjects fall in. `resident`: in memory, worked out once."""

    frame: pl.LazyFrame = field(repr=False)
    resident: bool
    rows: int
    size: CompiledRule | None = field(repr=False)
    place: str | None
    keep: tuple[str, ...]

    @classmethod
    def of(
        cls,
        population: pl.LazyFrame,
        size: CompiledRule | None,
        place: str | None,
        keep: Sequence[str],
        *,
        resident: bool,
    ) -> Crowd:
        """`keep`: the columns the clause reads."""
        if resident:
            frame = grouped(population, size, place, keep).collect(engine="streaming")
            return cls(frame.lazy(), True, len(frame), size, place, tuple(keep))
        rows = int(population.select(pl.len()).collect().item())
        return cls(population, False, rows, size, place, tuple(keep))

    def pieces(self) -> Iterator[pl.LazyFrame]:
        """The subjects with their groups, everybody once."""
        if self.resident:
            yield self.frame
            return
        for at in range(0, max(self.rows, 1), PIECE):
            yield grouped(self.frame.slice(at, PIECE), self.size, self.place, self.keep)

    def worked_out(self, outcome: Outcome, extra: Sequence[pl.Expr] = ()) -> tuple[Weights, pl.DataFrame]:
        """The weights and the sums of each group, for what an outcome makes of each piece."""
        counts = [first_pass(outcome(piece)).collect(engine="streaming") for piece in self.pieces()]
        weights = Weights.of(pl.concat(counts).group_by(SIZE).sum())
        sums = [
            second_pass(outcome(piece), weights, extra).collect(engine="streaming") for piece in self.pieces()
        ]
        return weights, pl.concat(sums).group_by(*GROUPS).sum()
