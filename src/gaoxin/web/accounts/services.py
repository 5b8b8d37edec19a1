"""Opens, changes and closes accounts (账号管理). Every act is one transaction with its audit row.

`by` is the administrator, or None for the command line and the demonstration. An administrator looks after
the accounts whose zones are all among his own (`selectors.py`), and gives no zone that he does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from gaoxin.core.visible import visible_line
from gaoxin.web.accounts import lockout
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.passwords import AccountError, checked_password, one_time_password
from gaoxin.web.accounts.permissions import require
from gaoxin.web.accounts.selectors import account_named, may_give
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.models import AuditEvent, Subject

__all__ = [
    "AccountError",
    "change_account",
    "close_account",
    "open_account",
    "record_act",
    "reopen_account",
    "reset_password",
    "set_own_password",
    "set_password",
]


@transaction.atomic
def open_account(
    *,
    by: User | None,
    username: str,
    role: str,
    display_name: str,
    department: str = "",
    zones: Iterable[Subject] = (),
    enterprise: Subject | None = None,
    password: str | None = None,
    one_time: bool = False,
) -> User:
    """Open an account. Without a password nobody can sign in with one; `one_time`: it must be changed first.

    Raises: AccountError for a taken or unfit name, a nameless person, an unknown role, a weak password, a
    zone that is not the administrator's, or an enterprise on another role; InvisibleSign.
    """
    if by is not None:
        require(by, "accounts.manage")
    name = User.normalize_username(visible_line(username, "账号", "username"))
    person = _person(name, display_name)
    places = list(zones)
    _refuse_unfit(by, role, places, enterprise)
    if User.objects.filter(username__iexact=name).exists():
        raise AccountError(f"账号“{name}”已存在，请换一个。", f"The account {name!r} exists already.")
    user = User(
        username=name,
        role=role,
        display_name=person,
        department=visible_line(department, "部门", "department")[:80],
        enterprise=enterprise,
        must_change_password=one_time,
        opened_in_demo=settings.DEMO,
    )
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(checked_password(password, user))
    user.save()
    user.zones.set(places)
    record_act("open", by=by, account=user, detail={"role": role, "zones": _codes(places)})
    return user


@transaction.atomic
def change_account(
    *,
    by: User,
    username: str,
    role: str,
    display_name: str,
    department: str,
    zones: Iterable[Subject],
    enterprise: Subject | None = None,
) -> User:
    """Give an account another role, name, department or other zones; it takes effect with the next page.

    The audit row names what it was and what it is now; without a change there is none.
    Raises: AccountError as for `open_account`, and for one's own role and zones; NotFound.
    """
    require(by, "accounts.manage")
    user = account_named(by, username, lock=True)
    places = sorted(zones, key=lambda zone: zone.code)
    _refuse_unfit(by, role, places, enterprise)
    now = {
        "role": role,
        "display_name": _person(username, display_name),
        "department": visible_line(department, "部门", "department")[:80],
        "zones": _codes(places),
        "enterprise": enterprise.code if enterprise is not None else "",
    }
    before = {
        "role": user.role,
        "display_name": user.display_name,
        "department": user.department,
        "zones": _codes(user.zones.all()),
        "enterprise": user.enterprise.code if user.enterprise is not None else "",
    }
    changes = {name: [before[name], now[name]] for name in now if now[name] != before[name]}
    if user.pk == by.pk and changes.keys() & {"role", "zones", "enterprise"}:
        raise AccountError(
            "不能改自己的岗位和园区，请另一位管理员来改。",
            "You cannot change your own role or zones; ask another administrator.",
        )
    if not changes:
        return user
    user.role, user.enterprise = role, enterprise
    user.display_name, user.department = str(now["display_name"]), str(now["department"])
    user.save(update_fields=["role", "enterprise", "display_name", "department"])
    user.zones.set(places)
    record_act("change", by=by, account=user, detail={"changes": changes})
    return user


@transaction.atomic
def close_account(*, by: User | None, username: str) -> User:
    """Close an account at once; its sessions end, its name stays in the records.

    Raises: AccountError if it is closed already or one's own; NotFound.
    """
    user = account_named(by, username, lock=True)
    if by is not None and user.pk == by.pk:
        raise AccountError("不能停用自己的账号。", "You cannot close your own account.")
    if not user.is_active:
        raise AccountError(f"账号“{username}”已经停用。", f"The account {username!r} is closed already.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record_act("close", by=by, account=user)
    return user


@transaction.atomic
def reopen_account(*, by: User, username: str) -> str:
    """Open a closed account again. Returns its new one-time password: the old one may be anybody's by now.

    Raises: AccountError if it is open; NotFound.
    """
    user = account_named(by, username, lock=True)
    if user.is_active:
        raise AccountError(f"账号“{username}”没有停用。", f"The account {username!r} is not closed.")
    user.is_active = True
    secret = _give_one_time(user, ["is_active"])
    record_act("reopen", by=by, account=user)
    return secret


@transaction.atomic
def reset_password(*, by: User, username: str) -> str:
    """A one-time password for somebody who forgot the own one. It is returned once and kept nowhere.

    Whoever is signed in with the old one is signed out; a lock of the name is lifted.
    Raises: AccountError for a closed account or one's own; NotFound.
    """
    user = account_named(by, username, lock=True)
    if user.pk == by.pk:
        raise AccountError("自己的密码请在右上角“改密码”里改。", "Change your own password in the menu.")
    if not user.is_active:
        raise AccountError("账号已停用，请先恢复。", "The account is closed; open it again first.")
    secret = _give_one_time(user, [])
    record_act("password", by=by, account=user, detail={"one_time": True})
    return secret


@transaction.atomic
def set_password(*, by: None, username: str, password: str) -> User:
    """A password typed on the command line. Raises: AccountError for a weak one; NotFound."""
    user = account_named(by, username, lock=True)
    user.set_password(checked_password(password, user))
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    lockout.unlock(user.username)
    record_act("password", by=by, account=user)
    return user


@transaction.atomic
def set_own_password(*, by: User, old: str, new: str) -> User:
    """One's own new password. Raises: AccountError if the old one is wrong, the new one weak or the same."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if not user.check_password(old):
        raise AccountError("现在的密码不对。", "The present password is wrong.")
    if user.check_password(new):
        raise AccountError("新密码要和现在的不同。", "Choose a password that differs from the present one.")
    user.set_password(checked_password(new, user))
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record_act("password", by=user, account=user, detail={"own": True})
    return user


def record_act(
    act: str, *, by: User | None, account: User, detail: dict[str, object] | None = None
) -> AuditEvent:
    """An act about an account; it belongs to the zone of the account, if that is one zone and no more."""
    zones = [account.enterprise.zone] if account.enterprise is not None else list(account.zones.all()[:2])
    place = zones[0] if len(zones) == 1 else None
    return record_event(
        by=by, action=f"account.{act}", target=account.username, zone=place, detail=detail or {}
    )


def _give_one_time(user: User, also: Sequence[str]) -> str:
    secret = one_time_password()
    user.set_password(secret)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password", *also])
    lockout.unlock(user.username)
    return secret


def _person(username: str, display_name: str) -> str:
    person = visible_line(display_name, "姓名", "name")
    if not username or not person:
        raise AccountError("账号和姓名都要写明。", "An account needs a username and the name of its person.")
    if len(person) > 60:
        raise AccountError("姓名最多 60 个字。", "A name has 60 signs at most.")
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError as problem:
        raise AccountError(
            "账号只能用汉字、字母、数字和 @ . + - _。",
            "A username has letters, digits and @ . + - _ only.",
        ) from problem
    if len(username) > 150:
        raise AccountError("账号最多 150 个字符。", "A username has 150 signs at most.")
    return person


def _refuse_unfit(by: User | None, role: str, zones: Sequence[Subject], enterprise: Subject | None) -> None:
    if role not in Role.values:
        raise AccountError(f"没有“{role}”这个岗位。", f"There is no role {role!r}.")
    if (enterprise is not None) != (role == Role.ENTERPRISE_USER):
        raise AccountError(
            "企业用户必须且只有企业用户要指定所属企业。",
            "An enterprise belongs to an enterprise user, and only there.",
        )
    if by is not None and not may_give(by, zones, enterprise):
        raise AccountError(
            "只能分配您自己负责的园区。", "You can only give zones that you look after yourself."
        )


def _codes(zones: Iterable[Subject]) -> list[str]:
    return sorted(zone.code for zone in zones)
