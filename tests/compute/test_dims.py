"""Dimensions: what a unit measures, and how products and quotients are named."""

from __future__ import annotations

from gaoxin.compute.dims import NONE, dims_of_symbol, over, times, words

MONEY, PERSON = dims_of_symbol("万元"), dims_of_symbol("人")


def test_ratios_and_places_in_a_ranking_have_no_dimension() -> None:
    assert {dims_of_symbol(symbol) for symbol in ("%", "百分点", "倍", "位", "1", None)} == {NONE}


def test_counts_of_different_things_are_different_dimensions() -> None:
    assert len({dims_of_symbol(symbol) for symbol in ("人", "家", "件", "年", "天")}) == 5


def test_a_unit_per_unit_is_the_quotient_of_their_dimensions() -> None:
    assert dims_of_symbol("万元/人") == over(MONEY, PERSON)
    assert times(dims_of_symbol("万元/人"), PERSON) == MONEY


def test_dimensions_are_named_in_both_languages() -> None:
    assert words(MONEY, "zh") == "金额"
    assert words(over(MONEY, PERSON), "en") == "money÷person"
    assert words(NONE, "zh") == "无单位（比率）"
