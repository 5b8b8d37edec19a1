"""How scores are rendered: two numbers and what lies between them (评分的求值)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gaoxin.compute import tree
from gaoxin.compute.engines import E
from gaoxin.compute.rendering.core import Rendering, renders
from gaoxin.compute.rendering.pieces import Number, Piece, Rendered, Score, Truth


@renders(tree.Points)
def points(r: Rendering[E], node: tree.Points) -> Rendered[E]:
    of = r.number(node.of)
    if of.open is None:
        return Score(of, of)
    of = r.settled(of)
    low, high = r.filled(of, node.low), r.filled(of, node.high)
    return Score(low, high, of.open if node.low < node.high else None)


@renders(tree.Range)
def score_range(r: Rendering[E], node: tree.Range) -> Rendered[E]:
    low = r.fraction(node.low)
    return Score(low, low if node.low == node.high else r.fraction(node.high))


@renders(tree.Judged)
def judged(r: Rendering[E], node: tree.Judged) -> Rendered[E]:
    given, band = r.number(node.judgement), r.score(node.range)
    given = replace(given, num=r.int_column(r.narrowed(given.num)), open=None)
    opened = r.number(node.judgement).open
    absent = r.missing(given.num.piece)
    low = r.choose_number([(absent, band.low)], given, None)
    high = r.choose_number([(absent, band.high)], given, None)
    wide = r.every(absent, r.compare("<", band.low, band.high))
    return Score(low, high, r.mask_where(wide, r.masks_of((band.open, opened)), sure=True))


@renders(tree.Total)
def total(r: Rendering[E], node: tree.Total) -> Rendered[E]:
    parts = [r.score(part) for part in node.parts]
    low = _added(r, [part.low for part in parts])
    same = all(part.low is part.high for part in parts)
    high = low if same else _added(r, [part.high for part in parts])
    open = r.masks_of(part.open for part in parts)
    if node.cap is None:
        return Score(low, high, open)
    cap = r.fraction(node.cap)
    low = r.settled(r.sure_extreme("min", [r.settled(low), cap]))
    high = low if same else r.settled(r.sure_extreme("min", [r.settled(high), cap]))
    return Score(low, high, r.mask_where(r.compare("<", low, high), open, sure=True))


def _added(r: Rendering[E], numbers: Sequence[Number[E]]) -> Number[E]:
    total = r.common(numbers)[0]
    for number in r.common(numbers)[1:]:
        if total.den is number.den or (
            total.den.constant is not None and total.den.constant == number.den.constant
        ):
            total = Number(r.plus(total.num, number.num, 1), total.den)
        else:
            num = r.plus(r.times(total.num, number.den), r.times(number.num, total.den), 1)
            total = Number(num, r.times(total.den, number.den))
    return total


@renders(tree.Best)
def best(r: Rendering[E], node: tree.Best) -> Rendered[E]:
    parts = [_kept_score(r, r.score(part)) for part in node.parts]
    low = r.settled(r.sure_extreme(node.op, [part.low for part in parts]))
    high = r.settled(r.sure_extreme(node.op, [part.high for part in parts]))
    able = []
    for part in parts:
        still = r.compare(">", part.high, low) if node.op == "max" else r.compare("<", part.low, high)
        able.append(r.mask_where(still, part.open, sure=True))
    open = r.mask_where(r.compare("<", low, high), r.masks_of(able), sure=True)
    return Score(low, high, open)


def _kept_score(r: Rendering[E], score: Score[E]) -> Score[E]:
    kept = r.kept(score)
    assert isinstance(kept, Score)
    return kept


@renders(tree.Reaches)
def reaches(r: Rendering[E], node: tree.Reaches) -> Rendered[E]:
    score, mark = r.score(node.score), r.fraction(node.mark)
    at_low, at_high = r.compare(node.op, score.low, mark), r.compare(node.op, score.high, mark)
    if score.open is None:
        return Truth(at_low)
    if node.op in ("=", "!="):
        above, below = r.compare(">", score.low, mark), r.compare("<", score.high, mark)
        outside = r.some(above, below)
        one = r.compare("=", score.low, score.high)
        no = Piece(r.engine.truth(node.op == "!="))
        value = r.case([(one, at_low), (outside, no)], Piece(r.engine.missing("truth")))
    else:
        sure, never = (at_low, at_high) if node.op in (">", ">=") else (at_high, at_low)
        value = r.case(
            [(sure, Piece(r.engine.truth(True))), (r.opposite(never), Piece(r.engine.truth(False)))],
            Piece(r.engine.missing("truth")),
        )
    value = r.column(value)
    return Truth(value, r.mask_where(r.missing(value), score.open, sure=True))
