"""One figure against the fact base (对照事实库).

1. What has no number, no subject or no metric cannot be held against anything.
2. The facts of its own key decide: agrees, contradicts, or leaves it open.
3. Where they contradict or there is none, `mixed` asks whose figure it is, `slips` what went wrong.
4. Without a fact, `implied` works it out from others; if that fails too, the figure has no source.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.facts.records import Observation
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.asking import Asked, ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import Agreement, Outcome, against_interval, compare, same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.implied import Implied, imply, level_of
from gaoxin.reading.verifying.index import Figure
from gaoxin.reading.verifying.mixed import Suspicion, accuse
from gaoxin.reading.verifying.said import Said
from gaoxin.reading.verifying.slips import slip
from gaoxin.reading.verifying.verdicts import Verdict, Working, conclude
from gaoxin.reading.verifying.wording import hedge_words, in_unit

# Below this the link to the metric is a guess, and a difference proves nothing.
SURE_ENOUGH = 0.3
_COMPOUND = ("年均", "复合", "年平均增")
# A stock said to hold now may still be last year's.
_STILL_DAYS = 400


def judge(desk: Desk, position: int) -> Verdict:
    """The verdict on one figure, by the fact base alone."""
    claim, quantity = desk.claims[position], desk.said(position)
    if quantity is None:
        cause = Cause.NO_RANK_SOURCE if claim.kind == "rank" else Cause.QUALITY
        return _agreed_list(desk, position) or conclude(position, cause)
    if claim.kind == "growth" and is_compound(desk, position):
        return _compound(desk, position)
    if claim.kind == "rank" and claim.subject_code:
        joint = _joint_rank(desk, position, quantity)
        if joint is not None:
            return joint
    if claim.metric is None or not claim.subject_code:
        return _unlinked(desk, position, quantity)
    asked = ask(claim, claim.metric, desk.index, desk.sentence(position))
    found = _by_facts(desk, position, quantity, asked) or _by_candidates(desk, position, quantity)
    if found is not None:
        return found
    accused = accuse(Suspicion(desk, position, claim, quantity, asked, None))
    return accused or _by_sums(desk, position, quantity, asked)


def is_compound(desk: Desk, position: int) -> bool:
    """A growth per year over several years (年均复合增长率)."""
    held = desk.claims[position].label + desk.before(position, 12)
    return any(word in held for word in _COMPOUND)


def _by_facts(desk: Desk, position: int, quantity: Said, asked: Asked) -> Verdict | None:
    """By the facts of its own key; None where there are none that can be compared."""
    claim = desk.claims[position]
    held = asked.right or asked.near
    if claim.kind == "share" and not claim.of:
        held = (*asked.right, *asked.near)  # of which whole is not said
    outcomes = [
        (figure, fact, _outcome(claim, quantity, fact)) for figure in held for fact in figure.statements
    ]
    compared = [(figure, fact, outcome) for figure, fact, outcome in outcomes if outcome is not None]
    if not compared:
        return _still(desk, position, quantity, asked)
    for figure, fact, outcome in compared:
        if outcome.agrees:
            return _agrees(desk, position, figure, fact, outcome, inferred=not asked.right)
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
        return conclude(position, Cause.PERIOD_UNKNOWN, {"known": known}, en, facts=(fact.id,))
    nearer = _of_nearer_name(desk, position, quantity)
    if nearer is not None:
        return nearer
    accused = accuse(Suspicion(desk, position, claim, quantity, asked, figure))
    if accused is not None:
        return replace(accused, workings=(*accused.workings, *_checked(desk, position, fact)))
    return _contradicts(desk, position, quantity, fact, outcome)


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
                outcome = _outcome(claim, quantity, fact)
                if outcome is not None and outcome.agrees:
                    return _agrees(desk, position, figure, fact, outcome, inferred=not asked.right)
    return None


def _outcome(claim: Claim, quantity: Said, fact: Observation) -> Outcome | None:
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


def _agrees(
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
    notes = _doubts(desk, fact)
    if inferred and desk.claims[position].period is None:
        notes = (("时期", f"文中没写，按{fact.period.label('zh')}的数"), *notes)
    elif inferred:
        notes = (("时期", f"按{fact.period.label('zh')}的数"), *notes)
    return conclude(position, cause, filled, {"fact": desk.fact(fact, "en")}, facts=ids, workings=notes)


def _open(desk: Desk, position: int, fact: Observation, outcome: Outcome) -> Verdict:
    filled, en = {"fact": desk.fact(fact)}, {"fact": desk.fact(fact, "en")}
    return conclude(position, outcome.cause, filled, en, facts=(fact.id,), workings=_doubts(desk, fact))


def _contradicts(desk: Desk, position: int, quantity: Said, fact: Observation, outcome: Outcome) -> Verdict:
    cause = outcome.cause
    expected, replacement = desk.correction(position, fact)
    filled = {"fact": expected or desk.fact(fact), "said": desk.quote(position)}
    if cause in (Cause.BOUND_LOST, Cause.HEDGE_LOST):
        filled["word"] = "".join(hedge_words(fact))
        filled["fact"] = desk.fact(fact)
    elif cause in (Cause.BOUND_FALSE, Cause.NOT_NEAR):
        filled["fact"] = desk.fact(fact)
    number = _number(fact)
    if cause is Cause.VALUE and number is not None and quantity.op == "=" and quantity.high is None:
        found = slip(quantity, number)
        if found is not None:
            cause, more = found
            filled |= more
    if desk.claims[position].confidence and desk.claims[position].confidence < SURE_ENOUGH:
        return conclude(position, Cause.NO_METRIC, facts=(fact.id,))
    return conclude(
        position,
        cause,
        filled,
        {"fact": desk.fact(fact, "en")} if expected is None else None,
        expected=expected,
        replacement=replacement,
        facts=(fact.id,),
        workings=_checked(desk, position, fact),
    )


def _checked(desk: Desk, position: int, fact: Observation) -> tuple[Working, ...]:
    """The lines of the evidence card: the gap, what was worked out with it, and the definition."""
    lines: list[Working] = []
    number = _number(fact)
    claim = desk.claims[position]
    quantity = desk.said(position)
    is_number = claim.amount.form in ("number", "fraction")
    if number is not None and quantity is not None and is_number and quantity.value != number:
        lines.append(("相差", desk.difference(position, number)))
    if fact.figure == "growth":
        level = level_of(desk.index, fact.subject, fact.metric, fact.period)
        base = None if level is None else _number(level)
        if level is not None and base is not None and number is not None and number != -1:
            rate = f"{float(1 + number):.6g}"
            held = _worked(desk, level, base / (1 + number))
            lines.append(("复算", f"{desk.fact(level)} ÷ {rate} ≈ {held}（上年）"))
    if claim.period is not None and fact.period.covers_same_days(claim.period):
        lines.append(("口径", "主体、时期、指标都对得上"))
    return (*lines, *_doubts(desk, fact))


def _worked(desk: Desk, like: Observation, value: Fraction) -> str:
    if like.value.dimension is Dimension.count:
        value = Fraction(round(value))
    return in_unit(value, like.unit, 1)


def _doubts(desk: Desk, fact: Observation) -> tuple[Working, ...]:
    """What is still open about a fact."""
    lines: list[Working] = []
    if fact.period_confidence != "verified":
        lines.append(("待确认", f"报告期为推定（{fact.period.label('zh')}），来源没有写明"))
    question = desk.index.questions.get(fact.id)
    if question:
        lines.append(("待裁定", question))
    if fact.status in ("estimated", "synthetic"):
        lines.append(("数据状态", {"estimated": "估计", "synthetic": "合成，不是真实数据"}[fact.status]))
    return tuple(lines)


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
            outcome = _outcome(claim, quantity, fact)
            if (
                outcome is not None
                and outcome.agrees
                and 0 < since <= _STILL_DAYS
                and not claim.period_stated
            ):
                return _agrees(desk, position, figure, fact, outcome, inferred=True)
    return None


def _period_open(claim: Claim, fact: Observation, desk: Desk, asked: Asked) -> bool:
    """A difference proves nothing: the text may mean another time than the fact."""
    if claim.period is not None:
        return claim.period_stated or fact.period.form == "span" or claim.period.form == "span"
    published = desk.reading.published
    if published is not None and published.year - fact.period.year > 1:
        return True
    return len({figure.first.period.year for figure in asked.near}) > 1


def _by_sums(desk: Desk, position: int, quantity: Said, asked: Asked) -> Verdict:
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
        return conclude(
            position, Cause.NO_WHOLE, {**zh, "whole": claim.of}, {**en, "whole": claim.of}, facts=(held.id,)
        )
    return conclude(
        position,
        Cause.NO_FACT,
        {**zh, "subject": desk.subject(position)},
        {**en, "subject": desk.subject(position)},
    )


def _compound(desk: Desk, position: int) -> Verdict:
    """年均增长 needs both ends and the number of years; the number of intervals is printed."""
    claim, quantity = desk.claims[position], desk.said(position)
    period = claim.period
    held: tuple[str, ...] = ()
    if claim.metric and claim.subject_code:
        held = tuple(
            fact.id
            for figure in desk.index.figures(claim.subject_code, claim.metric, ("growth",))
            for fact in figure.statements
            if fact.group
        )
    if period is None or period.form != "span" or quantity is None or claim.metric is None:
        return conclude(position, Cause.COMPOUND_GROWTH, facts=held)
    first, last = Period.of_year(period.start.year), Period.of_year(period.end.year)
    ends = [level_of(desk.index, claim.subject_code, claim.metric, each) for each in (first, last)]
    intervals = last.year - first.year
    if ends[0] is None or ends[1] is None or intervals < 1:
        return conclude(position, Cause.COMPOUND_GROWTH, facts=held)
    span = (ends[1].value.interval() / ends[0].value.interval()).root(intervals) - 1
    working = f"({desk.fact(ends[1])} ÷ {desk.fact(ends[0])})^(1/{intervals}) − 1，{intervals} 个间隔"
    found = Implied(span, (ends[0].id, ends[1].id), working, Dimension.ratio, "%")
    outcome = against_interval(quantity, span)
    lines: tuple[Working, ...] = (("复算", working),)
    cause = Cause.WORKED_OUT if outcome.agrees else Cause.DERIVED if outcome.contradicts else outcome.cause
    return conclude(
        position,
        cause,
        {"fact": found.words()},
        {"fact": found.words("en")},
        facts=found.inputs,
        workings=lines,
    )


def _unlinked(desk: Desk, position: int, quantity: Said) -> Verdict:
    """Without a metric: the candidates may still have the very figure; otherwise nothing can be said."""
    claim = desk.claims[position]
    found = _by_candidates(desk, position, quantity)
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


def _joint_rank(desk: Desk, position: int, quantity: Said) -> Verdict | None:
    """数量均居首位: a place for each of the counts before it, where the facts rank them."""
    claim = desk.claims[position]
    if "均" not in claim.label + desk.before(position, 16):
        return None
    facts: list[Observation] = []
    for other in reversed(range(position)):
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
    verdict = _contradicts(desk, position, quantity, wrong[0], compare(quantity, wrong[0].value))
    return replace(verdict, facts=tuple(fact.id for fact in facts))


def _by_candidates(desk: Desk, position: int, quantity: Said) -> Verdict | None:
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
            lines = (("指标", desk.index.metric_name(metric)), *_doubts(desk, fact))
            return conclude(position, Cause.SAME, facts=(fact.id,), workings=lines)
    return None


def _named(desk: Desk, claim: Claim, metric: str) -> bool:
    """The metric that was linked is none of such a subject, and the other is."""
    kind = claim.subject_code.partition("/")[0]
    linked, other = desk.index.metrics.get(claim.metric or ""), desk.index.metrics[metric]
    return linked is not None and kind not in linked.subjects and kind in other.subjects


def _agreed_list(desk: Desk, position: int) -> Verdict | None:
    """A figure without a number that the fact base has in the same words."""
    claim = desk.claims[position]
    if claim.metric is None or not claim.subject_code:
        return None
    asked = ask(claim, claim.metric, desk.index, desk.sentence(position))
    for figure in (*asked.right, *asked.near):
        for fact in figure.statements:
            if fact.written and fact.written in desk.quote(position):
                return conclude(position, Cause.SAME, facts=(fact.id,), workings=_doubts(desk, fact))
    return None


def _number(fact: Observation) -> Fraction | None:
    value = fact.value
    if value.number is None or value.dimension is None or value.op == "[]":
        return None
    return Fraction(value.number, 10**value.dimension.scale)


_EQUAL = Outcome(Agreement.same, Cause.SAME)
_DIFFERENT = Outcome(Agreement.contradicts, Cause.VALUE)
