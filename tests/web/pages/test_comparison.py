"""Zones side by side: the reason stands where figures may not be set against each other (园区对比)."""

from __future__ import annotations

import re

import pytest

from gaoxin.web.accounts.models import Role
from tests.web.builders import an_account
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
ZONES = ("weifang", "daqing", "chuxiong")
ROW = r"<tr><th scope=\"row\">{}.*?</tr>"


def compared(signed_in: SignedIn, metric: str, name: str) -> str:
    browser = signed_in(an_account(Role.AUDITOR, ZONES))
    body = browser.get(f"/compare/?metric={metric}").content.decode()
    found = re.search(ROW.format(name), body, re.DOTALL)
    assert found is not None, body[:500]
    return found[0]


def test_clauses_of_different_policies_are_not_compared(signed_in: SignedIn) -> None:
    row = compared(signed_in, "policy_clauses", "政策条数")
    assert "各区是不同政策的条数，多少不表示优劣" in row
    assert "同口径、同时期" not in row


def test_high_tech_enterprises_of_one_day_are_compared(signed_in: SignedIn) -> None:
    row = compared(signed_in, "high_tech_enterprises", "高新技术企业")
    assert "多少不表示优劣" not in row
