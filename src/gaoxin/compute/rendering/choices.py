"""How choices and bands are rendered (选择与分档的求值)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gaoxin.compute import tree
from gaoxin.compute.engines import E
from gaoxin.compute.rendering.core import Rendering, renders
from gaoxin.compute.rendering.pieces import Mask, Number, Piece, Rendered, Score, Truth
from gaoxin.compute.tree import Comparison


@renders(tree.Choose)
def choose(r: Rendering[E], node: tree.Choose) -> Rendered[E]:
    if node.type == "truth":
        return _choose_truth(r, r.truth(node.test), r.truth(node.yes), r.truth(node.no))
    if node.type == "score" and (rungs := _ladder(node)) is not None:
        return _climbed(r, *rungs)
    if node.type == "score":
        return _choose_score(r, r.kept_truth(r.truth(node.test)), r.score(node.yes), r.score(node.no))
    test = r.kept_truth(r.truth(node.test))
    yes, no = r.number(node.yes), r.number(node.no)
    open = r.mask_of_choice(test, yes.open, no.open)
    if test.open is None:
        return replace(r.choose_number([(test.value, yes)], no, None), open=open)
    fails, gap = r.holds(r.opposite(test.value)), r.missing(test.value)
    if tree.has_quotient(node):
        return replace(r.choose_number([(fails, no), (gap, r.nothing(yes))], yes, None), open=open)
    yes, no = r.settled(yes), r.settled(no)
    torn = r.every(gap, r.opposite(r.holds(r.compare("=", yes, no))))
    chosen = r.settled(r.choose_number([(fails, no), (torn, r.nothing(yes))], yes, None))
    return replace(chosen, open=r.mask_where(r.missing(chosen.num.piece), open, sure=True))


def _choose_truth(r: Rendering[E], test: Truth[E], yes: Truth[E], no: Truth[E]) -> Truth[E]:
    value = r.column(
        r.some(
            r.every(test.value, yes.value),
            r.every(r.opposite(test.value), no.value),
            r.every(yes.value, no.value),
        )
    )
    open = r.mask_where(r.missing(value), r.mask_of_choice(test, yes.open, no.open), sure=True)
    return Truth(value, open)


def _choose_score(r: Rendering[E], test: Truth[E], yes: Score[E], no: Score[E]) -> Score[E]:
    cases = [(test.value, 0), (r.opposite(test.value), 1)]
    ends = []
    for op, numbers in (("min", (yes.low, no.low)), ("max", (yes.high, no.high))):
        hull = r.sure_extreme("min" if op == "min" else "max", numbers) if test.open else numbers[1]
        chosen = [(case, numbers[index]) for case, index in cases]
        ends.append(r.settled(r.choose_number(chosen, hull, None)))
    low, high = ends
    if test.open is None and yes.low is yes.high and no.low is no.high:
        return Score(low, low)
    wide = r.compare("<", low, high)
    open = r.mask_where(wide, r.mask_of_choice(test, yes.open, no.open), sure=True)
    return Score(low, high, open)


Ends = tuple[Fraction, Fraction]


def _ladder(node: tree.Node) -> tuple[list[tuple[tree.Node, Ends]], Ends] | None:
    """The rungs of fixed points that fall from rung to rung, and the points below them."""
    rungs: list[tuple[tree.Node, Ends]] = []
    while isinstance(node, tree.Choose):
        ends = _fixed(node.yes)
        if ends is None or (rungs and not _below(ends, rungs[-1][1])):
            return None
        rungs.append((node.test, ends))
        node = node.no
    last = _fixed(node)
    return (rungs, last) if last is not None and _below(last, rungs[-1][1]) else None


def _fixed(node: tree.Node) -> Ends | None:
    if isinstance(node, tree.Range):
        return node.low, node.high
    if isinstance(node, tree.Points) and isinstance(node.of, tree.Constant):
        return node.of.value, node.of.value
    return None


def _below(ends: Ends, above: Ends) -> bool:
    return ends[0] <= above[0] and ends[1] <= above[1] and ends != above


def _climbed(r: Rendering[E], rungs: list[tuple[tree.Node, Ends]], last: Ends) -> Score[E]:
    """Points fall from rung to rung: the least is that of the first test that holds, the most that of the
    first test that may hold. What is open are the tests before the first that holds.
    """
    tests = [r.kept_truth(r.truth(test)) for test, _ in rungs]
    opened = list(dict.fromkeys(test.open for test in tests if test.open is not None))
    exact = not opened and all(low == high for low, high in (*(ends for _, ends in rungs), last))
    low = _first(r, [test.value for test in tests], [ends[0] for _, ends in rungs], last[0])
    if exact:
        return Score(low, low)
    able = [test.value if test.open is None else r.may_hold(test.value) for test in tests]
    high = _first(r, able, [ends[1] for _, ends in rungs], last[1])
    if len(opened) == 1 and all(test.open is opened[0] for test in tests):
        return Score(low, high, opened[0])  # the tests of one number are open together
    mask: Mask[E] | None = None
    for test in reversed(tests):
        mask = r.mask_unless(test.value, r.masks_of((test.open, mask)))
    return Score(low, high, mask)


def _first(r: Rendering[E], tests: list[Piece[E]], points: list[Fraction], otherwise: Fraction) -> Number[E]:
    values = r.common([r.fraction(value) for value in (*points, otherwise)])
    return r.settled(r.choose_number(list(zip(tests, values, strict=False)), values[-1], None))


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
