"""Ranks, firsts, standards, counts inside names and years that are themselves the figure."""

from fractions import Fraction

import pytest

from gaoxin.reading.amounts import Amount
from gaoxin.reading.layout import lay_out
from gaoxin.reading.quantities import amounts


def read(text: str) -> list[tuple[str, Amount]]:
    return [
        (block.stretch.read[amount.start : amount.end], amount)
        for block in lay_out(text)
        for amount in amounts(block)
    ]


RANKS = {
    "产值居全省第4位。": ("第4位", 4, "="),
    "产值位列全省第二。": ("第二", 2, "="),
    "综合排名第46，有所进步。": ("第46", 46, "="),
    "在考核中获第1名。": ("第1名", 1, "="),
    "排名由第八升至新高。": ("第八", 8, "="),
    "数量居全市首位。": ("首位", 1, "="),
    "产量全球第一。": ("第一", 1, "="),
    "是全省第一个试点。": ("第一个", 1, "="),
    "是全省首个试点。": ("首个", 1, "="),
    "是全省首家银行。": ("首家", 1, "="),
    "列入全国第三批试点。": ("第三批", 3, "="),
    "是全省唯一的试点。": ("唯一", 1, "="),
    "登上全省榜首。": ("榜首", 1, "="),
    "数量居全省园区之首。": ("之首", 1, "="),
    "创新是第一动力。": ("第一", 1, "="),
    "技术为世界首创。": ("首创", 1, "="),
    "建成全国最大的基地。": ("全国最大", 1, "="),
    "综合实力进入前十。": ("前十", 10, "<="),
    "综合实力进入前50名。": ("前50名", 50, "<="),
    "综合实力跻身前三甲。": ("前三甲", 3, "<="),
    "增速居全省倒数第二。": ("倒数第二", 2, "="),
    "实力位居全国前列。": ("前列", None, "="),
    "实力跻身全省前列。": ("前列", None, "="),
    "实力进入第一方阵。": ("第一方阵", None, "="),
}


@pytest.mark.parametrize(("text", "expected"), RANKS.items())
def test_places_in_an_order(text: str, expected: tuple[str, int | None, str]) -> None:
    ((quote, amount),) = read(text)
    assert (quote, amount.value, amount.op) == expected
    assert amount.form == "rank"


def test_the_best_five_per_cent_are_a_share() -> None:
    ((quote, amount),) = read("综合得分排全国前5%。")
    assert (quote, amount.value, amount.op) == ("前5%", Fraction(5, 100), "<=")


STANDARDS = {
    "地均产值达到沿海发达地区水平。": ("沿海发达地区水平", ">="),
    "质量优于全国平均水平。": ("全国平均水平", ">"),
    "成本低于行业平均水平。": ("行业平均水平", "<"),
    "建设世界一流园区。": ("一流", "="),
    "是全省最具活力的园区之一。": ("之一", "="),
}


@pytest.mark.parametrize(("text", "expected"), STANDARDS.items())
def test_standards_compare_without_a_number(text: str, expected: tuple[str, str]) -> None:
    ((quote, amount),) = read(text)
    assert (quote, amount.op) == expected
    assert (amount.form, amount.value) == ("quality", None)


def test_a_standard_with_a_number_is_the_number() -> None:
    ((quote, amount),) = read("增速高于全国平均水平1.2个百分点。")
    assert quote == "1.2个百分点"
    assert amount.form == "number"


def test_breaking_zero_is_more_than_none() -> None:
    ((_, amount),) = read("实施规上企业研发活动破零计划。")
    assert (amount.value, amount.op, amount.form) == (0, ">", "quality")


def test_a_breakthrough_from_zero_is_more_than_none() -> None:
    ((quote, amount),) = read("国家级平台实现“零”的突破。")
    assert (quote, amount.value, amount.op) == ("“零”的突破", 0, ">")


def test_a_year_until_which_something_counts_is_no_founding() -> None:
    assert [quote for quote, _ in read("至2012年，经国务院批准建设的国家级园区已达105家。")] == ["105家"]


def test_since_a_congress_is_a_span_without_a_length() -> None:
    ((quote, amount),) = read("党的十九大以来，园区变了样。")
    assert quote == "十九大以来"
    assert (amount.form, amount.value) == ("quality", None)


LABELS = {
    "形成“3主2辅”体系。": [("3主", 3), ("2辅", 2)],
    "构建“三位一体”格局。": [("三位一体", 3)],
    "发展四大主导产业。": [("四大", 4)],
    "入选全国十强园区。": [("十强", 10)],
    "引进世界500强企业。": [("500强", 500)],
    "出台人才政策“十条”。": [("十条", 10)],
    "出台“稳增长十二条”。": [("十二条", 12)],
    "引进“三类”人才。": [("三类", 3)],
}


@pytest.mark.parametrize(("text", "expected"), LABELS.items())
def test_counts_inside_names(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(quote, amount.value) for quote, amount in read(text)] == expected


def test_service_one_to_one_is_a_ratio() -> None:
    ((quote, amount),) = read("开展“一对一”辅导。")
    assert (quote, amount.value, amount.form) == ("一对一", 1, "ratio")


def test_phases_of_a_project_are_numbered() -> None:
    assert [(quote, amount.value) for quote, amount in read("一期工程投产，二期工程开工。")] == [
        ("一期", 1),
        ("二期", 2),
    ]


FOUNDED = {
    "1991年建区，历史悠久。": 1991,
    "园区始建于1991年。": 1991,
    "2015年升级为国家级园区。": 2015,
    "2010年11月经国务院批准升级为国家级园区。": 2010,
}


@pytest.mark.parametrize(("text", "year"), FOUNDED.items())
def test_a_year_of_founding_is_the_figure(text: str, year: int) -> None:
    ((_, amount),) = read(text)
    assert (amount.form, amount.value) == ("year", year)


def test_one_after_another_counts_each() -> None:
    assert [quote for quote, _ in read("从一间房、一台车、一个班组起步。")] == ["一间", "一台", "一个"]


def test_one_behind_its_noun_counts_in_a_list() -> None:
    assert [quote for quote, _ in read("获金奖2项、银奖一项。")] == ["2项", "一项"]
