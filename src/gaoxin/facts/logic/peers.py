"""L9 and L10: ratios that lie far from those of the peers, most often a slip of unit (同类比较)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.intervals import Interval
from gaoxin.facts.findings import Finding, Result
from gaoxin.facts.logic.registry import found, judged, seeks
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule

# Rule L10 as it is declared: a tenth to ten times the median.
LOWEST, HIGHEST = Fraction(1, 10), Fraction(10)
FEWEST_PEERS = 5
# 千元 for 元, 万元 for 元, 万元 for 千元: what a slip of unit does to an amount.
SLIPS = {Fraction(1000): "元/千元", Fraction(10_000): "元/万元", Fraction(10): "千元/万元"}


@seeks("L10")
def ratio_far_from_peers(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """Amount per head of every enterprise against the median of its peers: same kind, same parent, same
    period.

    Which amounts and which heads are the declared inputs of the rule's instances: `amount` and `heads`.
    Missing: fewer than five peers have no median worth comparing with, and nothing is said.
    """
    for amount_id, heads_id in _pairs(rule):
        groups: dict[tuple[str, str], list[tuple[Fraction, Observation, Observation]]] = {}
        for amount in facts.all(metric=amount_id, figure="level"):
            heads = facts.figure(amount.subject, heads_id, amount.period)
            ratio = _ratio(amount, heads)
            if heads is not None and ratio is not None:
                parent = (
                    facts.facts.subjects[amount.subject].parent
                    if amount.subject in facts.facts.subjects
                    else ""
                )
                groups.setdefault((parent, amount.period.code), []).append((ratio, amount, heads))
        for peers in (group for _, group in sorted(groups.items()) if len(group) >= FEWEST_PEERS):
            yield from _outliers(rule, facts, peers)


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; the mean of the two middle ones of an even number."""
    held = sorted(values)
    half = len(held) // 2
    return held[half] if len(held) % 2 else (held[half - 1] + held[half]) / 2


def slip(ratio: Fraction, middle: Fraction) -> str:
    """The pair of units whose confusion would bring a ratio back near the median, or ''."""
    size = ratio / middle if ratio > middle else middle / ratio
    near = [(max(size / factor, factor / size), name) for factor, name in SLIPS.items()]
    distance, name = min(near)
    return name if distance <= 3 else ""


def _outliers(
    rule: LogicRule, facts: StandingFacts, peers: list[tuple[Fraction, Observation, Observation]]
) -> Iterator[Finding]:
    middle = median([ratio for ratio, _, _ in peers])
    for ratio, amount, heads in peers:
        inside = LOWEST <= ratio / middle <= HIGHEST if middle > 0 else None
        metric = facts.metrics[amount.metric]
        why = ("", "")
        if inside is False and (units := slip(ratio, middle)):
            why = (f"单位可能填错（{units}）", f"wrong unit? ({units})")
        zh = f"人均“{metric.zh}”在同类中位数的 1/10 到 10 倍之间"
        en = f"{metric.en} per head within 1/10 to 10 times the median"
        steps: tuple[Result, ...] = ()
        if middle > 0:
            times = Interval.exact(ratio / middle)
            steps = (Result("times", "为同类中位数的倍数", "times the median of its peers", times, "倍", 2),)
        yield found(rule, judged(inside), zh, en, (amount, heads), steps, reason_zh=why[0], reason_en=why[1])


def _pairs(rule: LogicRule) -> Iterator[tuple[str, str]]:
    """The metrics a rule sets against each other, from instances with the inputs `amount` and `heads`."""
    for instance in rule.applies:
        if {"amount", "heads"} <= set(instance.inputs):
            yield instance.inputs["amount"].metric, instance.inputs["heads"].metric


def _ratio(amount: Observation, heads: Observation | None) -> Fraction | None:
    """The printed ratio; None without both figures, for bounds and for nobody."""
    if heads is None or amount.value.is_bound or heads.value.is_bound:
        return None
    upper, lower = amount.value.interval().middle, heads.value.interval().middle
    return upper / lower if upper is not None and lower is not None and lower > 0 else None
