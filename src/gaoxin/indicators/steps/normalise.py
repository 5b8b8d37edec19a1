"""Indicators brought to one scale, better always higher (无量纲化).

`fit` finds the parameters of a method on reference rows (a year, the whole panel, a base year); `apply_fit`
uses them, so bounds can be kept and reused for another year. Direction acts here and nowhere else: an
indicator of which less is better is multiplied by −1 first (goalposts are mirrored).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from gaoxin.indicators.steps.cells import Array

Method = Literal[
    "minmax",
    "zscore",
    "scaled",
    "dist_to_max",
    "dist_to_reference",
    "dist_to_target",
    "fraction_of_max",
    "goalposts",
    "efficacy",
]
RANKED = ("rank", "percentile_rank", "borda")


@dataclass(frozen=True, slots=True)
class Fit:
    """y = offset + slope · (x·direction), per indicator; then cut to [low, high] where those are given.

    Shapes: each (indicators,). Missing: NaN for an indicator that cannot be scaled (`flat`).
    """

    slope: Array
    offset: Array
    low: Array
    high: Array
    flat: npt.NDArray[np.bool_]


def minmax(x: Array, low: float = 0.0, high: float = 100.0) -> Fit:
    """The worst value at `low`, the best at `high`. Shapes: x (rows, indicators), directed."""
    worst, best = _ends(x)
    return _line(worst, best, low, high)


def zscore(x: Array, mean: float = 0.0, sd: float = 1.0) -> Fit:
    """Mean `mean` and sample standard deviation (n − 1) `sd`."""
    centre, spread = _moments(x)
    flat = ~(spread > 0)
    slope = np.where(flat, np.nan, sd / np.where(flat, 1.0, spread))
    return _fit(slope, mean - slope * centre, flat)


def scaled(x: Array, subtract: float = 0.0, divide: float = 1.0, multiply: float = 1.0) -> Fit:
    """(x − subtract) / divide · multiply, the same for every indicator."""
    n = x.shape[1]
    slope = np.full(n, multiply / divide)
    return _fit(slope, -slope * subtract, np.zeros(n, dtype=bool))


def dist_to_max(x: Array) -> Fit:
    """1 − (max − x)/(max − min): how far from the best, as a part of the range."""
    return minmax(x, 0.0, 1.0)


def dist_to_reference(x: Array, reference: Array) -> Fit:
    """1 − (reference − x)/(reference − min): one unit is the measure, those above it exceed 1."""
    worst, _ = _ends(x)
    return _line(worst, reference, 0.0, 1.0)


def dist_to_target(x: Array, targets: Array) -> Fit:
    """1 − (target − x)/(target − min), cut at 1: what is beyond the target counts no more.

    Shapes: `targets` (indicators,), directed like x; NaN where there is none.
    """
    worst, _ = _ends(x)
    fit = _line(worst, targets, 0.0, 1.0)
    return Fit(fit.slope, fit.offset, fit.low, np.ones_like(fit.high), fit.flat)


def fraction_of_max(x: Array) -> Fit:
    """x divided by the best value; for raw values that are not negative."""
    _, best = _ends(x)
    flat = ~(best != 0) | np.isnan(best)
    slope = np.where(flat, np.nan, 1.0 / np.where(flat, 1.0, best))
    return _fit(slope, np.zeros_like(slope), flat)


def goalposts(lower: Array, upper: Array, *, scale: float = 100.0, truncate: bool = True) -> Fit:
    """0 at the lower post and `scale` at the upper; posts given in raw values, mirrored for direction −1.

    Shapes: (indicators,) each, directed like x (so lower < upper after mirroring).
    """
    fit = _line(np.minimum(lower, upper), np.maximum(lower, upper), 0.0, scale)
    if not truncate:
        return fit
    return Fit(fit.slope, fit.offset, np.zeros_like(fit.low), np.full_like(fit.high, scale), fit.flat)


def efficacy(x: Array, base: float = 60.0, span: float = 40.0) -> Fit:
    """功效系数: `base` for the worst, base + span for the best."""
    return minmax(x, base, base + span)


def apply_fit(x: Array, fit: Fit) -> Array:
    """The scaled values. Shapes: x (…, indicators), directed. Missing: NaN stays; a flat indicator is NaN."""
    return np.asarray(np.clip(fit.offset + fit.slope * x, fit.low, fit.high))


def ranked(x: Array, method: str) -> Array:
    """Places within the rows given: 1 for the worst, so that more is better.

    rank: tied values share the lower place (1, 2, 2, 4) · percentile_rank: (place − 1)/(n − 1), from 0 to 1 ·
    borda: place − 1. A single known value has percentile rank 1.
    Shapes: x (units, indicators), directed → the same. Missing: NaN stays and takes no place.
    Source: COINr, n_rank, n_prank, n_borda.
    """
    out = np.full(x.shape, np.nan)
    for k in range(x.shape[1]):
        known = ~np.isnan(x[:, k])
        places = _places(x[known, k])
        if method == "percentile_rank":
            places = (
                (places - 1) / (places.size - 1) * 100 if places.size > 1 else np.full(places.size, 100.0)
            )
        elif method == "borda":
            places = places - 1
        out[known, k] = places
    return out


def _places(values: Array) -> Array:
    return np.searchsorted(np.sort(values), values, side="left").astype(np.float64) + 1


def _ends(x: Array) -> tuple[Array, Array]:
    empty = np.isnan(x).all(axis=0)
    held = np.where(empty, 0.0, x)
    worst, best = np.nanmin(held, axis=0), np.nanmax(held, axis=0)
    return np.where(empty, np.nan, worst), np.where(empty, np.nan, best)


def _moments(x: Array) -> tuple[Array, Array]:
    known = (~np.isnan(x)).sum(axis=0)
    total = np.where(np.isnan(x), 0.0, x)
    centre = total.sum(axis=0) / np.maximum(known, 1)
    squares = np.where(np.isnan(x), 0.0, (x - centre) ** 2).sum(axis=0)
    spread = np.where(known > 1, np.sqrt(squares / np.maximum(known - 1, 1)), np.nan)
    # equal values leave a rounding rest that is no spread
    worst, best = _ends(x)
    return np.where(known > 0, centre, np.nan), np.where(worst == best, 0.0, spread)


def _line(worst: Array, best: Array, low: float, high: float) -> Fit:
    width = best - worst
    flat = ~(np.abs(width) > 0)
    slope = np.where(flat, np.nan, (high - low) / np.where(flat, 1.0, width))
    return _fit(slope, low - slope * worst, flat)


def _fit(slope: Array, offset: Array, flat: npt.NDArray[np.bool_]) -> Fit:
    n = slope.shape[0]
    return Fit(slope, offset, np.full(n, -np.inf), np.full(n, np.inf), flat)
