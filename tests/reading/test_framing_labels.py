"""Which words name the metric of a figure, and which figures share them?"""

import pytest

from tests.reading.framed import claim, claims

TITLE = "青川高新区：向高处攀登\n\n"


def labels(text: str) -> list[tuple[str, str]]:
    return [(one.quote, one.label) for one in claims(TITLE + text)]


@pytest.mark.parametrize(
    ("text", "written", "label"),
    [
        ("2021年，青川高新区实现规模以上工业产值432亿元。", "432亿元", "规模以上工业产值"),
        ("设立3个招商分局。", "3个", "招商分局"),
        ("推动储能材料等18个项目签约。", "18个", "项目签约"),
        ("贡献了该市1/5的规模以上工业利润。", "1/5", "规模以上工业利润"),
        ("将企业融资成本降至2%左右。", "2%", "企业融资成本"),
        ("规模以上工业增加值同比增长7.9%。", "7.9%", "规模以上工业增加值"),
        ("全区税收占比达91.3%。", "91.3%", "税收"),
        ("青川高新区市场主体数量较2012年翻了近两番。", "近两番", "市场主体数量"),
        ("云南省6家市值过千亿元的企业落户。", "6家", "市值过千亿元的企业落户"),
        ("亿元以上在建项目83个。", "83个", "亿元以上在建项目"),
        ("GDP：512.3亿元，增速喜人。", "512.3亿元", "GDP"),
        ("6.4万平方米的中小企业创业园投入使用。", "6.4万平方米", "中小企业创业园"),
        ("去年以来签约的92个项目中，多数已开工。", "92个", "签约项目"),
        ("新增“英才”人才6人。", "6人", "新增“英才”人才"),
    ],
)
def test_the_phrase_before_or_after_a_figure(text: str, written: str, label: str) -> None:
    assert claim(TITLE + text, written).label == label


def test_share_and_growth_are_those_of_the_figure_before() -> None:
    text = "实现工业产值432亿元，占青川市的87.9%，同比增长6.1%，较上年提高1.2个百分点。"
    assert {label for _, label in labels(text)} == {"工业产值"}


def test_the_average_of_two_years_is_growth_of_the_same_thing() -> None:
    text = "地区生产总值1563.8亿元，同比增长8.2%，两年平均增长5.6%。"
    assert claim(TITLE + text, "5.6%").label == "地区生产总值"


def test_a_list_shares_the_verb_of_its_first_member() -> None:
    assert labels("新增规模以上工业企业4户、规模以上服务业企业2户。") == [
        ("4户", "新增规模以上工业企业"),
        ("2户", "新增规模以上服务业企业"),
    ]


def test_a_part_takes_the_noun_of_the_whole() -> None:
    text = "集聚省级以上企业研发平台80家，其中“国”字号10家。共有在建项目83个，其中新开工26个。"
    found = dict(labels(text))
    assert found["10家"].endswith("企业研发平台")
    assert found["26个"] == "新开工项目"


def test_a_level_in_a_list_takes_the_noun_of_the_first() -> None:
    assert labels("拥有国家级孵化器3家、省级6家。") == [("3家", "国家级孵化器"), ("6家", "省级孵化器")]


def test_multiples_in_a_list_have_one_base() -> None:
    text = "2020年，全区营业收入526亿元、净利润23.6亿元，分别是2015年的1.9倍、2.2倍。"
    found = claims(TITLE + text)[2:]
    assert [(one.label, one.of_period and one.of_period.code) for one in found] == [
        ("营业收入", "2015"),
        ("净利润", "2015"),
    ]


def test_a_bare_total_is_of_what_was_added() -> None:
    assert labels("新增市场主体1785户，总数达19190户。") == [
        ("1785户", "新增市场主体"),
        ("19190户", "市场主体总数"),
    ]


def test_scope_is_carried_to_the_next_measure() -> None:
    text = "规模以上工业企业实现营业收入2312.8亿元，增长3.9%；利润总额147.5亿元，下降5.6%。"
    assert labels(text) == [
        ("2312.8亿元", "规模以上工业企业营业收入"),
        ("3.9%", "规模以上工业企业营业收入"),
        ("147.5亿元", "规模以上工业企业利润总额"),
        ("5.6%", "规模以上工业企业利润总额"),
    ]


def test_growth_of_a_part_says_of_what() -> None:
    text = "规模以上工业增加值增长5.2%，其中民营企业增长7.8%，高技术制造业增长12.4%。"
    assert labels(text) == [
        ("5.2%", "规模以上工业增加值"),
        ("7.8%", "民营企业增加值"),
        ("12.4%", "高技术制造业增加值"),
    ]


# 分别


def test_a_list_of_names_before_the_figures() -> None:
    text = "履约率、开工率、投产率分别为88.0%、60.9%、25.0%。"
    assert labels(text) == [("88.0%", "履约率"), ("60.9%", "开工率"), ("25.0%", "投产率")]


def test_a_list_of_industries_closed_by_its_count() -> None:
    text = (
        "装备制造、电子信息、新材料三大主导产业分别完成产值142.6亿元、98.3亿元和57.9亿元，"
        "分别增长9.4%、12.1%和3.6%。"
    )
    found = dict(labels(text))
    assert (found["142.6亿元"], found["98.3亿元"], found["57.9亿元"]) == (
        "装备制造产值",
        "电子信息产值",
        "新材料产值",
    )
    assert (found["9.4%"], found["12.1%"], found["3.6%"]) == ("装备制造产值", "电子信息产值", "新材料产值")
    assert claim(TITLE + text, "三大").listed == ("装备制造", "电子信息", "新材料")


def test_each_growth_belongs_to_one_of_the_figures_before() -> None:
    text = "共签约招商项目47个，协议总投资226.8亿元，同比分别增长17.5%、33.1%。"
    assert labels(text)[2:] == [("17.5%", "签约招商项目"), ("33.1%", "协议总投资")]


def test_growth_of_each_enterprise_of_a_list() -> None:
    text = "鸿图股份、永泰化工、金鹏电子产值分别增长12.6%、下降5.3%、增长22.1%。"
    assert labels(text) == [
        ("12.6%", "鸿图股份产值"),
        ("5.3%", "永泰化工产值"),
        ("22.1%", "金鹏电子产值"),
    ]


def test_income_of_town_and_country_with_the_growth_of_each() -> None:
    text = "固定资产投资增长4.8%，城乡居民人均可支配收入分别达到52860元和27430元、增长5.1%和6.6%。"
    assert labels(text)[1:] == [
        ("52860元", "城镇居民人均可支配收入"),
        ("27430元", "农村居民人均可支配收入"),
        ("5.1%", "城镇居民人均可支配收入"),
        ("6.6%", "农村居民人均可支配收入"),
    ]


def test_several_bases_of_one_comparison() -> None:
    text = "规上工业增加值增长6.2%，比全国、全省分别高0.8和1.1个百分点。"
    found = claims(TITLE + text)
    assert [(one.of, one.label) for one in found[1:]] == [
        ("全国", "规上工业增加值"),
        ("全省", "规上工业增加值"),
    ]


def test_one_denominator_after_another() -> None:
    text = "光纤光缆产量占国内的66%、国际的25%。"
    found = claims(TITLE + text)
    assert [(one.of, one.label) for one in found] == [("国内", "光纤光缆产量"), ("国际", "光纤光缆产量")]


def test_measures_under_a_heading_are_of_what_it_names() -> None:
    text = "青川高新区2023“半年报”出炉\n\n一、地区生产总值\n总量：128.7亿元，增势良好。\n"
    assert claim(text, "128.7亿元").label == "地区生产总值"


def test_two_subjects_with_a_common_ending() -> None:
    text = "社会备案类和政府投资类项目审批时限大幅缩减至35天和43天。"
    assert labels(text) == [("35天", "社会备案类项目审批时限"), ("43天", "政府投资类项目审批时限")]


def test_three_industries_in_one_ratio_and_in_two() -> None:
    text = "三次产业结构由上年的11.2:41.5:47.3调整为10.9:42.1:47.0。"
    found = claims(TITLE + text)
    assert [one.label for one in found] == ["第一产业增加值", "第二产业增加值", "第三产业增加值"] * 2
    assert {(one.kind, one.of) for one in found} == {("share", "地区生产总值")}


def test_names_of_a_structure_told_before_its_numbers() -> None:
    text = "目前，生物医药、新材料为主导，绿色食品、现代服务业为辅助的“2主2辅”体系加速形成。"
    leading, aided = claims(TITLE + text)
    assert leading.listed[-2:] == ("生物医药", "新材料")
    assert aided.listed == ("绿色食品", "现代服务业")


# Tables


def test_the_head_of_a_column_tells_the_kind_of_its_figures() -> None:
    text = (
        "青川高新区2024年1—7月主要经济指标\n\n"
        "指标名称\t单位\t1—7月累计\t同比增长（%）\n"
        "规模以上工业总产值\t亿元\t298.74\t8.1\n"
        "固定资产投资\t亿元\t86.2\t-3.5\n"
    )
    found = [(one.label, one.kind, one.value, one.period and one.period.code) for one in claims(text)]
    assert [(label, kind, float(value or 0), code) for label, kind, value, code in found] == [
        ("规模以上工业总产值", "level", 29_874_000_000, "2024-01/2024-07"),
        ("规模以上工业总产值", "growth", 0.081, "2024-01/2024-07"),
        ("固定资产投资", "level", 8_620_000_000, "2024-01/2024-07"),
        ("固定资产投资", "growth", -0.035, "2024-01/2024-07"),
    ]


def test_a_table_of_places_has_its_metrics_in_the_head() -> None:
    text = (
        "青川市2024年上半年各园区主要指标\n\n"
        "园区名称\t产值（亿元）\t增速（%）\n"
        "青川高新区\t298.74\t8.1\n"
        "合山高新区\t86.2\t-3.5\n"
    )
    found = [(one.subject, one.label, one.kind) for one in claims(text)]
    assert found[0] == ("青川高新区", "产值", "level")
    assert found[2] == ("合山高新区", "产值", "level")


def test_one_unit_above_a_table_and_a_column_of_the_year_before() -> None:
    text = (
        "青川高新区2024年上半年财政收支简报\n\n"
        "表1\t主要税种完成情况\t单位：亿元\n"
        "项目\t本年累计\t去年同期\t增长%\n"
        "增值税\t6.21\t5.98\t3.8\n"
        "企业所得税\t2.87\t2.64\t8.7\n"
    )
    found = [(float(one.value or 0), one.period and one.period.code) for one in claims(text)][:3]
    assert found == [(621_000_000, "2024H1"), (598_000_000, "2023H1"), (0.038, "2024H1")]


def test_long_sentences_are_framed_in_linear_time() -> None:
    text = "占青川市的3%、由2%提高到3%、“两类”人才3人、" * 500
    assert len(claims(text)) >= 2000
