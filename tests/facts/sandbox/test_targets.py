"""The made-up zone meets the published totals of the real ones, and says which."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from gaoxin.core.quantities import from_storage
from gaoxin.facts.sandbox.calibration import share_of_target, wanted_holders
from gaoxin.facts.sandbox.population import Sandbox, generate
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import Population

YEAR = "2025"


@pytest.fixture(scope="module")
def six_thousand(spec: Population, library: Library) -> Sandbox:
    return generate(spec, library, enterprises=6_000, seed=1)


@pytest.fixture(scope="module")
def chuxiong(spec: Population, library: Library) -> Sandbox:
    return generate(spec, library, enterprises=19_190, seed=1)


def total(sandbox: Sandbox, metric: str, unit: str) -> Decimal:
    held = sandbox.totals.filter(
        (pl.col("subject") == sandbox.zone)
        & (pl.col("metric") == metric)
        & pl.col("period").str.starts_with(YEAR)
    )
    return from_storage(held["number"].item(), unit)


def test_every_target_is_what_its_observation_says(spec: Population) -> None:
    shipped = {obs.id: obs for obs in open_library().observations}
    for target in spec.targets:
        seen = shipped[target.observation]
        assert (seen.subject, seen.metric, seen.value, seen.unit) == (
            target.zone,
            target.metric,
            target.value,
            target.unit,
        )


@pytest.mark.parametrize(
    ("metric", "firms"),
    [
        ("high_tech_enterprises", 248),
        ("newly_recognised_high_tech_enterprises", 86),
        ("registered_technology_smes", 185),
        ("srdi_enterprises", 82),
        ("market_entities", 6_000),
    ],
)
def test_six_thousand_enterprises_have_the_published_holders(
    six_thousand: Sandbox, metric: str, firms: int
) -> None:
    assert total(six_thousand, metric, "家" if metric != "market_entities" else "户") == firms


def test_six_thousand_enterprises_spend_13_6_on_research(six_thousand: Sandbox) -> None:
    assert round(total(six_thousand, "enterprise_rd_expenditure", "亿元"), 1) == Decimal("13.6")


def test_as_many_as_chuxiong_counts_make_its_output(chuxiong: Sandbox) -> None:
    assert total(chuxiong, "market_entities", "户") == 19_190
    assert round(total(chuxiong, "above_designated_industrial_output", "亿元")) == 432


def test_a_smaller_population_meets_them_in_proportion(spec: Population, sandbox: Sandbox) -> None:
    """1,500 of 6,000: 248 ÷ 4 = 62, 86 ÷ 4 = 21.5 → 22, 185 ÷ 4 = 46.25 → 46, 82 ÷ 4 = 20.5 → 21."""
    assert wanted_holders(spec, 1_500) == {"hnte": 62, "new:hnte": 22, "tsme": 46, "zjtx": 21}
    assert total(sandbox, "high_tech_enterprises", "家") == 62
    assert total(sandbox, "newly_recognised_high_tech_enterprises", "家") == 22
    research = next(target for target in spec.targets if target.metric == "enterprise_rd_expenditure")
    assert share_of_target(research, 1_500) == Fraction("3.4")
    assert round(total(sandbox, "enterprise_rd_expenditure", "亿元"), 2) == Decimal("3.40")
