"""Which cells a step touched, and how (痕迹)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Cell(NamedTuple):
    """Position of a cell in years × units × indicators, and what was done to it."""

    year: int
    unit: int
    indicator: int
    what: str


def cells(mask: Mask, what: str) -> list[Cell]:
    """The true cells of a mask, all with the same remark."""
    return [Cell(int(t), int(i), int(k), what) for t, i, k in np.argwhere(mask)]
