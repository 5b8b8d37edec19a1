"""Replications: explicit draws worked by hand, seeds, and specifications that cannot be run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.evaluation import Evaluation
from gaoxin.indicators.uncertainty.run import Uncertainty, run
from gaoxin.indicators.uncertainty.spec import spec_of
from gaoxin.indicators.writing import write, write_uncertainty
from tests.indicators.builders import NAN, a_framework, a_step, near, scored, two_levels

AS_IT_IS = a_step("normalise", method="none")
MEAN = {"path": "recipe.aggregate.method", "choices": ["arithmetic", "geometric"]}
NOISE = {"path": "weights", "noise": 0.25}


def base() -> Evaluation:
    return scored(a_framework(), [[4, 9], [6, 6]], AS_IT_IS, a_step("aggregate"))


def repeated(
    evaluation: Evaluation, factors: dict[str, Any], folder: Path | str = ".", **held: Any
) -> Uncertainty:
    return run(evaluation, spec_of({"draws": 50, "seed": 7, "factors": factors, **held}, folder=folder))


def test_a_table_of_draws(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("a,b\n3,1\n1,1\n", "utf-8")
    (tmp_path / "t.csv").write_text("mean,weights\n1,1\n1,2\n2,2\n", "utf-8")
    factors = {"mean": MEAN, "weights": {"path": "weights", "sets": "w.csv"}}
    found = repeated(base(), factors, tmp_path, table="t.csv")
    # ¾·4 + ¼·9 = 5.25; (4 + 9)/2 = 6.5; √36 = 6, a tie with the other unit
    near(found.scores, [[5.25, 6], [6.5, 6], [6, 6]])
    near(found.ranks, [[2, 1], [1, 2], [1, 1]])


def test_a_whole_step_as_a_choice_and_a_step_taken_out(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("n\n1\n2\n3\n", "utf-8")
    choices = [{"method": "minmax", "range": [0, 1]}, {"method": "scaled", "divide": 2}, None]
    found = repeated(base(), {"n": {"path": "recipe.normalise", "choices": choices}}, tmp_path, table="t.csv")
    near(found.scores, [[0.5, 0.5], [3.25, 3], [6.5, 6]])


def test_the_seed_decides_everything() -> None:
    factors = {"mean": MEAN, "weights": NOISE}
    one, two = (repeated(base(), factors) for _ in range(2))
    np.testing.assert_array_equal(one.scores, two.scores)
    assert (one.scores != repeated(base(), factors, seed=8).scores).any()


@pytest.mark.parametrize("weights", [NOISE, {"path": "weights", "dist": "dirichlet", "concentration": 30}])
def test_varied_weights_stay_around_the_given_ones(weights: dict[str, Any]) -> None:
    found = repeated(base(), {"w": weights}, draws=4000).scores
    near(found[:, 1], np.full(4000, 6.0))  # equal values: no weight matters
    assert abs(found[:, 0].mean() - 6.5) < 0.05
    assert ((found[:, 0] >= 4) & (found[:, 0] <= 9)).all()
    assert found[:, 0].std() > 0.1


def test_noise_at_one_level_leaves_the_others_alone() -> None:
    evaluation = scored(two_levels(), [[1, 3, 2, 2]], AS_IT_IS)
    found = repeated(evaluation, {"w": {**NOISE, "levels": [2]}}).scores
    # P and Q are both 2 while indicators keep their weights
    near(found[:, 0], np.full(50, 2.0))


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "topsis", "copeland"])
def test_unvaried_replications_repeat_the_evaluation(method: str) -> None:
    x = [[4, 9, 2, NAN], [6, 6, 3, 1], [5, 1, 8, 2]]
    evaluation = scored(two_levels(), x, AS_IT_IS, a_step("aggregate", by_level={2: method}))
    found = repeated(evaluation, {"k": {"path": "recipe.aggregate.missing", "choices": ["renormalise"]}})
    near(found.scores, np.tile(evaluation.of(), (50, 1)))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"factors": {"x": {"path": "recipe.treat.max_points", "choices": [1]}}}, "方法里没有 recipe.treat"),
        ({"factors": {"x": {"path": "recipe.normalize", "choices": [1]}}}, "是不是想写 recipe.normalise"),
        ({"factors": {"x": {"path": "recipe.normalise.rnage", "choices": [[0, 1]]}}}, "是不是想写 range"),
        ({"factors": {"x": {"path": "recipe.aggregate.method", "choices": ["median"]}}}, "aggregate"),
        ({"factors": {"x": {"path": "recipe.normalise", "choices": [3]}}}, "应是一组参数"),
        ({"factors": {"x": {"path": "weights"}}}, "takes one of noise"),
        ({"factors": {"x": {"path": "weights", "dist": "dirichlet"}}}, "needs concentration"),
        ({"factors": {"x": {"path": "recipe.normalise"}}}, "takes choices"),
        ({"factors": {"a": NOISE, "b": NOISE}}, "权重只能有一个因素"),
        ({"factor": {}}, "是不是想写 factors？"),
        ({"factors": {}, "sobol": {"n": 8}}, "sobol 敏感性还没有实现"),
    ],
)
def test_specifications_that_cannot_be_run(held: dict[str, Any], words: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        run(base(), spec_of(held))
    assert words in caught.value.zh


@pytest.mark.parametrize(
    ("table", "factors", "words"),
    [
        ("mean\n3\n", {"mean": MEAN}, "t.csv:2 mean 应是 1 到 2：3"),
        ("mena\n1\n", {"mean": MEAN}, "缺少列 mean。是不是想写 mena？"),
        ("w\n1\n", {"w": NOISE}, "要用 sets"),
        ("w\n1\n", {"w": {"path": "weights", "sets": "w.csv"}}, "w.csv:2 a 不是权重：-1"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, table: str, factors: dict[str, Any], words: str) -> None:
    (tmp_path / "t.csv").write_text(table, "utf-8")
    (tmp_path / "w.csv").write_text("a,b\n-1,1\n", "utf-8")
    with pytest.raises(FrameworkError) as caught:
        repeated(base(), factors, tmp_path, table="t.csv")
    assert words in caught.value.zh


def test_the_files(tmp_path: Path) -> None:
    evaluation = base()
    write(evaluation, tmp_path)
    found = repeated(evaluation, {"m": {"path": "recipe.aggregate.method", "choices": ["harmonic"]}}, draws=2)
    write_uncertainty(found, evaluation, tmp_path)
    # 2/(¼ + 1/9) = 72/13 = 5.538…
    assert (tmp_path / "uncertainty_scores.csv").read_text("utf-8").splitlines() == [
        "U1,U2",
        "5.53846153846154,6",
        "5.53846153846154,6",
    ]
    assert (tmp_path / "uncertainty_ranks.csv").read_text("utf-8").splitlines() == ["U1,U2", "2,1", "2,1"]
    card = json.loads((tmp_path / "card.json").read_text("utf-8"))
    assert card["uncertainty"]["units"]["U1"] == {"rank": 1, "low": 2, "median": 2, "high": 2, "known": 2}
