"""A real Chromium before a running workbench; skipped with a reason where there is none (浏览器测试)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.test import Client

from gaoxin.web.accounts.models import User

# The database with the packs in it, and the guards that let a committing test be cleaned up.
from tests.web.conftest import _settled, demonstration, django_db_setup, pytest_runtest_teardown

__all__ = ["_settled", "demonstration", "django_db_setup", "pytest_runtest_teardown"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install -y chromium fonts-noto-cjk")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs a loop in this very thread
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"],
        )
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@dataclass
class Desk:
    """One person's browser: a page, and everything it complained about."""

    page: object
    home: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str):
        self.page.goto(self.home + path)
        self.page.wait_for_load_state("load")
        return self.page

    @property
    def scrolls_sideways(self) -> bool:
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )


# Violations of the content policy are reported to the console as well; this names the directive.
_LISTEN = """
document.addEventListener('securitypolicyviolation', (e) =>
  console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`));
"""


@pytest.fixture
def sit_down(chromium, live_server) -> Iterator[Callable[..., Desk]]:
    """Sign somebody in and sit down: `sit_down(account, width=PHONE, language="en")`; None stays outside."""
    open_contexts = []

    def begin(
        account: User | None, *, screen: dict[str, int] = DESK, language: str = "", lenient: bool = False
    ) -> Desk:
        context = chromium.new_context(viewport=screen, bypass_csp=lenient, locale="zh-CN")
        open_contexts.append(context)
        if account is not None:
            door = Client()
            door.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            held = door.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": held, "url": live_server.url}]
            )
        if language:
            context.add_cookies(
                [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
            )
        page = context.new_page()
        desk = Desk(page, live_server.url)
        page.add_init_script(_LISTEN)
        page.on("pageerror", lambda error: desk.complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda said: desk.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        return desk

    yield begin
    for context in open_contexts:
        context.close()
