"""L1 to L14, each with a yes, a no, a boundary and a missing figure, worked by hand."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from gaoxin.facts.factbase import FactBase
from gaoxin.facts.findings import Finding
from gaoxin.facts.logic import evaluate_rules
from gaoxin.facts.logic.peers import median, slip
from gaoxin.facts.logic.registry import seekers
from gaoxin.facts.records import Observation, Subject
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import LogicRule, Metric
from tests.facts.builders import (
    a_fact_base,
    a_limit,
    a_metric,
    a_rule,
    an_observation,
    day,
    metrics_of,
)

METRICS = metrics_of(
    a_metric("industrial_output"),
    a_metric("high_tech_output", within="industrial_output"),
    a_metric("profit", unit="亿元"),
    a_metric("high_tech_enterprises", "家", period_type="stock_year_end"),
    a_metric("entities", "户", period_type="stock_year_end"),
    a_metric("new_entities", "户", period_type="count_year"),
    a_metric("value_added"),
    a_metric("revenue", "元"),
    a_metric("staff", "人", period_type="average_year"),
    a_metric("signed", None, value_type="date", period_type="date", aggregation="none"),
    a_metric("started", None, value_type="date", period_type="date", aggregation="none"),
)


def findings(
    rule: LogicRule, base: FactBase, metrics: dict[str, Metric] | None = None
) -> tuple[Finding, ...]:
    library: Any = SimpleNamespace(metrics=metrics or METRICS, logic_rules={rule.id: rule})
    return evaluate_rules(library, base)


def verdicts(rule: LogicRule, *observations: Observation) -> list[str]:
    return [finding.verdict for finding in findings(rule, a_fact_base(*observations))]


def output(text: str, id: str = "O", **more: Any) -> Observation:
    return an_observation(id, text, more.pop("unit", "亿元"), **more)


def enterprises(text: str, id: str = "E", **more: Any) -> Observation:
    return an_observation(id, text, "家", metric="high_tech_enterprises", **more)


def growth(text: str, metric: str = "industrial_output", id: str = "G", **more: Any) -> Observation:
    return an_observation(id, text, "%", metric=metric, figure="growth", **more)


def share(text: str, of: str, id: str, **more: Any) -> Observation:
    return an_observation(id, text, "%", figure="share", of=of, **more)


def test_every_rule_that_the_catalogue_decides_has_a_seeker() -> None:
    assert set(seekers()) == {"L1", "L2", "L3", "L5", "L6", "L7", "L8", "L10", "L11", "L12", "L13"}


# --- L1 part ≤ whole


@pytest.mark.parametrize(
    ("part", "whole", "verdict"),
    [
        ("207.92", "432", "ok"),
        ("433", "432", "flag"),  # at least 432.5 of less than 432.5
        ("432", "432", "ok"),  # the rounding leaves it open, so it blocks nobody
        ("432.4", "432", "ok"),
    ],
)
def test_l1_a_part_is_not_larger_than_its_whole(part: str, whole: str, verdict: str) -> None:
    assert verdicts(a_rule("L1"), output(part, "P", metric="high_tech_output"), output(whole)) == [verdict]


def test_l1_says_nothing_without_the_whole_and_leaves_bounds_open() -> None:
    part = output("207.92", "P", metric="high_tech_output")
    assert verdicts(a_rule("L1"), part) == []
    assert verdicts(a_rule("L1"), part, output("200", op=">")) == ["undetermined"]
    assert verdicts(a_rule("L1"), part, output("200", op="<")) == ["flag"]


def test_l1_says_nothing_of_disputed_figures() -> None:
    assert (
        verdicts(
            a_rule("L1"),
            output("500", "P", metric="high_tech_output"),
            output("432"),
            output("600", "Q", source="yearbook"),
        )
        == []
    )


# --- L2 Σ parts = total

SUM = {
    "inputs": {
        "total": {"metric": "industrial_output"},
        "a": {"metric": "high_tech_output"},
        "b": {"metric": "value_added"},
    },
    "assert": "total == a + b",
}


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        ("300", "ok"),
        ("301", "ok"),
        ("302", "flag"),
    ],  # 100 + 200 = 299 to 301, total ± 0.5: 301.5 is out of reach
)
def test_l2_parts_make_up_their_total_within_rounding(total: str, verdict: str) -> None:
    parts = output("100", "A", metric="high_tech_output"), output("200", "B", metric="value_added")
    assert verdicts(a_rule("L2", SUM), output(total), *parts) == [verdict]
    assert verdicts(a_rule("L2", SUM), output(total), parts[0]) == []


def test_l2_the_subjects_of_one_parent_do_not_exceed_it_together() -> None:
    # 250 + 200 of 432 exceeds it by at least 18.5; 250 + 182 makes it up
    def regions(second: str) -> FactBase:
        base = a_fact_base(output("432", subject="region/532300"))
        base.add_subject(Subject("region/532302", "双柏县", parent="region/532300"))
        base.record(output("250", "A", subject="region/532301"))
        base.record(output(second, "B", subject="region/532302"))
        return base

    assert [f.verdict for f in findings(a_rule("L2"), regions("200"))] == ["flag"]
    assert [f.verdict for f in findings(a_rule("L2"), regions("182"))] == ["ok"]


# --- L3 share × whole = part


@pytest.mark.parametrize(
    ("whole", "verdict"),
    [
        ("491.5", "ok"),
        ("490.6", "ok"),
        ("490.5", "flag"),
    ],  # 432 = 87.9 % implies 490.62 to 492.32; 490.55 is short
)
def test_l3_share_times_whole_is_the_part(whole: str, verdict: str) -> None:
    stated = output(whole, "W", subject="region/532301")
    assert verdicts(a_rule("L3"), output("432"), share("87.9", "region/532301", "S"), stated) == [verdict]
    assert verdicts(a_rule("L3"), output("432"), share("87.9", "region/532301", "S")) == []


# --- L4 stock and flow

STOCK = {
    "inputs": {
        "now": {"metric": "entities"},
        "before": {"metric": "entities", "period": "previous"},
        "new": {"metric": "new_entities"},
    },
    "assert": "now <= before + new",
}


@pytest.mark.parametrize(("before", "verdict"), [("17405", "ok"), ("17404", "flag"), ("18000", "ok")])
def test_l4_a_stock_is_at_most_what_was_there_and_what_came(before: str, verdict: str) -> None:
    # 19190 = 17405 + 1785
    stock = an_observation("N", "19190", "户", metric="entities", period="2021-12-31")
    earlier = an_observation("B", before, "户", metric="entities", period="2020-12-31")
    new = an_observation("F", "1785", "户", metric="new_entities")
    assert verdicts(a_rule("L4", STOCK), stock, earlier, new) == [verdict]
    assert verdicts(a_rule("L4", STOCK), stock, new) == []


# --- L5 growth against the level published before


def test_l5_a_differing_base_is_a_revision_and_no_error() -> None:
    # 108.8/1.141 = 95.27 to 95.44 against 97.0 published: revised by −1.8 to −1.5
    earlier = output("97.0", "B", period="2020")
    (found,) = findings(a_rule("L5"), a_fact_base(output("108.8"), growth("14.1"), earlier))
    assert found.verdict == "note"
    assert found.reason_zh == "基数调整，不是差错"
    assert found.result("revision").render() == "−1.781–−1.509 亿元"


def test_l5_an_equal_base_is_in_order_and_a_missing_one_says_nothing() -> None:
    assert verdicts(a_rule("L5"), output("108.8"), growth("14.1"), output("95.4", "B", period="2020")) == [
        "ok"
    ]
    assert verdicts(a_rule("L5"), output("108.8"), growth("14.1")) == []


# --- L6 year to date


@pytest.mark.parametrize(("later", "verdict"), [("320", "ok"), ("300", "ok"), ("298", "flag")])
def test_l6_year_to_date_does_not_fall(later: str, verdict: str) -> None:
    # 300 ± 0.5 against 298 ± 0.5
    half, nine = output("300", "A", period="2024-01/2024-06"), output(later, "B", period="2024-01/2024-09")
    assert verdicts(a_rule("L6"), half, nine) == [verdict]


def test_l6_profit_may_fall_and_other_years_and_quarters_are_no_series() -> None:
    profit = [
        output(text, id, metric="profit", period=period)
        for text, id, period in (("300", "A", "2024-01/2024-06"), ("200", "B", "2024-01/2024-09"))
    ]
    assert verdicts(a_rule("L6"), *profit) == []
    other = output("300", "A", period="2024-01/2024-06"), output("100", "B", period="2025-01/2025-09")
    assert verdicts(a_rule("L6"), *other) == []
    quarter = output("300", "A", period="2024-01/2024-06"), output("150", "B", period="2024Q3")
    assert verdicts(a_rule("L6"), *quarter) == []


# --- L7 unusual growth


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("25.5", "ok"), ("-30", "ok"), ("50", "ok"), ("51", "flag"), ("-60", "flag"), ("163", "flag")],
)
def test_l7_growth_beyond_half_needs_an_explanation(text: str, verdict: str) -> None:
    assert verdicts(a_rule("L7"), growth(text)) == [verdict]


def test_l7_asks_whether_a_decimal_point_slipped() -> None:
    (found,) = findings(a_rule("L7"), a_fact_base(growth("163")))
    assert "16.3%" in found.reason_zh


def test_l7_a_bound_is_not_settled_and_a_compound_rate_is_another_kind() -> None:
    assert verdicts(a_rule("L7"), growth("30", op=">")) == ["undetermined"]
    assert verdicts(a_rule("L7"), growth("51", op=">")) == ["flag"]
    assert verdicts(a_rule("L7"), growth("80", group="年均复合")) == []


def test_l7_another_limit_gives_another_verdict() -> None:
    lower = a_rule("L7", most=a_limit("20", "%", "增速界限", "to_confirm"))
    (found,) = findings(lower, a_fact_base(growth("25.5")))
    assert (found.verdict, found.unconfirmed) == ("flag", ("增速界限",))
    assert "±20%" in found.zh
    assert verdicts(a_rule("L7", most=a_limit("0.6", "1")), growth("-60")) == ["ok"]


# --- L8 equal digits


@pytest.mark.parametrize(
    ("level", "rate", "verdict"),
    [
        ("13.6", "13.6", "flag"),
        ("136", "13.6", "flag"),
        ("13.7", "13.6", "ok"),
        ("8", "8", "ok"),
        ("20", "2.0", "ok"),
    ],
)
def test_l8_level_and_growth_with_equal_digits_are_flagged(level: str, rate: str, verdict: str) -> None:
    assert verdicts(a_rule("L8", severity="info"), output(level), growth(rate)) == [verdict]


def test_l8_how_many_digits_count_is_declared_and_said_where_it_mattered() -> None:
    strict = a_rule("L8", fewest_digits=a_limit("1", "个", "至少几位", "to_confirm"))
    (alike,) = findings(strict, a_fact_base(output("8"), growth("8")))
    (unlike,) = findings(strict, a_fact_base(output("8"), growth("9")))
    assert (alike.verdict, alike.unconfirmed) == ("flag", ("至少几位",))
    assert (unlike.verdict, unlike.unconfirmed) == ("ok", ())


def test_l8_says_nothing_without_a_level() -> None:
    assert verdicts(a_rule("L8"), growth("13.6")) == []


# --- L9 rate of value added

RATE = {
    "inputs": {"value_added": {"metric": "value_added"}, "output": {"metric": "industrial_output"}},
    "let": {"rate": "value_added / output"},
    "assert": "rate >= lowest_rate and rate <= highest_rate and value_added < output",
}
RATES = {"lowest_rate": a_limit("5", "%", "下限"), "highest_rate": a_limit("60", "%", "上限")}


@pytest.mark.parametrize(
    ("added", "verdict"), [("24.8", "ok"), ("64", "flag"), ("5.0", "flag"), ("5.3", "ok"), ("106", "flag")]
)
def test_l9_value_added_lies_between_5_and_60_per_cent_of_output(added: str, verdict: str) -> None:
    # of 105: 24.8 is 23.6 %, 64 is 61.0 %, 5.0 is 4.8 %; 5.3 is 5.0 to 5.1 % and rounding may not block it
    figures = output(added, "A", metric="value_added"), output("105")
    assert verdicts(a_rule("L9", RATE, **RATES), *figures) == [verdict]
    assert verdicts(a_rule("L9", RATE, **RATES), figures[1]) == []


def test_l9_another_limit_gives_another_verdict_and_is_shown() -> None:
    # 64 of 105 is 61 %: above 60, below 65
    figures = a_fact_base(output("64", "A", metric="value_added"), output("105"))
    wider = RATES | {"highest_rate": a_limit("65", "%", "上限", "to_confirm")}
    (narrow,) = findings(a_rule("L9", RATE, **RATES), figures)
    (wide,) = findings(a_rule("L9", RATE, **wider), figures)
    assert (narrow.verdict, narrow.unconfirmed) == ("flag", ())
    assert (wide.verdict, wide.unconfirmed) == ("ok", ("上限",))
    assert narrow.result("highest_rate").render() == "60%"


def test_l9_names_its_rate_in_words_and_never_by_its_variable() -> None:
    # 24.8 of 105: 24.75 / 105.5 = 23.459 %, down to 23.45; 24.85 / 104.5 = 23.779 %, to 23.78
    shown = RATE | {"show": [{"name": "rate", "unit": "%", "decimals": 1, "zh": "增加值率", "en": "Rate"}]}
    figures = a_fact_base(output("24.8", "A", metric="value_added"), output("105"))
    (told,) = findings(a_rule("L9", shown, **RATES), figures)
    (silent,) = findings(a_rule("L9", RATE, **RATES), figures)
    assert "增加值率 23.45–23.78%" in told.sentence()
    assert "rate" not in told.sentence() + silent.sentence()


# --- L10 peers

PEERS = {
    "inputs": {"amount": {"metric": "revenue"}, "heads": {"metric": "staff"}},
    "assert": "amount < 100000000 * heads",
}


def firms(*per_head: int) -> FactBase:
    base = a_fact_base()
    for number, amount in enumerate(per_head):
        code = f"enterprise/firm-{number}"
        base.add_subject(Subject(code, code, parent="zone/chuxiong"))
        revenue = Value.of(str(amount * 10), "元", exact=True)
        base.record(an_observation(f"R{number}", revenue, "元", subject=code, metric="revenue"))
        base.record(an_observation(f"S{number}", "10", "人", subject=code, metric="staff"))
    return base


def test_l10_a_ratio_far_from_the_median_is_probably_a_wrong_unit() -> None:
    # median 600 000 元 per head; the last firm wrote 万元 for 元: 60
    found = findings(a_rule("L10", PEERS), firms(500_000, 600_000, 700_000, 650_000, 60))
    by_place = {finding.inputs[0]: finding for finding in found if finding.check.startswith("L10(")}
    assert [by_place[f"R{n}"].verdict for n in range(5)] == ["ok", "ok", "ok", "ok", "flag"]
    assert "元/万元" in by_place["R4"].reason_zh


def test_l10_ten_times_the_median_is_still_in_order() -> None:
    found = findings(a_rule("L10", PEERS), firms(100, 100, 100, 1000, 10, 1001))
    assert [f.verdict for f in found if f.check.startswith("L10(")] == ["ok", "ok", "ok", "ok", "ok", "flag"]


def test_l10_says_nothing_of_fewer_than_five_peers() -> None:
    found = findings(a_rule("L10", PEERS), firms(100, 100, 100, 1))
    assert [f for f in found if f.check.startswith("L10(")] == []


def test_l10_limits_are_declared() -> None:
    # median 100, the last firm at half of it: 0.5 is within 0.1 to 10 times, not within 0.6 to 10 times
    halved = firms(100, 100, 100, 100, 50)

    def last(**limits: Any) -> list[Finding]:
        found = findings(a_rule("L10", PEERS, **limits), halved)
        return [f for f in found if f.check == "L10(R4,S4)"]

    assert [f.verdict for f in last()] == ["ok"]
    (flagged,) = last(lowest=a_limit("0.6", "倍", "下限", "to_confirm"))
    assert (flagged.verdict, flagged.unconfirmed) == ("flag", ("下限",))
    assert "0.6 倍到 10 倍" in flagged.zh
    assert last(fewest_peers=a_limit("6", "个")) == []


def test_l10_suggests_a_slip_only_within_the_declared_distance() -> None:
    # 600 000 / 240 = 2500, which is 2.5 times the 1000 of 元/千元
    peers = firms(600_000, 600_000, 600_000, 600_000, 240)

    def last(**limits: Any) -> Finding:
        found = findings(a_rule("L10", PEERS, **limits), peers)
        return next(f for f in found if f.check == "L10(R4,S4)")

    assert last(slip_within=a_limit("2", "倍")).reason_zh == ""
    near = last(slip_within=a_limit("2.5", "倍", "距离", "to_confirm"))
    assert "元/千元" in near.reason_zh
    assert near.unconfirmed == ("距离",)


def test_l10_nothing_per_head_is_far_from_the_median_and_no_slip_of_unit() -> None:
    found = findings(a_rule("L10", PEERS), firms(100, 100, 100, 100, 0))
    (nothing,) = [f for f in found if f.check == "L10(R4,S4)"]
    assert (nothing.verdict, nothing.reason_zh) == ("flag", "")


def test_l10_an_amount_per_head_beyond_all_reason_is_flagged_alone() -> None:
    found = findings(a_rule("L10", PEERS), firms(100_000_000))
    assert [f.verdict for f in found] == ["flag"]


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert median([Fraction(n) for n in (4, 1, 3, 2)]) == Fraction(5, 2)
    assert slip(Fraction(60), Fraction(600_000), Fraction(3)) == "元/万元"
    assert slip(Fraction(600_000), Fraction(600), Fraction(3)) == "元/千元"
    assert slip(Fraction(600_000), Fraction(6), Fraction(3)) == ""


# --- L11 one whole


def test_l11_a_share_names_its_whole_and_is_at_most_all_of_it() -> None:
    assert verdicts(a_rule("L11"), share("87.9", "region/532301", "S")) == ["ok"]
    assert verdicts(a_rule("L11"), share("100", "region/532301", "S")) == ["ok"]
    assert verdicts(a_rule("L11"), share("152", "region/532301", "S")) == ["flag"]
    assert verdicts(a_rule("L11"), share("87.9", "", "S")) == ["not_comparable"]


# --- L12 nested regions


@pytest.mark.parametrize(("city", "verdict"), [("33", "ok"), ("10", "ok"), ("8", "flag")])
def test_l12_the_share_of_the_prefecture_is_at_most_that_of_the_city(city: str, verdict: str) -> None:
    # 10 % ± 0.5 of the prefecture; 8 % ± 0.5 of a city inside it cannot be
    shares = share("10", "region/532300", "A"), share(city, "region/532301", "B")
    assert verdicts(a_rule("L12"), *shares) == [verdict]
    assert verdicts(a_rule("L12"), shares[0]) == []


# --- L13 whole numbers


@pytest.mark.parametrize(
    ("level", "rate", "verdict"), [("248", "8.3", "ok"), ("10", "33.3", "flag"), ("4", "33.3", "ok")]
)
def test_l13_the_count_of_the_year_before_is_a_whole_number(level: str, rate: str, verdict: str) -> None:
    # 248/1.083 = 229.0; 10/1.333 = 7.50 (7.499 to 7.505); 4/1.333 = 3.00 (2.9997 to 3.0019)
    figures = enterprises(level), growth(rate, "high_tech_enterprises")
    assert verdicts(a_rule("L13"), *figures) == [verdict]
    assert verdicts(a_rule("L13"), figures[0]) == []
    assert verdicts(a_rule("L13"), output("432"), growth("8.3")) == []


# --- L14 dates

DATES = {
    "inputs": {"signed": {"metric": "signed"}, "started": {"metric": "started"}},
    "assert": "signed <= started",
}


@pytest.mark.parametrize(
    ("signed", "started", "verdict"),
    [
        ("2021-03-01", "2021-05-01", "ok"),
        ("2021-05-01", "2021-05-01", "ok"),
        ("2021-05-02", "2021-05-01", "flag"),
        ("1992", "2018", "ok"),
        ("2021", "2021-05", "ok"),  # known to the year only: the order can be right
        ("2022", "2021-05", "flag"),
    ],
)
def test_l14_a_project_is_signed_before_it_starts(signed: str, started: str, verdict: str) -> None:
    dates = [
        an_observation(id, Value.of_text(text), "", metric=id)
        for id, text in (("signed", signed), ("started", started))
    ]
    assert verdicts(a_rule("L14", DATES), *dates) == [verdict]
    assert verdicts(a_rule("L14", DATES), dates[0]) == []


# --- all of them


def test_a_declared_instance_over_any_metric_names_the_metric() -> None:
    instance = {
        "zh": "增速不为零",
        "en": "growth is not zero",
        "inputs": {"growth": {"metric": "*", "figure": "growth"}},
        "assert": "growth > 0",
    }
    (found, _) = findings(a_rule("L7", instance), a_fact_base(growth("5.0")))
    assert found.zh == "industrial_output：增速不为零"
    assert found.check == "L7.1(G)"


def test_rules_speak_of_the_figures_as_they_were_known() -> None:
    base = a_fact_base(growth("163"))
    base.correct("G", Value.of("16.3", "%"), "小数点错位", "a", day(2))
    library: Any = SimpleNamespace(metrics=METRICS, logic_rules={"L7": a_rule("L7")})
    assert [f.verdict for f in evaluate_rules(library, base)] == ["ok"]
    assert [f.verdict for f in evaluate_rules(library, base, as_of=day(1))] == ["flag"]
