"""The SQL that Spark is given: as agreed, readable by a parser, refused where it could not be exact.

`GAOXIN_REWRITE_GOLDEN=1` writes the agreed texts anew; the difference is then for a person to read.
"""

from __future__ import annotations

import os

import pytest
import sqlglot
from sqlglot import exp

from gaoxin.compute import polars_frames, spark_sql
from gaoxin.compute.tree import (
    Arithmetic,
    Choose,
    Compare,
    Exists,
    Logic,
    Member,
    Node,
    Points,
    Reaches,
    Settled,
    Step,
    Sum,
    Total,
    Whole,
    made,
)
from gaoxin.core.errors import Unsupported
from tests.compute.trees import (
    AMOUNT,
    BITS,
    CODE,
    EVENTS,
    KIND,
    MONEY,
    MONIES,
    POINT,
    STEPS,
    TRUTHS,
    constant,
)
from tests.house.repository import ROOT

GOLDEN = ROOT / "tests" / "golden" / "spark"
A, B, C = MONIES
SHARE = made(Arithmetic, "/", A, B)
POINTS = made(Points, made(Step, A, STEPS, STEPS[0][0] * 0, True, True, POINT), STEPS[0][0] * 0, STEPS[0][1])
TREES: dict[str, Node] = {
    "share_at_least_five_percent": made(Compare, ">=", SHARE, constant("1/20")),
    "all_of_two_truths": made(Logic, "all", TRUTHS),
    "choice_of_amounts": made(Choose, TRUTHS[0], A, made(Arithmetic, "*", constant("1/2"), C)),
    "code_begins_with": made(Member, CODE, ("C1", "D"), True),
    "holds_a_title": made(Exists, EVENTS, made(Member, KIND, ("hnte",), False)),
    "sum_of_amounts": made(Sum, EVENTS, made(Settled, True), AMOUNT),
    "whole_quotient": made(Whole, SHARE),
    "score_reaches": made(Reaches, ">=", made(Total, (POINTS, POINTS), None), STEPS[0][1]),
}


def written(node: Node) -> str:
    return spark_sql.sql(spark_sql.plan({"asked": node}, BITS), "population")


@pytest.mark.parametrize("name", TREES)
def test_the_sql_of_a_tree_is_the_agreed_one(name: str) -> None:
    file = GOLDEN / f"{name}.sql"
    if os.environ.get("GAOXIN_REWRITE_GOLDEN"):
        file.write_text(written(TREES[name]) + "\n", "utf-8")
    assert written(TREES[name]) + "\n" == file.read_text("utf-8")


def test_every_agreed_text_belongs_to_a_tree() -> None:
    assert {file.stem for file in GOLDEN.glob("*.sql")} == set(TREES)


@pytest.mark.parametrize("name", TREES)
def test_no_bare_division_and_no_extreme_over_missing_values(name: str) -> None:
    read = sqlglot.parse_one(written(TREES[name]), read="spark")
    assert not list(read.find_all(exp.Div, exp.Greatest, exp.Least))


def test_an_input_the_table_lacks_is_missing_for_everybody() -> None:
    made_plan = spark_sql.plan({"asked": made(Compare, ">", A, B)}, BITS)
    lacking = spark_sql.sql(made_plan, "population", columns=["subject", "a"])
    assert "CAST(`a` AS BIGINT) AS `a`" in lacking
    assert "CAST(NULL AS BIGINT) AS `b`" in lacking


def test_a_list_the_table_lacks_keeps_the_fields_that_are_read() -> None:
    made_plan = spark_sql.plan({"asked": TREES["holds_a_title"]}, BITS)
    lacking = spark_sql.sql(made_plan, "population", columns=["subject"])
    assert "CAST(NULL AS ARRAY<STRUCT<`kind`: STRING>>) AS `events`" in lacking


def test_a_text_with_a_quote_stays_a_text() -> None:
    asked = written(made(Member, CODE, ("C'1",), False))
    read = sqlglot.parse_one(asked, read="spark")
    assert "C'1" in {held.this for held in read.find_all(exp.Literal) if held.is_string}


def test_a_whole_quotient_beyond_64_bits_is_refused_with_the_reason() -> None:
    # a × b reaches 25 × 10^24 元² (25 × 10^28 fen²), more than 2^63 ≈ 9.2 × 10^18
    large = made(Whole, made(Arithmetic, "*", A, B))
    assert polars_frames.plan({"asked": large}, BITS)
    with pytest.raises(Unsupported) as caught:
        spark_sql.plan({"asked": large}, BITS)
    assert caught.value.context == {"dialect": "spark", "operation": "whole"}
    assert "64" in caught.value.zh
    assert "64-bit" in caught.value.en


def test_sql_that_cannot_be_read_back_is_refused() -> None:
    with pytest.raises(Unsupported) as caught:
        spark_sql.read_back("SELECT CASE FROM (")
    assert caught.value.context["operation"] == "parse"


def test_money_squared_is_counted_in_the_broad_width() -> None:
    assert MONEY
    assert "DECIMAL(38, 0)" in written(
        made(Compare, ">", made(Arithmetic, "*", A, B), made(Arithmetic, "*", C, C))
    )
