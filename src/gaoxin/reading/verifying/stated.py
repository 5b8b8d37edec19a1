"""One figure against the facts of its own key (对照事实库).

Right, wrong, or left open by what the facts say. A wrong one is asked whose figure it is (`mixed`) and what
went wrong (`slips`); without a fact there is nothing to say here.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gaoxin.facts.records import Observation
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.asking import Asked, ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import Agreement, Outcome, compare, same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.evidence import checked_lines, doubts, factor_of, number_of
from gaoxin.reading.verifying.index import Figure
from gaoxin.reading.verifying.mixed import Suspicion, accuse
from gaoxin.reading.verifying.said import Said
from gaoxin.reading.verifying.slips import slip
from gaoxin.reading.verifying.verdicts import Verdict, conclude
from gaoxin.reading.verifying.wording import hedge_words

# Below this the link to the metric is a guess, and a difference proves nothing.
SURE_ENOUGH = 0.3
# A stock said to hold now may still be last year's.
_STILL_DAYS = 400
_EQUAL = Outcome(Agreement.same, Cause.SAME)
_DIFFERENT = Outcome(Agreement.contradicts, Cause.VALUE)


def by_facts(desk: Desk, position: int, quantity: Said, asked: Asked) -> Verdict | None:
    """By the facts of its own key; None where there are none that can be compared."""
    claim = desk.claims[position]
    held = asked.right or asked.near
    if claim.kind == "share" and not claim.of:
        held = (*asked.right, *asked.near)  # of which whole is not said
    outcomes = [
        (figure, fact, outcome_of(claim, quantity, fact)) for figure in held for fact in figure.statements
    ]
    compared = [(figure, fact, outcome) for figure, fact, outcome in outcomes if outcome is not None]
    if not compared:
        return _still(desk, position, quantity, asked)
    for figure, fact, outcome in compared:
        if outcome.agrees:
            return agrees(desk, position, figure, fact, outcome, inferred=not asked.right)
    disputed = next((figure for figure, _, _ in compared if figure.disputed), None)
    if disputed is not None:
        both = "、".join(dict.fromkeys(desk.fact(fact) for fact in disputed.statements))
        ids = tuple(fact.id for fact in disputed.statements)
        return conclude(position, Cause.CONFLICT, {"fact": both}, facts=ids)
    for _, fact, outcome in compared:
        if not outcome.contradicts:
            return _open(desk, position, fact, outcome)
    figure, fact, outcome = compared[0]
    if claim.kind == "share" and not claim.of and len({each.key.of for each, _, _ in compared}) > 1:
        known = "、".join(
            f"占{desk.index.name(each.key.of)}{desk.fact(fact_)}" for each, fact_, _ in compared
        )
        return conclude(position, Cause.WHOLE_UNKNOWN, {"known": known}, facts=(fact.id,))
    if not asked.right and _period_open(claim, compared[0][1], desk, asked):
        known = f"{fact.period.label('zh')}的{desk.fact(fact)}"
        en = {"known": f"{desk.fact(fact, 'en')} for {fact.period.label('en')}"}
        if claim.period is not None:
            return _other_period(desk, position, fact)
        return conclude(position, Cause.PERIOD_UNKNOWN, {"known": known}, en, facts=(fact.id,))
    nearer = _of_nearer_name(desk, position, quantity)
    if nearer is not None:
        return nearer
    accused = accuse(Suspicion(desk, position, claim, quantity, asked, figure))
    if accused is not None:
        return replace(accused, workings=(*accused.workings, *checked_lines(desk, position, fact)))
    return contradicts(desk, position, quantity, fact, outcome)


def _other_period(desk: Desk, position: int, fact: Observation) -> Verdict:
    """The facts speak of another time, and which one was only inferred."""
    period = desk.claims[position].period
    assert period is not None
    zh = {"metric": desk.metric(position), "period": period.label("zh"), "known": fact.period.label("zh")}
    en = {"metric": desk.metric(position, "en"), "period": period.label("en")}
    en["known"] = fact.period.label("en")
    return conclude(position, Cause.NO_PERIOD, zh, en, facts=(fact.id,), workings=doubts(desk, fact))


def _of_nearer_name(desk: Desk, position: int, quantity: Said) -> Verdict | None:
    """Somebody else is named right before the figure, and it is theirs: 全省6家，高新区有2家."""
    claim = desk.claims[position]
    words = desk.since_last(position, 24)
    for code in desk.subjects(position):
        if desk.index.name(code) not in words or claim.metric is None:
            continue
        asked = ask(replace(claim, subject_code=code), claim.metric, desk.index)
        for figure in (*asked.right, *asked.near):
            for fact in figure.statements:
                outcome = outcome_of(claim, quantity, fact)
                if outcome is not None and outcome.agrees:
                    return agrees(desk, position, figure, fact, outcome, inferred=not asked.right)
    return None


def outcome_of(claim: Claim, quantity: Said, fact: Observation) -> Outcome | None:
    """How the figure stands to one statement; None where the two cannot be compared."""
    value = fact.value
    if not value.is_number:
        if value.text is not None and value.text.isdigit() and fact.figure != "list":
            same = quantity.value == Fraction(value.text)
            return _EQUAL if same else _DIFFERENT
        return None
    if not same_kind(claim.dimension, value.dimension):
        return None
    if claim.amount.form == "doubling" and fact.figure == "growth":
        quantity = replace(quantity, value=quantity.value - 1)
    if claim.amount.form != "doubling" and claim.kind == "growth" and fact.figure == "multiple":
        quantity = replace(quantity, value=quantity.value + 1)
    return compare(quantity, value)


def agrees(
    desk: Desk, position: int, figure: Figure, fact: Observation, outcome: Outcome, *, inferred: bool
) -> Verdict:
    others = [desk.fact(other) for other in figure.statements if other is not fact]
    cause = outcome.cause
    if figure.disputed and others:
        cause = Cause.ONE_OF_SEVERAL
        filled = {"fact": "、".join(dict.fromkeys(others))}
    else:
        filled = {"fact": desk.fact(fact)}
    ids = tuple(each.id for each in figure.statements) if figure.disputed else (fact.id,)
    notes = doubts(desk, fact)
    if inferred and desk.claims[position].period is None:
        notes = (("时期", f"文中没写，按{fact.period.label('zh')}的数"), *notes)
    elif inferred:
        notes = (("时期", f"按{fact.period.label('zh')}的数"), *notes)
    return conclude(position, cause, filled, {"fact": desk.fact(fact, "en")}, facts=ids, workings=notes)


def _open(desk: Desk, position: int, fact: Observation, outcome: Outcome) -> Verdict:
    filled, en = {"fact": desk.fact(fact)}, {"fact": desk.fact(fact, "en")}
    return conclude(position, outcome.cause, filled, en, facts=(fact.id,), workings=doubts(desk, fact))


def contradicts(desk: Desk, position: int, quantity: Said, fact: Observation, outcome: Outcome) -> Verdict:
    cause = outcome.cause
    expected, replacement = desk.correction(position, fact)
    filled = {"fact": expected or desk.fact(fact), "said": desk.quote(position)}
    if cause in (Cause.BOUND_LOST, Cause.HEDGE_LOST):
        filled["word"] = "".join(hedge_words(fact))
        filled["fact"] = desk.fact(fact)
    elif cause in (Cause.BOUND_FALSE, Cause.NOT_NEAR):
        filled["fact"] = desk.fact(fact)
    number = number_of(fact)
    if cause is Cause.VALUE and number is not None and quantity.op == "=" and quantity.high is None:
        found = slip(quantity, number, factor_of(fact))
        if found is not None:
            cause, more = found
            filled |= more
    if desk.claims[position].confidence and desk.claims[position].confidence < SURE_ENOUGH:
        return conclude(position, Cause.NO_METRIC, facts=(fact.id,))
    if (
        cause is Cause.UNIT_SLIP
        and replacement is not None
        and len(replacement[2]) > len(desk.fact(fact)) + 2
    ):
        expected = desk.fact(fact)
        replacement = (replacement[0], replacement[1], expected)
        filled["fact"] = expected
    return conclude(
        position,
        cause,
        filled,
        {"fact": desk.fact(fact, "en")} if expected is None else None,
        expected=expected,
        replacement=replacement,
        facts=(fact.id,),
        workings=checked_lines(desk, position, fact),
    )


def _still(desk: Desk, position: int, quantity: Said, asked: Asked) -> Verdict | None:
    """目前 of a stock: the last known figure, if it still reads the same."""
    claim = desk.claims[position]
    if claim.period is None or claim.metric is None or not desk.index.is_stock(claim.metric):
        return None
    if claim.period_stated:
        return None
    for figure in asked.others:
        for fact in figure.statements:
            since = (claim.period.end - fact.period.end).days
            outcome = outcome_of(claim, quantity, fact)
            if (
                outcome is not None
                and outcome.agrees
                and 0 < since <= _STILL_DAYS
                and not claim.period_stated
            ):
                return agrees(desk, position, figure, fact, outcome, inferred=True)
    return None


def _period_open(claim: Claim, fact: Observation, desk: Desk, asked: Asked) -> bool:
    """A difference proves nothing: the text may mean another time than the fact."""
    if claim.period is not None:
        if fact.period.form == "span" or claim.period.form == "span":
            return True
        return claim.period_stated and not fact.period.contains(claim.period)
    published = desk.reading.published
    if published is not None and published.year - fact.period.year > 1:
        return True
    return len({figure.first.period.year for figure in asked.near}) > 1
