"""Figures that are impossible by themselves: a share of 130 %, place 0, place 12 of 10 (不可能的数)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks

_SHARE = re.compile(r"占|比重|份额|构成")
# A plan can be met by more than all of it.
_MAY_EXCEED = re.compile(r"完成|任务|目标|计划|进度|预算数|预期|同期|相当于")


@checks("possible")
def impossible(desk: Desk) -> Iterator[Clash]:
    """Shares above the whole, falls below nothing, places that do not exist."""
    for position, claim, quantity in desk.numbers():
        span = quantity.interval
        if claim.kind == "share" and span.lo is not None and span.lo > 1:
            around = desk.before(position) + claim.label
            if _SHARE.search(around) and not _MAY_EXCEED.search(around + (claim.of or "")):
                yield Clash(Cause.SHARE_OVER_100, (position,), firm=True)
        if claim.kind == "growth" and span.hi is not None and span.hi < -1:
            yield Clash(Cause.FALL_OVER_100, (position,), firm=True)
        if claim.kind == "rank" and claim.amount.form == "rank" and quantity.value < 1:
            yield Clash(Cause.RANK_ZERO, (position,), firm=True)
        elif claim.kind == "rank" and claim.population is not None and quantity.value > claim.population:
            filled = {"whole": str(claim.population), "rank": desk.bare(position)}
            yield Clash(Cause.RANK_BEYOND, (position,), filled, firm=True)
