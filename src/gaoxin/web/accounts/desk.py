"""What whoever holds the machine may do with accounts, without signing in (机房开户).

The acts themselves are in `services.py`; here names typed on a command line become records.
"""

from __future__ import annotations

from collections.abc import Iterable

from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.services import AccountError, open_account
from gaoxin.web.ledger.models import Subject


def listed() -> list[User]:
    """All open accounts, by name."""
    return list(User.objects.filter(is_active=True).order_by("username"))


def open_by_hand(
    *,
    username: str,
    role: str,
    display_name: str,
    department: str,
    zones: Iterable[str],
    enterprise: str | None,
    password: str,
) -> User:
    """Open an account. `zones`: slugs or codes; `enterprise`: credit code. Raises: AccountError."""
    codes = [code if "/" in code else f"zone/{code}" for code in zones]
    places = [_subject(code, "高新区", "zone") for code in codes]
    firm = Subject.objects.filter(kind="enterprise", uscc=enterprise).first() if enterprise else None
    if enterprise and firm is None:
        raise AccountError(
            f"没有信用代码为 {enterprise} 的企业。", f"No enterprise has the code {enterprise}."
        )
    return open_account(
        by=None,
        username=username,
        role=role,
        display_name=display_name,
        department=department,
        zones=places,
        enterprise=firm,
        password=password,
    )


def _subject(code: str, zh: str, kind: str) -> Subject:
    found = Subject.objects.filter(code=code, kind=kind).first()
    if found is None:
        known = "、".join(
            Subject.objects.filter(kind=kind).order_by("code").values_list("code", flat=True)[:8]
        )
        raise AccountError(
            f"没有{zh}“{code}”，现有：{known}。", f"There is no {kind} {code!r}; known: {known}."
        )
    return found
