"""Units convert exactly or not at all; what is stored comes back as it was written."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import UnitError
from gaoxin.core.quantities import (
    Dimension,
    Quantity,
    display_unit,
    format_number,
    from_storage,
    round_half_up,
    to_storage,
    unit,
)


def quantity(text: str) -> Quantity:
    """`432 亿元` as a quantity."""
    value, name = text.split()
    return Quantity.of(value, name)


# Units


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("亿元", "亿元"),
        (" 亿 元 ", "亿元"),
        ("％", "%"),
        ("个百分点", "百分点"),
        ("㎡", "平方米"),
        ("m2", "平方米"),
        ("万㎡", "万平方米"),
        ("km²", "平方公里"),
        ("gwh", "GWh"),
        ("KWH", "kWh"),
        ("度", "千瓦时"),
        ("日", "天"),
        ("个月", "月"),
        ("CNY", "元"),
        ("万户", "万户"),
        ("千米", "公里"),
        ("万元/亩", "万元/亩"),
        ("万元／亩", "万元/亩"),
    ],
)
def test_a_unit_is_known_by_all_its_spellings(name: str, symbol: str) -> None:
    assert unit(name).symbol == symbol


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("亿", "亿元还是亿人"),
        ("番", "翻两番请写 4 倍"),
        ("欧元", "先折算成元"),
        ("平方里", "是不是 .*平方米"),
        ("吨标准", "吨标准煤"),
        ("", "没有写单位"),
        ("元/百分点", "没有意义"),
        ("元/人/年", "不认识单位"),
        ("x" * 200, "不认识单位"),
        ("M", "不认识单位"),
        ("G", "不认识单位"),
    ],
)
def test_an_unknown_unit_says_what_to_write(name: str, words: str) -> None:
    with pytest.raises(UnitError, match=words):
        unit(name)


def test_a_mu_is_two_thousand_thirds_of_a_square_metre() -> None:
    assert unit("亩").factor == Fraction(2000, 3)
    assert unit("公顷").factor / unit("亩").factor == 15


@pytest.mark.parametrize(
    ("name", "factor"),
    [
        ("千元", 1000),
        ("万元", 10**4),
        ("百万元", 10**6),
        ("亿元", 10**8),
        ("万亿元", 10**12),
        ("%", Fraction(1, 100)),
        ("‰", Fraction(1, 1000)),
        ("万人", 10**4),
        # 6 GWh = 6 * 10^6 kWh * 3.6 * 10^6 J
        ("GWh", 3_600_000_000_000),
        ("亿千瓦时", 360_000_000_000_000),
        ("万吨标准煤", 10_000),
    ],
)
def test_factors_are_exact(name: str, factor: Fraction | int) -> None:
    assert unit(name).factor == factor


def test_every_unit_belongs_to_its_base() -> None:
    for dimension in (d for d in Dimension if "/" not in d.base and d is not Dimension.percentage_point):
        base = unit(dimension.base)
        assert base.dimension is dimension
        assert base.factor == 1


@pytest.mark.parametrize(
    ("name", "dimension", "factor"),
    [
        # 10 000 元 / (2000/3 m²) = 15 元/m²
        ("万元/亩", Dimension.money_per_area, 15),
        ("亿元/平方公里", Dimension.money_per_area, 100),
        ("元/人", Dimension.money_per_count, 1),
        ("件/万人", Dimension.count_per_count, Fraction(1, 10_000)),
        ("吨标准煤/万元", Dimension.coal_per_money, Fraction(1, 10_000)),
    ],
)
def test_a_quotient_of_units_is_a_density(name: str, dimension: Dimension, factor: Fraction | int) -> None:
    assert (unit(name).dimension, unit(name).factor) == (dimension, factor)


def test_a_density_times_its_area_is_money() -> None:
    # 20 万元/亩 on 300 亩 is 6000 万元; in base units 300 元/m² * 200 000 m²
    assert quantity("20 万元/亩").in_base * quantity("300 亩").in_base == quantity("6000 万元").in_base


# Conversion


@pytest.mark.parametrize(
    ("given_", "target", "value"),
    [
        ("432 亿元", "元", "43200000000"),
        ("1 元", "亿元", "0.00000001"),
        ("3 户", "家", "3"),
        ("1.5 万户", "家", "15000"),
        ("3 亩", "平方米", "2000"),
        ("15 亩", "公顷", "1"),
        ("25 %", "1", "0.25"),
        ("12 月", "年", "1"),
        ("24 小时", "天", "1"),
        ("1 平方公里", "亩", "1500"),
        ("2 人", "名", "2"),
    ],
)
def test_units_of_one_kind_convert_exactly(given_: str, target: str, value: str) -> None:
    assert quantity(given_).to(target).value == Decimal(value)


@pytest.mark.parametrize(
    ("given_", "target"),
    [
        ("3 人", "家"),
        ("3 家", "个"),
        ("1 百分点", "%"),
        ("1 %", "百分点"),
        ("1 美元", "元"),
        ("5 工作日", "天"),
        ("1 年", "天"),
        ("1 吨标准煤", "kWh"),
        ("1 元", "平方米"),
        ("1 元/人", "元/家"),
    ],
)
def test_what_is_not_of_one_kind_never_converts(given_: str, target: str) -> None:
    with pytest.raises(UnitError, match="不能换算成"):
        quantity(given_).to(target)


def test_a_conversion_without_finite_decimals_asks_where_to_round() -> None:
    with pytest.raises(UnitError, match="除不尽"):
        quantity("1 亩").to("平方米")
    # 2000/3 = 666.666…
    assert quantity("1 亩").to("平方米", decimals=2).value == Decimal("666.67")


def test_quantities_compare_across_units() -> None:
    assert quantity("1 亿元") == quantity("10000 万元")
    assert hash(quantity("1 亿元")) == hash(quantity("10000 万元"))
    assert quantity("1 亿元") > quantity("9999.99 万元")
    assert quantity("3 人") != quantity("3 家")
    assert str(quantity("432 亿元")) == "432亿元"
    with pytest.raises(UnitError):
        _ = quantity("3 人") < quantity("4 家")


# Storage


@pytest.mark.parametrize(
    ("value", "name", "stored"),
    [
        ("432", "亿元", 4_320_000_000_000),
        ("0.01", "元", 1),
        ("-3.5", "万元", -3_500_000),
        ("53.2", "%", 532_000_000_000),
        ("0.5", "百分点", 5_000_000_000),
        ("1.919", "万户", 19_190_000_000),
        ("6", "GWh", 21_600_000_000_000),
        ("4", "位", 4),
        ("3", "亩", 20_000_000),
        # 125 * 2000/3 = 83333.3333… m²
        ("125", "亩", 833_333_333),
        # 1/24 day = 0.0416666… day
        ("1", "小时", 41_667),
    ],
)
def test_the_ledger_keeps_integers_at_the_scale_of_the_dimension(value: str, name: str, stored: int) -> None:
    assert to_storage(Decimal(value), name) == stored
    assert from_storage(stored, name) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "name"),
    [("0.001", "元"), ("0.00000000001", "亿元"), ("1.5", "位"), ("0.123456789", "亩"), ("3.14159", "小时")],
)
def test_more_decimals_than_the_ledger_keeps_are_refused(value: str, name: str) -> None:
    with pytest.raises(UnitError, match="太细"):
        to_storage(Decimal(value), name)


def test_a_value_is_stored_only_where_it_belongs() -> None:
    assert to_storage(Decimal(3), "户", unit("家")) == 3_000_000
    with pytest.raises(UnitError, match="这里要金额"):
        to_storage(Decimal(3), "家", Dimension.money)
    with pytest.raises(UnitError, match="人 不能换算成 家"):
        to_storage(Decimal(3), "人", unit("家"))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_never_stored(value: str) -> None:
    with pytest.raises(UnitError):
        to_storage(Decimal(value), "元")


def test_a_number_beyond_64_bits_is_refused() -> None:
    with pytest.raises(UnitError, match="太大"):
        to_storage(Decimal(10**6), "万亿元")


ROUND_TRIP = [
    "元",
    "亿元",
    "%",
    "百分点",
    "家",
    "万户",
    "平方米",
    "亩",
    "公顷",
    "天",
    "小时",
    "月",
    "吨标准煤",
    "倍",
    "分",
    "万元/亩",
]


@given(st.sampled_from(ROUND_TRIP), st.integers(-(10**8), 10**8), st.integers(0, 2))
def test_what_is_stored_comes_back_as_written(name: str, digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    assert from_storage(to_storage(value, name), name) == value


@given(st.sampled_from(["亩", "小时", "分钟", "月", "周"]), st.integers(-(10**12), 10**12))
def test_a_stored_integer_comes_back_from_the_number_shown_for_it(name: str, stored: int) -> None:
    shown = from_storage(stored, name)
    exact = Fraction(shown) * unit(name).factor * 10 ** unit(name).dimension.scale
    assert int(round_half_up(exact, 0)) == stored


@given(st.integers(-(10**15), 10**15))
def test_a_sum_of_stored_money_is_the_stored_sum(fen: int) -> None:
    other = 123_456_789
    assert from_storage(fen, "元") + from_storage(other, "元") == from_storage(fen + other, "元")


# Rounding and printing


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("-0.004", 2, "0.00"),
        ("7", 1, "7.0"),
        ("9.99", 1, "10.0"),
    ],
)
def test_halves_round_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == rounded


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        ("1700", "亿元", "1700 亿元"),
        ("19190", "户", "19\u2009190 户"),
        ("1234567.891", "元", "1\u2009234\u2009567.891 元"),
        ("-3.50", "亿元", "\u22123.50 亿元"),
        ("0.00", "元", "0.00 元"),
        ("-0.0", "元", "0.0 元"),
        ("53.2", "%", "53.2%"),
        ("0.5", "百分点", "0.5 个百分点"),
        ("5", "工作日", "5 个工作日"),
        ("0.25", "1", "0.25"),
        ("1E+5", "家", "100\u2009000 家"),
    ],
)
def test_a_number_is_printed_as_pages_print_it(value: str, name: str, text: str) -> None:
    assert format_number(Decimal(value), name) == text


def test_decimals_are_rounded_or_padded_only_when_asked() -> None:
    assert format_number(Decimal("7")) == "7"
    assert format_number(Decimal("7"), decimals=1) == "7.0"
    assert format_number(Fraction(1, 3), "%", decimals=1) == "0.3%"
    assert format_number(Decimal("299.54"), "亿元", "en") == "299.54 hundred million yuan"


@pytest.mark.parametrize(
    ("own", "value", "shown"),
    [
        ("元", "100000000", "亿元"),
        ("元", "99999999.99", "万元"),
        ("元", "10000", "万元"),
        ("元", "1000", "万元"),
        ("亿元", "0.5", "万元"),
        ("万元", "-20000", "亿元"),
        ("亿元", "0", "亿元"),
        ("亿美元", "0.2", "万美元"),
        ("家", "1000000000", "家"),
    ],
)
def test_money_is_shown_in_the_unit_that_reads_best(own: str, value: str, shown: str) -> None:
    assert display_unit(own, Decimal(value)).symbol == shown
