"""Columns of numbers become exact integers, and what is no number says why."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.quantities import unit
from gaoxin.facts.ingest.amounts import Amounts, NumberColumn, read_amounts
from gaoxin.facts.ingest.workbook import Cell

WAN = NumberColumn(unit("万元"), unit("万元"))
YUAN = NumberColumn(unit("元"), unit("万元"))


def read(*cells: Cell, column: NumberColumn = WAN) -> Amounts:
    return read_amounts(list(cells), column)


def only(cell: Cell, column: NumberColumn = WAN) -> int | None:
    held = read(cell, column=column)
    assert not held.problems, held.problems[0].zh
    return held.numbers.to_list()[0]


def test_ten_thousand_yuan_become_fen() -> None:
    # 7125.5 万元 = 71 255 000 元 = 7 125 500 000 分
    assert only(7125.5) == 7_125_500_000


def test_a_column_of_yuan_is_stored_for_a_metric_in_ten_thousand_yuan() -> None:
    assert only(0.07, column=YUAN) == 7


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.50", 123_450 * 10**4),
        ("１２３４．５", 123_450 * 10**4),
        (" 1234.5 ", 123_450 * 10**4),
        ("1234.5", 123_450 * 10**4),
        ("(12)", None),
    ],
)
def test_texts_are_read_as_numbers(text: str, fen: int | None) -> None:
    held = read(text)
    assert held.numbers.to_list() == [fen]
    # (12) is minus twelve in accounting, and an amount of this column cannot be negative.
    assert [problem.code for problem in held.problems] == ([] if fen else ["negative"])


def test_full_width_digits_of_up_to_five_places_are_read_like_others() -> None:
    # 8888 万元 = 88 880 000 元 = 8 888 000 000 分; five such digits have 15 bytes, the most of a plain text
    assert read("８８８８", "８８８８８", 1.0).numbers.to_list() == [8_888_000_000, 88_888_000_000, 1_000_000]


def test_digits_of_other_scripts_are_refused_and_stop_nothing() -> None:
    held = read("٣٤", 1.0)
    assert held.numbers.to_list() == [None, 1_000_000]
    assert [problem.code for problem in held.problems] == ["number_not_a_number"]


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("3999.99万", "这一列的单位是万元，请填 3999.99"),
        ("3999.99万元", "这一列的单位是万元，请填 3999.99"),
        ("12亿", "这一列的单位是万元，请填 120000"),  # 12 × 10^8 元 ÷ 10^4
        ("3千元", "这一列的单位是万元，请填 0.3"),  # 3 × 10^3 元 ÷ 10^4
        ("3百万美元", "这一列的单位是万元"),  # another currency: no example
    ],
)
def test_an_example_is_in_the_unit_of_the_column(written: str, mend: str) -> None:
    assert [problem.mend_zh for problem in read(written).problems] == [mend]


def test_blank_cells_and_marks_are_missing_not_zero() -> None:
    held = read("", "  ", "—", "/", "无", 0.0)
    assert held.numbers.to_list() == [None, None, None, None, None, 0]
    assert held.placeholders == [2, 3, 4]
    assert not held.problems


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,234万", "number_unit"),
        ("约9千", "number_approximate"),
        (1e308, "number_too_large"),
        ("1e308", "number_too_large"),
        ("nan", "number_not_finite"),
        ("12%", "number_percent"),
        (-5.0, "negative"),
        (True, "number_not_a_number"),
        (datetime.date(2024, 3, 5), "number_number"),
        ("=1+1", "number_formula"),
        ("12,34", "number_grouping"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(cell: Cell, code: str) -> None:
    held = read(cell)
    assert held.numbers.to_list() == [None]
    assert [problem.code for problem in held.problems] == [code]


def test_a_number_with_its_scale_is_read_where_the_column_allows_it() -> None:
    column = NumberColumn(unit("元"), unit("万元"), allow_scale=True)
    # 1234万 in a column of 元 is 12 340 000 元 = 1 234 000 000 分
    assert only("1,234万", column=column) == 1_234_000_000


def test_a_typed_number_too_fine_for_the_ledger_is_refused() -> None:
    # 12.3456789 万元 = 123 456.789 元: a tenth of a fen too fine
    held = read(12.3456789)
    assert held.numbers.to_list() == [None]
    assert held.problems[0].code == "number_unit"
    assert "太细" in held.problems[0].zh


def test_a_computed_number_is_rounded_to_the_fen_and_counted() -> None:
    # 1/3 万元 = 3333.333… 元 → 333 333 分
    held = read(1 / 3, 2.0, 200 / 3)
    assert held.numbers.to_list() == [333_333, 2_000_000, 66_666_667]
    assert held.rounded == [0, 2]


def test_the_tail_of_a_binary_fraction_is_cut_without_a_word() -> None:
    held = read(0.1 + 0.2, 7125.500000000001)
    assert held.numbers.to_list() == [300_000, 7_125_500_000]
    assert held.rounded == []


def test_a_cell_formatted_as_percentage_is_a_fraction() -> None:
    share = NumberColumn(unit("%"), unit("%"), percent=frozenset({0}), may_be_negative=True)
    # 0.12 shown as 12 % in the first cell; 12 typed as plain number in the second; 0.12 typed plain is 0.12 %
    held = read_amounts([0.12, 12.0, 0.12, "12%"], share)
    assert held.numbers.to_list() == [12 * 10**10, 12 * 10**10, 12 * 10**8, 12 * 10**10]


def test_plain_fractions_are_read_as_such_once_a_person_says_so() -> None:
    share = NumberColumn(unit("%"), unit("%"), fraction=True)
    assert read_amounts([0.12, 0.5], share).numbers.to_list() == [12 * 10**10, 5 * 10**11]


def test_a_percentage_in_a_column_of_money_is_refused() -> None:
    held = read_amounts([0.12], NumberColumn(unit("万元"), unit("万元"), percent=frozenset({0})))
    assert "百分比格式" in held.problems[0].zh


def test_people_come_in_ones() -> None:
    people = NumberColumn(unit("人"), unit("人"), whole=True)
    held = read_amounts([214.0, 213.5], people)
    assert held.numbers.to_list() == [214 * 10**6, None]
    assert held.problems[0].code == "not_whole"


def test_units_that_are_no_power_of_ten_are_exact_too() -> None:
    # 3 亩 = 2000 m², kept with four decimals
    assert only(3.0, column=NumberColumn(unit("亩"), unit("亩"))) == 20_000_000


def test_a_number_beyond_sixty_four_bits_is_refused() -> None:
    held = read(99_999_999_999_999.0)
    assert held.numbers.to_list() == [None]
    assert held.problems


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=50), st.integers(0, 6))
def test_every_decimal_of_a_spreadsheet_comes_back_exactly(units: list[int], decimals: int) -> None:
    """What was typed with up to six decimals is stored digit for digit: the law of the whole module."""
    typed = [Fraction(number, 10**decimals) for number in units]
    cells: list[Cell] = [float(Decimal(number).scaleb(-decimals)) for number in units]
    held = read_amounts(cells, NumberColumn(unit("万元"), unit("万元"), may_be_negative=True))
    assert [None if n is None else Fraction(n, 10**6) for n in held.numbers.to_list()] == typed
    assert not held.rounded


@given(st.lists(st.floats(0, 1e9, allow_nan=False), min_size=1, max_size=20))
def test_the_fast_way_and_the_slow_way_agree(values: list[float]) -> None:
    """Where the column is read at once, `Decimal(repr(x))` gives the same integer; where it is rounded, half
    a fen is most.
    """
    held = read_amounts(list(values), WAN)
    for at, (value, number) in enumerate(zip(values, held.numbers.to_list(), strict=True)):
        if number is None:
            continue
        gap = abs(Fraction(Decimal(repr(value))) * 10**6 - number)
        assert gap <= (Fraction(1, 2) if at in held.rounded else Fraction(value) * Fraction(1, 10**8))
        if at not in held.rounded and len(repr(value).replace(".", "").lstrip("0")) <= 15:
            assert gap == 0


@pytest.mark.parametrize(("cell", "meant"), [("1000万元", "1000"), ("1.2亿元", "12000"), ("88元", "0.0088")])
def test_a_number_with_its_unit_is_told_in_the_unit_of_the_column(cell: str, meant: str) -> None:
    # in 万元: 1.2 × 10^8 / 10^4 = 12 000; 88 / 10^4 = 0.0088
    column = NumberColumn(unit("万元"), unit("万元"))
    (problem,) = read(cell, column=column).problems
    assert (problem.code, problem.mend_zh) == ("number_unit", f"这一列的单位是万元，请填 {meant}")
