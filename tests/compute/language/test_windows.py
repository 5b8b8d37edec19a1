"""Windows over years, with and without the years before a firm was founded."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.compute.language.words import counted, number, told, wan


def founded(year: int) -> dict[str, object]:
    return {"est_date": date(year, 12, 31)}


THREE = wan(rd_hnte_2023=100, rd_hnte_2024=300, rd_hnte_2025=200)


@pytest.mark.parametrize(("function", "value"), [("sum", 600), ("mean", 200), ("least", 100), ("most", 300)])
def test_a_window_joins_the_years_between_its_ends(function: str, value: int) -> None:
    assert number(f"{function}(rd_hnte[Y-3..Y-1])", THREE) == value * 10_000


def test_a_year_without_a_figure_makes_a_window_missing() -> None:
    row = {name: value for name, value in THREE.items() if name != "rd_hnte@2024"}
    for function in ("sum", "mean", "least", "most"):
        outcome = told(f"{function}(rd_hnte[Y-3..Y-1])", row, expect="number")
        assert (outcome.value, outcome.open) == (None, {"rd_hnte"})


@pytest.mark.parametrize(
    ("year", "total", "mean", "least", "most"),
    [
        (2010, 600, 200, 100, 300),
        (2023, 600, 200, 100, 300),
        # without 2023: 300 + 200 = 500, 500 ÷ 2 = 250
        (2024, 500, 250, 200, 300),
        (2025, 200, 200, 200, 200),
    ],
)
def test_years_before_the_founding_are_left_out(
    year: int, total: int, mean: int, least: int, most: int
) -> None:
    row = {**THREE, **founded(year)}
    for function, value in (("sum", total), ("mean", mean), ("least", least), ("most", most)):
        assert number(f"{function}(rd_hnte[Y-3..Y-1] since est_date)", row) == value * 10_000


def test_a_year_that_is_left_out_needs_no_figure() -> None:
    row = {**wan(rd_hnte_2024=300, rd_hnte_2025=200), **founded(2024)}
    assert number("mean(rd_hnte[Y-3..Y-1] since est_date)", row) == 2_500_000
    row = {**wan(rd_hnte_2025=200), **founded(2024)}
    assert told("sum(rd_hnte[Y-3..Y-1] since est_date) > 0元", row).open == {"rd_hnte"}


def test_without_a_founding_date_the_window_waits_for_it() -> None:
    outcome = told("sum(rd_hnte[Y-3..Y-1] since est_date)", THREE, expect="number")
    assert outcome.value is None
    assert "est_date" in outcome.open


def test_a_firm_with_no_year_at_all_has_a_sum_of_nothing_and_no_mean() -> None:
    row = {**THREE, **founded(2026)}
    assert number("sum(rd_hnte[Y-3..Y-1] since est_date)", row) == 0
    for function in ("mean", "least", "most"):
        outcome = told(f"{function}(rd_hnte[Y-3..Y-1] since est_date)", row, expect="number")
        assert (outcome.value, outcome.open) == (None, {"est_date"})


def test_each_year_must_hold_and_some_year_is_enough() -> None:
    row = wan(revenue_2024=90, revenue_2025=100)
    assert told("each(y in Y-2..Y-1: revenue[y] >= 90万元)", row).value is True
    assert told("each(y in Y-2..Y-1: revenue[y] >= 100万元)", row).value is False
    assert told("some(y in Y-2..Y-1: revenue[y] >= 100万元)", row).value is True
    assert told("some(y in Y-2..Y-1: revenue[y] > 100万元)", row).value is False
    assert told("some(y in Y-3..Y-1: revenue[y] > 100万元)", row).open == {"revenue"}
    assert told("each(y in Y-3..Y-1: revenue[y] > 90万元)", row).value is False


def test_first_time_above_a_mark_looks_at_every_year_since_the_founding() -> None:
    text = "revenue[Y-1] > 100万元 and not some(y in Y-9..Y-2 since est_date: revenue[y] > 100万元)"
    row = {**wan(revenue_2023=80, revenue_2024=90, revenue_2025=101), **founded(2023)}
    assert told(text, row).value is True
    assert told(text, {**row, **wan(revenue_2024=101)}).value is False
    # 2023 missing: open, unless 2024 was above already
    del row["revenue@2023"]
    assert told(text, row).open == {"revenue"}
    assert told(text, {**row, **wan(revenue_2024=101)}).value is False


def test_each_since_leaves_out_the_years_before() -> None:
    text = "each(y in Y-3..Y-1 since est_date: revenue[y] >= 90万元)"
    row = {**wan(revenue_2023=10, revenue_2024=90, revenue_2025=90), **founded(2024)}
    assert told(text, row).value is True
    assert told(text, {**row, **founded(2023)}).value is False


def test_a_window_of_an_expression_and_years_counted_from_the_bound_year() -> None:
    row = {**THREE, **wan(sales_income_2023=1000, sales_income_2024=1000, sales_income_2025=1000)}
    # 10 % + 30 % + 20 %, ÷ 3 = 20 %
    assert number("mean(y in Y-3..Y-1: rd_hnte[y] / sales_income[y])", row) == Fraction(1, 5)
    # 300 > 100 and 200 < 300
    assert told("each(y in Y-2..Y-1: rd_hnte[y] > rd_hnte[y-1])", row).value is False
    # 100 + 300 ≥ 400, 300 + 200 ≥ 400
    assert told("each(y in Y-2..Y-1: sum(rd_hnte[y-1..y]) >= 400万元)", row).value is True
    # 2 × 2024 + 2025 … the bound year is a number
    assert number("sum(y in Y-2..Y-1: y)") == 2024 + 2025


def test_counts_are_averaged_over_the_years_that_count() -> None:
    row = {**counted(transformations_2024=5, transformations_2025=6), **founded(2024)}
    # (5 + 6) ÷ 2 = 5.5
    assert number("mean(transformations[Y-3..Y-1] since est_date)", row) == Fraction(11, 2)
