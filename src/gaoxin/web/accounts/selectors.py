"""Reads accounts (查账号): an administrator sees those whose zones are all among his own.

An account without any zone is everybody's; the enterprise of an enterprise user counts with its zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.models import AuditEvent, Subject

PAGE = 50
STATES = ("open", "closed", "never")


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One page of the list, by username; `after` names the last one, empty on the last page."""

    rows: tuple[User, ...]
    total: int
    after: str


def accounts(
    reader: User, *, q: str = "", role: str = "", zone: str = "", state: str = "", after: str = ""
) -> AccountPage:
    """Accounts by username. `q`: anywhere in username, name or department; `state`: open, closed, or never
    signed in.
    """
    rows = _seen(reader)
    if q:
        rows = rows.filter(
            Q(username__icontains=q) | Q(display_name__icontains=q) | Q(department__icontains=q)
        )
    if role in Role.values:
        rows = rows.filter(role=role)
    if zone:
        rows = rows.filter(zones__code=zone)
    if state == "never":
        rows = rows.filter(is_active=True, last_login=None)
    elif state in STATES:
        rows = rows.filter(is_active=state == "open")
    total = rows.count()
    if after:
        rows = rows.filter(username__gt=after)
    held = list(rows.prefetch_related(_ZONES).select_related("enterprise").order_by("username")[: PAGE + 1])
    more = held[PAGE - 1].username if len(held) > PAGE else ""
    return AccountPage(tuple(held[:PAGE]), total, more)


def account(reader: User, pk: int) -> User:
    """One account. Raises: NotFound, also for one of other zones."""
    found = _seen(reader).prefetch_related(_ZONES).select_related("enterprise").filter(pk=pk).first()
    if found is None:
        raise NotFound(account=pk)
    return found


def account_named(by: User | None, username: str, *, lock: bool = False) -> User:
    """The account that an administrator, or the command line (`by` None), is about to change.

    Raises: NotFound.
    """
    rows = User.objects.all() if by is None else _seen(by)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(username=username).first()
    if found is None:
        raise NotFound(f"没有账号“{username}”。", f"There is no account {username!r}.")
    return found


def zones_to_give(reader: User) -> list[Subject]:
    """The zones an administrator may give: his own."""
    require(reader, "accounts.manage")
    return sorted(
        Subject.objects.filter(pk__in=scope.zone_ids(reader)), key=lambda zone: (zone.synthetic, zone.code)
    )


def may_give(by: User, zones: Iterable[Subject], enterprise: Subject | None) -> bool:
    mine = set(scope.zone_ids(by))
    return all(zone.pk in mine for zone in zones) and (enterprise is None or enterprise.zone_id in mine)


def enterprise_to_give(reader: User, uscc: str) -> Subject | None:
    """The enterprise of this credit code in one of the administrator's zones; None where there is none."""
    require(reader, "accounts.manage")
    rows = Subject.objects.filter(kind="enterprise", uscc=uscc, zone__in=scope.zone_ids(reader))
    return rows.first()


def departments(reader: User) -> list[str]:
    """Names of departments in use, so that one department is written one way."""
    rows = _seen(reader).exclude(department="").order_by("department")
    return list(rows.values_list("department", flat=True).distinct())


def trail(reader: User, user: User, limit: int = 30) -> list[AuditEvent]:
    """What was done to this account, newest first; coming and going is left to the audit page."""
    require(reader, "audit.view")
    acts = AuditEvent.objects.filter(action__startswith="account.", target=user.username)
    rows = acts.exclude(action__in=("account.sign_in", "account.sign_out"))
    return list(rows.select_related("subject").order_by("-pk")[:limit])


_ZONES = Prefetch("zones", queryset=Subject.objects.order_by("synthetic", "code"))


def _seen(reader: User) -> QuerySet[User]:
    require(reader, "accounts.manage")
    elsewhere = Subject.objects.filter(kind="zone").exclude(pk__in=scope.zone_ids(reader)).values("pk")
    return User.objects.exclude(zones__in=elsewhere).exclude(enterprise__zone__in=elsewhere)
