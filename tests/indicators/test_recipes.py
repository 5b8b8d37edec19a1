"""Recipes: defaults, and what is refused with the nearest name."""

from __future__ import annotations

from typing import Any

import pytest

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.recipes import Normalise, Treat, recipe_of
from tests.indicators.builders import a_recipe, a_step


def test_defaults() -> None:
    treat, normalise = a_recipe(a_step("treat"), a_step("normalise")).steps
    assert isinstance(treat, Treat)
    assert (treat.max_points, treat.skew, treat.kurtosis, treat.fallback) == (5, 2.0, 3.5, "log")
    assert isinstance(normalise, Normalise)
    assert (normalise.method, normalise.range, normalise.scope) == ("minmax", (0.0, 100.0), "year")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (a_step("normalize"), "没有步骤 normalize。是不是想写 normalise？"),
        (a_step("treat", max_point=3), "第 1 步（treat）：不认识“max_point”。是不是想写 max_points？"),
        (a_step("impute", method="group_mean"), "needs group"),
        (a_step("normalise", scope="base"), "needs year"),
        (a_step("normalise", scope="fixed"), "needs bounds"),
        (a_step("normalise", method="dist_to_reference"), "needs unit"),
        (a_step("normalise", method="goalposts", lower=0), "needs lower and upper"),
        (a_step("normalise", range=[5, 5]), "lower end first"),
        (a_step("normalise", method="scaled", divide=0), "must not be 0"),
        (a_step("weight", method="ahp"), "needs file"),
        (a_step("weight", method="combined", parts=["entropy"]), "needs parts"),
        (a_step("aggregate", method="owa"), "needs weights"),
        ({"method": "mean"}, "没有写 step"),
    ],
)
def test_what_is_no_step(step: dict[str, Any], words: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        a_recipe(step)
    assert words in caught.value.zh


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("normalise", "normalise"), "normalise 写了两次"),
        (("aggregate", "treat"), "treat 不能排在 aggregate 之后"),
    ],
)
def test_steps_out_of_order(names: tuple[str, ...], words: str) -> None:
    with pytest.raises(FrameworkError, match=words):
        a_recipe(*(a_step(name) for name in names))


@pytest.mark.parametrize("held", [None, [], {"steps": []}, {"recipe": {}}])
def test_what_is_no_recipe(held: Any) -> None:
    with pytest.raises(FrameworkError, match="recipe: 后接步骤列表"):
        recipe_of(held)
