"""`/healthz` says up or down to everybody, and details to few (健康检查)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from gaoxin.web import environment
from gaoxin.web.accounts.models import Role
from gaoxin.web.operations.models import Heartbeat
from tests.web.builders import a_statistician, an_account, an_auditor
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_a_stranger_learns_one_word(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "up"})
    assert "no-store" in answer["Cache-Control"]
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def test_other_desks_learn_no_more(signed_in: SignedIn) -> None:
    assert signed_in(a_statistician()).get("/healthz").json() == {"status": "up"}


@pytest.mark.parametrize("reader", ["auditor", "administrator"])
def test_auditor_and_administrator_see_the_parts(signed_in: SignedIn, reader: str) -> None:
    account = an_auditor() if reader == "auditor" else an_account(Role.ADMINISTRATOR)
    parts = {part["name"]: part["well"] for part in signed_in(account).get("/healthz").json()["parts"]}
    assert parts["database"]
    assert parts["tables"]
    assert not parts["worker"]  # nobody has started one
    assert set(parts) == {"database", "tables", "worker", "disk"}


@pytest.mark.parametrize(("minutes", "well"), [(0, True), (1, True), (3, False), (60, False)])
def test_a_worker_is_well_while_it_was_heard_of_lately(signed_in: SignedIn, minutes: int, well: bool) -> None:
    Heartbeat.objects.create(worker="w1", at=timezone.now() - timedelta(minutes=minutes))
    told = signed_in(an_auditor()).get("/healthz").json()
    assert {part["name"]: part["well"] for part in told["parts"]}["worker"] is well
    assert told["status"] == "up"  # pages can be served without it


def test_tables_that_are_behind_are_down_and_say_no_more(client: Client, signed_in: SignedIn) -> None:
    MigrationRecorder.Migration.objects.filter(app="ledger").latest("name").delete()
    for browser in (client, signed_in(an_auditor())):
        answer = browser.get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "down"})


@pytest.mark.parametrize("cookie", ["", "a session"])
def test_a_database_that_is_gone_is_down_and_says_no_more(tmp_path: Path, cookie: str) -> None:
    """In a process of its own: the address of a database is read once."""
    code = (
        "import django, json; django.setup(); from django.test import Client; "
        "from django.conf import settings; "
        "c = Client(raise_request_exception=False); "
        f"c.cookies[settings.SESSION_COOKIE_NAME] = 'a' * 32 if {cookie!r} else ''; "
        "a = c.get('/healthz'); print(json.dumps([a.status_code, a.content.decode()]))"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GAOXIN_", "DATABASE_", "DJANGO_"))}
    ours = {
        "GAOXIN_HOME": str(tmp_path),
        "GAOXIN_SECRET_KEY": "x" * 40,
        "GAOXIN_ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": "postgres://gx:secret@127.0.0.1:1/gx",  # nobody listens there
        "DJANGO_SETTINGS_MODULE": "gaoxin.web.settings",
        "PYTHONPATH": str(Path(environment.__file__).parents[2]),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=kept | ours, capture_output=True, text=True, timeout=60, check=True
    )
    status, body = json.loads(done.stdout)
    assert (status, json.loads(body)) == (503, {"status": "down"})
    assert "secret" not in done.stderr
