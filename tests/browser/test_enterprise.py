"""The enterprise page in a real browser: rows open in place, sources open beside the figure (企业页)."""

from __future__ import annotations

import pytest

from gaoxin.web.accounts.models import Role
from gaoxin.web.ledger.models import Subject
from tests.browser.conftest import PHONE
from tests.web.builders import a_statistician, an_account, an_enterprise, an_entry

pytestmark = pytest.mark.django_db(transaction=True)


def a_small_firm() -> tuple[Subject, str]:
    """Science staff of 2 in 40: 5 %, where HNTE asks 10 %."""
    firm, clerk = an_enterprise("滇东精密机械"), a_statistician()
    for metric, people in (("staff_total_avg", "40"), ("sti_staff_hnte", "2")):
        an_entry(clerk, firm, people, metric=metric, unit="人", period="2025")
    return firm, f"/subjects/enterprise/{firm.code.partition('/')[2]}/eligibility/"


def test_a_row_opens_in_place_and_keeps_the_focus(sit_down) -> None:
    _firm, where = a_small_firm()
    desk = sit_down(an_account(Role.SCIENCE_OFFICER))
    page = desk.open(where + "?open=&on=2026-11-22")
    row = page.locator("#row-HNTE")
    assert row.get_attribute("aria-expanded") == "false"
    row.click()
    page.locator(".gx-detail").wait_for()
    assert "2 ÷ 40 人" in page.locator(".gx-detail").inner_text()
    assert page.locator("#row-HNTE").get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == "row-HNTE"
    assert "open=HNTE" in page.url
    assert desk.complaints == []


def test_the_cheapest_way_arrives_after_the_verdicts(sit_down) -> None:
    _firm, where = a_small_firm()
    page = sit_down(an_account(Role.SCIENCE_OFFICER)).open(where + "?open=HNTE&on=2026-11-22")
    page.wait_for_load_state("networkidle")
    # 2 of 40 are short of 4: two more to register, and the page says what that costs
    assert "2 → 4 人" in page.locator("#way-HNTE-H4").inner_text()
    assert "正在找" not in page.locator("#way-HNTE").inner_text()


def test_a_figure_of_a_condition_opens_its_source(sit_down) -> None:
    _firm, where = a_small_firm()
    page = sit_down(an_account(Role.SCIENCE_OFFICER)).open(where + "?open=HNTE&on=2026-11-22")
    page.locator(".gx-detail button.gx-src").first.click()
    page.locator(".gx-pop dl").wait_for()
    assert "2025" in page.locator(".gx-pop").inner_text()


def test_the_page_for_another_day_is_asked_for_in_the_matrix(sit_down) -> None:
    _firm, where = a_small_firm()
    page = sit_down(an_account(Role.SCIENCE_OFFICER)).open(where)
    page.locator("input[name=on]").fill("2026-03-31")
    page.get_by_role("button", name="重新判定").click()
    page.wait_for_load_state()
    assert page.locator("#row-ZJTX63").count() == 1
    assert "2026-03-31" in page.locator(".gx-banner").first.inner_text()


def test_a_phone_shows_the_conditions_inside_the_screen(sit_down) -> None:
    _firm, where = a_small_firm()
    desk = sit_down(an_account(Role.SCIENCE_OFFICER), screen=PHONE)
    page = desk.open(where + "?open=HNTE")
    assert not desk.scrolls_sideways
    assert page.locator(".gx-detail .gx-gap").nth(1).bounding_box()["width"] <= 390
