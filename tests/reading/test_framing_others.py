"""Figures of enterprises and other places in a text about a zone, and figures of former years."""

from datetime import date

import pytest

from tests.reading.framed import claim, claims

TITLE = "青川高新区：向高处攀登\n\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "在博远光学有限公司的装配车间，一季度交付镜头35万套，比上年多出一半。",
        "走进博远光学有限公司，车间里机器轰鸣。今年已交付镜头35万套。",
        "园区内博远光学有限公司全年交付镜头35万套，供不应求。",
        "记者在博远光学有限公司看到，工人们正在忙碌。“我们现有库存35万套。”厂长说。",
    ],
)
def test_an_enterprise_that_is_visited_owns_what_is_told_of_it(sentence: str) -> None:
    assert claim(TITLE + sentence, "35万套").subject == "博远光学有限公司"


def test_the_next_paragraph_is_about_the_zone_again() -> None:
    text = TITLE + "在博远光学有限公司的装配车间，交付镜头35万套。\n\n“我们现有窗口26个。”中心主任说。"
    assert claim(text, "26个").subject_code == "zone/qingchuan"


@pytest.mark.parametrize(
    ("sentence", "written", "whose"),
    [
        ("毗邻的松河县工业投资增长17.2%，比我区快3.1个百分点。", "17.2%", "松河县"),
        ("东江工业园区产值迈过900亿元，我们只有310亿元。", "900亿元", "东江工业园区"),
        ("东江工业园区产值迈过900亿元，我们只有310亿元。", "310亿元", "青川高新区"),
    ],
)
def test_neighbours_are_no_zone_of_ours(sentence: str, written: str, whose: str) -> None:
    assert claim(TITLE + sentence, written).subject == whose


def test_the_zone_an_enterprise_lies_in() -> None:
    text = "天工精密年度报告\n\n天工精密全年销售机床3200台。公司所在的青川高新区集聚同行企业47家。"
    assert claim(text, "47家").subject_code == "zone/qingchuan"


def test_what_began_years_ago_is_no_duration() -> None:
    text = TITLE + "入园商户由六年前的210户增至540户，占比较三年前提高8个百分点。"
    assert [(one.quote, one.label) for one in claims(text)] == [
        ("210户", "入园商户"),
        ("540户", "入园商户"),
        ("8个百分点", "入园商户"),
    ]
    assert claim(text, "210户").period is None


@pytest.mark.parametrize("written", ["57件", "23件"])
def test_the_label_of_what_went_down_ends_before_its_verb(written: str) -> None:
    assert claim(TITLE + "申报材料从原来的57件精简到23件。", written).label == "申报材料"


def test_an_order_book_that_reaches_ahead_makes_no_target_of_what_was_sold() -> None:
    text = TITLE + "发布日期：2024-05-06\n\n“生产排到了10月份，一季度销售突破2.3亿元。”"
    assert claim(text, "2.3亿元", date(2024, 5, 6)).kind == "level"


def test_both_runs_of_a_rise_go_to_the_same_two_names() -> None:
    text = TITLE + "城镇、农村居民人均可支配收入分别由2019年的3.1万元、1.2万元提高到2023年的4万元、1.8万元。"
    assert [one.label for one in claims(text)] == [
        "城镇居民人均可支配收入",
        "农村居民人均可支配收入",
    ] * 2


def test_steps_crossed_are_no_metric_of_what_follows() -> None:
    text = TITLE + "税收收入连跨20亿元、25亿元两个台阶，2023年达到26.3亿元。"
    assert claim(text, "26.3亿元").label == "税收收入"


def test_a_slight_fall_is_of_the_figure_before() -> None:
    text = TITLE + "2023年，外资企业出口54.1亿元，微降1.2%。"
    one = claim(text, "1.2%")
    assert (one.label, one.value is not None and one.value < 0) == ("外资企业出口", True)


def test_industries_before_their_number_have_the_metric_behind_it() -> None:
    text = TITLE + "汽车、医药、软件三大产业在建项目分别为12个、8个、5个。"
    assert [one.label for one in claims(text)][1:] == ["汽车在建项目", "医药在建项目", "软件在建项目"]


def test_that_year_is_the_year_spoken_of() -> None:
    text = TITLE + "当年新设商户85户。"
    assert claim(text, "85户", date(2024, 3, 1)).period is None


def test_an_enterprise_is_called_by_less_after_its_full_name() -> None:
    text = (
        TITLE
        + "近日，青川高新区的广源阀门股份有限公司、北斗药业集团榜上有名。\n\n"
        + "广源阀门现有职工740人。2023年，公司实现销售收入6.4亿元。\n\n我区新增平台3个。"
    )
    assert [(one.quote, one.subject) for one in claims(text)] == [
        ("740人", "广源阀门股份有限公司"),
        ("6.4亿元", "广源阀门股份有限公司"),
        ("3个", "青川高新区"),
    ]


def test_a_short_form_that_is_a_place_is_no_enterprise() -> None:
    text = TITLE + "在松河县有限公司的窗口，一切如常。松河县全年接待游客35万人次。"
    assert claim(text, "35万人次").subject == "松河县"


def test_zones_a_speech_compares_with_are_not_the_speaker() -> None:
    text = (
        "在干部大会上的讲话\n\n高新区凭什么领先？凭的是日均新增商户23家。\n\n"
        "星河高新区有孵化器80家，我们只有17家。与白鹭经开区相比，还有差距。"
    )
    assert [one.subject for one in claims(text)] == ["高新区", "星河高新区", "高新区"]


@pytest.mark.parametrize(
    ("signed", "whose"), [("省科学技术厅", "全省"), ("云南省科学技术厅", "云南省"), ("县统计局", "全县")]
)
def test_an_office_that_signs_speaks_of_its_whole_place(signed: str, whose: str) -> None:
    text = "关于公布名单的通知\n\n认定示范企业428家，复核通过196家。其中，青川高新区入选64家。\n\n"
    text += signed
    assert [one.subject for one in claims(text)] == [whose, whose, "青川高新区"]


def test_a_rank_has_the_name_of_its_ranking() -> None:
    text = TITLE + "到2027年，研发强度达到4%，在全国高新区综合排名中进入前70位。"
    assert claim(text, "前70位").label == "综合排名"


def test_what_was_the_year_before_is_of_the_figure_before() -> None:
    text = "天工精密年度报告\n\n天工精密2023年经营现金流4.1亿元，上年同期为3.4亿元。"
    assert claim(text, "3.4亿元").label == "经营现金流"


def test_what_an_enterprise_plans_is_a_target() -> None:
    text = TITLE + "天工精密计划2026年再投资3.2亿元。"
    assert claim(text, "3.2亿元", date(2025, 3, 1)).kind == "target"


def test_an_enterprise_that_is_the_largest_of_a_region() -> None:
    text = TITLE + "北斗药业集团是东北地区最大的中药企业。"
    one = claim(text, "最大")
    assert (one.quote, one.subject, one.label) == ("东北地区最大", "北斗药业集团", "中药企业")


def test_another_place_named_after_the_first_figure_owns_what_follows() -> None:
    text = (
        "南岭州月度快报\n\n全州财政收入186.2亿元，增长5.6%。"
        "其中青川高新区完成52.4亿元，增长8.2%；松河经开区完成21.8亿元，增长6.9%。"
    )
    assert [one.subject for one in claims(text)] == [
        *["南岭州"] * 2,
        *["青川高新区"] * 2,
        *["松河经开区"] * 2,
    ]


def test_two_zones_held_against_each_other() -> None:
    text = TITLE + "星河高新区研发强度达10.2%，青川高新区为4.8%。"
    assert [one.subject for one in claims(text)] == ["星河高新区", "青川高新区"]


def test_the_sort_of_an_enterprise_is_no_part_of_its_name() -> None:
    text = TITLE + "全区实现产值412亿元，其中，龙头企业天宇重工完成产值96亿元。"
    one = claim(text, "96亿元")
    assert (one.subject, one.label) == ("天宇重工", "产值")


def test_the_city_of_a_share_is_that_of_the_zone_spoken_of() -> None:
    text = "园区快讯\n\n星河高新区有企业31家。青川高新区有企业47家，占全市的8%。"
    assert claim(text, "8%").of_code == "region/qingchuan"
