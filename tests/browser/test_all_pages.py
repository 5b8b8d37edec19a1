"""Every page in a real browser: no complaint of the content policy, nothing found by axe, no sideways
scrolling.
"""

from __future__ import annotations

import pytest

from gaoxin.web.accounts.models import User
from gaoxin.web.imports.work import work_once
from tests.browser.conftest import PHONE
from tests.web.builders import a_statistician, an_account, an_auditor
from tests.web.pages.addresses import World, a_world, address

pytestmark = pytest.mark.django_db(transaction=True)
EVERYWHERE = ("chuxiong", "weifang", "daqing", "sandbox")
# Downloads and fragments are no pages.
FRAGMENTS = ("card", "derived-card", "enter-check", "enter-subjects", "enter-metrics", "import-progress")
SMALL = (
    "zone",
    "compare",
    "subjects",
    "subject",
    "figure",
    "correct",
    "conflict",
    "checks",
    "desk",
    "source",
    "import",
    "eligibility-all",
    "rules",
    "rule",
)


def pages(world: World) -> dict[str, str]:
    """What a statistician can open, by name."""
    wanted = (
        "zone", "metric", "compare", "subjects", "subject", "figure", "sources", "source", "data", "enter",
        "correct", "conflicts", "conflict", "checks", "desk", "imports", "import", "source-new", "withdraw",
        "eligibility", "rules", "rule",
    )  # fmt: skip
    held = {name: address(name, world) for name in wanted}
    more = {
        "weifang": "/zones/weifang/", "daqing": "/zones/daqing/", "sandbox": "/zones/sandbox/",
        "rules": "/checks/?zone=chuxiong&rules=1", "search": "/search?q=gdp", "missing": "/nowhere/",
        "refused": "/audit/", "all": "/compare/?all=1",
        "eligibility-all": address("eligibility", world) + "?open=all",
    }  # fmt: skip
    return held | more


@pytest.fixture
def clerk() -> User:
    return a_statistician(EVERYWHERE, name="陈岚")


@pytest.fixture
def world(clerk: User) -> World:
    made = a_world(clerk)
    while work_once("test"):  # the upload waits for its columns
        pass
    return made


def test_no_page_breaks_the_content_policy_or_its_scripts(sit_down, clerk: User, world: World) -> None:
    desk = sit_down(clerk)
    for where in pages(world).values():
        desk.open(where)
    faults = [said for said in desk.complaints if "404" not in said and "403" not in said]
    assert faults == []


def test_axe_finds_nothing_on_any_page(sit_down, clerk: User, world: World) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    desk = sit_down(clerk, lenient=True)
    found: dict[str, list[str]] = {}
    for name, where in pages(world).items():
        results = axe.run(desk.open(where)).response["violations"]
        if results:
            found[name] = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results]
    assert found == {}


def test_axe_finds_nothing_at_the_door_and_for_the_auditor(sit_down, world: World) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    door = sit_down(None, lenient=True)
    assert axe.run(door.open("/sign-in/")).response["violations"] == []
    auditor = sit_down(an_auditor(EVERYWHERE), lenient=True)
    assert axe.run(auditor.open("/audit/")).response["violations"] == []


def test_a_phone_shows_every_page_without_scrolling_sideways(sit_down, clerk: User, world: World) -> None:
    desk = sit_down(clerk, screen=PHONE)
    wide = [name for name, where in pages(world).items() if desk.open(where) and desk.scrolls_sideways]
    assert wide == []
    door = sit_down(None, screen=PHONE)
    door.open("/sign-in/")
    assert not door.scrolls_sideways


def test_axe_finds_nothing_on_a_phone(sit_down, clerk: User, world: World) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    desk = sit_down(clerk, screen=PHONE, lenient=True)
    found = {}
    for name in SMALL:
        results = axe.run(desk.open(pages(world)[name])).response["violations"]
        if results:
            found[name] = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results]
    assert found == {}


def test_english_pages_do_not_burst_their_frame(sit_down, world: World) -> None:
    desk = sit_down(an_account("statistician", EVERYWHERE, "陈岚"), language="en")
    wide = [name for name, where in pages(world).items() if desk.open(where) and desk.scrolls_sideways]
    assert wide == []


def test_twice_the_letter_size_needs_no_sideways_scrolling(sit_down, clerk: User, world: World) -> None:
    # 200 % zoom of a 1440 px screen is a page 720 px wide
    desk = sit_down(clerk, screen={"width": 720, "height": 450})
    wide = [name for name in SMALL if desk.open(pages(world)[name]) and desk.scrolls_sideways]
    assert wide == []
