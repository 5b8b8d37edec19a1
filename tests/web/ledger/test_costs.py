"""Reading costs a fixed number of questions to the database, however much there is (查询次数)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gaoxin.web.accounts.models import User
from gaoxin.web.ledger import models, selectors
from gaoxin.web.ledger.contested import conflicts
from gaoxin.web.ledger.listing import subjects
from tests.web.builders import a_correction, a_source, a_statistician, an_enterprise, an_entry, zone

pytestmark = pytest.mark.django_db
Act = Callable[[User, models.Subject], object]


def a_firm_with(clerk: User, years: int) -> models.Subject:
    """A firm with so many years: each corrected once and disputed by another document."""
    firm, papers = an_enterprise(), (a_source(), a_source())
    for year in range(2025 - years, 2025):
        a_correction(clerk, an_entry(clerk, firm, "120", period=str(year), source=papers[0]), "140")
        an_entry(clerk, firm, "150", period=str(year), source=papers[1])
    return firm


def cost(act: Act, clerk: User, firm: models.Subject) -> int:
    reader = User.objects.get(pk=clerk.pk)  # a new request knows nothing yet
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act(reader, firm)
    return len(asked)


READINGS: dict[str, tuple[int, Act]] = {
    # subjects, zones, 3 for the moment, observations, corrections, moved, checks, withdrawals, rulings
    "standing": (11, lambda reader, firm: selectors.standing(reader, firm)),
    "as of": (  # the moment is given; one more to look it up here
        9,
        lambda reader, firm: selectors.standing(reader, firm, as_of=models.Batch.objects.latest("pk").at),
    ),
    "a page": (
        12,
        lambda reader, firm: selectors.standing_of_many(reader, models.Subject.objects.all()[:50]),
    ),
    "subject": (2, lambda reader, firm: selectors.subject(reader, firm.code)),
    "zones": (2, lambda reader, firm: selectors.zones(reader)),
}


def test_the_cost_of_reading_is_small_and_does_not_grow() -> None:
    clerk = a_statistician()
    few, many = a_firm_with(clerk, 5), a_firm_with(clerk, 50)
    for name, (most, act) in READINGS.items():
        act(clerk, many)  # what is read once in the life of a process
        spent = cost(act, clerk, few)
        assert spent <= most, f"{name}: {spent}"
        assert spent == cost(act, clerk, many), name


@pytest.mark.parametrize("sort", ["name", "-revenue@2024"])
def test_the_cost_of_a_list_does_not_grow_with_the_zone(sort: str) -> None:
    clerk = a_statistician()

    def listed() -> int:
        return cost(lambda reader, _: subjects(reader, zone(), sort=sort, limit=50), clerk, zone())

    for _ in range(5):
        an_entry(clerk, an_enterprise())
    few = listed()
    for _ in range(45):
        an_entry(clerk, an_enterprise())
    # one more: how many there are is asked only where one page does not hold them all
    assert listed() == few + 1 <= 7


def test_the_cost_of_finding_conflicts_does_not_grow(django_assert_max_num_queries) -> None:
    clerk = a_statistician()
    a_firm_with(clerk, 5)
    few = cost(lambda reader, _: conflicts(reader, zone()), clerk, zone())
    a_firm_with(clerk, 15)
    assert cost(lambda reader, _: conflicts(reader, zone()), clerk, zone()) == few
    assert len(conflicts(clerk, zone())) == 20
    with django_assert_max_num_queries(few):
        conflicts(clerk, zone())


def test_an_entry_and_a_correction_cost_a_fixed_number(django_assert_max_num_queries) -> None:
    clerk = a_statistician()
    firm = a_firm_with(clerk, 20)
    with django_assert_max_num_queries(22):
        row = an_entry(clerk, firm, "7", period="1999")
    with django_assert_max_num_queries(22):
        a_correction(clerk, row, "8")
