"""Figures as rules read them: the right column, the latest statement, exact or missing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gaoxin.facts.factbase import FactBase
from gaoxin.facts.population import Population, column_of, limits, of_facts, of_observations, of_snapshot
from gaoxin.facts.records import Observation, Source, Subject
from gaoxin.facts.snapshots import freeze, open_snapshot, rows_of
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import Metric
from tests.facts.builders import a_metric, an_observation, day, metrics_of

ON = date(2026, 6, 30)
FIRM = "enterprise/91320282MA1XXXXXXX"
TITLES = [
    {"name": "kind", "zh": "称号", "en": "Title", "type": "code", "choices": {"hnte": "高企"}},
    {"name": "amount", "zh": "奖金", "en": "Prize", "type": "money"},
]


def of_firms(id: str, unit: str | None, period_type: str, value_type: str = "number", **more: Any) -> Metric:
    known = {"subjects": ("enterprise",), "period_type": period_type, "value_type": value_type}
    return Metric.model_validate(a_metric(id, unit, aggregation="none").model_dump() | known | more)


METRICS = metrics_of(
    of_firms("revenue", "万元", "flow_year", "money", bounds={"low": "0"}),
    of_firms("staff", "人", "stock_year_end"),
    of_firms("rd_q1", "万元", "flow_quarter", "money"),
    of_firms("patents", "件", "stock_at_date"),
    of_firms("listed", None, "category", "boolean"),
    of_firms("founded", None, "date", "date"),
    of_firms("sector", None, "category", "code", choices={"chips": "集成电路"}),
    of_firms("titles", None, "event_list", "list", elements=TITLES),
)


def said(
    metric: str, value: str | Value, unit: str = "万元", period: str = "2025", **more: Any
) -> Observation:
    held = value if isinstance(value, Value) else Value.of(value, unit, more.pop("op", "="))
    known = {"subject": FIRM, "metric": metric, "period": period} | more
    return an_observation(f"O{abs(hash((metric, period, str(value))))}", held, unit, **known)


def a_text(metric: str, text: str, period: str = "2026-01-01") -> Observation:
    return said(metric, Value("=", None, text=text), "", period)


def facts_of(*observations: Observation) -> FactBase:
    base = FactBase()
    base.add_subject(Subject(FIRM, "示范公司"))
    base.add_source(Source("article", "《article》"))
    for obs in observations:
        base.record(obs)
    return base


def frozen(tmp_path: Path, *observations: Observation) -> Population:
    """The same figures by way of a snapshot."""
    freeze(rows_of(facts_of(*observations), METRICS), tmp_path / "s", as_of=day(0))
    return of_snapshot(open_snapshot(tmp_path / "s"), METRICS, ON)


def columns(population: Population) -> dict[str, Any]:
    return population.frame.collect().row(0, named=True)


@pytest.mark.parametrize(
    ("metric", "period", "column"),
    [
        ("revenue", "2025", "revenue@2025"),
        ("revenue", "2025Q1", None),
        ("revenue", "2025H1", None),
        ("revenue", "2025-12-31", None),  # a flow has no day
        ("staff", "2025-12-31", "staff@2025"),
        ("staff", "2025-06-30", None),
        ("rd_q1", "2026Q1", "rd_q1@2026"),
        ("rd_q1", "2026Q2", None),
        ("rd_q1", "2026", None),
        ("patents", "2026-06-30", "patents"),
        ("patents", "2026-07-01", None),  # not known yet on the day
    ],
)
def test_a_figure_belongs_to_the_column_of_its_year_or_to_none(
    metric: str, period: str, column: str | None
) -> None:
    assert column_of(METRICS[metric], period, ON) == column


def test_a_subject_is_read_in_base_units_with_its_sources(tmp_path: Path) -> None:
    told = [said("revenue", "1.5"), said("patents", "3", "件", "2026-03-31"), a_text("listed", "true"),
            a_text("founded", "2019-02-28"), a_text("sector", "chips"),
            a_text("titles", '{"kind": "hnte", "amount": "0.5"}')]  # fmt: skip
    row = of_observations(told, METRICS, ON)
    assert row.row == {
        "revenue@2025": 15_000, "patents": 3, "listed": True, "founded": date(2019, 2, 28), "sector": "chips",
        "titles": [{"kind": "hnte", "amount": Fraction(1, 2)}],
    }  # fmt: skip
    assert row.sources["revenue@2025"].metric == "revenue"
    # the same as stored integers: 15 000 元 in fen, 3 件 at six decimals
    stored = {
        "subject": FIRM, "revenue@2025": 1_500_000, "patents": 3_000_000, "listed": True,
        "founded": date(2019, 2, 28), "sector": "chips", "titles": [{"kind": "hnte", "amount": 50}],
    }  # fmt: skip
    assert columns(frozen(tmp_path, *told)) == stored
    assert columns(of_facts(facts_of(*told), METRICS, ON)) == stored


def both(tmp_path: Path, *observations: Observation) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """The row, the columns that are not missing, and the issues of the way through a snapshot."""
    row = of_observations(observations, METRICS, ON)
    population = frozen(tmp_path, *observations)
    held = {name: value for name, value in columns(population).items() if value is not None}
    del held["subject"]
    assert set(row.row) == set(held)
    assert len(row.issues) == len(population.issues)
    return dict(row.row), held, [issue.zh for issue in (*row.issues, *population.issues)]


def test_of_what_has_no_year_the_latest_statement_known_on_the_day_counts(tmp_path: Path) -> None:
    told = [said("patents", count, "件", period)
            for count, period in (("5", "2026-03-31"), ("4", "2024-12-31"), ("9", "2026-07-01"))]  # fmt: skip
    row, held, _ = both(tmp_path, *told)
    assert (row["patents"], held["patents"]) == (5, 5_000_000)


def test_a_hedged_figure_is_missing_and_an_older_one_does_not_stand_in_for_it(tmp_path: Path) -> None:
    old, new = said("patents", "4", "件", "2024-12-31"), said("patents", "5", "件", "2026-03-31", op=">")
    assert both(tmp_path, old, new) == ({}, {}, [])


def test_an_interval_is_missing(tmp_path: Path) -> None:
    between = Value("[]", 100, 200, dimension=Value.of("1", "万元").dimension)
    assert both(tmp_path, said("revenue", between), a_text("sector", "chips"))[0] == {"sector": "chips"}


def test_what_lies_outside_its_bounds_is_missing_and_said(tmp_path: Path) -> None:
    old = said("patents", "4", "件", "2024-12-31")
    below, beyond = said("revenue", "-1"), said("patents", "1000000001", "件", "2026-03-31")
    row, held, issues = both(tmp_path, old, below, beyond)
    assert (row, held) == ({}, {})
    assert sum("营业收入" in words or "revenue" in words for words in issues) == 2
    assert all("按缺失处理" in words for words in issues)


def test_bounds_are_inclusive_and_stored_as_integers() -> None:
    assert limits(METRICS["revenue"]) == (0, 5 * 10**14)
    assert limits(METRICS["patents"]) == (0, 10**15)
    assert of_observations([said("revenue", "0")], METRICS, ON).row == {"revenue@2025": 0}


def test_a_code_that_is_none_of_the_choices_is_missing_and_said(tmp_path: Path) -> None:
    row, held, issues = both(tmp_path, a_text("sector", "crisps"))
    assert (row, held) == ({}, {})
    assert len(issues) == 2


def test_a_list_that_cannot_be_read_is_missing_and_no_list_without_elements(tmp_path: Path) -> None:
    row, held, issues = both(tmp_path, a_text("titles", '{"kind": "hntee"}'))
    assert (row, held) == ({}, {})
    assert all("读不出来" in words for words in issues)


def test_an_empty_list_is_known_and_an_absent_one_is_not(tmp_path: Path) -> None:
    row, held, _ = both(tmp_path, a_text("titles", "[]"))
    assert (row, held) == ({"titles": []}, {"titles": []})
    assert "titles" not in of_observations([], METRICS, ON).row


@pytest.mark.parametrize(("metric", "text"), [("listed", "是"), ("founded", "2019年"), ("patents", "many")])
def test_a_text_that_is_no_value_is_missing_never_no(metric: str, text: str) -> None:
    told = of_observations([a_text(metric, text)], METRICS, ON)
    assert told.row == {}
    assert len(told.issues) == 1


def test_growth_shares_and_parts_are_no_levels() -> None:
    told = [
        said("revenue", "8", "%", figure="growth"),
        said("revenue", "80", "%", figure="share", of="zone/demo"),
        said("revenue", "3", group="出口"),
        said("unheard_of", "3"),
    ]
    assert of_observations(told, METRICS, ON).row == {}


def test_what_two_sources_dispute_is_missing_until_somebody_rules() -> None:
    base = facts_of(said("revenue", "1"))
    base.add_source(Source("yearbook", "《yearbook》"))
    base.record(said("revenue", "2", source="yearbook"))
    frame = of_facts(base, METRICS, ON).frame.collect()
    assert frame.columns == ["subject"]
    assert frame.height == 1


def test_a_fact_base_without_figures_still_names_its_subjects() -> None:
    frame = of_facts(facts_of(), METRICS, ON).frame.collect()
    assert frame.to_dicts() == [{"subject": FIRM}]
    assert frame.schema["subject"] == pl.String


def test_a_quarter_dated_with_the_whole_year_is_refused_with_a_word() -> None:
    told = of_observations([said("rd_q1", "5", "万元", "2026")], METRICS, ON)
    assert told.row == {}
    (issue,) = told.issues
    assert issue.code == "population.misdated"
    assert "2026Q1" in issue.zh
    assert "2026Q1" in issue.en
