"""Does a figure of a text agree with one of the fact base? (比对)

1. A printed fact: the text agrees if the fact, rounded half up to the digits the text prints, is what the
   text prints. 299.5 for 299.54 agrees, for 299.56 it does not.
2. A bound or a hedge: both are intervals. What is certainly true agrees, what is certainly false contradicts,
   and what the fact leaves open is undecided. The same number without its hedge has lost it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from gaoxin.core.intervals import Interval
from gaoxin.core.units import Dimension
from gaoxin.facts.values import Value
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.said import NEAR, Said, rounded

# A worked-out figure wider than this share of its middle proves nothing by meeting the text.
WIDEST = Fraction(1, 20)
_PER_HEAD = {
    Dimension.money_per_count: Dimension.money,
    Dimension.usd_per_count: Dimension.money_usd,
    Dimension.percentage_point: Dimension.ratio,
    Dimension.multiple: Dimension.ratio,
}


class Agreement(Enum):
    same = "same"
    undecided = "undecided"
    contradicts = "contradicts"


@dataclass(frozen=True, slots=True)
class Outcome:
    agreement: Agreement
    cause: Cause

    @property
    def agrees(self) -> bool:
        return self.agreement is Agreement.same

    @property
    def contradicts(self) -> bool:
        return self.agreement is Agreement.contradicts


_SAME = Outcome(Agreement.same, Cause.SAME)
_WEAKER = Outcome(Agreement.same, Cause.WEAKER)


def _open(cause: Cause) -> Outcome:
    return Outcome(Agreement.undecided, cause)


def _wrong(cause: Cause) -> Outcome:
    return Outcome(Agreement.contradicts, cause)


def same_kind(left: Dimension | None, right: Dimension | None) -> bool:
    """Two dimensions that one figure can be written in: 美元 for 美元/人, 倍 for a ratio."""
    if left is None or right is None:
        return True
    return _PER_HEAD.get(left, left) is _PER_HEAD.get(right, right)


def compare(text: Said, fact: Value) -> Outcome:
    """How a figure of the text stands to a number of the fact base; both in base units of one dimension."""
    span = fact.interval()
    if fact.op == "[]":
        return against_interval(text, span)
    if fact.is_bound:
        return _against_bound(text, fact, span)
    number = _number(fact)
    if fact.op == "~":
        return _against_about(text, number, span, is_fraction=fact.is_fraction)
    return _against_number(text, number, _step(fact), span)


def against_interval(text: Said, span: Interval) -> Outcome:
    """Against a figure that was worked out, or is only known within limits."""
    held = text.interval
    if text.high is None and text.op in (">", ">=", "<", "<="):
        return _truth(text, span)
    if text.op == "=" and text.is_counted and not span.contains(text.value):
        return _wrong(Cause.DERIVED)
    if not held.intersects(span):
        return _wrong(Cause.DERIVED)
    if span.width is None:
        return _open(Cause.BOUND_ONLY)
    middle = abs(span.middle or Fraction(0))
    return _open(Cause.COARSE) if span.width > max(middle * WIDEST, text.step) else _SAME


def _against_number(text: Said, number: Fraction, step: Fraction, span: Interval) -> Outcome:
    if text.high is not None:
        return _SAME if text.interval.contains(number) else _wrong(Cause.VALUE)
    match text.op:
        case ">" | ">=" | "<" | "<=":
            return _truth(text, span)
        case "~":
            held = text.interval
            return _SAME if held.contains(number) or held.intersects(span) else _wrong(Cause.VALUE)
    if text.is_fraction:
        return _SAME if text.interval.contains(number) else _wrong(Cause.VALUE)
    if step > text.step:
        if text.value == number:
            return _SAME
        return _open(Cause.FINER) if rounded(text.value, step) == number else _wrong(Cause.VALUE)
    if rounded(number, text.step) == text.value:
        return _SAME
    return _wrong(Cause.ROUNDING if abs(number - text.value) < text.step else Cause.VALUE)


def _truth(text: Said, span: Interval) -> Outcome:
    """超过X, 不足X against what is known: true, false or not told."""
    mark = Interval.exact(text.value)
    up = text.op in (">", ">=")
    test = {">": span.gt, ">=": span.ge, "<": span.lt, "<=": span.le}[text.op](mark)
    if test is None:
        inside = span.contains(text.value) and span.is_bounded
        return _open(Cause.BOUND_ONLY) if not inside or text.op in (">", "<") else _SAME
    if not test:
        return _wrong(Cause.BOUND_FALSE)
    if _says_too_little(text, span):
        return _wrong(Cause.NOT_NEAR)
    far = span.lo if up else span.hi
    return _WEAKER if far is None or abs(far - text.value) > 0 else _SAME


def _says_too_little(text: Said, span: Interval) -> bool:
    """近 and 余 put a figure close to the number they stand beside; what is known lies far from it."""
    if text.is_near:
        return span.hi is None or span.hi < text.value * (1 - NEAR)
    return text.is_odd and span.lo is not None and span.lo >= text.value + text.round_step


def _against_bound(text: Said, fact: Value, span: Interval) -> Outcome:
    edge = _number(fact)
    if text.high is None and text.op in ("=", "~"):
        if text.value == edge or (not text.is_fraction and rounded(edge, text.step) == text.value):
            return _wrong(Cause.BOUND_LOST)
        return _open(Cause.BOUND_ONLY) if text.interval.intersects(span) else _wrong(Cause.VALUE)
    held = text.interval
    if not held.intersects(span):
        return _wrong(Cause.BOUND_FALSE)
    if held.contains(span):
        if text.value == edge:
            return _SAME
        return _wrong(Cause.NOT_NEAR) if _says_too_little(text, span) else _WEAKER
    return _open(Cause.STRONGER)


def _against_about(text: Said, number: Fraction, span: Interval, *, is_fraction: bool) -> Outcome:
    if text.high is not None:
        return _SAME if text.interval.contains(number) else _wrong(Cause.VALUE)
    if text.op in (">", ">=", "<", "<="):
        test = {">": span.gt, ">=": span.ge, "<": span.lt, "<=": span.le}[text.op](Interval.exact(text.value))
        if test is None:
            return _open(Cause.FINER)
        return _WEAKER if test else _wrong(Cause.BOUND_FALSE)
    if text.is_fraction:
        same = text.value == number or (is_fraction and abs(text.value - number) * 10**11 < 1)
        return _SAME if same or (not is_fraction and text.interval.contains(number)) else _wrong(Cause.VALUE)
    if text.op == "~":
        return _SAME if text.interval.intersects(span) else _wrong(Cause.VALUE)
    if text.value == rounded(number, text.step):
        return _SAME if is_fraction else _wrong(Cause.HEDGE_LOST)
    return _open(Cause.FINER) if span.contains(text.value) else _wrong(Cause.VALUE)


def _number(fact: Value) -> Fraction:
    assert fact.number is not None
    assert fact.dimension is not None
    return Fraction(fact.number, 10**fact.dimension.scale)


def _step(fact: Value) -> Fraction:
    """Size of the last digit the fact prints; a count is exact and prints every one of its digits."""
    if not fact.step or fact.dimension is None:
        return Fraction(0)
    return Fraction(fact.step, 10**fact.dimension.scale)
