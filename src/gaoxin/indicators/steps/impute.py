"""Missing cells filled from other units or other years, or left as they are (补缺).

A filled value is an assumption, so every one of them is told. What cannot be filled stays missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from gaoxin.indicators.steps.cells import Array, Cell, Mask, cells


def impute_units(
    x: Array, *, median: bool = False, groups: Sequence[str] | None = None
) -> tuple[Array, list[Cell]]:
    """The mean (or median) of the other units in the same year, or of those in the same group.

    Shapes: x (years, units, indicators); `groups` one text per unit.
    Missing: an indicator without any known value in the year or group stays missing; a unit without a group
    ("") is not filled from a group.
    """
    centre: Callable[..., Array] = np.nanmedian if median else np.nanmean
    out = x.copy()
    named = np.array(list(groups)) if groups is not None else None
    sets = (
        [np.ones(x.shape[1], dtype=bool)]
        if named is None
        else [named == g for g in sorted(set(named) - {""})]
    )
    for members in sets:
        part = x[:, members, :]
        known: Mask = np.asarray(~np.isnan(part).all(axis=1))
        fill = np.full((x.shape[0], x.shape[2]), np.nan)
        if members.any():
            with np.errstate(invalid="ignore"):
                filled = np.where(known[:, None, :], part, 0.0)
                fill = np.where(known, centre(filled, axis=1), np.nan)
        hole = np.isnan(x) & members[None, :, None]
        out = np.where(hole, fill[:, None, :], out)
    return out, cells(np.isnan(x) & ~np.isnan(out), "imputed")


def impute_years(
    x: Array, years: Sequence[int], *, method: str = "latest", max_gap: int | None = None
) -> tuple[Array, list[Cell]]:
    """A missing year filled from the same unit's other years.

    `method`: latest = the last known year before; constant = the nearest known year, the earlier of two;
    linear = on the line between the known years around it, the nearest one at either end.
    `max_gap`: the known years used are at most so many years away; None = any.
    Shapes: x (years, units, indicators), `years` rising. Missing: stays missing where nothing is near enough.
    """
    when = np.asarray(years, dtype=np.float64)
    known = ~np.isnan(x)
    place = np.arange(len(when))[:, None, None]
    before = np.maximum.accumulate(np.where(known, place, -1), axis=0)
    after = np.flip(np.minimum.accumulate(np.flip(np.where(known, place, len(when)), axis=0), axis=0), axis=0)
    has_before, has_after = before >= 0, after < len(when)
    b, a = np.clip(before, 0, None), np.clip(after, None, len(when) - 1)
    gap_before = np.where(has_before, when[:, None, None] - when[b], np.inf)
    gap_after = np.where(has_after, when[a] - when[:, None, None], np.inf)
    left, right = np.take_along_axis(x, b, axis=0), np.take_along_axis(x, a, axis=0)
    far = np.inf if max_gap is None else max_gap
    near_before, near_after = gap_before <= far, gap_after <= far
    if method == "latest":
        fill = np.where(near_before, left, np.nan)
    else:
        nearest = np.where(gap_before <= gap_after, left, right)
        fill = np.where(np.minimum(gap_before, gap_after) <= far, nearest, np.nan)
        if method == "linear":
            inside = has_before & has_after & near_before & near_after
            with np.errstate(invalid="ignore", divide="ignore"):
                line = left + (right - left) * gap_before / (gap_before + gap_after)
            fill = np.where(inside, line, np.where(has_before & has_after, np.nan, fill))
    out = np.where(known, x, fill)
    return out, cells(~known & ~np.isnan(out), "imputed")
