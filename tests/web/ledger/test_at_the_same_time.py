"""Two people, one figure: exactly one of them is first, on either database."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from gaoxin.web.accounts.models import User
from gaoxin.web.errors import MoveRefused
from gaoxin.web.imports import services as imports
from gaoxin.web.imports.tenure import claim
from gaoxin.web.ledger import models, services
from gaoxin.web.ledger.moments import last_moment
from tests.web.builders import a_correction, a_source, a_statistician, an_enterprise, an_entry
from tests.web.imports.workbooks import a_firm, a_return, checked, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave or raised, all begun at the same moment on connections of their own."""
    outcomes: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def one(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes[place] = act()
        except Exception as problem:
            outcomes[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_of_two_corrections_one_is_told_who_was_first() -> None:
    clerks = [a_statistician(name=name) for name in ("陈敏", "李明")]
    old = an_entry(clerks[0], an_enterprise(), "120")
    acts = [
        lambda by=by, value=value: a_correction(by, old, value)
        for by, value in zip(clerks, ("130", "140"), strict=True)
    ]
    outcomes = at_once(*acts)
    refused = [outcome for outcome in outcomes if isinstance(outcome, MoveRefused)]
    made = [outcome for outcome in outcomes if isinstance(outcome, models.Observation)]
    assert (len(made), len(refused)) == (1, 1), outcomes
    assert f"已由{made[0].batch.by_name}于" in refused[0].zh
    assert models.Supersession.objects.filter(old=old).count() == 1


def test_of_two_entries_of_one_source_one_is_refused() -> None:
    clerks = [a_statistician(), a_statistician()]
    firm, paper = an_enterprise(), a_source()

    def enter(by: User) -> models.Observation:
        return an_entry(by, firm, "120", source=paper)

    outcomes = at_once(*[lambda by=by: enter(by) for by in clerks])
    assert sum(isinstance(outcome, models.Observation) for outcome in outcomes) == 1, outcomes


def test_moments_are_given_out_in_the_order_of_commits() -> None:
    clerks = [a_statistician() for _ in range(4)]
    firms = [an_enterprise() for _ in clerks]
    before = last_moment()

    def many(by: User, firm: models.Subject) -> None:
        for year in range(2015, 2020):
            an_entry(by, firm, "120", period=str(year))

    outcomes = at_once(*[lambda pair=pair: many(*pair) for pair in zip(clerks, firms, strict=True)])
    assert outcomes == [None] * 4
    moments = list(models.Batch.objects.filter(at__gt=before).order_by("pk").values_list("at", flat=True))
    assert len(moments) == len(set(moments)) == 20


def test_run_is_claimed_once() -> None:
    run = uploaded(a_return([a_firm("甲厂")]))
    held = at_once(*[lambda name=name: claim(name, only=run) for name in ("a", "b", "c")])
    assert sum(tenure is not None for tenure in held) == 1, held


def test_accept_is_pressed_once() -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm("甲厂")]), clerk)
    outcomes = at_once(*[lambda: imports.start_accept(by=clerk, run_id=run.pk) for _ in range(2)])
    assert sum(isinstance(outcome, MoveRefused) for outcome in outcomes) == 1, outcomes


def test_batch_is_withdrawn_by_one_of_two() -> None:
    clerks = [a_statistician(), a_statistician()]
    made = an_entry(clerks[0], an_enterprise(), "120")
    outcomes = at_once(
        *[
            lambda by=by: services.withdraw_batch(by=by, batch_id=made.batch_id, reason="填错了")
            for by in clerks
        ]
    )
    assert sum(isinstance(outcome, MoveRefused) for outcome in outcomes) == 1, outcomes
