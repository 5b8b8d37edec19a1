"""How the elements of lists are rendered (明细的求值)."""

from __future__ import annotations

from gaoxin.compute import tree
from gaoxin.compute.engines import BROAD, NARROW, SURE, E
from gaoxin.compute.rendering.core import Inside, Rendering, renders
from gaoxin.compute.rendering.pieces import Int, Mask, Number, Piece, Plain, Rendered, Truth
from gaoxin.compute.tree import Node
from gaoxin.core.errors import ExpressionError

# Elements a list may hold, for the bound of a sum.
MOST_ELEMENTS = 10_000


@renders(tree.Exists)
def exists(r: Rendering[E], node: tree.Exists) -> Rendered[E]:
    events = r.plain(node.events)
    where = _inside(r, node.where)
    assert isinstance(where, Truth)
    # a column, as it is read three times
    weight = r.column(r.join(r.engine.weight, events.piece, where.value))
    held = Int(weight, 0, MOST_ELEMENTS * SURE, NARROW)
    sure = r.compare_ints(">=", held, r.constant(SURE))
    none = r.compare_ints("=", held, r.constant(0))
    value = r.column(
        r.case(
            [(sure, Piece(r.engine.truth(True))), (none, Piece(r.engine.truth(False)))],
            Piece(r.engine.missing("truth")),
        )
    )
    doubt = r.every(r.missing(value), r.opposite(r.missing(events.piece)))
    return Truth(value, r.masks_of((events.open, r.mask_where_of(doubt, node.events))))


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
    met = r.holds(where.value)
    gap = r.some(
        r.missing(where.value),
        r.every(met, r.missing(value.num.piece)),
    )
    width = value.num.width
    nothing = Piece(r.engine.whole(0, width))
    amount = r.case([(met, r.join(r.engine.first_known, r.as_width(value.num, width), nothing))], nothing)
    low, high = (min(value.num.low, 0) * MOST_ELEMENTS, max(value.num.high, 0) * MOST_ELEMENTS)
    r.fits(low, high)
    broad = amount if width == BROAD else r.join(lambda expr: r.engine.resize(expr, BROAD), amount)
    total = r.join(r.engine.sum_elements, events.piece, broad)
    doubt = r.column(r.join(r.engine.any_element, events.piece, gap))
    piece = r.case([(doubt, Piece(r.engine.missing("number", BROAD)))], total)
    num = Int(r.column(piece), low, high, BROAD)
    listed = r.holds(doubt)
    return Number(num, value.den, r.masks_of((events.open, r.mask_where_of(listed, node.events))))


def _inside(r: Rendering[E], node: Node) -> Rendered[E]:
    """A node over the fields of an element: it has no columns of its own."""
    return Inside(r.engine, r.bits).of(node)


@renders(tree.Field)
def field(r: Rendering[E], node: tree.Field) -> Rendered[E]:
    value = Piece(r.engine.field(node))
    if node.type == "number":
        num = Int(value, int(node.low * 10**node.scale), int(node.high * 10**node.scale), NARROW)
        return Number(num, r.constant(10**node.scale), Mask({}))
    return Truth(value, Mask({})) if node.type == "truth" else Plain(value, Mask({}))
