"""The figure of another year (时期)."""

from __future__ import annotations

from gaoxin.facts.records import Observation
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
        if suspicion.right is None and not claim.period_stated:
            return _nothing_known(suspicion, fact)
        expected, replacement = suspicion.correction()
        own = claim.period.label("zh")
        known = suspicion.own_fact()
        filled = {
            "other": fact.period.label("zh"),
            "own": own,
            "fact": f"是{known}" if known else "的事实库没有",
        }
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


def _nothing_known(suspicion: Suspicion, fact: Observation) -> Verdict:
    """The period was taken over from a title, and nothing is known for it: no error, but worth a look."""
    period = suspicion.claim.period
    assert period is not None
    desk, position = suspicion.desk, suspicion.position
    zh = {"metric": desk.metric(position), "period": period.label("zh"), "known": fact.period.label("zh")}
    en = {"metric": desk.metric(position, "en"), "period": period.label("en")}
    en["known"] = fact.period.label("en")
    note = f"文中没写这个数的时期，随标题按{zh['period']}；与{zh['known']}的数相同"
    return conclude(position, Cause.NO_PERIOD, zh, en, facts=(fact.id,), workings=(("时期", note),))
