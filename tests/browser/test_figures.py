"""A figure opens its source, by mouse and by keyboard, and gives the focus back (来源卡、键盘)."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.web.builders import a_director, a_statistician, an_account

pytestmark = pytest.mark.django_db(transaction=True)
HERE = ("chuxiong",)
FOCUS = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"


def test_the_front_page_shows_figures_and_opens_the_source_of_one(sit_down) -> None:
    desk = sit_down(a_director(HERE))
    page = desk.open("/zones/chuxiong/")
    assert page.inner_text("#hero .gx-fig-xl .gx-fig-v").split() == ["299.54", "亿元"]
    ring = page.locator("#hero .gx-fig-xl .gx-src")
    ring.click()
    card = page.locator("#gx-pop")
    card.get_by_text("第3段第1句").wait_for()
    assert "299.54亿元" in card.inner_text()
    assert ring.get_attribute("aria-expanded") == "true"
    # it stands beside the figure and never over it
    figure, pop = page.locator("#hero .gx-fig-xl").bounding_box(), card.bounding_box()
    assert pop["x"] >= figure["x"] + figure["width"] or pop["y"] >= figure["y"] + figure["height"]
    assert page.evaluate("document.getElementById('gx-pop').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert card.is_hidden()
    assert "地区生产总值" in page.evaluate(FOCUS)
    assert desk.complaints == []


def test_the_keyboard_alone_reaches_a_source(sit_down) -> None:
    page = sit_down(a_director(HERE)).open("/zones/chuxiong/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "跳到正文"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if "地区生产总值（GDP）的来源" in page.evaluate(FOCUS):
            break
    page.keyboard.press("Enter")
    page.locator("#gx-pop").get_by_text("第3段第1句").wait_for()
    page.keyboard.press("Escape")
    assert "地区生产总值（GDP）的来源" in page.evaluate(FOCUS)


def test_a_derived_figure_opens_its_formula(sit_down) -> None:
    page = sit_down(a_director(HERE)).open("/zones/chuxiong/")
    page.locator(".gx-shares .t .gx-src").first.click()
    page.locator("#gx-pop").get_by_text("÷").wait_for()
    assert "推算" in page.locator("#gx-pop").inner_text()


def test_on_a_phone_the_card_is_a_sheet_from_below(sit_down) -> None:
    page = sit_down(a_director(HERE), screen=PHONE).open("/zones/chuxiong/")
    page.locator("#hero .gx-fig-xl .gx-src").click()
    page.locator("#gx-pop").get_by_text("第3段第1句").wait_for()
    box = page.locator("#gx-pop").bounding_box()
    assert box["x"] == 0
    assert round(box["y"] + box["height"]) == 844


def test_a_lost_connection_is_told_in_words(sit_down) -> None:
    page = sit_down(a_director(HERE)).open("/zones/chuxiong/")
    page.context.set_offline(True)
    page.locator("#hero .gx-fig-xl .gx-src").click()
    page.locator("#gx-pop").get_by_text("来源没有读出来").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#gx-pop").is_hidden()


def test_slash_searches_by_initials_and_arrows_choose(sit_down) -> None:
    page = sit_down(a_statistician(HERE)).open("/zones/chuxiong/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "gx-search"
    page.keyboard.type("zwdw")  # 州外到位…
    page.locator("#gx-found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator("#gx-found a.is-on").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/metrics/funds_in_place_outside_prefecture/")
    assert page.locator("h1").inner_text() == "州外到位资金"


def test_keys_lead_along_the_rail_and_are_listed_and_do_nothing_while_typing(sit_down) -> None:
    page = sit_down(a_statistician(HERE)).open("/zones/chuxiong/")
    page.keyboard.press("?")
    assert page.locator("#gx-keys").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#gx-keys").is_hidden()
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/data/")
    page.keyboard.press("/")
    page.keyboard.type("gq?")
    assert page.input_value("#gx-search") == "gq?"
    assert page.url.endswith("/data/")


def test_menus_open_without_script_and_close_on_escape(sit_down) -> None:
    page = sit_down(a_statistician(("chuxiong", "weifang"))).open("/zones/chuxiong/")
    page.locator(".gx-topbar details").first.locator("summary").click()
    assert page.get_by_role("link", name="潍坊高新区").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".gx-topbar details[open]").count() == 0


def test_the_language_changes_and_the_page_stays(sit_down) -> None:
    page = sit_down(an_account("director", HERE, "周敏")).open("/zones/chuxiong/?period=2021")
    page.get_by_role("button", name="English").first.click()
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.url.endswith("/zones/chuxiong/?period=2021")
    page.get_by_role("button", name="中文").first.click()
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


def test_on_paper_the_frame_goes_and_the_figures_stay(sit_down) -> None:
    page = sit_down(a_director(HERE)).open("/zones/chuxiong/")
    page.emulate_media(media="print")
    assert page.locator(".gx-rail").is_hidden()
    assert page.locator(".gx-topbar").is_hidden()
    assert page.locator("#hero .gx-fig-xl b").first.is_visible()
    assert len(page.pdf(format="A4")) > 10_000


@pytest.mark.usefixtures("demonstration")
def test_the_role_picker_lets_one_in_and_the_menu_changes_the_role(sit_down) -> None:
    from gaoxin.web.accounts.demo import create_demo_accounts

    create_demo_accounts()
    page = sit_down(None).open("/sign-in/")
    page.get_by_role("button", name="审计人员").click()
    page.wait_for_load_state("load")
    page.goto(page.url.split("/zones")[0] + "/audit/")
    assert page.locator("h1").inner_text() == "审计记录"
    page.locator(".gx-menu.right > summary").click()
    page.get_by_role("button", name="银行用户").click()
    page.wait_for_load_state("load")
    assert page.locator(".gx-nav a").count() == 1
