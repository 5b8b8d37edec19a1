"""A zone is judged from a snapshot: one transaction, dated changes, the same again gives the same."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility import services
from gaoxin.web.eligibility.models import Run, Standing, State
from gaoxin.web.eligibility.work import evaluate_once
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import a_correction, a_statistician, an_account, an_enterprise, an_entry, zone

pytestmark = pytest.mark.django_db
VERDICTS = ("pass", "fail", "unknown", "pending_expert")
DAY = date(2026, 11, 23)


def test_a_firm_of_which_nothing_is_known_is_open_under_a_size_rule() -> None:
    firm = an_enterprise()
    freeze_ledger()
    run = services.evaluate(zone(), on=DAY)
    standing = Standing.objects.get(subject=firm, rule="ABOVE", until=None)
    assert (run.state, standing.verdict, standing.since) == (State.DONE, "unknown", run)
    assert standing.missing
    assert standing.not_met == []


def test_judging_the_same_again_changes_nothing() -> None:
    an_enterprise()
    freeze_ledger()
    first = services.evaluate(zone(), on=DAY)
    rows = Standing.objects.count()
    assert services.evaluate(zone(), on=DAY) == first
    assert Standing.objects.count() == rows


def test_a_new_figure_closes_what_it_changes_and_nothing_else() -> None:
    # 3 people leave TSME open; 9,999 people are more than the 500 the text allows
    firm, clerk = an_enterprise(), a_statistician()
    people = an_entry(clerk, firm, "3", metric="staff_total_avg", unit="人", period="2025")
    freeze_ledger()
    first = services.evaluate(zone(), on=DAY)
    a_correction(clerk, people, "9999")
    freeze_ledger()
    second = services.evaluate(zone(), on=DAY)
    old, new = Standing.objects.filter(subject=firm, rule="TSME").order_by("pk")
    assert (old.verdict, old.since, old.until) == ("unknown", first, second)
    assert (new.verdict, new.since, new.until) == ("fail", second, None)
    untouched = Standing.objects.get(subject=firm, rule="HNTE")
    assert (untouched.since, untouched.until) == (first, None)


def test_every_rule_in_force_is_counted_and_the_act_is_in_the_record() -> None:
    an_enterprise(), an_enterprise()
    freeze_ledger()
    run = services.evaluate(zone(), on=DAY)
    firms = run.card["enterprises"]
    for rule in run.rules:
        verdicts = {name: count for name, count in run.counts[rule].items() if name in VERDICTS}
        assert sum(verdicts.values()) == firms
    assert AuditEvent.objects.get(action="eligibility.evaluate").target == str(run.pk)


def test_policies_of_other_places_are_not_applied_to_a_real_zone() -> None:
    an_enterprise(), an_enterprise(zone="sandbox")
    freeze_ledger()
    assert "C9" not in services.evaluate(zone("weifang"), on=DAY).rules
    assert "C9" in services.evaluate(zone("sandbox"), on=DAY).rules


def test_a_zone_has_the_policies_of_its_province_and_its_neighbour_has_not() -> None:
    freeze_ledger()
    assert "GAZ-SD" in services.evaluate(zone("weifang"), on=DAY).rules
    assert "GAZ-SD" not in services.evaluate(zone("chuxiong"), on=DAY).rules


def test_an_earlier_day_is_not_written_over_a_later_one() -> None:
    freeze_ledger()
    services.evaluate(zone(), on=DAY)
    with pytest.raises(services.EvaluationRefused):
        services.evaluate(zone(), on=date(2026, 1, 5))


def test_the_worker_does_what_was_asked_once() -> None:
    freeze_ledger()
    officer = an_account(Role.SCIENCE_OFFICER)
    run = services.request_evaluation(by=officer, zone=zone())
    with pytest.raises(MoveRefused):
        services.request_evaluation(by=officer, zone=zone())
    assert evaluate_once("tester")
    run.refresh_from_db()
    assert (run.state, run.worker, run.made_by) == (State.DONE, "", officer)
    assert not evaluate_once("tester")


def test_a_refused_evaluation_says_why_and_leaves_the_standings() -> None:
    freeze_ledger()
    services.evaluate(zone(), on=date(2099, 1, 5))
    run = services.request_evaluation(by=an_account(Role.SCIENCE_OFFICER), zone=zone())
    before = list(Standing.objects.values_list("pk", "until"))
    assert evaluate_once("tester")
    run.refresh_from_db()
    assert (run.state, run.worker) == (State.FAILED, "")
    assert "更早" in run.error_zh
    assert list(Standing.objects.values_list("pk", "until")) == before


def test_who_is_of_another_zone_or_only_reads_cannot_ask() -> None:
    freeze_ledger()
    with pytest.raises(NotFound):
        services.request_evaluation(by=an_account(Role.SCIENCE_OFFICER, ("daqing",)), zone=zone())
    with pytest.raises(PermissionDenied):
        services.request_evaluation(by=an_account(Role.AUDITOR), zone=zone())
    assert not Run.objects.exists()


def test_an_evaluation_takes_the_same_statements_for_any_number_of_firms(
    django_assert_max_num_queries,
) -> None:
    for _ in range(12):
        an_enterprise()
    freeze_ledger()
    with django_assert_max_num_queries(14 if connection.vendor == "sqlite" else 18):
        services.evaluate(zone(), on=DAY)
