"""Clauses of the shipped packs and made-up firms, for tests of money."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from gaoxin.compute import tree
from gaoxin.compute.reference import Row
from gaoxin.compute.rows import frame_of
from gaoxin.packs.library import Library, open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.cases import row_of_facts
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.rules.judging import Judgement, judge
from gaoxin.rules.outcomes import ClauseColumns
from gaoxin.rules.simulating import Simulator, size_rule

ON = date(2026, 4, 1)
WAN = 10_000 * 100  # fen of 1 万元

HNTE = {"kind": "hnte", "valid_from": "2024-12-01", "valid_to": "2027-11-30"}
XJR = {"kind": "xjr", "valid_from": "2024-09-01", "valid_to": "2027-08-31"}
# Everything the clauses read of one firm, in 万元.
FIRM: Mapping[str, Any] = {
    "zone_flag": True,
    "project_industry_fit": True,
    "fixed_invest": 5000,
    "is_world500": False,
    "invest_uplift_flag": False,
    "in_stat_directory": True,
    "rd_q1": {2026: 30000, 2025: 4000},
    "ai_it_firm": True,
    "on_abnormal_list": False,
    "on_dishonest_list": False,
    "incidents": [],
    "service_bills": [{"amount": 600, "date": "2026-01-10"}, {"amount": 600, "date": "2025-08-08"}],
    "titles": [HNTE, XJR],
    "rd_tax": {2025: 900, 2024: 600},
    "compute_contracts": [{"amount": 500, "domestic": True}, {"amount": 100, "domestic": False}],
    "listed_flag": False,
    "plan_invest_total": 5000,
    "plan_invest_land_plant": 1000,
    "benefits_paid": [],
}


@cache
def library() -> Library:
    return open_library()


@cache
def compiler() -> Compiler:
    return Compiler(RuleBook(library()), ON)


def clause(name: str) -> CompiledRule:
    return compiler().compiled(name)


def a_row(**facts: Any) -> Row:
    """The firm with other facts; None takes one away."""
    return row_of_facts({**FIRM, **facts}, "万元", compiler().metrics)


def judged(*names: str, **facts: Any) -> list[Judgement]:
    row = a_row(**facts)
    return [judge(clause(name), row) for name in names]


def a_crowd(name: str, firms: Mapping[str, Mapping[str, Any]]) -> pl.LazyFrame:
    """A population of firms, each the firm above with other facts."""
    return crowd_of(name, {subject: a_row(**facts) for subject, facts in firms.items()})


def crowd_of(name: str, rows: Mapping[str, Row]) -> pl.LazyFrame:
    size = size_rule(compiler().book, compiler())
    assert size is not None
    plan = ClauseColumns.of(clause(name)).plan
    leaves = {leaf.column: leaf for leaf in (*plan.needs, *size.leaves)}
    specs = compiler().metrics
    fields = {
        column: [
            tree.made(tree.Field, held.name, held.type, held.dims, held.scale, held.low, held.high)
            for held in specs[leaf.metric].elements.values()
        ]
        for column, leaf in leaves.items()
    }
    return frame_of(rows, leaves.values(), fields).lazy()


def a_simulator(name: str, firms: Mapping[str, Mapping[str, Any]], **options: Any) -> Simulator:
    return Simulator.load(compiler().book, name, a_crowd(name, firms), ON, **options)


def without(*metrics: str) -> dict[str, None]:
    """Facts that take metrics away."""
    return dict.fromkeys(metrics)


def in_wan(amounts: Sequence[int | None]) -> list[float | None]:
    return [None if fen is None else fen / WAN for fen in amounts]
