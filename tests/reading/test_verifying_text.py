"""A text against itself: what cannot all be right, who is blamed, and that sound texts raise no alarm."""

from __future__ import annotations

import re
import time
from fractions import Fraction
from pathlib import Path

import pytest

from gaoxin.core.units import Dimension
from tests.facts.builders import a_rule
from tests.reading.verifying_builders import (
    CITY,
    PREFECTURE,
    a_count,
    a_draft,
    a_fact,
    a_figure,
    a_percent,
    a_rank,
    causes,
    checked,
    only,
)


def industries(*values: str) -> list[dict[str, object]]:
    metrics = ("gdp", "primary", "secondary", "tertiary")
    labels = ("地区生产总值", "第一产业增加值", "第二产业增加值", "第三产业增加值")
    return [
        a_figure(f"{value}亿元", metric, label=label)
        for value, metric, label in zip(values, metrics, labels, strict=True)
    ]


class TestTotals:
    text = "地区生产总值{}亿元。第一产业增加值{}亿元，第二产业增加值{}亿元，第三产业增加值{}亿元。"

    def test_three_industries_that_make_up_the_total(self) -> None:
        # 197.3 + 768.5 + 1129.3 = 2095.1
        values = ("2095.1", "197.3", "768.5", "1129.3")
        found = checked(a_draft(self.text.format(*values), *industries(*values)))
        assert found.problems == ()

    def test_a_total_off_by_rounding_is_no_error(self) -> None:
        # 33.3 + 33.3 + 33.3 = 99.9, and each may be up to 0.05 more
        values = ("100.0", "33.3", "33.3", "33.3")
        assert checked(a_draft(self.text.format(*values), *industries(*values))).problems == ()

    def test_three_industries_that_do_not(self) -> None:
        values = ("2195.1", "197.3", "768.5", "1129.3")
        found = checked(a_draft(self.text.format(*values), *industries(*values)))
        verdict = only(found)
        assert (verdict.verdict, verdict.cause, verdict.others) == ("inconsistent", "parts_sum", (1, 2, 3))
        assert verdict.zh == "197.3 + 768.5 + 1129.3 = 2095.1"
        assert verdict.expected == "2095.1亿元"

    def platforms(self, total: str) -> tuple[str, list[dict[str, object]]]:
        text = f"新增中心2个、实验室1个、工作站1个、研究所1个，平台共新增{total}个。"
        labels = ("中心", "实验室", "工作站", "研究所")
        parts = [
            a_count(f"{number}个", None, "个", label=label)
            for number, label in zip("2111", labels, strict=True)
        ]
        return text, [*parts, a_count(f"{total}个", None, "个", label="平台")]

    def test_an_announced_total_is_summed(self) -> None:
        text, figures = self.platforms("6")
        verdict = only(checked(a_draft(text, *figures)), 4)
        assert (verdict.verdict, verdict.zh, verdict.expected) == ("inconsistent", "2 + 1 + 1 + 1 = 5", "5个")

    def test_a_right_total_is_borne_out_by_its_parts(self) -> None:
        text, figures = self.platforms("5")
        assert checked(a_draft(text, *figures)).problems == ()

    @pytest.mark.parametrize(("total", "wrong"), [("883.3", False), ("893.3", True)])
    def test_a_total_of_those_under_qizhong(self, total: str, wrong: bool) -> None:
        # 458 + 288.7 + 136.6 = 883.3
        values = ("2095.1", "458", "288.7", "136.6", total)
        text = "完成产值{}亿元，其中甲市{}亿元、乙市{}亿元、丙市{}亿元，三市合计{}亿元。"
        figures = [a_figure(f"{value}亿元", None, label=f"产值{value}") for value in values]
        found = checked(a_draft(text.format(*values), *figures))
        assert [(each.claim, each.expected) for each in found.problems] == (
            [(4, "883.3亿元")] if wrong else []
        )

    @pytest.mark.parametrize(
        ("whole", "each", "wrong"),
        [
            ("706.4", "均", True),  # 200 × 2 + 195.3 + 172 = 767.3
            ("767.4", "均", False),
            ("706.4", "", False),  # the two together may have 200
        ],
    )
    def test_several_that_each_exceed_what_is_left(self, whole: str, each: str, wrong: bool) -> None:
        text = f"增加值{whole}亿元，其中甲市、乙市{each}超过200亿元，丙市195.3亿元，丁市172亿元。"
        figures = (
            a_figure(f"{whole}亿元", None, label="增加值"),
            a_figure("超过200亿元", None, core="200亿元", op=">", label="增加值甲"),
            a_figure("195.3亿元", None, label="增加值丙"),
            a_figure("172亿元", None, label="增加值丁"),
        )
        found = checked(a_draft(text, *figures))
        assert causes(found)[0] == ("parts_sum" if wrong else "no_metric")
        if wrong:
            assert only(found).zh == "200 × 2 + 195.3 + 172 = 767.3 > 706.4"

    def test_what_stands_under_qizhong_need_not_be_everything(self) -> None:
        text = "签约项目40个，其中工业28个、农业{}个。"
        for last, cause in (("8", "no_fact"), ("18", "parts_sum")):
            figures = [
                a_count("40个", "projects", "个"),
                a_count("28个", None, "个", label="工业"),
                a_count(f"{last}个", None, "个", label="农业"),
            ]
            assert only(checked(a_draft(text.format(last), *figures))).cause == cause

    def test_the_figure_that_a_fact_bears_out_is_not_blamed(self) -> None:
        values = ("2095.1", "197.3", "768.5", "1229.3")
        facts = [
            a_fact(f"F{place}", metric, value)
            for place, (metric, value) in enumerate(
                (("gdp", "2095.1"), ("primary", "197.3"), ("secondary", "768.5"))
            )
        ]
        found = checked(a_draft(self.text.format(*values), *industries(*values)), *facts)
        assert [verdict.verdict for verdict in found.verdicts] == ["match", "match", "match", "inconsistent"]

    def test_a_part_above_its_whole(self) -> None:
        figures = a_count("80家", "platforms", "家"), a_count("90家", "national_platforms", "家")
        found = checked(a_draft("研发平台80家，其中国家级90家。", *figures))
        assert (only(found, 1).cause, only(found, 1).zh) == ("part_over_whole", "部分大于总体：90家 > 80家")

    def test_overlapping_titles_are_not_added_up(self) -> None:
        # 34 + 43 + 82 = 159, but a gazelle may be a specialised firm
        figures = (
            a_count("34家", "champions", "家"),
            a_count("43家", "gazelles", "家"),
            a_count("82家", "srdi", "家"),
            a_count("159家", None, "家", label="优质企业"),
        )
        text = "隐形冠军34家、瞪羚企业43家、专精特新企业82家，优质企业合计159家。"
        verdict = only(checked(a_draft(text, *figures)), 3)
        assert (verdict.verdict, verdict.cause) == ("inconsistent", "overlapping_titles")
        assert "不能相加" in verdict.zh


class TestGrowthAndLevels:
    def grown(self, rate: str, first: str = "229", last: str = "248") -> str:
        text = f"高新技术企业由{first}家增加到{last}家，增长{rate}%。"
        found = checked(
            a_draft(
                text,
                a_count(f"{first}家", "high_tech_enterprises", "家", period="2020"),
                a_count(f"{last}家", "high_tech_enterprises", "家"),
                a_percent(f"{rate}%", "high_tech_enterprises"),
            )
        )
        return only(found, 2).cause

    def test_growth_between_two_levels(self) -> None:
        assert self.grown("8.3") != "growth_levels"  # 248 / 229 = 1.0830
        assert self.grown("18.3") == "growth_levels"

    def test_a_net_increase_between_two_levels(self) -> None:
        for change, cause in (("19", "no_base"), ("29", "change_levels")):
            figures = (
                a_count("229家", "high_tech_enterprises", "家", period="2020"),
                a_count("248家", "high_tech_enterprises", "家"),
                a_count(f"{change}家", "high_tech_enterprises", "家", kind="change"),
            )
            found = checked(a_draft(f"高新技术企业由229家增加到248家，净增{change}家。", *figures))
            assert (only(found, 2).cause == "change_levels") is (cause == "change_levels")
        assert only(found, 2).zh == "248 − 229 = 19家"

    @pytest.mark.parametrize(("words", "value", "fits"), [("翻了一番", 2, True), ("翻了两番", 4, False)])
    def test_a_doubling_between_two_levels(self, words: str, value: int, fits: bool) -> None:
        figures = (
            a_count("60家", "high_tech_enterprises", "家", period="2019"),
            a_count("120家", "high_tech_enterprises", "家"),
            a_figure(words[2:], "high_tech_enterprises", "倍", kind="multiple", form="doubling", value=value),
        )
        found = checked(a_draft(f"高新技术企业由60家增加到120家，{words}。", *figures))
        assert (only(found, 2).cause == "doubling_levels") is not fits

    def test_growth_at_comparable_prices_may_differ_a_little(self) -> None:
        # 250 / 232 − 1 = 7.76 % at current prices
        for rate, wrong in (("6.5", False), ("87", True)):
            figures = (
                a_figure("250亿元"),
                a_figure("232亿元", period="2020"),
                a_percent(f"{rate}%"),
            )
            found = checked(a_draft(f"生产总值250亿元，比2020年的232亿元增长{rate}%。", *figures))
            assert (only(found, 2).cause == "growth_levels") is wrong

    def test_a_growth_that_allows_no_whole_number(self) -> None:
        # 248 / 1.084 lies between 228.68 and 228.89
        figures = a_count("248家", "high_tech_enterprises", "家"), a_percent("8.4%", "high_tech_enterprises")
        found = checked(a_draft("高新技术企业248家，增长8.4%。", *figures))
        assert only(found, 1).cause == "no_whole_number"

    def test_points_between_two_rates(self) -> None:
        for points, wrong in (("0.3", False), ("3", True)):
            figures = (
                a_percent("3.6%", "financing_cost", "share"),
                a_figure(
                    f"{points}个百分点", "financing_cost", "百分点", kind="change",
                    dimension=Dimension.percentage_point,
                ),
                a_percent("3.3%", "financing_cost", "share", period="2020"),
            )  # fmt: skip
            text = f"比重3.6%，提高{points}个百分点，2020年为3.3%。"
            assert (only(checked(a_draft(text, *figures)), 1).cause == "change_levels") is wrong


class TestShares:
    def test_a_share_of_two_levels_of_the_text(self) -> None:
        # 240 / 600 = 40 %
        for share, wrong in (("40", False), ("48", True)):
            figures = (
                a_figure("600亿元", "industrial_output"),
                a_figure("240亿元", None, label="装备制造"),
                a_percent(f"{share}%", None, "share", label="装备制造"),
            )
            found = checked(a_draft(f"工业总产值600亿元，其中装备制造240亿元，占{share}%。", *figures))
            assert (only(found, 2).cause == "share_level") is wrong

    @pytest.mark.parametrize(
        ("share", "of_code", "wrong"),
        [
            ("42.2", PREFECTURE, False),
            ("44.2", PREFECTURE, True),
            ("44.2", CITY, False),
        ],
    )
    def test_a_share_of_the_region_whose_level_stands_before_qizhong(
        self, share: str, of_code: str, wrong: bool
    ) -> None:
        # 883.3 / 2095.1 = 42.16 %; of another region nothing is known
        text = f"全州完成产值2095.1亿元，其中三市合计883.3亿元，占全州的{share}%。"
        figures = (
            a_figure("2095.1亿元", None, label="产值", subject=PREFECTURE),
            a_figure("883.3亿元", None, label="三市产值", subject=PREFECTURE),
            a_percent(f"{share}%", None, kind="share", of="全州", of_code=of_code, subject=PREFECTURE),
        )
        found = checked(a_draft(text, *figures))
        assert (only(found, 2).cause == "share_level") is wrong

    def test_a_share_of_the_city_whose_level_the_text_states(self) -> None:
        figures = (
            a_figure("100亿元"),
            a_percent("30%", kind="share", of="楚雄市", of_code=CITY),
            a_figure("200亿元", subject=CITY),
        )
        found = checked(a_draft("生产总值100亿元，占全市30%。楚雄市生产总值200亿元。", *figures))
        assert (only(found, 1).cause, only(found, 1).zh) == ("share_level", "100 ÷ 200 ≈ 50.0%")

    def test_a_share_above_everything(self) -> None:
        draft = a_draft("占全市比重180%。", a_percent("180%", kind="share", of="全市"))
        assert only(checked(draft)).cause == "share_over_100"

    def test_a_plan_may_be_exceeded(self) -> None:
        draft = a_draft("占年度任务的120%。", a_percent("120%", kind="share", of="年度任务"))
        assert checked(draft).problems == ()

    def test_a_fall_of_more_than_everything(self) -> None:
        draft = a_draft("同比下降120%。", a_percent("120%", value="-1.2"))
        assert only(checked(draft)).cause == "fall_over_100"

    def test_the_larger_region_has_the_smaller_share(self) -> None:
        figures = (
            a_percent("33%", "market_entities", "share", of="楚雄州", of_code=PREFECTURE),
            a_percent("10%", "market_entities", "share", of="楚雄市", of_code=CITY),
        )
        found = checked(a_draft("占楚雄州33%、楚雄市10%。", *figures))
        assert causes(found) == ["nested_shares", "nested_shares"]

    def test_shares_of_the_three_industries_make_everything(self) -> None:
        for last, wrong in (("60.5", False), ("70.5", True)):  # 7.1 + 32.4 + 60.5 = 100.0
            figures = [a_percent(f"{value}%", None, "share", label="占比") for value in ("7.1", "32.4", last)]
            found = checked(a_draft(f"三次产业占比分别为7.1%、32.4%、{last}%。", *figures))
            assert ("shares_sum" in causes(found)) is wrong


class TestRanks:
    def test_no_place_beyond_the_ranked(self) -> None:
        draft = a_draft("在160个开发区中居第164位。", a_rank("第164位", 164, population=160))
        assert only(checked(draft)).zh == "总共只有160个，排不到第164"

    def test_no_place_before_the_first(self) -> None:
        assert only(checked(a_draft("居第0位。", a_rank("第0位", 0)))).cause == "rank_zero"

    def test_a_part_ranks_no_worse_than_all(self) -> None:
        figures = (
            a_rank("第4位", 4, group="山东省160个开发区", population=160),
            a_rank("第5位", 5, group="山东省高新区"),
        )
        found = checked(a_draft("居第4位，高新区第5位。", *figures))
        assert only(found, 1).cause == "rank_within"


class TestTheSameTwice:
    def test_two_values_of_one_figure(self) -> None:
        draft = a_draft("生产总值299.5亿元。总量为310.2亿元。", a_figure("299.5亿元"), a_figure("310.2亿元"))
        found = checked(draft)
        assert causes(found) == ["stated_twice", "stated_twice"]
        assert only(found).zh == "文中另一处写310.2亿元"

    def test_the_one_that_the_facts_bear_out_stands(self) -> None:
        draft = a_draft("生产总值299.5亿元。总量为310.2亿元。", a_figure("299.5亿元"), a_figure("310.2亿元"))
        found = checked(draft, a_fact("F1", "gdp", "299.54"))
        assert [verdict.verdict for verdict in found.verdicts] == ["match", "mismatch"]

    def test_a_rounding_is_the_same(self) -> None:
        draft = a_draft("生产总值299.54亿元。约300亿元。", a_figure("299.54亿元"), a_figure("300亿元"))
        assert checked(draft).problems == ()

    def test_another_year_is_another_figure(self) -> None:
        figures = a_figure("299.5亿元"), a_figure("268.7亿元", period="2020")
        assert checked(a_draft("生产总值299.5亿元。上年268.7亿元。", *figures)).problems == ()

    def test_the_same_figure_put_otherwise(self) -> None:
        figures = (
            a_figure("6.4万平方米", None, "万平方米", label="面积"),
            a_figure("46000平方米", None, "平方米", label="面积"),
        )
        assert "stated_twice" in causes(checked(a_draft("面积6.4万平方米，合46000平方米。", *figures)))


class TestLists:
    def roles(self, text: str) -> list[str]:
        figures = [
            a_figure(quote, None, "个", form="label", value=int(quote[0]), dimension=Dimension.count)
            for quote in ("2主", "3辅")
        ]
        return [verdict.zh for verdict in checked(a_draft(text, *figures)).problems]

    def test_four_names_for_three(self) -> None:
        text = "生物医药、新材料为主导，绿色食品、绿色化工、先进制造、现代服务业为辅助的“2主3辅”产业体系。"
        assert self.roles(text) == ["列了 4 个产业"]

    def test_the_right_count_raises_no_alarm(self) -> None:
        assert self.roles("甲、乙为主导，丙丁、戊己、庚辛为辅助的“2主3辅”产业体系。") == []
        assert self.roles("甲乙、丙丁、戊己、庚辛、壬癸为主的“2主3辅”产业体系。") == []

    def test_words_before_the_first_name_are_not_of_the_name(self) -> None:
        text = (
            "以甲乙、丙丁为主，戊己、庚辛、壬癸为辅的“2主3辅”产业体系。"
            "坚持以甲乙、丙丁为主，戊己、庚辛、子丑为辅的“2主3辅”产业体系。"
        )
        figures = [
            a_figure(quote, None, "个", form="label", value=int(quote[0]), dimension=Dimension.count)
            for quote in ("2主", "3辅", "2主", "3辅")
        ]
        assert only(checked(a_draft(text, *figures)), 3).zh == "名单前后不同：壬癸／子丑"

    def test_two_lists_of_one_set(self) -> None:
        text = (
            "甲乙、丙丁、戊己、庚辛、壬癸为主的“2主3辅”产业体系。"
            "甲乙、丙丁为主导，戊己、庚辛、子丑为辅助的“2主3辅”产业体系。"
        )
        figures = [
            a_figure(quote, None, "个", form="label", value=int(quote[0]), dimension=Dimension.count)
            for quote in ("2主", "3辅", "2主", "3辅")
        ]
        found = checked(a_draft(text, *figures))
        assert [verdict.claim for verdict in found.problems] == [1, 3]
        assert only(found, 3).cause == "two_lists"
        assert set("壬癸子丑") <= set(only(found, 3).zh)

    @pytest.mark.parametrize(
        ("text", "quote", "wrong"),
        [
            ("甲业、乙业、丙业、丁业三大主导产业。", "三大", True),
            ("甲业、乙业、丙业三大主导产业。", "三大", False),
            ("甲业、乙业和丙业三大主导产业。", "三大", False),
            ("甲业、乙业等三大主导产业。", "三大", False),
            ("储能系统集成和电控装备、风力发电机组两个项目。", "两个", False),
            ("甲业、乙业8个项目。", "8个", False),  # kinds of projects, not names
        ],
    )
    def test_names_before_their_count(self, text: str, quote: str, wrong: bool) -> None:
        value = {"三": 3, "两": 2, "8": 8}[quote[0]]
        form = "label" if quote.endswith("大") else "number"
        figure = a_figure(quote, None, "个", form=form, value=value, dimension=Dimension.count)
        assert (causes(checked(a_draft(text, figure))) == ["list_count"]) is wrong


def test_an_average_is_recomputed_from_what_stands_before_it() -> None:
    # 126 / 18 = 7
    for mean, verdict in (("7亿元", "match"), ("9亿元", "inconsistent")):
        figures = (
            a_count("18个", "projects", "个"),
            a_figure("126亿元", "contracted"),
            a_figure(mean, None, label="平均每个项目"),
        )
        facts = a_fact("F1", "projects", "18", "个"), a_fact("F2", "contracted", "126")
        found = checked(a_draft(f"促成18个项目签约，协议投资126亿元，平均每个项目{mean}。", *figures), *facts)
        assert only(found, 2).verdict == verdict
    assert only(found, 2).zh == "126亿元 ÷ 18 ≈ 7.0亿元"
    assert only(found, 2).expected == "7亿元"


def test_a_declared_rule_is_held_against_one_text() -> None:
    instance = {
        "zh": "高新技术企业不多于市场主体",
        "en": "high-tech enterprises within the market entities",
        "inputs": {"part": {"metric": "high_tech_enterprises"}, "whole": {"metric": "market_entities"}},
        "assert": "part <= whole",
    }
    for count, wrong in (("248", False), ("24800", True)):
        figures = a_count(f"{count}家", "high_tech_enterprises", "家"), a_count("19190户")
        draft = a_draft(f"高新技术企业{count}家。市场主体19190户。", *figures)
        found = checked(draft, rules=(a_rule("L1", instance),))
        assert (only(found).cause == "audit_rule") is wrong
    assert only(found).zh == "不符合审核关系：高新技术企业不多于市场主体"


def test_a_clash_that_a_wrong_figure_explains_blames_nobody_else() -> None:
    figures = (
        a_count("229家", "high_tech_enterprises", "家", period="2020"),
        a_count("284家", "high_tech_enterprises", "家"),
        a_percent("8.3%", "high_tech_enterprises"),
    )
    facts = (a_fact("F1", "high_tech_enterprises", "248", "家"),)
    found = checked(a_draft("高新技术企业由229家增加到284家，增长8.3%。", *figures), *facts)
    assert only(found, 1).verdict == "mismatch"
    assert [verdict.claim for verdict in found.problems] == [1]
    assert ("前后", "284 ÷ 229 − 1 ≈ 24%") in only(found, 1).workings


def test_every_cause_has_words_in_both_languages() -> None:
    from gaoxin.reading.verifying import WORDS, Cause

    assert set(WORDS) == set(Cause)
    assert all(zh and en for zh, en in WORDS.values())


def test_every_cause_is_documented_under_its_verdict() -> None:
    from gaoxin.reading.verifying import Cause, verdict_of

    page = Path(__file__).parents[2] / "docs" / "concepts" / "verifying.md"
    rows = page.read_text("utf-8").partition("## Causes")[2].splitlines()
    listed = {
        (row.split("`")[1], code) for row in rows if row.startswith("| `") for code in row.split("`")[3::2]
    }
    assert listed == {(verdict_of(cause), cause.value) for cause in Cause}


def test_numbers_are_written_in_chinese_numerals() -> None:
    from decimal import Decimal

    from gaoxin.core.numerals import parse_chinese_number
    from gaoxin.reading.verifying.numerals import chinese

    assert chinese(Decimal("432")) == "四百三十二"
    assert chinese(Decimal("3.5")) == "三点五"
    for number in (0, 10, 12, 20, 105, 110, 1005, 10005, 10500, 19190, 100010, 20003000, 43200000000):
        assert parse_chinese_number(chinese(Decimal(number))) == number


def test_chinese_numerals_stay_chinese() -> None:
    figure = a_figure("四百二十三亿元", "industrial_output", value=Fraction(42_300_000_000), decimals=0)
    found = checked(a_draft("产值四百二十三亿元。", figure), a_fact("F2", "industrial_output", "432"))
    assert only(found).expected == "四百三十二亿元"


def test_thousands_stay_grouped() -> None:
    draft = a_draft("市场主体19,910户。", a_count("19,910户"))
    found = checked(draft, a_fact("F4", "market_entities", "19190", "户"))
    assert only(found).expected == "19,190户"


@pytest.mark.parametrize("repeated", ["其中，一产1亿元，二产2亿元，", "其中：企业1户，", "企业1户，共2户，"])
def test_a_sentence_of_a_thousand_parts_is_held_against_itself_in_time(repeated: str) -> None:
    text = repeated * 1_000
    quotes = re.findall(r"\d(?:亿元|户)", text)
    reading = a_draft(text, *(a_figure(quote, None, quote[1:]) for quote in quotes))
    begun = time.process_time()
    checked(reading)
    assert time.process_time() - begun < 10
