"""The clause editor: what a change costs, what is refused, drafts with versions, reviews and the end."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from gaoxin.rules.linting import lint
from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility import drafts, services
from gaoxin.web.eligibility.clause_forms import clause_form
from gaoxin.web.eligibility.clause_pages import clauses, simulate
from gaoxin.web.eligibility.draft_models import ClauseDraft, DraftVersion
from gaoxin.web.eligibility.residents import compiled_for, residents
from gaoxin.web.eligibility.zone_rules import is_example, rules_in_force
from gaoxin.web.errors import MoveRefused
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import an_account, zone
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import DAY, HERE, Policy, a_policy

pytestmark = pytest.mark.django_db
EDITOR = "/policies/clauses/C9/?zone=sandbox"


@pytest.fixture
def held() -> Policy:
    return a_policy()


def law(held: Policy) -> Any:
    return compiled_for(held.run, "C9")


def saved(held: Policy, **more: Any) -> DraftVersion:
    given = {
        "by": held.officer,
        "zone": held.run.zone,
        "compiled": law(held),
        "name": "加码",
        "written": {"rate": "40%"},
    }
    return drafts.save_draft(**(given | more))


def test_a_higher_share_costs_what_the_firms_grew_by(held: Policy) -> None:
    # one firm certainly qualifies: 30 % and 40 % of 100 万元; the open firm would get as much
    made = simulate(residents(held.run), "C9", {"a": {"rate": "40%"}, "b": {}})
    law_side, draft_side = made.sides
    assert (law_side.cost.low, law_side.cost.high) == (30_000_000, 60_000_000)
    assert (draft_side.cost.low, draft_side.cost.high) == (40_000_000, 80_000_000)
    assert made.winners()["subject"].to_list() == [held.pays.code]


def test_the_form_reads_numbers_in_the_unit_of_the_law(held: Policy) -> None:
    form = clause_form(law(held), {"a.rate": "40", "a.cap": "200", "b.cap": "1,500"})
    assert form.written == {"a": {"rate": "40%"}, "b": {"cap": "1500万元"}}
    assert form.faults == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("abc", "读不懂"), ("-5", "不能小于 0"), ("120", "比例不能超过 100%"), ("5人", "读不懂")],
)
def test_a_number_that_makes_no_sense_is_refused_at_its_field(held: Policy, typed: str, words: str) -> None:
    form = clause_form(law(held), {"a.rate": typed, "a.cap": "300"})
    (fault,) = form.faults
    assert fault.id == "a.rate"
    assert words in fault.error
    assert form.written["a"] == {"cap": "300万元"}


def test_the_page_shows_the_law_and_both_drafts(signed_in: SignedIn, held: Policy) -> None:
    browser = signed_in(held.officer)
    body = browser.get(f"{EDITOR}&a.rate=40&b.cap=10").content.decode()
    for words in ("现行", "草案 A", "草案 B", "多得（家）", "增研电子", "公平竞争审查", "外地样例"):
        assert words in body
    part = browser.get(f"{EDITOR}&a.rate=40&part=result", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'data-side="A"' in part
    steps = browser.get(f"{EDITOR}&part=marginal", headers={"HX-Request": "true"}).content.decode()
    assert "奖励封顶" in steps
    wrong = browser.get(f"{EDITOR}&a.rate=abc").content.decode()
    assert "没有计入测算" in wrong


def test_saving_keeps_versions_and_leaves_the_law_alone(signed_in: SignedIn, held: Policy) -> None:
    browser = signed_in(held.officer)
    address = "/policies/clauses/C9/save?zone=sandbox"
    for rate in ("40", "45"):
        answer = browser.post(address, {"a.rate": rate, "name": "加码", "note": "先看看", "side": "a"})
        assert answer.status_code == 302
    (draft,) = ClauseDraft.objects.all()
    first, second = draft.versions.order_by("number")
    assert (first.written, second.written) == ({"rate": "40%"}, {"rate": "45%"})
    assert (first.cost["low"], first.card["snapshot"]) == (40_000_000, held.run.snapshot.hash)
    assert AuditEvent.objects.filter(action="draft.save", by=held.officer).count() == 2
    assert "30%" in browser.get(EDITOR).content.decode()
    assert "第 2 版" in browser.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "values", [{"name": "加码"}, {"a.rate": "40", "name": ""}, {"a.rate": "x", "name": "加码"}]
)
def test_what_cannot_be_saved_is_told_and_kept(
    signed_in: SignedIn, held: Policy, values: dict[str, str]
) -> None:
    answer = signed_in(held.officer).post("/policies/clauses/C9/save?zone=sandbox", values)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ClauseDraft.objects.exists()


def test_an_auditor_reads_and_saves_nothing(signed_in: SignedIn, held: Policy) -> None:
    browser = signed_in(an_account(Role.AUDITOR, HERE))
    assert "只看测算" in browser.get(EDITOR).content.decode()
    assert browser.post("/policies/clauses/C9/save", {"a.rate": "40", "name": "x"}).status_code == 403


def test_a_draft_with_an_open_flag_is_not_finished_until_somebody_else_reviewed_it(held: Policy) -> None:
    # C1 asks for registration in the zone, which the review of fair competition must look at
    freeze_ledger()
    run = services.evaluate(zone("weifang"), on=held.run.on)
    clause = compiled_for(run, "C1")
    director, finance = (an_account(role, ("weifang",)) for role in (Role.DIRECTOR, Role.FINANCE_OFFICER))
    author = an_account(Role.SCIENCE_OFFICER, ("weifang",))
    version = drafts.save_draft(
        by=author, zone=run.zone, compiled=clause, name="扩产", written={"cap": "3000万元"}
    )
    compiled = drafts.compiled_draft(version.draft, version, clause)
    flags = lint(compiled)
    assert flags
    pk = version.draft_id
    with pytest.raises(drafts.DraftRefused, match="公平竞争"):
        drafts.finish_draft(by=director, draft_id=pk, compiled=compiled)
    with pytest.raises(PermissionDenied):
        drafts.review_flag(by=author, draft_id=pk, compiled=compiled, flag=flags[0].id, reason="可以")
    for flag in flags:
        drafts.review_flag(by=finance, draft_id=pk, compiled=compiled, flag=flag.id, reason="保留，理由充分")
    with pytest.raises(MoveRefused):
        drafts.review_flag(by=finance, draft_id=pk, compiled=compiled, flag=flags[0].id, reason="再来")
    with pytest.raises(MoveRefused, match="已审查过"):  # the record speaks of 3000, not of 9000
        drafts.save_draft(by=author, zone=run.zone, compiled=clause, name="扩产", written={"cap": "9000万元"})
    assert drafts.finish_draft(by=director, draft_id=pk, compiled=compiled).state == "finished"
    with pytest.raises(MoveRefused):
        drafts.save_draft(by=author, zone=run.zone, compiled=clause, name="扩产", written={"cap": "1000万元"})


def test_nobody_reviews_what_he_drafted(held: Policy) -> None:
    director = an_account(Role.DIRECTOR, HERE)
    version = saved(held, by=director)
    with pytest.raises(drafts.DraftRefused):
        drafts.review_flag(
            by=director, draft_id=version.draft_id, compiled=law(held), flag="x", reason="可以"
        )


def test_the_page_of_a_draft_opens_for_its_zone_alone(signed_in: SignedIn, held: Policy) -> None:
    version = saved(held)
    address = f"/policies/drafts/{version.draft_id}/"
    assert "加码" in signed_in(held.officer).get(address).content.decode()
    assert signed_in(an_account(Role.DIRECTOR, ("weifang",))).get(address).status_code == 404
    finished = signed_in(an_account(Role.DIRECTOR, HERE)).post(f"{address}finish")
    assert finished.status_code == 302  # C9 has nothing to review
    assert ClauseDraft.objects.get().state == "finished"


def test_nobody_finishes_what_he_drafted_flags_or_none(signed_in: SignedIn, held: Policy) -> None:
    director = an_account(Role.DIRECTOR, HERE)
    pk = saved(held, by=director).draft_id
    made = law(held)
    assert lint(made) == ()  # nothing to review, so nobody else has looked at it yet
    with pytest.raises(drafts.DraftRefused) as refused:
        drafts.finish_draft(by=director, draft_id=pk, compiled=made)
    assert "由别人定稿" in refused.value.zh
    page = signed_in(director).get(f"/policies/drafts/{pk}/").content.decode()
    assert "/finish" not in page
    other = an_account(Role.DIRECTOR, HERE)
    assert drafts.finish_draft(by=other, draft_id=pk, compiled=made).state == "finished"


def test_the_practice_zone_prices_the_clauses_of_every_place(held: Policy) -> None:
    library = catalogue.library()
    offered = {one.id: one.rule for one in clauses(residents(held.run))}
    assert set(offered) == {
        rule.id for rule in library.rules.values() if rule.category == "clause" and rule.executable
    }
    own = {name for name, rule in offered.items() if not is_example(rule, "zone/sandbox")}
    assert own == {"C16"}  # the one that is national


@pytest.mark.parametrize(("clause", "draft"), [("C1", False), ("C12", True)])
def test_a_clause_of_another_place_opens_and_says_so(
    signed_in: SignedIn, held: Policy, clause: str, draft: bool
) -> None:
    page = signed_in(held.officer).get(f"/policies/clauses/{clause}/?zone=sandbox").content.decode()
    assert "外地样例，与本区无关" in page
    assert ("#file" in page and ">草案<" in page) is draft


def test_a_real_zone_is_not_offered_the_clauses_of_others() -> None:
    names = {compiled.id for compiled in rules_in_force("zone/daqing", DAY, practice=False)}
    assert "C16" in names
    assert not names & {"C1", "C9", "GAZ-SD"}
