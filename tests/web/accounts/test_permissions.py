"""Who may do what: the table of the design, written out by hand (岗位权限)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from gaoxin.web.accounts.models import Role
from gaoxin.web.accounts.permissions import PERMISSIONS, can, sensitivities
from gaoxin.web.accounts.services import AccountError, close_account, open_account
from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import PASSWORD, an_account, an_enterprise

pytestmark = pytest.mark.django_db

# One letter a permission, in this order; "." is no. Only statisticians write figures, only they and the
# director decide between them, the administrator sees no firm's data, outsiders see no tables. Whoever does
# not correct figures himself may object to them.
ORDER = (
    "facts.enter", "facts.correct", "facts.check", "facts.rule", "facts.import", "facts.export", "zones.view",
    "enterprises.view", "checks.view", "audit.view", "accounts.manage", "packs.view", "backup.view",
    "facts.object", "rules.view", "standings.view", "standings.evaluate", "boards.view", "drafts.write",
    "drafts.review", "drafts.publish", "papers.view", "papers.check",
)  # fmt: skip
TABLE = {
    Role.DIRECTOR:           "..xx.xxxx..x.xxxxxxxxxx",
    Role.STATISTICIAN:       "xxxxxxxxx..x..xxxxx..xx",
    Role.SCIENCE_OFFICER:    ".....xxxx..x.xxxxxx..xx",
    Role.INVESTMENT_OFFICER: ".....xxxx..x.xxx.....xx",
    Role.WINDOW_OFFICER:     "......xx...x.xxx.......",
    Role.FINANCE_OFFICER:    ".....xxxx..x.xxx.xxx.xx",
    Role.TALENT_OFFICER:     ".....xxxx..x.xxx.....xx",
    Role.BANK_USER:          "......x......x.........",
    Role.ENTERPRISE_USER:    ".......x.....xx........",
    Role.APPLICANT:          "......x......x.........",
    Role.AUDITOR:            ".....xxxxx.xxxxx.x...x.",
    Role.ADMINISTRATOR:      "......x..xxxxxx........",
}  # fmt: skip
RESTRICTED_READERS = {
    Role.DIRECTOR, Role.STATISTICIAN, Role.FINANCE_OFFICER, Role.AUDITOR, Role.ENTERPRISE_USER,
}  # fmt: skip


def test_the_table_covers_every_role_and_every_permission() -> None:
    assert set(TABLE) == set(Role.values)
    assert set(ORDER) == set(PERMISSIONS)


@pytest.mark.parametrize("role", Role.values)
def test_a_role_may_do_exactly_what_the_table_says(role: str) -> None:
    account = an_account(role, enterprise=an_enterprise() if role == Role.ENTERPRISE_USER else None)
    assert "".join("x" if can(account, name) else "." for name in ORDER) == TABLE[Role(role)]


@pytest.mark.parametrize("role", Role.values)
def test_a_closed_account_may_do_nothing(role: str) -> None:
    account = an_account(role, is_active=False)
    assert not any(can(account, name) for name in PERMISSIONS)


def test_nobody_and_a_superuser_flag_may_do_nothing_more() -> None:
    assert not any(can(AnonymousUser(), name) for name in PERMISSIONS)
    assert not any(can(None, name) for name in PERMISSIONS)
    flagged = an_account(Role.APPLICANT, is_superuser=True, is_staff=True)
    assert [name for name in PERMISSIONS if can(flagged, name)] == ["facts.object", "zones.view"]


def test_a_permission_that_does_not_exist_is_our_bug() -> None:
    with pytest.raises(KeyError):
        can(an_account(Role.DIRECTOR), "facts.delete")


@pytest.mark.parametrize("role", Role.values)
def test_restricted_figures_are_for_few_roles(role: str) -> None:
    readable = sensitivities(an_account(role))
    assert ("restricted" in readable) == (role in RESTRICTED_READERS)
    assert "public" in readable
    assert ("internal" in readable) == (role not in (Role.BANK_USER, Role.APPLICANT))


def test_only_an_administrator_opens_and_closes_accounts() -> None:
    from django.core.exceptions import PermissionDenied

    boss, clerk = an_account(Role.ADMINISTRATOR), an_account(Role.STATISTICIAN)
    with pytest.raises(PermissionDenied):
        open_account(by=clerk, username="wang", role=Role.DIRECTOR, display_name="王")
    wang = open_account(by=boss, username="wang", role=Role.DIRECTOR, display_name="王", password=PASSWORD)
    with pytest.raises(PermissionDenied):
        close_account(by=clerk, username="wang")
    assert not close_account(by=boss, username="wang").is_active
    acts = AuditEvent.objects.filter(target="wang", by=boss).order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["account.open", "account.close"]
    assert wang.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"role": "mayor"}, "没有“mayor”这个岗位"),
        ({"username": "taken"}, "已存在"),
        ({"role": Role.ENTERPRISE_USER}, "所属企业"),
        ({"password": "123"}, "至少 10 个字符；.*不能只有数字"),
        ({"password": "li-director-1"}, "相近"),
        ({"display_name": "  "}, "姓名"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why(wrong: dict, words: str) -> None:
    an_account(Role.DIRECTOR, username="taken")
    boss = an_account(Role.ADMINISTRATOR)
    known = {"username": "li-director", "role": Role.DIRECTOR, "display_name": "李"} | wrong
    with pytest.raises(AccountError, match=words):
        open_account(by=boss, **known)
    assert not AuditEvent.objects.filter(action="account.open").exists()


def test_an_administrator_cannot_lock_himself_out() -> None:
    boss = an_account(Role.ADMINISTRATOR)
    with pytest.raises(AccountError, match="自己"):
        close_account(by=boss, username=boss.username)
    boss.refresh_from_db()
    assert boss.is_active
