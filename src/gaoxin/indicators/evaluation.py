"""What an evaluation gives: every stage, every score, every weight, how to compute it again (评价结果)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gaoxin.core.errors import FrameworkError
from gaoxin.core.issues import Issue
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.frameworks.tree import Framework
from gaoxin.indicators.panels import Array, Panel
from gaoxin.indicators.recipes import Recipe
from gaoxin.indicators.steps.rank import rank_within

if TYPE_CHECKING:
    import polars as pl

STAGES = ("raw", "denominated", "imputed", "treated", "normalised")
OFFICIAL_TITLE = ("综合评价得分", "composite score")
SIMULATED_TITLE = ("自评模拟得分", "self-assessed, simulated score")


class Touch(NamedTuple):
    """A cell that a step changed or could not use; `indicator` is "" where the whole unit is meant."""

    code: str
    year: int | None
    indicator: str
    step: str
    what: str


class Kept(NamedTuple):
    """What an indicator was scaled by, in raw values; `year` None for the panel as a whole."""

    code: str
    year: int | None
    lower: float
    upper: float
    mean: float
    sd: float


@dataclass(frozen=True)
class Evaluation:
    """The result of a recipe on a panel.

    Shapes: each of `stages` (years, units, leaves); `scores`, `ranks`, `used` (years, units, nodes);
    `weights` and `effective` (years, nodes). `weights` are those among siblings, `effective` their product
    up to the top, `used` those among siblings that a unit really had after missing children were left out.
    Missing: NaN.
    """

    framework: Framework
    recipe: Recipe
    panel: Panel
    stages: Mapping[str, Array]
    scores: Array
    ranks: Array
    weights: Array
    used: Array
    trace: tuple[Touch, ...]
    notes: tuple[Issue, ...]
    bounds: tuple[Kept, ...] = ()
    judgements: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The codes along the last axis of scores, ranks and weights."""
        return tuple(node.code for node in self.framework.nodes)

    @property
    def title(self) -> tuple[str, str]:
        """What the score may be called: official words only where every weight was checked at its source."""
        return OFFICIAL_TITLE if self.framework.is_verified else SIMULATED_TITLE

    @cached_property
    def effective(self) -> Array:
        """The weight of each node in the top score, (years, nodes)."""
        place = {code: k for k, code in enumerate(self.nodes)}
        out = self.weights.copy()
        for node in self.framework.nodes:
            for above in self.framework.ancestors(node.code):
                out[:, place[node.code]] *= self.weights[:, place[above.code]]
        return out

    def of(self, node: str | None = None, year: int | None = None) -> Array:
        """The scores of all units in a node (the top if None), in a year (the latest if None)."""
        return np.asarray(self.scores[self._year(year), :, self._node(node)])

    def places(self, node: str | None = None, year: int | None = None) -> Array:
        """The ranks of all units, as `of`."""
        return np.asarray(self.ranks[self._year(year), :, self._node(node)])

    def places_within(self, group: str, node: str | None = None, year: int | None = None) -> Array:
        """The place of each unit among those of its own group: 4th of 160, 2nd among its kind."""
        return rank_within(self.of(node, year), group_of(self.panel, group))

    def df(self, node: str | None = None) -> pl.DataFrame:
        """A frame of one row a unit and year: code, name, year, score, rank; best first."""
        import polars as pl

        k = self._node(node)
        rows = [
            {
                "code": unit,
                "name": self.panel.names[i],
                "year": year,
                "score": _or_none(self.scores[t, i, k]),
                "rank": None if np.isnan(self.ranks[t, i, k]) else int(self.ranks[t, i, k]),
            }
            for t, year in enumerate(self.panel.years)
            for i, unit in enumerate(self.panel.units)
        ]
        types = {
            "code": pl.String,
            "name": pl.String,
            "year": pl.Int64,
            "score": pl.Float64,
            "rank": pl.Int64,
        }
        frame = pl.DataFrame(rows, schema=types)
        return frame.sort(["year", "rank", "code"], nulls_last=True, maintain_order=True)

    @property
    def card(self) -> dict[str, Any]:
        """What is needed to compute it again and to know what was assumed; equal runs, equal cards."""
        framework, panel = self.framework, self.panel
        return {
            "title": self.title[0],
            "title_en": self.title[1],
            "framework": {
                "id": framework.id,
                "name": framework.zh,
                "name_en": framework.en,
                "top": framework.top.code,
                "nodes": len(framework.nodes),
                "indicators": len(framework.leaves),
                "verified": framework.is_verified,
                "unverified": list(framework.unverified),
            },
            "recipe": [step.model_dump(by_alias=True, exclude_none=True) for step in self.recipe.steps],
            "data": {
                "units": len(panel.units),
                "years": list(panel.years),
                "known": int((~np.isnan(panel.x)).sum()),
                "cells": int(panel.x.size),
            },
            "weights": self._by_year(self.weights),
            "effective": self._by_year(self.effective),
            "bounds": [{key: _plain(value) for key, value in one._asdict().items()} for one in self.bounds],
            "judgements": dict(self.judgements),
            "touched": len(self.trace),
            "notes": [note.as_dict() for note in self.notes],
        }

    def _by_year(self, weights: Array) -> list[dict[str, Any]]:
        return [
            {"year": year, "of": {code: _or_none(weights[t, k]) for k, code in enumerate(self.nodes)}}
            for t, year in enumerate(self.panel.years)
        ]

    def _node(self, code: str | None) -> int:
        return self.nodes.index(self.framework.top.code if code is None else self.framework.node(code).code)

    def _year(self, year: int | None) -> int:
        if year is None:
            return len(self.panel.years) - 1
        return place_of_year(self.panel, year)


def place_of_year(panel: Panel, year: int) -> int:
    """Raises: FrameworkError naming the years there are."""
    if year not in panel.years:
        held = "、".join(str(one) for one in panel.years if one is not None) or "（没有年份列）"
        raise FrameworkError(f"数据里没有 {year} 年，有 {held}", f"no year {year} in the data: {held}")
    return panel.years.index(year)


def group_of(panel: Panel, code: str) -> tuple[str, ...]:
    """The group of each unit, "" where none. Raises: FrameworkError for a column that is not there."""
    if code in panel.groups:
        return panel.groups[code]
    if code in panel.extra:  # groups that are written as numbers
        latest = panel.extra[code][-1]
        return tuple("" if np.isnan(one) else f"{one:g}" for one in latest)
    zh, en = did_you_mean(code, [*panel.groups, *panel.extra])
    raise FrameworkError(f"数据里没有分组列 {code}。{zh}", f"the data has no group column {code}. {en}")


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _plain(value: Any) -> Any:
    return _or_none(value) if isinstance(value, float) else value
