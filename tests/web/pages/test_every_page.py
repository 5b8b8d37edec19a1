"""Every page, asked for by every role: allowed or refused in words, never our fault (全部岗位、全部页面)."""

from __future__ import annotations

import pytest
from django.test import Client

from gaoxin.web.accounts.models import Role
from tests.web.builders import a_statistician, an_account, an_enterprise_user
from tests.web.conftest import SignedIn
from tests.web.pages.addresses import a_world, address, names

pytestmark = pytest.mark.django_db
ANSWERS = {200, 302, 403, 404, 405, 409, 422}

# What a role must be able to open, and what it must not; everything else only must not fail.
OPEN = {
    Role.DIRECTOR: {
        "zone",
        "metric",
        "compare",
        "subjects",
        "figure",
        "checks",
        "conflict",
        "data",
        "desk",
        "objection",
        "papers",
        "paper",
        "proposals",
    },
    Role.STATISTICIAN: {
        "zone",
        "enter",
        "correct",
        "conflicts",
        "imports",
        "import",
        "subjects",
        "checks",
        "paper",
    },
    Role.AUDITOR: {
        "papers",
        "paper",
        "zone",
        "audit",
        "eligibility",
        "rules",
        "rule",
        "figure",
        "objection",
        "subjects",
        "checks",
    },
    Role.ADMINISTRATOR: {"zone", "audit", "data", "accounts", "account", "account-new"},
    Role.BANK_USER: {"zone", "metric", "compare", "objections"},
    Role.APPLICANT: {"zone", "metric"},
    Role.WINDOW_OFFICER: {"zone", "subjects", "subject", "eligibility", "rules"},
}
SHUT = {
    Role.DIRECTOR: {"enter", "correct", "imports", "import", "audit", "accounts", "account"},
    Role.SCIENCE_OFFICER: {"objection", "correct", "paper", "paper-figure", "paper-comments"},
    Role.STATISTICIAN: {"audit", "objection-new", "accounts", "account", "account-new"},
    Role.AUDITOR: {"enter", "correct", "imports", "conflict", "withdraw", "paper-new"},
    Role.ADMINISTRATOR: {
        "papers",
        "paper",
        "eligibility",
        "subjects",
        "subject",
        "enter",
        "correct",
        "imports",
    },
    Role.BANK_USER: {
        "papers",
        "paper",
        "eligibility",
        "rules",
        "rule",
        "subjects",
        "subject",
        "checks",
        "data",
        "imports",
        "audit",
        "zone-export",
        "enter",
    },
    Role.APPLICANT: {
        "papers",
        "paper",
        "eligibility",
        "rules",
        "rule",
        "subjects",
        "subject",
        "checks",
        "data",
        "imports",
        "audit",
        "zone-export",
        "enter",
    },
    Role.WINDOW_OFFICER: {"zone-export", "subjects-export", "checks", "imports", "audit", "papers", "paper"},
}


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ENTERPRISE_USER])
def test_every_page_answers_every_role(signed_in: SignedIn, role: str) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    browser = signed_in(an_account(role, ("chuxiong",)))
    told = {name: browser.get(address(name, world)).status_code for name in names()}
    assert {name: status for name, status in told.items() if status not in ANSWERS} == {}
    assert {name for name in OPEN.get(Role(role), ()) if told[name] != 200} == set()
    assert {name for name in SHUT.get(Role(role), ()) if told[name] not in (403, 404)} == set()


def test_an_enterprise_user_sees_the_own_firm_and_nothing_else(signed_in: SignedIn) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    browser = signed_in(an_enterprise_user(world.enterprise))
    told = {name: browser.get(address(name, world)).status_code for name in names()}
    assert {name: status for name, status in told.items() if status not in ANSWERS} == {}
    assert {name for name, status in told.items() if status == 200} <= {
        "subject",
        "figure",
        "card",
        "search",
        "home",
        "own-password",
        "objections",
        "objection-new",
        "eligibility",
        "eligibility-export",
        "eligibility-ways",
        "rules",
        "rule",
    }
    assert told["eligibility"] == told["rule"] == 200
    assert told["subject"] == told["figure"] == 200
    assert told["zone"] in (403, 404)


def test_without_signing_in_every_page_leads_to_the_door(client: Client) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    for name in names():
        answer = client.get(address(name, world))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/sign-in/"), name


def test_a_page_of_another_zone_does_not_exist(signed_in: SignedIn) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    stranger = signed_in(a_statistician(("weifang",)))
    for name in (
        "zone",
        "subject",
        "figure",
        "card",
        "correct",
        "conflict",
        "import",
        "withdraw",
        "zone-export",
        "eligibility",
        "eligibility-export",
        "eligibility-ways",
        "paper",
        "paper-figure",
        "paper-comments",
        "paper-compare",
    ):
        assert stranger.get(address(name, world)).status_code == 404, name


def test_pages_that_change_something_refuse_to_be_asked_for_by_a_link(signed_in: SignedIn) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    browser = signed_in(a_statistician(("chuxiong",)))
    for name in (
        "check-figure",
        "import-move",
        "import-decide",
        "import-column",
        "import-settings",
        "paper-decide",
    ):
        assert browser.get(address(name, world)).status_code == 405, name


def test_a_page_has_one_heading_a_title_and_a_way_past_the_frame(signed_in: SignedIn) -> None:
    world = a_world(a_statistician(("chuxiong",)))
    browser = signed_in(a_statistician(("chuxiong",)))
    for name in names():
        answer = browser.get(address(name, world))
        body = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
        if answer.status_code != 200 or "<!doctype html>" not in body or "Content-Disposition" in answer:
            continue
        assert body.count("<h1") == 1, name
        assert "<title></title>" not in body, name
        assert 'href="#main"' in body, name
        assert "style=" not in body.replace("gx-style=", ""), name
        assert "<script>" not in body, name
