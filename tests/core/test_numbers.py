"""A cell gives its number exactly, or says what to write instead."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import NumberError
from gaoxin.core.numbers import is_blank, is_placeholder, parse_chinese_number, parse_number


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("1,234,567.80", "1234567.80"),
        ("１２３", "123"),
        ("１２．５", "12.5"),
        ("1 234", "1234"),
        ("1\u2009234", "1234"),
        ("1\u00a0234\u00a0567", "1234567"),
        (" 42\t", "42"),
        ("1e3", "1000"),
        ("-1.5E-3", "-0.0015"),
        ("(123)", "-123"),
        ("（1,234.5）", "-1234.5"),
        ("－5", "-5"),
        ("\u22125", "-5"),
        ("+7", "7"),
        (".5", "0.5"),
        ("0", "0"),
        ("0.00", "0.00"),
        (7, "7"),
        (0.1, "0.1"),
        (432.0, "432"),
        (1e15, "1000000000000000"),
        (Decimal("2.50"), "2.50"),
        ("999999999999999999", "999999999999999999"),
    ],
)
def test_a_number_is_read_as_written(cell: object, number: str) -> None:
    # str compares the digits too: 0.00 keeps its two decimals, 432.0 from a spreadsheet has none
    assert str(parse_number(cell)) == number


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "blank"),
        (None, "blank"),
        (" \u3000 ", "blank"),
        ("—", "placeholder"),
        ("-", "placeholder"),
        ("N/A", "placeholder"),
        ("未报", "placeholder"),
        ("1,23", "grouping"),
        ("12,34,567", "grouping"),
        ("1234,567", "grouping"),
        ("1,2345", "grouping"),
        ("1,234 567", "grouping"),
        ("1 23", "grouping"),
        ("1,", "grouping"),
        ("1,234万", "unit"),
        ("123元", "unit"),
        ("￥123", "unit"),
        ("四百三十二亿", "unit"),
        ("约9千", "approximate"),
        ("近200家", "approximate"),
        (">1700", "approximate"),
        ("50以上", "approximate"),
        ("3-5", "range"),
        ("3～5", "range"),
        ("2021-06-30", "range"),
        ("12%", "percent"),
        ("12％", "percent"),
        ("=1+1", "formula"),
        ("@A1", "formula"),
        ("#DIV/0!", "excel_error"),
        ("#REF!", "excel_error"),
        ("nan", "not_finite"),
        ("inf", "not_finite"),
        ("-Infinity", "not_finite"),
        (float("nan"), "not_finite"),
        (float("inf"), "not_finite"),
        ("1e308", "too_large"),
        (1e308, "too_large"),
        ("1000000000000000001", "too_large"),
        (10**400, "too_large"),
        ("1e-400", "too_precise"),
        ("0." + "1" * 41, "too_precise"),
        ("1_000", "not_a_number"),
        ("0x10", "not_a_number"),
        ("5²", "not_a_number"),
        ("①", "not_a_number"),
        ("٣", "not_a_number"),
        ("1O0", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("--5", "not_a_number"),
        ("(-5)", "not_a_number"),
        ("是", "not_a_number"),
        (True, "not_a_number"),
        ([], "not_a_number"),
        ("9" * 1000, "not_a_number"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(cell: object, reason: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(cell)
    assert caught.value.context["reason"] == reason
    assert len(caught.value.zh) < 120


def test_a_whole_number_too_long_to_print_is_refused_all_the_same() -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(-(10**5000))
    assert caught.value.context["reason"] == "too_large"


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ("约9千", "9000"),
        ("1,234万", "12340000"),
        ("1.5亿", "150000000"),
        ("123元", "123"),
        ("近200家", "200"),
        ("12%", "12"),
        ("四百三十二亿", "43200000000"),
        ("1O0", None),
        ("3-5", None),
        ("1 234,5", None),
    ],
)
def test_the_mend_names_the_number_to_write_only_when_it_can_be_told(
    cell: str, suggestion: str | None
) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(cell)
    assert caught.value.context["suggestion"] == suggestion
    if suggestion is not None:
        assert f"如 {suggestion}" in caught.value.zh


def test_the_mend_for_a_rough_figure_says_what_to_write() -> None:
    with pytest.raises(NumberError, match="请填数字，如 9000"):
        parse_number("约9千")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,234万", 12_340_000), ("1.5亿", 150_000_000), ("3 千", 3000), ("2万亿", 2 * 10**12), ("12", 12)],
)
def test_a_closing_scale_is_read_when_it_is_allowed(cell: str, number: int) -> None:
    assert parse_number(cell, allow_scale=True) == number


@pytest.mark.parametrize("cell", ["1,234万元", "约9千", "万", "1,23万"])
def test_an_allowed_scale_allows_nothing_else(cell: str) -> None:
    with pytest.raises(NumberError):
        parse_number(cell, allow_scale=True)


def test_blank_and_placeholder_are_told_apart() -> None:
    assert is_blank(None)
    assert is_blank("\u3000")
    assert not is_blank("—")
    assert not is_blank(0)
    assert is_placeholder("—")
    assert is_placeholder(" n/a ")
    assert not is_placeholder("0")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_printed_decimal_comes_back(number: Decimal) -> None:
    assert parse_number(f"{number:f}") == number
    assert parse_number(f"{number:,f}") == number


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=1e-12, max_value=1e17))
def test_a_float_gives_the_digits_it_shows(number: float) -> None:
    assert float(parse_number(number)) == number


@given(st.text(max_size=30))
def test_any_text_gives_a_number_or_a_number_error(text: str) -> None:
    with contextlib.suppress(NumberError):
        assert abs(parse_number(text)) <= 10**18


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", "0"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("两百", "200"),
        ("一百一十", "110"),
        ("三百零五", "305"),
        ("一千零五十", "1050"),
        ("一万零五", "10005"),
        ("三十五万", "350000"),
        ("四百三十二亿", "43200000000"),
        ("一万二千亿", "1200000000000"),
        ("十二万亿", "12000000000000"),
        ("一亿五千万", "150000000"),
        ("三点五亿", "350000000"),
        ("三十五点六", "35.6"),
        ("二〇二一", "2021"),
        ("二零二一", "2021"),
        ("壹佰贰拾叁", "123"),
        ("负五", "-5"),
    ],
)
def test_chinese_numerals_are_read(text: str, number: str) -> None:
    assert str(parse_chinese_number(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一万五",
        "三百五",
        "二三百",
        "百",
        "万",
        "一百零",
        "百分之五",
        "一亿亿",
        "十百",
        "点五",
        "五点",
        "1百",
        "九" * 99,
    ],
)
def test_a_numeral_that_is_not_written_out_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_chinese_number(text)


def in_chinese(number: int) -> str:
    """A number below ten thousand in Chinese numerals, the long way (一百一十)."""
    digits, steps = "零一二三四五六七八九", ["千", "百", "十", ""]
    out = ""
    for place, digit in enumerate(f"{number:04d}"):
        if digit != "0":
            out += digits[int(digit)] + steps[place]
        elif out and not out.endswith("零"):
            out += "零"
    return out.rstrip("零") or "零"


@given(st.integers(0, 9999), st.integers(1, 9999), st.integers(1, 9999))
def test_written_out_numerals_come_back(ones: int, ten_thousands: int, hundred_millions: int) -> None:
    assert parse_chinese_number(in_chinese(ones)) == ones
    wan = f"{in_chinese(ten_thousands)}万" + (
        ("零" if ones < 1000 else "") + in_chinese(ones) if ones else ""
    )
    assert parse_chinese_number(wan) == ten_thousands * 10**4 + ones
    assert parse_chinese_number(in_chinese(hundred_millions) + "亿") == hundred_millions * 10**8


@pytest.mark.parametrize("text", ["近两番", "翻两番", "翻了一番", "超过3番"])
def test_doublings_are_never_suggested_as_their_count(text: str) -> None:
    # nearly two doublings are below 4 times; 2 would be half of it
    with pytest.raises(NumberError, match="翻两番请写 4") as caught:
        parse_number(text)
    assert caught.value.context["suggestion"] is None
