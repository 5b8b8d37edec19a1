"""How often one may fail at the door: one name, one address, and how long one waits (登录限次)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.utils import timezone

from gaoxin.web.accounts.addresses import client_address
from gaoxin.web.environment import networks
from tests.web.accounts.test_signing_in import knock
from tests.web.builders import a_statistician

pytestmark = pytest.mark.django_db


def failures(
    count: int, *, name: str = "somebody", minutes_ago: float = 0, address: str = "127.0.0.1"
) -> None:
    """So many failures of a name; the last of them so long ago."""
    row = AccessAttempt.objects.create(
        username=name,
        ip_address=address,
        user_agent="",
        failures_since_start=count,
        path_info="/",
        http_accept="",
    )
    at = timezone.now() - timedelta(minutes=minutes_ago)
    AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=at)


def test_many_names_tried_from_one_address_lock_the_address(client: Client) -> None:
    clerk = a_statistician()
    for number in range(7):  # 7 · 4 = 28 failures: no name has five
        failures(4, name=f"guess-{number}")
    assert knock(client, "guess-8", "不对").status_code == 422  # the 29th
    thirtieth = knock(client, "guess-9", "不对")
    assert thirtieth.status_code == 429
    assert "这个网络地址输错次数太多" in thirtieth.content.decode()
    assert knock(client, clerk.username).status_code == 429  # nobody there gets in meanwhile
    assert knock(Client(REMOTE_ADDR="10.0.0.9"), clerk.username).status_code == 302


def test_a_locked_address_is_told_how_long_to_wait(client: Client) -> None:
    failures(20, name="first", minutes_ago=10)  # forgotten 15 - 10 = 5 minutes from now: 11 are left
    failures(11, name="second", minutes_ago=1)
    answer = knock(client, "third", "不对")
    assert answer.status_code == 429
    assert "5 分钟后再试" in answer.content.decode()
    assert answer["Retry-After"] == "300"


def test_failures_of_more_than_a_quarter_of_an_hour_ago_are_forgotten(client: Client) -> None:
    clerk = a_statistician()
    failures(40, minutes_ago=16)
    assert knock(client, clerk.username).status_code == 302


def test_trying_again_during_a_lock_does_not_lengthen_it(client: Client) -> None:
    failures(5, name="chen", minutes_ago=12)  # 15 - 12 = 3 minutes are left
    for _ in range(2):
        answer = knock(client, "chen", "不对")
        assert (answer.status_code, answer["Retry-After"]) == (429, "180")
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_who_gets_in_does_not_clear_what_was_tried_for_others(client: Client) -> None:
    clerk = a_statistician()
    for number in range(7):
        failures(4, name=f"guess-{number}")
    assert knock(client, clerk.username).status_code == 302
    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 28


@pytest.mark.parametrize(
    ("peer", "claimed", "found"),
    [
        ("127.0.0.1", "10.9.9.9, 10.0.0.66", "10.0.0.66"),  # the proxy wrote the last one
        ("127.0.0.1", "10.0.0.66, 192.168.1.7", "10.0.0.66"),  # two proxies of ours
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1, <script>", "127.0.0.1"),
        ("203.0.113.5", "10.0.0.66", "203.0.113.5"),  # no proxy of ours: only a claim
        ("127.0.0.1", "2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::"),  # one subscriber, one address
        ("127.0.0.1", "::ffff:10.0.0.66", "10.0.0.66"),
        ("", "10.0.0.66", None),
    ],
)
def test_the_address_is_the_last_that_is_no_proxy_of_ours(
    settings, peer: str, claimed: str, found: str | None
) -> None:
    settings.BEHIND_PROXY = True
    settings.TRUSTED_PROXIES = networks("NONE", default="127.0.0.0/8 192.168.1.0/24", environ={})
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": claimed})
    assert client_address(request) == found
