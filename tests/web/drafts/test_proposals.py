"""From a draft into the ledger: proposed, accepted, corrected or rejected by a person, never by itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.web.accounts.models import Role
from gaoxin.web.drafts import proposals, selectors
from gaoxin.web.drafts.models import Answer, Draft, Proposal
from gaoxin.web.drafts.services import DraftRefused
from gaoxin.web.drafts.suggesting import decimal, suggestion
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger.models import AuditEvent, Observation, Source
from gaoxin.web.pages import desk
from tests.web.builders import a_director, a_statistician, an_account, an_auditor
from tests.web.conftest import SignedIn
from tests.web.drafts.draft_builders import Found, a_draft, another_check

pytestmark = pytest.mark.django_db
TEXT = "潍坊高新区2031年情况\n2031年，全区实现地区生产总值1650.5亿元，同比增长6.5%，居全省第二位。\n"


def gdp(**claim: Any) -> dict[str, Any]:
    return {"metric": "gdp", "period": Period.parse("2031"), "value": Fraction(165_050_000_000)} | claim


def a_text(by, **changed: Any) -> Draft:
    figures = [
        Found("1650.5亿元", "unsupported", claim=gdp(**changed)),
        Found("6.5%", "unsupported", claim=gdp(kind="growth", value=Fraction(65, 1000), unit="%")),
        Found("第二位", "unsupported", claim=gdp(kind="rank", value=Fraction(2), unit="位", group="全省")),
    ]
    return a_draft(by, TEXT, figures)


def recorded() -> int:
    return Observation.objects.count()


def test_proposing_records_nothing_and_happens_once_for_each_place() -> None:
    clerk = a_statistician()
    draft, before = a_text(clerk), recorded()
    assert proposals.propose(by=clerk, draft_id=draft.pk) == 3
    assert proposals.propose(by=clerk, draft_id=draft.pk) == 0
    assert recorded() == before
    assert selectors.open_proposals(clerk, draft.zone) == 3


def test_an_accepted_proposal_is_an_observation_with_its_place_in_the_draft() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    held = Proposal.objects.get()
    answer = proposals.accept(by=clerk, proposal_id=held.pk)
    obs = answer.observation
    assert obs is not None
    assert (obs.subject.code, obs.metric.code, obs.period, obs.figure) == (
        "zone/weifang",
        "gdp",
        "2031",
        "level",
    )
    assert obs.number == 165_050_000_000 * 100  # money is stored in fen
    assert (obs.unit, obs.written, obs.status) == ("亿元", "1650.5亿元", "reported")
    start = TEXT.index("1650.5")
    assert obs.locator == f"第 1 段，第 {start + 1}–{start + 8} 字"  # eight characters
    source = Source.objects.get(code=f"draft/weifang/{draft.pk}")
    assert obs.source == source
    assert (source.title, source.title_en) == ("内部文稿", "Internal draft")
    assert (source.sha256, source.published) == (draft.sha256, draft.published)
    event = AuditEvent.objects.get(action="draft.accept")
    assert (event.by, event.detail["observation"]) == (clerk, obs.pk)


@pytest.mark.parametrize(
    ("number", "value", "unit"), [(1, "1650.5", "亿元"), (2, "6.5", "%"), (3, "2", "位")]
)
def test_a_suggestion_has_the_number_and_unit_of_the_text(number: int, value: str, unit: str) -> None:
    draft = a_text(a_statistician())
    checking = selectors.checking_of(draft)
    told = suggestion(checking.figures.get(number=number), checking)
    assert (told.value, told.unit) == (value, unit)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(13, 2), "6.5"),
        (Fraction(1), "1"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(7, 100), "0.07"),
        (Fraction(1, 3), "0.333333333333"),
    ],
)
def test_numbers_are_written_as_exact_decimals(number: Fraction, text: str) -> None:
    assert decimal(number) == text


def test_a_corrected_proposal_keeps_what_was_changed() -> None:
    clerk = a_statistician()
    draft = a_text(clerk, metric=None)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    held = Proposal.objects.get()
    with pytest.raises(DraftRefused, match="定下来"):
        proposals.accept(by=clerk, proposal_id=held.pk)
    answer = proposals.accept(by=clerk, proposal_id=held.pk, corrected={"metric": "gdp", "value": "1650.6"})
    assert answer.corrected == {"metric": "gdp", "value": "1650.6"}
    assert answer.observation is not None
    assert answer.observation.number == 165_060_000_000 * 100


def test_what_the_ledger_refuses_stays_open() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    held = Proposal.objects.get()
    with pytest.raises(FactError):
        proposals.accept(by=clerk, proposal_id=held.pk, corrected={"unit": "家"})
    assert not Answer.objects.exists()
    assert not AuditEvent.objects.filter(action="draft.accept").exists()


def test_there_is_one_answer_and_no_second() -> None:
    clerk, other = a_statistician(name="陈敏"), a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk)
    first, second, third = Proposal.objects.order_by("pk")
    proposals.accept(by=clerk, proposal_id=first.pk)
    with pytest.raises(MoveRefused, match="陈敏 已在"):
        proposals.accept(by=other, proposal_id=first.pk)
    before = recorded()
    assert proposals.reject(by=other, proposal_ids=[first.pk, second.pk, third.pk], reason="是目标") == 2
    assert recorded() == before
    assert set(Answer.objects.filter(accepted=False).values_list("reason", flat=True)) == {"是目标"}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.SCIENCE_OFFICER, Role.FINANCE_OFFICER])
def test_who_may_not_enter_figures_proposes_and_does_not_accept(role: str) -> None:
    officer = an_account(role)
    draft = a_text(officer)
    assert proposals.propose(by=officer, draft_id=draft.pk) == 3
    held = Proposal.objects.first()
    assert held is not None
    with pytest.raises(PermissionDenied):
        proposals.accept(by=officer, proposal_id=held.pk)
    with pytest.raises(PermissionDenied):
        proposals.reject(by=officer, proposal_ids=[held.pk])


def test_a_statistician_of_another_zone_answers_nothing() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk)
    held = Proposal.objects.first()
    assert held is not None
    with pytest.raises(NotFound):
        proposals.accept(by=a_statistician(("daqing",)), proposal_id=held.pk)
    with pytest.raises(NotFound):
        proposals.propose(by=an_account(Role.SCIENCE_OFFICER), draft_id=draft.pk)
    with pytest.raises(PermissionDenied):
        proposals.propose(by=an_auditor(), draft_id=draft.pk)


def test_a_figure_whose_only_evidence_is_the_draft_itself_says_so() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    obs = proposals.accept(by=clerk, proposal_id=Proposal.objects.get().pk).observation
    assert obs is not None
    again = another_check(draft, [Found("1650.5亿元", "match", more={"facts": (str(obs.pk),)})])
    assert again.figures.get().workings == [["依据", "只有这份文稿自己：采纳入库的就是这个数"]]


# --- the page


def form_of(held: Proposal, **changed: str) -> dict[str, str]:
    return {
        "subject": "潍坊高新区（zone/weifang）",
        "metric": "gdp",
        "figure": "level",
        "period": "2031",
        "op": "=",
        "value": "1650.5",
        "unit": "亿元",
        "of": "",
        "answer": "accept",
    } | changed


def test_the_queue_shows_the_words_and_accepts_through_its_form(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    held = Proposal.objects.get()
    browser = signed_in(clerk)
    body = browser.get("/drafts/proposals/?zone=weifang").content.decode()
    assert "<mark>1650.5亿元</mark>" in body
    assert 'value="1650.5"' in body
    wrong = browser.post(f"/drafts/proposals/{held.pk}", form_of(held, metric="没有这个指标"))
    assert wrong.status_code == 422
    assert "没有这个指标" in wrong.content.decode()
    assert browser.post(f"/drafts/proposals/{held.pk}", form_of(held)).status_code == 302
    assert Answer.objects.get().accepted
    assert "已入库" in browser.get("/drafts/proposals/?zone=weifang&state=accepted").content.decode()
    assert browser.post(f"/drafts/proposals/{held.pk}", form_of(held)).status_code == 409


def test_the_desk_of_who_may_enter_figures_says_how_many_wait(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    before = desk.count(clerk, draft.zone).count
    proposals.propose(by=clerk, draft_id=draft.pk)
    assert desk.count(clerk, draft.zone).count == before + 1  # three figures, one thing to do
    assert "文稿里有 3 个数待入库" in signed_in(clerk).get("/desk/?zone=weifang").content.decode()
    assert "待入库" not in signed_in(a_director()).get("/desk/?zone=weifang").content.decode()


def test_several_are_rejected_at_once(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk)
    numbers = list(Proposal.objects.values_list("pk", flat=True))
    answer = signed_in(clerk).post("/drafts/proposals/reject", {"chosen": numbers[:2], "draft": draft.pk})
    assert answer["Location"] == f"/drafts/proposals/?draft={draft.pk}"
    assert Answer.objects.filter(accepted=False).count() == 2


def test_the_director_reads_the_queue_and_finds_no_buttons(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk)
    held = Proposal.objects.first()
    assert held is not None
    browser = signed_in(a_director())
    body = browser.get("/drafts/proposals/?zone=weifang").content.decode()
    assert "1650.5亿元" in body
    assert "采纳，登记" not in body
    assert browser.post(f"/drafts/proposals/{held.pk}", form_of(held)).status_code == 403
    assert signed_in(an_account(Role.BANK_USER)).get("/drafts/proposals/").status_code == 403


def test_the_source_page_leads_back_to_the_draft(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    proposals.accept(by=clerk, proposal_id=Proposal.objects.get().pk)
    body = signed_in(clerk).get(f"/sources/draft/weifang/{draft.pk}/").content.decode()
    assert f'href="/drafts/{draft.pk}/?at={TEXT.index("1650.5")}"' in body
