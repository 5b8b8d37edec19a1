"""What was known on a day (按某日所知): `?known=2026-03-31` shows a page as the ledger stood that evening.

Corrections, rulings and withdrawals of later days are not seen, nor figures recorded since; a withdrawal
that came later leaves the figure standing. The page says so above everything else, and an export under its
title.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.web.errors import NotFound

PARAMETER = "known"


def known_at(request: HttpRequest) -> datetime | None:
    """The end of the day asked for, or None for now; the page then offers to choose another day.

    Raises: NotFound for what is no day.
    """
    asked = request.GET.get(PARAMETER, "").strip()
    request.gx_known_offered = True  # type: ignore[attr-defined]
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
        end = datetime.combine(day + timedelta(days=1), time.min) - timedelta(microseconds=1)
        moment = timezone.make_aware(end)
    except (ValueError, OverflowError):
        raise NotFound(
            "日期要写成 2026-03-31 这样。", "Write the day like 2026-03-31.", known=asked[:20]
        ) from None
    request.gx_known = day.isoformat()  # type: ignore[attr-defined]
    return moment


def said(request: HttpRequest) -> list[str]:
    """The day in words for the head of an export; empty for now."""
    day = getattr(request, "gx_known", "")
    return [_("按 %s 所知") % day] if day else []


def others(request: HttpRequest) -> list[tuple[str, str]]:
    """The other parameters of the address, which the form keeps."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in (PARAMETER, "after")
        for value in values
    ]


def present(request: HttpRequest) -> str:
    """The same page as it is now."""
    return "?" + urlencode(others(request))
