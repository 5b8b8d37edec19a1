"""Titles that overlap, added up as if they did not: 瞪羚 may be 专精特新 (称号重叠)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from gaoxin.core.intervals import Interval
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks
from gaoxin.reading.verifying.inside.topics import same, subject

_TOGETHER = re.compile(r"(?:合计|总计|共计|总共|累计|一共|共有?|总数|达到?)[^。；;，,0-9]{0,16}$")
_MOST_PARTS = 6
_LOOKED_BACK = 12


@checks("overlaps")
def titles_added_up(desk: Desk) -> Iterator[Clash]:
    """A count that is just the sum of counts which the catalogue forbids to add."""
    counts = [
        position
        for position, claim, quantity in desk.numbers()
        if claim.kind == "level" and quantity.is_counted and claim.amount.form == "number"
    ]
    for place, total in enumerate(counts):
        if not _TOGETHER.search(desk.before(total)):
            continue
        before = [
            position
            for position in counts[max(0, place - _LOOKED_BACK) : place]
            if _comparable(desk, position, total)
        ]
        found = _summed(desk, total, before[-_MOST_PARTS:])
        if found is not None:
            yield found


def _comparable(desk: Desk, position: int, total: int) -> bool:
    one, other = desk.claims[position], desk.claims[total]
    if not one.metric or one.metric == other.metric or subject(one) != subject(other):
        return False
    return same(one.period, other.period)


def _summed(desk: Desk, total: int, before: Sequence[int]) -> Clash | None:
    whole = desk.said(total)
    assert whole is not None
    for size in range(len(before), 1, -1):
        for parts in combinations(before, size):
            span = Interval.exact(0)
            for position in parts:
                quantity = desk.said(position)
                assert quantity is not None
                span += quantity.interval
            if not span.contains(whole.value):
                continue
            pair = _overlapping(desk, parts)
            if pair is not None:
                names = {"one": desk.metric(pair[0]), "other": desk.metric(pair[1])}
                en = {"one": desk.metric(pair[0], "en"), "other": desk.metric(pair[1], "en")}
                words = " + ".join(desk.bare(position) for position in parts) + f" = {desk.bare(total)}"
                return Clash(Cause.OVERLAPPING_TITLES, (total, *parts), names, en, working=words)
    return None


def _overlapping(desk: Desk, parts: Sequence[int]) -> tuple[int, int] | None:
    for one, other in combinations(parts, 2):
        left, right = desk.claims[one].metric, desk.claims[other].metric
        if left and right and desk.index.overlap(left, right):
            return one, other
    return None
