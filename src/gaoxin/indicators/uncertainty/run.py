"""The evaluation repeated: one preparation for each combination of choices, weights as arrays (重复计算)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from gaoxin.indicators.climbing import combine, method_of
from gaoxin.indicators.evaluation import Evaluation
from gaoxin.indicators.frameworks.tree import Framework
from gaoxin.indicators.panels import Array
from gaoxin.indicators.pipeline import evaluate
from gaoxin.indicators.recipes import Aggregate
from gaoxin.indicators.steps.aggregate import known_weights
from gaoxin.indicators.steps.rank import rank
from gaoxin.indicators.uncertainty.draws import choices_of, read_sets, vary
from gaoxin.indicators.uncertainty.spec import Spec, with_choice

# how many numbers one chunk may hold in its largest array
_CHUNK = 4_000_000


@dataclass(frozen=True)
class Uncertainty:
    """Scores and ranks of the top node in every replication, in the latest year.

    Shapes: (replications, units). Missing: NaN.
    """

    spec: Spec
    units: tuple[str, ...]
    scores: Array
    ranks: Array
    nominal: Array

    @property
    def card(self) -> dict[str, Any]:
        """For each unit its nominal rank, the median, and the ranks that hold 90 of 100 replications."""
        out = {}
        for i, unit in enumerate(self.units):
            held = self.ranks[~np.isnan(self.ranks[:, i]), i]
            low, middle, high = (
                (float(v) for v in np.quantile(held, (0.05, 0.5, 0.95))) if held.size else (None,) * 3
            )
            nominal = None if np.isnan(self.nominal[i]) else int(self.nominal[i])
            out[unit] = {"rank": nominal, "median": middle, "low": low, "high": high, "known": int(held.size)}
        return {"replications": self.scores.shape[0], "spec": self.spec.model_dump(), "units": out}


def run(evaluation: Evaluation, spec: Spec) -> Uncertainty:
    """Every replication of a specification. The same seed gives the same numbers.

    Raises: FrameworkError for a path that does not exist, before any replication runs; and for a combination
    that cannot be computed.
    """
    framework, panel = evaluation.framework, evaluation.panel
    varied = {name: factor for name, factor in spec.factors.items() if not factor.is_weights}
    for factor in varied.values():
        for choice in factor.choices:
            with_choice(evaluation.recipe, factor.path, choice)
    weights_name = next((name for name, factor in spec.factors.items() if factor.is_weights), None)
    weights_factor = spec.factors[weights_name] if weights_name else None
    sets = None
    if weights_factor is not None and weights_factor.sets is not None:
        sets = read_sets(Path(spec.folder) / weights_factor.sets, framework)
    chosen = choices_of(spec, sets)
    count = len(next(iter(chosen.values()))) if chosen else spec.draws
    keys = (
        np.stack([chosen[name] for name in varied], axis=1)
        if varied
        else np.zeros((count, 0), dtype=np.int64)
    )
    combinations, which = np.unique(keys, axis=0, return_inverse=True)
    scores = np.full((count, len(panel.units)), np.nan)
    for number, combination in enumerate(combinations):
        recipe = evaluation.recipe
        for choice, factor in zip(combination, varied.values(), strict=True):
            recipe = with_choice(recipe, factor.path, factor.choices[int(choice)])
        base = evaluate(framework, recipe, panel) if varied else evaluation
        step = cast("Aggregate | None", recipe.step("aggregate")) or Aggregate()
        x = leaves_of(base)
        generator = np.random.default_rng([spec.seed, 1, number])
        rows = np.flatnonzero(which.reshape(-1) == number)
        size = max(1, _CHUNK // (len(panel.units) * len(framework.nodes)))
        for start in range(0, rows.size, size):
            part = rows[start : start + size]
            picks = chosen[weights_name][part] if sets is not None and weights_name else part
            w = vary(base.weights[-1], weights_factor, framework, picks, generator, sets)
            scores[part] = tops(x, w, framework, step)
    return Uncertainty(spec, panel.units, scores, rank(scores), evaluation.places())


def leaves_of(evaluation: Evaluation) -> Array:
    """The scaled indicators of the latest year, (units, leaves)."""
    at = [evaluation.nodes.index(leaf.code) for leaf in evaluation.framework.leaves]
    return np.asarray(evaluation.scores[-1][:, at])


def tops(x: Array, w: Array, framework: Framework, step: Aggregate) -> Array:
    """The top score of every unit under many sets of weights.

    Shapes: x (units, leaves), w (sets, nodes) → (sets, units). Arithmetic means of complete values are matrix
    products; everything else takes the same formulas as a single evaluation, with sets in place of years.
    """
    place: Mapping[str, int] = {node.code: k for k, node in enumerate(framework.nodes)}
    held: dict[str, Array] = {leaf.code: x[:, k] for k, leaf in enumerate(framework.leaves)}
    sets, units = w.shape[0], x.shape[0]
    for parent in framework.upwards:
        children = [child.code for child in framework.children(parent.code)]
        own, method = w[:, [place[code] for code in children]], method_of(parent, framework, step)
        parts = [held[code] for code in children]
        if method == "arithmetic" and not any(np.isnan(part).any() for part in parts):
            score = np.zeros((sets, units))
            for k, part in enumerate(parts):
                score += own[:, k : k + 1] * part
        else:
            z = np.stack([np.broadcast_to(part, (sets, units)) for part in parts], axis=2)
            known = known_weights(z, own[:, None, :], missing=step.missing, min_share=step.min_share)
            score = combine(z, known, own, method, step, parent)
        held[parent.code] = score
    return np.broadcast_to(held[framework.top.code], (sets, units))
