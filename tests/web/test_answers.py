"""What every answer carries, sound or not: policy, number, language; errors told in words (应答、错误页)."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client

from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import a_director, a_statistician, an_auditor, an_enterprise, an_entry, zone
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self' data:", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'", "object-src 'none'",
}  # fmt: skip


def policy_of(answer) -> set[str]:
    return {part.strip() for part in answer["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sign-in/", 200),
        ("/", 302),
        ("/healthz", 200),
        ("/no-such-page", 404),
        ("/static/gx/base.css", 200),
    ],
)
def test_every_answer_to_a_stranger_carries_the_policy(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert policy_of(answer) == POLICY
    assert answer["X-Request-Id"]


def test_error_pages_carry_the_policy_and_speak_chinese(signed_in: SignedIn, settings) -> None:
    browser = signed_in(a_director())
    for address, status, words in (
        ("/no-such-page", 404, "没有找到"),
        ("/subjects/enterprise/nobody/", 404, "没有找到"),
        ("/data/enter/", 403, "权限"),
    ):
        answer = browser.get(address)
        assert answer.status_code == status, address
        assert policy_of(answer) == POLICY
        assert words in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-store"


def test_a_foreign_host_is_refused_with_the_policy(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert policy_of(answer) == POLICY
    assert "evil.example" not in answer.content.decode()


def test_a_refused_token_is_told_in_chinese_with_the_policy() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert policy_of(answer) == POLICY
    assert "刷新" in answer.content.decode()


def test_our_own_fault_is_told_in_chinese_with_a_number(client: Client, signed_in: SignedIn) -> None:
    """A table that is gone stands for every bug of ours."""
    browser = signed_in(a_director())
    browser.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_source RENAME TO ledger_source_gone")
    with transaction.atomic():  # PostgreSQL accepts nothing more until the failed part is undone
        answer = browser.get("/sources/")
        transaction.set_rollback(True)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert policy_of(answer) == POLICY
    assert answer["X-Request-Id"] in page
    assert "ledger_source" not in page
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_source_gone RENAME TO ledger_source")


def test_a_script_gets_its_refusal_as_json(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician())
    answer = browser.get("/subjects/enterprise/nobody/", headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json() == {
        "code": "not_found",
        "zh": "没有找到，或您无权查看。",
        "en": "Not found, or not yours to see.",
        "request_id": answer["X-Request-Id"],
    }


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=%00",
        "/subjects/?q=a%00b",
        "/subjects/enterprise/a%00b/",
        "/sources/a%00/",
        "/compare/?zones=%00",
    ],
)
def test_a_null_byte_in_an_address_is_a_bad_request_not_our_fault(signed_in: SignedIn, address: str) -> None:
    browser = signed_in(a_statistician())
    browser.raise_request_exception = False
    assert browser.get(address).status_code == 400


@pytest.mark.parametrize("number", ["²", "٣", "9" * 30, "9" * 5000, "-1", ""])
def test_a_page_after_no_row_begins_anew_or_is_empty_and_is_not_our_fault(
    signed_in: SignedIn, number: str
) -> None:
    clerk = a_statistician(("chuxiong",))
    figure = an_entry(clerk, zone("chuxiong"), "500", metric="gdp", unit="亿元")
    assert signed_in(clerk).get(f"/sources/{figure.source.code}/?after={number}").status_code == 200
    assert signed_in(an_auditor(("chuxiong",))).get(f"/audit/?after={number}").status_code == 200


@pytest.mark.parametrize("code", ["a.b", "weifang", "nowhere", "高新"])
def test_the_other_address_of_a_zone_leads_to_its_page_or_nowhere(signed_in: SignedIn, code: str) -> None:
    browser = signed_in(a_statistician(("chuxiong",)))
    assert browser.get(f"/subjects/zone/{code}/").status_code == 404
    assert browser.get("/subjects/zone/chuxiong/")["Location"] == "/zones/chuxiong/"


def test_a_number_given_by_a_stranger_is_not_taken(client: Client, settings) -> None:
    assert client.get("/healthz", headers={"x-request-id": "12345678"})["X-Request-Id"] != "12345678"
    settings.BEHIND_PROXY = True
    assert client.get("/healthz", headers={"x-request-id": "12345678"})["X-Request-Id"] == "12345678"
    assert client.get("/healthz", headers={"x-request-id": "<b>"})["X-Request-Id"] != "<b>"


def test_an_act_is_found_by_the_number_of_its_request(signed_in: SignedIn) -> None:
    firm = an_enterprise()
    answer = signed_in(a_statistician()).get(f"/subjects/{firm.code}/")
    assert answer.status_code == 200
    event = AuditEvent.objects.get(action="subject.view")
    assert (event.request_id, event.target) == (answer["X-Request-Id"], firm.code)


def test_pages_are_chinese_unless_english_was_chosen(client: Client) -> None:
    assert client.get("/sign-in/", headers={"accept-language": "en"})["Content-Language"] == "zh-hans"
    client.post("/language/", {"language": "en", "next": "//evil.example"})
    answer = client.get("/sign-in/")
    assert answer["Content-Language"] == "en"
    assert "Cookie" in answer["Vary"]


def test_choosing_a_language_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_refusal_in_the_log_carries_the_number_of_the_page(client: Client, caplog) -> None:
    from gaoxin.web.logs import RequestFilter

    # a server says it; on one's own machine the screen stays quiet
    caplog.set_level("WARNING", logger="django.request")
    answer = client.get("/no-such-page")
    [record] = [line for line in caplog.records if line.name == "django.request"]
    RequestFilter().filter(record)
    assert record.request_id == answer["X-Request-Id"]


def test_a_body_over_the_upload_limit_is_refused_unread(signed_in: SignedIn, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    browser = signed_in(a_statistician())
    answer = browser.post("/data/imports/", b"x" * 2_000_000, content_type="application/octet-stream")
    assert answer.status_code == 422
    assert "超过上限" in answer.content.decode()
