"""What must hold whatever the numbers: units of measure, order of units, size of weights, monotonicity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gaoxin.indicators.steps.rank import rank
from tests.indicators.builders import a_framework, a_step, scored

VALUES = arrays(np.float64, (6, 4), elements=st.integers(0, 1000).map(float))
FRAMEWORK = a_framework("abcd", c={"direction": -1}, a={"weight": 2.0})
SCALES = ["minmax", "zscore", "rank", "percentile_rank", "borda", "dist_to_max", "efficacy"]


def run(x: Any, normalise: str = "minmax", weight: str = "given", **changes: dict[str, Any]) -> np.ndarray:
    framework = a_framework("abcd", **{"c": {"direction": -1}, "a": {"weight": 2.0}, **changes})
    steps = (a_step("normalise", method=normalise), a_step("weight", method=weight))
    return scored(framework, x, *steps).of()


def moving(x: np.ndarray) -> np.ndarray:
    """The same values where no column is constant."""
    assume((np.ptp(x, axis=0) > 0).all())
    return x


@pytest.mark.parametrize("normalise", SCALES)
@settings(max_examples=25, deadline=None)
@given(x=VALUES)
def test_another_unit_of_measure_changes_no_score(x: np.ndarray, normalise: str) -> None:
    # 万元 for 亿元, and degrees with another zero
    other = moving(x) * np.array([10_000, 0.001, 7, 1]) + np.array([0, 5, -3, 40])
    np.testing.assert_allclose(run(other, normalise), run(x, normalise), atol=1e-8)


@pytest.mark.parametrize("weight", ["given", "equal", "entropy", "critic", "stdev", "gini", "pca"])
@settings(max_examples=20, deadline=None)
@given(x=VALUES, order=st.permutations(range(6)))
def test_the_order_of_units_changes_no_score(x: np.ndarray, order: list[int], weight: str) -> None:
    found = run(moving(x), weight=weight)
    np.testing.assert_allclose(run(x[order], weight=weight), found[order], atol=1e-7)


@settings(max_examples=40, deadline=None)
@given(x=VALUES, times=st.floats(0.01, 1000))
def test_only_the_proportion_of_weights_counts(x: np.ndarray, times: float) -> None:
    grown = {code: {"weight": times} for code in "bd"} | {
        "a": {"weight": 2 * times},
        "c": {"weight": times, "direction": -1},
    }
    np.testing.assert_allclose(run(x, **grown), run(x), atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(x=VALUES, unit=st.integers(0, 5), column=st.integers(0, 3), rise=st.integers(1, 500))
def test_a_better_value_costs_no_place(x: np.ndarray, unit: int, column: int, rise: int) -> None:
    better = moving(x).copy()
    better[unit, column] += rise * FRAMEWORK.leaves[column].direction
    assume((np.ptp(better, axis=0) > 0).all())
    # fixed posts: the scale does not move with the value
    posts = a_step("normalise", method="goalposts", lower=-1000, upper=2000)
    before, after = (scored(FRAMEWORK, held, posts).of() for held in (x, better))
    assert after[unit] > before[unit]
    assert rank(after)[unit] <= rank(before)[unit]


@settings(max_examples=40, deadline=None)
@given(x=VALUES)
def test_weights_sum_to_one_and_scores_stay_on_the_scale(x: np.ndarray) -> None:
    for weight in ("entropy", "critic", "stdev", "gini", "pca"):
        found = scored(FRAMEWORK, moving(x), a_step("normalise"), a_step("weight", method=weight))
        assert found.weights[0, 1:].sum() == pytest.approx(1)
        assert (found.weights >= 0).all()
        assert ((found.of() > -1e-9) & (found.of() < 100 + 1e-9)).all()


@settings(max_examples=40, deadline=None)
@given(x=VALUES)
def test_means_stand_in_their_order(x: np.ndarray) -> None:
    efficacy = a_step("normalise", method="efficacy")
    harmonic, geometric, arithmetic = (
        scored(FRAMEWORK, moving(x), efficacy, a_step("aggregate", method=method)).of()
        for method in ("harmonic", "geometric", "arithmetic")
    )
    assert (harmonic <= geometric + 1e-9).all()
    assert (geometric <= arithmetic + 1e-9).all()
