"""Boards keep what a reader may not read, zones keep to their officers, doubts are said on every list."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.utils import timezone

from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility import services
from gaoxin.web.eligibility.boards import board
from gaoxin.web.eligibility.residents import residents
from gaoxin.web.ledger.freezing import freeze_ledger
from tests.web.builders import a_statistician, an_account, an_entry, zone
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import DAY, HERE, a_policy

pytestmark = pytest.mark.django_db
DOUBT = "有的条款或参数待核"
HIDDEN = "您的岗位看不到这项数"


def cells(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def test_a_score_that_rests_on_an_expert_s_points_is_told_to_who_may_read_them(signed_in: SignedIn) -> None:
    held = a_policy()
    # 5 points of an expert, restricted, for one firm; nobody scored the other
    an_entry(a_statistician(HERE), held.mute, "5", metric="hnte_rd_system", unit="分", period="2025-12-31")
    freeze_ledger()
    run = services.evaluate(zone("sandbox"), on=DAY)
    group = board(residents(run), "HNTE").by_code[held.mute.code].group
    code = held.mute.code.partition("/")[2]
    page = f"/policies/near/HNTE/?zone=sandbox&short={group}&q=未报软件"
    book = f"/policies/near/HNTE/export.xlsx?zone=sandbox&firm={code}"
    officer, director = signed_in(held.officer), signed_in(an_account(Role.DIRECTOR, HERE))
    told = officer.get(page).content.decode()
    assert "未报软件" in told
    assert "按岗位不显示" in told
    assert "gx-sc" not in told.partition("<tbody")[2].partition("</tbody")[0]
    assert cells(officer.get(book).content).count(HIDDEN) >= 2
    assert "按岗位不显示" not in director.get(page).content.decode()
    assert HIDDEN not in cells(director.get(book).content)
    other = held.flat.code.partition("/")[2]
    assert HIDDEN not in cells(officer.get(book.replace(code, other)).content)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_no_calendar_reaches_is_refused_in_words(signed_in: SignedIn, day: str) -> None:
    held = a_policy()
    browser = signed_in(held.officer)
    for path in ("", "export.xlsx", "notices/", f"ways/{held.flat.code.partition('/')[2]}/"):
        answer = browser.get(f"/policies/near/C9/{path}?zone=sandbox&by={day}")
        assert answer.status_code == 404
        assert "不是日期" in answer.content.decode()


def test_the_officer_of_another_zone_finds_nothing(signed_in: SignedIn) -> None:
    held = a_policy()
    signed_in(held.officer).post(
        "/policies/clauses/C9/save?zone=sandbox", {"name": "试一试", "side": "a", "a.rate": "20"}
    )
    stranger = signed_in(an_account(Role.SCIENCE_OFFICER, ("weifang",)))
    code = held.flat.code.partition("/")[2]
    paths = ["near/", "near/C9/", "near/C9/library/", "lists/", "titles/", "clauses/", "clauses/C9/"]
    paths += ["near/C9/export.xlsx", "near/C9/library/export.xlsx", "lists/export.xlsx", "titles/export.xlsx"]
    paths += [f"near/C9/notices/?firm={code}", f"near/C9/ways/{code}/", "drafts/1/"]
    for path in paths:
        joint = "&" if "?" in path else "?"
        assert stranger.get(f"/policies/{path}{joint}zone=sandbox").status_code == 404, path
    for act in ("review", "finish"):
        assert stranger.post(f"/policies/drafts/1/{act}").status_code in (403, 404)
    assert stranger.get(f"/subjects/enterprise/{code}/eligibility/").status_code == 404


def test_what_is_not_confirmed_is_said_wherever_a_list_goes(signed_in: SignedIn) -> None:
    held = a_policy()
    browser, code = signed_in(held.officer), held.flat.code.partition("/")[2]
    for path in ("near/C9/", "near/C9/library/", "lists/?rule=C9", "near/"):
        joint = "&" if "?" in path else "?"
        assert "参数待核" in browser.get(f"/policies/{path}{joint}zone=sandbox").content.decode(), path
    assert DOUBT in browser.get(f"/policies/near/C9/notices/?zone=sandbox&firm={code}").content.decode()
    for path in ("near/C9/export.xlsx", "near/C9/library/export.xlsx", "lists/export.xlsx?rule=C9"):
        joint = "&" if "?" in path else "?"
        book = cells(browser.get(f"/policies/{path}{joint}zone=sandbox").content)
        assert any(DOUBT in cell for cell in book), path


def test_the_catalogue_claims_no_more_than_was_compared(signed_in: SignedIn) -> None:
    page = signed_in(an_account(Role.SCIENCE_OFFICER, HERE)).get("/policies/?zone=sandbox").content.decode()
    assert "原文" not in page
    for line in page.split("<tr>"):
        if "只作说明" in line:
            assert "两处以上公开文本一致" not in line


def test_the_catalogue_says_who_judged_and_when(signed_in: SignedIn) -> None:
    held = a_policy()
    page = signed_in(held.officer).get("/policies/?zone=sandbox").content.decode()
    assert held.run.by_name in page
    assert f"于 {timezone.localtime(held.run.made_at):%Y-%m-%d %H:%M} 作出" in page
