"""A database with the shipped packs, loaded once; every test starts from there and leaves nothing behind.

The guards of the ledger refuse to empty its tables, so they are taken down for the moment in which the tables
of a test that really commits (`transactional_db`) are emptied, and put up again with the packs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from gaoxin.web.accounts.models import User
from gaoxin.web.drafts import guards as drafts
from gaoxin.web.eligibility import guards as history
from gaoxin.web.ledger import guards
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.packs import load_packs

SignedIn = Callable[[User], Client]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        load_packs(library())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    if not _commits(item):
        return (yield)
    blocker = item.config.stash.get(_BLOCKER, None)
    if blocker is None:
        return (yield)
    with blocker.unblock():
        _run(drafts.remove(connection.vendor))
        _run(history.remove(connection.vendor))
        _run(guards.remove(connection.vendor))
        if connection.vendor == "sqlite":  # one guard is a foreign key that Django does not know
            _run(iter(["PRAGMA foreign_keys = OFF"]))
    try:
        return (yield)
    finally:
        if nextitem is not None:  # after the last test the database is gone already
            with blocker.unblock():
                _run(guards.install(connection.vendor))
                _run(history.install(connection.vendor))
                _run(drafts.install(connection.vendor))
                if connection.vendor == "sqlite":
                    _run(iter(["PRAGMA foreign_keys = ON"]))
                load_packs(library())
                connection.close()


_BLOCKER = pytest.StashKey()


@pytest.fixture(autouse=True)
def _settled(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """Counters of failed sign-ins and chosen languages do not leak from one test into the next."""
    request.config.stash[_BLOCKER] = django_db_blocker
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def signed_in() -> SignedIn:
    """A browser in which an account has signed in."""

    def open_browser(account: User) -> Client:
        browser = Client()
        browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open_browser


@pytest.fixture
def demonstration() -> Iterator[None]:
    """Demo mode, as `gaoxin serve --demo` sets it."""
    before = settings.DEMO
    settings.DEMO = True
    yield
    settings.DEMO = before


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or bool(
        marker and marker.kwargs.get("transaction")
    )


def _run(statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
