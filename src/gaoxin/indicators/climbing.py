"""From indicators to the top: every parent gets a score from its children (逐级合成)."""

from __future__ import annotations

from typing import NamedTuple, get_args

import numpy as np

from gaoxin.core.errors import FrameworkError
from gaoxin.core.issues import Issue
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.evaluation import Touch
from gaoxin.indicators.frameworks.tree import Framework, Node
from gaoxin.indicators.panels import Array, Panel
from gaoxin.indicators.recipes import Aggregate, Mean
from gaoxin.indicators.steps import aggregate as forms
from gaoxin.indicators.weighing import Weigher

_NEEDS_POSITIVE = ("geometric", "harmonic", "power")


class Climbed(NamedTuple):
    """Shapes: scores and used (years, units, nodes); weights (years, nodes), 1 at the top."""

    scores: Array
    weights: Array
    used: Array
    trace: list[Touch]
    notes: list[Issue]


def climb(x: Array, framework: Framework, panel: Panel, weigher: Weigher, step: Aggregate) -> Climbed:
    """Children before parents. Shapes: x (years, units, leaves), scaled.

    Raises: FrameworkError for a node that names no method, or whose scores are infinite.
    """
    years, units, _ = x.shape
    place = {node.code: k for k, node in enumerate(framework.nodes)}
    top = place[framework.top.code]
    scores = np.full((years, units, len(place)), np.nan)
    weights, used = np.ones((years, len(place))), np.full((years, units, len(place)), np.nan)
    used[:, :, top] = 1.0
    trace: list[Touch] = []
    notes: list[Issue] = []
    for k, leaf in enumerate(framework.leaves):
        scores[:, :, place[leaf.code]] = x[:, :, k]
    for parent in framework.upwards:
        at = [place[child.code] for child in framework.children(parent.code)]
        z, method = scores[:, :, at], method_of(parent, framework, step)
        w = weigher.of(parent, z)
        held = forms.known_weights(z, w[:, None, :], missing=step.missing, min_share=step.min_share)
        score = combine(z, held, w, method, step, parent)
        scores[:, :, place[parent.code]] = score
        weights[:, at] = w
        used[:, :, at] = np.where(np.isnan(z), np.nan, held)
        _remark(z, score, method, parent, panel, trace, notes)
    return Climbed(scores, weights, used, trace, notes)


def method_of(parent: Node, framework: Framework, step: Aggregate) -> Mean:
    """The node's own method, else the one of its level, else the recipe's. Raises: FrameworkError."""
    if parent.aggregate is not None:
        if parent.aggregate not in get_args(Mean):
            zh, en = did_you_mean(parent.aggregate, get_args(Mean))
            raise FrameworkError(
                f"{parent.where} {parent.code}：没有合成方法 {parent.aggregate}。{zh}",
                f"{parent.where} {parent.code}: no method {parent.aggregate}. {en}",
                node=parent.code,
                step="aggregate",
            )
        return parent.aggregate  # type: ignore[return-value]
    return step.by_level.get(framework.level(parent.code), step.method)


def combine(z: Array, held: Array, w: Array, method: Mean, step: Aggregate, parent: Node) -> Array:
    """The scores of one parent.

    Shapes: z (years, units, children); `held` like z, weights of the known children, NaN for a unit that gets
    no score; w (years, children) → (years, units).
    """
    if method == "arithmetic":
        score = forms.arithmetic(z, held)
    elif method == "geometric":
        score = forms.geometric(z, held)
    elif method == "harmonic":
        score = forms.harmonic(z, held)
    elif method == "power":
        score = forms.power(z, held, step.p)
    else:
        allowed = np.where(np.isnan(held).any(axis=-1, keepdims=True), np.nan, z)
        if method == "owa":
            score = forms.owa(allowed, _order(step, parent, z.shape[2]))
        else:
            one = forms.copeland if method == "copeland" else forms.topsis
            score = np.stack([one(allowed[t], w[t]) for t in range(z.shape[0])])
    if np.isinf(score).any():
        raise FrameworkError(
            f"{parent.code}：{method} 合成得到无穷大",
            f"{parent.code}: {method} gives an infinite score",
            node=parent.code,
            step="aggregate",
        )
    return np.where(np.isnan(held).any(axis=-1), np.nan, score) + 0.0


def _order(step: Aggregate, parent: Node, count: int) -> Array:
    """The weights of the places, as many as there are children. Raises: FrameworkError."""
    order = np.array(step.weights)
    if order.size != count or not order.sum() > 0 or (order < 0).any():
        raise FrameworkError(
            f"owa 在 {parent.code} 需要 {count} 个不小于 0 的权重，给了 {order.size} 个",
            f"owa needs {count} weights that are not negative for {parent.code}; {order.size} are given",
            node=parent.code,
            step="aggregate",
        )
    return np.asarray(order / order.sum())


def _remark(
    z: Array,
    score: Array,
    method: str,
    parent: Node,
    panel: Panel,
    trace: list[Touch],
    notes: list[Issue],
) -> None:
    """Missing children are told cell by cell; a unit that has values but no score is named."""
    missing = np.isnan(z)
    some = missing.any(axis=2) & ~missing.all(axis=2)
    for t, i in np.argwhere(some):
        what = "no_score" if np.isnan(score[t, i]) else "weights_renormalised"
        trace.append(Touch(panel.units[i], panel.years[t], parent.code, "aggregate", what))
    if method in _NEEDS_POSITIVE:
        low = np.isnan(score) & (np.where(missing, 1.0, z) <= 0).any(axis=2)
        for t, i in np.argwhere(low):
            year = f" {panel.years[t]}" if panel.years[t] is not None else ""
            notes.append(
                Issue(
                    "evaluation.mean_not_defined",
                    "warning",
                    f"{panel.units[i]}{year} {parent.code}：下级有不大于 0 的值，{method} 无定义，不计分",
                    f"{panel.units[i]}{year} {parent.code}: a child is not above 0, so there is no "
                    f"{method} mean and no score",
                )
            )
