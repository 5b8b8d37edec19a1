"""What each role may do (权限): one table, asked by services, selectors and views alike.

A permission says *what*; *about whom* is decided by the selectors, which join the reader's zones and
enterprise.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from gaoxin.web.accounts.models import Role, User

INTERNAL: frozenset[str] = frozenset(Role.values) - {Role.BANK_USER, Role.ENTERPRISE_USER, Role.APPLICANT}
_DESKS = INTERNAL - {Role.ADMINISTRATOR}
_POLICY_DESKS = frozenset({Role.SCIENCE_OFFICER, Role.DIRECTOR, Role.FINANCE_OFFICER, Role.STATISTICIAN})
# Who writes reports and speeches of the committee, and has their figures checked.
_WRITERS = _DESKS - {Role.AUDITOR, Role.WINDOW_OFFICER}

PERMISSIONS: dict[str, frozenset[str]] = {
    "facts.enter": frozenset({Role.STATISTICIAN}),
    "facts.correct": frozenset({Role.STATISTICIAN}),
    "facts.object": frozenset(Role.values) - {Role.STATISTICIAN},
    "facts.check": frozenset({Role.STATISTICIAN, Role.DIRECTOR}),
    "facts.rule": frozenset({Role.STATISTICIAN, Role.DIRECTOR}),
    "facts.import": frozenset({Role.STATISTICIAN}),
    "facts.export": _DESKS - {Role.WINDOW_OFFICER},
    "zones.view": INTERNAL | {Role.BANK_USER, Role.APPLICANT},
    "enterprises.view": _DESKS | {Role.ENTERPRISE_USER},
    "rules.view": INTERNAL | {Role.ENTERPRISE_USER},
    "standings.view": _DESKS,
    "standings.evaluate": frozenset({Role.SCIENCE_OFFICER, Role.STATISTICIAN, Role.DIRECTOR}),
    "boards.view": _POLICY_DESKS | {Role.AUDITOR},
    "drafts.write": _POLICY_DESKS,
    "drafts.review": frozenset({Role.DIRECTOR, Role.FINANCE_OFFICER}),
    "drafts.publish": frozenset({Role.DIRECTOR}),
    "checks.view": _DESKS - {Role.WINDOW_OFFICER},
    "papers.view": _WRITERS | {Role.AUDITOR},
    "papers.check": _WRITERS,
    "audit.view": frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    "accounts.manage": frozenset({Role.ADMINISTRATOR}),
    "packs.view": INTERNAL,
    "backup.view": frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
}

_RESTRICTED_READERS = frozenset({Role.DIRECTOR, Role.STATISTICIAN, Role.FINANCE_OFFICER, Role.AUDITOR})


def can(user: Any, permission: str) -> bool:
    """May this account do that? An anonymous or closed account may do nothing.

    Raises: KeyError for a permission that does not exist, which is our bug.
    """
    roles = PERMISSIONS[permission]
    return isinstance(user, User) and user.is_active and user.role in roles


def require(user: Any, permission: str) -> None:
    """Raises: PermissionDenied (a page in words, 403) unless the account may."""
    if not can(user, permission):
        raise PermissionDenied(permission)


def sensitivities(user: User) -> frozenset[str]:
    """Which sensitivities of metrics the role may read about subjects that it may see."""
    if (
        user.role in _RESTRICTED_READERS or user.role == Role.ENTERPRISE_USER
    ):  # a firm sees all of its own data
        return frozenset({"public", "internal", "restricted"})
    if user.role in INTERNAL:
        return frozenset({"public", "internal"})
    return frozenset({"public"})


def requires(permission: str) -> Callable[..., Callable[..., HttpResponse]]:
    """View decorator: 403 in words unless the reader has the permission."""
    PERMISSIONS[permission]

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
