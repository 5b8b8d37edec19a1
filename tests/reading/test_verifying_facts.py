"""One figure against the fact base: what agrees in other words, and how a mistake is called."""

from __future__ import annotations

from datetime import date

import pytest

from gaoxin.core.units import Dimension
from gaoxin.facts.values import Value
from gaoxin.reading.verifying import Verdict, verify
from tests.facts.builders import a_fact_base, a_metric, an_observation, metrics_of
from tests.reading.verifying_builders import (
    CITY,
    PREFECTURE,
    a_count,
    a_derivation,
    a_draft,
    a_fact,
    a_figure,
    a_percent,
    a_rank,
    causes,
    checked,
    only,
)

GDP = a_fact("F1", "gdp", "299.54")
OUTPUT = a_fact("F2", "industrial_output", "432")
REVENUE = a_fact("F3", "revenue", "1700", op=">", written="突破1700亿元")
ENTITIES = a_fact("F4", "market_entities", "19190", "户", period="2021-12-31")
COST = a_fact("F5", "financing_cost", "2", "%", op="~", written="2%左右")


class TestTheSameInOtherWords:
    @pytest.mark.parametrize(
        ("quote", "unit"),
        [
            ("299.54亿元", "亿元"),
            ("299.5亿元", "亿元"),  # 299.54 to one digit
            ("300亿元", "亿元"),  # 299.54 to whole 亿
            ("2995400万元", "万元"),
            ("29954000000元", "元"),
        ],
    )
    def test_a_fact_in_another_unit_or_rounding_agrees(self, quote: str, unit: str) -> None:
        found = checked(a_draft(f"地区生产总值{quote}。", a_figure(quote, unit=unit)), GDP)
        assert only(found).verdict == "match"
        assert only(found).facts == ("F1",)

    def test_chinese_numerals_agree(self) -> None:
        figure = a_figure("四百三十二亿元", "industrial_output", value=43_200_000_000, decimals=0)
        assert only(checked(a_draft("产值四百三十二亿元。", figure), OUTPUT)).verdict == "match"

    def test_a_count_rounded_to_ten_thousands_agrees(self) -> None:
        found = checked(a_draft("市场主体1.92万户。", a_count("1.92万户", unit="万户")), ENTITIES)
        assert only(found).verdict == "match"  # 19190 to hundreds is 19200

    def test_the_year_of_a_stock_is_its_last_day(self) -> None:
        found = checked(a_draft("市场主体19190户。", a_count("19190户", period="2021")), ENTITIES)
        assert only(found).verdict == "match"

    def test_more_zeros_than_the_fact_prints_agree(self) -> None:
        found = checked(a_draft("产值432.00亿元。", a_figure("432.00亿元", "industrial_output")), OUTPUT)
        assert only(found).verdict == "match"

    def test_more_digits_than_the_fact_prints_are_left_open(self) -> None:
        found = checked(a_draft("产值432.3亿元。", a_figure("432.3亿元", "industrial_output")), OUTPUT)
        assert (only(found).verdict, only(found).cause) == ("unsupported", "finer")

    def test_a_fraction_agrees_with_a_percentage_near_it(self) -> None:
        share = a_fact("F6", "gdp", "1/4", "分数", figure="share", op="~", of=CITY)
        quarter = a_percent("25%", kind="share", of="楚雄市", of_code=CITY)
        assert only(checked(a_draft("占25%。", quarter), share)).verdict == "match"
        fifth = a_percent(
            "1/5", kind="share", of="楚雄市", of_code=CITY, value="1/5", form="fraction", op="~"
        )
        assert only(checked(a_draft("占1/5。", fifth), share)).cause == "value"


class TestBoundsAndHedges:
    def revenue(self, quote: str, core: str, op: str) -> str:
        figure = a_figure(quote, "revenue", core=core, op=op)
        return only(checked(a_draft(f"营业总收入{quote}。", figure), REVENUE)).cause

    def test_the_same_bound_agrees(self) -> None:
        assert self.revenue("超过1700亿元", "1700亿元", ">") == "same"

    def test_a_weaker_bound_is_true(self) -> None:
        assert self.revenue("超过1600亿元", "1600亿元", ">") == "weaker"

    def test_a_stronger_bound_has_no_source(self) -> None:
        assert self.revenue("超过1800亿元", "1800亿元", ">") == "stronger"

    def test_the_contrary_bound_is_false(self) -> None:
        assert self.revenue("不足1700亿元", "1700亿元", "<") == "bound_false"

    def test_the_number_without_its_bound_has_lost_it(self) -> None:
        draft = a_draft("营业总收入1700.00亿元。", a_figure("1700.00亿元", "revenue"))
        verdict = only(checked(draft, REVENUE))
        assert (verdict.verdict, verdict.cause) == ("mismatch", "bound_lost")
        assert verdict.zh == "原文是“突破1700亿元”，丢了“突破”"
        assert verdict.expected == "突破1700亿元"  # a bound is not sharper for decimals

    def test_the_hedge_takes_the_place_of_the_verb_before_it(self) -> None:
        draft = a_draft("营业总收入达到1700亿元。", a_figure("1700亿元", "revenue"))
        verdict = only(checked(draft, REVENUE))
        assert verdict.replacement is not None
        start, end, text = verdict.replacement
        assert draft.text[:start] + text + draft.text[end:] == "营业总收入突破1700亿元。"

    def test_another_number_above_a_bound_is_left_open(self) -> None:
        assert self.revenue("1720亿元", "1720亿元", "=") == "bound_only"

    def test_a_number_below_a_bound_is_wrong(self) -> None:
        assert self.revenue("1600亿元", "1600亿元", "=") == "value"

    def test_about_without_about_has_lost_it(self) -> None:
        draft = a_draft("融资成本降至2%。", a_percent("2%", "financing_cost", "level"))
        verdict = only(checked(draft, COST))
        assert (verdict.cause, verdict.expected) == ("hedge_lost", "2%左右")
        assert verdict.zh == "原文是“2%左右”，丢了“左右”"

    def test_about_with_about_agrees(self) -> None:
        figure = a_percent("2%左右", "financing_cost", "level", core="2%", op="~")
        assert only(checked(a_draft("融资成本2%左右。", figure), COST)).verdict == "match"

    @pytest.mark.parametrize(
        ("quote", "core", "op", "cause"),
        [
            ("近300亿元", "300亿元", "<", "weaker"),  # 299.54 is just below
            ("近400亿元", "400亿元", "<", "not_near"),  # a quarter is missing
            ("突破300亿元", "300亿元", ">", "bound_false"),
            ("超过290亿元", "290亿元", ">", "weaker"),
            ("200余亿元", "200余亿元", ">", "weaker"),  # between 200 and 300
            ("100余亿元", "100余亿元", ">", "not_near"),  # not between 100 and 200
            ("约300亿元", "300亿元", "~", "same"),
            ("约350亿元", "350亿元", "~", "value"),
        ],
    )
    def test_a_hedge_is_held_against_the_number(self, quote: str, core: str, op: str, cause: str) -> None:
        hedge = "余" if "余" in quote else quote.replace(core, "")
        draft = a_draft(f"地区生产总值{quote}。", a_figure(quote, core=core, op=op, hedge=hedge))
        assert only(checked(draft, GDP)).cause == cause


class TestWhatWentWrong:
    def gdp(self, quote: str, unit: str = "亿元") -> tuple[str, str | None]:
        verdict = only(checked(a_draft(f"地区生产总值{quote}。", a_figure(quote, unit=unit)), GDP))
        return verdict.cause, verdict.expected

    def test_a_wrong_number(self) -> None:
        assert self.gdp("288.1亿元") == ("value", "299.5亿元")

    def test_a_digit_cut_off_instead_of_rounded(self) -> None:
        fact = a_fact("F1", "gdp", "299.56")
        draft = a_draft("地区生产总值299.5亿元。", a_figure("299.5亿元"))
        assert (only(checked(draft, fact)).cause, only(checked(draft, fact)).expected) == (
            "rounding",
            "299.6亿元",
        )

    def test_a_slipped_unit(self) -> None:
        assert self.gdp("299.54万元", "万元")[0] == "unit_slip"

    def test_a_slipped_decimal_point(self) -> None:
        assert self.gdp("29.954亿元") == ("unit_slip", "299.540亿元")

    def test_swapped_digits(self) -> None:
        assert self.gdp("299.45亿元") == ("digits_swapped", "299.54亿元")

    def test_up_for_down(self) -> None:
        growth = a_fact("F7", "gdp", "7.8", "%", figure="growth")
        figure = a_percent("7.8%", value="-0.078")
        verdict = only(checked(a_draft("同比下降7.8%。", figure), growth))
        assert (verdict.cause, verdict.replacement) == ("sign", None)
        assert verdict.zh == "升降写反了：应是增长7.8%"

    def test_a_wrong_year_of_foundation_is_put_right(self) -> None:
        fact = an_observation("F1", Value.of_text("1992"), "", metric="founded", period="1992")
        metrics = metrics_of(a_metric("founded", None, period_type="date", value_type="date"))
        figure = a_figure("1995年", "founded", "", form="year", value=1995, period="1995")
        verdict = only(verify(a_draft("1995年建区。", figure), a_fact_base(fact), metrics))
        assert (verdict.verdict, verdict.expected) == ("mismatch", "1992年")

    def test_the_card_shows_the_gap_and_the_base(self) -> None:
        facts = a_fact("F8", "funds", "165.3"), a_fact("F9", "funds", "25.5", "%", figure="growth")
        verdict = only(checked(a_draft("同比增长22.5%。", a_percent("22.5%", "funds")), *facts))
        assert verdict.expected == "25.5%"
        lines = dict(verdict.workings)
        assert lines["相差"] == "3.0 个百分点"
        assert lines["复算"].endswith("131.7亿元（上年）")  # 165.3 / 1.255 = 131.71
        assert lines["口径"] == "主体、时期、指标都对得上"


class TestWhoseFigureItIs:
    def test_the_share_of_another_whole(self) -> None:
        share = a_fact("F1", "industrial_output", "87.9", "%", figure="share", of=CITY)
        figure = a_percent("87.9%", "industrial_output", "share", of="楚雄州", of_code=PREFECTURE)
        draft = a_draft("产值432亿元，占楚雄州的87.9%。", figure)
        verdict = only(checked(draft, share))
        assert (verdict.verdict, verdict.zh) == ("mismatch", "应是楚雄市，不是楚雄州")
        assert verdict.replacement == (draft.text.index("楚雄州"), draft.text.index("楚雄州") + 3, "楚雄市")

    def test_a_pair_that_changed_places(self) -> None:
        shares = (
            a_fact("F1", "market_entities", "10", "%", figure="share", of=PREFECTURE, period="2021-12-31"),
            a_fact("F2", "market_entities", "33", "%", figure="share", of=CITY, period="2021-12-31"),
        )
        draft = a_draft(
            "占楚雄州33%、楚雄市10%。",
            a_percent("33%", "market_entities", "share", of="楚雄州", of_code=PREFECTURE),
            a_percent("10%", "market_entities", "share", of="楚雄市", of_code=CITY),
        )
        found = checked(draft, *shares)
        assert [verdict.zh for verdict in found.verdicts] == ["州、市写反了：州 10%", "州、市写反了：市 33%"]
        assert [verdict.expected for verdict in found.verdicts] == ["10%", "33%"]

    def test_the_figure_of_another_year(self) -> None:
        before = a_fact("F0", "gdp", "268.71", period="2020")
        draft = a_draft("2021年地区生产总值268.71亿元。", a_figure("268.71亿元"))
        verdict = only(checked(draft, GDP, before))
        assert (verdict.cause, verdict.expected) == ("wrong_period", "299.54亿元")
        assert verdict.zh == "这是2020年的数，2021年是299.54亿元"

    def test_the_figure_of_the_city_given_to_the_zone(self) -> None:
        city = a_fact("F0", "gdp", "563.05", subject=CITY)
        verdict = only(checked(a_draft("高新区生产总值563.05亿元。", a_figure("563.05亿元")), GDP, city))
        assert (verdict.cause, verdict.zh) == ("wrong_subject", "这是楚雄市的数，不是楚雄高新区的")

    def test_another_scope(self) -> None:
        fact = a_fact("F1", "enterprise_output", "207.92")
        draft = a_draft("高新技术产业产值207.92亿元。", a_figure("207.92亿元", "industry_output"))
        verdict = only(checked(draft, fact))
        assert (verdict.verdict, verdict.cause) == ("mismatch", "wrong_scope")

    def test_a_growth_given_as_a_share(self) -> None:
        facts = (
            a_fact("F1", "gdp", "12.4", "%", figure="growth"),
            a_fact("F2", "gdp", "53.2", "%", figure="share", of=CITY),
        )
        figure = a_percent("12.4%", kind="share", of="楚雄市", of_code=CITY)
        assert only(checked(a_draft("占楚雄市12.4%。", figure), *facts)).cause == "wrong_figure"

    def test_few_digits_that_meet_by_chance_prove_nothing(self) -> None:
        before = a_fact("F0", "projects", "4", "个", period="2020")
        draft = a_draft("签约4个项目。", a_count("4个", "projects", "个"))
        assert only(checked(draft, before)).verdict == "unsupported"


class TestReadingsBeforeBlame:
    def test_somebody_named_right_before_the_figure_owns_it(self) -> None:
        city, zone = (
            a_fact("F1", "platforms", "6", "家", subject=CITY),
            a_fact("F2", "platforms", "2", "家"),
        )
        draft = a_draft(
            "楚雄市共6家，楚雄高新区有2家。",
            a_count("6家", "platforms", "家", subject=CITY),
            a_count("2家", "platforms", "家", subject=CITY),
        )
        named = a_draft(
            "楚雄高新区工作。楚雄市共6家，楚雄高新区有2家。",
            a_count("6家", "platforms", "家", subject=CITY),
            a_count("2家", "platforms", "家", subject=CITY),
        )
        assert only(checked(named, city, zone), 1).facts == ("F2",)
        assert checked(draft, city, zone).problems == ()

    def test_a_share_that_names_no_whole_is_left_open(self) -> None:
        shares = (
            a_fact("F1", "market_entities", "10", "%", figure="share", of=PREFECTURE),
            a_fact("F2", "market_entities", "33", "%", figure="share", of=CITY),
        )
        draft = a_draft("占比20%。", a_percent("20%", "market_entities", "share"))
        verdict = only(checked(draft, *shares))
        assert (verdict.verdict, verdict.cause) == ("unsupported", "whole_unknown")
        assert verdict.zh == "文中没写占谁的，事实库有占楚雄州10%、占楚雄市33%"

    @pytest.mark.parametrize("whole", ["全国", "规模以上工业总产值"])
    def test_the_share_of_a_whole_nobody_knows_is_not_held_against_that_of_another(self, whole: str) -> None:
        share = a_fact("F1", "industrial_output", "87.9", "%", figure="share", of=CITY)
        figure = a_percent("48.1%", "industrial_output", "share", of=whole)
        verdict = only(checked(a_draft(f"产值占{whole}的48.1%。", figure), share))
        assert (verdict.verdict, verdict.replacement) == ("unsupported", None)

    def test_a_stock_said_to_hold_now_may_be_the_last_known(self) -> None:
        figure = a_count("19190户", period="2022-09-20", period_stated=False)
        verdict = only(checked(a_draft("目前市场主体19190户。", figure), ENTITIES))
        assert (verdict.verdict, verdict.workings[0]) == ("match", ("时期", "按2021年12月31日的数"))

    def test_a_place_said_of_several_counts_is_held_against_each(self) -> None:
        ranks = [
            a_fact(f"F{metric}", metric, place, "位", figure="rank", of=CITY)
            for metric, place in (("gazelles", "1"), ("champions", "1"))
        ]
        for quote, place, verdict in (("首位", 1, "match"), ("第二位", 2, "mismatch")):
            draft = a_draft(
                f"瞪羚企业43家、隐形冠军34家，数量均居楚雄市{quote}。",
                a_count("43家", "gazelles", "家"),
                a_count("34家", "champions", "家"),
                a_rank(quote, place, metric="gazelles", label="数量均居", of="楚雄市", of_code=CITY),
            )
            assert only(checked(draft, *ranks), 2).verdict == verdict

    def test_the_metric_of_a_subject_that_cannot_have_it_is_read_as_one_it_can(self) -> None:
        fact = a_fact("F1", "gdp", "105", subject="industry/biomedicine")
        figure = a_figure("105亿元", "zonal", subject="industry/biomedicine", candidates=("zonal", "gdp"))
        metrics = metrics_of(a_metric("zonal", subjects=("zone",)), a_metric("gdp", subjects=("industry",)))
        found = verify(a_draft("产值105亿元。", figure), a_fact_base(fact), metrics)
        assert only(found).verdict == "match"


class TestLists:
    def industries(self, names: str, count: int, *lists: str) -> Verdict:
        facts = [
            an_observation(
                f"L{place}", Value.of_items(said.split("、")), "", metric="industries", figure="list"
            )
            for place, said in enumerate(lists)
        ]
        quote = f"{'零一二三四'[count]}大"
        known = {"form": "label", "value": count, "dimension": Dimension.count}
        figure = a_figure(quote, "industries", "个", **known)
        return only(checked(a_draft(f"{names}{quote}辅助产业。", figure), *facts))

    def test_the_list_of_the_facts_agrees(self) -> None:
        assert self.industries("甲业、乙业、丙业", 3, "甲业、乙业、丙业").verdict == "match"

    def test_another_member_is_named(self) -> None:
        verdict = self.industries("甲业、乙业、丁业", 3, "甲业、乙业、丙业")
        assert (verdict.verdict, verdict.zh) == ("mismatch", "名单应是甲业、乙业、丙业")

    def test_two_lists_without_a_ruling_blame_nobody(self) -> None:
        verdict = self.industries("甲业、乙业、丁业", 3, "甲业、乙业、丙业", "甲业、乙业、丁业")
        assert (verdict.verdict, verdict.cause) == ("match", "one_of_several")
        assert verdict.workings == (("待裁定", "名单有不同写法：甲业、乙业、丙业／甲业、乙业、丁业"),)

    def test_a_count_alone_is_held_against_the_length_of_the_list(self) -> None:
        assert self.industries("", 3, "甲业、乙业、丙业").verdict == "match"
        assert self.industries("", 4, "甲业、乙业、丙业").zh == "应是3个"


class TestOtherUnits:
    def test_hours_for_days(self) -> None:
        fact = a_fact("F1", "approval_days", "35", "天", figure="duration")
        figure = a_figure("35小时", "approval_days", "小时", kind="duration")
        verdict = only(checked(a_draft("只要35小时。", figure), fact))
        assert (verdict.cause, verdict.verdict) == ("unit_slip", "mismatch")
        assert verdict.zh.startswith("差24倍")

    def test_yuan_for_dollars(self) -> None:
        names = {"zh": "人均地区生产总值", "aggregation": "ratio"}
        metrics = metrics_of(
            a_metric("per_head", "元/人", **names),
            a_metric("per_head_usd", "美元/人", **(names | {"zh": "人均地区生产总值（美元）"})),
        )
        fact = a_fact("F1", "per_head_usd", "2", "万美元/人", written="2万美元")
        draft = a_draft("人均GDP达2万元。", a_figure("2万元", "per_head", "万元"))
        verdict = only(verify(draft, a_fact_base(fact), metrics))
        assert (verdict.verdict, verdict.zh) == ("mismatch", "币种不同：事实库是2万美元")

    def test_percentage_points_for_percent(self) -> None:
        fact = a_fact("F1", "funds", "25.5", "%", figure="growth")
        known = {"kind": "change", "dimension": Dimension.percentage_point}
        draft = a_draft("同比增长25.5个百分点。", a_figure("25.5个百分点", "funds", "百分点", **known))
        verdict = only(checked(draft, fact))
        assert (verdict.cause, verdict.expected) == ("wrong_figure", "25.5%")
        assert verdict.zh == "这是增速，不是百分点变化"


class TestNothingToHoldItAgainst:
    def test_an_unknown_figure_is_not_called_wrong(self) -> None:
        verdict = only(checked(a_draft("地区生产总值300亿元。", a_figure("300亿元"))))
        assert (verdict.verdict, verdict.cause) == ("unsupported", "no_fact")
        assert verdict.zh == "事实库没有楚雄高新区的地区生产总值"

    def test_another_year_alone_is_named(self) -> None:
        verdict = only(checked(a_draft("生产总值351亿元。", a_figure("351亿元", period="2023")), GDP))
        assert verdict.zh == "事实库没有2023年的地区生产总值，只有2021年的"

    def test_growth_without_a_base(self) -> None:
        verdict = only(checked(a_draft("同比增长8.2%。", a_percent("8.2%")), GDP))
        assert (verdict.verdict, verdict.zh) == ("unsupported", "没有2020年地区生产总值，算不出")

    def test_a_place_without_a_source(self) -> None:
        assert only(checked(a_draft("居全州第一位。", a_rank("第一位", 1)))).zh == "没有名次来源"

    def test_an_unknown_metric(self) -> None:
        found = checked(a_draft("共3艘。", a_figure("3艘", None, "艘", label="游船")))
        assert (only(found).verdict, only(found).cause) == ("unsupported", "no_metric")

    def test_an_unknown_metric_whose_candidate_says_just_that_agrees(self) -> None:
        figure = a_figure("299.54亿元", None, candidates=("revenue", "gdp"))
        assert only(checked(a_draft("总量299.54亿元。", figure), GDP)).verdict == "match"

    def test_an_unknown_subject(self) -> None:
        found = checked(a_draft("生产总值5亿元。", a_figure("5亿元", subject="青川区")))
        assert only(found).zh == "事实库没有“青川区”"

    def test_another_dimension_is_not_compared(self) -> None:
        found = checked(a_draft("生产总值5万平方米。", a_figure("5万平方米", unit="万平方米")), GDP)
        assert only(found).verdict == "unsupported"

    def test_compound_growth_needs_both_ends(self) -> None:
        figure = a_percent("30%", "revenue", label="年均复合增长率", period=None)
        assert only(checked(a_draft("年均复合增长率30%。", figure))).zh == "缺起止年份和期数，算不出"

    def test_compound_growth_with_both_ends_prints_the_intervals(self) -> None:
        ends = a_fact("F1", "gdp", "100", period="2018"), a_fact("F2", "gdp", "133.1", period="2021")
        figure = a_percent("10%", label="年均增长", period="2018/2021")
        verdict = only(checked(a_draft("年均增长10%。", figure), *ends))
        assert verdict.verdict == "match"  # 1.331 is 1.1 to the third
        assert "3 个间隔" in verdict.workings[0][1]

    def test_a_conflict_of_sources_is_left_to_a_person(self) -> None:
        two = GDP, a_fact("F9", "gdp", "310.2", source="yearbook")
        neither = only(checked(a_draft("生产总值305亿元。", a_figure("305亿元")), *two))
        assert (neither.verdict, neither.cause) == ("unsupported", "conflict")
        one = only(checked(a_draft("生产总值310.2亿元。", a_figure("310.2亿元")), *two))
        assert (one.verdict, one.cause, one.facts) == ("match", "one_of_several", ("F1", "F9"))

    def test_a_period_that_was_inferred_is_said(self) -> None:
        fact = a_fact("F1", "projects", "18", "个", period_confidence="to_confirm")
        verdict = only(checked(a_draft("签约18个项目。", a_count("18个", "projects", "个")), fact))
        assert verdict.verdict == "match"
        assert [label for label, _ in verdict.workings] == ["待确认"]

    def test_an_open_question_is_said(self) -> None:
        draft = a_draft("签约18个项目。", a_count("18个", "projects", "个"))
        found = checked(draft, a_fact("F1", "projects", "18", "个"), questions={"F1": "毛增还是净增"})
        assert only(found).workings == (("待裁定", "毛增还是净增"),)

    def test_no_period_in_the_text_is_said(self) -> None:
        found = checked(a_draft("生产总值299.5亿元。", a_figure("299.5亿元", period=None)), GDP)
        assert only(found).verdict == "match"
        assert only(found).workings[0] == ("时期", "文中没写，按2021年的数")

    def test_a_text_years_later_without_a_period_is_left_open(self) -> None:
        draft = a_draft("生产总值412亿元。", a_figure("412亿元", period=None), published=date(2026, 3, 1))
        assert only(checked(draft, GDP)).cause == "period_unknown"


class TestWhatTheFactsImply:
    def test_a_share_of_two_levels(self) -> None:
        # 299.54 / 563.05 = 53.20 %
        facts = GDP, a_fact("F0", "gdp", "563.05", subject=CITY)
        right = a_percent("53.2%", kind="share", of="楚雄市", of_code=CITY)
        assert only(checked(a_draft("占楚雄市53.2%。", right), *facts)).cause == "worked_out"
        wrong = a_percent("55.2%", kind="share", of="楚雄市", of_code=CITY)
        verdict = only(checked(a_draft("占楚雄市55.2%。", wrong), *facts))
        assert (verdict.cause, verdict.expected) == ("derived", "53.2%")

    def test_the_growth_of_a_count_is_arithmetic(self) -> None:
        # 248 / 229 = 1.0830
        levels = (
            a_fact("F1", "high_tech_enterprises", "229", "家", period="2020"),
            a_fact("F2", "high_tech_enterprises", "248", "家", period="2021"),
        )
        right = a_percent("8.3%", "high_tech_enterprises")
        assert only(checked(a_draft("增长8.3%。", right), *levels)).cause == "worked_out"
        wrong = a_percent("9.3%", "high_tech_enterprises")
        assert only(checked(a_draft("增长9.3%。", wrong), *levels)).cause == "derived"

    def test_the_growth_of_money_may_rest_on_a_revised_base(self) -> None:
        levels = GDP, a_fact("F0", "gdp", "268.71", period="2020")
        verdict = only(checked(a_draft("增长8.0%。", a_percent("8.0%")), *levels))
        assert (verdict.verdict, verdict.cause) == ("unsupported", "base_revision")

    def test_a_derivation_of_the_packs(self) -> None:
        mean = a_derivation(
            {"metric": "contracted", "figure": "level"},
            {"whole": {"metric": "revenue"}, "count": {"metric": "projects"}},
            "whole / count",
        )
        facts = a_fact("F1", "revenue", "126"), a_fact("F2", "projects", "18", "个")
        draft = a_draft("平均7亿元。", a_figure("7亿元", "contracted"))
        assert only(checked(draft, *facts, derivations=(mean,))).cause == "worked_out"

    def test_a_wide_result_proves_nothing(self) -> None:
        # 19190 / 10 % lies between 182 762 and 202 000
        whole = a_fact("F1", "market_entities", "10", "%", figure="share", of=PREFECTURE)
        rule = a_derivation(
            {"metric": "*", "figure": "level", "subject": "of"},
            {"level": {"metric": "*", "figure": "level"}, "share": {"metric": "*", "figure": "share"}},
            "level / share",
        )
        level = a_fact("F4", "market_entities", "19190", "户")
        draft = a_draft("楚雄州19万户。", a_count("19万户", unit="万户", subject=PREFECTURE))
        verdict = only(checked(draft, level, whole, derivations=(rule,)))
        assert (verdict.verdict, verdict.cause) == ("unsupported", "coarse")


def test_days_stay_days() -> None:
    fact = a_fact("F1", "approval_days", "35", "天", figure="duration")
    figure = a_figure("35天", "approval_days", "天", kind="duration", dimension=Dimension.time)
    assert causes(checked(a_draft("缩减至35天。", figure), fact)) == ["same"]
