"""What outsiders are not told about a figure: who handled it, and what clerks wrote (不公开)."""

from __future__ import annotations

import pytest
from django.test import Client

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.ledger import services
from gaoxin.web.ledger.models import Observation, Source, Subject
from tests.web.builders import (
    OPEN,
    a_correction,
    a_director,
    a_source,
    a_statistician,
    an_account,
    an_enterprise,
    an_entry,
    zone,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
PRIVATE = ("陈小敏", "周大正", "与税务局核过", "按快报改小数点", "以公报为准", "科里留意", "pack:")
# everybody who may read the figure of a zone; the administrator reads zones too
INSIDE = [role for role in Role.values if role not in (Role.BANK_USER, Role.ENTERPRISE_USER, Role.APPLICANT)]


def a_figure_with_a_life(subject: Subject, **more: str) -> tuple[Observation, Source]:
    """Recorded with a remark, corrected, checked by the director, disputed and ruled on."""
    clerk, head = a_statistician(name="陈小敏"), a_director(name="周大正")
    first, second = a_source("第一份公报", "weifang"), a_source("第二份公报", "weifang")
    old = an_entry(clerk, subject, "300", source=first, period="2031", note="科里留意", **more)
    new = a_correction(clerk, old, "301", reason="按快报改小数点；与税务局核过")
    services.check_observation(by=head, observation_id=new.pk)
    an_entry(clerk, subject, "302", source=second, period="2031", note="科里留意", **more)
    services.rule_conflict(by=head, stands=new.pk, reason="以公报为准")
    return new, first


def told(browser: Client, figure: Observation, source: Source) -> str:
    addresses = [f"/observations/{figure.pk}/", f"/observations/{figure.pk}/card", f"/sources/{source.code}/"]
    answers = [browser.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * 3
    return "".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("role", [Role.BANK_USER, Role.APPLICANT])
def test_outsiders_read_a_zone_figure_without_names_reasons_and_remarks(
    signed_in: SignedIn, role: str
) -> None:
    figure, source = a_figure_with_a_life(zone(), metric=OPEN)
    body = told(signed_in(an_account(role)), figure, source)
    assert "301" in body
    assert "已裁定" in body
    assert [word for word in PRIVATE if word in body] == []


def test_an_enterprise_reads_its_own_figure_without_names_reasons_and_remarks(signed_in: SignedIn) -> None:
    firm = an_enterprise()
    figure, source = a_figure_with_a_life(firm)
    reader = an_account(Role.ENTERPRISE_USER, enterprise=firm)
    body = told(signed_in(reader), figure, source)
    page = signed_in(reader).get(f"/subjects/{firm.code}/").content.decode()
    assert "301" in body
    assert [word for word in PRIVATE if word in body + page] == []


@pytest.mark.parametrize("role", INSIDE)
def test_inside_the_committee_everybody_sees_who_did_what_and_why(signed_in: SignedIn, role: str) -> None:
    figure, source = a_figure_with_a_life(zone(), metric=OPEN)
    reader: User = an_account(role)
    body = told(signed_in(reader), figure, source)
    assert [word for word in PRIVATE[:-1] if word not in body] == []


def test_a_figure_of_a_pack_names_no_pack_to_outsiders(signed_in: SignedIn) -> None:
    gdp = Observation.objects.get(ref="C011")
    body = (
        signed_in(an_account(Role.BANK_USER, ("chuxiong",))).get(f"/observations/{gdp.pk}/").content.decode()
    )
    assert "299.54" in body
    assert [word for word in PRIVATE if word in body] == []
