"""One figure against the fact base, step by step (逐数判定).

1. What has no number, no subject or no metric cannot be held against anything.
2. The facts of its own key decide (`stated`).
3. Without one, `readings` tries what else the phrase may mean, `mixed` whose figure it is.
4. `sourceless` works it out from other facts, or says why it has no source.
"""

from __future__ import annotations

from gaoxin.reading.verifying.asking import ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.compound import compound_growth, is_compound
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.listed import by_list
from gaoxin.reading.verifying.mixed import Suspicion, accuse
from gaoxin.reading.verifying.readings import agreed_list, by_candidates, joint_rank
from gaoxin.reading.verifying.said import Said
from gaoxin.reading.verifying.sourceless import by_sums
from gaoxin.reading.verifying.stated import by_facts
from gaoxin.reading.verifying.verdicts import Verdict, conclude


def judge(desk: Desk, position: int) -> Verdict:
    """The verdict on one figure, by the fact base alone."""
    claim, quantity = desk.claims[position], desk.said(position)
    if quantity is None:
        cause = Cause.NO_RANK_SOURCE if claim.kind == "rank" else Cause.QUALITY
        return agreed_list(desk, position) or conclude(position, cause)
    if claim.kind == "growth" and is_compound(desk, position):
        return compound_growth(desk, position)
    if claim.kind == "rank" and claim.subject_code:
        joint = joint_rank(desk, position, quantity)
        if joint is not None:
            return joint
    if claim.metric is None or not claim.subject_code:
        return _unlinked(desk, position, quantity)
    asked = ask(claim, claim.metric, desk.index, desk.sentence(position))
    found = by_list(desk, position, quantity, by_facts(desk, position, quantity, asked))
    found = found or by_candidates(desk, position, quantity)
    if found is not None:
        return found
    accused = accuse(Suspicion(desk, position, claim, quantity, asked, None))
    return accused or by_sums(desk, position, quantity, asked)


def _unlinked(desk: Desk, position: int, quantity: Said) -> Verdict:
    """Without a metric: the candidates may still have the very figure; otherwise nothing can be said."""
    claim = desk.claims[position]
    found = by_candidates(desk, position, quantity)
    if found is not None:
        return found
    if claim.kind == "rank":
        return conclude(position, Cause.NO_RANK_SOURCE)
    if claim.kind == "duration" and claim.op == "~" and claim.metric is None:
        return conclude(position, Cause.RHETORICAL)
    if claim.metric is not None and not claim.subject_code:
        zh, en = {"subject": claim.subject or "这个主体"}, {"subject": claim.subject or "the subject"}
        return conclude(position, Cause.NO_SUBJECT, zh, en)
    return conclude(position, Cause.TARGET if claim.kind == "target" else Cause.NO_METRIC)
