"""For when does each figure hold?"""

from datetime import date

import pytest

from tests.reading.framed import claim, claims, period

AUTUMN = date(2022, 10, 20)


def periods(text: str, published: date | None = None) -> list[tuple[str, str | None]]:
    return [(one.quote, period(one)) for one in claims(text, published)]


def test_a_time_holds_for_the_figures_after_it_in_its_sentence() -> None:
    assert periods("2021年，青川高新区实现产值432亿元，占青川市的87.9%；企业产值207.9亿元。") == [
        ("432亿元", "2021"),
        ("87.9%", "2021"),
        ("207.9亿元", "2021"),
    ]


def test_a_time_that_opens_a_sentence_holds_for_the_next_sentences_of_the_paragraph() -> None:
    text = "2021年，青川高新区贡献了青川市1/4的税收。人均GDP达2万美元。\n\n全区现代物流企业达30家。"
    assert periods(text) == [("1/4", "2021"), ("2万美元", "2021"), ("30家", None)]


def test_a_time_in_mid_sentence_does_not_reach_the_next_one() -> None:
    text = "青川高新区加大投入，2021年企业科研经费支出13.6亿元。完善孵化功能，建成孵化器11家。"
    assert periods(text) == [("13.6亿元", "2021"), ("11家", None)]


def test_a_rhetorical_time_ends_an_earlier_one() -> None:
    text = "2021年，全区实现产值5亿元。近年来，青川高新区聚焦创新，建成平台7个。"
    assert periods(text) == [("5亿元", "2021"), ("7个", None)]


def test_the_period_of_the_zone_is_not_that_of_an_enterprise_spoken_of_next() -> None:
    text = "截至2021年底，青川高新区拥有上市企业2家。天工精密营业收入突破30亿元。"
    assert periods(text) == [("2家", "2021-12-31"), ("突破30亿元", None)]


def test_what_a_figure_is_compared_with_is_not_its_period() -> None:
    one = claim("截至2021年底，青川高新区市场主体数量较2012年翻了一番。", "一番")
    assert (period(one), one.of_period and one.of_period.code) == ("2021-12-31", "2012")


@pytest.mark.parametrize(
    ("text", "written", "base"),
    [
        ("2021年，产值同比增长8%。", "8%", "2020"),
        ("2021年上半年，产值同比增长8%。", "8%", "2020H1"),
        ("2021年末，企业比上年末净增8家。", "8家", "2020-12-31"),
        ("2021年1—9月，产值比上年同期增长8%。", "8%", "2020-01/2020-09"),
        ("2021年二季度，产值环比增长8%。", "8%", "2021Q1"),
    ],
)
def test_the_base_of_growth_is_counted_from_the_figures_own_period(
    text: str, written: str, base: str
) -> None:
    of_period = claim(text, written).of_period
    assert of_period is not None
    assert of_period.code == base


def test_the_two_ends_of_an_increase_have_two_periods() -> None:
    text = "2021年，省级企业技术中心由12家增加到36家，研发投入强度由2017年的2.9%提升至4.7%。"
    assert periods(text) == [("12家", "2020"), ("36家", "2021"), ("2.9%", "2017"), ("4.7%", "2021")]


def test_a_second_increase_began_when_the_first_did() -> None:
    text = "产值由2017年的218亿元增加到2022年的356亿元，税收从12.6亿元增长到21.3亿元。"
    assert periods(text) == [
        ("218亿元", "2017"),
        ("356亿元", "2022"),
        ("12.6亿元", "2017"),
        ("21.3亿元", "2022"),
    ]


def test_a_total_after_the_flow_of_a_whole_year_stands_at_its_end() -> None:
    text = "2021年，全年新增市场主体1785户，总数达19190户，占青川市33%。"
    assert periods(text) == [("1785户", "2021"), ("19190户", "2021-12-31"), ("33%", "2021-12-31")]


def test_a_year_that_is_itself_the_figure_is_its_own_period() -> None:
    assert periods("1992年建区，2018年升级为国家高新区，现有企业600家。", AUTUMN) == [
        ("1992年", "1992"),
        ("2018年", "2018"),
        ("600家", "2022-10-20"),
    ]


def test_the_title_of_a_report_gives_the_period_of_figures_without_one() -> None:
    text = (
        "青川高新区2024年1—9月经济运行情况\n\n一、工业\n"
        "全区完成工业总产值386.4亿元，同比增长8.7%。其中，9月份当月实现产值45.2亿元。"
        "\n截至9月末，贷款余额264.3亿元。\n"
    )
    assert periods(text) == [
        ("386.4亿元", "2024-01/2024-09"),
        ("8.7%", "2024-01/2024-09"),
        ("45.2亿元", "2024-09"),
        ("264.3亿元", "2024-09-30"),
    ]


def test_headings_of_a_work_report_part_the_years() -> None:
    text = (
        "青川高新区2025年工作报告\n\n一、2024年工作回顾\n"
        "全年完成地区生产总值268亿元。\n\n二、2025年重点任务\n"
        "力争全年引进项目30个。\n"
    )
    assert periods(text) == [("268亿元", "2024"), ("30个", "2025")]


def test_a_communique_tells_the_whole_year_from_its_end() -> None:
    text = (
        "青川市2023年国民经济和社会发展统计公报\n\n"
        "一、综合\n全年地区生产总值1234.5亿元，比上年增长5.8%。年末全市常住人口314.6万人，"
        "比上年末减少0.7万人。全年城镇新增就业3.2万人。\n"
    )
    assert periods(text) == [
        ("1234.5亿元", "2023"),
        ("5.8%", "2023"),
        ("314.6万人", "2023-12-31"),
        ("0.7万人", "2023-12-31"),
        ("3.2万人", "2023"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("目前，青川高新区拥有企业80家。", "2022-10-20"),
        ("今年上半年，青川高新区新增企业80家。", "2022H1"),
        ("青川高新区已形成企业80家的集群。", "2022-10-20"),
        ("去年，青川高新区新增企业80家。", "2021"),
        ("“今年上半年，我们新增企业80家。”负责人说。", "2022H1"),
        ("入选2021年云南省“英才”计划80家。", None),
        ("9月15日，记者从青川高新区获悉，园区集聚企业80家。", None),
    ],
)
def test_times_counted_from_the_day_of_publication(text: str, code: str | None) -> None:
    assert period(claim(text, "80家", AUTUMN)) == code


def test_the_present_is_left_open_where_the_day_of_publication_is_unknown() -> None:
    assert period(claim("目前，青川高新区拥有企业80家。", "80家")) is None


def test_the_same_period_is_the_one_spoken_of_before() -> None:
    text = "2024年，青川高新区产值563亿元。\n\n合山高新区同期产值418亿元，增长13.5%。"
    assert periods(text) == [("563亿元", "2024"), ("418亿元", "2024"), ("13.5%", "2024")]


def test_the_budget_made_at_the_beginning_of_the_year_is_no_time() -> None:
    text = "2024年上半年，一般公共预算收入16.4亿元，为年初预算的51.2%。"
    assert periods(text) == [("16.4亿元", "2024H1"), ("51.2%", "2024H1")]


def test_the_average_of_the_last_years_is_of_those_years() -> None:
    text = "2023年，全区产值702亿元，近三年年均增长15.3%。"
    assert period(claim(text, "15.3%")) == "2021/2023"


def test_a_span_ends_with_the_level_of_its_last_year() -> None:
    text = "“十三五”期间，产值由2015年的287亿元扩大到451亿元。"
    assert periods(text) == [("287亿元", "2015"), ("451亿元", "2020")]


def test_a_month_in_a_report_on_more_months_holds_for_its_own_sentence() -> None:
    text = (
        "青川高新区2024年1—2月经济运行情况\n\n"
        "2月份用电量1.3亿千瓦时，前两个月累计2.8亿千瓦时。技改投资3.6亿元，增势良好。\n"
    )
    assert [code for _, code in periods(text)] == ["2024-02", "2024-01/2024-02", "2024-01/2024-02"]


def test_a_plan_for_the_year_is_of_the_whole_year() -> None:
    text = "2023年上半年，到位资金58.4亿元，完成年度任务102亿元的57.3%。"
    assert periods(text) == [("58.4亿元", "2023H1"), ("102亿元", "2023"), ("57.3%", "2023H1")]


def test_a_time_far_ahead_in_a_long_sentence_still_holds() -> None:
    text = "2021年，" + "全区持续优化环境、" * 60 + "新增企业4家。"
    assert period(claim(text, "4家")) == "2021"


def test_the_year_of_a_meeting_is_not_that_of_the_figures_told_there() -> None:
    text = (
        "在青川高新区2022年半年工作会上的讲话\n\n同志们：\n"
        "过去的一年，大家辛苦了。2021年，青川高新区实现产值432亿元。\n二、抓招商。全年到位资金165.3亿元。"
    )
    assert periods(text, date(2022, 7, 20)) == [("432亿元", "2021"), ("165.3亿元", "2021")]


def test_a_press_conference_is_about_the_year_in_its_title() -> None:
    text = "2021年青川高新区经济运行情况新闻发布会\n\n全区实现产值432亿元。"
    assert periods(text, date(2022, 1, 20)) == [("432亿元", "2021")]
