"""The clause editor in a real browser: type a number, see the price, keep the draft (条款测算)."""

from __future__ import annotations

import pytest

from gaoxin.web.eligibility.draft_models import ClauseDraft
from tests.browser.conftest import PHONE
from tests.web.eligibility.policy_builders import Policy, a_policy

pytestmark = pytest.mark.django_db(transaction=True)
EDITOR = "/policies/clauses/C9/?zone=sandbox"
PAGES = {
    "boards": "/policies/near/?zone=sandbox",
    "board": "/policies/near/C9/?zone=sandbox",
    "library": "/policies/near/C9/library/?zone=sandbox",
    "lists": "/policies/lists/?zone=sandbox&list=unfit&rule=HNTE",
    "titles": "/policies/titles/?zone=sandbox&kind=hnte&year=2024",
    "clauses": "/policies/clauses/?zone=sandbox",
    "clause": EDITOR + "&a.rate=40",
}


@pytest.fixture
def held() -> Policy:
    return a_policy()


def test_a_changed_number_is_priced_at_once_and_kept_as_a_draft(sit_down, held: Policy) -> None:
    desk = sit_down(held.officer)
    page = desk.open(EDITOR)
    assert page.locator('[data-side="law"] td').nth(2).inner_text() == "30"
    page.locator('input[name="a.rate"]').fill("40")
    page.locator('[data-side="A"]').wait_for()
    # 30 % and 40 % of 100 万元, for the one firm that certainly qualifies
    assert page.locator('[data-side="A"] td').nth(2).inner_text() == "40"
    page.locator('input[name="a.rate"]').fill("140")
    page.locator(".gx-banner.bad").wait_for()
    assert "比例不能超过 100%" in page.locator("#result").inner_text()
    page.locator('input[name="a.rate"]').fill("45")
    page.locator(".gx-banner.bad").wait_for(state="detached")
    page.locator('input[name="name"]').fill("加码")
    page.locator('button[name="side"][value="a"]').click()
    page.locator("h1", has_text="草案：加码").wait_for()
    assert ClauseDraft.objects.get().versions.get().written == {"rate": "45%"}
    assert desk.complaints == []


def test_picked_firms_add_up_on_the_board(sit_down, held: Policy) -> None:
    desk = sit_down(held.officer)
    page = desk.open(PAGES["board"])
    page.locator("input[data-pick]").first.check()
    bar = page.locator("[data-picked]")
    bar.wait_for()
    # 平研机械: ten thousand yuan more booked at 0.5 万元
    assert "已选 1 家" in bar.inner_text()
    assert "0.5" in bar.inner_text()
    page.locator("button", has_text="打印告知单").click()
    page.locator("h1", has_text="告知单").wait_for()
    assert desk.complaints == []


def test_the_policy_desk_is_clean_for_axe_the_content_policy_and_a_phone(sit_down, held: Policy) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    desk, lenient = sit_down(held.officer), sit_down(held.officer, lenient=True)
    phone = sit_down(held.officer, screen=PHONE)
    found: dict[str, list[str]] = {}
    for name, where in PAGES.items():
        desk.open(where)
        page = lenient.open(where)
        page.wait_for_timeout(300)
        results = axe.run(page).response["violations"]
        if results:
            found[name] = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results]
        if phone.open(where) and phone.scrolls_sideways:
            found.setdefault(name, []).append("scrolls sideways on a phone")
    assert found == {}
    assert desk.complaints == []
