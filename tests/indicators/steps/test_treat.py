"""Outliers: moments worked by hand, who is moved, and when a logarithm takes over."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gaoxin.indicators.steps.treat import (
    boxcox,
    excess_kurtosis,
    log_shifted,
    passes,
    skewness,
    treat,
    winsorise,
)
from tests.indicators.builders import NAN, near

ONE_FAR = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100])


def test_moments() -> None:
    # mean 4, deviations −3 −2 −1 6: m2 = 50/4, m3 = 180/4, m4 = 1394/4
    x = np.array([1.0, 2, 3, 10])
    assert skewness(x) == pytest.approx(45 / 12.5**1.5 * math.sqrt(4 * 3) / 2)
    # g2 = 348.5/156.25 − 3 = −0.7696; (5·g2 + 6)·3/(2·1) = 3.228
    assert excess_kurtosis(x) == pytest.approx(3.228)


def test_one_far_value_is_set_to_the_next() -> None:
    assert not passes(ONE_FAR)
    out, moved = winsorise(ONE_FAR, max_points=5)
    near(out, [1, 2, 3, 4, 5, 6, 7, 8, 9, 9])
    assert moved == [(9, "winsorised_high")]


def test_the_side_follows_the_skew() -> None:
    out, moved = winsorise(-ONE_FAR, max_points=5)
    near(out, [-1, -2, -3, -4, -5, -6, -7, -8, -9, -9])
    assert moved == [(9, "winsorised_low")]


def test_tied_extremes_move_in_one_step() -> None:
    values = np.array([*range(1, 19), 100.0, 100.0])
    out, moved = winsorise(values, max_points=1)
    near(out[-2:], [18, 18])
    assert [at for at, _ in moved] == [18, 19]


def test_a_logarithm_of_the_original_where_points_run_out() -> None:
    x = np.array([*range(1, 19), 1000.0, 5000.0])
    treated = treat(x[None, :, None], max_points=1)
    wide = 4999.0
    near(treated.x[0, 0], [math.log(0.01 * wide)])
    near(treated.x[0, -1], [math.log(1.01 * wide)])
    assert {cell.what for cell in treated.touched} == {"log"}
    assert len(treated.touched) == 20


def test_without_fallback_the_indicator_is_named() -> None:
    x = np.array([*([1.0] * 20), 2.0, 500.0, 1000.0])
    treated = treat(x[None, :, None], max_points=1, fallback="none")
    assert treated.unsettled == ((0, 0),)


def test_box_cox_of_the_shifted_values() -> None:
    x = np.array([0.0, 100.0])  # shifted 1 and 101
    near(boxcox(x, 0.5), [0, 2 * (math.sqrt(101) - 1)])
    near(boxcox(x, 0), log_shifted(x))


def test_missing_few_and_equal_values_are_left_alone() -> None:
    x = np.array([[[5.0, 1.0], [5.0, NAN], [5.0, 900.0], [5.0, 2.0]]])
    treated = treat(x)
    near(treated.x, x)
    assert not treated.touched
