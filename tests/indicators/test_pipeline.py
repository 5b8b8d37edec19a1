"""From raw values to ranks: scopes, levels, missing cells, and everything that is told on the way."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.evaluation import Evaluation
from gaoxin.indicators.frameworks.tree import Framework, Node
from gaoxin.indicators.panels import panel_of
from gaoxin.indicators.pipeline import evaluate
from gaoxin.indicators.recipes import recipe_of
from gaoxin.indicators.writing import write
from tests.indicators.builders import NAN, a_framework, a_recipe, a_step, near, scored, two_levels

AS_IT_IS = a_step("normalise", method="none")


def codes(evaluation: Evaluation) -> list[str]:
    return [note.code.removeprefix("evaluation.") for note in evaluation.notes]


def test_weights_of_the_framework_and_in_the_top() -> None:
    found = scored(two_levels(), [[1, 3, 10, 20]], AS_IT_IS)
    near(found.scores[0, 0], [0.75 * 2 + 0.25 * 15, 2, 15, 1, 3, 10, 20])  # T P Q a b c d
    near(found.weights[0], [1, 0.75, 0.25, 0.5, 0.5, 0.5, 0.5])
    near(found.effective[0], [1, 0.75, 0.25, 0.375, 0.375, 0.125, 0.125])


def test_a_level_and_a_node_have_their_own_mean() -> None:
    step = a_step("aggregate", by_level={3: "geometric"})
    near(scored(two_levels(), [[4, 4, 9, 9]], AS_IT_IS, step).of(), [4**0.75 * 9**0.25])
    nodes = tuple(
        Node(n.code, n.zh, parent=n.parent, weight=n.weight, aggregate="harmonic" if n.code == "P" else None)
        for n in two_levels().nodes
    )
    found = scored(
        Framework("f", "f", nodes), [[2, 6, 1, 1]], AS_IT_IS, a_step("aggregate", by_level={2: "geometric"})
    )
    near(found.of("P"), [3])  # 1/(¼ + 1/12)
    near(found.of("Q"), [1])


def test_a_node_with_an_unknown_mean() -> None:
    with pytest.raises(FrameworkError, match="没有合成方法 geometrc。是不是想写 geometric？"):
        scored(a_framework("a", T={"aggregate": "geometrc"}), [[1]], AS_IT_IS)


@pytest.mark.parametrize(
    ("missing", "scores"),
    [("renormalise", [1.5, 1, NAN]), ("threshold", [1.5, NAN, NAN]), ("unknown", [1.5, NAN, NAN])],
)
def test_missing_children(missing: str, scores: list[float]) -> None:
    step = a_step("aggregate", missing=missing)
    found = scored(a_framework(), [[1, 2], [1, NAN], [NAN, NAN]], AS_IT_IS, step)
    near(found.of(), scores)
    assert "unit_without_data" in codes(found)
    what = "weights_renormalised" if missing == "renormalise" else "no_score"
    assert tuple(found.trace) == (("U2", None, "T", "aggregate", what),)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (a_step("normalise", scope="year"), [[0, 100], [0, 100]]),
        (a_step("normalise", scope="panel"), [[0, 20], [40, 100]]),  # 0 … 10
        (a_step("normalise", scope="base", year=2020), [[0, 100], [200, 500]]),  # 0 … 2
    ],
)
def test_scopes(scope: dict[str, object], expected: list[list[float]]) -> None:
    found = scored(a_framework("a"), [[[0], [2]], [[4], [10]]], scope, years=[2020, 2021])
    near(found.stages["normalised"][:, :, 0], expected)


def test_bounds_of_one_run_serve_another(tmp_path: Path) -> None:
    framework = a_framework("ab", b={"direction": -1})
    first = scored(framework, [[0, 5], [10, 15]], a_step("normalise"))
    write(first, tmp_path)
    recipe = recipe_of({"recipe": [a_step("normalise", scope="fixed", bounds="card.json")]}, folder=tmp_path)
    found = evaluate(framework, recipe, panel_of(framework, [[5, 5], [20, 20]], ["X", "Y"]))
    # a: 0 … 10, b: 15 worst, 5 best
    near(found.stages["normalised"][0], [[50, 100], [200, -50]])


@pytest.mark.parametrize("method", ["zscore", "efficacy", "dist_to_max"])
def test_fixed_bounds_give_what_the_sample_gave(method: str, tmp_path: Path) -> None:
    framework, x = a_framework("ab", b={"direction": -1}), [[0, 5], [10, 15], [3, 4]]
    first = scored(framework, x, a_step("normalise", method=method))
    write(first, tmp_path)
    recipe = recipe_of(
        {"recipe": [a_step("normalise", method=method, scope="fixed", bounds="card.json")]}, folder=tmp_path
    )
    again = evaluate(framework, recipe, panel_of(framework, x, ["X", "Y", "Z"]))
    near(again.scores, first.scores)


def test_goalposts_are_mirrored_for_less_is_better() -> None:
    step = a_step("normalise", method="goalposts", lower=0, upper=50)
    found = scored(a_framework("ab", b={"direction": -1}), [[10, 10], [60, 60]], step)
    near(found.stages["normalised"][0], [[20, 80], [100, 0]])
    assert [(t.code, t.indicator, t.what) for t in found.trace] == [
        ("U2", "a", "cut_at_bound"),
        ("U2", "b", "cut_at_bound"),
    ]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (a_step("normalise", method="dist_to_target"), "a 没有目标值"),
        (a_step("normalise", method="dist_to_reference", unit="U9"), "数据里没有 U9"),
        (a_step("normalise", method="dist_to_reference", unit="U1"), "a 的参照单位 U1 不优于最差值"),
        (a_step("normalise", method="rank", scope="base", year=2020), "scope 只能是 year 或 panel"),
        (a_step("normalise", scope="base", year=2020), "数据里没有 2020 年"),
        (a_step("normalise", method="goalposts", lower=5, upper=1), "a 的下限不小于上限"),
        (a_step("normalise", scope="fixed", bounds="nowhere.csv"), "打不开文件"),
        (a_step("weight", method="optimised"), "还没有实现"),
        (a_step("impute", method="panel_latest"), "需要数据有年份列"),
        (a_step("impute", method="group_mean", group="kind"), "没有分组列 kind"),
        (a_step("aggregate", method="owa", weights=[1]), "需要 2 个"),
    ],
)
def test_refusals(step: dict[str, object], words: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        scored(a_framework(), [[1, 2], [3, 4]], step)
    assert words in caught.value.zh


def test_fraction_of_max_would_turn_a_cost_round() -> None:
    with pytest.raises(FrameworkError, match="b 没有大于 0 的正向值"):
        scored(
            a_framework("ab", b={"direction": -1}),
            [[1, 2], [3, 4]],
            a_step("normalise", method="fraction_of_max"),
        )


def test_a_missing_denominator_names_the_indicator() -> None:
    framework = a_framework("a", a={"denominator": "popu"})
    with pytest.raises(FrameworkError, match="没有 a 的分母列 popu。是不是想写 pop？"):
        scored(framework, [[1]], a_step("denominate"), extra={"pop": [2.0]})


def test_zero_denominator_names_unit_indicator_and_year() -> None:
    framework = a_framework("a", a={"denominator": "pop"})
    found = scored(framework, [[[1], [2]]], a_step("denominate"), extra={"pop": [[0.0, 4.0]]}, years=[2020])
    near(found.stages["denominated"][0], [[NAN], [0.5]])
    assert "U1 a 2020：分母为 0" in found.notes[0].zh


def test_a_constant_indicator_is_told_and_not_scored() -> None:
    found = scored(a_framework(), [[[7, 1], [7, 3]]], a_step("normalise"), years=[2021])
    near(found.of(), [0, 100])
    assert [note.zh for note in found.notes] == ["a 2021 各单位的值全部相同，没有区分信息，不计分（标准化）"]


def test_a_zero_under_a_geometric_mean_names_the_unit() -> None:
    found = scored(a_framework(), [[0, 4], [9, 4]], AS_IT_IS, a_step("aggregate", method="geometric"))
    near(found.of(), [NAN, 6])
    near(found.places(), [NAN, 1])
    assert "U1 T：下级有不大于 0 的值，geometric 无定义" in found.notes[0].zh


def test_without_normalise_the_direction_is_said_not_to_act() -> None:
    assert codes(scored(a_framework("a", a={"direction": -1}), [[1], [2]])) == ["direction_unused"]


def test_screened_units_have_no_score_and_move_no_bound() -> None:
    found = scored(
        a_framework(), [[1, 2], [3, 4], [99, NAN]], a_step("screen", min_available=0.9), a_step("normalise")
    )
    near(found.of(), [0, 100, NAN])
    assert ("U3", None, "", "screen", "left_out") in found.trace


def test_one_unit_alone_has_no_scale() -> None:
    found = scored(a_framework(), [[1, 2]], a_step("normalise"))
    near(found.of(), [NAN])
    assert codes(found) == ["flat_indicator", "flat_indicator"]


@pytest.mark.parametrize("method", ["entropy", "critic", "stdev", "gini", "pca"])
def test_one_unit_alone_has_equal_weights(method: str) -> None:
    near(scored(a_framework(), [[1, 2]], AS_IT_IS, a_step("weight", method=method)).of(), [1.5])


def test_unknown_weights_are_equal_and_the_title_says_so() -> None:
    found = scored(a_framework("ab", b={"weight": None}), [[1, 3]], AS_IT_IS)
    near(found.of(), [2])
    assert found.title[0] == "自评模拟得分"
    assert codes(found) == ["framework.weight_unknown", "weights_unknown"]
    assert scored(a_framework(), [[1, 3]], AS_IT_IS).title[0] == "综合评价得分"


def test_weights_that_sum_to_nothing() -> None:
    framework = a_framework("ab", a={"weight": 0.0}, b={"weight": 0.0})
    with pytest.raises(FrameworkError, match=r"T（T）：下级权重合计为 0"):
        scored(framework, [[1, 2]], AS_IT_IS)


def test_each_year_learns_its_own_weights_unless_scaled_together() -> None:
    x = [[[0, 0], [1, 3]], [[0, 0], [5, 5]]]
    alone = scored(a_framework(), x, AS_IT_IS, a_step("weight", method="stdev"), years=[1, 2])
    near(alone.weights[:, 1:], [[0.25, 0.75], [0.5, 0.5]])
    pooled = a_step("normalise", method="none", scope="panel")
    together = scored(a_framework(), x, pooled, a_step("weight", method="stdev"), years=[1, 2])
    near(together.weights[0], together.weights[1])


def test_judgements_from_a_table_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "j.csv").write_text("code,b,a\nb,1,1/3\na,3,1\n", "utf-8")
    framework = a_framework()
    recipe = recipe_of({"recipe": [AS_IT_IS, a_step("weight", method="ahp", file="j.csv")]}, folder=tmp_path)
    found = evaluate(framework, recipe, panel_of(framework, [[8, 4]], ["X"]))
    near(found.of(), [7])  # ¾ · 8 + ¼ · 4
    assert found.card["judgements"]["T"]["consistent"]


def test_judgements_of_the_wrong_size(tmp_path: Path) -> None:
    (tmp_path / "j.yaml").write_text("T: [[1]]\n", "utf-8")
    recipe = recipe_of({"recipe": [a_step("weight", method="ahp", file="j.yaml")]}, folder=tmp_path)
    with pytest.raises(FrameworkError, match="T 的判断矩阵应为 2 行 2 列"):
        evaluate(a_framework(), recipe, panel_of(a_framework(), [[8, 4]], ["X"]))


def test_combined_weights() -> None:
    # stdev ¼ and ¾, equal ½ and ½: half of each
    step = a_step("weight", method="combined", parts=["stdev", "equal"], alpha=0.5)
    near(scored(a_framework(), [[0, 0], [1, 3]], AS_IT_IS, step).weights[0, 1:], [0.375, 0.625])


def test_places_within_a_group() -> None:
    found = scored(a_framework("a"), [[3], [2], [1]], AS_IT_IS, groups={"kind": ["东", "西", "东"]})
    near(found.places_within("kind"), [1, 1, 2])


def test_a_frame_has_the_best_first() -> None:
    rows = scored(a_framework("a"), [[1], [3], [NAN]], AS_IT_IS).df().rows()
    assert rows == [("U2", "U2", None, 3.0, 1), ("U1", "U1", None, 1.0, 2), ("U3", "U3", None, None, None)]


def test_the_files(tmp_path: Path) -> None:
    found = scored(a_framework(), [[[0, 1 / 3], [3, NAN]]] * 2, AS_IT_IS, years=[2020, 2021])
    paths = write(found, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [
        "raw.csv", "denominated.csv", "imputed.csv", "treated.csv", "normalised.csv",
        "scores.csv", "ranks.csv", "weights.csv", "trace.csv", "card.json",
    ]  # fmt: skip
    held = {path.name: path.read_text("utf-8") for path in paths}
    assert held["raw.csv"].splitlines()[:3] == ["code,year,a,b", "U1,2020,0,0.333333333333333", "U2,2020,3,"]
    assert held["scores.csv"].splitlines()[2] == "U2,2020,3,3,"
    assert held["ranks.csv"].splitlines()[1:3] == ["U1,2020,2,2,1", "U2,2020,1,1,"]
    assert held["weights.csv"].splitlines()[1:3] == ["U1,2020,1,0.5,0.5", "U2,2020,1,1,"]
    assert held["trace.csv"].splitlines()[:2] == [
        "code,year,indicator,step,what",
        "U2,2020,T,aggregate,weights_renormalised",
    ]
    card = json.loads(held["card.json"])
    assert card["recipe"][0]["step"] == "normalise"
    assert card["data"] == {"units": 2, "years": [2020, 2021], "known": 6, "cells": 8}


def test_equal_runs_give_equal_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(scored(a_framework(), [[1, 2], [3, 5]], a_step("normalise")), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_panel_of_another_framework() -> None:
    panel = panel_of(a_framework("xy"), np.ones((1, 2)), ["X"])
    with pytest.raises(FrameworkError, match="不一致"):
        evaluate(a_framework("ab"), a_recipe(), panel)
