"""What a clause costs over a population: low, base and high, whole and by group (费用测算).

low: those who certainly qualify, each the least it gets. high: those who are open as well, each the most it
can get (within the ceiling of the clause); without a bound where the clause has none for somebody. base:
those who are open count with the share of passes among the decided of their size class; whose amount is open
counts with the mean of that class, within its own ends. Where nobody is decided there is no base.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from gaoxin.core.quantities import round_half_up
from gaoxin.rules.outcomes import GROUPS, HIGH, LEAST, LOW, SIZE

_METHOD_ZH = (
    "低：只计确定符合的，按最少金额。高：待定的全部计入，按条款封顶内的最多金额。"
    "中：待定的按同规模已判定企业的符合比例折算，金额待定的取同规模符合企业的均值（不出本户上下限）；"
    "规模不明的用全体的比例。以前已领的，除条款自己写明扣除的以外不扣。"
)
_METHOD_EN = (
    "low: those certain to qualify, at their least amount. high: all open ones, at the most the ceiling "
    "allows. base: open ones weighted by the share of passes among the decided firms of their size class; an "
    "open amount at the mean of the passes of that class, within its own ends; of unknown size, by the share "
    "of all. Earlier payments are deducted only where the clause itself says so."
)
METHOD = (_METHOD_ZH, _METHOD_EN)


@dataclass(frozen=True, slots=True)
class Cost:
    """Money in whole fen. `high` None: no bound, `unbounded` firms have none, `bounded` is the rest.

    `base` None: nobody is decided. `passes`, `open`: firms that qualify, and that may.
    """

    passes: int
    open: int
    low: int
    base: int | None
    bounded: int
    unbounded: int

    @property
    def high(self) -> int | None:
        return None if self.unbounded else self.bounded


@dataclass(frozen=True)
class Weights:
    """By size class (None: all together): passes, decided, and the mean amount of the passes in fen."""

    by_size: dict[int | None, tuple[int, int, int]]

    @classmethod
    def of(cls, counts: pl.DataFrame) -> Weights:
        """From the counts of `first_pass`."""
        found: dict[int | None, tuple[int, int, int]] = {}
        passes, decided, low = (int(counts[name].sum() or 0) for name in ("passes", "decided", "sure"))
        found[None] = (passes, decided, low // passes if passes else 0)
        for size, passed, settled, paid in counts.select(SIZE, "passes", "decided", "sure").iter_rows():
            if size is not None and settled:
                found[size] = (passed, settled, int(paid) // passed if passed else 0)
        return cls(found)

    def share(self, size: int | None) -> Fraction | None:
        """Passes among the decided; None if nobody is decided."""
        passes, decided, _ = self.by_size.get(size, self.by_size[None])
        return Fraction(passes, decided) if decided else None

    def mean(self) -> pl.Expr:
        """The mean amount of the class of each firm, in fen."""
        told: pl.Expr = pl.lit(self.by_size[None][2], dtype=pl.Int64)
        for size, (_, _, mean) in self.by_size.items():
            if size is not None:
                of_size = pl.col(SIZE) == size
                told = pl.when(of_size).then(pl.lit(mean, dtype=pl.Int64)).otherwise(told)
        return told


def first_pass(outcome: pl.LazyFrame) -> pl.LazyFrame:
    """Counts of each size class."""
    passed = pl.col("verdict") == 1
    return outcome.group_by(SIZE).agg(
        passes=passed.sum(),
        decided=(pl.col("verdict") <= 1).sum(),
        sure=pl.col(LOW).filter(passed).cast(pl.Int128).sum(),
    )


def second_pass(outcome: pl.LazyFrame, weights: Weights, extra: Sequence[pl.Expr] = ()) -> pl.LazyFrame:
    """Sums of each group: firms by verdict, low, high, and what base is made of."""
    passed, opened = pl.col("verdict") == 1, pl.col("verdict") > 1
    least = pl.when(passed).then(pl.col(LOW)).otherwise(pl.col(LEAST))
    mean = pl.max_horizontal(weights.mean(), least)
    typical = pl.when(pl.col(HIGH) < mean).then(pl.col(HIGH)).otherwise(mean)
    return outcome.group_by(*GROUPS).agg(
        passed.sum().alias("passes"),
        opened.sum().alias("open"),
        (pl.col("verdict") == 0).sum().alias("fails"),
        pl.col(LOW).cast(pl.Int128).sum().alias("low"),
        pl.col(HIGH).cast(pl.Int128).sum().alias("bounded"),
        pl.col(HIGH).is_null().sum().alias("unbounded"),
        typical.filter(passed).cast(pl.Int128).sum().alias("sure"),
        typical.filter(opened).cast(pl.Int128).sum().alias("maybe"),
        *extra,
    )


def cost(sums: pl.DataFrame, weights: Weights) -> Cost:
    """One cost from the sums of some groups."""
    base: Fraction | None = Fraction(0)
    for size, sure, maybe in sums.select(SIZE, "sure", "maybe").iter_rows():
        share = weights.share(size)
        if share is None:
            base = None if maybe or base is None else base
        elif base is not None:
            base += int(sure) + share * int(maybe)
    if base is not None and sums["open"].sum() and weights.share(None) is None:
        base = None
    return Cost(
        passes=int(sums["passes"].sum()),
        open=int(sums["open"].sum()),
        low=int(sums["low"].sum() or 0),
        base=None if base is None else int(round_half_up(base, 0)),
        bounded=int(sums["bounded"].sum() or 0),
        unbounded=int(sums["unbounded"].sum()),
    )


def by_group(sums: pl.DataFrame, weights: Weights, dimension: str) -> Iterable[tuple[object, Cost]]:
    """The cost of each group of one dimension, what is not known last."""
    for value in sums[dimension].unique().sort(nulls_last=True).to_list():
        yield value, cost(sums.filter(pl.col(dimension).eq_missing(pl.lit(value))), weights)
