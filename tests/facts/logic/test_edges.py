"""The edges that a reader of the domain texts tries: exactly the limit, no base, a fall."""

from __future__ import annotations

import pytest

from tests.facts.builders import a_fact_base, a_rule, an_observation
from tests.facts.logic.test_rules import findings, growth, output, verdicts


def test_l5_a_fall_by_all_of_it_implies_no_base_and_says_nothing() -> None:
    earlier = output("5", "B", period="2020")
    assert verdicts(a_rule("L5"), output("0"), growth("-100"), earlier) == []


def test_l5_a_negative_growth_gives_the_base_above_the_level() -> None:
    # 94.5/0.955 = 98.95 to 95.5/0.945 = 101.06 around the 100 published
    (found,) = findings(
        a_rule("L5"), a_fact_base(output("95"), growth("-5"), output("100", "B", period="2020"))
    )
    assert (found.verdict, found.result("base").render()) == ("ok", "98.95–101.06 亿元")


@pytest.mark.parametrize("rate", ["50", "-50", "50.0"])
def test_l7_a_growth_of_exactly_the_limit_is_in_order_and_suggests_nothing(rate: str) -> None:
    (found,) = findings(a_rule("L7"), a_fact_base(growth(rate)))
    assert (found.verdict, found.reason_zh) == ("ok", "")


def test_l13_tells_whole_numbers_in_the_unit_that_is_counted() -> None:
    # 1.9万户 is 18 500 up to 19 500, each 4.95 to 5.05 % more than a year before: 18 500 / 1.0505 = 17 610.7,
    # 19 500 / 1.0495 = 18 580.3
    level = an_observation("N", "1.9", "万户", metric="entities", period="2021-12-31")
    rate = growth("5.0", "entities", period="2021-12-31")
    (found,) = findings(a_rule("L13"), a_fact_base(level, rate))
    assert found.result("base").render() == "17\u2009611–18\u2009580 户"
