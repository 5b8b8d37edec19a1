"""Weights from data and judgements, on columns small enough to work by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.steps import weights
from tests.indicators.builders import NAN, near


def test_entropy_takes_the_limit_at_zero() -> None:
    # p = (1, 0): e = 0, 1 − e = 1; p = (½, ½): e = 1, 1 − e = 0
    near(weights.entropy(np.array([[1.0, 1.0], [0.0, 1.0]])), [1, 0])


def test_entropy_refuses_negative_values() -> None:
    with pytest.raises(FrameworkError, match="负值"):
        weights.entropy(np.array([[-1.0], [1.0]]))


def test_gini() -> None:
    # 0, 1: 2·(1·0 + 2·1)/(2·1) − 3/2 = 0.5; 1, 3: 2·(1 + 6)/(2·4) − 3/2 = 0.25
    near(weights.gini(np.array([[0.0, 1.0], [1.0, 3.0]])), [2 / 3, 1 / 3])


def test_standard_deviation() -> None:
    # 1, 3 spreads 2; 0, 6 spreads 6
    near(weights.stdev(np.array([[1.0, 0.0], [3.0, 6.0]])), [0.25, 0.75])


def test_critic_gives_nothing_to_a_constant() -> None:
    found = weights.critic(np.array([[0.0, 1.0, 4.0], [1.0, 0.0, 4.0], [0.0, 1.0, 4.0]]))
    near(found, [0.5, 0.5, 0])  # r = −1 between the first two, same spread


def test_first_component_of_two_alike() -> None:
    near(weights.pca(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])), [0.5, 0.5])


def test_first_component_of_strangers_prefers_none() -> None:
    near(weights.pca(np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])), [0.5, 0.5])


def test_all_constant_columns_weigh_the_same() -> None:
    x = np.full((3, 4), 2.0)
    for method in (weights.entropy, weights.critic, weights.stdev, weights.gini, weights.pca):
        near(method(x), [0.25] * 4)


def test_missing_cells_are_left_out() -> None:
    near(weights.stdev(np.array([[1.0, 0.0], [3.0, 6.0], [NAN, NAN]])), [0.25, 0.75])


def test_combined() -> None:
    near(weights.combined([np.array([1.0, 0.0]), np.array([0.5, 0.5])], 0.25), [0.625, 0.375])
    # √(.5·.2) : √(.5·.8) = 1 : 2
    near(weights.combined([np.array([0.5, 0.5]), np.array([0.2, 0.8])]), [1 / 3, 2 / 3])


def test_two_criteria_are_always_consistent() -> None:
    found = weights.ahp(np.array([[1.0, 3.0], [1 / 3, 1.0]]))
    near(found.weights, [0.75, 0.25])
    assert found.ratio is None
    assert found.is_consistent


def test_a_consistent_matrix_with_one_wrong_judgement_names_it() -> None:
    w = np.array([8.0, 4, 2, 1])
    a = w[:, None] / w[None, :]
    a[0, 3], a[3, 0] = 1 / 8, 8  # 8 : 1 the wrong way round
    found = weights.ahp(a)
    assert not found.is_consistent
    assert set(found.worst) == {0, 3}


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[1, 2, 3], [1, 1, 1]], "方阵"),
        ([[1, 0], [0, 1]], "大于 0"),
        ([[1, 2], [2, 1]], "第 1 行第 2 列"),
    ],
)
def test_unsound_judgements(matrix: list[list[float]], words: str) -> None:
    with pytest.raises(FrameworkError, match=words):
        weights.ahp(np.array(matrix))
