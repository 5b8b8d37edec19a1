"""A budget shared out in whole fen."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.rules.budgets import shares, split


def test_budget_that_suffices_pays_every_claim() -> None:
    assert shares(pl.Series([300, 200]), 500).to_list() == [300, 200]


def test_fen_left_over_go_to_the_largest_remainders() -> None:
    # 100 × 300/700 = 42.86, 100 × 200/700 = 28.57 twice: 98 down, two fen left, for the first and the second
    assert shares(pl.Series([300, 200, 200]), 100).to_list() == [43, 29, 28]


def test_claim_that_is_not_known_stays_so() -> None:
    assert shares(pl.Series([300, None, 100]), 200).to_list() == [150, None, 50]


def test_negative_claims_are_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        shares(pl.Series([-1, 2]), 1)


@given(st.lists(st.integers(0, 10**14), max_size=30), st.integers(0, 10**16))
def test_shares_add_up_to_the_budget_and_no_one_gets_more_than_the_claim(
    claims: list[int], budget: int
) -> None:
    given_out = shares(pl.Series(claims, dtype=pl.Int64), budget).to_list()
    assert sum(given_out) == min(budget, sum(claims))
    assert all(0 <= share <= claim for share, claim in zip(given_out, claims, strict=True))


@given(st.integers(0, 10**12), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_parts_of_an_amount_add_up(amount: int, weights: list[int]) -> None:
    parts = split(amount, [Fraction(weight, sum(weights)) for weight in weights])
    assert sum(parts) == amount
