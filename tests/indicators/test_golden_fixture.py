"""Five zones, four indicators, four methods, four orders: every digit of the printed example."""

from __future__ import annotations

import numpy as np
import pytest

from gaoxin.indicators.evaluation import Evaluation
from gaoxin.indicators.steps import weights
from tests.indicators.builders import a_framework, a_step, near, scored

X = [
    [120, 3.2, 0.55, 18],
    [300, 2.1, 0.80, 25],
    [80, 4.5, 0.40, 9],
    [200, 3.0, 0.62, 14],
    [150, 3.8, 0.47, 20],
]
SCALED = [
    [0.1818, 0.4583, 0.625, 0.5625],
    [1, 0, 0, 1],
    [0, 1, 1, 0],
    [0.5455, 0.375, 0.45, 0.3125],
    [0.3182, 0.7083, 0.825, 0.6875],
]


def zones(normalise: str, weight: str, aggregate: str = "arithmetic") -> Evaluation:
    return scored(
        a_framework("abcd", c={"direction": -1}),
        X,
        a_step("normalise", method=normalise, **({"range": [0, 1]} if normalise == "minmax" else {})),
        a_step("weight", method=weight),
        a_step("aggregate", method=aggregate),
    )


def order(evaluation: Evaluation) -> list[list[int]]:
    """Zones from best to worst, tied ones together."""
    places = evaluation.places()
    return [[int(i) + 1 for i in np.flatnonzero(places == place)] for place in sorted(set(places))]


def test_scaled_values() -> None:
    near(zones("minmax", "equal").stages["normalised"][0], SCALED, 4)


@pytest.mark.parametrize(
    ("method", "printed"),
    [
        ("entropy", [0.3189, 0.2338, 0.2098, 0.2375]),
        ("critic", [0.2722, 0.2386, 0.2449, 0.2442]),
        ("equal", [0.25, 0.25, 0.25, 0.25]),
    ],
)
@pytest.mark.parametrize("normalise", ["minmax", "efficacy"])
def test_weights(method: str, printed: list[float], normalise: str) -> None:
    # a base of 60 lifts every unit alike and must not change the weights
    near(zones(normalise, method).weights[0, 1:], printed, 4)


def test_entropy_of_each_indicator() -> None:
    z = zones("minmax", "equal").stages["normalised"][0]
    p = z / z.sum(axis=0)
    e = [-sum(v * np.log(v) for v in column if v > 0) / np.log(5) for column in p.T]
    near(np.array(e), [0.7499, 0.8166, 0.8355, 0.8137], 4)


def test_critic_parts() -> None:
    z = zones("minmax", "equal").stages["normalised"][0]
    sigma = z.std(axis=0, ddof=1)
    near(sigma, [0.3857, 0.3743, 0.3846, 0.3786], 4)
    near(sigma * (1 - weights.correlations(z)).sum(axis=1), [1.5832, 1.3876, 1.4242, 1.4204], 4)


@pytest.mark.parametrize(
    ("weight", "scores", "places"),
    [
        ("entropy", [77.19, 82.26, 77.74, 77.21, 84.14], [[5], [2], [3], [4], [1]]),
        ("critic", [77.97, 80.66, 79.34, 76.98, 85.02], [[5], [2], [3], [1], [4]]),
        ("equal", [78.28, 80.00, 80.00, 76.83, 85.39], [[5], [2, 3], [1], [4]]),
    ],
)
def test_sixty_and_forty(weight: str, scores: list[float], places: list[list[int]]) -> None:
    found = zones("efficacy", weight)
    near(found.of(), scores, 2)
    assert order(found) == places


def test_topsis_on_directed_raw_values() -> None:
    found = zones("none", "equal", "topsis")
    near(found.of(), [0.4012, 0.6010, 0.3990, 0.4482, 0.5402], 4)
    assert order(found) == [[2], [5], [4], [1], [3]]


def test_tied_zones_share_the_better_place() -> None:
    assert zones("efficacy", "equal").places().tolist() == [4, 2, 2, 5, 1]


def test_judgements() -> None:
    found = weights.ahp(np.array([[1, 2, 4], [1 / 2, 1, 3], [1 / 4, 1 / 3, 1]]))
    near(found.weights, [0.5584, 0.3196, 0.1220], 4)
    assert round(found.largest, 6) == 3.018295
    assert round(found.index, 6) == 0.009147
    assert found.ratio is not None
    assert round(found.ratio, 5) == 0.01577
    assert found.is_consistent
