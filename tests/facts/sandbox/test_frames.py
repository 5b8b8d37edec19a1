"""A drawn population as rules read it, and large frames made from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from gaoxin.core.errors import GaoxinError
from gaoxin.facts.sandbox.frames import frame_of_sandbox, population_frame, write_population
from gaoxin.facts.sandbox.population import Sandbox
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import Population
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import Compiler
from gaoxin.rules.matching import match

ON = date(2026, 9, 30)


@pytest.fixture(scope="module")
def everything() -> Library:
    return open_library()


@pytest.fixture(scope="module")
def frame(sandbox: Sandbox, everything: Library) -> pl.DataFrame:
    return frame_of_sandbox(sandbox, everything)


def test_the_frame_holds_what_was_drawn(frame: pl.DataFrame, sandbox: Sandbox) -> None:
    revenue = sandbox.observations.filter((pl.col("metric") == "revenue") & (pl.col("period") == "2025"))
    assert frame["revenue@2025"].sum() == revenue["number"].sum()
    assert frame["subject"].to_list() == sandbox.subjects["code"].to_list()


def test_known_none_and_not_known_are_both_there(frame: pl.DataFrame) -> None:
    for name in ("titles", "incidents", "awards", "platforms", "standards_led", "equity_events"):
        lengths = frame[name].list.len()
        assert lengths.null_count() > 0
        assert (lengths.drop_nulls() == 0).any()
        assert (lengths.drop_nulls() > 0).any()


def test_every_metric_that_a_shipped_rule_reads_is_drawn(frame: pl.DataFrame, everything: Library) -> None:
    compiler = Compiler(RuleBook(everything), ON, "new")
    drawn = {name.partition("@")[0] for name in frame.columns}
    for rule in everything.rules:
        try:
            compiled = compiler.compiled(rule)
        except GaoxinError:
            continue  # described only
        assert {leaf.metric for leaf in compiled.leaves} <= drawn


def test_rules_find_passes_near_misses_and_unknowns(frame: pl.DataFrame, everything: Library) -> None:
    compiler = Compiler(RuleBook(everything), ON, "new")
    matched = match([compiler.compiled(name) for name in ("HNTE", "TSME", "INNO63")], frame.lazy(), ON)
    found = matched.df()
    for rule in ("HNTE", "TSME", "INNO63"):
        mine = found.filter(pl.col("rule") == rule)
        verdicts = dict(mine.group_by("verdict").len().iter_rows())
        assert min(verdicts["pass"], verdicts["fail"], verdicts["unknown"]) > 0.02 * frame.height
        assert (mine["not_met"].list.len() == 1).sum() > 0.05 * frame.height


def test_a_large_frame_has_the_columns_of_a_small_one(
    spec: Population, everything: Library, frame: pl.DataFrame
) -> None:
    large = population_frame(spec, everything, 1_000, seed=7, base=200)
    assert large.height == large["subject"].n_unique() == 1_000
    assert set(large.columns) <= set(frame.columns)
    assert large.schema["titles"] == frame.schema["titles"]
    # Two rows made from one enterprise differ in size and agree in what it is.
    assert large["industry_code"][3] == large["industry_code"][203]
    assert large["revenue@2025"][3] != large["revenue@2025"][203]


def test_a_part_stays_below_its_whole(spec: Population, everything: Library) -> None:
    held = population_frame(spec, everything, 2_000, seed=3, base=300)
    for part, whole in (("main_revenue", "revenue"), ("rd_hnte_domestic", "rd_hnte")):
        both = held.select(f"{part}@2025", f"{whole}@2025").drop_nulls()
        assert (both[f"{part}@2025"] <= both[f"{whole}@2025"]).all()


def test_files_hold_the_rows_of_the_frame(spec: Population, everything: Library, tmp_path: Path) -> None:
    wanted = ["revenue@2025", "titles", "rd_tax@2025"]
    whole = population_frame(spec, everything, 900, seed=5, base=150, columns=wanted)
    files = write_population(
        tmp_path / "p", spec, everything, 900, seed=5, base=150, columns=wanted, chunk=400
    )
    assert [pl.read_parquet(file).height for file in files] == [400, 400, 100]
    assert pl.concat(pl.read_parquet(file) for file in files).equals(whole)
    assert set(whole.columns) == {"subject", *wanted}
