"""The forms in which points follow from one number: bands, a straight line, full steps (计分方式)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gaoxin.compute.dims import NONE
from gaoxin.compute.language import syntax, tables
from gaoxin.compute.language.pieces import POINT, Piece
from gaoxin.compute.language.reach import reach
from gaoxin.compute.language.scopes import Table
from gaoxin.compute.language.tables import mishap
from gaoxin.compute.tree import Arithmetic, Constant, Extreme, Node, Points, Step, Whole, made


def bands(piece: Piece, bands: Mapping[str, Any]) -> Node:
    piece.mapping(bands)
    of = piece.at("of").number(piece.want(bands, "of"))
    if "table" in bands:
        table = _table(piece, bands["table"], of)
        values = [value for _, value in table.steps] + [table.otherwise]
        node = made(Step, of, table.steps, table.otherwise, table.rising, table.closed, table.dims)
        return made(Points, node, min(values), max(values))
    kind, steps = marks(piece, bands, of)
    if "otherwise" not in bands:
        raise tables.no_otherwise(piece.place)
    at = piece.at(kind)
    held = tuple((mark, at.fixed(value, POINT)) for mark, value in steps)
    otherwise = piece.at("otherwise").fixed(bands["otherwise"], POINT)
    values = [value for _, value in held] + [otherwise]
    rising, closed = tables.KINDS[kind]
    node = made(Step, of, held, otherwise, rising, closed, POINT)
    return made(Points, node, min(values), max(values))


def marks(piece: Piece, bands: Mapping[str, Any], of: Node) -> tuple[str, list[tuple[Fraction, Any]]]:
    """The kind of the bands, and their thresholds with what stands beside them; checked."""
    kind, pairs = tables.band_list(bands, piece.place)
    steps = [(piece.at(kind, index).fixed(mark, of.dims), value) for index, (mark, value) in enumerate(pairs)]
    tables.check_marks([mark for mark, _ in steps], *tables.KINDS[kind], reach(of), piece.at(kind).place)
    return kind, steps


def _table(piece: Piece, written: Any, of: Node) -> Table:
    building, parsed = piece.at("table").building(piece.text(written))
    held = building.held(parsed) if isinstance(parsed, syntax.Parameter) else None
    if not isinstance(held, Table):
        raise mishap(
            piece.at("table").place, "table 要写 $分档表", "table takes a $table", expected="a $table"
        )
    for wanted, found in ((of.dims, held.of_dims), (POINT, held.dims)):
        if wanted != found:
            raise building.unfit(parsed.at, wanted, found)
    return held


def linear(piece: Piece, linear: Mapping[str, Any]) -> Node:
    piece.mapping(linear)
    of = piece.at("of").number(piece.want(linear, "of"))
    start, end = (piece.at(name).fixed(piece.want(linear, name), of.dims) for name in ("from", "to"))
    points = piece.at("points").fixed(piece.want(linear, "points"), POINT)
    if start == end:
        raise mishap(piece.place, "from 与 to 相同，没有直线", "from and to are equal; there is no line")
    above = made(Arithmetic, "-", of, made(Constant, start, of.dims, ""))
    share = made(Arithmetic, "/", above, made(Constant, end - start, of.dims, ""))
    held = made(Extreme, "min", (made(Extreme, "max", (share, _bare(0))), _bare(1)))
    node = made(Arithmetic, "*", held, made(Constant, points, POINT, ""))
    return made(Points, node, min(points, Fraction(0)), max(points, Fraction(0)))


def steps(piece: Piece, steps: Mapping[str, Any]) -> Node:
    piece.mapping(steps)
    of = piece.at("of").number(piece.want(steps, "of"))
    each = piece.at("each").fixed(piece.want(steps, "each"), of.dims)
    points, most = (piece.at(name).fixed(piece.want(steps, name), POINT) for name in ("points", "most"))
    if each <= 0 or points <= 0 or most <= 0:
        raise mishap(piece.place, "each、points、most 都要大于 0", "each, points and most are above 0")
    count = made(Whole, made(Arithmetic, "/", of, made(Constant, each, of.dims, "")))
    earned = made(Arithmetic, "*", count, made(Constant, points, POINT, ""))
    ends_of = tuple(made(Constant, end, POINT, "") for end in (Fraction(0), most))
    node = made(Extreme, "min", (made(Extreme, "max", (earned, ends_of[0])), ends_of[1]))
    return made(Points, node, Fraction(0), most)


def _bare(number: int) -> Node:
    return made(Constant, Fraction(number), NONE, "")
