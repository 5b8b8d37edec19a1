"""Averages recomputed from the total and the count beside them: 126亿元 ÷ 18 = 7亿元 (平均)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gaoxin.core.units import Dimension
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Borne, Clash, checks

_MEAN = re.compile(
    r"(?:平均每|每)(?P<one>[个家户只件项人名座亩])?(?P<thing>[\u4e00-\u9fff]{0,6}?)(?:平均)?(?:协议|总)?(?:投资额?|规模|产值|金额)?(?:约|为|达|近|达到|超过)?$"
    r"|(?P<per>[户人项])均[\u4e00-\u9fff]{0,8}$"
)
_LOOKED_BACK = 5
_PERSONS = frozenset({"人", "名"})


@checks("means")
def means_recomputed(desk: Desk) -> Iterator[Clash | Borne]:
    """A total and a count that stand shortly before their average."""
    for position, claim, quantity in desk.numbers():
        if claim.kind != "level" or claim.amount.form != "number":
            continue
        found = _MEAN.search(desk.before(position, 20))
        if found is None:
            continue
        totals, counts = _before(desk, position, found)
        pairs = [(total, count) for total in totals for count in counts]
        if not pairs:
            continue
        spans = {}
        for total, count in pairs:
            top, bottom = desk.said(total), desk.said(count)
            if top is not None and bottom is not None and bottom.value:
                spans[total, count] = (top.interval / bottom.interval, top.value / bottom.value)
        right = next((pair for pair, (span, _) in spans.items() if span.intersects(quantity.interval)), None)
        if right is not None:
            yield Borne(position, right, _words(desk, position, *right))
        elif len(pairs) == 1 and pairs[0] in spans:
            words = _words(desk, position, *pairs[0])
            middle = spans[pairs[0]][1]
            yield Clash(
                Cause.MEAN, (position, *pairs[0]), {"sum": words}, numbers={position: middle}, working=words
            )


def _before(desk: Desk, position: int, mean: re.Match[str]) -> tuple[list[int], list[int]]:
    """Amounts of the same dimension and counts of the thing, in the same sentence or just before it."""
    claim = desk.claims[position]
    thing = (mean["thing"] or "").strip()
    one = mean["one"] or mean["per"] or ""
    totals: list[int] = []
    counts: list[int] = []
    for other in range(max(0, position - _LOOKED_BACK), position):
        held, quantity = desk.claims[other], desk.said(other)
        if quantity is None or held.kind != "level" or held.block != claim.block:
            continue
        if held.dimension is Dimension.count and claim.dimension is not Dimension.count:
            if _counts(desk, other, one, thing):
                counts.append(other)
        elif same_kind(held.dimension, claim.dimension):
            totals.append(other)
    return totals[-1:], counts[-1:]


def _counts(desk: Desk, other: int, one: str, thing: str) -> bool:
    """It counts what the average is taken over: 18个项目 for 每个项目."""
    noun = desk.claims[other].amount.noun
    if one in _PERSONS or one == "人":
        return noun in _PERSONS
    around = desk.claims[other].label + desk.after(other, 6)
    if thing and thing[:2] in around:
        return True
    return bool(one) and noun == one and not thing


def _words(desk: Desk, position: int, total: int, count: int) -> str:
    top, bottom = desk.claims[total].value, desk.claims[count].value
    assert top is not None
    assert bottom is not None
    return f"{desk.quote(total)} ÷ {desk.bare(count)} ≈ {desk.figure(position, top / bottom)}"
