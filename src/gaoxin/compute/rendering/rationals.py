"""Exact arithmetic in columns: whole numbers in 64 or 128 bits, and numbers as num ÷ den (精确运算).

Static bounds choose the width; what would need more than 38 digits is refused before anything runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Literal

from gaoxin.compute.engines import E
from gaoxin.compute.rendering.columns import Columns
from gaoxin.compute.rendering.pieces import (
    BROADEST,
    NARROWEST,
    Int,
    Number,
    Piece,
)
from gaoxin.compute.tree import Comparison
from gaoxin.core.errors import ExpressionError


@dataclass(slots=True)
class Rationals(Columns[E]):
    """Columns that compute."""

    # Whole numbers

    def constant(self, value: int) -> Int[E]:
        width = Int(Piece(self.engine.no_bits()), value, value).width
        self.fits(value, value)
        return Int(Piece(self.engine.whole(value, width)), value, value, value)

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
        return of.piece if of.width == width else self.join(self.engine.widen, of.piece)

    def computed(
        self, spell: Callable[[E, E], E], left: Int[E], right: Int[E], ends: Iterable[int]
    ) -> Int[E]:
        held = list(ends)
        low, high = min(held), max(held)
        self.fits(low, high)
        width = max(left.width, right.width, Int(left.piece, low, high).width)
        piece = self.join(spell, self.as_width(left, width), self.as_width(right, width))
        if width > Int(left.piece, low, high).width:
            # a sum of broad numbers that is narrow again stays broad for the engine
            low, high = min(low, -NARROWEST - 1), max(high, NARROWEST + 1)
        return Int(piece, low, high)

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
        ints = [value for _, value in cases] + [otherwise]
        if len({value.constant for value in ints}) == 1 and ints[0].constant is not None:
            return ints[0]
        low, high = min(value.low for value in ints), max(value.high for value in ints)
        width = max(value.width for value in ints)
        piece = self.case(
            [(test, self.as_width(value, width)) for test, value in cases],
            self.as_width(otherwise, width),
        )
        return Int(piece, low, high)

    def compare_ints(self, op: Comparison, left: Int[E], right: Int[E]) -> Piece[E]:
        width = max(left.width, right.width)
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
        if a is b or (a.constant is not None and a.constant == b.constant):
            return self.compare_ints(op, left.num, right.num)
        if a.constant is not None and b.constant is not None:
            shared = gcd(a.constant, b.constant)
            a, b = self.constant(a.constant // shared), self.constant(b.constant // shared)
        return self.compare_ints(op, self.times(left.num, b), self.times(right.num, a))

    def choose_number(
        self, cases: Sequence[tuple[Piece[E], Number[E]]], otherwise: Number[E], open: Piece[E] | None
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
        piece = Piece(self.engine.missing("number", like.num.width))
        return Number(Int(piece, like.num.low, like.num.high), like.den)

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
        """Missing if one of them is."""
        ordered: Comparison = "<=" if op == "min" else ">="

        def less(best: Number[E], other: Number[E]) -> Number[E]:
            takes = self.column(self.compare(ordered, best, other))
            gap = self.missing(takes)
            chosen = self.choose_number([(takes, best), (gap, self.nothing(best))], other, None)
            choose = min if op == "min" else max
            if best.den.constant is not None and other.den.constant is not None:
                ends = [Fraction(n.num.low, n.den.constant or 1) for n in (best, other)]
                tops = [Fraction(n.num.high, n.den.constant or 1) for n in (best, other)]
                den = chosen.den.constant or 1
                bound = replace(chosen.num, low=int(choose(ends) * den), high=int(choose(tops) * den))
                # narrower bounds must not claim a narrower column than there is
                chosen = replace(chosen, num=bound if bound.width == chosen.num.width else chosen.num)
            return self.settled(chosen)

        return reduce(less, self.common(numbers))
