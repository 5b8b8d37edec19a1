"""The figure of another year (时期)."""

from __future__ import annotations

from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.mixed.registry import Suspicion, suspects
from gaoxin.reading.verifying.verdicts import Verdict, conclude


@suspects(30)
def another_period(suspicion: Suspicion) -> Verdict | None:
    """The number is that of the same metric at another time."""
    claim = suspicion.claim
    if claim.period is None or not suspicion.is_telling:
        return None
    for fact in suspicion.matching(suspicion.asked.others):
        if fact.period_confidence != "verified":
            continue
        expected, replacement = suspicion.correction()
        own = claim.period.label("zh")
        filled = {"other": fact.period.label("zh"), "own": own, "fact": suspicion.own_fact() or "没有数"}
        en = {"other": fact.period.label("en"), "own": claim.period.label("en")}
        if suspicion.right is None:
            en["fact"] = "none"
        return conclude(
            suspicion.position,
            Cause.WRONG_PERIOD,
            filled,
            en,
            expected=expected,
            replacement=replacement,
            facts=suspicion.facts(fact),
        )
    return None
