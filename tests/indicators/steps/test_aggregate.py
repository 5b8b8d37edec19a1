"""Means, outranking and ideals, and what a missing child does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gaoxin.indicators.steps import aggregate as forms
from tests.indicators.builders import NAN, near

HALF = np.array([0.5, 0.5])


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("renormalise", [[0.5, 0.3, 0.2], [0.625, 0.375, NAN], [5 / 7, NAN, 2 / 7], [NAN, NAN, NAN]]),
        # 0.8 of the weight is enough, 0.7 is not
        ("threshold", [[0.5, 0.3, 0.2], [0.625, 0.375, NAN], [NAN, NAN, NAN], [NAN, NAN, NAN]]),
        ("unknown", [[0.5, 0.3, 0.2], [NAN, NAN, NAN], [NAN, NAN, NAN], [NAN, NAN, NAN]]),
    ],
)
def test_missing_children(missing: forms.Missing, expected: list[list[float]]) -> None:
    z = np.array([[1.0, 1, 1], [1, 1, NAN], [1, NAN, 1], [NAN, NAN, NAN]])
    found = forms.known_weights(z, np.array([0.5, 0.3, 0.2]), missing=missing)
    near(np.where(np.isnan(z), NAN, found), expected)


def test_means() -> None:
    near(forms.arithmetic(np.array([[4.0, 9.0]]), HALF), [6.5])
    near(forms.geometric(np.array([[4.0, 9.0]]), HALF), [6])
    near(forms.harmonic(np.array([[2.0, 6.0]]), HALF), [3])  # 1/(¼ + 1/12)
    near(forms.power(np.array([[3.0, 4.0]]), HALF, 2), [math.sqrt(12.5)])


def test_power_means_hold_the_others() -> None:
    z = np.array([[2.0, 6.0], [3.0, 5.0]])
    near(forms.power(z, HALF, 1), forms.arithmetic(z, HALF))
    near(forms.power(z, HALF, 0), forms.geometric(z, HALF))
    near(forms.power(z, HALF, -1), forms.harmonic(z, HALF))


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_no_logarithm_of_nothing(value: float) -> None:
    z = np.array([[value, 9.0]])
    near(forms.geometric(z, HALF), [NAN])
    near(forms.harmonic(z, HALF), [NAN])
    near(forms.power(z, HALF, 2), [NAN])


def test_ordered_weights_go_to_the_best_first() -> None:
    near(forms.owa(np.array([[1.0, 5.0], [5.0, 1.0], [NAN, 2.0]]), np.array([0.6, 0.4])), [3.4, 3.4, 2])


def test_copeland() -> None:
    # A beats B .6 to .4 and C .8 to .2 (the tie is shared), B beats C outright
    z = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 1.0], [NAN, NAN]])
    near(forms.copeland(z, np.array([0.6, 0.4])), [2, 0, -2, NAN])


def test_topsis_of_best_worst_and_middle() -> None:
    z = np.array([[3.0, 4.0], [0.0, 0.0], [3.0, 0.0]])
    # norms √18 and 4: v = (1/√2, 1), 0, (1/√2, 0), halved by the weights
    to_best, to_worst = 1.0, 1 / math.sqrt(2)
    near(forms.topsis(z, HALF), [1, 0, to_worst / (to_best + to_worst)])


def test_topsis_of_units_alike_and_of_a_missing_cell() -> None:
    near(forms.topsis(np.array([[2.0, 2.0], [2.0, 2.0], [NAN, 2.0]]), HALF), [0.5, 0.5, NAN])
