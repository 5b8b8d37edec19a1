"""The functions that formulas may use, over operands (公式的函数).

Each takes operands and gives one; it never sees the text of the formula. Missing operands have been sorted
out before, except for `missing` itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import reduce
from math import ceil, floor

from gaoxin.core.errors import FormulaError
from gaoxin.core.intervals import Interval
from gaoxin.facts.operands import Integers, Items, Missing, Operand

LARGEST_EXPONENT = 64
_LN_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the formula language: how many inputs it takes and what it gives."""

    least: int
    most: int
    apply: Callable[[Sequence[Operand]], Operand]
    takes_missing: bool = False


def number(found: Operand) -> Interval:
    """The operand as a number. Raises: FormulaError for a list, a truth value, or no whole number."""
    if isinstance(found, Interval):
        return found
    if isinstance(found, Integers):
        span = found.interval
        if span is None:
            raise FormulaError("没有符合的整数", "no whole number fits", reason="no_integer")
        return span
    raise FormulaError("此处应为数字", "a number is expected here", reason="kind")


def items(found: Operand) -> Items:
    if isinstance(found, tuple):
        return found
    raise FormulaError("此处应为清单或文字", "a list or a text is expected here", reason="kind")


def whole(found: Operand) -> int:
    """The operand as one small whole number, for exponents and degrees of roots."""
    span = number(found)
    if (
        span.is_point
        and span.lo is not None
        and span.lo.denominator == 1
        and abs(span.lo) <= LARGEST_EXPONENT
    ):
        return int(span.lo)
    raise FormulaError(
        f"此处应为不超过 {LARGEST_EXPONENT} 的整数",
        f"a whole number up to {LARGEST_EXPONENT} is expected",
        reason="whole",
    )


def quotient(left: Interval, right: Interval) -> Interval:
    """A quotient exists only where its divisor is not zero: a divisor from zero up starts just above it."""
    if right.lo == 0 and not right.lo_open and right.hi != 0:
        right = Interval(right.lo, right.hi, True, right.hi_open)
    return left / right


def integers(inputs: Sequence[Operand]) -> Integers:
    """integers(x): the whole numbers that x allows."""
    span = number(inputs[0])
    if span.lo is None or span.hi is None:
        raise FormulaError(
            "没有上下限，数不出整数",
            "whole numbers need both bounds",
            reason="unbounded",
        )
    first = floor(span.lo) + 1 if span.lo_open else ceil(span.lo)
    last = ceil(span.hi) - 1 if span.hi_open else floor(span.hi)
    return Integers(first, last)


def ln(inputs: Sequence[Operand]) -> Interval:
    """ln(x): the natural logarithm, its ends rounded outwards in the 30th decimal."""
    span = number(inputs[0])
    if span.lo is None or span.lo < 0 or (span.hi is not None and span.hi <= 0):
        raise FormulaError("对数只用于正数", "logarithms are for positive figures", reason="ln")
    low = None if span.lo == 0 else _ln_end(span.lo, up=False)
    high = None if span.hi is None else _ln_end(span.hi, up=True)
    return Interval(low, high, span.lo_open and span.lo != span.hi, span.hi_open and span.lo != span.hi)


def count(inputs: Sequence[Operand]) -> Interval:
    """count(list): how many elements; count(integers(x)): how many whole numbers."""
    found = inputs[0]
    if isinstance(found, tuple | Integers):
        return Interval.exact(len(found))
    raise FormulaError("count 只用于清单", "count is for lists", reason="kind")


def same(inputs: Sequence[Operand]) -> bool:
    """same(list, list): the same elements, in any order."""
    return sorted(items(inputs[0])) == sorted(items(inputs[1]))


def agree(inputs: Sequence[Operand]) -> bool:
    """agree(x, y): both can be one number, each within its rounding."""
    return number(inputs[0]).intersects(number(inputs[1]))


def only(inputs: Sequence[Operand]) -> Items:
    """only(list, list): the elements of the first that the second lacks."""
    first, second = items(inputs[0]), items(inputs[1])
    return tuple(item for item in first if item not in second)


FUNCTIONS: Mapping[str, Function] = {
    "integers": Function(1, 1, integers),
    "root": Function(2, 2, lambda inputs: number(inputs[0]).root(whole(inputs[1]))),
    "ln": Function(1, 1, ln),
    "min": Function(2, 20, lambda inputs: reduce(Interval.smaller, map(number, inputs))),
    "max": Function(2, 20, lambda inputs: reduce(Interval.larger, map(number, inputs))),
    "abs": Function(1, 1, lambda inputs: abs(number(inputs[0]))),
    "count": Function(1, 1, count),
    "same": Function(2, 2, same),
    "agree": Function(2, 2, agree),
    "only": Function(2, 2, only),
    "missing": Function(1, 1, lambda inputs: isinstance(inputs[0], Missing), takes_missing=True),
}


def _ln_end(x: Fraction, *, up: bool) -> Fraction:
    if x == 1:
        return Fraction(0)
    with localcontext() as context:
        context.prec = 2 * _LN_DIGITS + max(len(str(x.numerator)), len(str(x.denominator)))
        near = Fraction((Decimal(x.numerator) / Decimal(x.denominator)).ln())
    scale, margin = 10**_LN_DIGITS, Fraction(1, 10 ** (_LN_DIGITS + 10))
    return Fraction(ceil((near + margin) * scale) if up else floor((near - margin) * scale), scale)
