"""Plans: which columns are read and made, how broad numbers get, what is refused; frames and rows."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from gaoxin.compute import polars_frames
from gaoxin.compute.plans import MOST_BITS, open_bits
from gaoxin.compute.reference import Row
from gaoxin.compute.rows import frame_of, row_of
from gaoxin.compute.tree import (
    Arithmetic,
    Compare,
    Comparison,
    Exists,
    Judged,
    Logic,
    Node,
    Range,
    Reaches,
    Total,
    Whole,
    YearOf,
    made,
)
from gaoxin.core.errors import ExpressionError
from tests.compute.trees import (
    BITS,
    BORN,
    EVENTS,
    FIELDS,
    FRAME,
    JUDGED,
    LEAVES,
    MONIES,
    POINT,
    ROWS,
    SURE,
    TRUTHS,
    constant,
)

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


# the year of 31 December 2023 is 2023, that of the next day 2024
@pytest.mark.parametrize(
    ("op", "mark", "wanted"),
    [
        ("<", "2024", [True, False]), ("<=", "2023", [True, False]), (">=", "2024", [False, True]),
        (">", "2023", [False, True]), ("=", "2024", [False, True]), ("!=", "2024", [True, False]),
        ("<", "4047/2", [True, False]), (">=", "4047/2", [False, True]), ("<=", "4047/2", [True, False]),
        (">", "4047/2", [False, True]), ("<", "10000", [True, True]), (">", "-1", [True, True]),
    ],
)  # fmt: skip
def test_a_year_changes_on_the_first_of_january(op: Comparison, mark: str, wanted: list[bool]) -> None:
    days: dict[str, Row] = {
        "x": {"born": date(2023, 12, 31)},
        "y": {"born": date(2024, 1, 1)},
        "z": {"born": None},
    }
    year, fixed = made(YearOf, BORN), constant(mark)
    turned: Comparison = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)  # type: ignore[assignment]
    asked = {"one": made(Compare, op, year, fixed), "other": made(Compare, turned, fixed, year)}
    told = polars_frames.apply(polars_frames.plan(asked, BITS), frame_of(days, [BORN], {}).lazy()).collect()
    assert told["one"].to_list() == [*wanted, None]
    assert told["other"].to_list() == [*wanted, None]
    assert told["one.open"].to_list() == [0, 0, 1 << BITS["born"]]


def test_a_truth_says_whether_it_waits_for_data_or_for_judgements_alone() -> None:
    points = made(Judged, JUDGED[0], made(Range, Fraction(0), Fraction(8), POINT))
    asked = {"both": made(Logic, "all", (TRUTHS[0], made(Reaches, ">", points, Fraction(4))))}
    rows: dict[str, Row] = {
        "settled": {"p": False}, "expert": {"p": True}, "data": {"judged_1": Fraction(5)}, "either": {},
    }  # fmt: skip
    plan = polars_frames.plan(asked, BITS, experts={"judged_1"})
    assert plan.outputs == ("both", "both.data", "both.open")
    told = polars_frames.apply(plan, frame_of(rows, [TRUTHS[0], JUDGED[0]], {}).lazy()).collect()
    p, judged = 1 << BITS["p"], 1 << BITS["judged_1"]
    assert told["both"].to_list() == [False, None, None, None]
    assert told["both.open"].to_list() == [0, judged, p, p | judged]
    assert told["both.data"].to_list() == [False, False, True, True]


def test_a_lean_plan_makes_only_what_its_outputs_need() -> None:
    shared = made(Logic, "all", TRUTHS)
    asked = {"one": made(Logic, "any", (shared, made(Compare, ">", A, B))), "two": made(Compare, ">", A, C)}
    plan = polars_frames.plan(asked, BITS)
    lean = polars_frames.lean(plan, ["two"])
    assert [name for stage in lean.stages for name, _ in stage] == ["two"]
    frame = frame_of({"x": {"a": Fraction(2), "c@2025": Fraction(1)}}, LEAVES, FIELDS).lazy()
    assert polars_frames.apply(lean, frame, told=["two"]).collect().rows() == [("x", True)]


def test_small_numbers_stay_exact_where_their_sum_leaves_their_width() -> None:
    # each fits 8 bits, 100 + 100 + 100 does not; what is told is 64 bits wide
    part = made(Judged, JUDGED[0], made(Range, Fraction(100), Fraction(120), POINT))
    plan = polars_frames.plan({"sum": made(Total, (part, part, part), None)}, BITS)
    told = polars_frames.apply(plan, frame_of({"x": {}}, [JUDGED[0]], {}).lazy()).collect()
    shape = plan.shapes["sum"]
    assert shape.den is not None
    assert told["sum.lo.num"].to_list() == [300 * shape.den]
    assert told["sum.hi.num"].to_list() == [360 * shape.den]
    assert told.schema["sum.lo.num"] == pl.Int64


def test_the_bits_of_many_metrics_are_gathered_in_their_places() -> None:
    frame = pl.DataFrame({"t": [True, False]})
    for places in ([0], [7, 8], [31], [32], [0, 9, 30, 62]):
        told = frame.select(polars_frames.PolarsEngine().gather_bits({bit: pl.col("t") for bit in places}))
        assert told.to_series().to_list() == [sum(2**bit for bit in places), 0]
