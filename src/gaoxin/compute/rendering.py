"""Every node, rendered for whole populations: exact rationals, open sets as bits (整表求值).

1. A number is a pair of whole numbers, num ÷ den with den above zero, and is missing where num is. Static
   bounds choose 64 or 128 bits; what would need more is refused before anything runs.
2. A truth is a three-valued column. A score is two numbers, what is certain and what is possible.
3. Beside each stands its open set as bits: 0 where it is settled.
4. Parts that are used more than once become columns of their own, in stages that follow each other.

The meaning is that of `reference`; the spelling is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce, singledispatchmethod
from math import gcd, lcm
from typing import Generic, Literal

from gaoxin.compute import tree
from gaoxin.compute.engines import BROAD, NARROW, E, Engine
from gaoxin.compute.tree import Comparison, Node
from gaoxin.core.errors import ExpressionError

_NARROWEST, _BROADEST = 2**63 - 1, 10**38 - 1
# Elements a list may hold, for the bound of a sum.
MOST_ELEMENTS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Piece(Generic[E]):
    """An expression, and the stage whose columns it reads."""

    expr: E
    stage: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Int(Generic[E]):
    """A whole number within static bounds; `constant` if it is the same for every subject."""

    piece: Piece[E]
    low: int
    high: int
    constant: int | None = None

    @property
    def width(self) -> int:
        return NARROW if max(abs(self.low), abs(self.high)) <= _NARROWEST else BROAD


@dataclass(frozen=True, slots=True, eq=False)
class Number(Generic[E]):
    """num ÷ den, den above zero; missing where num is. `open`: None if it never is."""

    num: Int[E]
    den: Int[E]
    open: Piece[E] | None = None


@dataclass(frozen=True, slots=True)
class Truth(Generic[E]):
    """true, false, or open."""

    value: Piece[E]
    open: Piece[E] | None = None


@dataclass(frozen=True, slots=True)
class Score(Generic[E]):
    """From what is certain to what is possible; never missing. One number if the two are the same object."""

    low: Number[E]
    high: Number[E]
    open: Piece[E] | None = None


@dataclass(frozen=True, slots=True)
class Plain(Generic[E]):
    """A date or a text."""

    piece: Piece[E]
    open: Piece[E] | None = None


Rendered = Number[E] | Truth[E] | Score[E] | Plain[E]


@dataclass(slots=True)
class Rendering(Generic[E]):
    """Nodes rendered for one engine.

    `bits`: the bit of each metric that can keep something open. `stages`: columns to add, stage by stage.
    """

    engine: Engine[E]
    bits: Mapping[str, int]
    shared: frozenset[Node] = frozenset()
    stages: list[list[tuple[str, E]]] = field(default_factory=list)
    _done: dict[Node, Rendered[E]] = field(default_factory=dict)
    _masks: dict[str, Piece[E]] = field(default_factory=dict)
    _columns: int = 0

    def truth(self, node: Node) -> Truth[E]:
        done = self.of(node)
        assert isinstance(done, Truth)
        return done

    def number(self, node: Node) -> Number[E]:
        done = self.of(node)
        assert isinstance(done, Number)
        return done

    def score(self, node: Node) -> Score[E]:
        done = self.of(node)
        assert isinstance(done, Score)
        return done

    def of(self, node: Node) -> Rendered[E]:
        """The node rendered; its parts first, each once. Raises: ExpressionError if it grows too large."""
        if node not in self._done:
            for part in tree.walk(node):
                if part not in self._done:
                    done = self._render(part)
                    self._done[part] = self._kept(done) if part in self.shared else done
        return self._done[node]

    # Columns of their own

    def column(self, piece: Piece[E]) -> Piece[E]:
        """The piece as a column that later stages read."""
        self._columns += 1
        name = f"_{self._columns}"
        while len(self.stages) <= piece.stage:
            self.stages.append([])
        self.stages[piece.stage].append((name, piece.expr))
        return Piece(self.engine.column(name), piece.stage + 1)

    def _kept(self, done: Rendered[E]) -> Rendered[E]:
        if isinstance(done, Number):
            return Number(
                self._int_column(done.num), self._int_column(done.den), self._mask_column(done.open)
            )
        if isinstance(done, Truth):
            return Truth(self.column(done.value), self._mask_column(done.open))
        if isinstance(done, Score):
            low = Number(self._int_column(done.low.num), self._int_column(done.low.den))
            same = done.low is done.high
            high = low if same else Number(self._int_column(done.high.num), self._int_column(done.high.den))
            return Score(low, high, self._mask_column(done.open))
        return done

    def _int_column(self, of: Int[E]) -> Int[E]:
        return of if of.constant is not None else replace(of, piece=self.column(of.piece))

    def _mask_column(self, mask: Piece[E] | None) -> Piece[E] | None:
        return None if mask is None else self.column(mask)

    # Small parts

    def _join(self, spell: Callable[..., E], *pieces: Piece[E]) -> Piece[E]:
        return Piece(spell(*(piece.expr for piece in pieces)), max(piece.stage for piece in pieces))

    def _case(self, cases: Sequence[tuple[Piece[E], Piece[E]]], otherwise: Piece[E]) -> Piece[E]:
        pieces = [piece for case in cases for piece in case]
        stage = max(piece.stage for piece in (*pieces, otherwise))
        spelled = [(test.expr, value.expr) for test, value in cases]
        return Piece(self.engine.when(spelled, otherwise.expr), stage)

    def _all(self, *parts: Piece[E]) -> Piece[E]:
        return self._join(lambda *exprs: self.engine.both(exprs), *parts)

    def _any(self, *parts: Piece[E]) -> Piece[E]:
        return self._join(lambda *exprs: self.engine.either(exprs), *parts)

    def _not(self, of: Piece[E]) -> Piece[E]:
        return self._join(self.engine.opposite, of)

    def _missing(self, of: Piece[E]) -> Piece[E]:
        return self._join(self.engine.is_missing, of)

    def _masks_of(self, parts: Iterable[Piece[E] | None]) -> Piece[E] | None:
        held = [part for part in dict.fromkeys(parts) if part is not None]
        if len(held) < 2:
            return held[0] if held else None
        return self._join(lambda *exprs: self.engine.join_bits(exprs), *held)

    def _mask_where(self, test: Piece[E], mask: Piece[E] | None) -> Piece[E] | None:
        """The mask where a test holds, nothing elsewhere."""
        return None if mask is None else self._case([(test, mask)], self._no_bits)

    @property
    def _no_bits(self) -> Piece[E]:
        return Piece(self.engine.no_bits())

    def _mask_of_leaf(self, leaf: tree.Leaf, value: Piece[E]) -> Piece[E]:
        if leaf.column not in self._masks:
            bit = self.bits[leaf.metric]
            mask = self._join(lambda expr: self.engine.bit(self.engine.is_missing(expr), bit), value)
            self._masks[leaf.column] = self.column(mask)
        return self._masks[leaf.column]

    def _mask_where_of(self, test: Piece[E], node: Node) -> Piece[E]:
        """Every metric of a node, where a test that is never open holds."""
        bits = [
            self._join(lambda expr, bit=bit: self.engine.bit(expr, bit), test)
            for bit in sorted({self.bits[leaf.metric] for leaf in tree.leaves(node)})
        ]
        mask = self._masks_of(bits)
        return self._no_bits if mask is None else mask

    # Whole numbers

    def _constant(self, value: int) -> Int[E]:
        width = Int(Piece(self.engine.no_bits()), value, value).width
        self._fits(value, value)
        return Int(Piece(self.engine.whole(value, width)), value, value, value)

    def _fits(self, low: int, high: int) -> None:
        if max(abs(low), abs(high)) > _BROADEST:
            raise ExpressionError(
                "算式会超出 38 位整数，无法精确计算；请拆成几步，或给指标写上更小的取值范围（bounds）",
                "the expression may exceed 38 digits and cannot be exact; split it, or give the metrics "
                "narrower bounds",
            )

    def _as_width(self, of: Int[E], width: int) -> Piece[E]:
        if of.constant is not None:
            return Piece(self.engine.whole(of.constant, width))
        return of.piece if of.width == width else self._join(self.engine.widen, of.piece)

    def _computed(
        self, spell: Callable[[E, E], E], left: Int[E], right: Int[E], ends: Iterable[int]
    ) -> Int[E]:
        held = list(ends)
        low, high = min(held), max(held)
        self._fits(low, high)
        width = max(left.width, right.width, Int(left.piece, low, high).width)
        piece = self._join(spell, self._as_width(left, width), self._as_width(right, width))
        if width > Int(left.piece, low, high).width:
            # a sum of broad numbers that is narrow again stays broad for the engine
            low, high = min(low, -_NARROWEST - 1), max(high, _NARROWEST + 1)
        return Int(piece, low, high)

    def _times(self, left: Int[E], right: Int[E]) -> Int[E]:
        if left.constant is not None and right.constant is not None:
            return self._constant(left.constant * right.constant)
        if 1 in (left.constant, right.constant):
            return right if left.constant == 1 else left
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return self._computed(self.engine.multiply, left, right, ends)

    def _plus(self, left: Int[E], right: Int[E], sign: int) -> Int[E]:
        if left.constant is not None and right.constant is not None:
            return self._constant(left.constant + sign * right.constant)
        if right.constant == 0:
            return left
        least, most = (right.low, right.high) if sign > 0 else (-right.high, -right.low)
        ends = (left.low + least, left.high + most)
        spell = self.engine.add if sign > 0 else self.engine.subtract
        return self._computed(spell, left, right, ends)

    def _either_int(self, cases: Sequence[tuple[Piece[E], Int[E]]], otherwise: Int[E]) -> Int[E]:
        """The whole number of the first case that holds."""
        ints = [value for _, value in cases] + [otherwise]
        if len({value.constant for value in ints}) == 1 and ints[0].constant is not None:
            return ints[0]
        low, high = min(value.low for value in ints), max(value.high for value in ints)
        width = max(value.width for value in ints)
        piece = self._case(
            [(test, self._as_width(value, width)) for test, value in cases],
            self._as_width(otherwise, width),
        )
        return Int(piece, low, high)

    def _compare_ints(self, op: Comparison, left: Int[E], right: Int[E]) -> Piece[E]:
        width = max(left.width, right.width)
        return self._join(
            lambda a, b: self.engine.compare(op, a, b),
            self._as_width(left, width),
            self._as_width(right, width),
        )

    # Rational numbers

    def _fraction(self, value: Fraction) -> Number[E]:
        return Number(self._constant(value.numerator), self._constant(value.denominator))

    def _common(self, numbers: Sequence[Number[E]]) -> list[Number[E]]:
        """The numbers over one constant divisor; left as they are where a divisor varies."""
        dens = [number.den.constant for number in numbers]
        if None in dens or len(set(dens)) == 1:
            return list(numbers)
        whole = lcm(*(den for den in dens if den is not None))
        return [
            replace(
                number,
                num=self._times(number.num, self._constant(whole // (number.den.constant or 1))),
                den=self._constant(whole),
            )
            for number in numbers
        ]

    def _compare(self, op: Comparison, left: Number[E], right: Number[E]) -> Piece[E]:
        a, b = left.den, right.den
        if a is b or (a.constant is not None and a.constant == b.constant):
            return self._compare_ints(op, left.num, right.num)
        if a.constant is not None and b.constant is not None:
            shared = gcd(a.constant, b.constant)
            a, b = self._constant(a.constant // shared), self._constant(b.constant // shared)
        return self._compare_ints(op, self._times(left.num, b), self._times(right.num, a))

    def _choose_number(
        self, cases: Sequence[tuple[Piece[E], Number[E]]], otherwise: Number[E], open: Piece[E] | None
    ) -> Number[E]:
        numbers = self._common([*(value for _, value in cases), otherwise])
        nums = self._either_int(
            [(test, value.num) for (test, _), value in zip(cases, numbers, strict=False)], numbers[-1].num
        )
        dens = self._either_int(
            [(test, value.den) for (test, _), value in zip(cases, numbers, strict=False)], numbers[-1].den
        )
        return Number(nums, dens, open)

    def _nothing(self, like: Number[E]) -> Number[E]:
        piece = Piece(self.engine.missing("number", like.num.width))
        return Number(Int(piece, like.num.low, like.num.high), like.den)

    def _filled(self, number: Number[E], value: Fraction) -> Number[E]:
        """The number, or `value` where it is missing."""
        filled, instead = self._common([number, self._fraction(value)])
        gap = self._missing(filled.num.piece)
        return self._choose_number([(gap, instead)], replace(filled, open=None), None)

    def _settled(self, number: Number[E]) -> Number[E]:
        """The number as columns, for a part that reads it several times."""
        kept = self._kept(number)
        assert isinstance(kept, Number)
        return kept

    # The nodes

    @singledispatchmethod
    def _render(self, node: Node) -> Rendered[E]:
        raise TypeError(f"{type(node).__name__} has no rendering")

    @_render.register
    def _(self, node: tree.Leaf) -> Rendered[E]:
        value = Piece(self.engine.leaf(node))
        if node.type == "number":
            num = Int(value, int(node.low * 10**node.scale), int(node.high * 10**node.scale))
            return Number(num, self._constant(10**node.scale), self._mask_of_leaf(node, value))
        if node.type == "truth":
            return Truth(value, self._mask_of_leaf(node, value))
        return Plain(value, self._mask_of_leaf(node, value))

    @_render.register
    def _(self, node: tree.Constant) -> Rendered[E]:
        return self._fraction(node.value)

    @_render.register
    def _(self, node: tree.Day) -> Rendered[E]:
        return Plain(Piece(self.engine.day(node.value)))

    @_render.register
    def _(self, node: tree.Settled) -> Rendered[E]:
        return Truth(Piece(self.engine.truth(node.value)))

    @_render.register
    def _(self, node: tree.Arithmetic) -> Rendered[E]:
        left, right = self.number(node.left), self.number(node.right)
        open = self._masks_of((left.open, right.open))
        if node.op == "*":
            return Number(self._times(left.num, right.num), self._times(left.den, right.den), open)
        if node.op == "/":
            return self._divide(node, left, right, open)
        sign = 1 if node.op == "+" else -1
        left, right = self._common([left, right])
        if left.den is right.den or (
            left.den.constant is not None and left.den.constant == right.den.constant
        ):
            return Number(self._plus(left.num, right.num, sign), left.den, open)
        num = self._plus(self._times(left.num, right.den), self._times(right.num, left.den), sign)
        return Number(num, self._times(left.den, right.den), open)

    def _divide(
        self, node: tree.Arithmetic, left: Number[E], right: Number[E], open: Piece[E] | None
    ) -> Number[E]:
        above, below = right.den, left.den
        if above.constant is not None and below.constant is not None:
            shared = gcd(above.constant, below.constant)
            above, below = self._constant(above.constant // shared), self._constant(below.constant // shared)
        num, den = self._times(left.num, above), self._times(below, right.num)
        if den.constant is not None:
            if den.constant == 0:
                raise ExpressionError("除数是 0", "the divisor is 0")
            sign = 1 if den.constant > 0 else -1
            return Number(self._times(num, self._constant(sign)), self._constant(abs(den.constant)), open)
        if right.num.low > 0:
            return Number(num, den, open)
        den = replace(den, piece=self.column(den.piece))
        zero = self._constant(0)
        if right.num.low < 0:
            below = self._compare_ints("<", den, zero)
            num = self._either_int([(below, self._times(num, self._constant(-1)))], num)
            positive = self._either_int([(below, self._times(den, self._constant(-1)))], den)
        else:
            positive = den
        some = self._compare_ints("!=", den, zero)
        none = Int(Piece(self.engine.missing("number", num.width)), num.low, num.high)
        num = replace(self._either_int([(some, num)], none), constant=None)
        positive = replace(positive, low=1, high=max(abs(den.low), abs(den.high)))
        # over nothing, or over a missing number: the first is told by the divisor's metrics
        is_zero = self._join(
            lambda expr: self.engine.first_known(expr, self.engine.truth(False)),
            self._compare_ints("=", den, zero),
        )
        return Number(num, positive, self._masks_of((open, self._mask_where_of(is_zero, node.right))))

    @_render.register
    def _(self, node: tree.Extreme) -> Rendered[E]:
        numbers = [self._settled(self.number(part)) for part in node.parts]
        return replace(self._extreme(node.op, numbers), open=self._masks_of(n.open for n in numbers))

    def _extreme(self, op: Literal["min", "max"], numbers: Sequence[Number[E]]) -> Number[E]:
        """Missing if one of them is."""
        ordered: Comparison = "<=" if op == "min" else ">="

        def less(best: Number[E], other: Number[E]) -> Number[E]:
            takes = self.column(self._compare(ordered, best, other))
            gap = self._missing(takes)
            chosen = self._choose_number([(takes, best), (gap, self._nothing(best))], other, None)
            choose = min if op == "min" else max
            if best.den.constant is not None and other.den.constant is not None:
                ends = [Fraction(n.num.low, n.den.constant or 1) for n in (best, other)]
                tops = [Fraction(n.num.high, n.den.constant or 1) for n in (best, other)]
                den = chosen.den.constant or 1
                bound = replace(chosen.num, low=int(choose(ends) * den), high=int(choose(tops) * den))
                # narrower bounds must not claim a narrower column than there is
                chosen = replace(chosen, num=bound if bound.width == chosen.num.width else chosen.num)
            return self._settled(chosen)

        return reduce(less, self._common(numbers))

    @_render.register
    def _(self, node: tree.Whole) -> Rendered[E]:
        of = self.number(node.of)
        if of.den.constant == 1:
            return of
        width = max(of.num.width, of.den.width)
        piece = self._join(
            self.engine.floor_divide, self._as_width(of.num, width), self._as_width(of.den, width)
        )
        least = of.den.constant or 1
        low, high = of.num.low // (least if of.num.low > 0 else 1), of.num.high // least
        if of.den.constant is not None:
            low = of.num.low // of.den.constant
        bound = Int(piece, min(low, of.num.low, 0), high)
        if bound.width < width:
            bound = replace(bound, high=of.num.high, low=of.num.low)
        return Number(bound, self._constant(1), of.open)

    @_render.register
    def _(self, node: tree.Choose) -> Rendered[E]:
        test = self.truth(node.test)
        holds, fails = test.value, self._not(test.value)
        if node.type == "truth":
            return self._choose_truth(test, self.truth(node.yes), self.truth(node.no))
        if node.type == "score":
            return self._choose_score(test, self.score(node.yes), self.score(node.no))
        yes, no = self._settled(self.number(node.yes)), self._settled(self.number(node.no))
        same = self._compare("=", yes, no)
        number = self._settled(
            self._choose_number([(holds, yes), (fails, no), (same, yes)], self._nothing(yes), None)
        )
        open = self._open_choice(test, yes.open, no.open)
        settled = self._not(self._missing(number.num.piece))
        return replace(number, open=self._unless(settled, open))

    def _open_choice(self, test: Truth[E], yes: Piece[E] | None, no: Piece[E] | None) -> Piece[E] | None:
        everything = self._masks_of((test.open, yes, no))
        if everything is None:
            return None
        return self._case(
            [(test.value, yes or self._no_bits), (self._not(test.value), no or self._no_bits)], everything
        )

    def _unless(self, settled: Piece[E], mask: Piece[E] | None) -> Piece[E] | None:
        return None if mask is None else self._case([(settled, self._no_bits)], mask)

    def _choose_truth(self, test: Truth[E], yes: Truth[E], no: Truth[E]) -> Truth[E]:
        value = self.column(
            self._any(
                self._all(test.value, yes.value),
                self._all(self._not(test.value), no.value),
                self._all(yes.value, no.value),
            )
        )
        open = self._mask_where(self._missing(value), self._open_choice(test, yes.open, no.open))
        return Truth(value, open)

    def _choose_score(self, test: Truth[E], yes: Score[E], no: Score[E]) -> Score[E]:
        cases = [(test.value, 0), (self._not(test.value), 1)]
        ends = []
        for op, numbers in (("min", (yes.low, no.low)), ("max", (yes.high, no.high))):
            hull = self._extreme("min" if op == "min" else "max", numbers) if test.open else numbers[1]
            chosen = [(case, numbers[index]) for case, index in cases]
            ends.append(self._settled(self._choose_number(chosen, hull, None)))
        low, high = ends
        if test.open is None and yes.low is yes.high and no.low is no.high:
            return Score(low, low)
        open = self._mask_where(self._compare("<", low, high), self._open_choice(test, yes.open, no.open))
        return Score(low, high, open)

    @_render.register
    def _(self, node: tree.Step) -> Rendered[E]:
        of = self._settled(self.number(node.of))
        op: Comparison = ">=" if node.rising and node.closed else ">" if node.rising else "<="
        if not node.rising and not node.closed:
            op = "<"
        gap = self._missing(of.num.piece)
        values = self._common(
            [self._fraction(value) for _, value in node.steps] + [self._fraction(node.otherwise)]
        )
        cases = [(gap, self._nothing(values[0]))] if of.open is not None else []
        cases += [
            (self._compare(op, of, self._fraction(mark)), value)
            for (mark, _), value in zip(node.steps, values, strict=False)
        ]
        return self._choose_number(cases, values[-1], of.open)

    @_render.register
    def _(self, node: tree.DaysBetween) -> Rendered[E]:
        start, end = self._plain(node.start), self._plain(node.end)
        piece = self._join(self.engine.days_between, start.piece, end.piece)
        days = Int(piece, -4_000_000, 4_000_000)
        return Number(days, self._constant(1), self._masks_of((start.open, end.open)))

    @_render.register
    def _(self, node: tree.YearOf) -> Rendered[E]:
        of = self._plain(node.of)
        year = Int(self._join(self.engine.year, of.piece), 0, 9999)
        return Number(year, self._constant(1), of.open)

    def _plain(self, node: Node) -> Plain[E]:
        done = self.of(node)
        assert isinstance(done, Plain)
        return done

    @_render.register
    def _(self, node: tree.Compare) -> Rendered[E]:
        left, right = self.of(node.left), self.of(node.right)
        if isinstance(left, Number) and isinstance(right, Number):
            return Truth(self._compare(node.op, left, right), self._masks_of((left.open, right.open)))
        assert isinstance(left, Plain)
        assert isinstance(right, Plain)
        value = self._join(lambda a, b: self.engine.compare(node.op, a, b), left.piece, right.piece)
        return Truth(value, self._masks_of((left.open, right.open)))

    @_render.register
    def _(self, node: tree.Growth) -> Rendered[E]:
        base, end, rate = self.number(node.base), self.number(node.end), self.number(node.rate)
        factor = Number(self._plus(rate.num, rate.den, 1), rate.den)
        grown = Number(base.num, base.den)
        for _ in range(node.years):
            grown = Number(self._times(grown.num, factor.num), self._times(grown.den, factor.den))
        reached = self._compare(node.op, end, grown)
        positive = self._compare_ints(">", base.num, self._constant(0))
        value = self._case([(positive, reached)], Piece(self.engine.missing("truth")))
        no_base = self._join(
            lambda expr: self.engine.first_known(self.engine.opposite(expr), self.engine.truth(False)),
            positive,
        )
        open = self._masks_of((base.open, end.open, rate.open, self._mask_where_of(no_base, node.base)))
        return Truth(value, open)

    @_render.register
    def _(self, node: tree.Member) -> Rendered[E]:
        of = self._plain(node.of)
        piece = self._join(lambda expr: self.engine.is_among(expr, node.among, prefix=node.prefix), of.piece)
        return Truth(piece, of.open)

    @_render.register
    def _(self, node: tree.Logic) -> Rendered[E]:
        if not node.parts:
            return Truth(Piece(self.engine.truth(node.op == "all")))
        parts = [self.truth(part) for part in node.parts]
        if len(parts) == 1:
            return parts[0]
        joined = (self._all if node.op == "all" else self._any)(*(part.value for part in parts))
        mask = self._masks_of(part.open for part in parts)
        if mask is None:
            return Truth(joined)
        value = self.column(joined)
        return Truth(value, self.column(self._case([(self._missing(value), mask)], self._no_bits)))

    @_render.register
    def _(self, node: tree.Not) -> Rendered[E]:
        of = self.truth(node.of)
        return Truth(self._not(of.value), of.open)

    @_render.register
    def _(self, node: tree.Known) -> Rendered[E]:
        of = self.of(node.of)
        if isinstance(of, Score):
            return Truth(Piece(self.engine.truth(True)))
        piece = of.num.piece if isinstance(of, Number) else of.value if isinstance(of, Truth) else of.piece
        return Truth(self._not(self._missing(piece)))

    @_render.register
    def _(self, node: tree.Exists) -> Rendered[E]:
        events = self._plain(node.events)
        where = self._inside(node.where)
        assert isinstance(where, Truth)
        most = self.column(self._join(self.engine.strongest, events.piece, where.value))
        level = Int(most, 0, 2)
        sure, doubt = (self._compare_ints("=", level, self._constant(mark)) for mark in (2, 1))
        nothing = Piece(self.engine.missing("truth"))
        value = self._case(
            [
                (sure, Piece(self.engine.truth(True))),
                (doubt, nothing),
                (self._missing(events.piece), nothing),
            ],
            Piece(self.engine.truth(False)),
        )
        listed = self._join(lambda expr: self.engine.first_known(expr, self.engine.truth(False)), doubt)
        return Truth(value, self._masks_of((events.open, self._mask_where_of(listed, node.events))))

    @_render.register
    def _(self, node: tree.Sum) -> Rendered[E]:
        events = self._plain(node.events)
        where, value = self._inside(node.where), self._inside(node.value)
        assert isinstance(where, Truth)
        assert isinstance(value, Number)
        if value.den.constant is None:
            raise ExpressionError(
                "明细求和里不能除以明细的字段", "a sum over elements cannot divide by a field of the element"
            )
        met = self._join(self.engine.first_known, where.value, Piece(self.engine.truth(False)))
        gap = self._any(
            self._missing(where.value),
            self._all(met, self._missing(value.num.piece)),
        )
        amount = self._case(
            [(met, self._join(self.engine.first_known, value.num.piece, self._constant(0).piece))]
            if value.num.width == NARROW
            else [
                (
                    met,
                    self._join(self.engine.first_known, value.num.piece, Piece(self.engine.whole(0, BROAD))),
                )
            ],
            Piece(self.engine.whole(0, value.num.width)),
        )
        low, high = (min(value.num.low, 0) * MOST_ELEMENTS, max(value.num.high, 0) * MOST_ELEMENTS)
        self._fits(low, high)
        broad = amount if value.num.width == BROAD else self._join(self.engine.widen, amount)
        total = self._join(self.engine.sum_elements, events.piece, broad)
        doubt = self.column(self._join(self.engine.any_element, events.piece, gap))
        piece = self._case([(doubt, Piece(self.engine.missing("number", BROAD)))], total)
        num = Int(self.column(piece), min(low, -_NARROWEST - 1), max(high, _NARROWEST + 1))
        listed = self._join(lambda expr: self.engine.first_known(expr, self.engine.truth(False)), doubt)
        return Number(num, value.den, self._masks_of((events.open, self._mask_where_of(listed, node.events))))

    def _inside(self, node: Node) -> Rendered[E]:
        """A node over the fields of an element: it has no columns of its own."""
        return _Inside(self.engine, self.bits).of(node)

    @_render.register
    def _(self, node: tree.Field) -> Rendered[E]:
        value = Piece(self.engine.field(node))
        if node.type == "number":
            num = Int(value, int(node.low * 10**node.scale), int(node.high * 10**node.scale))
            return Number(num, self._constant(10**node.scale), self._no_bits)
        return Truth(value, self._no_bits) if node.type == "truth" else Plain(value, self._no_bits)

    # Scores

    @_render.register
    def _(self, node: tree.Points) -> Rendered[E]:
        of = self.number(node.of)
        if of.open is None:
            return Score(of, of)
        of = self._settled(of)
        low, high = self._filled(of, node.low), self._filled(of, node.high)
        return Score(low, high, of.open if node.low < node.high else None)

    @_render.register
    def _(self, node: tree.Range) -> Rendered[E]:
        low = self._fraction(node.low)
        return Score(low, low if node.low == node.high else self._fraction(node.high))

    @_render.register
    def _(self, node: tree.Judged) -> Rendered[E]:
        given, band = self.number(node.judgement), self.score(node.range)
        absent = self._missing(given.num.piece)
        low = self._choose_number([(absent, band.low)], replace(given, open=None), None)
        high = self._choose_number([(absent, band.high)], replace(given, open=None), None)
        wide = self._all(absent, self._compare("<", band.low, band.high))
        return Score(low, high, self._mask_where(wide, self._masks_of((band.open, given.open))))

    @_render.register
    def _(self, node: tree.Total) -> Rendered[E]:
        parts = [self.score(part) for part in node.parts]
        low = self._added([part.low for part in parts])
        same = all(part.low is part.high for part in parts)
        high = low if same else self._added([part.high for part in parts])
        open = self._masks_of(part.open for part in parts)
        if node.cap is None:
            return Score(low, high, open)
        cap = self._fraction(node.cap)
        low = self._extreme("min", [self._settled(low), cap])
        high = low if same else self._extreme("min", [self._settled(high), cap])
        return Score(low, high, self._mask_where(self._compare("<", low, high), open))

    def _added(self, numbers: Sequence[Number[E]]) -> Number[E]:
        total = self._common(numbers)[0]
        for number in self._common(numbers)[1:]:
            if total.den is number.den or (
                total.den.constant is not None and total.den.constant == number.den.constant
            ):
                total = Number(self._plus(total.num, number.num, 1), total.den)
            else:
                num = self._plus(self._times(total.num, number.den), self._times(number.num, total.den), 1)
                total = Number(num, self._times(total.den, number.den))
        return total

    @_render.register
    def _(self, node: tree.Best) -> Rendered[E]:
        parts = [self._kept_score(self.score(part)) for part in node.parts]
        low = self._extreme(node.op, [part.low for part in parts])
        high = self._extreme(node.op, [part.high for part in parts])
        able = []
        for part in parts:
            still = (
                self._compare(">", part.high, low) if node.op == "max" else self._compare("<", part.low, high)
            )
            able.append(self._mask_where(still, part.open))
        open = self._mask_where(self._compare("<", low, high), self._masks_of(able))
        return Score(low, high, open)

    def _kept_score(self, score: Score[E]) -> Score[E]:
        kept = self._kept(score)
        assert isinstance(kept, Score)
        return kept

    @_render.register
    def _(self, node: tree.Reaches) -> Rendered[E]:
        score, mark = self.score(node.score), self._fraction(node.mark)
        at_low, at_high = self._compare(node.op, score.low, mark), self._compare(node.op, score.high, mark)
        if score.open is None:
            return Truth(at_low)
        if node.op in ("=", "!="):
            above, below = self._compare(">", score.low, mark), self._compare("<", score.high, mark)
            outside = self._any(above, below)
            one = self._compare("=", score.low, score.high)
            no = Piece(self.engine.truth(node.op == "!="))
            value = self._case([(one, at_low), (outside, no)], Piece(self.engine.missing("truth")))
        else:
            sure, never = (at_low, at_high) if node.op in (">", ">=") else (at_high, at_low)
            value = self._case(
                [(sure, Piece(self.engine.truth(True))), (self._not(never), Piece(self.engine.truth(False)))],
                Piece(self.engine.missing("truth")),
            )
        value = self.column(value)
        return Truth(value, self._mask_where(self._missing(value), score.open))


class _Inside(Rendering[E]):
    """Inside an element everything is one expression; whatever is open is told by the list as a whole."""

    def column(self, piece: Piece[E]) -> Piece[E]:
        return piece
