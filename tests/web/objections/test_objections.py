"""Somebody who reads a figure says that it is wrong, and a statistician answers (异议)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from gaoxin.core.errors import FactError
from gaoxin.core.visible import InvisibleSign
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import selectors as ledger
from gaoxin.web.ledger import services
from gaoxin.web.ledger.models import AuditEvent, Observation, Subject
from gaoxin.web.objections import selectors
from gaoxin.web.objections.models import Answer, Objection
from gaoxin.web.objections.services import accept, accept_with_correction, raise_objection, refuse
from tests.web.builders import (
    OPEN,
    RESTRICTED,
    a_correction,
    a_director,
    a_source,
    a_statistician,
    an_account,
    an_enterprise,
    an_enterprise_user,
    an_entry,
    zone,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
OBJECTORS = [role for role in Role.values if role != Role.STATISTICIAN]
FIX = {"value": "140", "reason_code": "mistake", "reason": "按审计报告改"}


def a_reader(role: str, figure_of: Subject) -> User:
    return an_enterprise_user(figure_of) if role == Role.ENTERPRISE_USER else an_account(role)


def an_objection(by: User, obs: Observation, reason: str = "审计报告是 140 万元") -> Objection:
    return raise_objection(by=by, observation_id=obs.pk, reason=reason)


def acts() -> list[str]:
    rows = AuditEvent.objects.filter(action__startswith="objection.").order_by("pk")
    return list(rows.values_list("action", flat=True))


# --- who may object


@pytest.mark.parametrize("role", OBJECTORS)
def test_who_may_read_a_figure_and_not_correct_it_may_object(role: str) -> None:
    clerk, firm = a_statistician(), an_enterprise()
    is_firm = role == Role.ENTERPRISE_USER
    obs = (
        an_entry(clerk, firm) if is_firm else an_entry(clerk, zone(), metric=OPEN, unit="亿元", period="2031")
    )
    reader = a_reader(role, firm)
    made = an_objection(reader, obs)
    assert (made.by, made.role, made.zone, made.observation) == (reader, role, zone(), obs)
    event = AuditEvent.objects.get(action="objection.raise")
    assert (event.by, event.zone, event.target) == (reader, zone(), str(obs.pk))
    assert event.detail["reason"] == "审计报告是 140 万元"


def test_a_statistician_corrects_instead() -> None:
    clerk = a_statistician()
    with pytest.raises(PermissionDenied):
        an_objection(clerk, an_entry(clerk, an_enterprise()))


def test_what_one_may_not_read_one_may_not_object_to() -> None:
    clerk, firm, other = a_statistician(), an_enterprise(), an_enterprise()
    obs = an_entry(clerk, firm)
    secret = an_entry(clerk, firm, "70", metric=RESTRICTED, unit="分")
    for reader, row in (
        (an_enterprise_user(other), obs),  # another firm
        (an_account(Role.BANK_USER), obs),  # no firm at all
        (an_account(Role.SCIENCE_OFFICER, ("daqing",)), obs),  # another zone
        (an_account(Role.SCIENCE_OFFICER), secret),  # not this figure
    ):
        with pytest.raises(NotFound):
            an_objection(reader, row)
    assert not Objection.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_an_objection_needs_a_reason(reason: str) -> None:
    obs = an_entry(a_statistician(), an_enterprise())
    with pytest.raises(FactError, match="写明理由"):
        an_objection(a_director(), obs, reason)


def test_a_hidden_sign_in_a_reason_is_refused() -> None:
    obs = an_entry(a_statistician(), an_enterprise())
    with pytest.raises(InvisibleSign):
        an_objection(a_director(), obs, "错\u202e了")


def test_one_open_objection_for_each_person_and_figure() -> None:
    obs, head, clerk = an_entry(a_statistician(), an_enterprise()), a_director(), a_statistician()
    first = an_objection(head, obs)
    with pytest.raises(FactError, match="还在处理"):
        an_objection(head, obs)
    an_objection(an_account(Role.AUDITOR), obs)
    refuse(by=clerk, objection_id=first.pk, reason="和公报一致")
    assert an_objection(head, obs).pk != first.pk


def test_an_evidence_is_a_document_the_reader_may_cite() -> None:
    obs, head = an_entry(a_statistician(), an_enterprise()), a_director()
    paper = a_source("审计报告", "weifang")
    made = raise_objection(
        by=head, observation_id=obs.pk, reason="错", source=paper.code, evidence="第 12 页"
    )
    assert (made.source, made.evidence) == (paper, "第 12 页")
    elsewhere = a_source("别区的文件", "daqing")
    with pytest.raises(FactError, match="没有编号"):
        raise_objection(by=a_director(), observation_id=obs.pk, reason="错", source=elsewhere.code)


# --- answers


def test_a_refusal_says_why_and_changes_no_figure() -> None:
    clerk, head = a_statistician(name="陈敏"), a_director()
    obs = an_entry(clerk, an_enterprise())
    held = an_objection(head, obs)
    with pytest.raises(FactError, match="写明理由"):
        refuse(by=clerk, objection_id=held.pk, reason=" ")
    answer = refuse(by=clerk, objection_id=held.pk, reason="和报表一致")
    assert (answer.accepted, answer.reason, answer.by_name) == (False, "和报表一致", "陈敏")
    assert ledger.figure(head, obs.pk).observation_id == obs.pk
    assert acts() == ["objection.raise", "objection.refuse"]
    with pytest.raises(MoveRefused, match="陈敏 已在"):
        refuse(by=a_statistician(), objection_id=held.pk, reason="再答一次")


def test_an_accepted_objection_brings_its_correction_in_one_transaction() -> None:
    clerk, head = a_statistician(), a_director()
    obs = an_entry(clerk, an_enterprise(), "120")
    held = an_objection(head, obs)
    with pytest.raises(FactError):  # no change: neither correction nor answer
        accept_with_correction(by=clerk, objection_id=held.pk, **(FIX | {"value": "120", "unit": "万元"}))
    assert not Answer.objects.exists()
    new = accept_with_correction(by=clerk, objection_id=held.pk, **FIX)
    answer = Answer.objects.get()
    assert (answer.accepted, answer.observation, answer.reason) == (True, new, "按审计报告改")
    assert ledger.figure(head, obs.pk).observation_id == new.pk
    assert acts() == ["objection.raise", "objection.accept"]
    assert AuditEvent.objects.filter(action="observation.correct").count() == 1


def test_nothing_is_accepted_without_effect() -> None:
    clerk, head = a_statistician(), a_director()
    obs = an_entry(clerk, an_enterprise())
    held = an_objection(head, obs)
    with pytest.raises(FactError, match="还是原来的"):
        accept(by=clerk, objection_id=held.pk, reason="对")
    new = a_correction(clerk, obs, "140")
    assert accept(by=clerk, objection_id=held.pk, reason="已更正").observation == new


def test_a_withdrawn_figure_and_a_ruling_are_effects_too() -> None:
    clerk, head, firm = a_statistician(), a_director(), an_enterprise()
    gone = an_entry(clerk, firm, "120", period="2023")
    held = an_objection(head, gone)
    services.withdraw_batch(by=clerk, batch_id=gone.batch_id, reason="重复")
    assert accept(by=clerk, objection_id=held.pk, reason="已撤回").observation is None
    one, two = an_entry(clerk, firm, "120"), an_entry(clerk, firm, "140")
    asked = an_objection(an_account(Role.AUDITOR), one)
    services.rule_conflict(by=clerk, stands=two.pk, reason="以年报为准")
    assert accept(by=clerk, objection_id=asked.pk, reason="已裁定").observation == two


def test_only_statisticians_of_the_zone_answer() -> None:
    obs = an_entry(a_statistician(), an_enterprise())
    held = an_objection(a_director(), obs)
    for role in OBJECTORS:
        with pytest.raises(PermissionDenied):
            refuse(by=an_account(role), objection_id=held.pk, reason="不对")
    with pytest.raises(NotFound):
        refuse(by=a_statistician(("daqing",)), objection_id=held.pk, reason="不对")


def test_an_objection_to_one_figure_accepts_no_correction_of_another() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    obs, other = an_entry(clerk, firm), an_entry(clerk, firm, period="2023")
    held = an_objection(a_director(), obs)
    with pytest.raises(FactError, match="不是这个数"):
        accept_with_correction(by=clerk, objection_id=held.pk, observation_id=other.pk, **FIX)


# --- who sees what


def test_an_objection_is_seen_by_who_raised_it_and_who_answers_or_audits() -> None:
    firm = an_enterprise()
    owner = an_enterprise_user(firm)
    held = an_objection(owner, an_entry(a_statistician(), firm))

    def sees(reader: User) -> bool:
        return [one.pk for one in selectors.objections(reader)[0]] == [held.pk]

    assert sees(owner)
    for role in (Role.STATISTICIAN, Role.DIRECTOR, Role.AUDITOR):
        assert sees(an_account(role)), role
        assert not sees(an_account(role, ("daqing",))), role
    for role in (Role.SCIENCE_OFFICER, Role.BANK_USER, Role.APPLICANT, Role.ADMINISTRATOR):
        assert not sees(an_account(role)), role
    assert not sees(an_enterprise_user(an_enterprise()))


def test_an_objection_to_a_region_waits_in_every_zone_that_lies_in_it() -> None:
    """Shandong (370000) holds Weifang (370700), and the zone of Weifang with it."""
    obs = Observation.objects.filter(subject__code="region/370000").first()
    assert obs is not None
    held = an_objection(a_director(), obs)
    assert held.zone is None
    assert list(selectors.waiting(a_statistician(), zone())) == [held]
    assert list(selectors.waiting(a_statistician(("chuxiong",)), zone("chuxiong"))) == []
    assert list(selectors.waiting(a_director(), zone())) == []
    assert refuse(by=a_statistician(), objection_id=held.pk, reason="和公报一致").accepted is False


# --- pages


def test_from_the_figure_to_the_answer(signed_in: SignedIn) -> None:
    clerk, firm = a_statistician(name="陈敏"), an_enterprise("滨海机械")
    obs = an_entry(clerk, firm, "120", source=a_source("月报", "weifang"))
    owner, desk = signed_in(an_enterprise_user(firm)), signed_in(clerk)
    for page in (f"/observations/{obs.pk}/", f"/observations/{obs.pk}/card"):
        assert f"/observations/{obs.pk}/objection/" in owner.get(page).content.decode()
        assert f"/observations/{obs.pk}/objection/" not in desk.get(page).content.decode()
    assert owner.post(f"/observations/{obs.pk}/objection/", {"reason": ""}).status_code == 422
    sent = owner.post(
        f"/observations/{obs.pk}/objection/", {"reason": "应为 140 万元", "evidence": "审计报告"}
    )
    address = sent["Location"]
    held = Objection.objects.get()
    assert "待答复" in owner.get(address).content.decode()

    for page in ("/desk/?zone=weifang", "/data/conflicts/?zone=weifang", "/objections/"):
        assert "应为 140 万元" in desk.get(page).content.decode(), page
    fix = f"/data/correct/{obs.pk}/?objection={held.pk}"
    assert fix in desk.get(address).content.decode()
    assert "应为 140 万元" in desk.get(fix).content.decode()
    form = {"op": "=", "value": "140", "unit": "万元", "reason_code": "mistake", "reason": "审计数为准",
            "source": obs.source.code}  # fmt: skip
    assert desk.post(fix, form | {"step": "preview"}).status_code == 200
    assert desk.post(fix, form | {"step": "record"}).status_code == 302

    told = owner.get(address).content.decode()
    assert "已采纳" in told
    assert "审计数为准" in told
    assert "陈敏" not in told  # the firm learns the reason, not the clerk
    assert "应为 140 万元" not in desk.get("/desk/?zone=weifang").content.decode()
    assert "应为 140 万元" not in desk.get("/data/conflicts/?zone=weifang").content.decode()


def test_a_refusal_on_the_page_reaches_who_raised_it(signed_in: SignedIn) -> None:
    clerk, officer = a_statistician(), an_account(Role.SCIENCE_OFFICER)
    held = an_objection(officer, an_entry(clerk, an_enterprise()))
    desk, address = signed_in(clerk), f"/objections/{held.pk}/"
    assert desk.post(address, {"reason": "", "answer": "refuse"}).status_code == 422
    early = desk.post(address, {"reason": "对", "answer": "accept"})
    assert (early.status_code, "还是原来的" in early.content.decode()) == (422, True)
    assert desk.post(address, {"reason": "和税务数一致", "answer": "refuse"}).status_code == 302
    page = signed_in(officer).get(address).content.decode()
    assert "未采纳" in page
    assert "和税务数一致" in page
    late = desk.post(address, {"reason": "再来", "answer": "refuse"})
    assert (late.status_code, "已在" in late.content.decode()) == (409, True)


def test_nobody_answers_on_the_page_who_may_not(signed_in: SignedIn) -> None:
    head = a_director()
    held = an_objection(head, an_entry(a_statistician(), an_enterprise()))
    answer = signed_in(head).post(f"/objections/{held.pk}/", {"reason": "对", "answer": "refuse"})
    assert answer.status_code == 403
    assert not Answer.objects.exists()


def test_a_list_of_objections_is_narrowed_by_state(signed_in: SignedIn) -> None:
    clerk, head = a_statistician(), a_director()
    done = an_objection(head, an_entry(clerk, an_enterprise()), "已办的事")
    an_objection(head, an_entry(clerk, an_enterprise()), "没办的事")
    refuse(by=clerk, objection_id=done.pk, reason="一致")
    browser = signed_in(head)
    for asked, found in (
        ("open", {"没办的事"}),
        ("answered", {"已办的事"}),
        ("odd", {"没办的事", "已办的事"}),
    ):
        page = browser.get(f"/objections/?state={asked}").content.decode()
        assert {text for text in ("没办的事", "已办的事") if text in page} == found, asked
