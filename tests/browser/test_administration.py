"""Accounts and objections in a real browser: nothing found by axe, no sideways scrolling, no complaint."""

from __future__ import annotations

import pytest

from gaoxin.web.accounts.models import Role
from tests.browser.conftest import PHONE
from tests.web.builders import a_director, a_statistician, an_account
from tests.web.pages.addresses import World, a_world, address

pytestmark = pytest.mark.django_db(transaction=True)
HERE = ("chuxiong",)
OF_THE_ADMINISTRATOR = ("accounts", "account-new", "account", "own-password", "audit", "data")
OF_THE_OBJECTOR = ("objections", "objection-new", "objection", "figure")
OF_THE_STATISTICIAN = ("objection", "conflicts", "desk")


@pytest.fixture
def world() -> World:
    return a_world(a_statistician(HERE, name="陈岚"))


@pytest.mark.parametrize("screen", [None, PHONE])
def test_axe_finds_nothing_and_a_phone_does_not_scroll_sideways(sit_down, world: World, screen) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found: dict[str, list[str]] = {}
    for person, names in (
        (an_account(Role.ADMINISTRATOR, HERE, "许管"), OF_THE_ADMINISTRATOR),
        (a_director(HERE, "周正"), OF_THE_OBJECTOR),
        (world.clerk, OF_THE_STATISTICIAN),
    ):
        desk = sit_down(person, lenient=True, **({"screen": screen} if screen else {}))
        for name in names:
            results = axe.run(desk.open(address(name, world))).response["violations"]
            faults = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results]
            faults += ["sideways"] if screen and desk.scrolls_sideways else []
            if faults:
                found[f"{person.role} {name}"] = faults
    assert found == {}


def test_a_one_time_password_is_handed_out_and_changed(sit_down, world: World) -> None:
    desk = sit_down(an_account(Role.ADMINISTRATOR, HERE, "许管"))
    page = desk.open("/accounts/new/")
    page.fill("#id_username", "wangfang")
    page.fill("#id_display_name", "王芳")
    page.select_option("#id_role", "statistician")
    page.get_by_label("楚雄高新区").check()
    page.get_by_role("button", name="开通这个账号").click()
    secret = page.locator(".gx-secret").inner_text()
    door = sit_down(None)
    came = door.open("/sign-in/")
    came.fill("#id_username", "wangfang")
    came.fill("#id_password", secret)
    came.get_by_role("button", name="登录").click()
    came.fill("#id_old", secret)
    came.fill("#id_new", "长江以北的春天-26")
    came.fill("#id_again", "长江以北的春天-26")
    came.get_by_role("button", name="改密码").click()
    came.wait_for_url("**/zones/chuxiong/**")
    assert desk.complaints == []
    assert door.complaints == []
