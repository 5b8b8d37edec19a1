"""Which zone and which period a page speaks of (当前园区与时期).

The address says it (`/zones/chuxiong/?period=2021`); a page without a zone in its address takes `?zone=`
or the zone the reader looked
at last. Nothing else is remembered about a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.web.errors import NotFound

_LAST_ZONE = "zone"


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period with figures, and how many."""

    period: Period
    count: int


def language() -> str:
    """`zh` or `en`, as the fact floor names them."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def zone_of(request: HttpRequest, zones: Sequence[Any], slug: str | None = None) -> Any:
    """The zone of this page, remembered for the next one.

    Raises: NotFound for a zone the reader may not see; both sound the same on purpose.
    """
    asked = slug or request.GET.get("zone") or ""
    if asked:
        found = next((zone for zone in zones if zone.code == f"zone/{asked}"), None)
        if found is None:
            raise NotFound(
                "没有这个园区，或您无权查看。", "There is no such zone, or it is not yours to see."
            )
    else:
        last = request.session.get(_LAST_ZONE)
        found = next((zone for zone in zones if zone.code == last), zones[0] if zones else None)
    if found is not None and request.session.get(_LAST_ZONE) != found.code:
        request.session[_LAST_ZONE] = found.code
    return found


def period_of(
    request: HttpRequest, choices: Sequence[PeriodChoice], default: str | None = None
) -> Period | None:
    """The period asked for, the one the layout names, or the newest year; None for a zone without figures.

    Raises: NotFound for what is no period.
    """
    asked = request.GET.get("period") or default
    if asked:
        try:
            return Period.parse(asked)
        except PeriodError as problem:
            raise NotFound(problem.zh, problem.en) from problem
    years = [choice.period for choice in choices if choice.period.form == "year"]
    return max(years, default=choices[0].period if choices else None)


def whole(text: str) -> int | None:
    """The number in a parameter of an address: the last row of a page, an id. None for all else: `²` is a
    digit to Python and no number, and thousands of digits are nobody's id.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def slug_of(code: str) -> str:
    """`chuxiong` of `zone/chuxiong`."""
    return code.partition("/")[2]
