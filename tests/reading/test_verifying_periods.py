"""Figures of a year the facts do not have, and units that slipped by four digits."""

from __future__ import annotations

from tests.reading.verifying_builders import a_draft, a_fact, a_figure, checked, only

GDP = a_fact("F1", "gdp", "299.54")


def test_another_years_figure_where_nothing_is_known_for_the_year_named() -> None:
    draft = a_draft("2022年地区生产总值299.54亿元。", a_figure("299.54亿元", period="2022"))
    verdict = only(checked(draft, GDP))
    assert (verdict.cause, verdict.zh) == ("wrong_period", "这是2021年的数，2022年的事实库没有")


def test_a_year_taken_over_from_a_title_makes_no_error_of_what_is_unknown() -> None:
    figure = a_figure("299.54亿元", period="2022", period_stated=False)
    verdict = only(checked(a_draft("地区生产总值299.54亿元。", figure), GDP))
    assert (verdict.verdict, verdict.cause) == ("unsupported", "no_period")
    assert verdict.workings == (("时期", "文中没写这个数的时期，随标题按2022年；与2021年的数相同"),)


def test_a_unit_slipped_by_four_digits_is_put_right_in_the_unit_of_the_source() -> None:
    draft = a_draft("地区生产总值299.54万元。", a_figure("299.54万元", unit="万元"))
    verdict = only(checked(draft, GDP))
    assert (verdict.cause, verdict.expected) == ("unit_slip", "299.54亿元")  # never 2995400.00万元
    assert verdict.zh == "差1万倍，单位或小数点错了：应是299.54亿元"
