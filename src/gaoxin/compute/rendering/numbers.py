"""How inputs, numbers and dates are rendered (数的求值)."""

from __future__ import annotations

from dataclasses import replace
from math import gcd

from gaoxin.compute import tree
from gaoxin.compute.engines import HALF, NARROW, E
from gaoxin.compute.rendering.core import Rendering, renders
from gaoxin.compute.rendering.pieces import Int, Mask, Number, Piece, Plain, Rendered, Truth
from gaoxin.core.errors import ExpressionError


@renders(tree.Leaf)
def leaf(r: Rendering[E], node: tree.Leaf) -> Rendered[E]:
    value = Piece(r.engine.leaf(node), plain=True)
    if node.type == "number":
        num = Int(value, int(node.low * 10**node.scale), int(node.high * 10**node.scale), NARROW)
        return Number(num, r.constant(10**node.scale), r.mask_of_leaf(node, value))
    if node.type == "truth":
        return Truth(value, r.mask_of_leaf(node, value))
    return Plain(value, r.mask_of_leaf(node, value))


@renders(tree.Constant)
def constant(r: Rendering[E], node: tree.Constant) -> Rendered[E]:
    return r.fraction(node.value)


@renders(tree.Day)
def day(r: Rendering[E], node: tree.Day) -> Rendered[E]:
    return Plain(Piece(r.engine.day(node.value)))


@renders(tree.Arithmetic)
def arithmetic(r: Rendering[E], node: tree.Arithmetic) -> Rendered[E]:
    left, right = r.number(node.left), r.number(node.right)
    open = r.masks_of((left.open, right.open))
    if node.op == "*":
        return Number(r.times(left.num, right.num), r.times(left.den, right.den), open)
    if node.op == "/":
        return _divide(r, node, left, right, open)
    sign = 1 if node.op == "+" else -1
    left, right = r.common([left, right])
    if left.den is right.den or (left.den.constant is not None and left.den.constant == right.den.constant):
        return Number(r.plus(left.num, right.num, sign), left.den, open)
    num = r.plus(r.times(left.num, right.den), r.times(right.num, left.den), sign)
    return Number(num, r.times(left.den, right.den), open)


def _divide(
    r: Rendering[E], node: tree.Arithmetic, left: Number[E], right: Number[E], open: Mask[E] | None
) -> Number[E]:
    above, below = right.den, left.den
    if above.constant is not None and below.constant is not None:
        shared = gcd(above.constant, below.constant)
        above, below = r.constant(above.constant // shared), r.constant(below.constant // shared)
    num, den = r.times(left.num, above), r.times(below, right.num)
    if den.constant is not None:
        if den.constant == 0:
            raise ExpressionError("除数是 0", "the divisor is 0")
        sign = 1 if den.constant > 0 else -1
        return Number(r.times(num, r.constant(sign)), r.constant(abs(den.constant)), open)
    if right.num.low > 0:
        return Number(num, den, open)
    den = replace(den, piece=r.column(den.piece))
    zero = r.constant(0)
    if right.num.low < 0:
        negative = r.compare_ints("<", den, zero)
        num = r.either_int([(negative, r.times(num, r.constant(-1)))], num)
        positive = r.either_int([(negative, r.times(den, r.constant(-1)))], den)
    else:
        positive = den
    some = r.compare_ints("!=", den, zero)
    num = replace(r.either_int([(some, num)], r.no_int(num)), constant=None)
    positive = replace(positive, low=1, high=max(abs(den.low), abs(den.high)))
    # over nothing, or over a missing number: the first is told by the divisor's metrics
    is_zero = r.holds(r.compare_ints("=", den, zero))
    return Number(num, positive, r.masks_of((open, r.mask_where_of(is_zero, node.right))))


@renders(tree.Extreme)
def extreme(r: Rendering[E], node: tree.Extreme) -> Rendered[E]:
    numbers = [r.settled(r.number(part)) for part in node.parts]
    return replace(r.extreme(node.op, numbers), open=r.masks_of(n.open for n in numbers))


@renders(tree.Whole)
def whole(r: Rendering[E], node: tree.Whole) -> Rendered[E]:
    of = r.number(node.of)
    if of.den.constant == 1:
        return of
    width = max(r.width_for(of.num.low, of.num.high), of.num.width)
    width = max(width, r.width_for(of.den.low, of.den.high) if of.den.constant is not None else of.den.width)
    least = of.den.constant or 1
    low, high = of.num.low // (least if of.num.low > 0 else 1), of.num.high // least
    if of.den.constant is not None:
        low = of.num.low // of.den.constant
    low = min(low, of.num.low, 0)
    most = max(abs(of.num.low // least), abs(high))
    piece = r.join(
        lambda a, b: r.engine.floor_divide(a, b, width=width, most=most),
        r.as_width(of.num, width),
        r.as_width(of.den, width),
    )
    return Number(Int(piece, low, max(high, low), width), r.constant(1), of.open)


@renders(tree.DaysBetween)
def days_between(r: Rendering[E], node: tree.DaysBetween) -> Rendered[E]:
    start, end = r.plain(node.start), r.plain(node.end)
    piece = r.join(r.engine.days_between, start.piece, end.piece)
    days = Int(piece, -4_000_000, 4_000_000, max(HALF, r.engine.least))
    return Number(days, r.constant(1), r.masks_of((start.open, end.open)))


@renders(tree.YearOf)
def year_of(r: Rendering[E], node: tree.YearOf) -> Rendered[E]:
    of = r.plain(node.of)
    year = Int(r.join(r.engine.year, of.piece), 0, 9999, max(HALF, r.engine.least))
    return Number(year, r.constant(1), of.open)
