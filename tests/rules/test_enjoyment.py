"""Qualifying and not paid; paid and not qualifying."""

from typing import Any

import polars as pl

from gaoxin.rules.enjoyment import Enjoyment, enjoyment
from tests.rules.clause_builders import WAN, a_crowd, clause


def paid(name: str, amount: int | None, year: int | None = 2026) -> list[dict[str, Any]]:
    return [{"clause": name, "amount": amount, "year": year}]


def lists(name: str, firms: dict[str, dict[str, Any]]) -> Enjoyment:
    return enjoyment(clause(name), a_crowd(name, firms), 2026)


def test_firm_that_qualifies_and_was_not_paid_is_missed() -> None:
    found = lists("C4", {"unpaid": {}, "paid": {"benefits_paid": paid("C4", 100)}})
    # half of 600
    assert found.missed.rows() == [("unpaid", 300 * WAN, 300 * WAN)]


def test_payment_of_another_year_is_not_of_this_one() -> None:
    found = lists("C4", {"before": {"benefits_paid": paid("C4", 100, 2025)}})
    assert found.missed["subject"].to_list() == ["before"]


def test_firm_that_was_paid_and_does_not_qualify_is_undue_with_its_reasons() -> None:
    firms = {
        "moved away": {"zone_flag": False, "benefits_paid": paid("C4", 100)},
        "never paid": {"zone_flag": False},
    }
    found = lists("C4", firms)
    assert found.undue.rows() == [("moved away", 100 * WAN, ["C4.1"])]
    assert found.missed.is_empty()


def test_firm_paid_once_is_not_undue_because_it_was_paid() -> None:
    # C16.3 asks for no earlier payment, which a firm that was paid fails; only the lost title counts
    had = {"benefits_paid": paid("C16", 300, 2024)}
    found = lists("C16", {"kept its title": had, "lost it": {**had, "titles": []}})
    assert found.undue.rows() == [("lost it", 300 * WAN, ["C16.1"])]


def test_what_is_not_known_is_counted_and_listed_nowhere() -> None:
    firms = {
        "payments not known": {"benefits_paid": None},
        "amount not known": {"benefits_paid": paid("C4", None)},
        "year not known": {"benefits_paid": paid("C4", 5, None)},
        "verdict open": {"zone_flag": None},
    }
    found = lists("C4", firms)
    assert (found.missed.height, found.undue.height, found.open) == (0, 0, 4)


def test_population_without_payments_leaves_everybody_open() -> None:
    crowd = a_crowd("C9", {"a": {}, "b": {"titles": []}})
    assert "benefits_paid" not in crowd.collect_schema()
    found = enjoyment(clause("C9"), crowd, 2026)
    assert (found.missed.height, found.undue.height, found.open) == (0, 0, 2)
    assert isinstance(found.missed, pl.DataFrame)
