"""Signing in and out: lock-out, sessions, destinations (登录)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.services import close_account
from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import PASSWORD, a_director, a_statistician, an_account
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
DOOR = "/sign-in/"


def knock(browser: Client, username: str, password: str = PASSWORD, **more: str):
    return browser.post(DOOR, {"username": username, "password": password, **more})


def test_the_right_password_opens_and_is_written_down(client: Client) -> None:
    clerk = a_statistician()
    answer = knock(client, clerk.username)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    event = AuditEvent.objects.get(action="account.sign_in")
    assert (event.by, event.role) == (clerk, "statistician")


def test_a_wrong_password_is_refused_in_chinese(client: Client) -> None:
    answer = knock(client, a_statistician().username, "错了错了")
    assert answer.status_code == 422
    assert "账号或密码不对" in answer.content.decode()


def test_wrong_name_wrong_password_and_closed_account_get_the_same_answer(client: Client) -> None:
    open_, closed = a_statistician(), an_account(Role.STATISTICIAN, is_active=False)
    told = []
    for name, password in ((open_.username, "不对"), (closed.username, PASSWORD), ("nobody", "不对")):
        answer = knock(client, name, password)
        body = answer.content.decode().replace(name, "NAME")
        told.append((answer.status_code, _without_token(body)))
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("exists", [True, False])
def test_five_failures_lock_the_door_whether_or_not_there_is_such_an_account(
    client: Client, exists: bool
) -> None:
    name = a_statistician().username if exists else "nobody-of-that-name"
    statuses = [knock(client, name, "不对").status_code for _ in range(4)]
    assert statuses == [422] * 4
    fifth = knock(client, name, "不对")
    assert fifth.status_code == 429
    assert "输错次数太多" in fifth.content.decode()
    assert knock(client, name).status_code == 429  # the right password no longer helps


def test_the_lock_is_for_one_name_only(client: Client) -> None:
    locked, other = a_statistician(), a_statistician()
    for _ in range(5):
        knock(client, locked.username, "不对")
    assert knock(client, other.username).status_code == 302


def test_behind_a_proxy_nobody_locks_out_others_and_nobody_hides(client: Client, settings) -> None:
    """The proxy adds the true address at the end of the list; what stands before it is only claimed."""
    settings.BEHIND_PROXY = True
    clerk = a_statistician()
    for number in range(5):
        browser = Client(headers={"x-forwarded-for": f"10.9.9.{number}, 10.0.0.66"})
        last = knock(browser, clerk.username, "不对")
    assert last.status_code == 429
    assert knock(Client(headers={"x-forwarded-for": "10.0.0.7"}), clerk.username).status_code == 302
    assert knock(Client(headers={"x-forwarded-for": "<script>"}), clerk.username).status_code == 302


def test_without_a_proxy_a_claimed_address_does_not_help(client: Client) -> None:
    clerk = a_statistician()
    for number in range(5):
        last = knock(Client(headers={"x-forwarded-for": f"10.9.9.{number}"}), clerk.username, "不对")
    assert last.status_code == 429


def test_a_success_clears_the_count(client: Client) -> None:
    clerk = a_statistician()
    for _ in range(4):
        knock(client, clerk.username, "不对")
    assert knock(client, clerk.username).status_code == 302
    client.logout()
    assert knock(client, clerk.username, "不对").status_code == 422


def test_signing_in_gives_a_new_session(client: Client) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["gaoxin_session"] = before = session.session_key
    knock(client, a_statistician().username)
    assert client.cookies["gaoxin_session"].value != before
    assert (
        not Client(headers={"cookie": f"gaoxin_session={before}"}).get("/").wsgi_request.user.is_authenticated
    )


def test_signing_out_ends_the_session_and_is_written_down(signed_in: SignedIn) -> None:
    browser = signed_in(a_director())
    kept = browser.cookies["gaoxin_session"].value
    answer = browser.post("/sign-out/")
    assert (answer.status_code, answer["Location"]) == (302, DOOR)
    assert Client(headers={"cookie": f"gaoxin_session={kept}"}).get("/").status_code == 302
    assert AuditEvent.objects.filter(action="account.sign_out").count() == 1


def test_signing_out_needs_a_post(signed_in: SignedIn) -> None:
    assert signed_in(a_director()).get("/sign-out/").status_code == 405


def test_a_closed_account_is_out_at_once(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    browser = signed_in(clerk)
    assert browser.get("/data/").status_code == 200
    close_account(by=an_account(Role.ADMINISTRATOR), username=clerk.username)
    assert browser.get("/data/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "\\\\evil.example", "/\\evil.example", "http:///evil.example",
        "javascript:alert(1)", "\thttps://evil.example", "https:evil.example", "http://testserver@evil.example/",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    assert knock(client, a_statistician().username, next=elsewhere)["Location"] == "/"
    assert client.get(DOOR, {"next": elsewhere})["Location"] == "/"


def test_signing_in_leads_back_to_where_one_wanted_to_go(client: Client) -> None:
    asked = client.get("/data/conflicts/")
    assert asked["Location"] == "/sign-in/?next=/data/conflicts/"
    assert knock(client, a_statistician().username, next="/data/conflicts/")["Location"] == "/data/conflicts/"


def test_the_door_needs_a_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    clerk = a_statistician()
    assert knock(strict, clerk.username).status_code == 403
    assert not AuditEvent.objects.filter(action="account.sign_in").exists()


def test_nothing_but_the_door_and_health_is_open_to_strangers(client: Client) -> None:
    for name in (
        "home",
        "compare",
        "subjects",
        "sources",
        "data",
        "enter",
        "conflicts",
        "checks",
        "search",
        "audit",
    ):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"].startswith(DOOR)) == (302, True), name


# --- the demonstration


def test_without_demo_mode_there_is_no_role_picker(client: Client) -> None:
    an_account(Role.DIRECTOR, username="demo-director")
    page = client.get(DOOR).content.decode()
    assert "/sign-in/as/" not in page
    assert client.post("/sign-in/as/director/").status_code == 404
    assert client.get("/").status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_in_demo_mode_a_role_is_a_click_away(client: Client) -> None:
    an_account(Role.DIRECTOR, username="demo-director")
    assert "/sign-in/as/director/" in client.get(DOOR).content.decode()
    assert client.get("/sign-in/as/director/").status_code == 405
    answer = client.post("/sign-in/as/director/", {"next": "//evil.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert AuditEvent.objects.get(action="account.sign_in").detail == {"demo": True}
    assert client.post("/sign-in/as/mayor/").status_code == 422


@pytest.mark.usefixtures("demonstration")
def test_changing_the_role_in_the_demonstration_leaves_nothing_of_the_former(client: Client) -> None:
    for role in (Role.DIRECTOR, Role.APPLICANT):
        an_account(role, username=f"demo-{role}")
    client.post("/sign-in/as/director/")
    first = client.cookies["gaoxin_session"].value
    client.post("/sign-in/as/applicant/")
    assert client.cookies["gaoxin_session"].value != first
    assert client.get("/audit/").status_code == 403


@pytest.mark.usefixtures("demonstration")
def test_demo_accounts_have_no_password_and_survive_a_second_start() -> None:
    from gaoxin.web.accounts.demo import create_demo_accounts

    first = create_demo_accounts()
    assert create_demo_accounts().keys() == first.keys()
    assert all(not account.has_usable_password() for account in first.values())
    assert User.objects.filter(username__startswith="demo-").count() == len(first)


@pytest.mark.usefixtures("demonstration")
def test_accounts_opened_in_a_demonstration_do_not_end_it() -> None:
    from gaoxin.web.accounts.demo import create_demo_accounts, real_accounts
    from gaoxin.web.accounts.services import open_account

    create_demo_accounts()
    open_account(by=None, username="wang", role=Role.DIRECTOR, display_name="王", password=PASSWORD)
    assert real_accounts() == 0
    an_account(Role.DIRECTOR, username="demo-real")
    assert real_accounts() == 1


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_of_an_earlier_version_is_known_by_names_without_passwords() -> None:
    from gaoxin.web.accounts.demo import create_demo_accounts, real_accounts

    create_demo_accounts()
    User.objects.update(opened_in_demo=False)
    assert real_accounts() == 0
    User.objects.filter(username="demo-director").update(password="md5$x$y")
    assert real_accounts() == 1


def test_demo_accounts_are_not_made_outside_demo_mode() -> None:
    from gaoxin.web.accounts.demo import create_demo_accounts
    from gaoxin.web.accounts.services import AccountError

    with pytest.raises(AccountError, match="不是演示模式"):
        create_demo_accounts()
    assert not User.objects.exists()


def _without_token(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
