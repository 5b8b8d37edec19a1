"""Plans: which columns are read and made, how broad numbers get, what is refused; frames and rows."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from gaoxin.compute import polars_frames
from gaoxin.compute.plans import MOST_BITS, open_bits
from gaoxin.compute.rows import frame_of, row_of
from gaoxin.compute.tree import Arithmetic, Compare, Exists, Logic, Node, Whole, made
from gaoxin.core.errors import ExpressionError
from tests.compute.trees import BITS, EVENTS, FIELDS, FRAME, LEAVES, MONIES, ROWS, SURE, TRUTHS

A, B, C = MONIES


def product(*parts: Node) -> Node:
    first, *rest = parts
    for part in rest:
        first = made(Arithmetic, "*", first, part)
    return first


def test_a_plan_names_its_inputs_its_fields_and_its_outputs() -> None:
    asked = {
        "rich": made(Compare, ">", A, B),
        "titled": made(Exists, EVENTS, SURE),
        "sum": made(Arithmetic, "+", A, B),
    }
    plan = polars_frames.plan(asked, BITS)
    assert [leaf.column for leaf in plan.needs] == ["a", "b", "events"]
    assert {column: [field.name for field in held] for column, held in plan.fields.items()} == {
        "events": ["sure"]
    }
    assert plan.outputs == ("rich", "rich.open", "titled", "titled.open", "sum.num", "sum.open")
    # fen over fen: the divisor is 100 for everybody
    assert plan.shapes["sum"].den == 100


def test_a_quotient_of_two_columns_has_a_divisor_of_its_own() -> None:
    plan = polars_frames.plan({"share": made(Arithmetic, "/", A, B)}, BITS)
    assert plan.outputs == ("share.num", "share.den", "share.open")


def test_what_two_places_read_is_worked_out_once() -> None:
    shared = made(Logic, "all", TRUTHS)
    plan = polars_frames.plan({"one": shared, "two": made(Logic, "any", (shared, TRUTHS[0]))}, BITS)
    conjunctions = [
        str(expr) for stage in plan.stages for _, expr in stage if '(col("p")) & (col("q"))' in str(expr)
    ]
    assert len(conjunctions) <= 1


def test_more_than_38_digits_are_refused_and_the_output_is_named() -> None:
    # each amount reaches 5 × 10^14 fen: three of them 1.25 × 10^44
    with pytest.raises(ExpressionError) as caught:
        polars_frames.plan({"volume": product(A, B, C)}, BITS)
    assert "volume" in caught.value.zh
    assert "38" in caught.value.zh
    assert polars_frames.plan({"area": product(A, B)}, BITS)


def test_a_rule_reads_at_most_63_metrics() -> None:
    assert open_bits({"b", "a"}) == {"a": 0, "b": 1}
    assert len(open_bits({f"m{n}" for n in range(MOST_BITS)})) == 63
    with pytest.raises(ExpressionError, match="63"):
        open_bits({f"m{n}" for n in range(64)})


def test_an_input_the_frame_lacks_is_missing_for_everybody() -> None:
    plan = polars_frames.plan({"rich": made(Compare, ">", A, B)}, BITS)
    told = polars_frames.apply(plan, pl.LazyFrame({"subject": ["x"], "a": [100]})).collect()
    assert told.rows() == [("x", None, 1 << BITS["b"])]


def test_rows_keep_their_values_through_a_frame() -> None:
    for at, row in enumerate(ROWS.values()):
        back = row_of(FRAME, at, LEAVES, FIELDS)
        assert {name: value for name, value in back.items() if value is not None} == {
            name: value for name, value in row.items() if value is not None
        }


def test_amounts_are_stored_in_fen_and_shares_at_twelve_decimals() -> None:
    frame = frame_of({"x": {"a": Fraction("12.34"), "share": Fraction(1, 20)}}, LEAVES, FIELDS)
    assert frame["a"].to_list() == [1234]
    assert frame["share"].to_list() == [50_000_000_000]
    assert frame["b"].to_list() == [None]


def test_more_decimals_than_are_stored_are_refused_not_rounded() -> None:
    with pytest.raises(ValueError, match="more than 2 decimals"):
        frame_of({"x": {"a": Fraction(1, 1000)}}, LEAVES, FIELDS)


def test_a_whole_number_of_yuan_is_cut_downwards() -> None:
    plan = polars_frames.plan({"yuan": made(Whole, A)}, BITS)
    frame = frame_of({"x": {"a": Fraction("12.99")}, "y": {"a": Fraction(-1, 100)}}, [A], {})
    assert polars_frames.apply(plan, frame.lazy()).collect()["yuan.num"].to_list() == [12, -1]
