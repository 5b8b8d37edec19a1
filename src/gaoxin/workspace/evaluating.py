"""A framework, a recipe and data put together into an evaluation (综合评价)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaoxin.core.errors import FrameworkError

if TYPE_CHECKING:
    from gaoxin.indicators.evaluation import Evaluation
    from gaoxin.indicators.frameworks import Framework
    from gaoxin.indicators.panels import Panel
    from gaoxin.indicators.recipes import Recipe


def evaluate_data(
    framework: str | Path | Framework,
    data: str | Path | Panel,
    recipe: str | Path | Mapping[str, Any] | Recipe | None = None,
) -> Evaluation:
    """The evaluation of files or of what was read from them already.

    `framework`: YAML, CSV or COINr's iMeta. `data`: a CSV or a panel. `recipe`: YAML or what it holds;
    None is min–max 0–100 within the year, given weights, arithmetic mean.
    Raises: FrameworkError naming file, indicator, unit and year.
    """
    from gaoxin.indicators.frameworks import Framework, read_framework
    from gaoxin.indicators.panels import Panel, read_panel
    from gaoxin.indicators.pipeline import evaluate

    tree = framework if isinstance(framework, Framework) else read_framework(framework)
    if not isinstance(data, (str, Path, Panel)):
        raise FrameworkError("评价数据应是 CSV 文件或面板", "the data should be a CSV file or a panel")
    panel = data if isinstance(data, Panel) else read_panel(tree, data)
    return evaluate(tree, recipe_from(recipe), panel)


def recipe_from(given: str | Path | Mapping[str, Any] | Recipe | None) -> Recipe:
    """Raises: FrameworkError for an unknown step or key, or no file."""
    from gaoxin.indicators.recipes import DEFAULT, Recipe, read_recipe, recipe_of

    if given is None:
        return DEFAULT
    if isinstance(given, Recipe):
        return given
    return recipe_of(given) if isinstance(given, Mapping) else read_recipe(given)
