"""Who sees what: zones, roles, sensitivity; what may not be seen does not exist (可见范围)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from gaoxin.core.errors import FactError
from gaoxin.web.accounts.models import Role
from gaoxin.web.accounts.permissions import INTERNAL as INSIDE
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.listing import subjects
from tests.web.builders import (
    INTERNAL,
    OPEN,
    RESTRICTED,
    a_correction,
    a_source,
    a_statistician,
    an_account,
    an_auditor,
    an_enterprise,
    an_enterprise_user,
    an_entry,
    zone,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> models.Subject:
    """An enterprise of 楚雄 with a revenue and a restricted credit score."""
    clerk, firm = a_statistician(zones=("chuxiong",)), an_enterprise("楚雄机械厂", zone="chuxiong")
    an_entry(clerk, firm, "120", metric=INTERNAL)
    an_entry(clerk, firm, "61", metric=RESTRICTED, unit="分")
    return firm


def row_of(firm: models.Subject, metric: str = INTERNAL) -> models.Observation:
    return models.Observation.objects.get(subject=firm, metric__code=metric)


def seen(reader, firm: models.Subject) -> set[str]:
    return {figure.metric.id for figure in selectors.standing(reader, firm)}


# --- zones


def test_a_clerk_of_another_zone_cannot_read_or_write_anything_of_the_firm(firm) -> None:
    stranger, row = a_statistician(zones=("weifang", "daqing")), row_of(firm)
    assert selectors.standing(stranger, firm) == []
    assert selectors.standing_of_many(stranger, [firm], figure=None) == []
    acts = [
        lambda: selectors.subject(stranger, firm.code),
        lambda: selectors.figure(stranger, row.pk),
        lambda: selectors.history(stranger, row.pk),
        lambda: subjects(stranger, zone("chuxiong")),
        lambda: an_entry(stranger, firm, period="2023"),
        lambda: a_correction(stranger, row, "140"),
        lambda: services.check_observation(by=stranger, observation_id=row.pk),
        lambda: services.rule_conflict(by=stranger, stands=row.pk, reason="我说了算"),
        lambda: services.withdraw_batch(by=stranger, batch_id=row.batch_id, reason="不喜欢"),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert models.AuditEvent.objects.filter(by=stranger).count() == 0


def test_a_clerk_of_another_zone_gets_the_same_page_as_for_what_does_not_exist(
    firm, signed_in: SignedIn
) -> None:
    browser, row = signed_in(a_statistician(zones=("weifang",))), row_of(firm)
    pairs = [
        (f"/subjects/{firm.code}/", "/subjects/enterprise/nobody/"),
        (f"/subjects/{firm.code}/export.xlsx", "/subjects/enterprise/nobody/export.xlsx"),
        (f"/observations/{row.pk}/", "/observations/999999999/"),
        (f"/observations/{row.pk}/card", "/observations/999999999/card"),
        (f"/data/correct/{row.pk}/", "/data/correct/999999999/"),
        (f"/data/conflicts/{row.pk}/", "/data/conflicts/999999999/"),
        (f"/data/withdraw/{row.batch_id}/", "/data/withdraw/999999999/"),
        (f"/sources/{row.source.code}/", "/sources/nowhere/"),
        (f"/sources/{row.source.code}/export.xlsx", "/sources/nowhere/export.xlsx"),
        ("/zones/chuxiong/", "/zones/atlantis/"),
        ("/zones/chuxiong/export.xlsx", "/zones/atlantis/export.xlsx"),
    ]
    for real, unreal in pairs:
        there, nowhere = browser.get(real), browser.get(unreal)
        assert there.status_code == nowhere.status_code == 404, real
        assert told(there) == told(nowhere), real
    assert not models.AuditEvent.objects.filter(action__startswith="export.").exists()


def test_lists_and_searches_of_one_zone_hold_nobody_of_another(firm, signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(zones=("weifang",)))
    for address in ("/subjects/?q=楚雄机械", "/search?q=楚雄机械", "/subjects/?zone=chuxiong"):
        answer = browser.get(address)
        assert "楚雄机械厂" not in answer.content.decode(), address


def test_someone_of_both_zones_sees_both(firm) -> None:
    clerk = a_statistician(zones=("weifang", "chuxiong"))
    assert seen(clerk, firm) == {INTERNAL, RESTRICTED}
    assert [one.code for one in selectors.zones(clerk)] == ["zone/chuxiong", "zone/weifang"]


def test_a_document_of_another_zone_is_not_cited(firm) -> None:
    clerk, paper = a_statistician(), a_source("楚雄内部报表", zone="chuxiong")
    with pytest.raises(FactError, match="没有编号为"):
        an_entry(clerk, an_enterprise(), source=paper)


# --- roles


@pytest.mark.parametrize("role", sorted(INSIDE - {Role.ADMINISTRATOR}))
def test_restricted_figures_are_hidden_from_other_desks(firm, role: str) -> None:
    reader = an_account(role, zones=("chuxiong",))
    may = role in (Role.DIRECTOR, Role.STATISTICIAN, Role.FINANCE_OFFICER, Role.AUDITOR)
    assert seen(reader, firm) == ({INTERNAL, RESTRICTED} if may else {INTERNAL})
    if may:
        assert selectors.figure(reader, row_of(firm, RESTRICTED).pk).metric.id == RESTRICTED
    else:
        for act in (selectors.figure, selectors.history):
            with pytest.raises(NotFound):
                act(reader, row_of(firm, RESTRICTED).pk)
        with pytest.raises(NotFound):
            subjects(reader, zone("chuxiong"), sort=f"{RESTRICTED}@2024")


def test_a_zone_beside_a_firm_hides_nothing_more_and_nothing_less(firm) -> None:
    """A figure of a zone is open to every desk, also when a firm is asked about in the same breath."""
    place, clerk = zone("chuxiong"), a_statistician(zones=("chuxiong",))
    models.Metric.objects.filter(code=OPEN).update(sensitivity="restricted")
    an_entry(clerk, place, "500", metric=OPEN, unit="亿元")
    officer = an_account(Role.SCIENCE_OFFICER, zones=("chuxiong",))
    alone = selectors.standing(officer, place, metrics=[OPEN], period="2024")
    both = selectors.standing_of_many(officer, [place, firm], metrics=[OPEN, RESTRICTED], period="2024")
    assert [figure.key for figure in alone] == [figure.key for figure in both]
    assert len(alone) == 1


def test_the_administrator_sees_no_firm(firm) -> None:
    boss = an_account(Role.ADMINISTRATOR, zones=("chuxiong",))
    assert selectors.standing(boss, firm) == []
    with pytest.raises(NotFound):
        selectors.subject(boss, firm.code)
    assert selectors.subject(boss, "zone/chuxiong").name == "楚雄高新区"


@pytest.mark.parametrize("role", [Role.BANK_USER, Role.APPLICANT])
def test_outsiders_see_public_figures_of_zones_and_no_firm(firm, role: str, signed_in: SignedIn) -> None:
    reader = an_account(role, zones=("chuxiong",))
    assert selectors.standing(reader, firm) == []
    assert subjects(reader, zone("chuxiong")).subjects == ()
    figures = selectors.standing(reader, zone("chuxiong"), figure=None)
    assert figures
    assert {figure.metric.sensitivity for figure in figures} == {"public"}
    browser = signed_in(reader)
    pairs = [
        (f"/subjects/{firm.code}/", "/subjects/enterprise/nobody/"),
        (f"/observations/{row_of(firm).pk}/", "/observations/999999999/"),
        (f"/observations/{row_of(firm).pk}/card", "/observations/999999999/card"),
        (f"/sources/{row_of(firm).source.code}/", "/sources/nowhere/"),
    ]
    for real, unreal in pairs:
        there, nowhere = browser.get(real), browser.get(unreal)
        assert there.status_code == nowhere.status_code == 404, real
        assert told(there) == told(nowhere), real
    assert browser.get("/subjects/").status_code == 403
    assert browser.get("/subjects/export.xlsx").status_code == 403


def test_an_enterprise_user_sees_all_of_the_own_firm_and_nobody_else(firm, signed_in: SignedIn) -> None:
    reader, neighbour = an_enterprise_user(firm), an_enterprise(zone="chuxiong")
    an_entry(a_statistician(zones=("chuxiong",)), neighbour, "7")
    assert seen(reader, firm) == {INTERNAL, RESTRICTED}
    assert selectors.standing(reader, neighbour) == []
    assert selectors.standing(reader, "zone/chuxiong") == []
    for code in (neighbour.code, "zone/chuxiong", "region/532301"):
        with pytest.raises(NotFound):
            selectors.subject(reader, code)
    with pytest.raises(PermissionDenied):
        services.note_export(by=reader, what="subject", rows=1)
    browser = signed_in(reader)
    assert browser.get(f"/subjects/{firm.code}/").status_code == 200
    assert browser.get(f"/subjects/{neighbour.code}/").status_code == 404


def test_a_source_is_shown_to_whom_one_of_its_figures_is_shown(firm) -> None:
    officer = an_account(Role.SCIENCE_OFFICER, zones=("chuxiong",))
    assert selectors.source(officer, row_of(firm).source.code).figures == 1
    with pytest.raises(NotFound):
        selectors.source(officer, row_of(firm, RESTRICTED).source.code)
    with pytest.raises(NotFound):
        selectors.source(a_statistician(zones=("weifang",)), row_of(firm).source.code)


@pytest.mark.parametrize("role", [Role.BANK_USER, Role.APPLICANT])
def test_outsiders_are_told_no_title_of_a_document_without_a_figure_for_them(
    firm, role: str, signed_in: SignedIn
) -> None:
    row_of(firm)  # the document of a firm, and one nobody has read yet
    secret, told_of = a_source("关于某企业的核查报告", "chuxiong"), a_source("统计核查公报", "chuxiong")
    clerk = a_statistician(zones=("chuxiong",))
    an_entry(clerk, firm, "5", metric="net_profit", source=secret)
    an_entry(clerk, zone("chuxiong"), "500", metric=OPEN, unit="亿元", source=told_of)
    outside = signed_in(an_account(role, zones=("chuxiong",)))
    for page in ("/sources/?zone=chuxiong", "/search?q=核查"):
        shown = outside.get(page).content.decode()
        assert told_of.title in shown, page
        assert secret.title not in shown, page
    assert secret.title in signed_in(clerk).get("/sources/?zone=chuxiong").content.decode()


def test_an_export_of_a_document_is_written_down_in_its_zone(firm, signed_in: SignedIn) -> None:
    clerk = a_statistician(zones=("chuxiong",))
    paper = a_source("企业季报", "chuxiong")
    an_entry(clerk, firm, "5", metric="net_profit", source=paper)
    assert signed_in(clerk).get(f"/sources/{paper.code}/export.xlsx").status_code == 200
    event = models.AuditEvent.objects.get(action="export.source")
    assert event.zone == zone("chuxiong")


def test_a_closed_account_and_a_stranger_read_nothing(firm) -> None:
    from django.contrib.auth.models import AnonymousUser

    for nobody in (AnonymousUser(), None, an_account(Role.DIRECTOR, ("chuxiong",), is_active=False)):
        for act in (
            lambda who=nobody: selectors.zones(who),
            lambda who=nobody: selectors.standing(who, firm),
            lambda who=nobody: selectors.figure(who, row_of(firm).pk),
            lambda who=nobody: selectors.source(who, row_of(firm).source.code),
            lambda who=nobody: subjects(who, zone("chuxiong")),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_an_auditor_reads_the_acts_of_the_own_zones_only(firm) -> None:
    from gaoxin.web.pages.selectors import audit

    clerk = a_statistician(zones=("chuxiong",))
    an_entry(clerk, zone("chuxiong"), "500", metric=OPEN, unit="亿元")
    mine, _ = audit(an_auditor(zones=("chuxiong",)))
    theirs, _ = audit(an_auditor(zones=("weifang",)))
    assert sum(event.action == "observation.record" for event in mine) == 3
    assert not [event for event in theirs if event.action.startswith("observation.")]


def told(answer) -> str:
    """The page without what names the address asked for and the number of the request."""
    import re

    page = answer.content.decode().replace(answer["X-Request-Id"], "NUMBER")
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    page = re.sub(r'name="next" value="[^"]*"', "", page)
    return page.replace(answer.wsgi_request.path, "HERE")
