"""Two figures of one sentence that changed places: 占楚雄州33%、楚雄市10% (写反)."""

from __future__ import annotations

from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.asking import ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import compare, same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.index import Figure
from gaoxin.reading.verifying.mixed.registry import Suspicion, suspects
from gaoxin.reading.verifying.verdicts import Verdict, conclude

_NEAREST = 24  # figures looked at on either side


@suspects(10)
def changed_places(suspicion: Suspicion) -> Verdict | None:
    """Each of the two says what the fact base has for the other."""
    desk, own = suspicion.desk, suspicion.right
    if own is None or own.standing is None:
        return None
    for position in _beside(suspicion):
        other = desk.claims[position]
        told = desk.said(position)
        figure = _fact_of(desk, position, suspicion.claim)
        names = _difference(desk, suspicion.claim, other)
        if told is None or figure is None or figure.standing is None or names is None:
            continue
        mine, theirs = own.standing.value, figure.standing.value
        if not (theirs.is_number and same_kind(suspicion.claim.dimension, theirs.dimension)):
            continue
        if compare(suspicion.said, theirs).agrees and compare(told, mine).agrees:
            expected, replacement = suspicion.correction()
            filled = {"pair": f"{names[0]}、{names[1]}", "name": names[2], "fact": suspicion.own_fact()}
            return conclude(
                suspicion.position,
                Cause.SWAPPED,
                filled,
                expected=expected,
                replacement=replacement,
                facts=suspicion.facts(figure.standing),
                others=(position,),
            )
    return None


def _beside(suspicion: Suspicion) -> tuple[int, ...]:
    """Figures of the same sentence and dimension, the nearest first."""
    claims, own = suspicion.desk.claims, suspicion.position
    first, last = own, own + 1
    while first > max(0, own - _NEAREST) and claims[first - 1].sentence == suspicion.claim.sentence:
        first -= 1
    end = min(len(claims), own + 1 + _NEAREST)
    while last < end and claims[last].sentence == suspicion.claim.sentence:
        last += 1
    near = [
        place
        for place in range(first, last)
        if place != own and claims[place].dimension is suspicion.claim.dimension
    ]
    return tuple(sorted(near, key=lambda place: abs(place - own)))


def _fact_of(desk: Desk, position: int, like: Claim) -> Figure | None:
    """The fact of the other figure; of the metric of the first where its own was not recognised."""
    claim = desk.claims[position]
    metric = claim.metric or (like.metric if claim.kind == like.kind else None)
    if not metric or not claim.subject_code:
        return None
    asked = ask(claim, metric, desk.index, desk.sentence(position))
    return next(iter(asked.right or asked.near), None)


def _difference(desk: Desk, one: Claim, other: Claim) -> tuple[str, str, str] | None:
    """How the two are told apart: both names in text order, then the name of the first claim."""
    index = desk.index
    if one.of_code != other.of_code and one.of_code and other.of_code:
        names = index.name(one.of_code), index.name(other.of_code)
    elif one.subject_code != other.subject_code:
        names = index.name(one.subject_code), index.name(other.subject_code)
    elif one.metric != other.metric and one.metric and other.metric:
        names = index.metric_name(one.metric), index.metric_name(other.metric)
    elif one.kind == other.kind and one.period and other.period and one.period != other.period:
        names = one.period.label("zh"), other.period.label("zh")
    else:
        return None
    first, second = _short(*names)
    left, right = (first, second) if one.start < other.start else (second, first)
    return left, right, first


def _short(one: str, other: str) -> tuple[str, str]:
    """州 and 市 of 楚雄州 and 楚雄市; names that share nothing stay whole."""
    if len(one) == len(other) and one[:-1] == other[:-1] and len(one) > 1:
        return one[-1], other[-1]
    return one, other
