"""Pages that stand on an older text of a rule say so, and offer a new evaluation to who may."""

from __future__ import annotations

import pytest

from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.outdated import rules_changed, rules_left
from tests.web.builders import an_account
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import HERE, Policy, a_policy

pytestmark = pytest.mark.django_db
STORED = (
    "/policies/near/?zone=sandbox",
    "/policies/near/C9/library/?zone=sandbox",
    "/policies/rules/C9/?zone=sandbox",
)


@pytest.fixture
def held() -> Policy:
    return a_policy()


def test_an_evaluation_by_the_texts_of_today_is_not_outdated(held: Policy) -> None:
    assert rules_changed(held.run) == ()
    assert rules_left(held.run) == held.run.rules


def test_another_text_and_a_rule_that_went_are_noticed(held: Policy) -> None:
    held.run.card["rules"] |= {"C9": "0123456789abcdef", "GONE": "0"}
    held.run.card["rules"].pop("HNTE")
    held.run.rules.append("GONE")
    assert rules_changed(held.run) == ("C9", "GONE", "HNTE")
    assert "GONE" not in rules_left(held.run)


def test_an_evaluation_without_editions_claims_nothing(held: Policy) -> None:
    held.run.card.pop("rules")
    assert rules_changed(held.run) == ()


@pytest.fixture
def older(held: Policy, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """As if C9 had read otherwise when the zone was judged."""
    known = rules_changed

    def changed(run: Run) -> tuple[str, ...]:
        return (*known(run), "C9")

    monkeypatch.setattr("gaoxin.web.eligibility.outdated.rules_changed", changed)
    return held


@pytest.mark.parametrize("address", STORED)
def test_stored_verdicts_are_said_to_be_of_the_older_text(
    signed_in: SignedIn, older: Policy, address: str
) -> None:
    page = signed_in(older.officer).get(address).content.decode()
    assert "规则已更新，结果按旧版" in page
    assert "研发增量（海南）" in page
    assert "重新判定</button>" in page


def test_a_board_says_that_it_goes_by_the_new_text(signed_in: SignedIn, older: Policy) -> None:
    page = signed_in(older.officer).get("/policies/near/C9/?zone=sandbox").content.decode()
    assert "规则已更新：这页按新规则算，整区判定还是旧版" in page
    other = signed_in(older.officer).get("/policies/near/HNTE/?zone=sandbox").content.decode()
    assert "规则已更新" not in other


def test_who_may_not_ask_for_an_evaluation_sees_no_button(signed_in: SignedIn, older: Policy) -> None:
    page = signed_in(an_account(Role.AUDITOR, HERE)).get(STORED[0]).content.decode()
    assert "规则已更新，结果按旧版" in page
    assert "重新判定</button>" not in page
