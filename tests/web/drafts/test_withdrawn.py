"""An accepted figure that was withdrawn: it is told so, and its place may be proposed again."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from gaoxin.web.accounts.models import Role
from gaoxin.web.drafts import proposals, selectors, services
from gaoxin.web.drafts.models import Answer, Draft, Proposal
from gaoxin.web.ledger.models import Source
from gaoxin.web.ledger.services import withdraw_batch
from tests.web.builders import a_statistician, an_account
from tests.web.conftest import SignedIn
from tests.web.drafts.test_proposals import a_text

pytestmark = pytest.mark.django_db
WHY = "看错了行，是目标不是实绩"


def an_accepted(clerk, draft: Draft) -> Answer:
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    held = Proposal.objects.get(draft=draft, answer=None)
    return proposals.accept(by=clerk, proposal_id=held.pk)


def withdrawn(clerk, answer: Answer) -> None:
    assert answer.observation is not None
    withdraw_batch(by=clerk, batch_id=answer.observation.batch_id, reason=WHY)


def test_the_queue_says_who_withdrew_it_and_why_and_links_to_no_dead_page(signed_in: SignedIn) -> None:
    clerk = a_statistician(name="陈敏")
    draft = a_text(clerk)
    answer = an_accepted(clerk, draft)
    browser = signed_in(clerk)
    link = f"/observations/{answer.observation_id}"
    accepted = f"/drafts/proposals/?draft={draft.pk}&state=accepted"
    assert link in browser.get(accepted).content.decode()
    withdrawn(clerk, answer)
    assert "1650.5亿元" not in browser.get(accepted).content.decode()
    body = browser.get(f"/drafts/proposals/?draft={draft.pk}&state=withdrawn").content.decode()
    for told in ("1650.5亿元", "已撤回", "陈敏", WHY, "回文稿再次提交"):
        assert told in body
    assert link not in body
    assert link not in browser.get(f"/drafts/proposals/?draft={draft.pk}&state=all").content.decode()


def test_what_was_withdrawn_may_be_proposed_and_accepted_again() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    first = an_accepted(clerk, draft)
    assert proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1]) == 0
    withdrawn(clerk, first)
    assert proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1]) == 1
    assert proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1]) == 0
    assert list(Proposal.objects.order_by("pk").values_list("again", flat=True)) == [0, 1]
    second = proposals.accept(by=clerk, proposal_id=Proposal.objects.get(answer=None).pk)
    assert proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1]) == 0
    states = {
        state: [one.pk for one in selectors.proposals(clerk, draft.zone, state=state)[0]]
        for state in ("open", "accepted", "withdrawn", "rejected")
    }
    assert states == {
        "open": [],
        "accepted": [second.proposal_id],
        "withdrawn": [first.proposal_id],
        "rejected": [],
    }


def test_what_was_rejected_is_not_proposed_again() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    proposals.reject(by=clerk, proposal_ids=[Proposal.objects.get().pk])
    assert proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1]) == 0


def test_proposals_stay_only_appended_after_the_table_was_rebuilt() -> None:
    clerk = a_statistician()
    proposals.propose(by=clerk, draft_id=a_text(clerk).pk, numbers=[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(again=3)


# --- what the draft is called as a source


def test_the_title_of_a_draft_not_shared_is_told_to_those_who_may_see_it(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    an_accepted(clerk, draft)
    address = f"/sources/draft/weifang/{draft.pk}/"
    assert draft.title in signed_in(clerk).get(address).content.decode()
    assert draft.title in signed_in(clerk).get("/sources/?zone=weifang").content.decode()
    for role in (Role.SCIENCE_OFFICER, Role.BANK_USER):
        answer = signed_in(an_account(role)).get(address)
        assert draft.title not in answer.content.decode()
    assert "内部文稿" in signed_in(an_account(Role.SCIENCE_OFFICER)).get(address).content.decode()


def test_sharing_a_draft_tells_its_title_and_taking_it_back_hides_it() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    an_accepted(clerk, draft)
    source = Source.objects.get(code=f"draft/weifang/{draft.pk}")
    services.share(by=clerk, draft_id=draft.pk, shared=True)
    source.refresh_from_db()
    assert (source.title, source.title_en) == (draft.title, "")
    services.share(by=clerk, draft_id=draft.pk, shared=False)
    source.refresh_from_db()
    assert (source.title, source.title_en) == ("内部文稿", "Internal draft")


def test_titles_told_before_are_hidden_by_the_migration() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    an_accepted(clerk, draft)
    Source.objects.filter(code=f"draft/weifang/{draft.pk}").update(title=draft.title, title_en="")
    importlib.import_module("gaoxin.web.drafts.migrations.0005_proposed_again").hide_titles(apps, None)
    assert Source.objects.get(code=f"draft/weifang/{draft.pk}").title == "内部文稿"
