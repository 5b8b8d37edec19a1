"""Indicators brought to one scale, better always higher (无量纲化).

`fit` finds the parameters of a method on reference rows (a year, the whole panel, a base year); `apply_fit`
uses them, so bounds can be kept and reused for another year. Direction acts here and nowhere else: an
indicator of which less is better is multiplied by −1 first (goalposts are mirrored).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gaoxin.indicators.steps.cells import Array
from gaoxin.indicators.steps.rank import rounded

RANKED = ("rank", "percentile_rank", "borda")


@dataclass(frozen=True, slots=True)
class Fit:
    """y = offset + span · (x·direction − centre) / width, per indicator; then cut to [low, high].

    Subtracting first keeps every digit of values that are large beside their range.
    Shapes: each (indicators,). Missing: NaN for an indicator that cannot be scaled (`flat`).
    """

    centre: Array
    width: Array
    span: Array
    offset: Array
    low: Array
    high: Array
    flat: npt.NDArray[np.bool_]


def minmax(x: Array, low: float = 0.0, high: float = 100.0) -> Fit:
    """The worst value at `low`, the best at `high`. Shapes: x (rows, indicators), directed."""
    worst, best = ends(x)
    return _line(worst, best, low, high)


def zscore(x: Array, mean: float = 0.0, sd: float = 1.0) -> Fit:
    """Mean `mean` and sample standard deviation (n − 1) `sd`."""
    centre, spread = centre_and_spread(x)
    return moments(centre, spread, mean, sd)


def moments(centre: Array, spread: Array, mean: float = 0.0, sd: float = 1.0) -> Fit:
    """The same from a mean and a deviation that are known already."""
    return _fit(centre, spread, sd, mean)


def scaled(x: Array, subtract: float = 0.0, divide: float = 1.0, multiply: float = 1.0) -> Fit:
    """(x − subtract) / divide · multiply, the same for every indicator."""
    n = x.shape[1]
    return _fit(np.full(n, float(subtract)), np.full(n, float(divide)), multiply, 0.0)


def dist_to_max(x: Array) -> Fit:
    """1 − (max − x)/(max − min): how far from the best, as a part of the range."""
    return minmax(x, 0.0, 1.0)


def dist_to_reference(x: Array, reference: Array) -> Fit:
    """1 − (reference − x)/(reference − min): one unit is the measure, those above it exceed 1."""
    worst, _ = ends(x)
    return _line(worst, reference, 0.0, 1.0)


def dist_to_target(x: Array, targets: Array) -> Fit:
    """1 − (target − x)/(target − min), cut at 1: what is beyond the target counts no more.

    Shapes: `targets` (indicators,), directed like x; NaN where there is none.
    """
    worst, _ = ends(x)
    fit = _line(worst, targets, 0.0, 1.0)
    return replace(fit, high=np.ones_like(fit.high))


def fraction_of_max(x: Array) -> Fit:
    """x divided by the best value; for raw values that are not negative, of which more is better."""
    _, best = ends(x)
    return _fit(np.zeros_like(best), best, 1.0, 0.0)


def goalposts(lower: Array, upper: Array, *, scale: float = 100.0, truncate: bool = True) -> Fit:
    """0 at the lower post and `scale` at the upper; posts given in raw values, mirrored for direction −1.

    Shapes: (indicators,) each, directed like x (so lower < upper after mirroring).
    """
    fit = _line(np.minimum(lower, upper), np.maximum(lower, upper), 0.0, scale)
    if not truncate:
        return fit
    return replace(fit, low=np.zeros_like(fit.low), high=np.full_like(fit.high, scale))


def efficacy(x: Array, base: float = 60.0, span: float = 40.0) -> Fit:
    """功效系数: `base` for the worst, base + span for the best."""
    return minmax(x, base, base + span)


def apply_fit(x: Array, fit: Fit) -> Array:
    """The scaled values. Shapes: x (…, indicators), directed. Missing: NaN stays; a flat indicator is NaN."""
    return np.asarray(np.clip(fit.offset + fit.span * ((x - fit.centre) / fit.width), fit.low, fit.high))


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
        places = _places(rounded(x[known, k]))
        if method == "percentile_rank":
            places = (places - 1) / (places.size - 1) if places.size > 1 else np.ones(places.size)
        elif method == "borda":
            places = places - 1
        out[known, k] = places
    return out


def _places(values: Array) -> Array:
    return np.searchsorted(np.sort(values), values, side="left").astype(np.float64) + 1


def ends(x: Array) -> tuple[Array, Array]:
    """The least and the greatest known value of each column."""
    empty = np.isnan(x).all(axis=0)
    held = np.where(empty, 0.0, x)
    worst, best = np.nanmin(held, axis=0), np.nanmax(held, axis=0)
    return np.where(empty, np.nan, worst), np.where(empty, np.nan, best)


def centre_and_spread(x: Array) -> tuple[Array, Array]:
    """Mean and sample standard deviation (n − 1) of each column, known values only."""
    known = (~np.isnan(x)).sum(axis=0)
    total = np.where(np.isnan(x), 0.0, x)
    centre = total.sum(axis=0) / np.maximum(known, 1)
    squares = np.where(np.isnan(x), 0.0, (x - centre) ** 2).sum(axis=0)
    spread = np.where(known > 1, np.sqrt(squares / np.maximum(known - 1, 1)), np.nan)
    # equal values leave a rounding rest that is no spread
    worst, best = ends(x)
    return np.where(known > 0, centre, np.nan), np.where(worst == best, 0.0, spread)


def _line(worst: Array, best: Array, low: float, high: float) -> Fit:
    return _fit(worst, best - worst, high - low, low)


def _fit(centre: Array, width: Array, span: float, offset: float) -> Fit:
    # a rest of floating point is no spread
    size = np.maximum(np.abs(centre), np.abs(centre + width))
    flat = ~(np.abs(width) > 1e-13 * size)
    n = width.shape[0]
    return Fit(
        centre=centre,
        width=np.where(flat, np.nan, width),
        span=np.full(n, float(span)),
        offset=np.full(n, float(offset)),
        low=np.full(n, -np.inf),
        high=np.full(n, np.inf),
        flat=flat,
    )
