"""Columns of their own, cases, three-valued logic and open sets as bits (列与位)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic

from gaoxin.compute import tree
from gaoxin.compute.engines import E, Engine
from gaoxin.compute.rendering.pieces import (
    PACKED,
    Int,
    Mask,
    Number,
    Piece,
    Rendered,
    Score,
    Truth,
)
from gaoxin.compute.tree import Node


@dataclass(slots=True)
class Columns(Generic[E]):
    """What every rendering does with expressions.

    `bits`: the bit of each metric that can keep something open. `stages`: columns to add, stage by stage.
    """

    engine: Engine[E]
    bits: Mapping[str, int]
    stages: list[list[tuple[str, E]]] = field(default_factory=list)
    _masks: dict[str, Mask[E]] = field(default_factory=dict)
    _columns: int = 0

    # Columns of their own

    def column(self, piece: Piece[E]) -> Piece[E]:
        """The piece as a column that later stages read."""
        if piece.plain:
            return piece
        self._columns += 1
        name = f"_{self._columns}"
        while len(self.stages) <= piece.stage:
            self.stages.append([])
        self.stages[piece.stage].append((name, piece.expr))
        return Piece(self.engine.column(name), piece.stage + 1, plain=True)

    def kept(self, done: Rendered[E]) -> Rendered[E]:
        if isinstance(done, Number):
            return Number(self.int_column(done.num), self.int_column(done.den), self.mask_column(done.open))
        if isinstance(done, Truth):
            return Truth(self.column(done.value), self.mask_column(done.open))
        if isinstance(done, Score):
            low = Number(self.int_column(done.low.num), self.int_column(done.low.den))
            same = done.low is done.high
            high = low if same else Number(self.int_column(done.high.num), self.int_column(done.high.den))
            return Score(low, high, self.mask_column(done.open))
        return done

    def int_column(self, of: Int[E]) -> Int[E]:
        return of if of.constant is not None else replace(of, piece=self.column(of.piece))

    def mask_column(self, mask: Mask[E] | None) -> Mask[E] | None:
        if mask is None:
            return None
        return Mask({bit: self.column(plane) for bit, plane in mask.planes.items()})

    def kept_truth(self, of: Truth[E]) -> Truth[E]:
        """A truth that is read several times: its value as a column."""
        return Truth(self.column(of.value), of.open)

    def may_hold(self, test: Piece[E]) -> Piece[E]:
        """True where a test holds or is open."""
        return self.join(lambda expr: self.engine.first_known(expr, self.engine.truth(True)), test)

    def holds(self, test: Piece[E]) -> Piece[E]:
        """True where a test holds, false where it fails or is open."""
        return self.join(lambda expr: self.engine.first_known(expr, self.engine.truth(False)), test)

    # Small parts

    def join(self, spell: Callable[..., E], *pieces: Piece[E]) -> Piece[E]:
        return Piece(spell(*(piece.expr for piece in pieces)), max(piece.stage for piece in pieces))

    def case(self, cases: Sequence[tuple[Piece[E], Piece[E]]], otherwise: Piece[E]) -> Piece[E]:
        pieces = [piece for case in cases for piece in case]
        stage = max(piece.stage for piece in (*pieces, otherwise))
        spelled = [(test.expr, value.expr) for test, value in cases]
        return Piece(self.engine.when(spelled, otherwise.expr), stage)

    def every(self, *parts: Piece[E]) -> Piece[E]:
        return self.join(lambda *exprs: self.engine.both(exprs), *parts)

    def some(self, *parts: Piece[E]) -> Piece[E]:
        return self.join(lambda *exprs: self.engine.either(exprs), *parts)

    def opposite(self, of: Piece[E]) -> Piece[E]:
        return self.join(self.engine.opposite, of)

    def missing(self, of: Piece[E]) -> Piece[E]:
        return Piece(self.engine.is_missing(of.expr), of.stage, plain=of.plain and self.engine.planes)

    # Open sets

    def masks_of(self, parts: Iterable[Mask[E] | None]) -> Mask[E] | None:
        """All that is open in some parts."""
        held = [part for part in dict.fromkeys(parts) if part is not None]
        if len(held) < 2:
            return held[0] if held else None
        planes: dict[int, dict[Piece[E], None]] = {}
        for mask in held:
            for bit, plane in mask.planes.items():
                planes.setdefault(bit, {})[plane] = None
        spell = self.engine.either if self.engine.planes else self.engine.join_bits
        return Mask(
            {
                bit: self.join(lambda *exprs: spell(exprs), *found) if len(found) > 1 else next(iter(found))
                for bit, found in planes.items()
            }
        )

    def mask_where(self, test: Piece[E], mask: Mask[E] | None, *, sure: bool = False) -> Mask[E] | None:
        """The mask where a test holds, nothing elsewhere. `sure`: the test is never open."""
        if mask is None or not mask.planes:
            return mask
        if not self.engine.planes:
            return self._packed(lambda held: self.case([(test, held)], self.no_bits), mask)
        return self._cut(mask, test if sure else self.holds(test))

    def mask_unless(self, test: Piece[E], mask: Mask[E] | None) -> Mask[E] | None:
        """The mask where a test does not hold: where it fails or is open."""
        if mask is None or not mask.planes:
            return mask
        if not self.engine.planes:
            return self._packed(lambda held: self.case([(test, self.no_bits)], held), mask)
        return self._cut(mask, self.opposite(self.holds(test)))

    def mask_of_choice(self, test: Truth[E], yes: Mask[E] | None, no: Mask[E] | None) -> Mask[E] | None:
        """What keeps a choice open: its test, and the branch the test leads to, or may lead to."""
        everything = self.masks_of((test.open, yes, no))
        if everything is None or not everything.planes:
            return everything
        if self.engine.planes:
            return self.masks_of(
                (
                    test.open,
                    self.mask_where(self.may_hold(test.value), yes, sure=True),
                    self.mask_unless(test.value, no),
                )
            )
        held, fails = [self.packed(mask) for mask in (yes, no)], self.opposite(test.value)
        # a column, as ladders read the open set of each choice twice: in its case and in everything
        chosen = self.case([(test.value, held[0]), (fails, held[1])], self.packed(everything))
        return Mask({PACKED: self.column(chosen)})

    def packed(self, mask: Mask[E] | None) -> Piece[E]:
        """An open set as one whole number."""
        if mask is None or not mask.planes:
            return self.no_bits
        if not self.engine.planes:
            return mask.planes[PACKED]
        bits = sorted(mask.planes)
        return self.join(
            lambda *exprs: self.engine.gather_bits(dict(zip(bits, exprs, strict=True))),
            *(mask.planes[bit] for bit in bits),
        )

    def any_of(self, mask: Mask[E] | None, bits: Iterable[int]) -> Piece[E]:
        """Is one of some bits open? Where the engine keeps planes."""
        held = [mask.planes[bit] for bit in bits if mask is not None and bit in mask.planes]
        return self.some(*held) if held else Piece(self.engine.truth(False))

    def _packed(self, spell: Callable[[Piece[E]], Piece[E]], mask: Mask[E]) -> Mask[E]:
        return Mask({PACKED: spell(mask.planes[PACKED])})

    def _cut(self, mask: Mask[E], test: Piece[E]) -> Mask[E]:
        kept = self.column(test) if len(mask.planes) > 1 else test
        return Mask({bit: self.every(plane, kept) for bit, plane in mask.planes.items()})

    @property
    def no_bits(self) -> Piece[E]:
        return Piece(self.engine.no_bits())

    def mask_of_leaf(self, leaf: tree.Leaf, value: Piece[E]) -> Mask[E]:
        if leaf.column not in self._masks:
            bit = self.bits[leaf.metric]
            if self.engine.planes:
                gap = self.missing(value)
                self._masks[leaf.column] = Mask({bit: gap if value.plain else self.column(gap)})
            else:
                mask = self.join(lambda expr: self.engine.bit(self.engine.is_missing(expr), bit), value)
                self._masks[leaf.column] = Mask({PACKED: self.column(mask)})
        return self._masks[leaf.column]

    def mask_where_of(self, test: Piece[E], node: Node) -> Mask[E]:
        """Every metric of a node, where a test that is never open holds."""
        bits = sorted({self.bits[leaf.metric] for leaf in tree.leaves(node)})
        if self.engine.planes:
            held = self.column(test) if len(bits) > 1 else test
            return Mask(dict.fromkeys(bits, held))
        if not bits:
            return Mask({})
        marks = [self.join(lambda expr, bit=bit: self.engine.bit(expr, bit), test) for bit in bits]
        if len(marks) == 1:
            return Mask({PACKED: marks[0]})
        return Mask({PACKED: self.join(lambda *exprs: self.engine.join_bits(exprs), *marks)})
