"""Which time does a text speak of, and what part does it play?"""

from datetime import date

import pytest

from gaoxin.core.periods import Period
from gaoxin.reading.times import Time, times
from tests.reading.written import a_block

AUTUMN = date(2022, 10, 20)


def the_times(text: str, published: date | None = None, about: Period | None = None) -> tuple[Time, ...]:
    return times(a_block(text), published, about)


def codes(text: str, published: date | None = None, about: Period | None = None) -> list[str | None]:
    return [time.period and time.period.code for time in the_times(text, published, about)]


@pytest.mark.parametrize(
    ("text", "written", "code"),
    [
        ("2021年，全区经济平稳运行", "2021年", "2021"),
        ("二〇二一年实现产值", "二〇二一年", "2021"),
        ("2021年全年实现产值", "2021年全年", "2021"),
        ("2021年上半年实现产值", "2021年上半年", "2021H1"),
        ("2021年前三季度实现产值", "2021年前三季度", "2021-01/2021-09"),
        ("2021年一季度实现产值", "2021年一季度", "2021Q1"),
        ("2021年1—9月实现产值", "2021年1—9月", "2021-01/2021-09"),
        ("2021年1至9月份实现产值", "2021年1至9月份", "2021-01/2021-09"),
        ("2021年6月实现产值", "2021年6月", "2021-06"),
        ("2021年6月末贷款余额", "2021年6月末", "2021-06-30"),
        ("截至2021年底，共有企业", "截至2021年底", "2021-12-31"),
        ("2020年末常住人口", "2020年末", "2020-12-31"),
        ("2012年至2021年累计", "2012年至2021年", "2012/2021"),
        ("2012—2021年累计", "2012—2021年", "2012/2021"),
        ("“十四五”期间，计划", "“十四五”期间", "2021/2025"),
        ("“十三五”末，全区", "“十三五”末", "2020-12-31"),
    ],
)
def test_a_wording_that_names_its_year(text: str, written: str, code: str) -> None:
    (time,) = the_times(text)
    assert (time.text, time.period and time.period.code, time.role) == (written, code, "at")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今年，全区推进", "2022"),
        ("去年，全区实现", "2021"),
        ("前年，全区实现", "2020"),
        ("今年1—9月，全区实现", "2022-01/2022-09"),
        ("前三季度，全区实现", "2022-01/2022-09"),
        ("上半年，全区实现", "2022H1"),
        ("三季度末，全区拥有", "2022-09-30"),
        ("截至9月末，全区拥有", "2022-09-30"),
        ("目前，全区拥有", "2022-10-20"),
        ("截至目前，全区拥有", "2022-10-20"),
        ("上月末，全区拥有", "2022-09-30"),
        # the year 2022 is not over in October: the latest whole year is 2021
        ("全年实现产值", "2021"),
    ],
)
def test_a_wording_counted_from_the_date_of_publication(text: str, code: str) -> None:
    assert codes(text, AUTUMN) == [code]


@pytest.mark.parametrize("text", ["今年，全区推进", "目前，全区拥有", "上半年，全区实现", "年末，全区拥有"])
def test_without_a_date_of_publication_nothing_is_guessed(text: str) -> None:
    assert codes(text) == [None]


def test_a_part_of_a_year_takes_the_year_its_sentence_named() -> None:
    assert codes("2021年全区稳步增长，上半年实现产值，年末有企业", AUTUMN) == ["2021", "2021H1", "2021-12-31"]


def test_a_part_of_a_year_takes_the_year_the_document_is_about() -> None:
    assert codes("全年实现产值，年末常住人口", date(2023, 3, 1), about=Period.of_year(2021)) == [
        "2021",
        "2021-12-31",
    ]


def test_this_month_is_the_last_month_of_the_months_just_named() -> None:
    assert codes("2021年1—9月累计增长，当月增长") == ["2021-01/2021-09", "2021-09"]


@pytest.mark.parametrize(
    "words", ["近年来", "十年来", "多年来", "过去五年", "近三年", "党的十八大以来", "建区以来"]
)
def test_a_rhetorical_time_names_no_stretch(words: str) -> None:
    (time,) = the_times(f"{words}，全区坚持创新驱动", AUTUMN)
    assert (time.text, time.form, time.period) == (words, "rhetorical", None)


def test_since_a_year_swallows_the_year() -> None:
    (time,) = the_times("自2018年升级以来，全区坚持创新")
    assert (time.text, time.period) == ("自2018年升级以来", None)


@pytest.mark.parametrize(
    "text",
    [
        "数量较2012年翻番",
        "比上年增长",
        "较上年末净增",
        "比年初增加",
        "与2012年相比增长",
        "是2012年的3倍",
        "高于上年同期",
    ],
)
def test_what_a_figure_is_compared_with_is_a_base(text: str) -> None:
    assert [time.role for time in the_times(text, AUTUMN)] == ["base"]


def test_a_share_is_no_comparison() -> None:
    assert [time.role for time in the_times("占比2021年达到新高")] == ["at"]


def test_growth_on_the_year_before_is_no_comparison_with_the_year_named() -> None:
    assert [time.role for time in the_times("2021年的产值同比增长5%")] == ["at"]


@pytest.mark.parametrize(
    "text", ["入选2021年云南省“两类”人才", "修订了2022年版指南", "编制《产业发展2021—2025年规划》"]
)
def test_a_year_in_a_name_is_no_time_of_a_figure(text: str) -> None:
    assert [time.role for time in the_times(text)] == ["name"]


def test_up_to_a_year_is_marked_and_an_increase_to_a_level_is_not() -> None:
    until, reached = the_times("到2025年，由2012年的水平增加", None)
    assert (until.text, until.role, until.period and until.period.code) == ("2025年", "until", "2025")
    assert reached.role == "at"


def test_the_day_a_reporter_heard_it_is_no_time_of_a_figure() -> None:
    assert [time.role for time in the_times("9月15日，记者从高新区获悉", AUTUMN)] == ["name"]
    assert [time.role for time in the_times("9月15日，项目开工", AUTUMN)] == ["event"]


@pytest.mark.parametrize(
    "text", ["同比增长", "三年行动", "年均增长", "五个月", "一流园区", "12个项目", "岁月"]
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert the_times(text, AUTUMN) == ()


def test_a_long_text_of_digits_and_years_is_read_in_linear_time() -> None:
    text = "2021年1—" * 20_000
    assert len(the_times(text)) >= 10_000
