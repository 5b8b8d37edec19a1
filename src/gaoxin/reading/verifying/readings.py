"""Other ways to read a figure before it is called anything: other metrics, joint places (另解)."""

from __future__ import annotations

from dataclasses import replace

from gaoxin.facts.records import Observation
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.asking import ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import compare
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.evidence import doubts
from gaoxin.reading.verifying.mixed import Suspicion
from gaoxin.reading.verifying.said import Said
from gaoxin.reading.verifying.stated import contradicts
from gaoxin.reading.verifying.verdicts import Verdict, conclude

_LOOKED_BACK = 24


def joint_rank(desk: Desk, position: int, quantity: Said) -> Verdict | None:
    """数量均居首位: a place for each of the counts before it, where the facts rank them."""
    claim = desk.claims[position]
    if "均" not in claim.label + desk.before(position, 16):
        return None
    facts: list[Observation] = []
    for other in reversed(range(max(0, position - _LOOKED_BACK), position)):
        held = desk.claims[other]
        if held.sentence != claim.sentence or held.subject_code != claim.subject_code:
            break
        if held.metric is None:
            continue
        asked = ask(replace(claim, metric=held.metric), held.metric, desk.index, desk.sentence(position))
        facts += [figure.standing for figure in asked.right if figure.standing is not None]
    if not facts:
        return None
    wrong = [fact for fact in facts if not compare(quantity, fact.value).agrees]
    if not wrong:
        return conclude(position, Cause.SAME, facts=tuple(fact.id for fact in facts))
    verdict = contradicts(desk, position, quantity, wrong[0], compare(quantity, wrong[0].value))
    return replace(verdict, facts=tuple(fact.id for fact in facts))


def by_candidates(desk: Desk, position: int, quantity: Said) -> Verdict | None:
    """Another metric the phrase may mean, of which the facts have the very figure."""
    claim = desk.claims[position]
    if not claim.subject_code or quantity.digits < 2:
        return None
    for metric in claim.candidates:
        if metric == claim.metric or metric not in desk.index.metrics:
            continue
        if claim.metric is not None and not _named(desk, claim, metric):
            continue
        asked = ask(replace(claim, metric=metric), metric, desk.index, desk.sentence(position))
        for fact in Suspicion(desk, position, claim, quantity, asked, None).matching(asked.right):
            lines = (("指标", desk.index.metric_name(metric)), *doubts(desk, fact))
            return conclude(position, Cause.SAME, facts=(fact.id,), workings=lines)
    return None


def _named(desk: Desk, claim: Claim, metric: str) -> bool:
    """The metric that was linked is none of such a subject, and the other is."""
    kind = claim.subject_code.partition("/")[0]
    linked, other = desk.index.metrics.get(claim.metric or ""), desk.index.metrics[metric]
    return linked is not None and kind not in linked.subjects and kind in other.subjects


def agreed_list(desk: Desk, position: int) -> Verdict | None:
    """A figure without a number that the fact base has in the same words."""
    claim = desk.claims[position]
    if claim.metric is None or not claim.subject_code:
        return None
    asked = ask(claim, claim.metric, desk.index, desk.sentence(position))
    for figure in (*asked.right, *asked.near):
        for fact in figure.statements:
            if fact.written and fact.written in desk.quote(position):
                return conclude(position, Cause.SAME, facts=(fact.id,), workings=doubts(desk, fact))
    return None
