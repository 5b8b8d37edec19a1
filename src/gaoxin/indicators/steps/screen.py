"""Units of which too little is known are left out, and named (筛选)."""

from __future__ import annotations

import numpy as np

from gaoxin.indicators.steps.cells import Array, Mask


def availability(x: Array) -> Array:
    """The share of indicators known, (years, units)."""
    return np.asarray((~np.isnan(x)).mean(axis=2), dtype=np.float64)


def screen(x: Array, *, min_available: float) -> tuple[Array, Mask]:
    """Rows below the share blanked, and which rows stay.

    Shapes: x (years, units, indicators) → the same, kept (years, units). A share exactly at the limit stays.
    Missing: a blanked unit has no score in that year and no part in the bounds of the others.
    """
    total = x.shape[2]
    known = (~np.isnan(x)).sum(axis=2)
    # counted, not divided: 9 of 10 is exactly 0.9
    kept = known >= np.ceil(min_available * total - 1e-9)
    return np.where(kept[:, :, None], x, np.nan), kept
