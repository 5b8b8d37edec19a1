"""Titles that run out: judged with the zone, kept with the evaluation, told beside the calendar."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction

from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility import services
from gaoxin.web.eligibility.models import RenewalOutlook, Run
from gaoxin.web.eligibility.outlook import outlooks, renewal_rule
from gaoxin.web.eligibility.residents import residents
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.models import Subject
from tests.web.builders import a_statistician, an_account, an_enterprise, an_entry, zone
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import DAY, HERE

pytestmark = pytest.mark.django_db


def a_title(until: str) -> str:
    return f'{{"kind": "tsme", "cert_no": "2025001", "valid_from": "2025-12-31", "valid_to": "{until}"}}'


@pytest.fixture
def firms() -> dict[str, Subject]:
    """Two technology SMEs whose entry runs out at the year's end, one of them with more than 500 people; a
    third has one that lasts.
    """
    clerk, found = a_statistician(HERE), {}
    for name, people, until in (
        ("大所软件", "9999", "2026-12-31"),
        ("未报软件", None, "2026-12-31"),
        ("长效软件", "30", "2028-12-31"),
    ):
        firm = found[name] = an_enterprise(name, "sandbox")
        an_entry(clerk, firm, a_title(until), metric="titles", unit="", period="2025-12-31")
        if people is not None:
            an_entry(clerk, firm, people, metric="staff_total_avg", unit="人", period="2025")
    freeze_ledger()
    return found


@pytest.fixture
def run(firms: dict[str, Subject]) -> Run:
    return services.evaluate(zone("sandbox"), on=DAY)


def test_an_evaluation_keeps_what_it_found_of_titles_that_run_out(run: Run) -> None:
    kept = {row.subject.name: (row.rule, row.verdict, row.not_met) for row in run.renewals.all()}
    assert set(kept) == {"大所软件", "未报软件"}
    rule, verdict, not_met = kept["大所软件"]
    assert (rule, verdict) == ("TSME", "fail")
    assert not_met
    assert kept["未报软件"][1] == "unknown"
    assert run.card["renewals"]["tsme"] == run.card["rules"]["TSME"]


def test_an_older_evaluation_is_asked_anew_on_its_own_facts(run: Run) -> None:
    stored = outlooks(run, residents(run), "tsme")
    run.card.pop("renewals")
    assert outlooks(run, residents(run), "tsme") == stored


def test_where_the_texts_do_not_say_nobody_is_judged(run: Run) -> None:
    assert renewal_rule(residents(run), "zjtx") is None
    assert outlooks(run, residents(run), "zjtx") == {}


def test_the_calendar_says_whether_the_renewal_would_pass(
    signed_in: SignedIn, run: Run, firms: dict[str, Subject]
) -> None:
    browser = signed_in(an_account(Role.SCIENCE_OFFICER, HERE))
    page = browser.get("/policies/titles/?zone=sandbox&kind=tsme&month=2026-12").content.decode()
    assert "复核预判" in page
    code = firms["大所软件"].code.partition("/")[2]
    assert f"/subjects/enterprise/{code}/eligibility/?open=TSME#row-TSME" in page
    assert "长效软件" not in page
    answer = browser.get("/policies/titles/export.xlsx?zone=sandbox&kind=tsme&month=2026-12")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    head = next(row for row in rows if row[0] == "企业")
    told = {str(row[0])[:4]: row[head.index("复核预判")] for row in rows[rows.index(head) + 1 :] if row[0]}
    assert told["大所软件"] == "不符合"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE eligibility_renewaloutlook SET verdict = 'pass'",
        "DELETE FROM eligibility_renewaloutlook",
    ],
)
def test_what_was_said_of_a_renewal_is_never_rewritten(run: Run, statement: str) -> None:
    assert RenewalOutlook.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_page_of_the_firm_says_whether_the_renewal_would_pass(
    signed_in: SignedIn, firms: dict[str, Subject]
) -> None:
    browser = signed_in(an_account(Role.SCIENCE_OFFICER, HERE))
    code = firms["大所软件"].code.partition("/")[2]
    page = browser.get(f"/subjects/enterprise/{code}/eligibility/?on={DAY}").content.decode()
    assert "按现在的数，复核不符合" in page
