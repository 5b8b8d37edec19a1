"""Wordings of articles and spreadsheets become periods, or are refused; nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period

PUBLISHED = date(2022, 9, 15)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021年", "2021"),
        ("2021年度", "2021"),
        ("2021年全年", "2021"),
        ("２０２１年", "2021"),
        ("2021 年", "2021"),
        ("二〇二一年", "2021"),
        ("二零二一年", "2021"),
        ("二○二一年", "2021"),
        ("（2021年）", "2021"),
        ("2021年上半年", "2021H1"),
        ("2021年下半年", "2021H2"),
        ("2021-H1", "2021H1"),
        ("2021年第三季度", "2021Q3"),
        ("2021年三季度", "2021Q3"),
        ("2021年3季度", "2021Q3"),
        ("2021q3", "2021Q3"),
        ("Q3 2021", "2021Q3"),
        ("2021年6月", "2021-06"),
        ("2021年六月", "2021-06"),
        ("2021年十二月", "2021-12"),
        ("2021年6月份", "2021-06"),
        ("2021年元月", "2021-01"),
        ("2021-6", "2021-06"),
        ("2021/06", "2021-06"),
        ("2021.06", "2021-06"),
        ("202106", "2021-06"),
        ("2021年前三季度", "2021-01/2021-09"),
        ("2021年前3季度", "2021-01/2021-09"),
        ("2021年一至三季度", "2021-01/2021-09"),
        ("2021年1—3季度", "2021-01/2021-09"),
        ("2021年前两季度", "2021-01/2021-06"),
        ("2021年二至三季度", "2021-04/2021-09"),
        ("2024年1至9月", "2024-01/2024-09"),
        ("2024年1—9月", "2024-01/2024-09"),
        ("2024年1–9月", "2024-01/2024-09"),
        ("2024年1-9月", "2024-01/2024-09"),
        ("2024年1～9月", "2024-01/2024-09"),
        ("2024年1月至9月", "2024-01/2024-09"),
        ("2024年一至九月", "2024-01/2024-09"),
        ("2024年前九个月", "2024-01/2024-09"),
        ("2024年前9个月", "2024-01/2024-09"),
        ("2024年前十个月", "2024-01/2024-10"),
        ("2021年3月至8月", "2021-03/2021-08"),
        ("2021年3月至2022年2月", "2021-03/2022-02"),
        ("截至2021年底", "2021-12-31"),
        ("截止2021年年底", "2021-12-31"),
        ("到2021年末", "2021-12-31"),
        ("2021年末", "2021-12-31"),
        ("截至2021年", "2021-12-31"),
        ("截至2021年6月", "2021-06-30"),
        ("截至2021年6月底", "2021-06-30"),
        ("截至2024年2月末", "2024-02-29"),
        ("2021年一季度末", "2021-03-31"),
        ("2021年上半年末", "2021-06-30"),
        ("截至2021年6月15日", "2021-06-15"),
        ("截至2021Q3", "2021-09-30"),
        ("2021年初", "2020-12-31"),
        ("2021年年初", "2020-12-31"),
        ("2021年12月31日", "2021-12-31"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("2021/12/31", "2021-12-31"),
        ("2021.12.31", "2021-12-31"),
        ("20211231", "2021-12-31"),
        ("2021-12-31 00:00:00", "2021-12-31"),
        ("2012年至2021年", "2012/2021"),
        ("2012—2021年", "2012/2021"),
        ("2012-2021", "2012/2021"),
        ("“十四五”时期", "2021/2025"),
        ("十三五", "2016/2020"),
        ("十五五", "2026/2030"),
        ("十五期间", "2001/2005"),
        ("2021年1月1日至6月30日", "2021-01/2021-06"),
        ("2021年3月5日至9日", "2021-03-05/2021-03-09"),
        ("2021-01-01/2021-12-31", "2021"),
        ("2021/2021", "2021"),
    ],
)
def test_a_wording_that_names_its_year_is_read_without_a_date(text: str, code: str) -> None:
    assert Period.parse(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今年", "2022"),
        ("去年", "2021"),
        ("上年", "2021"),
        ("上年度", "2021"),
        ("前年", "2020"),
        ("明年", "2023"),
        ("今年上半年", "2022H1"),
        ("今年1—8月", "2022-01/2022-08"),
        ("今年前8个月", "2022-01/2022-08"),
        ("去年第三季度", "2021Q3"),
        ("去年底", "2021-12-31"),
        ("上年末", "2021-12-31"),
        ("去年12月", "2021-12"),
        ("截至去年底", "2021-12-31"),
        ("截至今年6月底", "2022-06-30"),
        ("目前", "2022-09-15"),
        ("截至目前", "2022-09-15"),
        ("到目前为止", "2022-09-15"),
        ("今年以来", "2022-01-01/2022-09-15"),
        ("年初", "2021-12-31"),
        ("今年初", "2021-12-31"),
        ("年底", "2022-12-31"),
        ("本月", "2022-09"),
        ("上月", "2022-08"),
        ("上季度", "2022Q2"),
        ("上半年", "2022H1"),
        ("一季度", "2022Q1"),
        ("前两季度", "2022-01/2022-06"),
        ("上月末", "2022-08-31"),
        ("截至上月底", "2022-08-31"),
        ("1—8月", "2022-01/2022-08"),
        ("6月", "2022-06"),
        ("六月", "2022-06"),
        ("截至6月底", "2022-06-30"),
        ("3月5日", "2022-03-05"),
    ],
)
def test_a_relative_wording_counts_from_the_date_of_publication(text: str, code: str) -> None:
    assert Period.parse(text, published=PUBLISHED).code == code
    with pytest.raises(PeriodError, match="请写明年份"):
        Period.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "abc",
        "21年",
        "近五年",
        "十年来",
        "去年同期",
        "2018年以来",
        "党的十八大以来",
        "6月初",
        "2021Q",
        "Q3",
        "2021-1-9月",
        "x" * 500,
    ],
)
def test_what_names_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text, published=PUBLISHED)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-13", "月份应在 1 到 12 之间"),
        ("2021年13月", "月份应在 1 到 12 之间"),
        ("2021Q5", "季度应在 1 到 4 之间"),
        ("2021H3", "半年应在 1 到 2 之间"),
        ("2021-02-30", "2021 年 2 月没有 30 日"),
        ("2021-09/2021-03", "请对调"),
        ("2021/2012", "请对调"),
        ("1899", "年份应在 1900 到 2199 之间"),
        ("2021/2021-06", "写得一样细"),
        ("2021.1", "分不清是 2021 年 1 月还是 10 月"),
        ("", "没有写报告期"),
    ],
)
def test_a_slip_is_told_by_what_is_wrong(text: str, words: str) -> None:
    with pytest.raises(PeriodError, match=words):
        Period.parse(text)


def test_a_month_without_year_after_the_date_of_publication_is_not_guessed() -> None:
    # an article of January 2022 that says 12月 speaks of 2021
    with pytest.raises(PeriodError, match="晚于发布日期"):
        Period.parse("12月", published=date(2022, 1, 10))


@pytest.mark.parametrize("text", ["前三季度", "1—9月", "前三个季度", "1-12月", "上半年", "一季度"])
def test_what_begins_with_the_year_and_is_not_over_is_not_guessed(text: str) -> None:
    # a bulletin of February 2022 that says 1—12月 speaks of 2021, whatever day the period began
    with pytest.raises(PeriodError, match=r"还没有过完.*请写明年份"):
        Period.parse(text, published=date(2022, 2, 10))
    assert Period.parse(text, published=date(2022, 12, 31)).year == 2022


def test_the_running_month_quarter_and_the_end_of_the_year_keep_the_year_of_the_document() -> None:
    read = [Period.parse(text, published=date(2022, 9, 15)).code for text in ("9月", "三季度", "年底")]
    assert read == ["2022-09", "2022Q3", "2022-12-31"]


def test_the_date_of_publication_does_not_change_what_names_its_year() -> None:
    assert Period.parse("2021年6月", published=PUBLISHED) == Period.parse("2021-06")


@given(
    st.text(
        alphabet="0123456789年月日季度上下半底末初前至—-/QH第截至今去一二三四五六七八九十〇 ", max_size=14
    )
)
def test_any_wording_gives_a_period_or_a_period_error(text: str) -> None:
    try:
        period = Period.parse(text, published=PUBLISHED)
    except PeriodError:
        return
    assert period.start <= period.end
    assert Period.parse(period.code) == period
