"""Places of units by score: 1 is best, ties share the best place (名次)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gaoxin.indicators.steps.cells import Array

DIGITS = 10


def rounded(scores: Array, digits: int = DIGITS) -> Array:
    """Values to so many significant digits: what differs by floating point alone is a tie."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where((scores == 0) | ~np.isfinite(scores), 0.0, np.floor(np.log10(np.abs(scores))))
    # dividing by a positive power is exact for more sizes than multiplying by a negative one
    step = digits - 1 - size
    grown = np.where(step >= 0, scores * 10.0 ** np.maximum(step, 0), scores / 10.0 ** np.maximum(-step, 0))
    whole = np.round(grown)
    return np.asarray(
        np.where(step >= 0, whole / 10.0 ** np.maximum(step, 0), whole * 10.0 ** np.maximum(-step, 0))
    )


def rank(scores: Array) -> Array:
    """Competition ranks: 1, 2, 2, 4. Shapes: (units,) or (…, units) along the last axis. Missing: NaN."""
    held = rounded(np.asarray(scores, dtype=np.float64))
    missing = np.isnan(held)
    down = np.where(missing, np.inf, -held)
    order = np.argsort(down, axis=-1, kind="stable")
    sorted_ = np.take_along_axis(down, order, axis=-1)
    begins = np.ones(held.shape, dtype=bool)
    begins[..., 1:] = sorted_[..., 1:] != sorted_[..., :-1]
    first = np.maximum.accumulate(np.where(begins, np.arange(held.shape[-1]), 0), axis=-1)
    out = np.empty_like(held)
    np.put_along_axis(out, order, first + 1.0, axis=-1)
    return np.where(missing, np.nan, out)


def rank_within(scores: Array, groups: Sequence[str]) -> Array:
    """The place of each unit among those of its own group. Missing: NaN for a unit without score or group."""
    named = np.array(list(groups))
    out = np.full(len(named), np.nan)
    for group in sorted(set(named) - {""}):
        members = named == group
        out[members] = rank(np.asarray(scores)[members])
    return out
