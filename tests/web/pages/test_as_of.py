"""A page as the ledger stood on a day: later corrections, entries and withdrawals are not seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.builders import a_correction, a_source, a_statistician, an_enterprise, an_entry
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
HERE = ("chuxiong",)


def test_a_firm_is_shown_as_it_was_known_that_evening(signed_in: SignedIn) -> None:
    clerk, firm = a_statistician(HERE), an_enterprise(zone="chuxiong")
    row = an_entry(clerk, firm, "120", source=a_source(zone="chuxiong"))
    a_correction(clerk, row, "777")
    browser, address = signed_in(clerk), f"/subjects/{firm.code}/"
    now = browser.get(address).content.decode()
    assert "777" in now
    assert "按某日所知" in now
    today = timezone.localtime(row.batch.at).date()
    assert "777" in browser.get(f"{address}?known={today}").content.decode()
    before = browser.get(f"{address}?known={today - timedelta(days=1)}").content.decode()
    assert f"以下按 {today - timedelta(days=1)} 所知" in before
    assert "还没有它的数" in before


@pytest.mark.parametrize("address", ["/zones/chuxiong/", "/zones/chuxiong/metrics/gdp/"])
def test_zone_and_metric_say_as_of_which_day_they_speak(signed_in: SignedIn, address: str) -> None:
    browser = signed_in(a_statistician(HERE))
    told = browser.get(f"{address}?known=2199-12-31&period=2021").content.decode()
    assert "以下按 2199-12-31 所知" in told
    assert "299.54" in told
    assert "299.54" not in browser.get(f"{address}?known=1999-01-01&period=2021").content.decode()


@pytest.mark.parametrize("asked", ["abc", "2026-02-30", "0001-01-01", "9999-12-31", "２０２６-03-31"])
def test_what_is_no_day_is_answered_in_words(signed_in: SignedIn, asked: str) -> None:
    answer = signed_in(a_statistician(HERE)).get("/zones/chuxiong/", {"known": asked})
    assert answer.status_code in (200, 404)


def test_an_export_says_the_day(signed_in: SignedIn) -> None:
    answer = signed_in(a_statistician(HERE)).get("/zones/chuxiong/metrics/gdp/export.xlsx?known=2199-12-31")
    assert answer.status_code == 200
