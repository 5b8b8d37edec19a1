"""Sets the stage of a page: reader, zone, period, and the room of the rail that is lit (页面的前提)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from gaoxin.core.periods import Period
from gaoxin.web.accounts.models import User
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope as visibility
from gaoxin.web.ledger import selectors
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages.scope import PeriodChoice, period_of, zone_of


@dataclass(slots=True)
class Stage:
    """Who reads, and about which zone."""

    request: HttpRequest
    reader: User
    zones: list[Subject]
    zone: Subject

    def with_periods(self, figures: Iterable[Figure], default: str | None = None) -> Period | None:
        """Offer the periods of these figures in the top bar; the one this page shows, or None where
        nothing is known.
        """
        counted = Counter(figure.period for figure in figures)
        choices = [PeriodChoice(period, counted[period]) for period in sorted(counted, reverse=True)]
        years = [choice for choice in choices if choice.period.form not in ("day", "span")]
        now = period_of(self.request, choices, default)
        self.request.gx_periods = years  # type: ignore[attr-defined]
        self.request.gx_period = now  # type: ignore[attr-defined]
        return now


def stage(request: HttpRequest, *, room: str, slug: str | None = None, path: str = "") -> Stage:
    """The stage of a page about one zone. `path`: the address the zone switch keeps to, for pages that
    take `?zone=`.

    Raises: NotFound where the reader has no zone at all, or not this one.
    """
    reader = visibility.enter(request.user)
    zones = selectors.zones(reader)
    zone = zone_of(request, zones, slug)
    if zone is None:
        raise NotFound(
            "您的账号还没有分配园区，请联系系统管理员。",
            "Your account has no zone yet; ask your administrator.",
        )
    request.gx_zones, request.gx_zone, request.gx_room = zones, zone, room  # type: ignore[attr-defined]
    if path:
        request.gx_zone_path = path  # type: ignore[attr-defined]
    return Stage(request, reader, zones, zone)


def enter_room(request: HttpRequest, room: str, *, synthetic: bool | None = None) -> User:
    """The stage of a page that is not about one zone."""
    reader = visibility.enter(request.user)
    request.gx_room = room  # type: ignore[attr-defined]
    if synthetic is not None:
        request.gx_synthetic = synthetic  # type: ignore[attr-defined]
    return reader


def about(request: HttpRequest, zone: Subject | None) -> None:
    """The page speaks of something in this zone: the top bar says so, and the band if all of it is
    invented.
    """
    if zone is not None:
        request.gx_zone = zone  # type: ignore[attr-defined]
        request.gx_synthetic = zone.synthetic  # type: ignore[attr-defined]
