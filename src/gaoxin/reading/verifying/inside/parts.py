"""A part larger than its whole (部分大于总体)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks
from gaoxin.reading.verifying.inside.topics import Levels, subject

_AMONG = re.compile(r"^[^。；;]{0,12}其中[^。；;0-9]{0,24}$")


@checks("parts")
def part_within_whole(desk: Desk) -> Iterator[Clash]:
    """What the catalogue calls a part, and what the text lists under 其中."""
    levels = Levels(desk)
    for position, claim, quantity in desk.numbers():
        if claim.kind != "level":
            continue
        whole = _by_catalogue(desk, levels, claim)
        whole = _by_words(desk, position) if whole is None else whole
        if whole is None:
            continue
        held = desk.said(whole)
        if held is not None and quantity.interval.gt(held.interval):
            filled = {"part": desk.quote(position), "whole": desk.quote(whole)}
            working = f"{desk.quote(position)} > {desk.quote(whole)}"
            yield Clash(Cause.PART_OVER_WHOLE, (position, whole), filled, working=working)


def _by_catalogue(desk: Desk, levels: Levels, claim: Claim) -> int | None:
    if claim.metric is None or claim.period is None:
        return None
    within = desk.index.within(claim.metric)
    return None if within is None else levels.only(subject(claim), within, claim.period)


def _by_words(desk: Desk, position: int) -> int | None:
    """80家，其中国家级10家: the figure before, of the same unit."""
    if position == 0:
        return None
    claim, before = desk.claims[position], desk.claims[position - 1]
    if before.sentence != claim.sentence or before.kind != "level":
        return None
    if not same_kind(claim.dimension, before.dimension) or claim.amount.noun != before.amount.noun:
        return None
    return position - 1 if _AMONG.match(desk.between(position - 1, position)) else None
