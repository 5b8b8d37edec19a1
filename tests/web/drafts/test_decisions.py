"""What people do about the figures of a draft: replaced, kept, commented, undone; nothing is written over."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from gaoxin.web.accounts.models import Role
from gaoxin.web.drafts import selectors, services
from gaoxin.web.drafts.models import Act, Decision, Draft, DraftFigure
from gaoxin.web.drafts.services import DraftRefused
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import a_director, a_statistician, an_account, an_auditor
from tests.web.drafts.draft_builders import FIGURES, Found, a_draft, another_check

pytestmark = pytest.mark.django_db
WRITERS = (
    Role.DIRECTOR,
    Role.STATISTICIAN,
    Role.SCIENCE_OFFICER,
    Role.INVESTMENT_OFFICER,
    Role.FINANCE_OFFICER,
    Role.TALENT_OFFICER,
)
OUTSIDERS = [role for role in Role.values if role not in (*WRITERS, Role.AUDITOR, Role.ENTERPRISE_USER)]


def acts(draft: Draft) -> dict[int, tuple[str, str]]:
    rows = selectors.figures(selectors.checking_of(draft))
    return {number: (held.act, held.comment) for number, held in selectors.standings(draft, rows).items()}


def test_a_replacement_is_taken_from_the_check_and_not_from_the_form() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    made = services.decide(by=clerk, draft_id=draft.pk, number=2, act=Act.REPLACE, text="99%")
    assert (made.text, made.by_name) == ("25.5%", clerk.display_name)
    assert acts(draft) == {2: ("replace", "")}


def test_what_has_no_evidence_is_not_replaced() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    with pytest.raises(DraftRefused, match="只提醒"):
        services.decide(by=clerk, draft_id=draft.pk, number=5, act=Act.REPLACE)
    assert not Decision.objects.exists()


def test_the_newest_decision_counts_and_undoing_takes_it_back() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    for act in (Act.REPLACE, Act.KEEP):
        services.decide(by=clerk, draft_id=draft.pk, number=2, act=act)
    assert acts(draft) == {2: ("keep", "")}
    services.decide(by=clerk, draft_id=draft.pk, number=2, act=Act.UNDO)
    assert acts(draft) == {}
    assert Decision.objects.count() == 3


def test_a_comment_stands_beside_a_replacement_and_an_empty_one_takes_it_back() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.decide(by=clerk, draft_id=draft.pk, number=2, act=Act.REPLACE)
    services.decide(by=clerk, draft_id=draft.pk, number=2, act=Act.COMMENT, text="请科室核实\u202e")
    assert acts(draft) == {2: ("replace", "请科室核实")}
    services.decide(by=clerk, draft_id=draft.pk, number=2, act=Act.COMMENT, text=" ")
    assert acts(draft) == {2: ("replace", "")}


def test_replacing_all_leaves_what_somebody_kept() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.decide(by=clerk, draft_id=draft.pk, number=4, act=Act.KEEP)
    assert services.replace_all(by=clerk, draft_id=draft.pk) == 2  # 22.5% and 全市; 6个 was kept
    assert acts(draft) == {2: ("replace", ""), 3: ("replace", ""), 4: ("keep", "")}
    assert services.replace_all(by=clerk, draft_id=draft.pk) == 0
    assert services.undo_all(by=clerk, draft_id=draft.pk) == 2
    assert acts(draft) == {4: ("keep", "")}


def test_a_replacement_lapses_when_another_check_would_put_something_else_there() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.replace_all(by=clerk, draft_id=draft.pk)
    another_check(draft, [FIGURES[0], Found("22.5%", "mismatch", new="26.1%"), *FIGURES[2:]])
    assert acts(draft) == {3: ("replace", ""), 4: ("replace", "")}


def test_two_checks_are_compared_by_the_places_of_their_figures() -> None:
    draft = a_draft(a_statistician())
    before = selectors.checking_of(draft)
    now = another_check(draft, [FIGURES[0], Found("22.5%"), *FIGURES[2:4]])
    assert [(one.quote, one.before, one.now) for one in selectors.changed(before, now)] == [
        ("22.5%", "mismatch", "match"),
        ("第一位", "unsupported", ""),
    ]


def test_every_act_leaves_an_audit_row() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.decide(by=clerk, draft_id=draft.pk, number=2, act=Act.REPLACE)
    services.share(by=clerk, draft_id=draft.pk, shared=True)
    rows = AuditEvent.objects.filter(action__startswith="draft.").order_by("pk")
    assert list(rows.values_list("action", flat=True)) == ["draft.check", "draft.decide", "draft.share"]
    assert set(rows.values_list("zone__code", flat=True)) == {"zone/weifang"}


# --- who sees and decides


@pytest.mark.parametrize("role", WRITERS)
def test_every_writing_desk_checks_its_own_drafts(role: str) -> None:
    officer = an_account(role)
    draft = a_draft(officer)
    assert selectors.draft(officer, draft.pk) == draft
    assert services.replace_all(by=officer, draft_id=draft.pk) == 3


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_have_no_drafts(role: str) -> None:
    draft = a_draft(a_statistician(), shared=True)
    with pytest.raises(PermissionDenied):
        selectors.draft(an_account(role), draft.pk)
    with pytest.raises(PermissionDenied):
        services.hand_in(by=an_account(role), zone=draft.zone, text="产值5亿元")


def test_a_draft_is_seen_by_its_author_the_statistician_the_director_and_the_auditor() -> None:
    officer = an_account(Role.SCIENCE_OFFICER)
    draft = a_draft(officer)
    for reader in (officer, a_statistician(), a_director(), an_auditor()):
        assert [row.pk for row, _ in selectors.drafts(reader, draft.zone)[0]] == [draft.pk]
    other = an_account(Role.SCIENCE_OFFICER)
    assert selectors.drafts(other, draft.zone) == ([], None)
    with pytest.raises(NotFound):
        selectors.draft(other, draft.pk)
    with pytest.raises(NotFound):
        services.decide(by=other, draft_id=draft.pk, number=2, act=Act.REPLACE)


def test_a_shared_draft_is_seen_by_the_officers_of_its_zone_only() -> None:
    officer, other = an_account(Role.SCIENCE_OFFICER), an_account(Role.FINANCE_OFFICER)
    draft = a_draft(officer)
    with pytest.raises(NotFound):  # only who handed it in shares it
        services.share(by=a_statistician(), draft_id=draft.pk, shared=True)
    services.share(by=officer, draft_id=draft.pk, shared=True)
    assert selectors.draft(other, draft.pk) == draft
    with pytest.raises(NotFound):
        selectors.draft(an_account(Role.FINANCE_OFFICER, ("daqing",)), draft.pk)
    services.share(by=officer, draft_id=draft.pk, shared=False)
    with pytest.raises(NotFound):
        selectors.draft(other, draft.pk)


def test_an_author_who_left_the_zone_no_longer_sees_the_draft() -> None:
    officer = an_account(Role.SCIENCE_OFFICER)
    draft = a_draft(officer)
    officer.zones.set([])
    moved = type(officer).objects.get(pk=officer.pk)
    with pytest.raises(NotFound):
        selectors.draft(moved, draft.pk)


def test_an_auditor_reads_and_changes_nothing() -> None:
    auditor = an_auditor()
    draft = a_draft(a_statistician())
    assert selectors.draft(auditor, draft.pk) == draft
    with pytest.raises(PermissionDenied):
        services.decide(by=auditor, draft_id=draft.pk, number=2, act=Act.KEEP)
    with pytest.raises(PermissionDenied):
        services.check_again(by=auditor, draft_id=draft.pk)


def test_drafts_are_searched_by_title_and_by_who_handed_them_in() -> None:
    clerk, other = a_statistician(name="陈岚"), a_director()
    first, second = a_draft(clerk, title="上半年情况汇报"), a_draft(other, title="招商简报")

    def found(text: str) -> list[int]:
        return [row.pk for row, _ in selectors.drafts(clerk, first.zone, search=text)[0]]

    assert found("") == [second.pk, first.pk]
    assert found("汇报") == [first.pk]
    assert found("陈岚 上半年") == [first.pk]
    assert found("没有这份") == []
    assert found("\0") == [second.pk, first.pk]


# --- the database's own guards


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE drafts_decision SET text = '9%'",
        "DELETE FROM drafts_decision",
        "UPDATE drafts_draftfigure SET verdict = 'match'",
        "DELETE FROM drafts_checking",
        "UPDATE drafts_draft SET text = '改过'",
        "UPDATE drafts_draft SET remarks = '[1]'",
        "DELETE FROM drafts_draft",
    ],
)
def test_the_database_refuses_to_rewrite_what_was_found_and_decided(statement: str) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.decide(by=clerk, draft_id=draft.pk, number=2, act=Act.REPLACE)
    with (
        pytest.raises(IntegrityError, match="checked drafts"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert DraftFigure.objects.get(number=2).verdict == "mismatch"
