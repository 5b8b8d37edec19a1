"""An example for a field is in the unit of the field, or is not given."""

from __future__ import annotations

import pytest

from gaoxin.core.errors import NumberError
from gaoxin.core.number_hints import in_field_unit, restated
from gaoxin.core.numbers import parse_number
from gaoxin.core.quantities import unit


@pytest.mark.parametrize(
    ("text", "field", "digits"),
    [
        ("3999.99万", "万元", "3999.99"),
        ("3999.99万", "元", "39999900"),  # 3999.99 × 10^4
        ("约3999.99万元", "万元", "3999.99"),
        ("39999900元", "万元", "3999.99"),  # ÷ 10^4
        ("４０００左右", "万元", "4000"),  # no size was said: it is the column's
        ("四千万", "万元", "4000"),
        ("3万", "人", "30000"),
        ("3万人", "万元", None),
        ("1234元", "亿元", "0.00001234"),  # 1234 ÷ 10^8
        ("约9千", "万元", None),  # 0.9 or 9000
        ("约9千元", "万元", "0.9"),
        ("很多", "万元", None),
    ],
)
def test_an_example_is_in_the_unit_of_the_field(text: str, field: str, digits: str | None) -> None:
    assert in_field_unit(text, unit(field)) == digits


def test_a_refusal_names_the_unit_of_the_field_and_no_header() -> None:
    with pytest.raises(NumberError) as refused:
        parse_number("3999.99万")
    said = restated(refused.value, "3999.99万", "万元")
    assert said.zh == "“3999.99万”读不出数字：这一格的单位是万元，请填 3999.99"
    assert said.context["suggestion"] == "3999.99"


def test_other_refusals_come_back_as_they_are() -> None:
    with pytest.raises(NumberError) as refused:
        parse_number("1,23")
    assert restated(refused.value, "1,23", "万元") is refused.value
