"""How often one may fail at the door (登录限次): a few times for one name, more for one address.

django-axes counts failures in the database, so all server processes count together. It locks a name at an
address; here the address is locked as well, when somebody there tries many names. A lock ends by itself:
trying again neither lengthens nor shortens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Lock:
    """What is locked, the whole address or one name there, and for how many minutes more."""

    address: bool
    minutes: int


class Doorkeeper(AxesDatabaseHandler):
    """Counts as django-axes does, and refuses a whole address after too many failures of any names."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        failures: int = super().get_failures(request, credentials)
        if _opens_at(_from_address(request), settings.AXES_FAILURES_PER_ADDRESS) is not None:
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures


def lock_of(request: HttpRequest, credentials: dict[str, Any] | None) -> Lock:
    """The lock that a refused visitor stands before."""
    here = _from_address(request)
    name = (credentials or {}).get("username")
    ends = {
        True: _opens_at(here, settings.AXES_FAILURES_PER_ADDRESS),
        False: _opens_at(here.filter(username=name), settings.AXES_FAILURE_LIMIT),
    }
    known = {address: end for address, end in ends.items() if end is not None}
    if not known:  # it ended between the refusal and this answer
        return Lock(address=False, minutes=1)
    address = max(known, key=lambda one: known[one])
    left = (known[address] - timezone.now()).total_seconds() / 60
    return Lock(address, max(1, ceil(left)))


def unlock(username: str) -> None:
    """Forget the failures of a name, after its password was set anew."""
    AccessAttempt.objects.filter(username=username).delete()


def _cool_off() -> timedelta:
    cool_off: timedelta = get_cool_off()
    return cool_off


def _from_address(request: HttpRequest) -> QuerySet[AccessAttempt]:
    address = request.axes_ip_address  # type: ignore[attr-defined]
    since = timezone.now() - _cool_off()
    return AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since)


def _opens_at(attempts: QuerySet[AccessAttempt], limit: int) -> datetime | None:
    """When so many failures are forgotten that fewer than `limit` are left; None if they are fewer now."""
    rows = list(attempts.order_by("attempt_time").values_list("attempt_time", "failures_since_start"))
    left = sum(failures for _, failures in rows)
    if left < limit:
        return None
    for at, failures in rows:
        left -= failures
        if left < limit:
            return at + _cool_off()
    raise AssertionError("no failures left are fewer than any limit")
