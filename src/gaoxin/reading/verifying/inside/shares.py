"""Shares against levels and against each other (占比).

Level ÷ share must be the whole the text states; the shares of a complete set make 100 %; the share of the
larger region is not above that of the smaller one in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gaoxin.core.intervals import Interval
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks
from gaoxin.reading.verifying.inside.topics import Levels, same, subject, topic

_SPLIT = re.compile(r"分别占|构成为|结构为|占比分别|比重分别")
_FEWEST = 2


@checks("shares")
def shares_hold(desk: Desk) -> Iterator[Clash]:
    """Level × share, sums of shares, nested regions."""
    yield from _against_levels(desk)
    yield from _complete(desk)
    yield from _nested(desk)


def _against_levels(desk: Desk) -> Iterator[Clash]:
    levels = Levels(desk)
    for position, claim, quantity in desk.numbers():
        if claim.kind != "share" or not claim.of:
            continue
        whole_of = claim.of_code or claim.of
        name = topic(claim)
        part = levels.only(subject(claim), name, claim.period)
        whole = levels.only(whole_of, claim.of_metric or name, claim.period)
        if part is None or whole is None or part == whole:
            continue
        top, bottom = desk.said(part), desk.said(whole)
        if top is None or bottom is None or bottom.interval.contains(0):
            continue
        span = top.interval / bottom.interval
        if span.intersects(quantity.interval):
            continue
        middle = top.value / bottom.value
        words = f"{desk.bare(part)} ÷ {desk.bare(whole)} ≈ {desk.figure(position, middle)}"
        yield Clash(
            Cause.SHARE_LEVEL,
            (position, part, whole),
            {"sum": words},
            numbers={position: middle},
            working=words,
        )


def _complete(desk: Desk) -> Iterator[Clash]:
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


def _nested(desk: Desk) -> Iterator[Clash]:
    """L12: the share of 州 against that of 市, which lies in it."""
    held: dict[tuple[str, str], list[int]] = {}
    for position, claim, _ in desk.numbers():
        if claim.kind == "share" and claim.of_code and topic(claim):
            held.setdefault((subject(claim), topic(claim)), []).append(position)
    for positions in held.values():
        for inner in positions:
            for outer in positions:
                one, other = desk.claims[inner], desk.claims[outer]
                if inner == outer or other.of_code not in desk.index.parents(one.of_code):
                    continue
                left, right = desk.said(inner), desk.said(outer)
                if left is None or right is None or not same(one.period, other.period):
                    continue
                if right.interval.gt(left.interval):
                    names = {"outer": other.of or "", "inner": one.of or ""}
                    working = f"{desk.quote(outer)} > {desk.quote(inner)}"
                    yield Clash(Cause.NESTED_SHARES, (outer, inner), names, working=working, blames_all=True)
