"""`gaoxin account`: the first account of a zone is opened at the machine itself."""

from __future__ import annotations

import io
import json

import pytest

from gaoxin.cli import main
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.models import AuditEvent
from gaoxin.web.ledger.packs import load_packs

pytestmark = pytest.mark.django_db
SECRET = "correct horse battery"
OPEN = ("open", "chenmin", "--role", "statistician", "--name", "陈敏", "--zone", "chuxiong")


@pytest.fixture(autouse=True)
def _packs() -> None:
    load_packs(library())


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Exit code, answer, complaint; `secret` is what standard input holds."""

    def run(*words: str, secret: str = SECRET) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(secret + "\n"))
        code = main.run(["account", *words, "--lang", "zh"])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_an_account_opened_by_hand_can_sign_in_and_leaves_a_trace(call) -> None:
    code, out, _ = call(*OPEN, "--password-stdin")
    assert (code, "已开户：chenmin" in out) == (0, True)
    user = User.objects.get(username="chenmin")
    assert [zone.code for zone in user.zones.all()] == ["zone/chuxiong"]
    assert user.check_password(SECRET)
    assert AuditEvent.objects.filter(action="account.open", target="chenmin").exists()


def test_a_weak_password_opens_nothing(call) -> None:
    code, _, err = call(*OPEN, "--password-stdin", secret="12345")
    assert code == 1
    assert "至少 10 个字符" in err
    assert not User.objects.filter(username="chenmin").exists()


def test_an_unknown_zone_names_those_there_are(call) -> None:
    code, _, err = call(*OPEN[:-1], "nowhere", "--password-stdin")
    assert code == 1
    assert "zone/chuxiong" in err


def test_a_closed_account_is_listed_no_more(call) -> None:
    call(*OPEN, "--password-stdin")
    assert [one["username"] for one in json.loads(call("list", "--json")[1])] == ["chenmin"]
    assert call("close", "chenmin")[0] == 0
    assert json.loads(call("list", "--json")[1]) == []
    assert not User.objects.get(username="chenmin").is_active


def test_a_new_password_replaces_the_old_one(call) -> None:
    call(*OPEN, "--password-stdin")
    assert call("password", "chenmin", "--password-stdin", secret="another long secret")[0] == 0
    assert User.objects.get(username="chenmin").check_password("another long secret")


def test_opening_without_role_is_misuse(call) -> None:
    assert call("open", "chenmin", "--password-stdin")[0] == 2
