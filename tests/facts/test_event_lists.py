"""Lists of titles and awards as texts: read exactly, or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import FactError
from gaoxin.facts.event_lists import read_elements, write_elements
from gaoxin.packs.schemas.metric_element import ElementField

FIELDS = tuple(
    ElementField.model_validate({"zh": name, "en": name, "name": name, "type": kind, **more})
    for name, kind, more in (
        ("kind", "code", {"choices": {"hnte": "高企", "tsme": "科小"}}),
        ("day", "date", {}),
        ("amount", "money", {}),
        ("rank", "rank", {}),
        ("shared", "boolean", {}),
        ("remark", "text", {}),
    )
)


def read(text: str) -> list[dict[str, object]]:
    return [dict(element) for element in read_elements(text, FIELDS)]


def test_an_element_has_every_field_and_the_missing_ones_are_none() -> None:
    told = read('{"kind": "hnte", "day": "2026-01-31", "amount": "0.10", "rank": 3, "shared": false}')
    assert told == [
        {
            "kind": "hnte",
            "day": date(2026, 1, 31),
            "amount": Fraction(1, 10),
            "rank": Fraction(3),
            "shared": False,
            "remark": None,
        }
    ]


def test_a_number_is_never_a_float_on_the_way() -> None:
    # as floats, 0.1 + 0.2 is not 0.3
    first, second = read('{"amount": 0.1}\n{"amount": 0.2}')
    assert first["amount"] + second["amount"] == Fraction(3, 10)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["[]", " []\n"])
def test_square_brackets_alone_say_that_there_are_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_says_nothing_and_is_not_taken_for_none(text: str) -> None:
    with pytest.raises(FactError):
        read(text)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hnte", "不是一条 JSON 明细"),
        ('["hnte"]', "不是一条 JSON 明细"),
        ('{"kinds": "hnte"}', "不认识的字段 kinds"),
        ('{"kind": "HNTE"}', "kind 读不出来"),  # a strange code is no “none of these”
        ('{"day": "2026-02-30"}', "day 读不出来"),
        ('{"rank": true}', "rank 读不出来"),
        ('{"rank": "first"}', "rank 读不出来"),
        ('{"rank": "2.5"}', "rank 读不出来"),
        ('{"rank": -1}', "rank 读不出来"),
        ('{"rank": NaN}', "rank 读不出来"),
        ('{"rank": Infinity}', "rank 读不出来"),
        ('{"rank": "1e400000000"}', "rank 读不出来"),
        ('{"amount": "0.001"}', "amount 读不出来"),  # below the fen
        ('{"amount": "5000000000000.01"}', "amount 读不出来"),  # over 5 万亿元
        ('{"amount": ["1"]}', "amount 读不出来"),
        ('{"shared": "yes"}', "shared 读不出来"),
    ],
)
def test_what_cannot_be_read_exactly_is_refused_with_its_place(line: str, words: str) -> None:
    with pytest.raises(FactError, match=words) as told:
        read(f'{{"kind": "tsme"}}\n{line}')
    assert "第 2 条" in told.value.zh


def test_none_is_written_as_brackets_and_an_absent_field_is_left_out() -> None:
    assert write_elements([]) == "[]"
    assert write_elements([{"kind": "hnte", "day": None}]) == '{"kind": "hnte"}'


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["hnte", "tsme", None]),
                "day": st.none() | st.dates(),
                "amount": st.none() | st.integers(-(10**14), 10**14).map(lambda fen: Fraction(fen, 100)),
                "rank": st.none() | st.integers(0, 10**9).map(Fraction),
                "shared": st.none() | st.booleans(),
                "remark": st.none() | st.text(),
            }
        )
    )
)
def test_what_was_written_is_read_again(elements: list[dict[str, object]]) -> None:
    assert read(write_elements(elements)) == elements


def test_a_decimal_keeps_its_digits() -> None:
    assert read(write_elements([{"amount": Decimal("1234567.89")}]))[0]["amount"] == Fraction(123456789, 100)
