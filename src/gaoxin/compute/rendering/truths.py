"""How comparisons and three-valued logic are rendered (判断的求值)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from math import ceil, floor

from gaoxin.compute import tree
from gaoxin.compute.engines import E
from gaoxin.compute.rendering.core import Rendering, renders
from gaoxin.compute.rendering.pieces import Number, Piece, Plain, Rendered, Score, Truth
from gaoxin.compute.tree import Comparison


@renders(tree.Settled)
def settled(r: Rendering[E], node: tree.Settled) -> Rendered[E]:
    return Truth(Piece(r.engine.truth(node.value)))


@renders(tree.Compare)
def compare(r: Rendering[E], node: tree.Compare) -> Rendered[E]:
    if (told := _year_as_date(r, node)) is not None:
        return told
    left, right = r.of(node.left), r.of(node.right)
    if isinstance(left, Number) and isinstance(right, Number):
        return Truth(r.compare(node.op, left, right), r.masks_of((left.open, right.open)))
    assert isinstance(left, Plain)
    assert isinstance(right, Plain)
    value = r.join(lambda a, b: r.engine.compare(node.op, a, b), left.piece, right.piece)
    return Truth(value, r.masks_of((left.open, right.open)))


_TURNED: Mapping[Comparison, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
# A year compared is a date compared with the first day of that year, or of the next.
_DAYS: Mapping[Comparison, tuple[Comparison, int]] = {
    "<": ("<", 0),
    "<=": ("<", 1),
    ">=": (">=", 0),
    ">": (">=", 1),
}


def _year_as_date(r: Rendering[E], node: tree.Compare) -> Truth[E] | None:
    """A year beside a fixed one is told by the first day of a year: year(d) ≤ 2023 where d < 2024-01-01."""
    held, fixed, op = node.left, node.right, node.op
    if isinstance(fixed, tree.YearOf):
        held, fixed, op = fixed, held, _TURNED[op]
    if not isinstance(held, tree.YearOf) or not isinstance(fixed, tree.Constant) or op not in _DAYS:
        return None
    compared, later = _DAYS[op]
    year = (floor(fixed.value) if op in ("<=", ">") else ceil(fixed.value)) + later
    if not MINYEAR <= year <= MAXYEAR:
        return None
    of = r.plain(held.of)
    day = r.engine.day(date(year, 1, 1))
    return Truth(r.join(lambda expr: r.engine.compare(compared, expr, day), of.piece), of.open)


@renders(tree.Growth)
def growth(r: Rendering[E], node: tree.Growth) -> Rendered[E]:
    base, end, rate = r.number(node.base), r.number(node.end), r.number(node.rate)
    factor = Number(r.plus(rate.num, rate.den, 1), rate.den)
    grown = Number(base.num, base.den)
    for _ in range(node.years):
        grown = Number(r.times(grown.num, factor.num), r.times(grown.den, factor.den))
    reached = r.compare(node.op, end, grown)
    positive = r.compare_ints(">", base.num, r.constant(0))
    value = r.case([(positive, reached)], Piece(r.engine.missing("truth")))
    no_base = r.holds(r.opposite(positive))
    open = r.masks_of((base.open, end.open, rate.open, r.mask_where_of(no_base, node.base)))
    return Truth(value, open)


@renders(tree.Member)
def member(r: Rendering[E], node: tree.Member) -> Rendered[E]:
    of = r.plain(node.of)
    piece = r.join(lambda expr: r.engine.is_among(expr, node.among, prefix=node.prefix), of.piece)
    return Truth(piece, of.open)


@renders(tree.Logic)
def logic(r: Rendering[E], node: tree.Logic) -> Rendered[E]:
    if not node.parts:
        return Truth(Piece(r.engine.truth(node.op == "all")))
    parts = [r.truth(part) for part in node.parts]
    if len(parts) == 1:
        return parts[0]
    joined = (r.every if node.op == "all" else r.some)(*(part.value for part in parts))
    mask = r.masks_of(part.open for part in parts)
    if mask is None:
        return Truth(joined)
    value = r.column(joined)
    return Truth(value, r.mask_column(r.mask_where(r.missing(value), mask, sure=True)))


@renders(tree.Not)
def negation(r: Rendering[E], node: tree.Not) -> Rendered[E]:
    of = r.truth(node.of)
    return Truth(r.opposite(of.value), of.open)


@renders(tree.Known)
def known(r: Rendering[E], node: tree.Known) -> Rendered[E]:
    of = r.of(node.of)
    if isinstance(of, Score):
        return Truth(Piece(r.engine.truth(True)))
    piece = of.num.piece if isinstance(of, Number) else of.value if isinstance(of, Truth) else of.piece
    return Truth(r.opposite(r.missing(piece)))
