"""How the elements of lists are rendered (明细的求值)."""

from __future__ import annotations

from gaoxin.compute import tree
from gaoxin.compute.engines import BROAD, NARROW, E
from gaoxin.compute.rendering.core import Inside, Rendering, renders
from gaoxin.compute.rendering.pieces import NARROWEST, Int, Number, Piece, Plain, Rendered, Truth
from gaoxin.compute.tree import Node
from gaoxin.core.errors import ExpressionError

# Elements a list may hold, for the bound of a sum.
MOST_ELEMENTS = 10_000


@renders(tree.Exists)
def exists(r: Rendering[E], node: tree.Exists) -> Rendered[E]:
    events = r.plain(node.events)
    where = _inside(r, node.where)
    assert isinstance(where, Truth)
    most = r.column(r.join(r.engine.strongest, events.piece, where.value))
    level = Int(most, 0, 2)
    sure, doubt = (r.compare_ints("=", level, r.constant(mark)) for mark in (2, 1))
    nothing = Piece(r.engine.missing("truth"))
    value = r.case(
        [
            (sure, Piece(r.engine.truth(True))),
            (doubt, nothing),
            (r.missing(events.piece), nothing),
        ],
        Piece(r.engine.truth(False)),
    )
    listed = r.join(lambda expr: r.engine.first_known(expr, r.engine.truth(False)), doubt)
    return Truth(value, r.masks_of((events.open, r.mask_where_of(listed, node.events))))


@renders(tree.Sum)
def element_sum(r: Rendering[E], node: tree.Sum) -> Rendered[E]:
    events = r.plain(node.events)
    where, value = _inside(r, node.where), _inside(r, node.value)
    assert isinstance(where, Truth)
    assert isinstance(value, Number)
    if value.den.constant is None:
        raise ExpressionError(
            "明细求和里不能除以明细的字段", "a sum over elements cannot divide by a field of the element"
        )
    met = r.join(r.engine.first_known, where.value, Piece(r.engine.truth(False)))
    gap = r.some(
        r.missing(where.value),
        r.every(met, r.missing(value.num.piece)),
    )
    amount = r.case(
        [(met, r.join(r.engine.first_known, value.num.piece, r.constant(0).piece))]
        if value.num.width == NARROW
        else [
            (
                met,
                r.join(r.engine.first_known, value.num.piece, Piece(r.engine.whole(0, BROAD))),
            )
        ],
        Piece(r.engine.whole(0, value.num.width)),
    )
    low, high = (min(value.num.low, 0) * MOST_ELEMENTS, max(value.num.high, 0) * MOST_ELEMENTS)
    r.fits(low, high)
    broad = amount if value.num.width == BROAD else r.join(r.engine.widen, amount)
    total = r.join(r.engine.sum_elements, events.piece, broad)
    doubt = r.column(r.join(r.engine.any_element, events.piece, gap))
    piece = r.case([(doubt, Piece(r.engine.missing("number", BROAD)))], total)
    num = Int(r.column(piece), min(low, -NARROWEST - 1), max(high, NARROWEST + 1))
    listed = r.join(lambda expr: r.engine.first_known(expr, r.engine.truth(False)), doubt)
    return Number(num, value.den, r.masks_of((events.open, r.mask_where_of(listed, node.events))))


def _inside(r: Rendering[E], node: Node) -> Rendered[E]:
    """A node over the fields of an element: it has no columns of its own."""
    return Inside(r.engine, r.bits).of(node)


@renders(tree.Field)
def field(r: Rendering[E], node: tree.Field) -> Rendered[E]:
    value = Piece(r.engine.field(node))
    if node.type == "number":
        num = Int(value, int(node.low * 10**node.scale), int(node.high * 10**node.scale))
        return Number(num, r.constant(10**node.scale), r.no_bits)
    return Truth(value, r.no_bits) if node.type == "truth" else Plain(value, r.no_bits)
