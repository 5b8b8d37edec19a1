"""Exact arithmetic in columns: whole numbers in 8 to 128 bits, and numbers as num ÷ den (精确运算).

Static bounds choose the width; what would need more than 38 digits is refused before anything runs.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Literal

from gaoxin.compute.engines import E
from gaoxin.compute.rendering.columns import Columns
from gaoxin.compute.rendering.pieces import (
    BROADEST,
    Int,
    Mask,
    Number,
    Piece,
    width_for,
)
from gaoxin.compute.tree import Comparison
from gaoxin.core.errors import ExpressionError

_COMPARED: Mapping[Comparison, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
# The whole number beside a quotient that a whole number is compared with instead.
_CUT: Mapping[Comparison, Callable[[int, int], int]] = {
    "<": lambda num, den: -(-num // den),
    ">=": lambda num, den: -(-num // den),
    "<=": lambda num, den: num // den,
    ">": lambda num, den: num // den,
}


@dataclass(slots=True)
class Rationals(Columns[E]):
    """Columns that compute."""

    # Whole numbers

    def constant(self, value: int) -> Int[E]:
        self.fits(value, value)
        width = self.width_for(value, value)
        return Int(Piece(self.engine.whole(value, width)), value, value, width, value)

    def width_for(self, low: int, high: int) -> int:
        """The smallest width the engine computes in where two bounds have room."""
        return width_for(low, high, self.engine.least)

    def fits(self, low: int, high: int) -> None:
        if max(abs(low), abs(high)) > BROADEST:
            raise ExpressionError(
                "算式会超出 38 位整数，无法精确计算；请拆成几步，或给指标写上更小的取值范围（bounds）",
                "the expression may exceed 38 digits and cannot be exact; split it, or give the metrics "
                "narrower bounds",
            )

    def as_width(self, of: Int[E], width: int) -> Piece[E]:
        if of.constant is not None:
            return Piece(self.engine.whole(of.constant, width))
        if of.width == width:
            return of.piece
        return self.join(lambda expr: self.engine.resize(expr, width), of.piece)

    def narrowed(self, of: Int[E]) -> Int[E]:
        """The whole number in the smallest width its bounds allow."""
        width = self.width_for(of.low, of.high)
        return of if of.constant is not None else replace(of, piece=self.as_width(of, width), width=width)

    def computed(
        self, spell: Callable[[E, E], E], left: Int[E], right: Int[E], ends: Iterable[int]
    ) -> Int[E]:
        held = list(ends)
        low, high = min(held), max(held)
        self.fits(low, high)
        width = max(self._width(left), self._width(right), self.width_for(low, high))
        piece = self.join(spell, self.as_width(left, width), self.as_width(right, width))
        return Int(piece, low, high, width)

    def _width(self, of: Int[E]) -> int:
        """The width of a column; a constant asks for no more than it needs."""
        return self.width_for(of.low, of.high) if of.constant is not None else of.width

    def times(self, left: Int[E], right: Int[E]) -> Int[E]:
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant * right.constant)
        if 1 in (left.constant, right.constant):
            return right if left.constant == 1 else left
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return self.computed(self.engine.multiply, left, right, ends)

    def plus(self, left: Int[E], right: Int[E], sign: int) -> Int[E]:
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant + sign * right.constant)
        if right.constant == 0:
            return left
        least, most = (right.low, right.high) if sign > 0 else (-right.high, -right.low)
        ends = (left.low + least, left.high + most)
        spell = self.engine.add if sign > 0 else self.engine.subtract
        return self.computed(spell, left, right, ends)

    def either_int(self, cases: Sequence[tuple[Piece[E], Int[E]]], otherwise: Int[E]) -> Int[E]:
        """The whole number of the first case that holds."""
        cases = list(cases)
        while cases and cases[-1][1] is otherwise:
            cases.pop()
        if not cases:
            return otherwise
        ints = [value for _, value in cases] + [otherwise]
        if len({value.constant for value in ints}) == 1 and ints[0].constant is not None:
            return ints[0]
        low, high = min(value.low for value in ints), max(value.high for value in ints)
        width = max(self.width_for(low, high), *(self._width(value) for value in ints))
        piece = self.case(
            [(test, self.as_width(value, width)) for test, value in cases],
            self.as_width(otherwise, width),
        )
        return Int(piece, low, high, width)

    def compare_ints(self, op: Comparison, left: Int[E], right: Int[E]) -> Piece[E]:
        if left.constant is not None and right.constant is not None:
            return Piece(self.engine.truth(_COMPARED[op](left.constant, right.constant)), plain=True)
        width = max(self._width(left), self._width(right))
        return self.join(
            lambda a, b: self.engine.compare(op, a, b),
            self.as_width(left, width),
            self.as_width(right, width),
        )

    # Rational numbers

    def fraction(self, value: Fraction) -> Number[E]:
        return Number(self.constant(value.numerator), self.constant(value.denominator))

    def common(self, numbers: Sequence[Number[E]]) -> list[Number[E]]:
        """The numbers over one constant divisor; left as they are where a divisor varies."""
        dens = [number.den.constant for number in numbers]
        if None in dens or len(set(dens)) == 1:
            return list(numbers)
        whole = lcm(*(den for den in dens if den is not None))
        return [
            replace(
                number,
                num=self.times(number.num, self.constant(whole // (number.den.constant or 1))),
                den=self.constant(whole),
            )
            for number in numbers
        ]

    def compare(self, op: Comparison, left: Number[E], right: Number[E]) -> Piece[E]:
        a, b = left.den, right.den
        if right.num.constant == 0:
            return self.compare_ints(op, left.num, right.num)  # whatever the divisor, it is above zero
        if a is b or (a.constant is not None and a.constant == b.constant):
            return self.compare_ints(op, left.num, right.num)
        if a.constant is not None and b.constant is not None:
            shared = gcd(a.constant, b.constant)
            above, below = a.constant // shared, b.constant // shared
            if right.num.constant is not None and op in _CUT:
                # num × b ≥ K where num ≥ K ÷ b, cut to a whole number: nothing to multiply
                mark = _CUT[op](right.num.constant * above, below)
                return self.compare_ints(op, left.num, self.constant(mark))
            a, b = self.constant(above), self.constant(below)
        return self.compare_ints(op, self.times(left.num, b), self.times(right.num, a))

    def choose_number(
        self, cases: Sequence[tuple[Piece[E], Number[E]]], otherwise: Number[E], open: Mask[E] | None
    ) -> Number[E]:
        numbers = self.common([*(value for _, value in cases), otherwise])
        nums = self.either_int(
            [(test, value.num) for (test, _), value in zip(cases, numbers, strict=False)], numbers[-1].num
        )
        dens = self.either_int(
            [(test, value.den) for (test, _), value in zip(cases, numbers, strict=False)], numbers[-1].den
        )
        return Number(nums, dens, open)

    def nothing(self, like: Number[E]) -> Number[E]:
        return Number(self.no_int(like.num), like.den)

    def no_int(self, like: Int[E]) -> Int[E]:
        """A missing whole number in place of another."""
        width = self._width(like)
        return Int(Piece(self.engine.missing("number", width)), like.low, like.high, width)

    def filled(self, number: Number[E], value: Fraction) -> Number[E]:
        """The number, or `value` where it is missing."""
        filled, instead = self.common([number, self.fraction(value)])
        gap = self.missing(filled.num.piece)
        return self.choose_number([(gap, instead)], replace(filled, open=None), None)

    def settled(self, number: Number[E]) -> Number[E]:
        """The number as columns, for a part that reads it several times."""
        kept = self.kept(number)
        assert isinstance(kept, Number)
        return kept

    def extreme(self, op: Literal["min", "max"], numbers: Sequence[Number[E]]) -> Number[E]:
        """As columns. Missing if one of them is."""
        ordered: Comparison = "<=" if op == "min" else ">="

        def less(best: Number[E], other: Number[E]) -> Number[E]:
            takes = self.column(self.compare(ordered, best, other))
            cases = [(takes, best), (self.missing(takes), self.nothing(best))]
            return self.settled(self._between(op, self.choose_number(cases, other, None), best, other))

        return reduce(less, self.common(numbers))

    def sure_extreme(self, op: Literal["min", "max"], numbers: Sequence[Number[E]]) -> Number[E]:
        """The least or the most of numbers that are never missing; no column for the last step."""
        ordered: Comparison = "<=" if op == "min" else ">="
        best, *others = self.common(numbers)
        for place, other in enumerate(others):
            best = self.settled(best) if place else best
            chosen = self.choose_number([(self.compare(ordered, best, other), best)], other, None)
            best = self._between(op, chosen, best, other)
        return best

    def _between(
        self, op: Literal["min", "max"], chosen: Number[E], one: Number[E], other: Number[E]
    ) -> Number[E]:
        """The extreme of two numbers with the bounds that follow from theirs."""
        if one.den.constant is None or other.den.constant is None:
            return chosen
        choose = min if op == "min" else max
        ends = [Fraction(n.num.low, n.den.constant or 1) for n in (one, other)]
        tops = [Fraction(n.num.high, n.den.constant or 1) for n in (one, other)]
        den = chosen.den.constant or 1
        num = replace(chosen.num, low=int(choose(ends) * den), high=int(choose(tops) * den))
        return replace(chosen, num=num)
