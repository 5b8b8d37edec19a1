"""Growth per year over several years: both ends and the number of years, or nothing (年均复合增长率)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from gaoxin.core.errors import FormulaError
from gaoxin.core.intervals import Interval
from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.facts.records import Observation
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import against_interval
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.implied import Implied, level_of
from gaoxin.reading.verifying.verdicts import Verdict, Working, conclude

_COMPOUND = ("年均", "复合", "年平均增")


def is_compound(desk: Desk, position: int) -> bool:
    """A growth per year over several years (年均复合增长率)."""
    held = desk.claims[position].label + desk.before(position, 12)
    return any(word in held for word in _COMPOUND)


def compound_growth(desk: Desk, position: int) -> Verdict:
    """年均增长 needs both ends and the number of years; the number of intervals is printed.

    翻了近两番 from 2012 to 2021 gives both ends at once: less than 16.65 % a year.
    """
    claim, quantity = desk.claims[position], desk.said(position)
    period = claim.period
    if period is None or period.form != "span" or quantity is None or claim.metric is None:
        return conclude(position, Cause.COMPOUND_GROWTH, facts=_stated(desk, claim))
    found = _between_levels(desk, claim, period) or _from_multiple(desk, claim, period)
    if found is None:
        return _without_ends(desk, position, period)
    outcome = against_interval(quantity, found.span)
    lines: tuple[Working, ...] = (("复算", found.working),)
    cause = Cause.WORKED_OUT if outcome.agrees else Cause.DERIVED if outcome.contradicts else outcome.cause
    return conclude(
        position,
        cause,
        {"fact": found.words()},
        {"fact": found.words("en")},
        facts=found.inputs,
        workings=lines,
    )


def _stated(desk: Desk, claim: Claim) -> tuple[str, ...]:
    """Statements of such a growth that the fact base has, without an end to work from."""
    return tuple(fact.id for fact in _facts(desk, claim, "growth") if fact.group)


def _facts(desk: Desk, claim: Claim, kind: str) -> Iterator[Observation]:
    if claim.metric and claim.subject_code:
        for figure in desk.index.figures(claim.subject_code, claim.metric, (kind,)):
            yield from figure.statements


def _between_levels(desk: Desk, claim: Claim, period: Period) -> Implied | None:
    first, last = _ends(period)
    metric = claim.metric or ""
    low = level_of(desk.index, claim.subject_code, metric, first)
    high = level_of(desk.index, claim.subject_code, metric, last)
    if low is None or high is None:
        return None
    words = f"{desk.fact(high)} ÷ {desk.fact(low)}"
    return _rate(high.value.interval(), low.value.interval(), period, words, (low.id, high.id))


def _from_multiple(desk: Desk, claim: Claim, period: Period) -> Implied | None:
    """From what is known of the last level as a multiple of the first."""
    for fact in _facts(desk, claim, "multiple"):
        if not fact.value.is_number or not fact.base or fact.of not in ("", claim.subject_code):
            continue
        if (Period.parse(fact.base).year, fact.period.end.year) != (period.start.year, period.end.year):
            continue
        times = fact.value.interval()
        zero = Interval(Fraction(0), None) if times.lo is None else times
        kept = times.intersection(zero) or times
        found = _rate(kept, Interval.exact(1), period, desk.fact(fact), (fact.id,))
        if found is not None and times.lo is None:
            return replace(found, span=Interval(None, found.span.hi, hi_open=found.span.hi_open))
        return found
    return None


def _rate(
    high: Interval, low: Interval, period: Period, words: str, inputs: tuple[str, ...]
) -> Implied | None:
    intervals = period.end.year - period.start.year
    try:
        span = (high / low).root(intervals) - 1
    except FormulaError:  # a level of zero or below has no rate, one year none a year
        return None
    working = f"({words})^(1/{intervals}) − 1，{intervals} 个间隔"
    return Implied(span, inputs, working, Dimension.ratio, "%")


def _ends(period: Period) -> tuple[Period, Period]:
    return Period.of_year(period.start.year), Period.of_year(period.end.year)


def _without_ends(desk: Desk, position: int, period: Period) -> Verdict:
    """Both years are named; the level of one of them, or of both, is missing."""
    claim = desk.claims[position]
    held = _stated(desk, claim)
    missing = [
        end
        for end in _ends(period)
        if level_of(desk.index, claim.subject_code, claim.metric or "", end) is None
    ]
    if not missing or not claim.subject_code:
        return conclude(position, Cause.COMPOUND_GROWTH, facts=held)
    zh = {"metric": desk.metric(position), "period": "、".join(each.label("zh") for each in missing)}
    en = {"metric": desk.metric(position, "en"), "period": ", ".join(each.label("en") for each in missing)}
    return conclude(position, Cause.NO_BASE, zh, en, facts=held)
