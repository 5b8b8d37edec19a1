"""Which of some clauses are had, when of some only one may be (择优).

Clauses are rivals when they share a matter or a pick-one group. Of all ways to take clauses without rivals
the one that comes to most is taken; with amounts open, the sum lies between the best of the least and the
best of the most. Rivals are few, so all ways are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rival:
    """A clause by its place, what it pays in fen (`high` None: no bound), and what it may be had once of."""

    at: int
    low: int
    high: int | None
    once: frozenset[str]


@dataclass(frozen=True)
class Choice:
    """What is taken. `certain`: clauses whose place does not depend on anything open. `against`: rivals of
    each clause that stands on the other side."""

    taken: frozenset[int]
    certain: frozenset[int]
    against: Mapping[int, tuple[int, ...]]
    low: int
    high: int | None


def most(rivals: Sequence[Rival]) -> Choice:
    """Take what comes to most; of equal ways, the one with the clause named first."""
    taken: set[int] = set()
    certain: set[int] = set()
    against: dict[int, tuple[int, ...]] = {}
    low, high = 0, 0
    unbounded = False
    for cluster in _clusters(rivals):
        ways = list(_ways(cluster))
        best = max(ways, key=lambda way: (sum(r.low for r in way), _ceiling(way), [-r.at for r in way]))
        held = {rival.at for rival in best}
        taken |= held
        low += max(sum(rival.low for rival in way) for way in ways)
        highs = [_high(way) for way in ways]
        unbounded |= None in highs
        high += max((value for value in highs if value is not None), default=0)
        if all(_never_above(way, best) for way in ways):
            certain |= {rival.at for rival in cluster}
        for rival in cluster:
            others = [other.at for other in cluster if other is not rival and other.once & rival.once]
            against[rival.at] = tuple(at for at in others if (at in held) != (rival.at in held))
    return Choice(frozenset(taken), frozenset(certain), against, low, None if unbounded else high)


def _clusters(rivals: Sequence[Rival]) -> list[list[Rival]]:
    """The clauses that are rivals, over one another as well."""
    clusters: list[list[Rival]] = []
    for rival in rivals:
        near = [held for held in clusters if any(other.once & rival.once for other in held)]
        clusters = [held for held in clusters if held not in near]
        clusters.append(sorted([*(other for held in near for other in held), rival], key=lambda r: r.at))
    return clusters


def _ways(cluster: Sequence[Rival]) -> list[tuple[Rival, ...]]:
    """Every way to take clauses of a cluster without two rivals to which nothing can be added."""
    if not cluster:
        return [()]
    first, *rest = cluster
    without = _ways(rest)
    with_first = [(first, *way) for way in _ways([other for other in rest if not other.once & first.once])]
    return [*with_first, *(way for way in without if any(other.once & first.once for other in way))]


def _never_above(way: Sequence[Rival], best: Sequence[Rival]) -> bool:
    """Can the way never come to more than the best? What both take cancels out."""
    here = [rival for rival in way if rival not in best]
    there = [rival for rival in best if rival not in way]
    high = _high(here)
    return high is not None and high <= sum(rival.low for rival in there)


def _high(way: Sequence[Rival]) -> int | None:
    highs = [rival.high for rival in way]
    return None if None in highs else sum(value for value in highs if value is not None)


def _ceiling(way: Sequence[Rival]) -> tuple[bool, int]:
    """Orders ways by their most, no bound above all."""
    high = _high(way)
    return high is None, high or 0
