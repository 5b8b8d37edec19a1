"""What was worked out is kept while the ledger stays as it is, and for nobody who may see less."""

from __future__ import annotations

import pytest
from django.db import transaction

from gaoxin.web.accounts.models import Role
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.remembered import not_remembered, remembered, rights
from tests.web.builders import a_correction, a_director, a_statistician, an_account, an_enterprise, an_entry

pytestmark = pytest.mark.django_db(transaction=True)


def asked_twice(key: object) -> int:
    """How often an answer had to be worked out for two questions."""
    times: list[int] = []
    for _ in range(2):
        remembered(key, lambda: times.append(1))
    return len(times)


def test_an_answer_is_worked_out_once() -> None:
    assert asked_twice("once") == 1


def test_inside_a_transaction_nothing_is_kept() -> None:
    with transaction.atomic():
        assert asked_twice("inside") == 2
    assert asked_twice("inside") == 1


def test_a_correction_is_seen_at_once() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    first = an_entry(clerk, firm, "120")
    metrics = [first.metric.code]
    before = selectors.standing(clerk, firm, metrics=metrics)
    a_correction(clerk, first, "130")
    after = selectors.standing(clerk, firm, metrics=metrics)
    assert [figure.observation_id for figure in before] == [first.pk]
    assert [len(figure.versions) for figure in after] == [1]


def test_a_second_look_is_seen_at_once() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    first = an_entry(clerk, firm, "120")
    metrics = [first.metric.code]
    assert selectors.standing(clerk, firm, metrics=metrics)[0].checked_by == ""
    services.check_observation(by=a_director(name="刘主任"), observation_id=first.pk)
    assert selectors.standing(clerk, firm, metrics=metrics)[0].checked_by == "刘主任"


def test_a_metric_that_becomes_restricted_disappears_at_once() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    officer = an_account(Role.WINDOW_OFFICER)
    first = an_entry(clerk, firm, "120")
    metrics = [first.metric.code]
    assert selectors.standing(officer, firm, metrics=metrics)
    models.Metric.objects.filter(pk=first.metric_id).update(sensitivity="restricted")
    assert not selectors.standing(officer, firm, metrics=metrics)
    assert selectors.standing(clerk, firm, metrics=metrics)


def test_metrics_that_change_places_are_noticed() -> None:
    """1 + 4 = 2 + 3: which metrics are restricted changes, the sum and the count of their numbers do not."""
    first = models.Metric.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = [models.Metric.objects.create(pk=first + n, code=f"place_{n}").pk for n in (1, 2, 3, 4)]
    for outer, inner in (("restricted", "internal"), ("internal", "restricted")):
        with transaction.atomic():
            models.Metric.objects.filter(pk__in=(made[0], made[3])).update(sensitivity=outer)
            models.Metric.objects.filter(pk__in=(made[1], made[2])).update(sensitivity=inner)
        assert asked_twice("places") == 1


def test_readers_with_other_rights_have_other_keys() -> None:
    here, there = a_statistician(), a_statistician(("daqing",))
    assert rights(here) == rights(a_statistician())
    assert len({rights(here), rights(there), rights(a_director()), rights(an_account(Role.AUDITOR))}) == 4


def test_what_an_export_asks_is_neither_kept_nor_taken() -> None:
    assert asked_twice("kept") == 1
    with not_remembered():
        assert asked_twice("kept") == 2
        assert asked_twice("only here") == 2
    assert asked_twice("only here") == 1
