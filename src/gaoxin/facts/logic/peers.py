"""L10: ratios that lie far from those of the peers, most often a slip of unit (同类比较)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import unit
from gaoxin.facts.findings import Finding, Result
from gaoxin.facts.limits import Limit, limit, unconfirmed
from gaoxin.facts.logic.registry import found, judged, seeks
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts
from gaoxin.facts.values import Value

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule

# What a slip of unit does to an amount: 千元 for 元 makes it a thousandth, 万元 for 千元 a tenth.
SLIPS = {
    unit(large).factor / unit(small).factor: f"{small}/{large}"
    for small, large in (("元", "千元"), ("元", "万元"), ("千元", "万元"))
}


@dataclass(frozen=True, slots=True)
class _Limits:
    """The limits of the rule: how far from the median is far, and how near to a slip of unit is near."""

    lowest: Limit
    highest: Limit
    fewest_peers: Limit
    slip_within: Limit


@seeks("L10")
def ratio_far_from_peers(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """Amount per head of every enterprise against the median of its peers: same kind, same parent, same
    period.

    Which amounts and which heads are the declared inputs of the rule's instances: `amount` and `heads`.
    Missing: too few peers have no median worth comparing with, and nothing is said; how few is declared.
    """
    limits = _Limits(*(limit(rule, name) for name in _Limits.__slots__))
    subjects = facts.facts.subjects
    for amount_id, heads_id in _pairs(rule):
        groups: dict[tuple[str, str, str], list[tuple[Fraction, Observation, Observation]]] = {}
        for amount in facts.all(metric=amount_id, figure="level"):
            heads = facts.figure(amount.subject, heads_id, amount.period)
            ratio = _ratio(amount, heads)
            if heads is not None and ratio is not None:
                subject = subjects.get(amount.subject)
                alike = (subject.kind, subject.parent) if subject is not None else ("", "")
                groups.setdefault((*alike, amount.period.code), []).append((ratio, amount, heads))
        for peers in (
            group for _, group in sorted(groups.items()) if len(group) >= limits.fewest_peers.value
        ):
            yield from _outliers(rule, facts, limits, peers)


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; the mean of the two middle ones of an even number."""
    # Whole parts first: they tell most fractions apart, and comparing them costs nothing.
    held = sorted(values, key=lambda value: (floor(value), value))
    half = len(held) // 2
    return held[half] if len(held) % 2 else (held[half - 1] + held[half]) / 2


def slip(ratio: Fraction, middle: Fraction, within: Fraction) -> str:
    """The pair of units whose confusion would bring a ratio back to at most `within` times the median."""
    size = ratio / middle if ratio > middle else middle / ratio
    near = [(max(size / factor, factor / size), name) for factor, name in SLIPS.items()]
    distance, name = min(near)
    return name if distance <= within else ""


def _outliers(
    rule: LogicRule,
    facts: StandingFacts,
    limits: _Limits,
    peers: list[tuple[Fraction, Observation, Observation]],
) -> Iterator[Finding]:
    middle = median([ratio for ratio, _, _ in peers])
    metric = facts.metrics[peers[0][1].metric]
    zh = f"人均“{metric.zh}”在同类中位数的 {limits.lowest.zh}到 {limits.highest.zh}之间"
    en = f"{metric.en} per head from {limits.lowest.en} to {limits.highest.en} the median"
    always = unconfirmed(rule.parameters, ("lowest", "highest", "fewest_peers"))
    with_slip = unconfirmed(rule.parameters, _Limits.__slots__)
    for ratio, amount, heads in peers:
        times = ratio / middle if middle > 0 else None
        inside = None if times is None else limits.lowest.value <= times <= limits.highest.value
        why, leans_on = ("", ""), always
        if inside is False and ratio > 0:
            leans_on = with_slip
            if units := slip(ratio, middle, limits.slip_within.value):
                why = (f"单位可能填错（{units}）", f"wrong unit? ({units})")
        steps: tuple[Result, ...] = ()
        if times is not None:
            span = Interval.exact(times)
            steps = (Result("times", "为同类中位数的倍数", "times the median of its peers", span, "倍", 2),)
        yield found(
            rule,
            judged(inside),
            zh,
            en,
            (amount, heads),
            steps,
            reason_zh=why[0],
            reason_en=why[1],
            unconfirmed=leans_on,
        )


def _pairs(rule: LogicRule) -> Iterator[tuple[str, str]]:
    """The metrics a rule sets against each other, from instances with the inputs `amount` and `heads`."""
    for instance in rule.applies:
        if {"amount", "heads"} <= set(instance.inputs):
            yield instance.inputs["amount"].metric, instance.inputs["heads"].metric


def _ratio(amount: Observation, heads: Observation | None) -> Fraction | None:
    """The printed ratio; None without both figures, for bounds and for nobody."""
    if heads is None:
        return None
    upper, lower = _middle(amount.value), _middle(heads.value)
    return upper / lower if upper is not None and lower is not None and lower > 0 else None


def _middle(value: Value) -> Fraction | None:
    return value.interval().middle if value.is_number and not value.is_bound else None
