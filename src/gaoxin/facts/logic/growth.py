"""L5, L7, L8 and L13: what a growth rate says about its level (增速与水平).

Bureaux compare with the same coverage a year earlier, so the base that a growth implies differs from the
level that was published then. That is a base revision (基数调整) and never an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.errors import FormulaError
from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import Dimension, Unit, unit
from gaoxin.facts.findings import Finding, Result, Verdict
from gaoxin.facts.functions import integers
from gaoxin.facts.limits import Limit, limit, unconfirmed
from gaoxin.facts.logic.registry import found, in_order, judged, seeks
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule


@seeks("L5")
def base_against_earlier_level(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """level / (1 + growth) against the level published a year before; the difference is the base revision."""
    for growth, level in _grown(facts):
        earlier = facts.figure(level.subject, level.metric, level.period.previous())
        base = _base(level, growth)
        if earlier is None or earlier.status == "derived" or base is None or not earlier.value.is_number:
            continue
        if base.lo is None and base.hi is None:
            continue  # a fall by all of it implies no base
        published = earlier.value.interval()
        metric = facts.metrics[level.metric]
        steps = (
            Result("base", "可比基数", "comparable base", base, level.unit, 2),
            Result("revision", "基数调整", "base revision", base - published, level.unit, 2),
        )
        agrees = base.intersects(published)
        zh, en = (
            f"“{metric.zh}”：可比基数与上年公布数",
            f"{metric.en}: comparable base and the level published before",
        )
        why = ("", "") if agrees else ("基数调整，不是差错", "a base revision, not an error")
        verdict: Verdict = "ok" if agrees else "note"
        yield found(
            rule, verdict, zh, en, (level, growth, earlier), steps, reason_zh=why[0], reason_en=why[1]
        )


@seeks("L7")
def unusual_growth(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """A growth beyond the limit, and whether a slipped decimal point would explain it (163 % for 16.3 %)."""
    most = limit(rule, "most")
    bound, leans_on = Interval.exact(most.value), unconfirmed(rule.parameters, ("most",))
    for growth in facts.all(figure="growth"):
        if growth.group or not growth.value.is_number:
            continue  # a compound growth per year is another kind of rate
        metric = facts.metrics[growth.metric]
        span = growth.value.interval()
        truth = abs(span).le(bound)
        zh, en = f"“{metric.zh}”：增速在 ±{most.zh} 以内", f"{metric.en}: growth within ±{most.en}"
        why = ("", "")
        verdict = in_order(truth, growth)
        if verdict == "flag" and (slipped := _slipped(growth, most)):
            why = (f"小数点可能错位，是否为 {slipped}？", f"slipped decimal point? {slipped}")
        yield found(
            rule, verdict, zh, en, (growth,), reason_zh=why[0], reason_en=why[1], unconfirmed=leans_on
        )


@seeks("L8")
def equal_digits(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """Level and growth printed with the same digits, 13.6亿 and 13.6 %: perhaps one was copied.

    Few digits are equal too often to mean anything; how many are few is declared.
    """
    fewest = limit(rule, "fewest_digits").value
    leans_on = unconfirmed(rule.parameters, ("fewest_digits",))
    for growth, level in _grown(facts):
        first, second = _digits(level), _digits(growth)
        if not first or not second:
            continue
        equal = first == second
        same = equal and len(first) >= fewest
        metric = facts.metrics[level.metric]
        zh, en = f"“{metric.zh}”：水平与增速数字不同", f"{metric.en}: level and growth have different digits"
        why = ("水平与增速数字相同，可能抄错", "same digits; perhaps copied") if same else ("", "")
        yield found(
            rule,
            judged(not same),
            zh,
            en,
            (level, growth),
            reason_zh=why[0],
            reason_en=why[1],
            unconfirmed=leans_on if equal else (),
        )


@seeks("L13")
def a_count_grew_from_a_whole_number(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """The count of a year before, as the growth implies it, must allow a whole number."""
    for growth, level in _grown(facts):
        base = _base(level, growth)
        if level.value.dimension is not Dimension.count or base is None or not base.is_bounded:
            continue
        possible = integers([base])
        metric = facts.metrics[level.metric]
        # 1.9 万户 of 5.0 % more were 17 611 户 or more: in 万户 no whole number would show
        held = _one_by_one(level.unit)
        steps = (Result("base", "上年数", "a year before", possible, held, 0),)
        zh, en = f"“{metric.zh}”：按增速推算的上年数为整数", f"{metric.en}: a whole number a year before"
        yield found(rule, judged(len(possible) > 0), zh, en, (level, growth), steps)


def _grown(facts: StandingFacts) -> Iterator[tuple[Observation, Observation]]:
    """Every growth over the same period a year before, with its level."""
    for growth in facts.all(figure="growth"):
        level = facts.figure(growth.subject, growth.metric, growth.period)
        if level is not None and not growth.group and level.value.is_number and growth.value.is_number:
            yield growth, level


def _one_by_one(symbol: str) -> str:
    """The unit without 百, 千, 万 … in front: 万户 → 户."""
    if not symbol:
        return symbol
    held = unit(symbol)
    return next((each for each in ("户", "家", "人", "人次", "个") if _is_one(each, held)), symbol)


def _is_one(symbol: str, of: Unit) -> bool:
    one = unit(symbol)
    return one.factor == 1 and one.converts_to(of) and of.symbol.endswith(symbol)


def _base(level: Observation, growth: Observation) -> Interval | None:
    try:
        return level.value.interval() / (growth.value.interval() + 1)
    except FormulaError:
        return None


def _slipped(growth: Observation, most: Limit) -> str:
    """The growth with its decimal point one place to the left, if that would be unremarkable."""
    value = growth.value
    if value.number is None or value.dimension is None or value.op != "=":
        return ""
    tenth = Fraction(value.number, 10 ** (value.dimension.scale + 1))
    return f"{float(tenth / unit('%').factor):.4g}%" if abs(tenth) <= most.value else ""


def _digits(obs: Observation) -> str:
    """The significant digits as printed: 13.6亿元 → 136."""
    value = obs.value
    if value.number is None or value.dimension is None or not obs.unit:
        return ""
    figure = abs(Fraction(value.number, 10**value.dimension.scale) / unit(obs.unit).factor)
    text = f"{figure.numerator * 10**12 // figure.denominator}"
    return text.strip("0")
