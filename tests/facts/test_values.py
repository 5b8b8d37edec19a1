"""Values keep what was printed, hedge included, and say no more."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import FactError, NumberError
from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import Dimension
from gaoxin.facts.values import Value, compatible, width

F = Fraction


def yi(number: str) -> F:
    return F(number) * 10**8


def test_a_printed_level_stands_for_all_that_rounds_to_it() -> None:
    # 432亿元: last printed digit 1亿, so [431.5亿, 432.5亿)
    value = Value.of("432", "亿元")
    assert value.number == 432 * 10**8 * 100
    assert value.step == 10**8 * 100
    assert value.interval() == Interval(yi("431.5"), yi("432.5"), False, True)


def test_printed_decimals_narrow_the_figure() -> None:
    # 207.92亿元: ± 0.005亿
    assert Value.of("207.92", "亿元").interval() == Interval(yi("207.915"), yi("207.925"), False, True)
    assert Value.of("207.90", "亿元").interval() == Interval(yi("207.895"), yi("207.905"), False, True)


def test_counts_ranks_and_durations_are_exact() -> None:
    for text, unit in (("248", "家"), ("19190", "户"), ("4", "位"), ("35", "天")):
        value = Value.of(text, unit)
        assert value.step is None
        assert value.interval() == Interval.exact(int(text))


def test_a_count_in_ten_thousands_is_rounded() -> None:
    # 12.3万人 = [122,500, 123,500)
    assert Value.of("12.3", "万人").interval() == Interval(F(122_500), F(123_500), False, True)


def test_an_account_to_the_fen_can_be_exact() -> None:
    assert Value.of("1234.5", "元", exact=True).interval() == Interval.exact(F("1234.5"))


def test_a_rounded_negative_contains_the_end_away_from_zero() -> None:
    # −2.5 rounds to −3 and −3.5 to −4: −3 stands for (−3.5, −2.5]
    assert Value.of("-3", "亿元").interval() == Interval(yi("-3.5"), yi("-2.5"), True, False)


def test_a_rounded_zero_is_open_at_both_ends() -> None:
    assert Value.of("0", "%").interval() == Interval(F("-0.005"), F("0.005"), True, True)


@pytest.mark.parametrize(
    ("op", "interval"),
    [
        (">", Interval(yi("1700"), None, lo_open=True)),
        (">=", Interval(yi("1700"), None)),
        ("<", Interval(None, yi("1700"), hi_open=True)),
        ("<=", Interval(None, yi("1700"))),
    ],
)
def test_a_bound_stays_a_bound(op: str, interval: Interval) -> None:
    value = Value.of("1700", "亿元", op)  # type: ignore[arg-type]
    assert value.interval() == interval
    assert value.is_bound


def test_a_fraction_as_written_stands_for_what_is_nearest_to_it() -> None:
    # 1/7: half way to 1/6.5 and 1/7.5, so [2/15, 2/13]
    value = Value.of("1/7", "%")
    assert value.op == "~"
    assert value.interval() == Interval(F(2, 15), F(2, 13))
    assert value.number == 142857142857
    assert value.render("%") == "约 1/7"


def test_a_fraction_of_anything_but_a_share_is_refused() -> None:
    with pytest.raises(FactError, match="占比"):
        Value.of("1/7", "亿元")


def test_about_two_percent_is_never_two_percent_exactly() -> None:
    value = Value.of("2", "%", "~")
    assert value.interval() == Interval(F("0.015"), F("0.025"), False, True)
    assert value.render("%") == "约 2%"
    assert value.render("%", "en") == "about 2%"


def test_nothing_is_not_a_value() -> None:
    with pytest.raises(FactError, match="缺失"):
        Value("=", None)
    with pytest.raises(NumberError):
        Value.of("", "亿元")


def test_an_interval_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(FactError, match="对调"):
        Value.between("378", "373", "家")


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (Value.of("1700", "亿元", ">"), "亿元", "> 1700 亿元", "> 1700 hundred million yuan"),
        (Value.of("432", "亿元"), "亿元", "432 亿元", "432 hundred million yuan"),
        (Value.of("207.90", "亿元"), "亿元", "207.90 亿元", "207.90 hundred million yuan"),
        (Value.of("19190", "户"), "户", "19\u2009190 户", "19\u2009190 enterprises"),
        (Value.of("87.9", "%"), "%", "87.9%", "87.9%"),
        (Value.of("0.879", "1"), "1", "87.9%", "87.9%"),
        (Value.of("4", "位"), "位", "第 4 位", "rank 4"),
        (Value.of("2", "倍", ">="), "倍", "≥ 2 倍", "≥ 2 times"),
        (Value.between("373", "378", "家"), "家", "373–378 家", "373–378 enterprises"),
        (Value.between("1.5", "2.25", "%"), "%", "1.50–2.25%", "1.50–2.25%"),
        (Value.of_items(["生物医药", "新材料"]), "", "生物医药、新材料", "生物医药, 新材料"),
        (Value.of_text("1992"), "", "1992", "1992"),
    ],
)
def test_values_are_printed_as_they_were_meant(value: Value, unit: str, zh: str, en: str) -> None:
    assert value.render(unit) == zh
    assert value.render(unit, "en") == en


def test_a_computed_interval_shows_only_digits_that_are_certain() -> None:
    # 165.25/1.2555 = 131.6209…, 165.35/1.2545 = 131.8055…: width 0.18, so two decimals
    span = Interval(yi("165.25") / F("1.2555"), yi("165.35") / F("1.2545"))
    value = Value.from_interval(span, Dimension.money)
    assert value.render("亿元") == "131.62–131.81 亿元"
    assert value.render("亿元", decimals=1) == "131.62–131.81 亿元"  # 131.8 would be less than it is


def test_computed_ends_are_rounded_outwards_to_the_ledger() -> None:
    span = Interval(F(1, 3), F(2, 3))
    value = Value.from_interval(span, Dimension.money)
    assert (value.number, value.high) == (33, 67)
    assert value.interval().contains(span)


def test_a_one_sided_result_is_a_bound() -> None:
    assert (
        Value.from_interval(Interval(None, F("0.008"), hi_open=True), Dimension.ratio).render("%") == "< 0.8%"
    )
    assert Value.from_interval(Interval(F(5), None), Dimension.multiple).op == ">="
    with pytest.raises(FactError):
        Value.from_interval(Interval.everything(), Dimension.ratio)


def test_figures_agree_when_both_can_be_true() -> None:
    printed, finer, other = Value.of("432", "亿元"), Value.of("431.6", "亿元"), Value.of("433", "亿元")
    assert compatible(printed, finer) is True
    assert compatible(printed, other) is False
    assert compatible(Value.of("1700", "亿元", ">"), Value.of("1705.2", "亿元")) is True
    assert compatible(Value.of("1700", "亿元", ">"), Value.of("1699", "亿元")) is False


def test_lists_agree_in_any_order_and_texts_when_equal() -> None:
    assert compatible(Value.of_items(["甲", "乙"]), Value.of_items(["乙", "甲"])) is True
    assert compatible(Value.of_items(["甲", "乙"]), Value.of_items(["甲", "丙"])) is False
    assert compatible(Value.of_text("1992"), Value.of_text("1993")) is False


def test_what_cannot_be_compared_is_neither_equal_nor_different() -> None:
    assert compatible(Value.of_text("432"), Value.of("432", "亿元")) is None
    assert compatible(Value.of("432", "户"), Value.of("432", "亿元")) is None


def test_width_tells_how_much_is_open() -> None:
    assert width(Value.of("432", "亿元")) == 10**8
    assert width(Value.of("248", "家")) == 0
    assert width(Value.of("2", "倍", ">=")) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_comes_back_digit_for_digit(amount: Decimal) -> None:
    value = Value.of(str(amount), "元")
    assert value.number is not None
    assert F(value.number, 100) == F(amount)
    assert value.interval().contains(amount)


@given(st.integers(min_value=1, max_value=400))
def test_unit_fractions_leave_no_gap_and_do_not_overlap(n: int) -> None:
    # The upper end of 1/(n+1) is the lower end of 1/n.
    here, below = Value.of(f"1/{n}", "%").interval(), Value.of(f"1/{n + 1}", "%").interval()
    assert below.hi == here.lo
    assert here.contains(F(1, n))


@given(st.fractions(0, 1000, max_denominator=997), st.fractions(0, 10, max_denominator=97))
def test_recording_a_result_never_narrows_it(low: F, gap: F) -> None:
    span = Interval(low, low + gap)
    assert Value.from_interval(span, Dimension.money).interval().contains(span)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_agreement_is_mutual(a: int, b: int) -> None:
    one, other = Value.of(str(a), "万元"), Value.of(str(b), "万元")
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one) is True
