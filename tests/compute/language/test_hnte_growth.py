"""The growth points of the high-tech enterprise score, with every edge of the formula, as a rule writes it.

g = ½ (v₂ ÷ v₁ + v₃ ÷ v₂) − 1 over Y-3, Y-2, Y-1; v₁ = 0: v₃ ÷ v₂ − 1; v₂ = 0: no points; two operating years:
v₂ ÷ v₁ − 1; one year: no points. Source: 国科发火〔2016〕195号.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gaoxin.compute.language import build
from tests.compute.language.words import SCOPE, counted, scored, wan, with_names

GROWTH = """
if(year(est_date) > Y-2, 0%,
  if(sales_income[Y-2] = 0元, 0%,
    if(year(est_date) = Y-2, sales_income[Y-1] / sales_income[Y-2] - 1,
      if(sales_income[Y-3] = 0元, sales_income[Y-1] / sales_income[Y-2] - 1,
        0.5 * (sales_income[Y-2] / sales_income[Y-3] + sales_income[Y-1] / sales_income[Y-2]) - 1))))
"""
PART = {
    "id": "growth_points",
    "judged": "expert_ip",
    "ladder": [
        {"when": "sales_growth >= 35%", "points": ["9", "10"]},
        {"when": "sales_growth >= 25%", "points": ["7", "8"]},
        {"when": "sales_growth >= 15%", "points": ["5", "6"]},
        {"when": "sales_growth >= 5%", "points": ["3", "4"]},
        {"when": "sales_growth > 0%", "points": ["1", "2"]},
    ],
    "otherwise": "0",
}
WITH_GROWTH = with_names(sales_growth=build(GROWTH, SCOPE, "number"))


@pytest.mark.parametrize(
    ("founded", "sales", "low", "high"),
    [
        # ½ (1.35 + 1.35) − 1 = 35 %
        (2010, (10_000, 13_500, 18_225), 9, 10),
        # ½ (1.3 + 1.3999…) − 1 < 35 %
        (2010, (10_000, 13_000, "18199.99"), 7, 8),
        # ½ (2 + 0.5) − 1 = 25 %: the mean of the ratios, not the compound rate
        (2010, (100, 200, 100), 7, 8),
        # ½ (1 + 1.1) − 1 = 5 %
        (2010, (100, 100, 110), 3, 4),
        # ½ (1 + 1) − 1 = 0
        (2010, (100, 100, 100), 0, 0),
        (2010, (100, 100, 101), 1, 2),
        (2010, (100, 50, 50), 0, 0),
        # v1 = 0: 130 ÷ 100 − 1 = 30 %
        (2010, (0, 100, 130), 7, 8),
        # v2 = 0: nothing, though the figure of Y-1 is large
        (2010, (100, 0, 900), 0, 0),
        (2010, (0, 0, 900), 0, 0),
        # two operating years: 116 ÷ 100 − 1 = 16 %, whatever stands for Y-3
        (2024, (None, 100, 116), 5, 6),
        (2024, (1, 100, 116), 5, 6),
        # one year
        (2025, (None, None, 500), 0, 0),
    ],
)
def test_growth_points(founded: int, sales: tuple[int | str | None, ...], low: int, high: int) -> None:
    years = zip((2023, 2024, 2025), sales, strict=True)
    row = {"est_date": date(founded, 7, 1)}
    row |= wan(**{f"sales_income_{year}": value for year, value in years if value is not None})
    outcome = scored(PART, row, WITH_GROWTH)
    assert (outcome.value, outcome.high) == (low, high)
    # a band of a single value needs no expert
    assert outcome.open == ({"expert_ip"} if low < high else set())


def test_a_missing_year_leaves_the_whole_range() -> None:
    row = {"est_date": date(2010, 1, 1), **wan(sales_income_2024=100, sales_income_2025=130)}
    outcome = scored(PART, row, WITH_GROWTH)
    assert (outcome.value, outcome.high) == (0, 10)
    assert outcome.open == {"sales_income", "expert_ip"}


def test_the_points_the_expert_gave_count() -> None:
    row = {"est_date": date(2010, 1, 1), **wan(sales_income_2023=100, sales_income_2024=100)}
    row |= {**wan(sales_income_2025=110), **counted(expert_ip=4)}
    assert scored(PART, row, WITH_GROWTH).value == Fraction(4)
