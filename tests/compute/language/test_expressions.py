"""What numbers, comparisons and truths of the language mean, one subject at a time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from gaoxin.compute.dims import NONE, dims_of_symbol
from gaoxin.compute.language import Built, build, names_used
from gaoxin.compute.tree import Constant, Day, Settled, made, walk
from tests.compute.language.words import ON, SCOPE, counted, number, told, wan, with_names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5%", Fraction(1, 20)),
        ("0.3%", Fraction(3, 1000)),
        ("2.5‰", Fraction(1, 400)),
        ("2000万元", 20_000_000),
        ("0.1亿元", 10_000_000),
        ("500人", 500),
        ("3年", 3),
        ("6月", Fraction(1, 2)),
        ("365天", 365),
        ("60分", 60),
        ("1件", 1),
        ("3位", 3),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("12 / 4 / 3", 1),
        ("-5%", Fraction(-1, 20)),
        ("2 * -3", -6),
        ("1 / 3 * 3", 1),
        ("Y", 2026),
        ("Y - 1", 2025),
        ("year(ON)", 2026),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("whole(7 / 2)", 3),
        ("whole(-7 / 2)", -4),
        ("if(1 < 2, 10, 20)", 10),
        ("if(1 > 2, 10, 20)", 20),
    ],
)
def test_numbers_are_exact_and_in_base_units(text: str, value: Fraction | int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("1 < 2 and 2 < 1", False),
        ("1 < 2 or 2 < 1", True),
        ("not 1 < 2", False),
        ("not not 1 < 2", True),
        ("2 < 1 and 2 < 1 or 1 < 2", True),
        ("2 < 1 and (2 < 1 or 1 < 2)", False),
        ("not 2 < 1 and 1 = 1", True),
        ("1 != 2", True),
        ("2 >= 2", True),
        ("2 > 2", False),
        ("2 <= 2", True),
        ("true and not false", True),
        ("1 + 1 = 2", True),
        ("1 / 3 + 1 / 3 + 1 / 3 = 1", True),
        ("ON = 2026-06-30", True),
        ("2026-01-01 > ON", False),
    ],
)
def test_logic_binds_as_people_read_it(text: str, holds: bool) -> None:
    assert told(text).value is holds


def test_a_ratio_of_money_is_compared_with_a_percentage() -> None:
    # 500 / 10,000 = 5 % exactly; one fen less is not
    row = wan(rd_hnte_2025=500, sales_income_2025=10_000)
    assert told("rd_hnte[Y-1] / sales_income[Y-1] >= 5%", row).value is True
    row["rd_hnte@2025"] = Fraction("4999999.99")
    assert told("rd_hnte[Y-1] / sales_income[Y-1] >= 5%", row).value is False


def test_money_per_head_has_its_own_dimension() -> None:
    row = {**wan(revenue_2025=1000), **counted(staff_2025=20)}
    # 1,000 万元 / 20 人 = 50 万元 a head
    assert number("revenue[Y-1] / staff[Y-1]", row) == 500_000
    assert told("revenue[Y-1] / staff[Y-1] * 2人 = 100万元", row).value is True


def test_a_missing_figure_leaves_a_comparison_open_and_is_named() -> None:
    outcome = told("staff[Y-1] <= 500人 and zone_flag", {"zone_flag": True})
    assert outcome.value is None
    assert outcome.open == {"staff"}


def test_one_certain_no_settles_all() -> None:
    assert told("staff[Y-1] <= 500人 and zone_flag", {"zone_flag": False}).value is False


def test_a_quotient_by_zero_is_missing() -> None:
    outcome = told("revenue[Y-1] / sales_income[Y-1] >= 5%", wan(revenue_2025=1, sales_income_2025=0))
    assert outcome.value is None
    assert outcome.open == {"sales_income"}


def test_the_growth_of_one_thousand_to_1728_in_three_years_is_twenty_percent() -> None:
    # 1,000 × 1.2³ = 1,728
    text = "growth(revenue[Y-4], revenue[Y-1], 3) >= 20%"
    assert told(text, wan(revenue_2022=1000, revenue_2025=1728)).value is True
    assert told(text.replace(">=", ">"), wan(revenue_2022=1000, revenue_2025=1728)).value is False
    assert told(text, wan(revenue_2022=1000, revenue_2025="1727.99")).value is False


def test_growth_from_nothing_is_open() -> None:
    outcome = told("growth(revenue[Y-2], revenue[Y-1], 1) >= 20%", wan(revenue_2024=0, revenue_2025=5))
    assert (outcome.value, outcome.open) == (None, {"revenue"})


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("industry_code = 'C3562'", True),
        ("industry_code != 'C3562'", False),
        ("'C3562' = industry_code", True),
        ("industry_code in ('I6513', 'C3562')", True),
        ("industry_code not in ('I6513', 'C3562')", False),
        ("industry_code starts ('C16', 'C35')", True),
        ("industry_code starts ('C36',)", False),
        ("industry_code not starts ('C36')", True),
        ("industry_code starts $excluded", False),
        ('industry_code starts ("C",)', True),
    ],
)
def test_texts_are_compared_whole_or_by_their_beginning(text: str, holds: bool) -> None:
    assert told(text, {"industry_code": "C3562"}).value is holds
    assert told(text).value is None


def test_places_in_a_ranking_are_bare_numbers() -> None:
    assert told("market_rank <= 3", counted(market_rank=3)).value is True


def test_known_asks_for_a_value_and_is_never_open() -> None:
    assert told("known(staff[Y-1])").value is False
    assert told("known(staff[Y-1])", counted(staff_2025=0)).value is True
    assert told("known(titles)", {"titles": []}).value is True


def test_a_choice_with_an_open_test_is_settled_where_both_branches_lead_to_the_same() -> None:
    assert number("if(zone_flag, 5万元, 6万元)") is None
    assert told("if(zone_flag, staff[Y-1] > 1人, staff[Y-1] > 1人)", counted(staff_2025=2)).value is True
    # 7 exceeds the mark of either branch, 3 that of neither
    for staff, holds in [(7, True), (6, None), (3, False)]:
        assert told("staff[Y-1] > if(zone_flag, 4人, 6人)", counted(staff_2025=staff)).value is holds
        assert told("if(zone_flag, 4人, 6人) < staff[Y-1]", counted(staff_2025=staff)).value is holds


def test_a_comparison_of_choices_that_share_their_branches_stays_small() -> None:
    scope = with_names(x0=build("if(zone_flag, 1人, 2人)", SCOPE, "number"))
    for step in range(1, 25):
        text = f"if(staff[Y-1] > {step}人, x{step - 1}, if(staff[Y-2] > {step}人, x{step - 1}, 3人))"
        scope = with_names(scope, **{f"x{step}": build(text, scope, "number")})
    nodes = list(walk(build("x24 >= 2人", scope).node))
    # 24 steps of two choices with their tests, not 2²⁴
    assert len(nodes) < 24 * 8


def test_a_parameter_is_its_value_and_is_remembered() -> None:
    built = build("staff[Y-1] <= $most_staff or est_date >= $first_day", SCOPE)
    assert built.parameters == {"HNTE.most_staff", "HNTE.first_day"}
    assert told("staff[Y-1] <= $most_staff", counted(staff_2025=500)).value is True


def test_parameters_of_a_definition_count_where_the_definition_is_used() -> None:
    scope = with_names(room=build("$most_staff - staff[Y-1]", SCOPE, "number"))
    assert build("room >= 0人", scope).parameters == {"HNTE.most_staff"}
    assert build("zone_flag", scope).parameters == frozenset()


def test_a_table_gives_the_value_of_the_band() -> None:
    # 5,000 and 20,000 belong to the lower-revenue band
    for sales, rate in [(5000, "5"), (5001, "4"), (20_000, "4"), (20_001, "3")]:
        assert number("band($rates, sales_income[Y-1])", wan(sales_income_2025=sales)) == Fraction(rate) / 100
    assert build("band($rates, sales_income[Y-1])", SCOPE, "number").parameters == {"HNTE.rates"}


def test_the_verdict_of_another_rule_takes_part_with_its_parameters() -> None:
    verdicts = {"SIZE": Built(made(Settled, True), frozenset({"SIZE.most"}))}
    scope = replace(SCOPE, rules=frozenset(verdicts), verdicts=verdicts.__getitem__)
    built = build("passes(SIZE) and zone_flag", scope)
    assert built.parameters == {"SIZE.most"}
    assert told("passes(SIZE)", scope=scope).value is True
    scope = replace(SCOPE, rules=frozenset({"GAZ-HP"}), verdicts=lambda rule: verdicts["SIZE"])
    assert told("passes(GAZ-HP) and passes('GAZ-HP')", scope=scope).value is True


def test_equal_texts_give_the_same_node() -> None:
    assert build("staff[Y-1] <= 500人", SCOPE).node is build("staff[2025] <= 500人", SCOPE).node


def test_a_literal_sum_is_worked_out_at_once() -> None:
    assert build("1.2 * 5000万元", SCOPE, "number").node is made(
        Constant, Fraction(60_000_000), dims_of_symbol("元"), ""
    )
    assert build("day(Y-1, 12, 31)", SCOPE, "date").node is made(Day, ON.replace(year=2025, month=12, day=31))


def test_any_type_is_taken_where_none_is_expected() -> None:
    assert build("titles", SCOPE, None).node.type == "events"
    assert build("5%", SCOPE, "number", dims=NONE).node.type == "number"


def test_names_used_are_told_without_a_scope() -> None:
    used = names_used(
        "sum(rd_hnte[Y-3..Y-1] since est_date) >= $least and passes(SIZE) and total >= 60分"
        " and exists(e in titles: e.kind = 'hnte' and valid(e))"
        " and each(y in Y-2..Y-1: revenue[y] > $floor * y)"
        " and industry_code starts $excluded and ON > $first_day"
    )
    assert used.names == {"rd_hnte", "est_date", "total", "titles", "revenue", "industry_code"}
    assert used.parameters == {"least", "floor", "excluded", "first_day"}
    assert used.rules == {"SIZE"}
