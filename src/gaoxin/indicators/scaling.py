"""Which rows an indicator is scaled by, and what is kept of it (标准化的参照范围).

`steps/normalise.py` has the formulas; here are the year, the whole panel, a base year or bounds from a file,
the direction of each indicator, and the words for what could not be scaled.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gaoxin.core.errors import FrameworkError
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.evaluation import Kept, place_of_year
from gaoxin.indicators.files import text_of
from gaoxin.indicators.frameworks.tree import Framework, Node
from gaoxin.indicators.panels import Array, Panel
from gaoxin.indicators.recipes import Normalise
from gaoxin.indicators.steps import normalise as forms
from gaoxin.indicators.steps.cells import Cell, Mask, cells

_NO_ROWS = ("scaled", "goalposts", "none")
_NEEDS_UNITS = ("rank", "percentile_rank", "borda", "dist_to_reference")


class Scaled(NamedTuple):
    """The scaled values, the cells cut at an end, (year, indicator) without spread, and the bounds used."""

    x: Array
    cut: list[Cell]
    flat: list[tuple[int, int]]
    bounds: tuple[Kept, ...]


def scale(x: Array, step: Normalise, framework: Framework, panel: Panel, folder: Path) -> Scaled:
    """Every indicator on the scale of the step, better always higher.

    Shapes: x (years, units, indicators) → the same. Missing: NaN stays; an indicator whose known values are
    all equal holds no information and becomes NaN, which is told.
    Raises: FrameworkError naming the indicator that lacks a target, bounds or posts.
    """
    leaves = framework.leaves
    direction = np.array([float(leaf.direction) for leaf in leaves])
    codes = [leaf.code for leaf in leaves]
    directed = x * direction + 0.0  # no negative zero
    if step.method in _NEEDS_UNITS and step.scope not in ("year", "panel"):
        raise _refuse(step, f"scope 只能是 year 或 panel，不能是 {step.scope}", "takes scope year or panel")
    if step.method == "none":
        return Scaled(directed, [], [], ())
    if step.method in forms.RANKED:
        return _ranked(directed, step)
    known: Mask = np.asarray(~np.isnan(x).all(axis=1))
    if step.scope == "fixed" and step.method not in _NO_ROWS:
        bounds = read_bounds(folder / str(step.bounds), codes)
        fits = [_fixed(bounds, step, framework, codes, direction)] * x.shape[0]
        kept = tuple(bounds[code] for code in codes)
    else:
        fits, kept = _fitted(directed, step, framework, panel, folder)
    out, flat, cut = np.empty_like(x), [], np.zeros(x.shape, dtype=bool)
    for t, fit in enumerate(fits):
        out[t] = forms.apply_fit(directed[t], fit)
        flat += [(t, int(k)) for k in np.flatnonzero(fit.flat & known[t])]
        cut[t] = _is_cut(directed[t], fit)
    return Scaled(out, cells(cut, "cut_at_bound"), flat, kept)


def base_of(step: Normalise | None) -> float:
    """The score of the worst: entropy and Gini look at what is above it, so a base changes no weight."""
    if step is None:
        return 0.0
    return {"efficacy": step.base, "minmax": step.range[0]}.get(step.method, 0.0)


def read_bounds(path: Path, codes: Iterable[str]) -> dict[str, Kept]:
    """Bounds by indicator: a CSV `code, lower, upper[, mean, sd]`, or the card of an earlier evaluation.

    Raises: FrameworkError for an indicator that is missing or stands twice, and for no file.
    """
    rows = _rows(path)
    held: dict[str, Kept] = {}
    for row in rows:
        code = str(row.get("code") or "").strip()
        if code in held:
            raise FrameworkError(
                f"{path.name}：{code} 写了两次（多个年份的参照值请留一年）",
                f"{path.name}: {code} stands twice (keep the bounds of one year)",
            )
        numbers = [_number(row.get(key), path.name, code, key) for key in ("lower", "upper", "mean", "sd")]
        held[code] = Kept(code, None, *numbers)
    for code in codes:
        if code not in held:
            zh, en = did_you_mean(code, held)
            raise FrameworkError(
                f"{path.name}：没有 {code} 的上下限。{zh}", f"{path.name}: no bounds for {code}. {en}"
            )
    return held


def _rows(path: Path) -> list[Mapping[str, object]]:
    text = text_of(path)
    if path.suffix.lower() == ".json":
        try:
            held = json.loads(text)["bounds"]
        except (ValueError, KeyError, TypeError):
            raise FrameworkError(
                f"{path.name}：不是带 bounds 的评价卡片", f"{path.name}: no card of an evaluation with bounds"
            ) from None
        return list(held)
    return list(csv.DictReader(io.StringIO(text)))


def _number(value: object, name: str, code: str, key: str) -> float:
    if value in (None, "", "NA"):
        return float("nan")
    try:
        return float(str(value))
    except ValueError:
        raise FrameworkError(
            f"{name} {code}：{key} 不是数：{value}", f"{name} {code}: {key} is no number: {value}"
        ) from None


def _ranked(directed: Array, step: Normalise) -> Scaled:
    if step.scope == "panel":
        years, units, count = directed.shape
        pooled = forms.ranked(directed.reshape(years * units, count), step.method)
        return Scaled(pooled.reshape(directed.shape), [], [], ())
    return Scaled(np.stack([forms.ranked(part, step.method) for part in directed]), [], [], ())


def _fitted(
    directed: Array, step: Normalise, framework: Framework, panel: Panel, folder: Path
) -> tuple[list[forms.Fit], tuple[Kept, ...]]:
    """One fit a year, and the bounds they rest on."""
    years, _, count = directed.shape
    sets: list[tuple[int | None, Array]]
    if step.scope == "base" and step.year is not None:
        sets = [(step.year, directed[place_of_year(panel, step.year)])]
    elif step.scope == "panel":
        sets = [(None, directed.reshape(-1, count))]
    else:
        sets = [(panel.years[t], directed[t]) for t in range(years)]
    fits = [
        _fit(rows, step, framework, panel, folder, directed, t if len(sets) > 1 else 0)
        for t, (_, rows) in enumerate(sets)
    ]
    kept = () if step.method in _NO_ROWS else tuple(k for year, r in sets for k in _kept(r, year, framework))
    return (fits if len(fits) == years else fits * years), kept


def _fit(
    rows: Array,
    step: Normalise,
    framework: Framework,
    panel: Panel,
    folder: Path,
    directed: Array,
    t: int,
) -> forms.Fit:
    if step.method == "scaled":
        return forms.scaled(rows, step.subtract, step.divide, step.multiply)
    if step.method == "goalposts":
        return _posts(step, framework, folder)
    if step.method == "dist_to_reference":
        if step.scope == "panel" and directed.shape[0] > 1:
            raise _refuse(step, "多年数据请用 scope: year", "several years need scope: year")
        reference = directed[t, panel.unit(str(step.unit))]
        _above_worst(step, framework, rows, reference, f"参照单位 {step.unit} ", f"unit {step.unit}")
        return forms.dist_to_reference(rows, reference)
    return _by_rows(rows, step, framework)


def _by_rows(rows: Array, step: Normalise, framework: Framework) -> forms.Fit:
    if step.method == "minmax":
        return forms.minmax(rows, *step.range)
    if step.method == "zscore":
        return forms.zscore(rows, step.mean, step.sd)
    if step.method == "efficacy":
        return forms.efficacy(rows, step.base, step.span)
    if step.method == "dist_to_max":
        return forms.dist_to_max(rows)
    if step.method == "dist_to_target":
        targets = np.array([_target(leaf, step) for leaf in framework.leaves])
        _above_worst(step, framework, rows, targets, "目标值", "the target")
        return forms.dist_to_target(rows, targets)
    _, best = forms.ends(rows)
    for leaf, top in zip(framework.leaves, best, strict=True):
        if top <= 0:
            raise _refuse(
                step, f"{leaf.code} 没有大于 0 的正向值", f"{leaf.code} has no value above 0", leaf.code
            )
    return forms.fraction_of_max(rows)


def _fixed(
    bounds: Mapping[str, Kept], step: Normalise, framework: Framework, codes: list[str], direction: Array
) -> forms.Fit:
    """The fit of bounds from a file: their two ends stand for the rows, so every formula is the same."""
    lower = np.array([bounds[code].lower for code in codes])
    upper = np.array([bounds[code].upper for code in codes])
    if step.method == "zscore":
        mean = np.array([bounds[code].mean for code in codes])
        sd = np.array([bounds[code].sd for code in codes])
        _all_there(step, codes, mean + sd, "mean、sd")
        return forms.moments(mean * direction, sd, step.mean, step.sd)
    _all_there(step, codes, lower + upper, "lower、upper")
    return _by_rows(np.stack([lower, upper]) * direction, step, framework)


def _posts(step: Normalise, framework: Framework, folder: Path) -> forms.Fit:
    leaves = framework.leaves
    direction = np.array([float(leaf.direction) for leaf in leaves])
    codes = [leaf.code for leaf in leaves]
    if step.file is not None:
        held = read_bounds(folder / step.file, codes)
        lower = np.array([held[code].lower for code in codes])
        upper = np.array([held[code].upper for code in codes])
        _all_there(step, codes, lower + upper, "lower、upper")
    else:
        lower, upper = np.full(len(codes), step.lower), np.full(len(codes), step.upper)
    for code, low, high in zip(codes, lower, upper, strict=True):
        if not low < high:
            raise _refuse(step, f"{code} 的下限不小于上限", f"{code}: lower is not below upper", code)
    return forms.goalposts(lower * direction, upper * direction, scale=step.scale, truncate=step.truncate)


def _above_worst(
    step: Normalise, framework: Framework, rows: Array, measure: Array, zh: str, en: str
) -> None:
    """A measure no better than the worst value would turn the scale round."""
    worst, _ = forms.ends(rows)
    for leaf, low, held in zip(framework.leaves, worst, measure, strict=True):
        if np.isnan(held) and not np.isnan(low):
            raise _refuse(step, f"{zh}缺 {leaf.code}", f"{en} lacks {leaf.code}", leaf.code)
        if held <= low:
            raise _refuse(
                step,
                f"{leaf.code} 的{zh}不优于最差值",
                f"{leaf.code}: {en} is no better than the worst",
                leaf.code,
            )


def _target(leaf: Node, step: Normalise) -> float:
    if leaf.target is None:
        raise _refuse(step, f"{leaf.code} 没有目标值", f"{leaf.code} has no target", leaf.code)
    return leaf.target * leaf.direction


def _all_there(step: Normalise, codes: list[str], held: Array, what: str) -> None:
    for code, value in zip(codes, held, strict=True):
        if np.isnan(value):
            raise _refuse(step, f"参照文件里 {code} 缺 {what}", f"the file lacks {what} of {code}", code)


def _kept(rows: Array, year: int | None, framework: Framework) -> list[Kept]:
    """The ends, mean and deviation in raw values, undirected."""
    worst, best = forms.ends(rows)
    centre, spread = forms.centre_and_spread(rows)
    out = []
    for k, leaf in enumerate(framework.leaves):
        low, high = sorted((float(worst[k]) * leaf.direction, float(best[k]) * leaf.direction))
        out.append(Kept(leaf.code, year, low, high, float(centre[k]) * leaf.direction, float(spread[k])))
    return out


def _is_cut(directed: Array, fit: forms.Fit) -> Mask:
    free = fit.offset + fit.span * ((directed - fit.centre) / fit.width)
    with np.errstate(invalid="ignore"):
        return np.asarray((free < fit.low) | (free > fit.high))


def _refuse(step: Normalise, zh: str, en: str, node: str | None = None) -> FrameworkError:
    return FrameworkError(
        f"标准化 {step.method}：{zh}", f"normalise {step.method}: {en}", step="normalise", node=node
    )
