"""Verdicts come out of the figures, not out of the check."""

from __future__ import annotations

from typing import Any

import pytest

from gaoxin.facts.checks import evaluate
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.findings import Finding
from gaoxin.facts.standing import StandingFacts
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import CrossCheck, LogicRule
from tests.facts.builders import (
    a_check,
    a_fact_base,
    a_limit,
    a_metric,
    a_rule,
    an_observation,
    day,
    metrics_of,
)

METRICS = metrics_of(
    a_metric("industrial_output", scope={"zh": "规上", "en": "above size"}),
    a_metric("gdp", scope={"zh": "全口径", "en": "all"}),
    a_metric("land", "平方米", period_type="stock_year_end"),
    a_metric("auxiliary", None, value_type="list"),
    a_metric("entities", "户", period_type="stock_year_end"),
)
SHARE = an_observation("C008", "87.9", "%", figure="share", of="region/532301")


def judge(check: CrossCheck, base: FactBase, *rules: LogicRule) -> Finding:
    known = {rule.id: rule for rule in (a_rule("L3"), *rules)}
    return evaluate(check, StandingFacts(base, METRICS), known).finding


def implied(**more: Any) -> CrossCheck:
    show = [{"name": "whole", "unit": "亿元", "decimals": 1, "zh": "全市", "en": "city"}]
    return a_check({"part": "C007", "share": "C008"}, let={"whole": "part / share"}, show=show, **more)


def test_an_implied_total_is_shown_with_its_interval() -> None:
    found = judge(implied(rule="L3", no=1), a_fact_base(an_observation(), SHARE))
    assert (found.verdict, found.severity, found.no) == ("ok", "soft", 1)
    assert found.result("whole").render() == "490.61–492.32 亿元"
    assert found.result("whole").middle() == "491.5 亿元"
    assert found.inputs == ("C007", "C008")
    assert found.sentence() == "核对，全市 490.61–492.32 亿元：一致。"
    assert found.sentence("en") == "check, city 490.61–492.32 hundred million yuan: consistent."


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("whole > part", "ok"),
        ("whole < part", "flag"),
        ("whole > 49100000000", "undetermined"),  # 490.6 to 492.3: 491 lies inside
        ("whole + bound > 0", "gap"),
    ],
)
def test_the_statement_decides(statement: str, verdict: str) -> None:
    inputs: dict[str, Any] = {"part": "C007", "share": "C008"}
    if "bound" in statement:
        inputs["bound"] = {"subject": "zone/chuxiong", "metric": "gdp", "period": "2021"}
    check = a_check(inputs, let={"whole": "part / share"}, **{"assert": statement})
    assert judge(check, a_fact_base(an_observation(), SHARE)).verdict == verdict


@pytest.mark.parametrize("on_false", ["flag", "inconsistent", "note"])
def test_the_check_names_what_a_false_statement_is(on_false: str) -> None:
    check = implied(**{"assert": "whole < part", "on_false": on_false})
    assert judge(check, a_fact_base(an_observation(), SHARE)).verdict == on_false


def test_a_missing_figure_is_a_gap_and_the_rest_is_still_shown() -> None:
    found = judge(implied(), a_fact_base(an_observation()))
    assert found.verdict == "gap"
    assert found.reason_zh == "缺：share"
    assert found.result("whole").render() == "缺数"


def test_a_wide_result_is_coarse_unless_a_statement_settles_it() -> None:
    # 19190/0.105 = 182 762, 19190/0.095 = 202 000: 10 % wide
    stock = an_observation("C030", "19190", "户", metric="entities")
    share = an_observation("C031", "10", "%", metric="entities", figure="share", of="region/532300")
    show = [{"name": "whole", "unit": "户", "decimals": 0, "zh": "全州", "en": "prefecture"}]
    check = a_check({"part": "C030", "share": "C031"}, let={"whole": "part / share"}, show=show)
    base = a_fact_base(stock, share)
    coarse = a_rule("L15", widest=a_limit("5", "%", "最宽", "to_confirm"))
    found = judge(check, base, coarse)
    assert (found.verdict, found.unconfirmed) == ("coarse", ("最宽",))
    assert found.result("whole").render() == "182\u2009762–202\u2009000 户"
    settled = judge(check.model_copy(update={"assert_": "whole > part"}), base, coarse)
    assert (settled.verdict, settled.unconfirmed) == ("ok", ())
    # How wide is too wide is declared, or nothing is: 0.01/(0.095·0.105) of 0.1/(0.095·0.105) is 10 %.
    assert judge(check, base, a_rule("L15", widest=a_limit("10", "%"))).verdict == "ok"
    assert judge(check, base, a_rule("L15", widest=a_limit("9.9", "%"))).verdict == "coarse"
    assert judge(check, base).verdict == "ok"


def test_a_bound_stays_a_bound() -> None:
    # 13.65/1700 = 0.803 %
    base = a_fact_base(an_observation(value="1700", op=">"), an_observation("D016", "13.6", metric="gdp"))
    show = [{"name": "rate", "unit": "%", "decimals": 2, "zh": "强度", "en": "rate"}]
    found = judge(a_check({"rd": "D016", "revenue": "C007"}, let={"rate": "rd / revenue"}, show=show), base)
    assert found.verdict == "bound"
    assert found.result("rate").render() == "< 0.803%"


def test_what_follows_only_from_a_natural_floor_is_not_shown_as_known() -> None:
    # under 1 % of the land: above 9.52 times, no more; below ×4 in 9 years: below 16.65 %, no more
    land = an_observation("W005", "1", "%", metric="land", figure="share", of="r", op="<")
    gdp = an_observation("W010", "1/10", "%", metric="gdp", figure="share", of="r")
    times = an_observation("W016", "4", "倍", metric="entities", figure="multiple", op="<")
    show = [
        {"name": "density", "unit": "倍", "decimals": 1, "zh": "倍数", "en": "times"},
        {"name": "growth", "unit": "%", "decimals": 2, "zh": "增速", "en": "growth"},
    ]
    check = a_check(
        {"land": "W005", "gdp": "W010", "times": "W016"},
        let={"density": "gdp / land", "growth": "root(times, 9) - 1"},
        show=show,
    )
    found = judge(check, a_fact_base(land, gdp, times))
    assert found.result("density").render() == "> 9.5 倍"
    assert found.result("growth").render() == "< 16.653%"
    assert found.verdict == "bound"


def test_scopes_that_differ_are_not_compared() -> None:
    base = a_fact_base(an_observation(), an_observation("C011", "299.54", metric="gdp"))
    found = judge(a_check({"a": "C007", "b": "C011"}, compare_scope=("a", "b"), **{"assert": "a > b"}), base)
    assert found.verdict == "not_comparable"
    assert "口径不同" in found.reason_zh


def test_shares_of_two_regions_are_not_compared() -> None:
    other = an_observation("C9", "10", "%", figure="share", of="region/532300")
    found = judge(a_check({"a": "C008", "b": "C9"}, compare_scope=("a", "b")), a_fact_base(SHARE, other))
    assert found.verdict == "not_comparable"
    assert "分母不同" in found.reason_zh


def test_one_scope_and_period_may_be_compared() -> None:
    other = an_observation("C9", "100", subject="zone/daqing")
    found = judge(
        a_check({"a": "C007", "b": "C9"}, compare_scope=("a", "b")), a_fact_base(an_observation(), other)
    )
    assert found.verdict == "ok"
    late = an_observation("C9", "100", subject="zone/daqing", period="2020")
    found = judge(
        a_check({"a": "C007", "b": "C9"}, compare_scope=("a", "b")), a_fact_base(an_observation(), late)
    )
    assert found.verdict == "not_comparable"


def test_overlapping_lists_are_not_additive() -> None:
    assert (
        judge(a_check({"a": "C007"}, additive=False), a_fact_base(an_observation())).verdict == "not_additive"
    )


def test_division_by_zero_is_not_settled_and_says_why() -> None:
    base = a_fact_base(an_observation(), an_observation("E", "0", "户", metric="entities"))
    found = judge(a_check({"a": "C007", "b": "E"}, let={"x": "a / b"}), base)
    assert found.verdict == "undetermined"
    assert "除数是 0" in found.reason_zh


def test_a_correction_is_followed() -> None:
    base = a_fact_base(an_observation(value="43.2"), SHARE)
    base.correct("C007", Value.of("432", "亿元"), "数据更正", "a", day(1))
    found = judge(implied(), base)
    assert found.inputs == ("C007#2", "C008")
    assert found.result("whole").render() == "490.61–492.32 亿元"


def test_a_ruled_figure_takes_the_place_of_the_named_one() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"), SHARE)
    assert judge(implied(), base).disputed == ("part",)
    base.rule(base.observation("C007").key, "Y1", "年鉴", "head", day(1))
    found = judge(implied(), base)
    assert found.inputs == ("Y1", "C008")
    assert found.disputed == ()


def test_a_withdrawn_figure_is_a_gap() -> None:
    base = a_fact_base(an_observation(batch="import:1"), SHARE)
    base.withdraw("import:1", "错误文件", "a", day(1))
    assert judge(implied(), base).verdict == "gap"


def two_lists() -> FactBase:
    lists = (["绿色食品", "绿色化工", "先进制造"], ["绿色食品", "绿色化工", "现代服务业"])
    return a_fact_base(
        *(
            an_observation(id, Value.of_items(items), "", metric="auxiliary", figure="list")
            for id, items in zip(("C006", "C015"), lists, strict=True)
        )
    )


SAME_LISTS = a_check(
    {"lead": "C006", "body": "C015"},
    let={"gone": "only(lead, body)"},
    show=[{"name": "gone", "zh": "只在导语", "en": "only in the lead"}],
    **{"assert": "same(lead, body)"},
)


def test_two_lists_of_one_article_contradict() -> None:
    found = judge(SAME_LISTS, two_lists())
    assert found.verdict == "flag"
    assert found.result("gone").render() == "先进制造"


def test_a_ruling_on_the_lists_turns_the_flag_into_a_note() -> None:
    base = two_lists()
    base.rule(base.observation("C006").key, "C015", "以管委会批复为准", "head", day(1))
    found = judge(SAME_LISTS, base)
    assert found.verdict == "note"
    assert "C015" in found.reason_zh


def test_an_unconfirmed_parameter_is_named() -> None:
    parameter = {"value": "2", "unit": "%", "confidence": "to_confirm", "zh": "通常不低于", "en": "usual"}
    check = a_check({"share": "C008"}, parameters={"usual": parameter}, **{"assert": "share > usual"})
    found = judge(check, a_fact_base(SHARE))
    assert found.verdict == "ok"
    assert found.unconfirmed == ("通常不低于",)
