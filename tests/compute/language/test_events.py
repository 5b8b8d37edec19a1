"""Lists: titles that are valid, awards within a window, sums of what came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from gaoxin.compute.language.dating import months_before
from tests.compute.language.words import ON, SCOPE, number, told

HNTE = "exists(e in titles: e.kind = 'hnte' and valid(e))"


def a_title(**fields: object) -> dict[str, object]:
    return {"titles": [{"kind": "hnte", **fields}]}


def test_a_title_is_valid_on_its_first_and_on_its_last_day() -> None:
    day = timedelta(days=1)
    assert told(HNTE, a_title(valid_from=ON, valid_to=ON)).value is True
    assert told(HNTE, a_title(valid_from=ON + day, valid_to=ON + day)).value is False
    assert told(HNTE, a_title(valid_from=ON - day, valid_to=ON - day)).value is False


def test_a_title_without_a_last_day_holds_on_and_without_a_first_has_held_ever_since() -> None:
    assert told(HNTE, a_title(valid_from=ON)).value is True
    assert told(HNTE, a_title(valid_to=ON)).value is True
    assert told(HNTE, a_title()).value is True
    assert told(HNTE, a_title(valid_from=date(2026, 7, 1))).value is False


def test_validity_on_another_day() -> None:
    text = "exists(e in titles: valid(e, day(Y-1, 12, 31)))"
    assert told(text, a_title(valid_from=date(2025, 12, 31))).value is True
    assert told(text, a_title(valid_from=date(2026, 1, 1))).value is False


def test_an_empty_list_is_a_no_and_an_absent_one_is_open() -> None:
    assert told(HNTE, {"titles": []}).value is False
    assert told(HNTE).open == {"titles"}


def test_an_element_that_may_meet_the_condition_leaves_it_open() -> None:
    assert told(HNTE, {"titles": [{"kind": None, "valid_from": ON}]}).open == {"titles"}
    assert told(HNTE, {"titles": [{"kind": None}, {"kind": "hnte"}]}).value is True


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2023, 6, 29), False),
        (date(2023, 6, 30), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_three_years_reach_from_the_same_calendar_day_up_to_the_day_itself(day: date, holds: bool) -> None:
    row = {"awards": [{"date": day}]}
    assert told("exists(e in awards: within(e.date, 3年))", row).value is holds
    assert told("exists(e in awards: within(e.date, $window))", row).value is holds


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2025, 6, 29), False), (date(2025, 6, 30), True), (date(2026, 7, 1), False)]
)
def test_365_days_are_counted_day_by_day(day: date, holds: bool) -> None:
    # 2025-06-30 is exactly 365 days before 2026-06-30
    row = {"awards": [{"date": day}]}
    assert told("exists(e in awards: within(e.date, 365天))", row).value is holds
    assert told("days(est_date, ON) >= 365天", {"est_date": day}).value is (day <= date(2025, 6, 30))


def test_the_29th_of_february_goes_back_to_the_28th() -> None:
    assert months_before(date(2024, 2, 29), 36) == date(2021, 2, 28)
    assert months_before(date(2024, 2, 29), 48) == date(2020, 2, 29)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 6) == date(2025, 7, 15)
    scope = replace(SCOPE, on=date(2024, 2, 29))
    for day, holds in [(date(2021, 2, 27), False), (date(2021, 2, 28), True)]:
        assert told("within(est_date, 3年)", {"est_date": day}, scope=scope).value is holds


def test_a_sum_counts_only_what_meets_the_condition() -> None:
    text = "sum(e in equity_events: e.amount if e.investor = 'fund' and within(e.date, 2年))"
    events = [
        {"date": date(2025, 1, 1), "amount": Fraction(100), "investor": "fund"},
        {"date": date(2025, 1, 1), "amount": Fraction(70), "investor": "other"},
        {"date": date(2020, 1, 1), "amount": Fraction(50), "investor": "fund"},
        {"date": ON, "amount": Fraction(7), "investor": "fund"},
    ]
    # 100 + 7
    assert number(text, {"equity_events": events}) == 107
    assert number(text, {"equity_events": []}) == 0
    assert number(text) is None
    assert number("sum(e in equity_events: e.amount)", {"equity_events": events}) == 227


def test_a_value_of_an_element_may_be_worked_out() -> None:
    text = "sum(e in equity_events: if(e.paid, min(50% * e.amount, 200元), 150元))"
    events = [
        {"amount": Fraction(300), "paid": True},
        {"amount": Fraction(900), "paid": True},
        {"paid": False},
    ]
    # 150 + 200 + 150
    assert number(text, {"equity_events": events}) == 500


def test_a_count_is_a_number_of_things() -> None:
    events = [{"level": "national", "rank": Fraction(3)}, {"level": "national", "rank": Fraction(4)}]
    text = "count(e in awards: e.level in ('national', 'provincial') and e.rank <= 3) >= 1项"
    assert told(text, {"awards": events}).value is True
    assert told(text, {"awards": events[1:]}).value is False
    assert told(text, {"awards": [{"level": "national"}]}).open == {"awards"}
