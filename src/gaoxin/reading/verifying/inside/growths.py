"""Growth, increase and doubling against the two levels a text states (增速、增量、翻番).

由229家增加到248家 leaves no room: what follows must be the arithmetic of the two. Levels stated apart may
differ from a growth at comparable prices or on a revised base, so only a wide gap counts there.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from fractions import Fraction

from gaoxin.core.errors import FormulaError
from gaoxin.core.intervals import Interval
from gaoxin.core.units import Dimension
from gaoxin.facts.functions import integers
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Borne, Clash, checks
from gaoxin.reading.verifying.inside.topics import Levels, base_of, subject, topic
from gaoxin.reading.verifying.said import NEAR, Said
from gaoxin.reading.verifying.wording import in_unit

# A growth at comparable prices or on a revised base may differ this much from that of two published levels.
REVISION = Fraction(5, 100)
# Half of a doubling, 1/√2, a little below it: 近两番 from 2.83 times on.
_HALF_A_DOUBLING = Fraction(707, 1000)
_DECEMBER, _BOTH = 12, 2
_COMPOUND = re.compile(r"年均|复合|年平均")
_FROM = re.compile(r"(?:由|从)[^，。；;,]{0,24}$")
_TO = re.compile(
    r"^[^。；;]{0,12}(?:增加|增长|提高|提升|扩大|上升|攀升|跃升|发展|减少|下降|降低|缩减|压缩|压减|缩短|增|升|降|减|跃)(?:了)?(?:到|至|为)[^，。；;]{0,10}$"
)
_THAN = re.compile(
    r"(?:(?:比|较|相比)[^，。；增减提降升多少高低]{0,16}"
    r"|(?:上年|去年|前年|同期|年初)(?:同期|末|底)?(?:仅|只)?(?:为|是|有)?)$"
)
_JUST_VERB = re.compile(
    r"[，、；]?(?:净|同比|累计|共|实现)?(?:增长|增加|减少|下降|降低|提高|提升|上升|压减|压缩|缩短|缩减|翻|增|降|减|是[^，。；]{0,8}的)"
    r"了?(?:幅度?|率)?(?:达到?|为|约|近|超过|了)?"
)
_MORE = re.compile(r"[，,]?(?:增长|增加|提高|下降|减少|上升|多|少|高|低|翻)了?(?:约|近)?")
_KINDS = frozenset({"growth", "change", "multiple"})


@checks("growths")
def growth_and_levels(desk: Desk) -> Iterator[Clash | Borne]:
    """由A增加到B, two levels stated apart, and counts that allow no whole number a year before."""
    told = yield from _from_to(desk)
    told |= yield from _than(desk)
    yield from _apart(desk, told)
    yield from _per_year(desk)
    yield from _whole_number(desk)


def _from_to(desk: Desk) -> Generator[Clash | Borne, None, set[int]]:
    """由A增加到B，增长X%."""
    told: set[int] = set()
    claims = desk.claims
    for first in range(len(claims) - 2):
        last = first + 1
        if claims[first].sentence != claims[last].sentence or not _FROM.search(desk.before(first)):
            continue
        if not same_kind(claims[first].dimension, claims[last].dimension):
            continue
        if not _TO.match(desk.between(first, last)):
            continue
        for position in range(last + 1, min(last + 3, len(claims))):
            claim = claims[position]
            if claim.sentence != claims[first].sentence or claim.kind not in _KINDS:
                break
            if not _JUST_VERB.fullmatch(desk.between(last, position)) and position == last + 1:
                break
            if position > last + 1 and not _JUST_VERB.fullmatch(desk.between(position - 1, position)):
                break
            told.add(position)
            yield from _held(desk, position, first, last, exact=True)
    return told


def _than(desk: Desk) -> Generator[Clash | Borne, None, set[int]]:
    """250亿元，比2022年的232亿元增长7.8%: the base stands between 比 and the verb."""
    told: set[int] = set()
    claims = desk.claims
    for first in range(1, len(claims) - 1):
        position = first + 1
        claim = claims[position]
        if claim.kind not in _KINDS or claim.sentence != claims[first].sentence:
            continue
        if claims[first].kind != "level" or not _THAN.search(desk.since_last(first, 24)):
            continue
        if not _MORE.fullmatch(desk.between(first, position)):
            continue
        last = first - 1
        if claims[last].sentence != claim.sentence or claims[last].kind != "level":
            continue
        if same_kind(claims[first].dimension, claims[last].dimension):
            told.add(position)
            yield from _held(desk, position, first, last, exact=False)
    return told


def _apart(desk: Desk, told: set[int]) -> Iterator[Clash | Borne]:
    """The level of the year and that of the base year, wherever they stand."""
    of_kind = {True: Levels(desk, ("share", "level")), False: Levels(desk)}
    for position, claim, _ in desk.numbers():
        levels = of_kind[claim.dimension is Dimension.percentage_point]
        if claim.kind not in _KINDS or position in told or claim.period is None or not topic(claim):
            continue
        if _COMPOUND.search(claim.label + desk.before(position, 12)):
            continue
        if claim.kind == "multiple" and claim.of_period is None:
            ends = _two_levels(desk, position) if claim.amount.form == "doubling" else None
            if ends is not None:
                yield from _held(desk, position, *ends, exact=True)
            continue
        last = levels.only(subject(claim), topic(claim), claim.period)
        first = levels.only(subject(claim), topic(claim), base_of(claim))
        if last is not None and first is not None and last != first:
            yield from _held(desk, position, first, last, exact=False)


def _held(desk: Desk, position: int, first: int, last: int, *, exact: bool) -> Iterator[Clash | Borne]:
    claim, quantity = desk.claims[position], desk.said(position)
    low, high = desk.said(first), desk.said(last)
    if quantity is None or low is None or high is None or low.interval.contains(0):
        return
    worked = _worked(desk, claim, low, high, first, last)
    if worked is None:
        return
    span, middle, words, cause = worked
    wanted = _meant(quantity, doubling=claim.amount.form == "doubling")
    if claim.amount.form == "doubling" and claim.kind == "growth":
        wanted = wanted - 1
    if claim.kind == "change" and quantity.value > 0 and middle < 0:
        span, middle = -span, -middle
    if span.intersects(wanted):
        yield Borne(position, (first, last), words)
        return
    counted = high.is_counted and low.is_counted
    if not exact and not counted and claim.kind == "growth" and not _far(wanted, span):
        return
    is_doubling = claim.amount.form == "doubling" and claim.kind == "multiple"
    filled = {
        "first": desk.quote(first),
        "last": desk.quote(last),
        "fact": in_unit(middle, "倍") if is_doubling else desk.figure(position, middle),
        "sum": words,
    }
    yield Clash(cause, (position, last, first), filled, numbers={position: middle}, working=words, firm=False)


def _meant(quantity: Said, *, doubling: bool) -> Interval:
    """近两番 lies nearer to two doublings than to one, 近30% not far below 30 %."""
    span = quantity.interval
    if not quantity.is_near or quantity.value <= 0:
        return span
    low = quantity.value * (_HALF_A_DOUBLING if doubling else 1 - NEAR)
    return Interval(low, span.hi, hi_open=span.hi_open)


def _per_year(desk: Desk) -> Iterator[Clash | Borne]:
    """2016年100亿元，2021年161亿元，年均增长10%: both ends, and the years between them are the intervals."""
    for position, claim, quantity in desk.numbers():
        if claim.kind != "growth" or not _COMPOUND.search(claim.label + desk.before(position, 12)):
            continue
        ends = _two_levels(desk, position)
        if ends is None:
            continue
        first, last = (desk.claims[end].period for end in ends)
        low, high = (desk.said(end) for end in ends)
        assert first is not None
        assert last is not None
        assert low is not None
        assert high is not None
        years = last.year - first.year
        try:
            span = (high.interval / low.interval).root(years) - 1
        except FormulaError:  # a level of zero or below has no rate
            continue
        middle = span.middle
        if middle is None:
            continue
        words = f"({desk.bare(ends[1])} ÷ {desk.bare(ends[0])})^(1/{years}) − 1 ≈ {float(middle * 100):.3g}%"
        words += f"，{years} 个间隔"
        wanted = _meant(quantity, doubling=False)
        if span.intersects(wanted):
            yield Borne(position, ends, words)
        elif _far(wanted, span):
            filled = {"first": desk.quote(ends[0]), "last": desk.quote(ends[1])}
            filled["fact"] = desk.figure(position, middle)
            yield Clash(
                Cause.GROWTH_LEVELS, (position, *ends), filled, numbers={position: middle}, working=words
            )


def _two_levels(desk: Desk, position: int) -> tuple[int, int] | None:
    """The earlier and the later of the two years whose level the sentence states before a figure.

    None where it states another number of them, or the figure is of other years.
    """
    claim = desk.claims[position]
    if not topic(claim) or claim.period is None:
        return None
    held: dict[int, int] = {}
    for other in range(position - 1, -1, -1):
        level = desk.claims[other]
        if level.sentence != claim.sentence:
            break
        if level.kind != "level" or (subject(level), topic(level)) != (subject(claim), topic(claim)):
            continue
        if level.amount.form != "number" or level.period is None or level.period.end.month != _DECEMBER:
            return None
        if desk.said(other) is None or held.setdefault(level.period.end.year, other) != other:
            return None
    if len(held) != _BOTH:
        return None
    first, last = sorted(held)
    start = first if claim.period.form != "span" else claim.period.start.year
    if (start, claim.period.end.year) != (first, last):
        return None
    return held[first], held[last]


def _worked(
    desk: Desk, claim: Claim, low: Said, high: Said, first: int, last: int
) -> tuple[Interval, Fraction, str, Cause] | None:
    """What the two levels give: interval, middle, the sum in words, and the cause if it does not hold."""
    a, b = desk.bare(first), desk.bare(last)
    if claim.kind == "change":
        one, other = desk.claims[first].dimension, claim.dimension
        if not same_kind(one, other):
            return None
        middle = high.value - low.value
        words = f"{b} − {a} = {desk.figure(last, middle)}"
        return high.interval - low.interval, middle, words, Cause.CHANGE_LEVELS
    ratio = high.interval / low.interval
    middle = high.value / low.value
    if claim.kind == "growth":
        words = f"{b} ÷ {a} − 1 ≈ {float((middle - 1) * 100):.3g}%"
        return ratio - 1, middle - 1, words, Cause.GROWTH_LEVELS
    words = f"{b} ÷ {a} ≈ {float(middle):.3g}倍"
    return ratio, middle, words, Cause.DOUBLING_LEVELS


def _far(one: Interval, other: Interval) -> bool:
    if one.lo is None or one.hi is None or other.lo is None or other.hi is None:
        return True
    return one.lo - other.hi > REVISION or other.lo - one.hi > REVISION


def _whole_number(desk: Desk) -> Iterator[Clash]:
    """L13: 248 家 of 8.3 % more were 229; of 8.4 % more they were no whole number."""
    levels = Levels(desk)
    for position, claim, quantity in desk.numbers():
        if claim.kind != "growth" or claim.amount.form != "number" or quantity.op != "=":
            continue
        if claim.of_period is not None and claim.of_period != base_of(_plain(claim)):
            continue
        if not topic(claim) or _COMPOUND.search(claim.label + desk.before(position, 12)):
            continue
        last = levels.only(subject(claim), topic(claim), claim.period)
        if last is None or desk.claims[last].dimension is not Dimension.count:
            continue
        level = desk.said(last)
        if level is None or not level.is_counted or level.op != "=" or level.high is not None:
            continue
        base = quantity.interval + 1
        if base.lo is None or base.lo <= 0:
            continue
        if not len(integers([level.interval / base])):
            noun = desk.claims[last].amount.noun or "数"
            nearest = round(level.value / (quantity.value + 1))
            before = float(level.value / (1 + quantity.value))
            words = f"{desk.bare(last)} ÷ {float(1 + quantity.value):.5g} ≈ {before:.5g}"
            numbers = {} if not nearest else {position: level.value / nearest - 1}
            yield Clash(
                Cause.NO_WHOLE_NUMBER, (position, last), {"noun": noun}, numbers=numbers, working=words
            )


def _plain(claim: Claim) -> Claim:
    return replace(claim, of_period=None)
