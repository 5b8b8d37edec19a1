"""Made-up enterprises agree with themselves, are the same every time, and cannot be taken for real ones."""

from __future__ import annotations

import json

import polars as pl
import pytest

from gaoxin.core.errors import FactError
from gaoxin.core.identifiers import check_uscc
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.progress import ImportCancelled
from gaoxin.facts.sandbox.population import OBSERVATIONS, SUBJECTS, Sandbox, generate
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Population

WAN = 10**6


def wide(sandbox: Sandbox, year: str = "2025") -> pl.DataFrame:
    """One row per enterprise; flows of the year, stocks as of its end."""
    held = sandbox.observations.filter(
        pl.col("period").is_in([year, f"{year}-12-31"]) & pl.col("number").is_not_null()
    )
    return held.pivot("metric", index="subject", values="number")


def titles_of(sandbox: Sandbox) -> dict[str, list[dict[str, str]]]:
    """The titles of each enterprise, none among them."""
    held = sandbox.observations.filter(pl.col("metric") == "titles").select("subject", "text")
    return {
        subject: [] if text == "[]" else [json.loads(line) for line in text.split("\n")]
        for subject, text in held.iter_rows()
    }


def test_the_same_seed_gives_the_same_population(
    spec: Population, library: Library, sandbox: Sandbox
) -> None:
    again = generate(spec, library, enterprises=1_500, seed=7)
    assert again.observations.equals(sandbox.observations)
    assert again.totals.equals(sandbox.totals)


def test_another_seed_gives_another_population(spec: Population, library: Library, sandbox: Sandbox) -> None:
    other = generate(spec, library, enterprises=20, seed=8)
    assert not set(other.subjects["uscc"]) & set(sandbox.subjects["uscc"])


def test_a_small_population_is_the_beginning_of_a_large_one(
    spec: Population, library: Library, sandbox: Sandbox
) -> None:
    """Who they are does not depend on the size; figures are scaled and titles chosen to meet totals."""
    small = generate(spec, library, enterprises=50, seed=7)
    assert small.subjects.equals(sandbox.subjects.head(50))
    stated = [flag.metric for flag in spec.flags]
    mine = sandbox.observations.filter(pl.col("subject").is_in(small.subjects["code"].implode()))
    told = [frame.filter(pl.col("metric").is_in(stated)) for frame in (small.observations, mine)]
    assert told[0].equals(told[1])


def test_credit_codes_are_valid_unique_and_of_an_unassigned_region(
    sandbox: Sandbox, spec: Population
) -> None:
    codes = sandbox.subjects["uscc"].to_list() + sandbox.newcomers["uscc"].to_list()
    assert [check_uscc(code) for code in codes] == codes
    assert len(set(codes)) == len(codes)
    assert {code[2:8] for code in codes} == {spec.credit_region} == {"990000"}


def test_names_are_unique_and_begin_with_a_place_that_does_not_exist(
    sandbox: Sandbox, spec: Population
) -> None:
    names = sandbox.subjects["name"].to_list()
    assert len(set(names)) == len(names)
    assert all(name.startswith(spec.names.places) and name.endswith(spec.names.forms) for name in names)


def test_everything_is_marked_synthetic_and_has_the_declared_shape(sandbox: Sandbox) -> None:
    for frame in (sandbox.observations, sandbox.totals, sandbox.report):
        assert dict(frame.schema) == OBSERVATIONS
        assert set(frame["status"]) == {"synthetic"}
    assert dict(sandbox.subjects.schema) == SUBJECTS


def test_every_metric_is_in_the_catalogue_with_its_unit_and_a_readable_period(
    sandbox: Sandbox, library: Library
) -> None:
    for metric, unit in sandbox.observations.select("metric", "unit").unique().iter_rows():
        assert (library.metric(metric).unit or "") == unit
    for code in sandbox.observations["period"].unique():
        assert Period.parse(code).code == code


def test_there_are_about_a_hundred_and_thirty_metrics(sandbox: Sandbox) -> None:
    assert sandbox.observations["metric"].n_unique() >= 125


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("main_revenue", "revenue"),
        ("hitech_income", "gross_income"),
        ("rd_hnte_domestic", "rd_hnte"),
        ("rd_staff", "staff_year_end"),
        ("sti_staff_hnte", "staff_total_avg"),
        ("ip_invention", "ip_class1"),
    ],
)
def test_a_part_never_exceeds_its_whole(sandbox: Sandbox, part: str, whole: str) -> None:
    for year in ("2022", "2023", "2024", "2025"):
        held = wide(sandbox, year).drop_nulls([part, whole])
        assert held.height > 100
        assert (held[part] <= held[whole]).all()


def test_net_assets_are_assets_less_liabilities(sandbox: Sandbox) -> None:
    held = wide(sandbox).drop_nulls(["net_assets"])
    assert (held["net_assets"] == held["total_assets"] - held["liabilities"]).all()


def test_money_comes_in_hundreds_of_yuan_and_people_in_ones(sandbox: Sandbox) -> None:
    held = wide(sandbox)
    assert (held["revenue"].drop_nulls() % 10_000 == 0).all()
    assert (held["staff_year_end"].drop_nulls() % 10**6 == 0).all()


def test_some_figures_are_missing_and_some_enterprises_lose_money(sandbox: Sandbox) -> None:
    held = wide(sandbox)
    assert 0 < held["tech_contract"].null_count() < held.height
    losing = (held["net_profit"].drop_nulls() < 0).mean()
    assert isinstance(losing, float)
    assert 0.05 < losing < 0.25


def test_nothing_is_reported_before_an_enterprise_was_founded(sandbox: Sandbox) -> None:
    founded = dict(sandbox.subjects.select("code", "established").iter_rows())
    for subject, period in (
        sandbox.observations.filter(pl.col("metric") == "revenue").select("subject", "period").iter_rows()
    ):
        assert Period.parse(period).year >= int(founded[subject][:4])


def test_growth_persists(sandbox: Sandbox) -> None:
    """Who is large in 2022 is large in 2025: ranks of the two years agree far more than chance."""
    held = (
        wide(sandbox, "2022")
        .select("subject", before="revenue")
        .join(wide(sandbox).select("subject", "revenue"), on="subject")
    )
    correlation = held.drop_nulls().select(pl.corr("before", "revenue", method="spearman")).item()
    assert correlation > 0.9


def test_titles_are_dated_elements_of_the_declared_kinds(sandbox: Sandbox, spec: Population) -> None:
    elements = [element for held in titles_of(sandbox).values() for element in held]
    assert {element["kind"] for element in elements} <= {title.kind for title in spec.titles}
    assert all(element["valid_from"] < element["valid_to"] for element in elements)


def test_the_zone_is_the_exact_sum_of_its_enterprises(sandbox: Sandbox) -> None:
    for year in ("2022", "2025"):
        total = sandbox.totals.filter(
            (pl.col("metric") == "total_operating_revenue") & (pl.col("period") == year)
        )
        revenue = sandbox.observations.filter((pl.col("metric") == "revenue") & (pl.col("period") == year))
        assert total["number"].to_list() == [revenue["number"].sum()]


def test_industries_add_up_to_what_the_enterprises_report(sandbox: Sandbox) -> None:
    industries = sandbox.totals.filter((pl.col("metric") == "industry_output") & (pl.col("period") == "2025"))
    revenue = sandbox.observations.filter((pl.col("metric") == "main_revenue") & (pl.col("period") == "2025"))
    assert industries["number"].sum() == revenue["number"].sum()
    assert industries["subject"].str.starts_with("industry/").all()


def test_titles_are_counted_while_they_are_valid(sandbox: Sandbox) -> None:
    valid = [
        subject
        for subject, titles in titles_of(sandbox).items()
        if any(t["kind"] == "hnte" and t["valid_from"] <= "2025-12-31" <= t["valid_to"] for t in titles)
    ]
    counted = sandbox.totals.filter(
        (pl.col("metric") == "high_tech_enterprises") & (pl.col("period") == "2025")
    )
    assert counted["number"].to_list() == [len(valid) * 10**6]


def test_the_month_before_is_stored_and_the_month_itself_is_incomplete(sandbox: Sandbox) -> None:
    revenue = sandbox.observations.filter(pl.col("metric") == "revenue")
    before = set(revenue.filter(pl.col("period") == "2026-01/2026-08")["subject"])
    now = set(revenue.filter(pl.col("period") == "2026-01/2026-09")["subject"])
    reported = set(sandbox.report.filter(pl.col("metric") == "revenue")["subject"])
    assert now < before < reported
    assert reported - before == set(sandbox.newcomers["code"]) & reported
    assert {"2026Q1", "2026Q2"} <= set(revenue["period"])


def test_what_is_stored_of_the_month_is_what_the_return_says(sandbox: Sandbox) -> None:
    keys = ["subject", "metric", "period"]
    held = sandbox.report.join(sandbox.observations, on=keys, suffix="_stored")
    assert held.height > 100
    assert (held["number"] == held["number_stored"]).all()


@pytest.mark.parametrize("count", [0, 200_001])
def test_the_size_of_a_population_has_limits(spec: Population, library: Library, count: int) -> None:
    with pytest.raises(FactError, match="1 到 200000"):
        generate(spec, library, enterprises=count)


def test_drawing_shows_progress_and_can_be_cancelled(spec: Population, library: Library) -> None:
    seen: list[int] = []
    generate(spec, library, enterprises=300, progress=lambda phase, done, total: seen.append(done))
    assert seen == [0, 256, 300]
    with pytest.raises(ImportCancelled):
        generate(spec, library, enterprises=300, cancelled=lambda: True)
