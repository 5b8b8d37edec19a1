"""The public ASEM example from end to end, beside a second computation in plain Python.

The second route shares nothing with the engine: csv and statistics, the textbook forms of skewness and
kurtosis, and a climb by recursion.
"""

from __future__ import annotations

import csv
import math
import statistics
from functools import cache

import numpy as np
import pytest

from gaoxin.indicators.evaluation import Evaluation
from gaoxin.indicators.frameworks import read_framework
from gaoxin.indicators.panels import read_panel
from gaoxin.indicators.pipeline import evaluate
from tests.content.reading import beside
from tests.indicators.builders import a_recipe, a_step

RECIPE = (
    a_step("denominate"),
    a_step("impute", method="group_mean", group="EurAsia_group"),
    a_step("treat", method="winsorise", max_points=5),
    a_step("normalise", method="minmax", range=[0, 100], scope="year"),
    a_step("weight", method="given"),
    a_step("aggregate", method="arithmetic"),
)
Column = dict[str, float | None]


def rows(name: str) -> list[dict[str, str]]:
    with beside("data", "asem", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def computed(name: str) -> Evaluation:
    framework = read_framework(beside("data", "asem", "in_iMeta.csv"))
    return evaluate(framework, a_recipe(*RECIPE), read_panel(framework, beside("data", "asem", name)))


def number(cell: str) -> float | None:
    return None if cell in ("", "NA") else float(cell)


def denominated(data: list[dict[str, str]], meta: dict[str, str]) -> Column:
    by = meta["Denominator"]
    out: Column = {}
    for row in data:
        value, size = number(row[meta["iCode"]]), number(row[by]) if by else 1.0
        out[row["uCode"]] = None if value is None or size is None else value / size
    return out


def imputed(column: Column, data: list[dict[str, str]]) -> dict[str, float]:
    group = {row["uCode"]: row["EurAsia_group"] for row in data}
    known = {
        name: [v for code, v in column.items() if v is not None and group[code] == name]
        for name in set(group.values())
    }
    return {code: statistics.fmean(known[group[code]]) if v is None else v for code, v in column.items()}


def moments(values: list[float]) -> tuple[float, float]:
    """Textbook forms: n/((n−1)(n−2))·Σ((x−m)/s)³, and the fourth power with its correction."""
    n, m, s = len(values), statistics.fmean(values), statistics.stdev(values)
    third = math.fsum(((v - m) / s) ** 3 for v in values)
    fourth = math.fsum(((v - m) / s) ** 4 for v in values)
    kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourth - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))
    return n / ((n - 1) * (n - 2)) * third, kurtosis


def passes(values: list[float]) -> bool:
    skew, kurtosis = moments(values)
    return abs(skew) < 2 or kurtosis < 3.5


def treated(column: dict[str, float]) -> dict[str, float]:
    held = dict(column)
    for _ in range(5):
        values = list(held.values())
        if passes(values):
            return held
        worst = max(values) if moments(values)[0] > 0 else min(values)
        rest = [v for v in values if v != worst]
        inner = max(rest) if worst > max(rest) else min(rest)
        held = {code: inner if v == worst else v for code, v in held.items()}
    if passes(list(held.values())):
        return held
    low, high = min(column.values()), max(column.values())
    return {code: math.log(v - low + 0.01 * (high - low)) for code, v in column.items()}


@cache
def by_hand() -> dict[str, dict[str, float]]:
    """The scores of every node by code, then unit, worked out without the engine."""
    data, meta = rows("in_iData.csv"), rows("in_iMeta.csv")
    scores: dict[str, dict[str, float]] = {}
    for one in meta:
        if one["Type"] == "Indicator":
            column = treated(imputed(denominated(data, one), data))
            low, high = min(column.values()), max(column.values())
            sign = float(one["Direction"])
            scores[one["iCode"]] = {
                code: 100 * ((v - low) if sign > 0 else (high - v)) / (high - low)
                for code, v in column.items()
            }
    for one in sorted((m for m in meta if m["Type"] == "Aggregate"), key=lambda m: m["Level"]):
        children = [
            m for m in meta if m["Parent"] == one["iCode"] and m["Type"] in ("Indicator", "Aggregate")
        ]
        total = math.fsum(float(m["Weight"]) for m in children)
        scores[one["iCode"]] = {
            row["uCode"]: math.fsum(float(m["Weight"]) * scores[m["iCode"]][row["uCode"]] for m in children)
            / total
            for row in data
        }
    return scores


def test_shape_of_the_example() -> None:
    found = computed("in_iData.csv")
    assert (len(found.framework.leaves), len(found.nodes), len(found.panel.units)) == (49, 60, 51)
    assert found.framework.top.code == "Index"
    assert found.panel.years == (2018,)
    assert not np.isnan(found.scores).any()


def test_flights_of_austria_by_head() -> None:
    found = computed("in_iData.csv")
    at = found.panel.unit("AUT"), found.panel.leaves.index("Flights")
    assert found.stages["denominated"][0][at] == 29.01725 / 8735.453


@pytest.mark.parametrize(
    "node", ["Flights", "Tariff", "CO2", "Forest", "Physical", "Instit", "Conn", "Sust", "Index"]
)
def test_every_unit_agrees_with_the_second_computation(node: str) -> None:
    found = computed("in_iData.csv")
    expected = [by_hand()[node][unit] for unit in found.panel.units]
    np.testing.assert_allclose(found.of(node), expected, rtol=0, atol=1e-9)


def test_all_nodes_agree_with_the_second_computation() -> None:
    found = computed("in_iData.csv")
    expected = [[by_hand()[node][unit] for node in found.nodes] for unit in found.panel.units]
    np.testing.assert_allclose(found.scores[0], expected, rtol=0, atol=1e-9)


def test_every_touched_cell_is_told() -> None:
    found = computed("in_iData.csv")
    data, meta = rows("in_iData.csv"), rows("in_iMeta.csv")
    # LAO has no Energy, so its Elec and Gas are missing once divided
    blank = {
        (row["uCode"], one["iCode"])
        for one in meta
        if one["Type"] == "Indicator"
        for row in data
        if denominated([row], one)[row["uCode"]] is None
    }
    assert blank == {(t.code, t.indicator) for t in found.trace if t.step == "impute"}
    moved = np.argwhere(found.stages["treated"] != found.stages["imputed"])
    told = {(t.code, t.indicator) for t in found.trace if t.step == "treat"}
    assert told == {(found.panel.units[i], found.panel.leaves[k]) for _, i, k in moved}


def test_the_panel_runs_and_its_first_year_stands_alone() -> None:
    panel, single = computed("in_iData_panel.csv"), computed("in_iData.csv")
    assert len(panel.panel.years) == 5
    assert panel.scores.shape == (5, 51, 60)
    at = panel.panel.years.index(2018)
    order = [panel.panel.unit(unit) for unit in single.panel.units]
    np.testing.assert_allclose(panel.scores[at, order], single.scores[0], atol=1e-12)
