"""Denominators, missing cells, screening: worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gaoxin.indicators.steps.denominate import denominate
from gaoxin.indicators.steps.impute import impute_units, impute_years
from gaoxin.indicators.steps.screen import availability, screen
from tests.indicators.builders import NAN, near


def column(*values: float) -> np.ndarray:
    """One indicator of several units in one year."""
    return np.array(values, dtype=float)[None, :, None]


def over_years(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, None, None]


def test_only_indicators_with_a_denominator_are_divided() -> None:
    x = np.array([[[10.0, 6.0], [NAN, 8.0]]])
    out, touched = denominate(x, [np.array([[2.0, 4.0]]), None])
    near(out, [[[5, 6], [NAN, 8]]])
    assert not touched


def test_zero_denominator_is_missing_and_told() -> None:
    out, touched = denominate(column(3, 4), [np.array([[0.0, 2.0]])])
    near(out, column(NAN, 2))
    assert [tuple(cell) for cell in touched] == [(0, 0, 0, "denominator_zero")]


@pytest.mark.parametrize(
    ("median", "filled"),
    [(False, 4.0), (True, 2.0)],  # (1 + 2 + 9) / 3 = 4; the middle of 1, 2, 9 is 2
)
def test_other_units_fill_a_hole(median: bool, filled: float) -> None:
    out, touched = impute_units(column(1, 2, 9, NAN), median=median)
    near(out, column(1, 2, 9, filled))
    assert [cell.unit for cell in touched] == [3]


def test_a_group_fills_only_its_own() -> None:
    out, _ = impute_units(column(1, 3, NAN, 8, NAN, NAN, NAN), groups=["A", "A", "A", "B", "B", "C", ""])
    near(out, column(1, 3, 2, 8, 8, NAN, NAN))


def test_an_indicator_nobody_knows_stays_missing() -> None:
    out, touched = impute_units(column(NAN, NAN))
    assert np.isnan(out).all()
    assert not touched


@pytest.mark.parametrize(
    ("method", "gap", "filled"),
    [
        ("latest", None, 1.0),  # 2019 was 1
        ("constant", None, 1.0),  # 2019 is one year away, 2022 two
        ("linear", None, 2.0),  # 1 + (4 − 1) · 1/3
        ("linear", 1, NAN),  # 2022 is two years away
        ("latest", 1, 1.0),
    ],
)
def test_other_years_fill_a_hole(method: str, gap: int | None, filled: float) -> None:
    out, _ = impute_years(over_years(1, NAN, 4), [2019, 2020, 2022], method=method, max_gap=gap)
    near(out, over_years(1, filled, 4))


@pytest.mark.parametrize(("method", "filled"), [("latest", NAN), ("constant", 3.0), ("linear", 3.0)])
def test_before_the_first_known_year(method: str, filled: float) -> None:
    out, _ = impute_years(over_years(NAN, 3, 5), [2019, 2020, 2021], method=method)
    near(out, over_years(filled, 3, 5))


def test_a_share_exactly_at_the_limit_stays() -> None:
    x = np.ones((1, 3, 10))
    x[0, 1, :1] = NAN  # 9 of 10
    x[0, 2, :2] = NAN  # 8 of 10
    out, kept = screen(x, min_available=0.9)
    assert kept.tolist() == [[True, True, False]]
    assert np.isnan(out[0, 2]).all()
    near(availability(x), [[1, 0.9, 0.8]])
