"""A growth given as a share, a share as a growth (数值性质)."""

from __future__ import annotations

from gaoxin.facts.wording import KINDS
from gaoxin.reading.verifying.asking import same_period
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.mixed.registry import Suspicion, suspects
from gaoxin.reading.verifying.verdicts import Verdict, conclude

_KINDS = ("growth", "share")


@suspects(60)
def another_kind(suspicion: Suspicion) -> Verdict | None:
    """The number is the metric's growth where the text speaks of its share, or the reverse."""
    claim, index = suspicion.claim, suspicion.desk.index
    if claim.metric is None or claim.kind not in _KINDS or not suspicion.is_telling:
        return None
    others = [kind for kind in _KINDS if kind != claim.kind]
    stock = index.is_stock(claim.metric)
    held = (
        figure
        for figure in index.figures(claim.subject_code, claim.metric, others)
        if same_period(claim.period, figure.first, stock=stock)
    )
    for fact in suspicion.matching(held):
        expected, replacement = suspicion.correction()
        return conclude(
            suspicion.position,
            Cause.WRONG_FIGURE,
            {"other": KINDS[fact.figure][0], "own": KINDS[claim.kind][0]},
            {"other": KINDS[fact.figure][1].lower(), "own": KINDS[claim.kind][1].lower()},
            expected=expected,
            replacement=replacement,
            facts=suspicion.facts(fact),
        )
    return None
