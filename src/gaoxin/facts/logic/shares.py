"""L3 and L12: shares against levels, and shares of regions that lie in one another (占比)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import TYPE_CHECKING

from gaoxin.facts.findings import Finding, Result
from gaoxin.facts.logic.registry import found, in_order, judged, seeks
from gaoxin.facts.records import Observation, Subject
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule


@seeks("L3")
def share_of_the_whole_is_the_part(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """share × whole = part within the rounding of all three, wherever all three are stated."""
    for share in facts.all(figure="share"):
        part = facts.figure(share.subject, share.metric, share.period)
        # A share of the subject itself has another metric for its whole, which no level here states.
        apart = share.of not in ("", share.subject)
        whole = facts.figure(share.of, share.metric, share.period) if apart else None
        if part is None or whole is None:
            continue
        if not (share.value.is_number and part.value.is_number and whole.value.is_number):
            continue
        metric = facts.metrics[share.metric]
        implied = share.value.interval() * whole.value.interval()
        truth = implied.intersects(part.value.interval())
        result = Result("implied", "占比×总体", "share × whole", implied, part.unit)
        zh, en = f"“{metric.zh}”：占比×总体与部分一致", f"{metric.en}: share × whole is the part"
        yield found(rule, judged(truth), zh, en, (share, part, whole), (result,))


@seeks("L12")
def share_of_the_larger_region_is_smaller(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """A share of 州 is at most the share of a 市 that lies in it: the same part of a larger whole."""
    subjects = facts.facts.subjects
    places: dict[tuple[str, str, str], list[Observation]] = {}
    for share in facts.all(figure="share"):
        if share.value.is_number:
            places.setdefault((share.subject, share.metric, share.period.code), []).append(share)
    for inner, outer in (pair for shares in places.values() for pair in permutations(shares, 2)):
        if outer.of in _regions_above(inner.of, subjects):
            metric = facts.metrics[inner.metric]
            truth = outer.value.interval().le(inner.value.interval())
            steps: tuple[Result, ...] = ()
            if not inner.value.interval().contains(0):
                ratio = outer.value.interval() / inner.value.interval()
                steps = (Result("nested", "下级地区占上级地区", "inner region in outer region", ratio, "%"),)
            zh, en = (
                f"“{metric.zh}”占上级地区之比不大于占下级地区之比",
                f"{metric.en}: share of the larger region is smaller",
            )
            yield found(rule, in_order(truth, inner, outer), zh, en, (outer, inner), steps)


def _regions_above(code: str, subjects: Mapping[str, Subject]) -> tuple[str, ...]:
    found_: list[str] = []
    while (subject := subjects.get(code)) is not None and subject.parent and subject.parent not in found_:
        code = subject.parent
        found_.append(code)
    return tuple(found_)
