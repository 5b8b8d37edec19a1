"""One figure stated twice with different values (前后不一)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks
from gaoxin.reading.verifying.inside.topics import subject, topic

_SAME_AGAIN = re.compile(r"(?:[，,（(]|^)(?:也就是|折合|约合|合|即)(?:约)?$")
_PARTIAL = re.compile(r"贡献|带动|拉动|其中|撬动")
_PART_OF_ALL = re.compile(r"占(?:全部|全区|全市|总)")
_SHORT = 14
_FORMS = frozenset({"number", "fraction", "rank"})
# Each value is held against the first of its key and against those just before it.
_COMPARED = 12


@checks("twice")
def stated_twice(desk: Desk) -> Iterator[Clash]:
    """Same subject, metric, kind, whole and period, and values that cannot both be meant."""
    held: dict[tuple[str, ...], list[int]] = {}
    for position, claim, _ in desk.numbers():
        name = topic(claim)
        known = name and subject(claim) and claim.period is not None
        if known and claim.kind != "target" and claim.amount.form in _FORMS:
            held.setdefault(_key(claim, name), []).append(position)
    for positions in held.values():
        if _ambiguous(desk, positions):
            continue
        told = _told_apart(desk, positions)
        for index, first in enumerate(told):
            last = len(told) if index < _COMPARED else index + 1 + _COMPARED
            for second in told[index + 1 : last]:
                if _differ(desk, first, second):
                    yield _clash(desk, first, second)
    yield from _put_otherwise(desk)


def _put_otherwise(desk: Desk) -> Iterator[Clash]:
    """6.4万平方米，合64000平方米: the same figure in another unit."""
    last: dict[Dimension | None, int] = {}
    for position, claim, quantity in desk.numbers():
        first = last.get(claim.dimension)
        if first is not None and desk.claims[first].sentence == claim.sentence:
            before = desk.said(first)
            again = _SAME_AGAIN.search(desk.before(position, 6))
            if again and before is not None and not before.interval.intersects(quantity.interval):
                yield _clash(desk, first, position)
        last[claim.dimension] = position


def _told_apart(desk: Desk, positions: list[int]) -> list[int]:
    """The first position of everything that is said differently; a text may say a thing a thousand times."""
    found: dict[tuple[object, ...], int] = {}
    for position in positions:
        claim = desk.claims[position]
        found.setdefault((claim.value, claim.high, claim.op, claim.label, claim.amount.decimals), position)
    return list(found.values())


def _ambiguous(desk: Desk, positions: list[int]) -> bool:
    """One sentence gives the key two values: it names more things than the reading told apart."""
    values: dict[tuple[int, int], set[Fraction | None]] = {}
    for position in positions:
        claim = desk.claims[position]
        values.setdefault(claim.sentence, set()).add(claim.value)
    return any(len(held) > 1 for held in values.values())


def _key(claim: Claim, name: str) -> tuple[str, ...]:
    assert claim.period is not None
    base = claim.of_period.code if claim.of_period is not None and claim.kind != "level" else ""
    return (
        subject(claim),
        name,
        claim.kind,
        claim.of_code or claim.of or "",
        claim.group,
        claim.period.code,
        base,
    )


def _differ(desk: Desk, first: int, second: int) -> bool:
    one, other = desk.claims[first], desk.claims[second]
    left, right = desk.said(first), desk.said(second)
    if left is None or right is None or not same_kind(one.dimension, other.dimension):
        return False
    if one.amount.noun != other.amount.noun and one.amount.noun and other.amount.noun and not one.metric:
        return False
    if not _same_words(desk, one, other) or one.sentence == other.sentence:
        return False
    if left.interval.intersects(right.interval):
        return False
    if _is_a_part(desk, first) or _is_a_part(desk, second):
        return False
    if left.op == right.op == "=":
        # one of them rounded: 299.5 and 299.54
        coarse, fine = (left, right) if left.step >= right.step else (right, left)
        return abs(coarse.value - fine.value) * 2 > coarse.step
    return True


def _is_a_part(desk: Desk, position: int) -> bool:
    """贡献税收9.83亿元，占全部税收的76%: said to be a part of the whole that bears its name."""
    if _PARTIAL.search(desk.since_last(position, 12)):
        return True
    share = position + 1
    if share >= len(desk.claims) or desk.claims[share].kind != "share":
        return False
    words = desk.between(position, share)
    return len(words) <= _SHORT and _PART_OF_ALL.search(words) is not None


def _same_words(desk: Desk, one: Claim, other: Claim) -> bool:
    """Called alike: two things of one metric with names of their own (两套政策) are two figures."""
    if one.label == other.label:
        return True
    metric = desk.index.metrics.get(one.metric or "")
    if metric is None or not one.label or not other.label:
        return False
    names = {metric.zh, *metric.aliases}
    called = {one.label, other.label}
    return called <= names or any(left in right for left in called for right in called if left != right)


def _clash(desk: Desk, first: int, second: int) -> Clash:
    quote = desk.quote(first)
    return Clash(
        Cause.STATED_TWICE,
        (second, first),
        {"other": quote},
        numbers={},
        working=f"{desk.quote(first)} ≠ {desk.quote(second)}",
        blames_all=True,
    )
