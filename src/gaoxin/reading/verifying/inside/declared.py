"""The rules of figure checking that the packs declare, applied to what one text states (审核关系).

The figures of the text become a fact base of their own, and the instances of L1, L2 and L4 are asked of it:
高新技术企业不多于市场主体, 出口与进口之和等于进出口总额. Instances that look at a year before are left out,
since what moved in between is not in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from gaoxin.facts.factbase import FactBase
from gaoxin.facts.logic.instances import declared
from gaoxin.facts.records import Key, Observation
from gaoxin.facts.standing import StandingFacts
from gaoxin.facts.values import Value
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks
from gaoxin.reading.verifying.inside.topics import subject
from gaoxin.reading.verifying.said import Said

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule

_RULES = frozenset({"L1", "L2", "L4"})
_NOW = datetime(2000, 1, 1, tzinfo=UTC)
# Different values for one key; a text with more of them disagrees with itself anyhow.
_MOST_SAID = 24


def within_one_text(rules: Iterable[LogicRule]) -> tuple[LogicRule, ...]:
    """The rules that one text can be held against, with the instances that look at one period only."""
    kept = []
    for rule in rules:
        instances = tuple(
            each for each in rule.applies if all(pattern.period == "same" for pattern in each.inputs.values())
        )
        if rule.id in _RULES and instances:
            kept.append(rule.model_copy(update={"applies": instances}))
    return tuple(kept)


@checks("declared")
def declared_rules(desk: Desk) -> Iterator[Clash]:
    """What the declared rules flag among the levels of the text."""
    if not desk.index.rules:
        return
    base, positions = _base(desk)
    standing = StandingFacts(base, desk.index.metrics)
    for rule in desk.index.rules:
        for finding in declared(rule, standing):
            if finding.verdict != "flag":
                continue
            involved = tuple(positions[name] for name in finding.inputs)
            figures = "、".join(f"{desk.metric(each)}{desk.quote(each)}" for each in involved)
            yield Clash(
                Cause.AUDIT_RULE, involved, {"rule": finding.zh}, {"rule": finding.en}, working=figures
            )


def _base(desk: Desk) -> tuple[FactBase, dict[str, int]]:
    """What the text states, each different statement once: a text may say a thing a thousand times."""
    base, positions = FactBase(), {}
    told: dict[Key, set[Value]] = {}
    for position, claim, quantity in desk.numbers():
        value = _value(claim, quantity)
        if value is None or not claim.metric or claim.period is None or not subject(claim):
            continue
        name = f"text{position}"
        observation = Observation(
            name, subject(claim), claim.metric, claim.period, "level", value, claim.amount.written_unit,
            "draft", _NOW, "draft",
        )  # fmt: skip
        values = told.setdefault(observation.key, set())
        if value in values or len(values) >= _MOST_SAID:
            continue
        values.add(value)
        positions[name] = position
        base.record(observation)
    return base, positions


def _value(claim: Claim, quantity: Said) -> Value | None:
    """The level as a fact base keeps it; None for what it would not keep."""
    dimension = claim.dimension
    if (
        claim.kind != "level"
        or claim.amount.form != "number"
        or dimension is None
        or quantity.high is not None
    ):
        return None
    scale = 10**dimension.scale
    number = quantity.value * scale
    if number.denominator != 1:
        return None
    step = None if quantity.is_counted or quantity.op not in ("=", "~") else ceil(quantity.step * scale)
    return Value(quantity.op, int(Fraction(number)), step=step, dimension=dimension)
