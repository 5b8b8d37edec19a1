"""How choices and bands are rendered (选择与分档的求值)."""

from __future__ import annotations

from dataclasses import replace

from gaoxin.compute import tree
from gaoxin.compute.engines import E
from gaoxin.compute.rendering.core import Rendering, renders
from gaoxin.compute.rendering.pieces import Piece, Rendered, Score, Truth
from gaoxin.compute.tree import Comparison


@renders(tree.Choose)
def choose(r: Rendering[E], node: tree.Choose) -> Rendered[E]:
    test = r.truth(node.test)
    holds, fails = test.value, r.opposite(test.value)
    if node.type == "truth":
        return _choose_truth(r, test, r.truth(node.yes), r.truth(node.no))
    if node.type == "score":
        return _choose_score(r, test, r.score(node.yes), r.score(node.no))
    yes, no = r.number(node.yes), r.number(node.no)
    number = r.choose_number([(holds, yes), (fails, no)], r.nothing(yes), None)
    return replace(number, open=_open_choice(r, test, yes.open, no.open))


def _open_choice(
    r: Rendering[E], test: Truth[E], yes: Piece[E] | None, no: Piece[E] | None
) -> Piece[E] | None:
    everything = r.masks_of((test.open, yes, no))
    if everything is None:
        return None
    # a column, as ladders read the open set of each choice twice: in its case and in everything
    return r.column(
        r.case([(test.value, yes or r.no_bits), (r.opposite(test.value), no or r.no_bits)], everything)
    )


def _choose_truth(r: Rendering[E], test: Truth[E], yes: Truth[E], no: Truth[E]) -> Truth[E]:
    value = r.column(
        r.some(
            r.every(test.value, yes.value),
            r.every(r.opposite(test.value), no.value),
            r.every(yes.value, no.value),
        )
    )
    open = r.mask_where(r.missing(value), _open_choice(r, test, yes.open, no.open))
    return Truth(value, open)


def _choose_score(r: Rendering[E], test: Truth[E], yes: Score[E], no: Score[E]) -> Score[E]:
    cases = [(test.value, 0), (r.opposite(test.value), 1)]
    ends = []
    for op, numbers in (("min", (yes.low, no.low)), ("max", (yes.high, no.high))):
        hull = r.extreme("min" if op == "min" else "max", numbers) if test.open else numbers[1]
        chosen = [(case, numbers[index]) for case, index in cases]
        ends.append(r.settled(r.choose_number(chosen, hull, None)))
    low, high = ends
    if test.open is None and yes.low is yes.high and no.low is no.high:
        return Score(low, low)
    open = r.mask_where(r.compare("<", low, high), _open_choice(r, test, yes.open, no.open))
    return Score(low, high, open)


@renders(tree.Step)
def step(r: Rendering[E], node: tree.Step) -> Rendered[E]:
    of = r.settled(r.number(node.of))
    op: Comparison = ">=" if node.rising and node.closed else ">" if node.rising else "<="
    if not node.rising and not node.closed:
        op = "<"
    gap = r.missing(of.num.piece)
    values = r.common([r.fraction(value) for _, value in node.steps] + [r.fraction(node.otherwise)])
    cases = [(gap, r.nothing(values[0]))] if of.open is not None else []
    cases += [
        (r.compare(op, of, r.fraction(mark)), value)
        for (mark, _), value in zip(node.steps, values, strict=False)
    ]
    return r.choose_number(cases, values[-1], of.open)
