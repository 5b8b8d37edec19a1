"""Where weights come from when nobody gives them: from the data or from judgements (赋权).

Each function takes the scaled values of siblings and gives weights that are not negative and sum to 1.
Missing cells are left out of every moment; a column without spread says nothing and gets 0, unless all are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.steps.cells import Array

# Saaty's random indices for 1 to 10 criteria.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
CONSISTENT = 0.10


def equal(count: int) -> Array:
    return np.full(count, 1.0 / count)


def entropy(z: Array) -> Array:
    """熵权: 1 − e, e = −(1/ln n)·Σ p ln p over the units, 0·ln 0 = 0.

    Shapes: z (units, indicators), not negative. Raises: FrameworkError for a negative value.
    """
    if np.nanmin(z, initial=0.0) < 0:
        raise FrameworkError(
            "熵权不能用负值，请先用极差或功效系数标准化", "Entropy weights need values that are not negative."
        )
    total = np.nansum(z, axis=0)
    known = (~np.isnan(z)).sum(axis=0)
    p = np.where(np.isnan(z) | (total <= 0), 0.0, z / np.where(total > 0, total, 1.0))
    terms = np.where(p > 0, p * np.log(np.where(p > 0, p, 1.0)), 0.0)
    base = np.log(np.maximum(known, 2))
    e = -terms.sum(axis=0) / base
    return _shares(np.where(total > 0, np.maximum(1 - e, 0.0), 0.0))


def stdev(z: Array, ddof: int = 1) -> Array:
    """In proportion to the standard deviation."""
    return _shares(_spread(z, ddof))


def critic(z: Array, ddof: int = 1) -> Array:
    """CRITIC: σⱼ · Σₖ (1 − rⱼₖ); a column without spread is compared with nothing and gets 0."""
    sigma = _spread(z, ddof)
    correlation = correlations(z)
    conflict = np.where(np.isnan(correlation), 0.0, 1 - correlation).sum(axis=1)
    return _shares(sigma * conflict)


def gini(z: Array) -> Array:
    """In proportion to the Gini coefficient of each column; for values that are not negative."""
    out = np.zeros(z.shape[1])
    for k in range(z.shape[1]):
        held = np.sort(z[~np.isnan(z[:, k]), k])
        n, total = held.size, held.sum()
        if n > 1 and total > 0:
            out[k] = (2 * (np.arange(1, n + 1) * held).sum() / (n * total)) - (n + 1) / n
    return _shares(np.maximum(out, 0.0))


def pca(z: Array) -> Array:
    """The squared loadings of the first principal component of the correlation matrix; they sum to 1.

    Components that explain the same are taken together, so the order of the columns decides nothing.
    """
    correlation = correlations(z)
    moving = ~np.isnan(np.diag(correlation))
    raw = np.zeros(z.shape[1])
    if moving.any():
        held = correlation[np.ix_(moving, moving)]
        values, vectors = np.linalg.eigh(np.where(np.isnan(held), 0.0, held))
        first = values > values[-1] - 1e-9
        raw[moving] = (vectors[:, first] ** 2).sum(axis=1)
    return _shares(raw)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Weights from pairwise judgements.

    `ratio`: consistency ratio CR, None for one or two criteria, which are always consistent. `worst`: the
    positions (row, column) of the judgement that fits the weights least.
    """

    weights: Array
    largest: float
    index: float
    ratio: float | None
    worst: tuple[int, int]

    @property
    def is_consistent(self) -> bool:
        return self.ratio is None or self.ratio < CONSISTENT


def ahp(judgements: Array) -> Judgement:
    """AHP: the principal eigenvector of a reciprocal matrix.

    Shapes: (criteria, criteria). Raises: FrameworkError for a matrix that is not square, not positive or not
    reciprocal, naming the cell, and for more than ten criteria.
    """
    a = np.asarray(judgements, dtype=np.float64)
    n = a.shape[0]
    if a.ndim != 2 or a.shape[1] != n or not 1 <= n <= len(RANDOM_INDEX):
        raise FrameworkError(
            f"判断矩阵应为 1 到 10 阶方阵，现为 {a.shape}", f"judgements must be square, 1 to 10: {a.shape}"
        )
    if not (a > 0).all():
        raise FrameworkError("判断矩阵的每个数都应大于 0", "every judgement must be above 0")
    off = np.argwhere(np.abs(a * a.T - 1) > 1e-6)
    if off.size:
        i, j = (int(part) + 1 for part in off[0])
        raise FrameworkError(
            f"判断矩阵第 {i} 行第 {j} 列与第 {j} 行第 {i} 列不互为倒数",
            f"judgements ({i}, {j}) and ({j}, {i}) are not reciprocal",
        )
    values, vectors = np.linalg.eig(a)
    top = int(np.argmax(values.real))
    weights = _shares(np.abs(vectors[:, top].real))
    largest = float(values[top].real)
    index = (largest - n) / (n - 1) if n > 1 else 0.0
    ratio = index / RANDOM_INDEX[n - 1] if n > 2 else None
    gap = np.abs(np.log(a * weights[None, :] / weights[:, None]))
    row, column = divmod(int(np.argmax(gap)), n)
    return Judgement(weights, largest, index, ratio, (row, column))


def combined(parts: list[Array], alpha: float | None = None) -> Array:
    """Two or more sets put together: α·a + (1 − α)·b for two, else in proportion to their product's root."""
    if alpha is not None and len(parts) == 2:
        return _shares(alpha * parts[0] + (1 - alpha) * parts[1])
    return _shares(np.prod(np.stack(parts), axis=0) ** (1 / len(parts)))


def correlations(z: Array) -> Array:
    """Pearson's r of every pair over the units where both are known; NaN where one has no spread."""
    m = z.shape[1]
    out = np.full((m, m), np.nan)
    for j in range(m):
        for k in range(j, m):
            both = ~np.isnan(z[:, j]) & ~np.isnan(z[:, k])
            a, b = z[both, j], z[both, k]
            if a.size > 1 and np.ptp(a) > 0 and np.ptp(b) > 0:
                da, db = a - a.mean(), b - b.mean()
                out[j, k] = out[k, j] = (da * db).sum() / np.sqrt((da**2).sum() * (db**2).sum())
    return out


def _spread(z: Array, ddof: int) -> Array:
    known = (~np.isnan(z)).sum(axis=0)
    mean = np.nansum(z, axis=0) / np.maximum(known, 1)
    squares = np.nansum((z - mean) ** 2, axis=0)
    flat = (np.nanmax(z, axis=0, initial=-np.inf) == np.nanmin(z, axis=0, initial=np.inf)) | (known <= ddof)
    return np.where(flat, 0.0, np.sqrt(squares / np.maximum(known - ddof, 1)))


def _shares(raw: Array) -> Array:
    total = raw.sum()
    return raw / total if total > 0 else equal(raw.shape[0])
