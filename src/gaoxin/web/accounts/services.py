"""Opens and closes accounts (账号管理). Every change is one transaction with its audit row."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.models import Subject

_WEAK = {
    "password_too_short": ("至少 10 个字符", "at least 10 characters"),
    "password_too_common": ("不能用常见密码", "not a common password"),
    "password_entirely_numeric": ("不能只有数字", "not digits alone"),
    "password_too_similar": ("不能和账号、姓名相近", "not like the name of the account or the person"),
}


class AccountError(GaoxinError):
    """An account cannot be opened or changed as asked."""

    code = "account"


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
) -> User:
    """Open an account; `by` is None only for the command line and the demonstration.

    Without a password nobody can sign in with one.
    Raises: AccountError for a taken name, a nameless person, an unknown role, a weak password, or an
    enterprise on another role.
    """
    if by is not None:
        require(by, "accounts.manage")
    if role not in Role.values:
        raise AccountError(f"没有“{role}”这个岗位。", f"There is no role {role!r}.")
    if not username.strip() or not display_name.strip():
        raise AccountError("账号和姓名都要写明。", "An account needs a username and the name of its person.")
    if User.objects.filter(username=username).exists():
        raise AccountError(f"账号“{username}”已存在，请换一个。", f"The account {username!r} exists already.")
    if (enterprise is not None) != (role == Role.ENTERPRISE_USER):
        raise AccountError(
            "企业用户必须且只有企业用户要指定所属企业。",
            "An enterprise belongs to an enterprise user, and only there.",
        )
    user = User(
        username=username, role=role, display_name=display_name, department=department, enterprise=enterprise
    )
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(checked_password(password, user))
    user.save()
    user.zones.set(zones)
    record_event(by=by, action="account.open", target=username, detail={"role": role})
    return user


def checked_password(password: str, user: User) -> str:
    """The password, if it is strong enough. Raises: AccountError that says what is missing."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        weak = [_WEAK.get(one.code or "", (one.messages[0],) * 2) for one in problem.error_list]
        raise AccountError(
            "密码不合要求：" + "；".join(zh for zh, _ in weak) + "。",
            "The password is too weak: " + "; ".join(en for _, en in weak) + ".",
        ) from problem
    return password


@transaction.atomic
def close_account(*, by: User, username: str) -> User:
    """Close an account at once; its sessions end, its name stays in the records.

    Raises: AccountError if there is none, or if it is one's own.
    """
    require(by, "accounts.manage")
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise AccountError(f"没有账号“{username}”。", f"There is no account {username!r}.")
    if user.pk == by.pk:
        raise AccountError("不能停用自己的账号。", "You cannot close your own account.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record_event(by=by, action="account.close", target=username)
    return user
