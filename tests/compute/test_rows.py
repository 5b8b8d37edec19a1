"""Values of a subject and the integers of a frame: the same, or refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gaoxin.compute.language import FieldSpec, MetricSpec
from gaoxin.compute.rows import frame_of, row_of
from gaoxin.compute.tree import Field, made

REVENUE = MetricSpec.number("revenue", "元", yearly=True).leaf(2025)
BILLS = MetricSpec.events("bills", FieldSpec.number("amount", "元")).leaf(None)
AMOUNT = FieldSpec.number("amount", "元")
FIELDS = {
    "bills": [made(Field, AMOUNT.name, AMOUNT.type, AMOUNT.dims, AMOUNT.scale, AMOUNT.low, AMOUNT.high)]
}


def test_what_goes_into_a_frame_comes_out_of_it() -> None:
    row = {"revenue@2025": Fraction(1, 4), "bills": [{"amount": Fraction(5)}, {"amount": None}]}
    frame = frame_of({"a": row, "b": {"bills": []}}, [REVENUE, BILLS], FIELDS)
    assert frame["revenue@2025"].to_list() == [25, None]  # 0.25 元 = 25 fen
    assert row_of(frame, 0, [REVENUE, BILLS], FIELDS) == row
    assert row_of(frame, 1, [REVENUE, BILLS], FIELDS) == {"revenue@2025": None, "bills": []}


def test_a_number_with_more_decimals_than_are_kept_is_refused_not_rounded() -> None:
    with pytest.raises(ValueError, match="more than 2 decimals"):
        frame_of({"a": {"revenue@2025": Fraction(1, 3)}}, [REVENUE], {})


def test_a_column_the_frame_lacks_is_missing() -> None:
    frame = frame_of({"a": {}}, [BILLS], FIELDS)
    assert row_of(frame, 0, [REVENUE], {}).get("revenue@2025") is None
