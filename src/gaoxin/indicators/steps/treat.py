"""Outliers pulled in one value at a time, and a logarithm where that is not enough (异常值处理).

An indicator passes if its skewness is below the limit or its kurtosis is. The touched cells are told: a unit
whose value was changed has a right to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gaoxin.indicators.steps.cells import Array, Cell

Fallback = Literal["log", "boxcox", "none"]


@dataclass(frozen=True, slots=True)
class Treated:
    """The values after treatment, the cells that were touched, and indicators that still do not pass.

    `unsettled`: (year, indicator) positions.
    """

    x: Array
    touched: tuple[Cell, ...]
    unsettled: tuple[tuple[int, int], ...]


def treat(
    x: Array,
    *,
    max_points: int = 5,
    skew: float = 2.0,
    kurtosis: float = 3.5,
    fallback: Fallback = "log",
    lambda_: float = 0.5,
) -> Treated:
    """Each indicator of each year by itself.

    Shapes: x (years, units, indicators) → the same. Missing: NaN stays NaN and counts in no moment.
    An indicator with fewer than four known values or with all of them equal is left alone.
    Source: COINr, Treat (winsorise, then log_CT on the original).
    """
    out = x.copy()
    touched: list[Cell] = []
    unsettled: list[tuple[int, int]] = []
    for t in range(x.shape[0]):
        for k in range(x.shape[2]):
            column = x[t, :, k]
            known = np.flatnonzero(~np.isnan(column))
            values = column[known]
            if passes(values, skew=skew, kurtosis=kurtosis):
                continue
            pulled, moved = winsorise(values, max_points=max_points, skew=skew, kurtosis=kurtosis)
            if passes(pulled, skew=skew, kurtosis=kurtosis):
                out[t, known, k] = pulled
                touched += [Cell(t, int(known[i]), k, what) for i, what in moved]
            elif fallback == "none":
                out[t, known, k] = pulled
                touched += [Cell(t, int(known[i]), k, what) for i, what in moved]
                unsettled.append((t, k))
            else:
                changed = log_shifted(values) if fallback == "log" else boxcox(values, lambda_)
                out[t, known, k] = changed
                touched += [Cell(t, int(i), k, fallback) for i in known]
                if not passes(changed, skew=skew, kurtosis=kurtosis):
                    unsettled.append((t, k))
    return Treated(out, tuple(touched), tuple(unsettled))


def winsorise(
    values: Array, *, max_points: int, skew: float = 2.0, kurtosis: float = 3.5
) -> tuple[Array, list[tuple[int, str]]]:
    """One extreme value a step set to the next inwards, on the side of the skew, until it passes.

    Shapes: values (n,), all known → the same, with the positions that were moved and the side. Values tied at
    the extreme move together, in one step.
    """
    out = values.copy()
    moved: dict[int, str] = {}
    for _ in range(max_points):
        if passes(out, skew=skew, kurtosis=kurtosis):
            break
        high = skewness(out) > 0
        extreme = out.max() if high else out.min()
        at = out == extreme
        inner = out[~at]
        if not inner.size:
            break
        out[at] = inner.max() if high else inner.min()
        moved |= dict.fromkeys(np.flatnonzero(at).tolist(), "winsorised_high" if high else "winsorised_low")
    return out, sorted(moved.items())


def passes(values: Array, *, skew: float = 2.0, kurtosis: float = 3.5) -> bool:
    """|G1| below `skew`, or excess G2 below `kurtosis`; too few or equal values always pass."""
    if values.size < 4 or np.ptp(values) == 0:
        return True
    return abs(skewness(values)) < skew or excess_kurtosis(values) < kurtosis


def skewness(values: Array) -> float:
    """Bias-corrected sample skewness G1; 0 for fewer than three values or none that differ."""
    n = values.size
    if n < 3 or np.ptp(values) == 0:
        return 0.0
    d = values - values.mean()
    g1 = (d**3).mean() / (d**2).mean() ** 1.5
    return float(g1 * np.sqrt(n * (n - 1)) / (n - 2))


def excess_kurtosis(values: Array) -> float:
    """Bias-corrected excess kurtosis G2; 0 for fewer than four values or none that differ."""
    n = values.size
    if n < 4 or np.ptp(values) == 0:
        return 0.0
    d = values - values.mean()
    g2 = (d**4).mean() / (d**2).mean() ** 2 - 3
    return float(((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3)))


def log_shifted(values: Array) -> Array:
    """log(x − min + 0.01·(max − min)): defined for every sign, keeps the order."""
    low, high = values.min(), values.max()
    return np.asarray(np.log(values - low + 0.01 * (high - low)))


def boxcox(values: Array, lambda_: float) -> Array:
    """((x')^λ − 1)/λ of the same shifted values; the logarithm for λ = 0."""
    low, high = values.min(), values.max()
    shifted = values - low + 0.01 * (high - low)
    if lambda_ == 0:
        return np.asarray(np.log(shifted))
    return np.asarray((shifted**lambda_ - 1) / lambda_)
