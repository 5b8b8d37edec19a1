"""Levels become ratios: each indicator divided by the size of the unit (去量纲)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gaoxin.indicators.steps.cells import Array, Cell, cells


def denominate(x: Array, by: Sequence[Array | None]) -> tuple[Array, list[Cell]]:
    """Each indicator divided by its denominator, where it has one.

    Shapes: x (years, units, indicators); `by` one entry per indicator, (years, units) or None.
    Missing: a missing value or denominator gives NaN; so does a denominator of zero, which is told.
    Source: COINr, Denominate.
    """
    out = x.copy()
    touched: list[Cell] = []
    for k, denominator in enumerate(by):
        if denominator is None:
            continue
        zero = denominator == 0
        with np.errstate(divide="ignore", invalid="ignore"):
            out[:, :, k] = np.where(zero, np.nan, x[:, :, k] / denominator)
        mask = np.zeros(x.shape, dtype=bool)
        mask[:, :, k] = zero & ~np.isnan(x[:, :, k])
        touched += cells(mask, "denominator_zero")
    return out, touched
