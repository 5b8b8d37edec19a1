"""An evaluation from raw values to ranks (综合评价):

1. the steps before aggregation run in the order of the recipe, on years × units × indicators;
2. the tree is climbed: siblings get their weights, then their parent its score;
3. scores become ranks.

Every step is optional. The formulas are in `steps/`; here is the order, and the words for what happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np

from gaoxin.core.errors import FrameworkError
from gaoxin.core.issues import Issue, Severity
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.climbing import climb
from gaoxin.indicators.evaluation import STAGES, Evaluation, Kept, Touch, group_of, place_of_year
from gaoxin.indicators.frameworks.tree import Framework
from gaoxin.indicators.panels import Array, Panel
from gaoxin.indicators.recipes import (
    Aggregate,
    Denominate,
    Impute,
    Normalise,
    Recipe,
    Screen,
    Treat,
    Weight,
    check_order,
)
from gaoxin.indicators.scaling import base_of, scale
from gaoxin.indicators.steps.cells import Cell, Mask
from gaoxin.indicators.steps.denominate import denominate
from gaoxin.indicators.steps.impute import impute_units, impute_years
from gaoxin.indicators.steps.rank import rank
from gaoxin.indicators.steps.screen import screen
from gaoxin.indicators.steps.treat import treat
from gaoxin.indicators.weighing import Weigher

_STAGE_OF = {"denominate": "denominated", "impute": "imputed", "treat": "treated", "normalise": "normalised"}


@dataclass
class Log:
    """What the steps did, in the words of the panel."""

    panel: Panel
    trace: list[Touch] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)

    def touch(self, step: str, found: Sequence[Cell]) -> None:
        panel = self.panel
        self.trace += [
            Touch(panel.units[c.unit], panel.years[c.year], panel.leaves[c.indicator], step, c.what)
            for c in found
        ]

    def say(self, code: str, severity: Severity, zh: str, en: str) -> None:
        self.notes.append(Issue(f"evaluation.{code}", severity, zh, en))

    def place(self, t: int, k: int) -> str:
        """`LPI 2018`, or the code alone for data without years."""
        year = self.panel.years[t]
        return self.panel.leaves[k] if year is None else f"{self.panel.leaves[k]} {year}"


def evaluate(framework: Framework, recipe: Recipe, panel: Panel) -> Evaluation:
    """Scores and ranks of every unit in every node.

    Missing: stays missing unless the recipe imputes; how it then counts in a parent is the recipe's.
    Raises: FrameworkError naming step, indicator, unit and year for what cannot be computed.
    """
    check_order(recipe)
    if panel.leaves != tuple(leaf.code for leaf in framework.leaves):
        raise FrameworkError("数据与评价体系的指标不一致", "the panel does not belong to the framework")
    log = Log(panel)
    for code, years in _without_data(panel).items():
        log.say("unit_without_data", "warning", f"{code} 没有任何数据{years}", f"{code} has no data{years}")
    folder = Path(recipe.folder)
    x, stages = panel.x, {"raw": panel.x}
    bounds: tuple[Kept, ...] = ()
    for step in recipe.steps:
        if isinstance(step, (Weight, Aggregate)):
            continue
        if isinstance(step, Normalise):
            x, bounds = _normalise(x, step, framework, log, folder)
        else:
            x = _prepare(x, step, framework, log)
        _finite(x, step.step, panel)
        if step.step in _STAGE_OF:
            stages[_STAGE_OF[step.step]] = x
    for before, stage in pairwise(STAGES):
        stages.setdefault(stage, stages[before])
    normalise = cast("Normalise | None", recipe.step("normalise"))
    if normalise is None and any(leaf.direction < 0 for leaf in framework.leaves):
        log.say(
            "direction_unused",
            "warning",
            "方法里没有标准化步骤，逆向指标没有处理方向",
            "there is no normalise step, so the direction of indicators does not act",
        )
    weigher = Weigher(
        framework,
        cast("Weight | None", recipe.step("weight")) or Weight(),
        folder,
        _learns_from(normalise, panel),
        base_of(normalise),
    )
    aggregate = cast("Aggregate | None", recipe.step("aggregate")) or Aggregate()
    climbed = climb(x, framework, panel, weigher, aggregate)
    log.notes += [*weigher.notes, *climbed.notes]
    return Evaluation(
        framework=framework,
        recipe=recipe,
        panel=panel,
        stages={stage: stages[stage] for stage in STAGES},
        scores=climbed.scores,
        ranks=np.moveaxis(rank(np.moveaxis(climbed.scores, 2, 1)), 1, 2),
        weights=climbed.weights,
        used=climbed.used,
        trace=(*log.trace, *climbed.trace),
        notes=(*framework.remarks(), *log.notes),
        bounds=bounds,
        judgements=weigher.judgements,
    )


def _prepare(x: Array, step: Denominate | Impute | Screen | Treat, framework: Framework, log: Log) -> Array:
    panel = log.panel
    if isinstance(step, Denominate):
        out, found = denominate(x, [_denominator(n.denominator, n.code, panel) for n in framework.leaves])
        for cell in found:
            unit = panel.units[cell.unit]
            log.say(
                "denominator_zero",
                "warning",
                f"{unit} {log.place(cell.year, cell.indicator)}：分母为 0，按缺失处理",
                f"{unit} {log.place(cell.year, cell.indicator)}: the denominator is 0, taken as missing",
            )
        log.touch("denominate", found)
        return out
    if isinstance(step, Impute):
        return _impute(x, step, log)
    if isinstance(step, Screen):
        out, kept = screen(x, min_available=step.min_available)
        for t, i in np.argwhere(~kept):
            log.trace.append(Touch(panel.units[i], panel.years[t], "", "screen", "left_out"))
        return out
    if step.method == "none":
        return x
    treated = treat(
        x,
        max_points=step.max_points,
        skew=step.skew,
        kurtosis=step.kurtosis,
        fallback=step.fallback,
        lambda_=step.lambda_,
    )
    log.touch("treat", treated.touched)
    for t, k in treated.unsettled:
        log.say(
            "still_skewed",
            "info",
            f"{log.place(t, k)} 处理后偏度与峰度仍超限",
            f"{log.place(t, k)} is still beyond the limits of skewness and kurtosis after treatment",
        )
    return treated.x


def _denominator(code: str | None, of: str, panel: Panel) -> Array | None:
    if code is None:
        return None
    if code in panel.extra:
        return panel.extra[code]
    if code in panel.leaves:
        return np.asarray(panel.x[:, :, panel.leaves.index(code)])
    zh, en = did_you_mean(code, [*panel.extra, *panel.leaves])
    raise FrameworkError(
        f"数据里没有 {of} 的分母列 {code}。{zh}",
        f"the data has no column {code}, the denominator of {of}. {en}",
        step="denominate",
        node=of,
    )


def _impute(x: Array, step: Impute, log: Log) -> Array:
    panel = log.panel
    if step.method == "none":
        return x
    if step.method.startswith("panel_"):
        years = [year for year in panel.years if year is not None]
        if len(years) != len(panel.years):
            raise FrameworkError(
                f"补缺方法 {step.method} 需要数据有年份列 year",
                f"impute {step.method} needs a column year in the data",
                step="impute",
            )
        method = step.method.removeprefix("panel_")
        out, found = impute_years(x, years, method=method, max_gap=step.max_gap)
    else:
        groups = group_of(panel, step.group) if step.group and step.method.startswith("group_") else None
        out, found = impute_units(x, median=step.method.endswith("median"), groups=groups)
    log.touch("impute", found)
    return out


def _normalise(
    x: Array, step: Normalise, framework: Framework, log: Log, folder: Path
) -> tuple[Array, tuple[Kept, ...]]:
    scaled = scale(x, step, framework, log.panel, folder)
    log.touch("normalise", scaled.cut)
    for t, k in scaled.flat:
        log.say(
            "flat_indicator",
            "warning",
            f"{log.place(t, k)} 各单位的值全部相同，没有区分信息，不计分（标准化）",
            f"{log.place(t, k)}: all known values are equal and tell nothing; not scored (normalise)",
        )
    for t, k in np.argwhere(np.isnan(x).all(axis=1)):
        log.say(
            "empty_indicator",
            "warning",
            f"{log.place(int(t), int(k))} 没有任何数据，不计分",
            f"{log.place(int(t), int(k))} has no data and is not scored",
        )
    return scaled.x, scaled.bounds


def _learns_from(step: Normalise | None, panel: Panel) -> list[list[int]]:
    """For each year, the years whose values weights are found in: as the bounds were."""
    every = list(range(len(panel.years)))
    if step is None or step.scope == "year":
        return [[t] for t in every]
    if step.scope == "base" and step.year is not None:
        return [[place_of_year(panel, step.year)] for _ in every]
    return [every for _ in every]


def _without_data(panel: Panel) -> dict[str, str]:
    """Units without any value, in some years or (an empty text) in all."""
    out = {}
    empty: Mask = np.asarray(np.isnan(panel.x).all(axis=2))
    for i in np.flatnonzero(empty.any(axis=0)):
        held = [str(panel.years[t]) for t in np.flatnonzero(empty[:, i])]
        out[panel.units[i]] = "" if empty[:, i].all() else f"（{'、'.join(held)}）"
    return out


def _finite(x: Array, step: str, panel: Panel) -> None:
    bad = np.argwhere(np.isinf(x))
    if bad.size:
        t, i, k = (int(part) for part in bad[0])
        year = panel.years[t] or ""
        raise FrameworkError(
            f"步骤 {step}：{panel.units[i]} {year} {panel.leaves[k]} 算出无穷大",
            f"step {step}: {panel.units[i]} {year} {panel.leaves[k]} became infinite",
            step=step,
            node=panel.leaves[k],
        )
