"""Places: ties, groups, and what floating point may not decide."""

from __future__ import annotations

import numpy as np

from gaoxin.indicators.steps.rank import rank, rank_within, rounded
from tests.indicators.builders import NAN, near


def test_ties_share_the_best_place() -> None:
    near(rank(np.array([3.0, 1.0, 3.0, NAN, 2.0])), [1, 4, 1, NAN, 3])


def test_what_differs_by_floating_point_is_a_tie() -> None:
    near(rank(np.array([0.1 + 0.2, 0.3, 0.3 + 1e-9])), [2, 2, 1])


def test_ten_digits_of_any_size() -> None:
    near(rounded(np.array([0.0, 12345678901.0])), [0, 12345678900])
    assert rounded(np.array([1.23456789012e-8]))[0] == 1.234567890e-8


def test_places_within_a_group() -> None:
    near(rank_within(np.array([5.0, 9.0, 7.0, 1.0, NAN]), ["A", "B", "A", "", "A"]), [2, 1, 1, NAN, NAN])
