"""A figure without a fact of its own: worked out from others, or why it has no source (查无依据)."""

from __future__ import annotations

from gaoxin.reading.verifying.asking import Asked
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import against_interval
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.implied import Implied, imply, level_of
from gaoxin.reading.verifying.said import Said
from gaoxin.reading.verifying.stated import SURE_ENOUGH
from gaoxin.reading.verifying.verdicts import Verdict, Working, conclude


def by_sums(desk: Desk, position: int, quantity: Said, asked: Asked) -> Verdict:
    """By what the facts imply, or else the reason why there is nothing to hold it against."""
    claim = desk.claims[position]
    found = imply(desk, position)
    if found is None:
        return _without_source(desk, position, asked)
    outcome = against_interval(quantity, found.span)
    lines: tuple[Working, ...] = (("复算", found.working),)
    words_ = {"fact": found.words()}
    en = {"fact": found.words("en")}
    if outcome.agrees:
        return conclude(position, Cause.WORKED_OUT, words_, en, facts=found.inputs, workings=lines)
    if not outcome.contradicts:
        return conclude(position, outcome.cause, words_, en, facts=found.inputs, workings=lines)
    if not found.is_exact:
        return conclude(position, Cause.BASE_REVISION, words_, en, facts=found.inputs, workings=lines)
    if claim.confidence and claim.confidence < SURE_ENOUGH:
        return conclude(position, Cause.NO_METRIC, facts=found.inputs)
    expected, replacement = _certain(desk, position, found)
    return conclude(
        position,
        Cause.DERIVED,
        {"fact": expected or found.words()},
        en,
        expected=expected,
        replacement=replacement,
        facts=found.inputs,
        workings=lines,
    )


def _certain(desk: Desk, position: int, found: Implied) -> tuple[str | None, tuple[int, int, str] | None]:
    """What should stand there, if the facts leave one number at the digits of the text."""
    quantity = desk.said(position)
    span = found.span
    if quantity is None or span.lo is None or span.hi is None or span.middle is None:
        return None, None
    if span.width is not None and span.width > quantity.step:
        return None, None
    return desk.renumber(position, span.middle)


def _without_source(desk: Desk, position: int, asked: Asked) -> Verdict:
    claim = desk.claims[position]
    zh, en = {"metric": desk.metric(position)}, {"metric": desk.metric(position, "en")}
    held_otherwise = next(iter((*asked.right, *asked.near)), None)
    if held_otherwise is not None:
        first = held_otherwise.first
        zh["fact"], en["fact"] = desk.fact(first), desk.fact(first, "en")
        return conclude(position, Cause.OTHER_DIMENSION, zh, en, facts=(first.id,))
    if claim.kind == "rank":
        return conclude(position, Cause.NO_RANK_SOURCE)
    if claim.kind == "target":
        return conclude(position, Cause.TARGET)
    if asked.others:
        known = sorted({figure.first.period for figure in asked.others})
        period = claim.period
        assert period is not None
        zh |= {"period": period.label("zh"), "known": "、".join(each.label("zh") for each in known[-3:])}
        en |= {"period": period.label("en"), "known": ", ".join(each.label("en") for each in known[-3:])}
        return conclude(position, Cause.NO_PERIOD, zh, en)
    held = level_of(desk.index, claim.subject_code, claim.metric or "", claim.period)
    if claim.kind in ("growth", "change") and held is not None and claim.period is not None:
        base = claim.of_period or claim.period.previous()
        zh["period"], en["period"] = base.label("zh"), base.label("en")
        return conclude(position, Cause.NO_BASE, zh, en, facts=(held.id,))
    if claim.kind == "share" and held is not None and claim.of:
        if not claim.of_code:  # the whole is a quantity, or a place nobody knows: 占规模以上工业总产值的48.1%
            zh["metric"], en["metric"] = "数", "figure"
        return conclude(
            position, Cause.NO_WHOLE, {**zh, "whole": claim.of}, {**en, "whole": claim.of}, facts=(held.id,)
        )
    return conclude(
        position,
        Cause.NO_FACT,
        {**zh, "subject": desk.subject(position)},
        {**en, "subject": desk.subject(position)},
    )
