"""Every scale on 10, 20, 40: the sums are in the comments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gaoxin.indicators.steps import normalise as forms
from tests.indicators.builders import NAN, near

X = np.array([[10.0], [20.0], [40.0]])


def done(fit: forms.Fit, x: Any = X) -> np.ndarray:
    return forms.apply_fit(np.asarray(x, dtype=float), fit)[:, 0]


@pytest.mark.parametrize(
    ("fit", "expected"),
    [
        (forms.minmax(X), [0, 100 / 3, 100]),
        (forms.minmax(X, 1, 10), [1, 4, 10]),  # 1 + 9/3
        (forms.scaled(X, 10, 5, 2), [0, 4, 12]),  # (x − 10)/5·2
        (forms.dist_to_max(X), [0, 1 / 3, 1]),
        (forms.dist_to_reference(X, np.array([20.0])), [0, 1, 3]),
        (forms.dist_to_target(X, np.array([25.0])), [0, 2 / 3, 1]),  # 30/15 is cut to 1
        (forms.fraction_of_max(X), [0.25, 0.5, 1]),
        (forms.goalposts(np.array([0.0]), np.array([50.0])), [20, 40, 80]),
        (forms.goalposts(np.array([15.0]), np.array([35.0])), [0, 25, 100]),  # cut at both ends
        (forms.goalposts(np.array([15.0]), np.array([35.0]), truncate=False), [-25, 25, 125]),
        (forms.efficacy(X), [60, 60 + 40 / 3, 100]),
    ],
)
def test_scales(fit: forms.Fit, expected: list[float]) -> None:
    near(done(fit), expected)


def test_z_scores_use_the_sample_deviation() -> None:
    x = np.array([[1.0], [2.0], [3.0]])  # sd = √((1 + 0 + 1)/2) = 1
    near(done(forms.zscore(x), x), [-1, 0, 1])
    near(done(forms.zscore(x, 10, 2), x), [8, 10, 12])


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("rank", [1, 2, 2, 4, NAN]),
        ("percentile_rank", [0, 1 / 3, 1 / 3, 1, NAN]),
        ("borda", [0, 1, 1, 3, NAN]),
    ],
)
def test_places(method: str, expected: list[float]) -> None:
    near(forms.ranked(np.array([[5.0], [7.0], [7.0], [9.0], [NAN]]), method)[:, 0], expected)


def test_missing_stays_missing_and_moves_no_bound() -> None:
    near(done(forms.minmax(np.array([[NAN], [1.0], [3.0]])), [[NAN], [1], [3]]), [NAN, 0, 100])


@pytest.mark.parametrize("values", [[3.0, 3.0, 3.0], [7.0], [0.1 + 0.2, 0.3]])
def test_equal_values_hold_no_information(values: list[float]) -> None:
    x = np.array(values)[:, None]
    for fit in (forms.minmax(x), forms.efficacy(x), forms.zscore(x)):
        assert fit.flat.all()
        assert np.isnan(done(fit, x)).all()


def test_digits_survive_large_values_in_a_small_range() -> None:
    x = np.array([[1e9], [1e9 + 0.25], [1e9 + 1]])
    near(done(forms.minmax(x), x), [0, 25, 100])
