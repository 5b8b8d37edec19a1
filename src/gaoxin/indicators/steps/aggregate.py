"""Children put together into their parent (合成).

Means take children as (…, units, children) and weights that sum to 1. What happens with missing children is
declared: `renormalise` spreads their weight over the known ones, `threshold` does so only where enough weight
is known, `unknown` gives no score.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from gaoxin.indicators.steps.cells import Array
from gaoxin.indicators.steps.rank import rounded

Missing = Literal["renormalise", "threshold", "unknown"]


def known_weights(z: Array, w: Array, *, missing: Missing = "renormalise", min_share: float = 0.75) -> Array:
    """The weights of the known children, summing to 1 for each unit; all NaN for a unit without score.

    Shapes: z (…, units, children), w (children,) or broadcastable → like z.
    """
    known = ~np.isnan(z)
    held = np.where(known, w, 0.0)
    total = held.sum(axis=-1, keepdims=True)
    whole = np.broadcast_to(np.asarray(w).sum(axis=-1, keepdims=True), total.shape)
    if missing == "unknown":
        enough = known.all(axis=-1, keepdims=True)
    elif missing == "threshold":
        enough = total >= min_share * whole - 1e-12
    else:
        enough = total > 0
    return np.asarray(np.where(enough & (total > 0), held / np.where(total > 0, total, 1.0), np.nan))


def arithmetic(z: Array, w: Array) -> Array:
    """Σ w·z. Shapes: w like z, from `known_weights`. Missing: NaN where w is."""
    return np.asarray((np.where(np.isnan(z), 0.0, z) * w).sum(axis=-1))


def geometric(z: Array, w: Array) -> Array:
    """exp Σ w·ln z; NaN where a known child with weight is not above 0, for no logarithm exists."""
    used = ~np.isnan(z) & (w > 0)
    bad = (used & (z <= 0)).any(axis=-1)
    logs = np.where(used & (z > 0), np.log(np.where(z > 0, z, 1.0)), 0.0)
    return np.asarray(np.where(bad, np.nan, np.exp((logs * w).sum(axis=-1))))


def harmonic(z: Array, w: Array) -> Array:
    """1 / Σ w/z; NaN where a known child with weight is not above 0."""
    used = ~np.isnan(z) & (w > 0)
    bad = (used & (z <= 0)).any(axis=-1)
    parts = np.where(used & (z > 0), w / np.where(z > 0, z, 1.0), 0.0)
    total = parts.sum(axis=-1) + np.where(np.isnan(w).any(axis=-1), np.nan, 0.0)
    return np.asarray(np.where(bad, np.nan, 1.0 / np.where(total > 0, total, np.nan)))


def power(z: Array, w: Array, p: float) -> Array:
    """(Σ w·zᵖ)^(1/p); p = 1 arithmetic, 0 geometric, −1 harmonic."""
    if p == 0:
        return geometric(z, w)
    used = ~np.isnan(z) & (w > 0)
    bad = (used & (z <= 0)).any(axis=-1) if p != 1 else np.zeros(z.shape[:-1], dtype=bool)
    parts = np.where(used & ((z > 0) | (p == 1)), w * np.where(used, z, 1.0) ** p, 0.0)
    total = parts.sum(axis=-1) + np.where(np.isnan(w).any(axis=-1), np.nan, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(bad, np.nan, total if p == 1 else total ** (1 / p)))


def owa(z: Array, order: Array) -> Array:
    """Ordered weighted average: the best child takes the first weight.

    Shapes: `order` (children,). Missing: a unit with a missing child takes the first weights, renormalised.
    """
    weights = np.asarray(order, dtype=np.float64)
    down = -np.sort(-np.where(np.isnan(z), -np.inf, z), axis=-1)
    known = np.isfinite(down)
    held = np.where(known, weights, 0.0)
    total = held.sum(axis=-1)
    score = (np.where(known, down, 0.0) * held).sum(axis=-1)
    return np.asarray(np.where(total > 0, score / np.where(total > 0, total, 1.0), np.nan))


def copeland(z: Array, w: Array) -> Array:
    """Wins minus losses against the others, each pair decided by the weight of the better indicators.

    Shapes: z (units, children), w (children,) → (units,), between −(n − 1) and n − 1. Missing: an indicator
    that one of a pair lacks does not count in that pair; a unit without any known child has no score.
    """
    held = rounded(z)
    known = ~np.isnan(held)
    both = known[:, None, :] & known[None, :, :]
    ahead = np.where(both & (held[:, None, :] > held[None, :, :]), w, 0.0).sum(axis=-1)
    tied = np.where(both & (held[:, None, :] == held[None, :, :]), w, 0.0).sum(axis=-1)
    outrank = ahead + tied / 2
    wins = np.sign(np.round(outrank - outrank.T, 12))
    np.fill_diagonal(wins, 0.0)
    return np.asarray(np.where(known.any(axis=-1), wins.sum(axis=1), np.nan))


def topsis(z: Array, w: Array) -> Array:
    """Closeness to the ideal: D⁻/(D⁺ + D⁻) after vector normalisation; 0.5 where all units are alike.

    Shapes: z (units, children), better higher, w (children,) → (units,). Missing: a unit with a missing child
    has no score and no part in the norm.
    """
    full = ~np.isnan(z).any(axis=1)
    out = np.full(z.shape[0], np.nan)
    if not full.any():
        return out
    held = z[full]
    norm = np.sqrt((held**2).sum(axis=0))
    v = held / np.where(norm > 0, norm, 1.0) * w
    best, worst = v.max(axis=0), v.min(axis=0)
    to_best = np.sqrt(((v - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((v - worst) ** 2).sum(axis=1))
    total = to_best + to_worst
    out[full] = np.where(total > 0, to_worst / np.where(total > 0, total, 1.0), 0.5)
    return out
