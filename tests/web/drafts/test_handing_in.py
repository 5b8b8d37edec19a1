"""From a file or a pasted text to a checked draft: what is read, kept, and held against which facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gaoxin.reading.papers import PaperError
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.drafts import selectors, services
from gaoxin.web.drafts.facts import facts_for
from gaoxin.web.drafts.models import Checking, Draft, Pending
from gaoxin.web.drafts.services import DraftRefused
from gaoxin.web.drafts.work import check_once
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.imports.files import file_path
from gaoxin.web.ledger.models import AuditEvent
from tests.reading.paper_builders import a_pdf, a_word_file
from tests.web.builders import (
    INTERNAL,
    RESTRICTED,
    a_correction,
    a_source,
    a_statistician,
    an_account,
    an_enterprise,
    an_entry,
    zone,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
# One figure of 2031 is in the ledger: GDP of the zone, 170 亿元.
TEXT = "潍坊高新区2031年情况\n2031年，潍坊高新区实现地区生产总值{}亿元。\n"
DAY = date(2032, 2, 1)


def with_gdp(by: User) -> None:
    an_entry(by, zone(), "170", metric="gdp", unit="亿元", period="2031", source=a_source("公报"))


def handed_in(**given: Any) -> Checking:
    """The first check of a draft that is handed in."""
    return selectors.checking_of(services.hand_in(**given))


def verdicts(checking: Checking) -> dict[str, str]:
    return {row.quote: row.verdict for row in selectors.figures(checking)}


def test_a_pasted_text_is_checked_against_the_facts_of_its_zone() -> None:
    clerk = a_statistician()
    with_gdp(clerk)
    right = handed_in(by=clerk, zone=zone(), text=TEXT.format("170"), published=DAY)
    wrong = handed_in(by=clerk, zone=zone(), text=TEXT.format("180"), published=DAY)
    assert verdicts(right) == {"170亿元": "match"}
    assert verdicts(wrong) == {"180亿元": "mismatch"}
    assert wrong.figures.get().new == "170亿元"
    assert (right.draft.title, right.draft.kind) == ("潍坊高新区2031年情况", "txt")
    assert file_path(right.draft.sha256).read_bytes() == TEXT.format("170").encode()


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt"])
def test_files_of_every_kind_give_the_same_figures(kind: str) -> None:
    clerk = a_statistician()
    with_gdp(clerk)
    lines = TEXT.format("180").splitlines()
    data = {
        "docx": a_word_file(*lines),
        "pdf": a_pdf(lines),
        "txt": TEXT.format("180").encode("gb18030"),
    }[kind]
    made = handed_in(by=clerk, zone=zone(), data=data, file_name=f"C:\\稿\\汇报.{kind}", published=DAY)
    assert verdicts(made) == {"180亿元": "mismatch"}
    assert (made.draft.kind, made.draft.file_name) == (kind, f"汇报.{kind}")
    assert file_path(made.draft.sha256).read_bytes() == data
    row = made.figures.get()
    assert made.draft.text[row.start : row.end] == "180亿元"


def test_a_file_that_is_no_draft_leaves_nothing_behind() -> None:
    clerk = a_statistician()
    for data, name in ((b"\x89PNG\r\n\x1a\n123", "扫描.png"), (a_pdf([]), "扫描.pdf"), (b"", "空.txt")):
        with pytest.raises(PaperError):
            services.hand_in(by=clerk, zone=zone(), data=data, file_name=name)
    with pytest.raises(DraftRefused, match="粘贴"):
        services.hand_in(by=clerk, zone=zone(), text=" \n ")
    with pytest.raises(PaperError, match="超过上限 200,000"):
        services.hand_in(by=clerk, zone=zone(), text="产" * 200_001)
    assert not Draft.objects.exists()
    assert not AuditEvent.objects.filter(action__startswith="draft.").exists()


def test_the_day_of_publication_is_given_or_written_in_the_text_or_today() -> None:
    clerk = a_statistician()

    def day(text: str, given: date | None = None) -> date:
        return handed_in(by=clerk, zone=zone(), text=text, published=given).published

    body = "今年新增企业12家。\n"
    assert day(body, date(2020, 5, 6)) == date(2020, 5, 6)
    assert day(f"情况\n发布日期：2019年7月8日\n{body}") == date(2019, 7, 8)
    assert day(body) == date.today()


def test_checking_again_uses_the_facts_of_now_and_keeps_the_old_check() -> None:
    clerk = a_statistician()
    obs = an_entry(clerk, zone(), "170", metric="gdp", unit="亿元", period="2031", source=a_source("公报"))
    first = handed_in(by=clerk, zone=zone(), text=TEXT.format("180"), published=DAY)
    a_correction(clerk, obs, "180", unit="亿元")
    again = services.check_again(by=clerk, draft_id=first.draft_id)
    assert again is not None
    assert (first.number, again.number) == (1, 2)
    assert (verdicts(first), verdicts(again)) == ({"180亿元": "mismatch"}, {"180亿元": "match"})
    assert [(one.before, one.now) for one in selectors.changed(first, again)] == [("mismatch", "match")]
    assert again.known is not None
    assert first.known is not None
    assert again.known > first.known


def test_only_a_zone_of_the_account_takes_drafts() -> None:
    with pytest.raises(NotFound):
        services.hand_in(by=a_statistician(), zone=zone("daqing"), text=TEXT.format("1"))


# --- which facts


def test_invented_facts_never_speak_about_a_real_draft() -> None:
    clerk = a_statistician(("weifang", "sandbox"))
    real, invented = facts_for(clerk, zone(), "").base, facts_for(clerk, zone("sandbox"), "").base
    assert "zone/sandbox" not in real.subjects
    assert {code for code in invented.subjects if code.startswith("zone/")} == {"zone/sandbox"}
    assert not any(obs.status == "synthetic" for obs in real.observations())


def test_enterprises_come_in_only_by_name_and_without_restricted_figures() -> None:
    clerk = a_statistician()
    firm, other = an_enterprise("潍坊滨海重工"), an_enterprise("潍坊河畔机械")
    for one in (firm, other):
        an_entry(clerk, one, "120", metric=INTERNAL)
        an_entry(clerk, one, "70", metric=RESTRICTED, unit="分")
    base = facts_for(clerk, zone(), "潍坊滨海重工2024年营业收入120万元。").base
    found = [
        (obs.subject, obs.metric) for obs in base.observations() if obs.subject.startswith("enterprise/")
    ]
    assert found == [(firm.code, INTERNAL)]


def test_figures_of_a_zone_of_somebody_else_are_no_evidence() -> None:
    clerk = a_statistician(("daqing",))
    an_entry(clerk, zone("daqing"), "170", metric="gdp", unit="亿元", period="2031", source=a_source("公报"))
    base = facts_for(an_account(Role.SCIENCE_OFFICER), zone(), "大庆高新区").base
    assert not any(obs.subject == "zone/daqing" for obs in base.observations())


# --- the form


def test_the_form_takes_a_file_and_leads_to_the_checked_draft(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    with_gdp(clerk)
    file = SimpleUploadedFile("汇报.docx", a_word_file(*TEXT.format("180").splitlines()))
    answer = signed_in(clerk).post(
        "/drafts/new/?zone=weifang", {"file": file, "text": "", "published": "2032-02-01", "shared": "1"}
    )
    made = Draft.objects.get()
    assert answer["Location"] == f"/drafts/{made.pk}/"
    assert (made.shared, made.published) == (True, DAY)


def test_a_refused_file_is_told_on_the_form_and_the_text_stays(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician())
    file = SimpleUploadedFile("旧稿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    answer = browser.post("/drafts/new/?zone=weifang", {"file": file, "text": "写好的几句", "published": ""})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "另存为" in body
    assert "写好的几句" in body
    empty = browser.post("/drafts/new/?zone=weifang", {"text": "", "published": "不是日期"})
    assert empty.status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BANK_USER, Role.APPLICANT, Role.WINDOW_OFFICER])
def test_the_form_is_for_those_who_write(signed_in: SignedIn, role: str) -> None:
    assert signed_in(an_account(role)).get("/drafts/new/").status_code == 403


# --- long ones, by the worker


LONG = TEXT.format("180") + "没有数字的一段话，只是为了长。\n" * 1_400  # 15 characters each: over 20,000


def test_a_long_draft_waits_for_the_worker(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    with_gdp(clerk)
    draft = services.hand_in(by=clerk, zone=zone(), text=LONG, published=DAY)
    browser = signed_in(clerk)
    assert not draft.checkings.exists()
    assert "正在核对" in browser.get(f"/drafts/{draft.pk}/").content.decode()
    assert "正在核对" in browser.get("/drafts/?zone=weifang").content.decode()
    assert "HX-Refresh" not in browser.get(f"/drafts/{draft.pk}/state")
    assert browser.get(f"/drafts/{draft.pk}/comments.docx").status_code == 404
    with pytest.raises(MoveRefused, match="正在核对"):
        services.check_again(by=clerk, draft_id=draft.pk)
    assert check_once("test")
    assert not check_once("test")
    assert verdicts(selectors.checking_of(draft)) == {"180亿元": "mismatch"}
    assert browser.get(f"/drafts/{draft.pk}/state")["HX-Refresh"] == "true"
    assert services.check_again(by=clerk, draft_id=draft.pk) is None
    body = browser.get(f"/drafts/{draft.pk}/").content.decode()
    assert 'id="working"' in body  # the old check stays readable meanwhile
    assert "180亿元" in body


def test_a_check_that_a_dead_worker_left_is_begun_again_and_given_up_in_the_end() -> None:
    clerk = a_statistician()
    draft = services.hand_in(by=clerk, zone=zone(), text=LONG, published=DAY)
    long_ago = timezone.now() - timedelta(hours=1)
    Pending.objects.update(worker="gone", lease_until=long_ago, attempts=1)
    assert check_once("test")
    assert draft.checkings.count() == 1
    services.check_again(by=clerk, draft_id=draft.pk)
    Pending.objects.update(worker="gone", lease_until=timezone.now() + timedelta(minutes=5))
    assert not check_once("test")  # another one is at it
    Pending.objects.update(lease_until=long_ago, attempts=3)
    assert not check_once("test")
    held = Pending.objects.get()
    assert held.failed
    assert "中断了 3 次" in held.error_zh
    assert services.check_again(by=clerk, draft_id=draft.pk) is None
    assert check_once("test")
    assert draft.checkings.count() == 2


def test_a_check_for_somebody_who_was_let_go_is_not_done_and_says_so() -> None:
    clerk = a_statistician()
    draft = services.hand_in(by=clerk, zone=zone(), text=LONG, published=DAY)
    clerk.is_active = False
    clerk.save()
    assert check_once("test")
    held = Pending.objects.get()
    assert held.failed
    assert "停用" in held.error_zh
    assert not draft.checkings.exists()
