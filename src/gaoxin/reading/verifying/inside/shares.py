"""Shares against levels and against each other (占比).

Level ÷ share must be the whole the text states; the shares of a complete set make 100 %; the share of the
larger region is not above that of the smaller one in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gaoxin.core.intervals import Interval
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Borne, Clash, checks
from gaoxin.reading.verifying.inside.topics import Levels, days, subject, topic

_SPLIT = re.compile(r"分别占|构成为|结构为|占比分别|比重分别")
_PART_OF = re.compile(r"(?:占|为|是)[^，。；;]{0,16}$")
_PAST = re.compile(r"(?:上年|去年|前年|同期|年初)[^，。；]{0,3}$|(?:由|从)[^，。；]{0,10}$")
_LOOKED_BACK, _LOOKED_FAR = 5, 24
_COMPARED = 40  # different shares of one subject, topic and period, each way
_CLOSE = re.compile(r"[^。；;]{0,14}")
_JUST_SHARE = re.compile(r"占(?:比|全[省市州县区]的?)?(?:约|达|近|为|到|总[量数额])?$|比重(?:为|达|约)?$")
_RATE = re.compile(r"[，,]([\u4e00-\u9fff]{2,6})率(?:为|达|约|达到)?$")
_FEWEST = 2


@checks("shares")
def shares_hold(desk: Desk) -> Iterator[Clash | Borne]:
    """Level × share, sums of shares, nested regions."""
    yield from _against_levels(desk)
    yield from _of_named_whole(desk)
    yield from _among(desk)
    yield from _complete(desk)
    yield from _nested(desk)


def _against_levels(desk: Desk) -> Iterator[Clash | Borne]:
    levels = Levels(desk)
    for position, claim, _ in desk.numbers():
        if claim.kind != "share" or not claim.of:
            continue
        whole_of = claim.of_code or claim.of
        name = topic(claim)
        part = levels.only(subject(claim), name, claim.period)
        whole = levels.only(whole_of, claim.of_metric or name, claim.period)
        if part is None or whole is None or part == whole:
            continue
        yield from _held(desk, position, part, whole)


def _of_named_whole(desk: Desk) -> Iterator[Clash | Borne]:
    """120家…占青川市180家的三分之二: the whole stands in the phrase, the part before it."""
    for whole in range(1, len(desk.claims) - 1):
        share = whole + 1
        if desk.claims[share].kind != "share" or desk.between(whole, share) != "的":
            continue
        if not _PART_OF.search(desk.before(whole)):
            continue
        parts = [
            each
            for each in reversed(range(max(0, whole - _LOOKED_BACK), whole))
            if _alike(desk, each, whole)
            and desk.claims[each].block == desk.claims[whole].block
            and not _PAST.search(desk.since_last(each, 14))
        ]
        fitting = [part for part in parts if _fits(desk, share, part, whole)]
        if parts:
            yield from _held(desk, share, (fitting or parts)[0], whole)


def _fits(desk: Desk, share: int, part: int, whole: int) -> bool:
    return any(isinstance(found, Borne) for found in _held(desk, share, part, whole))


def _among(desk: Desk) -> Iterator[Clash | Borne]:
    """规上工业总产值600亿元，其中装备制造240亿元，占40%: the whole stands before 其中."""
    for share, claim, _ in desk.numbers():
        part = share - 1
        if claim.kind != "share" or part < 1:
            continue
        if desk.claims[part].sentence != claim.sentence or desk.claims[part].kind != "level":
            continue
        if not _is_its_share(desk, part, share):
            continue
        whole = _whole_before(desk, part)
        if whole is not None and claim.of_code in ("", desk.claims[whole].subject_code):
            yield from _held(desk, share, part, whole)


def _is_its_share(desk: Desk, part: int, share: int) -> bool:
    """占40%, 税收占比80%, 城镇化率60% right behind the part; a rate must bear the name of the part."""
    words = desk.between(part, share)
    if not _CLOSE.fullmatch(words):
        return False
    if _JUST_SHARE.search(words):
        return True
    rate = _RATE.search(words)
    return rate is not None and rate[1][:2] in desk.before(part, 12)


def _whole_before(desk: Desk, part: int) -> int | None:
    """The figure before 其中 in the sentence, of the unit of the part."""
    for place in reversed(range(max(0, part - _LOOKED_FAR), part + 1)):
        if desk.claims[place].sentence != desk.claims[part].sentence:
            return None
        if "其中" not in desk.before(place, 60) or place == 0:
            continue
        before = place - 1
        if "其中" not in desk.between(before, place):
            continue
        nearest = max(0, before - _LOOKED_FAR)
        while before >= nearest and desk.claims[before].sentence == desk.claims[part].sentence:
            if _alike(desk, before, part):
                return before
            before -= 1
        return None
    return None


def _alike(desk: Desk, one: int, other: int) -> bool:
    left, right = desk.claims[one], desk.claims[other]
    if left.kind != "level" or right.kind != "level" or left.dimension is None:
        return False
    return same_kind(left.dimension, right.dimension) and left.amount.noun == right.amount.noun


def _held(desk: Desk, share: int, part: int, whole: int) -> Iterator[Clash | Borne]:
    """The share against part over whole."""
    quantity, top, bottom = desk.said(share), desk.said(part), desk.said(whole)
    if quantity is None or top is None or bottom is None or bottom.interval.contains(0):
        return
    span, middle = top.interval / bottom.interval, top.value / bottom.value
    words = f"{desk.bare(part)} ÷ {desk.bare(whole)} ≈ {desk.figure(share, middle)}"
    if span.intersects(quantity.interval):
        yield Borne(share, (part, whole), words)
        return
    numbers = {share: middle}
    yield Clash(Cause.SHARE_LEVEL, (share, part, whole), {"sum": words}, numbers=numbers, working=words)


def _complete(desk: Desk) -> Iterator[Clash | Borne]:
    """三次产业结构为7.1%、32.4%、60.5%: announced as a whole, so 100 % within rounding."""
    held: dict[tuple[int, int], list[int]] = {}
    for position, claim, quantity in desk.numbers():
        if claim.kind == "share" and quantity.op == "=" and not quantity.is_fraction:
            held.setdefault(claim.sentence, []).append(position)
    for positions in held.values():
        sentence = desk.sentence(positions[0])
        if len(positions) <= _FEWEST or not (_SPLIT.search(sentence) and "三次产业" in sentence):
            continue
        three = positions[:3]
        span = Interval.exact(0)
        for position in three:
            held_quantity = desk.said(position)
            assert held_quantity is not None
            span += held_quantity.interval
        if not span.contains(1):
            total = sum((desk.claims[position].value or 0) for position in three)
            words = " + ".join(desk.bare(position) for position in three) + f" = {float(total * 100):.4g}"
            filled = {"fact": f"{float(total * 100):.4g}%"}
            yield Clash(Cause.SHARES_SUM, tuple(reversed(three)), filled, working=words, blames_all=True)


def _nested(desk: Desk) -> Iterator[Clash | Borne]:
    """L12: the share of 州 against that of 市, which lies in it."""
    held: dict[tuple[str, str, str], dict[tuple[object, ...], int]] = {}
    for position, claim, _ in desk.numbers():
        if claim.kind == "share" and claim.of_code and topic(claim):
            said = (claim.of_code, claim.value, claim.op, claim.high)
            key = (subject(claim), topic(claim), days(claim.period))
            held.setdefault(key, {}).setdefault(said, position)
    for positions in (list(said.values()) for said in held.values()):
        for place, inner in enumerate(positions):
            for outer in positions[max(0, place - _COMPARED) : place + 1 + _COMPARED]:
                one, other = desk.claims[inner], desk.claims[outer]
                if inner == outer or other.of_code not in desk.index.parents(one.of_code):
                    continue
                left, right = desk.said(inner), desk.said(outer)
                if left is None or right is None:
                    continue
                if right.interval.gt(left.interval):
                    names = {"outer": other.of or "", "inner": one.of or ""}
                    working = f"{desk.quote(outer)} > {desk.quote(inner)}"
                    yield Clash(Cause.NESTED_SHARES, (outer, inner), names, working=working, blames_all=True)
