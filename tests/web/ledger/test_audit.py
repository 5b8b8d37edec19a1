"""Every act leaves its trace, in the same transaction; an act that is undone leaves none (审计)."""

from __future__ import annotations

import pytest
from django.db import transaction

from gaoxin.core.errors import FactError
from gaoxin.web.ledger import models, services
from tests.web.builders import (
    OPEN,
    a_correction,
    a_director,
    a_statistician,
    an_enterprise,
    an_entry,
    zone,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


def last() -> models.AuditEvent:
    return models.AuditEvent.objects.latest("pk")


def test_each_way_of_writing_has_its_trace() -> None:
    clerk, chief, firm = a_statistician(name="陈敏"), a_director(name="周正"), an_enterprise()
    row = an_entry(clerk, firm, "120")
    assert (last().action, last().by, last().by_name, last().role) == (
        "observation.record", clerk, "陈敏", "statistician",
    )  # fmt: skip
    assert (last().subject, last().zone, last().target) == (firm, zone(), str(row.pk))
    assert last().detail == {
        "metric": "revenue", "period": "2024", "figure": "level", "number": 120_000_000, "text": None,
    }  # fmt: skip

    services.check_observation(by=chief, observation_id=row.pk)
    assert (last().action, last().by_name) == ("observation.check", "周正")

    new = a_correction(clerk, row, "140", reason="原表串行")
    assert last().action == "observation.correct"
    assert (last().detail["old"], last().detail["reason"]) == (row.pk, "原表串行")

    rival = an_entry(clerk, firm, "150")
    services.rule_conflict(by=chief, stands=new.pk, reason="年鉴为准")
    assert (last().action, last().detail) == (
        "conflict.rule", {"reason": "年鉴为准", "among": sorted([new.pk, rival.pk])},
    )  # fmt: skip

    services.withdraw_batch(by=clerk, batch_id=rival.batch_id, reason="重复")
    assert (last().action, last().zone, last().target) == ("batch.withdraw", zone(), str(rival.batch_id))
    assert models.AuditEvent.objects.filter(by__in=(clerk, chief)).count() == 6


def test_what_is_done_to_a_zone_is_done_in_that_zone() -> None:
    an_entry(a_statistician(), zone(), "500", metric=OPEN, unit="亿元")
    assert (last().subject, last().zone) == (zone(), zone())


def test_an_act_that_is_refused_leaves_no_trace() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    row = an_entry(clerk, firm)
    before = models.AuditEvent.objects.count()
    with pytest.raises(FactError):
        a_correction(clerk, row, "120")
    assert models.AuditEvent.objects.count() == before


def test_an_act_that_is_undone_takes_its_trace_along() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    before = models.AuditEvent.objects.count()
    with transaction.atomic():
        an_entry(clerk, firm)
        transaction.set_rollback(True)
    assert models.AuditEvent.objects.count() == before
    assert not models.Observation.objects.filter(subject=firm).exists()


def test_looking_at_a_firm_and_taking_it_out_are_written_down(signed_in: SignedIn) -> None:
    clerk, firm = a_statistician(), an_enterprise()
    an_entry(clerk, firm)
    browser = signed_in(clerk)
    assert browser.get(f"/subjects/{firm.code}/").status_code == 200
    assert (last().action, last().target) == ("subject.view", firm.code)
    for address, action in (
        (f"/subjects/{firm.code}/export.xlsx", "export.subject"),
        ("/subjects/export.xlsx", "export.subjects"),
        ("/zones/weifang/export.xlsx", "export.zone"),
        ("/checks/export.xlsx", "export.checks"),
    ):
        assert browser.get(address).status_code == 200, address
        assert (last().action, last().zone, last().by) == (action, zone(), clerk)
        assert last().detail["rows"] > 0


def test_a_name_is_kept_as_it_was_on_that_day() -> None:
    clerk = a_statistician(name="陈敏")
    an_entry(clerk, an_enterprise())
    clerk.display_name = "陈敏敏"
    clerk.save()
    assert last().by_name == "陈敏"
