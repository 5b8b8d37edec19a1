"""A growth given as a share or in percentage points, a share as a growth (数值性质)."""

from __future__ import annotations

from gaoxin.core.units import Dimension
from gaoxin.facts.wording import KINDS
from gaoxin.reading.verifying.asking import same_period
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.mixed.registry import FEWEST_DIGITS, Suspicion, suspects
from gaoxin.reading.verifying.verdicts import Verdict, conclude

_KINDS = ("growth", "share")
_OWN = {"change": ("百分点变化", "change in percentage points")}


@suspects(60)
def another_kind(suspicion: Suspicion) -> Verdict | None:
    """The number is the metric's growth where the text speaks of its share, or the reverse."""
    claim, index = suspicion.claim, suspicion.desk.index
    if claim.metric is None or claim.kind not in (*_KINDS, "change"):
        return None
    in_points = claim.kind == "change" and claim.dimension is Dimension.percentage_point
    if claim.kind == "change" and not in_points:
        return None
    # Only a rate changes by percentage points.
    impossible = in_points and index.dimension(claim.metric) is not Dimension.ratio
    if suspicion.digits < FEWEST_DIGITS if impossible else not suspicion.is_telling:
        return None
    others = [kind for kind in _KINDS if kind != claim.kind]
    stock = index.is_stock(claim.metric)
    held = (
        figure
        for figure in index.figures(claim.subject_code, claim.metric, others)
        if figure.key.figure in others and same_period(claim.period, figure.first, stock=stock)
    )
    for fact in suspicion.matching(held):
        expected, replacement = suspicion.correction()
        if claim.kind == "change":
            expected = suspicion.desk.fact(fact)
            replacement = (*suspicion.desk.whole(suspicion.position), expected)
        return conclude(
            suspicion.position,
            Cause.WRONG_FIGURE,
            {"other": KINDS[fact.figure][0], "own": _OWN.get(claim.kind, KINDS[claim.kind])[0]},
            {
                "other": KINDS[fact.figure][1].lower(),
                "own": _OWN.get(claim.kind, KINDS[claim.kind])[1].lower(),
            },
            expected=expected,
            replacement=replacement,
            facts=suspicion.facts(fact),
        )
    return None
