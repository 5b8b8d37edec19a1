"""What was found out about a doubt: named, reasoned, gone from the desk, open again once a number changes."""

from __future__ import annotations

import re

import pytest

from gaoxin.web.ledger.models import AuditEvent, Observation
from tests.web.builders import a_correction, a_director, a_statistician
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
HERE = ("chuxiong",)
CHECKS = "/checks/?zone=chuxiong"


def keys(body: str) -> list[str]:
    return re.findall(r'name="key" value="([0-9a-f]{32})"', body)


def test_a_finding_is_answered_with_name_and_reason_and_waits_no_longer(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE, name="陈敏"))
    first = keys(browser.get(CHECKS).content.decode())
    assert first
    told = {"key": first[0], "kind": "explained", "reason": "口径不同，园区含托管区"}
    body = browser.post("/checks/answer?zone=chuxiong", told, follow=True).content.decode()
    assert "口径不同，园区含托管区" in body
    assert "陈敏" in body
    assert first[0] not in keys(body)
    assert AuditEvent.objects.get(action="doubt.answer").detail["kind"] == "explained"


@pytest.mark.parametrize("told", [{"kind": "explained"}, {"reason": "查过"}, {"kind": "x", "reason": "查过"}])
def test_an_answer_needs_a_result_and_grounds(signed_in: SignedIn, told: dict[str, str]) -> None:
    browser = signed_in(a_statistician(HERE))
    (key, *_) = keys(browser.get(CHECKS).content.decode())
    browser.post("/checks/answer?zone=chuxiong", {"key": key, **told})
    assert not AuditEvent.objects.filter(action="doubt.answer").exists()


def test_a_question_of_a_source_leaves_the_desk_once_it_is_answered(signed_in: SignedIn) -> None:
    browser = signed_in(a_director(HERE))
    desk = browser.get("/desk/?zone=chuxiong").content.decode()
    asked = re.findall(r'href="(/observations/(\d+)/)"', desk)
    address, number = asked[0]
    browser.post(f"/data/answered/{number}/", {"kind": "confirmed", "reason": "问过招商局，是新认定"})
    assert "问过招商局，是新认定" in browser.get(address).content.decode()
    assert address not in browser.get("/desk/?zone=chuxiong").content.decode()
    row = Observation.objects.get(pk=number)
    if row.text is None:
        a_correction(a_statistician(HERE), row, "987654")
        assert "问过招商局" not in browser.get("/desk/?zone=chuxiong").content.decode()
