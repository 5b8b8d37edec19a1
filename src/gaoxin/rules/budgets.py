"""A sum of money shared out in whole fen, so that the shares add up to it exactly (按比例分配)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import polars as pl


def shares(amounts: pl.Series, budget: int) -> pl.Series:
    """What each claim gets under a budget: all of it if that suffices, else its proportion.

    Units: fen. Rounding: down, and the fen left over go one by one to the largest remainders, of equal ones
    to the first; so the shares add up to the budget. Missing: a claim that is not known gets nothing and
    stays missing.
    Raises: ValueError for a negative claim or budget.
    """
    least = amounts.min()
    if budget < 0 or (isinstance(least, int) and least < 0):
        raise ValueError("claims and budget are not negative")
    claims = amounts.cast(pl.Int128)
    total = claims.sum() or 0
    if total <= budget:
        return amounts
    frame = pl.DataFrame({"claim": claims}).with_columns(
        share=pl.col("claim") * budget // total, left=pl.col("claim") * budget % total
    )
    over = budget - int(frame["share"].sum() or 0)
    order = frame.with_row_index("at").sort("left", "at", descending=[True, False], nulls_last=True)["at"]
    lucky = pl.Series("lucky", [False]).new_from_index(0, len(amounts)).scatter(order.head(over), True)
    return frame.select(
        (pl.col("share") + lucky.cast(pl.Int128)).cast(pl.Int64).alias(amounts.name)
    ).to_series()


def split(amount: int, proportions: Sequence[Fraction]) -> tuple[int, ...]:
    """An amount of fen in proportions that are 1 together; the parts add up to the amount."""
    exact = [amount * proportion for proportion in proportions]
    whole = [part.numerator // part.denominator for part in exact]
    order = sorted(range(len(exact)), key=lambda at: (whole[at] - exact[at], at))
    for at in order[: amount - sum(whole)]:
        whole[at] += 1
    return tuple(whole)
