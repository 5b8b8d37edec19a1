"""The brief on the screen and as a file: sources, gaps, roles, the day it was known, the audit row."""

from __future__ import annotations

import io

import pytest
from docx import Document

from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import a_statistician
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
PAGE = "/zones/chuxiong/brief/?period=2021"


def test_figures_lead_to_their_pages_and_carry_the_number_of_their_source(signed_in: SignedIn) -> None:
    page = signed_in(a_statistician(("chuxiong",))).get(PAGE).content.decode()
    assert "299.54亿元</a><sup>" in page
    assert "占楚雄州的" in page
    assert 'href="/observations/' in page


def test_opens_on_the_year_of_the_overview_and_not_on_one_without_figures(signed_in: SignedIn) -> None:
    page = signed_in(a_statistician(("chuxiong",))).get("/zones/chuxiong/brief/").content.decode()
    assert "299.54亿元</a><sup>" in page


def test_what_is_missing_is_listed(signed_in: SignedIn) -> None:
    page = signed_in(a_statistician(("daqing",))).get("/zones/daqing/brief/?period=2021").content.decode()
    assert "〔缺：2021年地区生产总值（GDP）〕" in page
    assert "综合考核位次" in page


def test_word_file_holds_the_text_and_leaves_an_audit_row(signed_in: SignedIn) -> None:
    answer = signed_in(a_statistician(("chuxiong",))).get("/zones/chuxiong/brief/export.docx?period=2021")
    text = "".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
    assert "地区生产总值299.54亿元" in text
    assert AuditEvent.objects.filter(action="export.brief").count() == 1


def test_web_file_needs_nothing_beside_it(signed_in: SignedIn) -> None:
    answer = signed_in(a_statistician(("chuxiong",))).get("/zones/chuxiong/brief/export.html?period=2021")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"<script" not in answer.content


def test_zone_of_somebody_else_has_no_brief(signed_in: SignedIn) -> None:
    client = signed_in(a_statistician(("daqing",)))
    assert client.get(PAGE).status_code == 404
    assert client.get("/zones/chuxiong/brief/export.docx").status_code == 404


def test_day_before_anything_was_known_gives_an_empty_page(signed_in: SignedIn) -> None:
    page = signed_in(a_statistician(("chuxiong",))).get(f"{PAGE}&known=1949-01-01")
    assert page.status_code == 200
    assert "还没有数字，写不成简报" in page.content.decode()


def test_unknown_brief_is_not_found(signed_in: SignedIn) -> None:
    assert signed_in(a_statistician(("chuxiong",))).get(f"{PAGE}&brief=other").status_code == 404
