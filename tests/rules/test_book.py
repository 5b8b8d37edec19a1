"""Which version of a text holds: by day, by kind of application, and not at all where the text is silent."""

from __future__ import annotations

from datetime import date

import pytest

from gaoxin.core.errors import RuleError
from gaoxin.rules.book import RuleBook
from tests.rules.law_builders import a_book, a_family, a_law

OLD = a_law("OLD", family="DEMOS", effective={"from": "2020-01-01", "until": "2026-03-31"})
NEW = a_law("NEW", family="DEMOS", effective={"from": "2026-04-01"})
LAST_OLD, FIRST_NEW = date(2026, 3, 31), date(2026, 4, 1)


def book() -> RuleBook:
    family = a_family(("OLD", "new", "2020-01-01", "2026-03-31"), ("NEW", "new", "2026-04-01", None))
    return a_book(OLD, NEW, a_law("SOLE"), family=family)


def test_the_version_changes_with_the_day() -> None:
    assert book().select("DEMOS", LAST_OLD).id == "OLD"
    assert book().select("DEMOS", FIRST_NEW).id == "NEW"


def test_a_version_asked_by_its_own_name_answers_on_any_day() -> None:
    assert book().select("OLD", FIRST_NEW).id == "OLD"


def test_before_the_first_version_nothing_is_chosen() -> None:
    with pytest.raises(RuleError, match="没有写明") as told:
        book().select("DEMOS", date(2019, 12, 31))
    assert "a first grant" in told.value.en


def test_a_renewal_without_a_version_of_its_own_is_refused_not_treated_as_new() -> None:
    with pytest.raises(RuleError, match="复核申请"):
        book().select("DEMOS", FIRST_NEW, "renewal")


def test_an_unknown_name_is_refused_with_a_near_one() -> None:
    with pytest.raises(RuleError, match="DEMOS"):
        book().select("DEMO5", FIRST_NEW)


def test_a_text_without_known_numbers_is_described_and_never_decided() -> None:
    described = a_law("SOLE", status="description", conditions=(), grants=None)
    with pytest.raises(RuleError, match="只有说明"):
        a_book(described).select("SOLE", FIRST_NEW)
    assert list(a_book(described).in_force(FIRST_NEW)) == []


def test_in_force_are_one_version_of_a_family_and_the_rules_of_no_family() -> None:
    assert [rule.id for rule in book().in_force(LAST_OLD)] == ["OLD", "SOLE"]
    assert [rule.id for rule in book().in_force(FIRST_NEW)] == ["NEW", "SOLE"]
    assert [rule.id for rule in book().in_force(date(2019, 12, 31))] == []


def test_an_old_text_may_stay_in_force_for_renewals_alone() -> None:
    lasting = a_law("OLD", family="DEMOS", effective={"from": "2020-01-01"})
    family = a_family(("NEW", "new", "2026-04-01", None), ("OLD", "renewal", "2020-01-01", None))
    held = a_book(lasting, NEW, family=family)
    assert [rule.id for rule in held.in_force(FIRST_NEW, "new")] == ["NEW"]
    assert [rule.id for rule in held.in_force(FIRST_NEW, "renewal")] == ["OLD"]


def test_a_rule_for_first_grants_is_not_in_force_for_renewals() -> None:
    sole = a_book(a_law("SOLE", applications=["new"]))
    assert [rule.id for rule in sole.in_force(FIRST_NEW, "new")] == ["SOLE"]
    assert [rule.id for rule in sole.in_force(FIRST_NEW, "renewal")] == []
