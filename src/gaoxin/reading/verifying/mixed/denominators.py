"""The share of another whole: 州 for 市, 省 for 市 (分母)."""

from __future__ import annotations

from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.mixed.registry import Suspicion, suspects
from gaoxin.reading.verifying.verdicts import Verdict, conclude


@suspects(20)
def another_whole(suspicion: Suspicion) -> Verdict | None:
    """The number is the share of another whole: the name is wrong, not the number."""
    claim, desk = suspicion.claim, suspicion.desk
    if claim.kind not in ("share", "rank") or not claim.of_code:
        return None
    if claim.kind == "rank" and suspicion.right is not None:
        return None
    for fact in suspicion.matching(suspicion.asked.elsewise):
        other, own = desk.index.name(fact.of), claim.of or desk.index.name(claim.of_code)
        spot = desk.reading.text.rfind(own, claim.sentence[0], claim.start)
        replacement = None if spot < 0 else (spot, spot + len(own), other)
        note = () if suspicion.right is None else ((own, suspicion.own_fact()),)
        return conclude(
            suspicion.position,
            Cause.WRONG_DENOMINATOR,
            {"other": other, "own": own},
            expected=other if replacement else None,
            replacement=replacement,
            facts=suspicion.facts(fact),
            workings=note,
        )
    return None
