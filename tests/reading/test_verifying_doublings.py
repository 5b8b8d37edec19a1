"""Doublings and growth per year: what 近两番 leaves open, what two levels give; 近 and 余 too far off."""

from __future__ import annotations

from typing import Any

import pytest

from gaoxin.facts.records import Observation
from gaoxin.reading.verifying import Verdict
from tests.reading.verifying_builders import (
    a_count,
    a_draft,
    a_fact,
    a_figure,
    a_percent,
    checked,
    only,
)


def nearly_four_times() -> Observation:
    """Market entities nearly quadrupled from 2012 to 2021: below 4 times."""
    known = {"figure": "multiple", "op": "<", "base": "2012", "period": "2021-12-31"}
    return a_fact("F1", "market_entities", "4", "倍", written="翻了近两番", **known)


def a_doubling(quote: str, value: int, **more: Any) -> dict[str, Any]:
    return a_figure(quote, "market_entities", "倍", kind="multiple", form="doubling", value=value, **more)


class TestDoublingsOfTheFacts:
    def doubled(self, text: str, figure: dict[str, Any]) -> Verdict:
        return only(checked(a_draft(text, figure), nearly_four_times()))

    def test_two_doublings_have_lost_the_nearly(self) -> None:
        figure = a_doubling("两番", 4, period="2021", of_period="2012")
        verdict = self.doubled("市场主体翻了两番。", figure)
        assert verdict.cause == "bound_lost"
        assert (verdict.zh, verdict.expected) == ("原文是“翻了近两番”，丢了“近”", "近两番")

    def test_below_four_times_is_not_nearly_eight_times(self) -> None:
        figure = a_doubling("近三番", 8, core="三番", op="<", hedge="近")
        assert self.doubled("市场主体翻了近三番。", figure).cause == "not_near"

    @pytest.mark.parametrize(
        ("rate", "cause"),
        [
            ("16.6", "bound_only"),  # four times over nine years is 16.652 % a year
            ("16.7", "bound_only"),  # it may stand for 16.651 %
            ("16.8", "derived"),
            ("18", "derived"),
        ],
    )
    def test_nearly_four_times_over_nine_years_bounds_the_growth_per_year(
        self, rate: str, cause: str
    ) -> None:
        figure = a_percent(f"{rate}%", "market_entities", label="年均增长", period="2012/2021")
        verdict = self.doubled(f"市场主体年均增长{rate}%。", figure)
        assert verdict.cause == cause
        assert "9 个间隔" in verdict.workings[0][1]

    def test_other_years_say_nothing(self) -> None:
        figure = a_percent("18%", "market_entities", label="年均增长", period="2015/2021")
        assert self.doubled("市场主体年均增长18%。", figure).verdict == "unsupported"

    def test_years_without_levels_are_named(self) -> None:
        figure = a_percent("18%", "gdp", label="年均增长", period="2012/2021")
        verdict = self.doubled("生产总值年均增长18%。", figure)
        assert (verdict.cause, verdict.zh) == ("no_base", "没有2012年、2021年地区生产总值，算不出")


class TestHedgesTooFarOff:
    revenue = a_fact("F1", "revenue", "1700", op=">", written="突破1700亿元")

    def test_more_than_1700_is_not_1500_odd(self) -> None:
        figure = a_figure("1500余亿元", "revenue", op=">", hedge="余", value=150_000_000_000)
        assert only(checked(a_draft("营业总收入1500余亿元。", figure), self.revenue)).cause == "not_near"

    def test_more_than_1700_is_1700_odd(self) -> None:
        figure = a_figure("1700余亿元", "revenue", op=">", hedge="余", value=170_000_000_000)
        assert only(checked(a_draft("营业总收入1700余亿元。", figure), self.revenue)).verdict == "match"

    @pytest.mark.parametrize("odd", ["余", "多"])
    def test_an_exact_fact_takes_the_odd_away(self, odd: str) -> None:
        fact = a_fact("F1", "market_entities", "19190", "户")
        figure = a_count(f"19200{odd}户", op=">", hedge=odd, value=19200)
        verdict = only(checked(a_draft(f"市场主体19200{odd}户。", figure), fact))
        assert (verdict.cause, verdict.expected) == ("bound_false", "19190户")


class TestDoublingsOfTheText:
    def doubled(self, last: str, words: str, value: int, op: str = "=") -> Verdict:
        """From 12,000 in 2012."""
        text = f"2012年市场主体1.2万户，2021年达到{last}万户，翻了{words}。"
        figures = (
            a_count("1.2万户", unit="万户", period="2012"),
            a_count(f"{last}万户", unit="万户"),
            a_doubling(words, value, core=words.removeprefix("近"), op=op),
        )
        return only(checked(a_draft(text, *figures)), 2)

    @pytest.mark.parametrize(
        ("last", "words", "value", "op", "wrong"),
        [
            ("4.6", "近两番", 4, "<", False),  # 3.83 times
            ("5.0", "近两番", 4, "<", False),  # 4.95 / 1.25 = 3.96
            ("5.2", "近两番", 4, "<", True),  # 5.15 / 1.25 = 4.12, more than two doublings
            ("3.0", "近两番", 4, "<", True),  # 2.5 times lies nearer to one doubling
            ("3.5", "近两番", 4, "<", False),  # 2.92 times is one and a half doublings
            ("4.8", "两番", 4, "=", False),
            ("3.0", "两番", 4, "=", True),
        ],
    )
    def test_two_levels_give_the_doubling(
        self, last: str, words: str, value: int, op: str, wrong: bool
    ) -> None:
        assert (self.doubled(last, words, value, op).cause == "doubling_levels") is wrong

    def test_the_reason_counts_in_times(self) -> None:
        assert self.doubled("3.0", "两番", 4).zh == "1.2万户到3.0万户是2.5倍"


class TestGrowthPerYearOfTheText:
    def grown(self, rate: str, last: str = "161.051", year: str = "2016", of_last: str = "2021") -> Verdict:
        """From 10 billion; 1.1 to the fifth is 1.61051."""
        text = f"{year}年营业收入100亿元，{of_last}年达到{last}亿元，年均增长{rate}%。"
        figures = (
            a_figure("100亿元", "revenue", period=year),
            a_figure(f"{last}亿元", "revenue", period=of_last),
            a_percent(f"{rate}%", "revenue", label="年均增长", period=of_last),
        )
        return only(checked(a_draft(text, *figures)), 2)

    def test_a_growth_far_from_that_of_the_two_levels(self) -> None:
        verdict = self.grown("30")
        assert (verdict.cause, verdict.zh) == ("growth_levels", "按100亿元和161.051亿元算是10.0%")
        assert "5 个间隔" in verdict.workings[0][1]

    @pytest.mark.parametrize("rate", ["10", "10.0", "8.5"])
    def test_a_growth_at_or_near_it_is_not_called_wrong(self, rate: str) -> None:
        assert self.grown(rate).verdict == "unsupported"

    def test_two_figures_of_one_year_have_no_interval(self) -> None:
        assert self.grown("30", of_last="2016").cause != "growth_levels"


@pytest.mark.parametrize(("written", "agrees"), [("299.6", True), ("299.5", False)])
def test_a_half_is_rounded_up(written: str, agrees: bool) -> None:
    draft = a_draft(f"生产总值{written}亿元。", a_figure(f"{written}亿元"))
    assert (only(checked(draft, a_fact("F1", "gdp", "299.55"))).verdict == "match") is agrees
