"""Every way of writing a number comes out with value, unit and bound; expected values are worked by hand."""

from fractions import Fraction

import pytest

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount
from gaoxin.reading.layout import lay_out
from gaoxin.reading.quantities import amounts

YI = 10**8
WAN = 10**4


def read(text: str) -> list[tuple[str, Amount]]:
    """The amounts of a text, each with the characters it stands on."""
    return [
        (block.stretch.read[amount.start : amount.end], amount)
        for block in lay_out(text)
        for amount in amounts(block)
    ]


def only(text: str) -> Amount:
    found = read(text)
    assert len(found) == 1, found
    return found[0][1]


def said(text: str) -> list[tuple[str, str, Fraction | None]]:
    return [(quote, amount.op, amount.value) for quote, amount in read(text)]


NUMBERS = {
    "全年纳税1,785万元。": 1785 * WAN,
    "全年纳税１，７８５万元。": 1785 * WAN,
    "全年纳税1 785万元。": 1785 * WAN,
    "产值达四百三十二亿元。": 432 * YI,
    "产值达三点五亿元。": 350_000_000,
    "总资产3.5万亿元。": 35 * 10**11,
    "总资产达两千亿元。": 2000 * YI,
    "授信三百万元。": 300 * WAN,
    "利润为负3.2亿元。": -320_000_000,
    "利润为－3.2亿元。": -320_000_000,
    "利润为—3.2亿元。": 320_000_000,  # a dash, no minus
    "出口1.2亿美元。": 120_000_000,
    "人均工资9.6万元/年。": 96_000,
    "占地6.4万平方米。": 64_000,
    "占地25平方公里。": 25_000_000,
    "占地30公顷。": 300_000,
    "占地300亩。": 200_000,  # 300 × 2000/3
    "储能规模6GWH。": 6 * 3_600_000 * 10**6,  # kWh are 3.6 MJ
    "发电1.5亿千瓦时。": 150_000_000 * 3_600_000,
    "装机20万千瓦。": 200_000 * 1000,
    "能耗12万吨标准煤。": 120_000,
    "年产5万吨。": 50_000_000,  # in kg
    "亩均税收30万元/亩。": Fraction(300_000 * 3, 2000),  # 元 for each m²
    "开行班列一百二十列。": 120,
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers_are_read_in_base_units(text: str, value: Fraction | int) -> None:
    assert only(text).value == value


PARTS = {
    "占全市的1/4。": (Fraction(1, 4), "~"),
    "占全市的三分之一。": (Fraction(1, 3), "~"),
    "占全市四分之三以上。": (Fraction(3, 4), ">="),
    "占比百分之三十。": (Fraction(3, 10), "="),
    "占比百分之三点五。": (Fraction(35, 1000), "="),
    "占比达三成五。": (Fraction(35, 100), "="),
    "占比近三成。": (Fraction(3, 10), "<"),
    "占比七成以上。": (Fraction(7, 10), ">="),
    "占比六成不到。": (Fraction(6, 10), "<"),
    "占比过半。": (Fraction(1, 2), ">"),
    "占全市的一半以上。": (Fraction(1, 2), ">="),
    "出生率8.3‰。": (Fraction(83, 10_000), "="),
    "增长25.5％。": (Fraction(255, 1000), "="),
    "提高0.8个百分点。": (Fraction(8, 1000), "="),
    "下降28个基点。": (Fraction(28, 10_000), "="),
    "负增长4.5%。": (Fraction(-45, 1000), "="),
}


@pytest.mark.parametrize(("text", "expected"), PARTS.items())
def test_parts_are_fractions_of_one(text: str, expected: tuple[Fraction, str]) -> None:
    amount = only(text)
    assert (amount.value, amount.op) == expected


MULTIPLES = {
    "比上年翻一番。": (2, "="),
    "较2012年翻了两番。": (4, "="),
    "较2012年翻了近两番。": (4, "<"),
    "十二年间翻了三番多。": (8, ">"),
    "销量翻番。": (2, "~"),
    "销量翻倍。": (2, "~"),
    "增长1.5倍。": (Fraction(3, 2), "="),
    "是上年的3倍以上。": (3, ">="),
    "增长近一倍。": (1, "<"),
}


@pytest.mark.parametrize(("text", "expected"), MULTIPLES.items())
def test_doublings_and_multiples(text: str, expected: tuple[Fraction | int, str]) -> None:
    amount = read(text)[-1][1]
    assert (amount.value, amount.op) == expected
    assert amount.dimension is Dimension.multiple


BOUNDS = {
    "产值不足10亿元。": ("不足10亿元", "<"),
    "产值接近10亿元。": ("接近10亿元", "<"),
    "产值不到10亿元。": ("不到10亿元", "<"),
    "产值近10亿元。": ("近10亿元", "<"),
    "产值超10亿元。": ("超10亿元", ">"),
    "产值突破10亿元大关。": ("突破10亿元大关", ">"),
    "产值超过了10亿元。": ("超过了10亿元", ">"),
    "产值逾10亿元。": ("逾10亿元", ">"),
    "产值10多亿元。": ("10多亿元", ">"),
    "产值10余亿元。": ("10余亿元", ">"),
    "产值10亿元以上。": ("10亿元以上", ">="),
    "产值10亿元（含）以上。": ("10亿元(含)以上", ">="),
    "产值不低于10亿元。": ("不低于10亿元", ">="),
    "产值至少10亿元。": ("至少10亿元", ">="),
    "产值不超过10亿元。": ("不超过10亿元", "<="),
    "产值10亿元以内。": ("10亿元以内", "<="),
    "产值10亿元以下。": ("10亿元以下", "<="),
    "产值约10亿元。": ("约10亿元", "~"),
    "产值10亿元左右。": ("10亿元左右", "~"),
    "产值约10亿元以上。": ("约10亿元以上", ">="),
    "产值达10亿元。": ("10亿元", "="),
    "产值达到10亿元。": ("10亿元", "="),
    "签约10亿元。": ("10亿元", "="),
    "公约10亿元。": ("10亿元", "="),
}


@pytest.mark.parametrize(("text", "expected"), BOUNDS.items())
def test_words_around_a_number_bound_it(text: str, expected: tuple[str, str]) -> None:
    quote, op, value = said(text)[0]
    assert (quote, op) == expected
    assert value == 10 * YI


def test_the_core_leaves_the_hedges_out() -> None:
    block = lay_out("市场份额达50%以上。")[0]
    (amount,) = amounts(block)
    assert block.stretch.read[amount.core_start : amount.core_end] == "50%"
    assert block.stretch.read[amount.start : amount.end] == "50%以上"


def test_a_bound_before_the_whole_holds_for_the_share() -> None:
    assert said("用不足全市1%的土地办成了事。") == [("1%", "<", Fraction(1, 100))]


RANGES = {
    "培育3—5家企业。": (3, 5),
    "培育3至5家企业。": (3, 5),
    "培育三到五家企业。": (3, 5),
    "培育3－5家企业。": (3, 5),
    "培育两三家企业。": (2, 3),
    "增长30%-40%。": (Fraction(3, 10), Fraction(4, 10)),
    "增长30至40%。": (Fraction(3, 10), Fraction(4, 10)),
    "需要10到15天。": (10, 15),
    "投资10-20万元。": (100_000, 200_000),
    "投资5000元—2万元。": (5000, 20_000),
    "引进三四十名专家。": (30, 40),
}


@pytest.mark.parametrize(("text", "expected"), RANGES.items())
def test_a_range_has_both_ends(text: str, expected: tuple[Fraction | int, Fraction | int]) -> None:
    amount = only(text)
    assert (amount.value, amount.high) == expected


def test_from_one_to_another_is_no_range() -> None:
    assert [value for _, _, value in said("企业由3家至5家。")] == [3, 5]


VAGUE = {
    "引进十余家企业。": (10, ">"),
    "引进一百多名博士。": (100, ">"),
    "引进20几名博士。": (20, ">"),
    "引进十几名博士。": (10, ">"),
    "服务上千家企业。": (1000, ">="),
    "企业超百家。": (100, ">"),
}


@pytest.mark.parametrize(("text", "expected"), VAGUE.items())
def test_vague_tens_are_lower_bounds(text: str, expected: tuple[int, str]) -> None:
    amount = only(text)
    assert (amount.value, amount.op) == expected


@pytest.mark.parametrize("text", ["引进几十名博士。", "引进数百家企业。", "引进若干企业。", "引进多家企业。"])
def test_a_number_nobody_wrote_is_not_read(text: str) -> None:
    assert not read(text)


TIMES = {
    "半日办结。": Fraction(1, 2),
    "半天办结。": Fraction(1, 2),
    "缩减至一个工作日。": 1,
    "24小时值守。": 1,
    "缩减至35天。": 35,
    "历时三年。": 3,
    "工期18个月。": Fraction(3, 2),  # years
    "为期两年半。": Fraction(5, 2),
    "用时四个半月。": Fraction(45, 120),  # 4.5 / 12 years
    "半年建成。": Fraction(1, 2),
    "用时90分钟。": Fraction(90, 1440),
}


@pytest.mark.parametrize(("text", "value"), TIMES.items())
def test_spans_of_time_are_days_or_years(text: str, value: Fraction | int) -> None:
    amount = only(text)
    assert amount.value == value
    assert amount.dimension is Dimension.time


def test_ten_years_past_are_roughly_ten() -> None:
    assert said("十年来，园区变了样。") == [("十年", "~", 10)]


def test_the_last_three_years_are_not_less_than_three() -> None:
    assert said("近三年，园区变了样。") == [("三年", "=", 3)]
    assert said("历时近三年建成。") == [("近三年", "<", 3)]


def test_a_count_keeps_its_classifier() -> None:
    nouns = [amount.noun for _, amount in read("企业3家、商户4户、平台5个、专利6件、成果7项、人才8人。")]
    assert nouns == ["家", "户", "个", "件", "项", "人"]


def test_the_unit_as_written_and_the_decimals_are_kept() -> None:
    amount = only("产值207.92亿元。")
    assert (amount.written_unit, amount.decimals) == ("亿元", 2)


def test_a_list_shares_the_unit_of_its_last_number() -> None:
    assert [value for _, _, value in said("三地企业分别为35、42和58家。")] == [35, 42, 58]
    assert [value for _, _, value in said("分别奖励10万、30万、100万元。")] == [100_000, 300_000, 1_000_000]


def test_a_list_shares_the_bound_of_its_first_number() -> None:
    assert said("接连超过20亿元、30亿元大关。") == [
        ("超过20亿元", ">", 20 * YI),
        ("30亿元大关", ">", 30 * YI),
    ]


def test_three_industries_are_shares() -> None:
    # 5.2 + 40.1 + 54.7 = 100
    assert [value for _, _, value in said("三次产业结构为5.2∶40.1∶54.7。")] == [
        Fraction(52, 1000),
        Fraction(401, 1000),
        Fraction(547, 1000),
    ]


def test_cells_of_a_row_take_the_unit_beside_them() -> None:
    rows = "指标\t单位\t本期\t增长\n营业收入\t亿元\t12.5\t-3.1\n企业数\t户\t1,250\t6.1\n"
    found = [(amount.value, amount.dimension) for _, amount in read(rows)]
    assert found == [
        (1_250_000_000, Dimension.money),
        (Fraction(-31, 10), None),
        (1250, Dimension.count),
        (Fraction(61, 10), None),
    ]


def test_money_and_people_are_read_without_their_unit() -> None:
    assert said("引进投资1000万以上项目。") == [("1000万以上", ">=", 1000 * WAN)]
    assert said("年营业收入超2亿的企业。") == [("超2亿", ">", 2 * YI)]
    assert said("常住人口达50万。") == [("50万", "=", 50 * WAN)]
    assert said("浏览量达50万。") == []


def test_a_bound_that_excludes_itself_is_strict() -> None:
    assert said("投资5000万元（不含）以下。") == [("5000万元(不含)以下", "<", 5000 * WAN)]


def test_a_quotient_the_ledger_does_not_know_keeps_its_name() -> None:
    amount = only("气价3.1元/立方米。")
    assert (amount.value, amount.dimension, amount.noun) == (Fraction(31, 10), None, "元/立方米")
