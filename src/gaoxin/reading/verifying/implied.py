"""What the facts imply for a figure that nobody stated (推算).

1. The derivations of the packs: means, implied wholes, ratios between metrics.
2. What two levels say of a share, a growth, a change or a multiple.

Intervals throughout: a growth printed as 8.3 % and a level of 248 leave one whole number for the year before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gaoxin.core.errors import GaoxinError
from gaoxin.core.intervals import Interval
from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.facts.records import Observation
from gaoxin.facts.rendering import render_interval, shown_unit
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.asking import kinds_of, same_period
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.index import FactIndex
from gaoxin.reading.verifying.wording import unspaced


@dataclass(frozen=True, slots=True)
class Implied:
    """A figure that was worked out: its interval in base units, from which observations, by which sum.

    `is_exact`: pure arithmetic between stated figures of one scope. A growth between two published levels is
    not, since bureaux compare with a revised base.
    """

    span: Interval
    inputs: tuple[str, ...]
    working: str
    dimension: Dimension | None
    unit: str
    is_exact: bool = True

    def words(self, lang: str = "zh") -> str:
        """The figure with the digits that are certain."""
        if self.dimension is None:
            return str(self.span)
        return unspaced(render_interval(self.span, shown_unit(self.unit, self.dimension), lang), lang)


def imply(desk: Desk, position: int) -> Implied | None:
    """The figure of a claim as the facts imply it; None where they do not."""
    claim = desk.claims[position]
    if claim.metric is None or claim.period is None or not claim.subject_code:
        return None
    for seek in (_by_derivation, *_BY_KIND.get(claim.kind, ())):
        try:
            found = seek(desk, claim)
        except GaoxinError:
            continue
        if found is not None:
            return found
    return None


def level_of(index: FactIndex, subject: str, metric: str, period: Period | None) -> Observation | None:
    """The stated level of a metric in a period; None if there is none or sources disagree."""
    if not subject or period is None:
        return None
    stock = index.is_stock(metric)
    for figure in index.figures(subject, metric, ("level",)):
        fact = figure.standing
        if fact is None or fact.group or not fact.value.is_number:
            continue
        if same_period(period, fact, stock=stock):
            return fact
    return None


def _by_derivation(desk: Desk, claim: Claim) -> Implied | None:
    kinds = kinds_of(claim, desk.index.dimension(claim.metric or ""))
    stock = desk.index.is_stock(claim.metric or "")
    assert claim.period is not None
    for fact in desk.index.derived(claim.subject_code, claim.metric or "", claim.period.year):
        if fact.metric != claim.metric or fact.figure not in kinds or not fact.value.is_number:
            continue
        if not same_period(claim.period, fact, stock=stock):
            continue
        if fact.figure == "share" and claim.of_code and fact.of and fact.of != claim.of_code:
            continue
        if not same_kind(claim.dimension, fact.value.dimension):
            continue
        working = f"{fact.note} = {unspaced(fact.value.render(fact.unit))}"
        return Implied(
            fact.value.interval(), (*fact.inputs, fact.id), working, fact.value.dimension, fact.unit
        )
    return None


def _share(desk: Desk, claim: Claim) -> Implied | None:
    """Part over whole: both levels are stated."""
    part = level_of(desk.index, claim.subject_code, claim.metric or "", claim.period)
    whole = level_of(desk.index, claim.of_code, claim.of_metric or claim.metric or "", claim.period)
    if part is None or whole is None or whole.id == part.id:
        return None
    span = part.value.interval() / whole.value.interval()
    return _quotient(desk, part, whole, span, "%", Dimension.ratio)


def _growth(desk: Desk, claim: Claim) -> Implied | None:
    """Level over the level a year before, less one."""
    assert claim.period is not None
    last = level_of(desk.index, claim.subject_code, claim.metric or "", claim.period)
    first = level_of(desk.index, claim.subject_code, claim.metric or "", _base(claim))
    if last is None or first is None:
        return None
    span = last.value.interval() / first.value.interval() - 1
    counted = last.value.dimension is Dimension.count
    return _quotient(desk, last, first, span, "%", Dimension.ratio, minus_one=True, exact=counted)


def _change(desk: Desk, claim: Claim) -> Implied | None:
    """Level less the level a year before; of a rate, in percentage points."""
    last = level_of(desk.index, claim.subject_code, claim.metric or "", claim.period)
    first = level_of(desk.index, claim.subject_code, claim.metric or "", _base(claim))
    if last is None or first is None:
        return None
    span = last.value.interval() - first.value.interval()
    working = f"{desk.fact(last)} − {desk.fact(first)}"
    return Implied(span, (last.id, first.id), working, last.value.dimension, last.unit)


def _multiple(desk: Desk, claim: Claim) -> Implied | None:
    """Level over the level of the base period, or of whom it is compared with."""
    last = level_of(desk.index, claim.subject_code, claim.metric or "", claim.period)
    subject = claim.of_code or claim.subject_code
    first = level_of(desk.index, subject, claim.metric or "", claim.of_period or claim.period)
    if last is None or first is None or first.id == last.id:
        return None
    return _quotient(
        desk, last, first, last.value.interval() / first.value.interval(), "倍", Dimension.multiple
    )


def _level(desk: Desk, claim: Claim) -> Implied | None:
    """Share times the level of the whole."""
    index, metric = desk.index, claim.metric or ""
    for figure in index.figures(claim.subject_code, metric, ("share",)):
        share = figure.standing
        if share is None or not share.of or not share.value.is_number:
            continue
        if not same_period(claim.period, share, stock=index.is_stock(metric)):
            continue
        whole = level_of(index, share.of, metric, claim.period)
        if whole is not None:
            span = share.value.interval() * whole.value.interval()
            working = f"{desk.fact(whole)} × {desk.fact(share)}"
            return Implied(span, (whole.id, share.id), working, whole.value.dimension, whole.unit)
    return None


def _quotient(
    desk: Desk,
    top: Observation,
    bottom: Observation,
    span: Interval,
    symbol: str,
    dimension: Dimension,
    *,
    minus_one: bool = False,
    exact: bool = True,
) -> Implied:
    working = f"{desk.fact(top)} ÷ {desk.fact(bottom)}" + (" − 1" if minus_one else "")
    return Implied(span, (top.id, bottom.id), working, dimension, symbol, exact)


def _base(claim: Claim) -> Period | None:
    if claim.of_period is not None and claim.of_period != claim.period:
        return claim.of_period
    try:
        return None if claim.period is None else claim.period.previous()
    except GaoxinError:
        return None


_BY_KIND: dict[str, tuple[Callable[[Desk, Claim], Implied | None], ...]] = {
    "share": (_share,),
    "growth": (_growth,),
    "change": (_change,),
    "multiple": (_multiple,),
    "level": (_level,),
}
