"""The number of the source in another currency: 2万元 for 2万美元 (币种)."""

from __future__ import annotations

from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.verifying.asking import ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.mixed.registry import Suspicion, suspects
from gaoxin.reading.verifying.verdicts import Verdict, conclude

_YUAN = frozenset({Dimension.money, Dimension.money_per_count})
_DOLLARS = frozenset({Dimension.money_usd, Dimension.usd_per_count})


@suspects(45)
def another_currency(suspicion: Suspicion) -> Verdict | None:
    """The metric is also published in the other currency, with this very number."""
    claim, desk = suspicion.claim, suspicion.desk
    others = _DOLLARS if claim.dimension in _YUAN else _YUAN if claim.dimension in _DOLLARS else frozenset()
    if claim.metric is None or not others:
        return None
    for other in (claim.metric, *desk.index.namesakes(claim.metric)):
        if desk.index.dimension(other) not in others:
            continue
        asked = ask(claim, other, desk.index, desk.sentence(suspicion.position))
        for figure in (*asked.right, *asked.near):
            value = figure.first.value
            if figure.standing is None or value.number is None or value.dimension is None:
                continue
            if Fraction(value.number, 10**value.dimension.scale) == suspicion.said.value:
                said = desk.fact(figure.first)
                return conclude(
                    suspicion.position, Cause.WRONG_CURRENCY, {"fact": said}, facts=(figure.first.id,)
                )
    return None
