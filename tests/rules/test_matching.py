"""A whole population under one rule says what each subject alone is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from gaoxin.compute.plans import Shape
from gaoxin.compute.rows import frame_of
from gaoxin.rules.judging import judge
from gaoxin.rules.matching import CONDITIONS, VERDICTS, Matched, RuleColumns, fen, match
from tests.rules.law_builders import HNTE, a_condition, a_law, compiled
from tests.rules.route_builders import ON, facts
from tests.rules.test_judging import SCORED

FIRMS: Mapping[str, Mapping[str, Any]] = {
    "passes": {"staff_total_avg": {2025: 9}, "rd_tax": {2025: 5}, "sales_income": {2025: 100}},
    "too_big": {"staff_total_avg": {2025: 501}, "titles": [HNTE]},
    "certified": {"staff_total_avg": {2025: 5}, "titles": [HNTE]},
    "no_points": {"staff_total_avg": {2025: 9}, "rd_tax": {2025: 0}, "sales_income": {2025: 100},
                  "ip_class1": 0, "titles": []},
    "silent": {},
}  # fmt: skip
BENEFIT = {"amount": "sales_income[Y-1] / 3", "nature": "ceiling", "level": "district", "matter": "m"}
PAYING = a_law("PAY", a_condition("T1", "zone_flag"), category="clause", grants=None, benefit=BENEFIT)


def population(columns: RuleColumns, firms: Mapping[str, Mapping[str, Any]]) -> pl.LazyFrame:
    rows = {name: facts(**written) for name, written in firms.items()}
    return frame_of(rows, columns.plan.needs, columns.plan.fields).lazy()


def matched(firms: Mapping[str, Mapping[str, Any]] = FIRMS) -> Matched:
    rule = compiled(SCORED)
    return match([rule], population(RuleColumns.of(rule), firms), ON)


def test_every_subject_has_a_row_with_verdict_score_and_reasons() -> None:
    told = {row["subject"]: row for row in matched().df().iter_rows(named=True)}
    assert {name: row["verdict"] for name, row in told.items()} == {
        "passes": "pass", "too_big": "fail", "certified": "pass", "no_points": "fail", "silent": "unknown",
    }  # fmt: skip
    assert told["too_big"]["not_met"] == ["T1"]
    assert told["no_points"]["not_met"] == ["T2"]
    assert told["certified"]["not_met"] == []
    assert told["silent"]["missing"] == ["ip_class1", "rd_tax", "sales_income", "staff_total_avg", "titles"]
    assert (told["passes"]["score_low"], told["passes"]["score_high"]) == (60.0, 100.0)
    assert told["passes"]["amount"] is None


def test_the_columns_say_what_the_single_judgement_says() -> None:
    rule = compiled(SCORED)
    columns = RuleColumns.of(rule)
    frame = columns.apply(population(columns, FIRMS)).collect()
    for row in frame.iter_rows(named=True):
        alone = judge(rule, facts(**FIRMS[row["subject"]]))
        assert VERDICTS[row["verdict"]] is alone.verdict
        assert columns.metrics(row["missing"]) == alone.missing
        assert {held.id: CONDITIONS[row[f"c:{held.id}"]] for held in alone.conditions} == {
            held.id: held.verdict for held in alone.conditions
        }
        assert row["f:F1"] is alone.flags["F1"]
        assert (row["s:total.lo"], row["s:total.hi"]) == alone.scores["total"]


def test_counts_list_every_verdict_even_where_nobody_has_it() -> None:
    assert dict(matched().counts().select("verdict", "subjects").iter_rows()) == {
        "fail": 2, "pass": 2, "unknown": 1, "pending_expert": 0,
    }  # fmt: skip


def test_a_column_nobody_has_is_missing_and_no_crash() -> None:
    rule = compiled(SCORED)
    bare = pl.LazyFrame({"subject": ["a", "b"]})
    told = match([rule], bare, ON).df()
    assert told["verdict"].to_list() == ["unknown", "unknown"]


def test_nobody_is_matched_with_nobody() -> None:
    assert matched({}).df().height == 0
    assert matched({}).counts()["subjects"].sum() == 0


@pytest.mark.parametrize(
    ("sales", "fen"),
    # a third of 元: 0.10 → 3⅓ fen; 0.05 → 1⅔; 0.005 cannot be kept; −0.05 → −1⅔
    [("0.10", 3), ("0.05", 2), ("-0.05", -2), ("1000000", 33_333_333)],
)
def test_money_is_rounded_to_the_nearest_fen_once_at_the_end(sales: str, fen: int) -> None:
    rule = compiled(PAYING)
    assert rule.paid is not None
    columns = RuleColumns.of(rule)
    frame = pl.LazyFrame(
        {"subject": ["a"], "zone_flag": [True], "sales_income@2025": [round(float(sales) * 100)]}
    )
    assert columns.apply(frame).collect()["amount"].to_list() == [fen]


def test_an_amount_is_nought_with_a_fail_and_missing_while_open() -> None:
    columns = RuleColumns.of(compiled(PAYING))
    frame = pl.LazyFrame(
        {
            "subject": ["no", "open", "yes without a figure"],
            "zone_flag": [False, None, True],
            "sales_income@2025": pl.Series([300, 300, None], dtype=pl.Int64),
        }
    )
    assert columns.apply(frame).collect()["amount"].to_list() == [0, None, None]


def test_experts_are_waited_for_only_where_they_are_all_that_is_missing() -> None:
    part = {"id": "jury", "zh": "评审", "judged": "hnte_rd_system", "points": ["0", "6"]}
    scores = {"total": {"zh": "总分", "en": "Total", "parts": [part]}}
    law = a_law("DEMO", a_condition("T1", "zone_flag"),
                a_condition("T2", "total >= 4分", aspect="score"), scores=scores)  # fmt: skip
    frame = pl.LazyFrame({"subject": ["a", "b"], "zone_flag": [True, None]})
    told = match([compiled(law)], frame, ON).df()
    assert told["verdict"].to_list() == ["pending_expert", "unknown"]


def test_kept_columns_stand_beside_the_verdict() -> None:
    rule = compiled(a_law("DEMO", a_condition("T1", "zone_flag")))
    frame = pl.LazyFrame({"subject": ["a"], "zone": ["zone/demo"], "zone_flag": [True]})
    told = match([rule], frame, ON, keep=("subject", "zone")).frames["DEMO"]
    assert told.row(0, named=True)["zone"] == "zone/demo"


# yuan as num ÷ den in fen, half up: 0.005 → 1, 0.004 → 0, −0.005 → 0, −0.006 → −1, 7 thousandths → 1
@pytest.mark.parametrize("high", [10, 10**18, 10**30])
@pytest.mark.parametrize(
    ("den", "num", "wanted"),
    [
        (1000, [5, 4, -5, -6, 7], [1, 0, 0, -1, 1]),
        (100, [5, -5], [5, -5]),
        (1, [3], [300]),
        (3, [1, 2], [33, 67]),
    ],
)
def test_fen_are_rounded_half_up_in_every_width(
    den: int, num: list[int], wanted: list[int], high: int
) -> None:
    kind = pl.Int128 if high > 2**63 else pl.Int64
    frame = pl.DataFrame({"a.num": pl.Series(num, dtype=kind)})
    for low in (-high, None):
        shape = Shape("a", "number", den, low=low, high=high if low else None)
        assert frame.select(fen(shape)).to_series().to_list() == wanted
