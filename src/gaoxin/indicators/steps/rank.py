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
    held = np.atleast_2d(rounded(np.asarray(scores, dtype=np.float64)))
    out = np.full(held.shape, np.nan)
    for index in np.ndindex(held.shape[:-1]):
        row = held[index]
        known = ~np.isnan(row)
        order = np.sort(row[known])
        better = order.size - np.searchsorted(order, row[known], side="right")
        out[index][known] = better + 1
    return out.reshape(np.shape(scores))


def rank_within(scores: Array, groups: Sequence[str]) -> Array:
    """The place of each unit among those of its own group. Missing: NaN for a unit without score or group."""
    named = np.array(list(groups))
    out = np.full(len(named), np.nan)
    for group in sorted(set(named) - {""}):
        members = named == group
        out[members] = rank(np.asarray(scores)[members])
    return out
