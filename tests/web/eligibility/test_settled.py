"""The clauses of an enterprise settled together: one matter once, line by line, nothing hidden told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility.judged import judge_all
from gaoxin.web.eligibility.known import known_of
from gaoxin.web.eligibility.settled import Settled, settled
from gaoxin.web.ledger.models import Subject
from tests.web.builders import a_statistician, an_account, an_enterprise, an_entry, zone
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import CERTIFICATE, DAY, HERE

pytestmark = pytest.mark.django_db


def a_firm(paid: str | None = "[]") -> Subject:
    """A certificate, R&D from 400 to 500 万元: C9 pays 30 % of 100; C11 asks for 8 % growth or more."""
    firm, clerk = an_enterprise("增研电子", "sandbox"), a_statistician(HERE)
    an_entry(clerk, firm, "400", metric="rd_tax", unit="万元", period="2024")
    an_entry(clerk, firm, "500", metric="rd_tax", unit="万元", period="2025")
    an_entry(clerk, firm, CERTIFICATE, metric="titles", unit="", period="2025-12-31")
    if paid is not None:
        an_entry(clerk, firm, paid, metric="benefits_paid", unit="", period="2025-12-31")
    return firm


def settlement(firm: Subject, role: Role = Role.SCIENCE_OFFICER, lang: str = "zh") -> Settled:
    reader = an_account(role, HERE)
    known = known_of(reader, firm, DAY)
    return settled(judge_all(known, zone("sandbox"), lang), known)


def page(signed_in: SignedIn, firm: Subject, role: Role = Role.SCIENCE_OFFICER) -> str:
    browser = signed_in(an_account(role, HERE))
    address = reverse("eligibility", args=[firm.code.partition("/")[2]])
    return browser.get(f"{address}?on={DAY}").content.decode()


def test_a_clause_that_is_met_is_counted_with_its_reckoning() -> None:
    told = settlement(a_firm())
    line = next(one for one in told.lines if one.id == "C9")
    assert line.counted == "30 万元"
    assert line.example  # of another place, which applies in the practice zone alone
    assert any("可得 30 万元" in reason for reason in line.reasons)


def test_the_sum_is_that_of_the_settlement_and_no_addition_of_its_own() -> None:
    told = settlement(a_firm())
    assert told.settlement.total.low == sum(line.counted.low for line in told.settlement.lines)
    assert told.line_of("C9").counted.low == 30 * 10_000 * 100
    assert len(told.lines) + told.failing == len(told.settlement.lines)


def test_a_deduction_is_no_line() -> None:
    assert "RDDED" not in {line.rule for line in settlement(a_firm()).settlement.lines}


def test_what_was_paid_and_is_not_known_is_said() -> None:
    assert settlement(a_firm(None)).unknown_paid
    assert not settlement(a_firm()).unknown_paid


def test_the_page_tells_the_settlement_line_by_line(signed_in: SignedIn) -> None:
    told = page(signed_in, a_firm())
    assert 'id="gx-settled"' in told
    assert "怎么算的" in told
    assert "税收扣除不是到手的钱，不在其中" in told


def test_missing_figures_are_named_in_the_language_of_the_page() -> None:
    told = settlement(a_firm(), lang="en")
    said = " ".join(reason for line in told.lines for reason in line.reasons)
    assert "missing" in said
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in said)
