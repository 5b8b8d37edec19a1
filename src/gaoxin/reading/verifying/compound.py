"""Growth per year over several years: both ends and the number of years, or nothing (年均复合增长率)."""

from __future__ import annotations

from gaoxin.core.errors import FormulaError
from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
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
    """年均增长 needs both ends and the number of years; the number of intervals is printed."""
    claim, quantity = desk.claims[position], desk.said(position)
    period = claim.period
    held: tuple[str, ...] = ()
    if claim.metric and claim.subject_code:
        held = tuple(
            fact.id
            for figure in desk.index.figures(claim.subject_code, claim.metric, ("growth",))
            for fact in figure.statements
            if fact.group
        )
    if period is None or period.form != "span" or quantity is None or claim.metric is None:
        return conclude(position, Cause.COMPOUND_GROWTH, facts=held)
    first, last = Period.of_year(period.start.year), Period.of_year(period.end.year)
    ends = [level_of(desk.index, claim.subject_code, claim.metric, each) for each in (first, last)]
    intervals = last.year - first.year
    if ends[0] is None or ends[1] is None or intervals < 1:
        return conclude(position, Cause.COMPOUND_GROWTH, facts=held)
    try:
        span = (ends[1].value.interval() / ends[0].value.interval()).root(intervals) - 1
    except FormulaError:  # a level of zero or below has no rate
        return conclude(position, Cause.COMPOUND_GROWTH, facts=held)
    working = f"({desk.fact(ends[1])} ÷ {desk.fact(ends[0])})^(1/{intervals}) − 1，{intervals} 个间隔"
    found = Implied(span, (ends[0].id, ends[1].id), working, Dimension.ratio, "%")
    outcome = against_interval(quantity, span)
    lines: tuple[Working, ...] = (("复算", working),)
    cause = Cause.WORKED_OUT if outcome.agrees else Cause.DERIVED if outcome.contradicts else outcome.cause
    return conclude(
        position,
        cause,
        {"fact": found.words()},
        {"fact": found.words("en")},
        facts=found.inputs,
        workings=lines,
    )
