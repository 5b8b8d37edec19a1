"""What a page costs does not grow with what it shows (查询次数)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gaoxin.web.accounts.models import User
from gaoxin.web.ledger.models import Subject
from tests.web.builders import a_source, a_statistician, an_enterprise, an_entry, zone
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
HERE = ("chuxiong",)


def asked(browser: Client, address: str) -> int:
    """How many queries the page needs once the process is warm."""
    browser.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def more_firms(clerk: User, count: int) -> None:
    source = a_source()
    for number in range(count):
        firm = an_enterprise(f"第{number}机械", "chuxiong")
        for metric, unit in (("revenue", "万元"), ("rd_book", "万元"), ("staff_year_end", "人")):
            an_entry(clerk, firm, "120", metric=metric, unit=unit, source=source)


def more_figures(clerk: User, count: int) -> None:
    source = a_source(zone="chuxiong")
    for year in range(1990, 1990 + count):
        an_entry(clerk, zone("chuxiong"), "100", metric="gdp", unit="亿元", period=str(year), source=source)


def more_disputes(clerk: User, count: int) -> None:
    one, other = a_source(), a_source()
    for number in range(count):
        firm = an_enterprise(f"第{number}机械", "chuxiong")
        an_entry(clerk, firm, "120", source=one)
        an_entry(clerk, firm, "340", source=other)


@pytest.mark.parametrize(
    ("address", "grow"),
    [
        ("/zones/chuxiong/", more_figures),
        ("/zones/chuxiong/metrics/gdp/", more_figures),
        ("/compare/", more_figures),
        ("/checks/?zone=chuxiong", more_figures),
        ("/subjects/?zone=chuxiong", more_firms),
        ("/data/?zone=chuxiong", more_firms),
        ("/data/conflicts/?zone=chuxiong", more_disputes),
        ("/desk/?zone=chuxiong", more_disputes),
        ("/search?q=jx", more_firms),
        ("/sources/?zone=chuxiong", more_figures),
    ],
)
def test_more_rows_need_no_more_queries(
    signed_in: SignedIn, address: str, grow: Callable[[User, int], None]
) -> None:
    clerk = a_statistician(HERE)
    browser = signed_in(clerk)
    grow(clerk, 2)
    few = asked(browser, address)
    grow(clerk, 12)
    many = asked(browser, address)
    assert many <= few + 1, (few, many)
    assert many <= 60


def test_the_list_is_read_page_by_page(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE)
    for number in range(53):
        an_enterprise(f"机械{number:02d}", "chuxiong")
    browser = signed_in(clerk)
    first = browser.get("/subjects/?zone=chuxiong").content.decode()
    assert first.count("data-row") == 50
    after = first[first.index("after=") + 6 :].split('"')[0].split("&")[0]
    second = browser.get(f"/subjects/?zone=chuxiong&after={after}").content.decode()
    assert (
        second.count("data-row")
        == Subject.objects.filter(kind="enterprise", zone=zone("chuxiong")).count() - 50
    )
    shown = {part.split("<")[0] for body in (first, second) for part in body.split('/">机械')[1:]}
    assert len(shown) == 53  # nobody twice, nobody left out


def test_the_rows_alone_come_back_while_typing(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE)
    more_firms(clerk, 2)
    answer = signed_in(clerk).get(
        "/subjects/?zone=chuxiong&q=第1", headers={"HX-Request": "true", "HX-Target": "rows"}
    )
    body = answer.content.decode()
    assert "<html" not in body
    assert body.count("data-row") == 1


@pytest.mark.parametrize(
    "query", ["sort=nonsense", "after=xxx", "sort=gdp@2021", "period=某年", "col=nonsense"]
)
def test_a_tampered_list_answers_in_words(signed_in: SignedIn, query: str) -> None:
    clerk = a_statistician(HERE)
    more_firms(clerk, 1)
    answer = signed_in(clerk).get(f"/subjects/?zone=chuxiong&{query}")
    assert answer.status_code in (200, 404, 422)
