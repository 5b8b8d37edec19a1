"""The figure of somebody else: the city's given to the zone (主体)."""

from __future__ import annotations

from dataclasses import replace

from gaoxin.reading.verifying.asking import ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.mixed.registry import Suspicion, suspects
from gaoxin.reading.verifying.verdicts import Verdict, conclude


@suspects(50)
def another_subject(suspicion: Suspicion) -> Verdict | None:
    """The number is that of the whole, a part or a peer."""
    claim, desk = suspicion.claim, suspicion.desk
    if claim.metric is None or not suspicion.is_telling:
        return None
    for code in desk.subjects(suspicion.position):
        asked = ask(replace(claim, subject_code=code), claim.metric, desk.index)
        for fact in suspicion.matching((*asked.right, *asked.near)):
            expected, replacement = suspicion.correction()
            return conclude(
                suspicion.position,
                Cause.WRONG_SUBJECT,
                {"other": desk.index.name(code), "own": desk.subject(suspicion.position)},
                expected=expected,
                replacement=replacement,
                facts=suspicion.facts(fact),
            )
    return None
