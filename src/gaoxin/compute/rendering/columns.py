"""Columns of their own, cases, three-valued logic and open sets as bits (列与位)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic

from gaoxin.compute import tree
from gaoxin.compute.engines import E, Engine
from gaoxin.compute.rendering.pieces import (
    Int,
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
    _masks: dict[str, Piece[E]] = field(default_factory=dict)
    _columns: int = 0

    # Columns of their own

    def column(self, piece: Piece[E]) -> Piece[E]:
        """The piece as a column that later stages read."""
        self._columns += 1
        name = f"_{self._columns}"
        while len(self.stages) <= piece.stage:
            self.stages.append([])
        self.stages[piece.stage].append((name, piece.expr))
        return Piece(self.engine.column(name), piece.stage + 1)

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

    def mask_column(self, mask: Piece[E] | None) -> Piece[E] | None:
        return None if mask is None else self.column(mask)

    def kept_truth(self, of: Truth[E]) -> Truth[E]:
        """A truth that is read several times: its value as a column."""
        return Truth(self.column(of.value), of.open)

    def may_hold(self, test: Piece[E]) -> Piece[E]:
        """True where a test holds or is open."""
        return self.join(lambda expr: self.engine.first_known(expr, self.engine.truth(True)), test)

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
        return self.join(self.engine.is_missing, of)

    def masks_of(self, parts: Iterable[Piece[E] | None]) -> Piece[E] | None:
        held = [part for part in dict.fromkeys(parts) if part is not None]
        if len(held) < 2:
            return held[0] if held else None
        return self.join(lambda *exprs: self.engine.join_bits(exprs), *held)

    def mask_where(self, test: Piece[E], mask: Piece[E] | None) -> Piece[E] | None:
        """The mask where a test holds, nothing elsewhere."""
        return None if mask is None else self.case([(test, mask)], self.no_bits)

    @property
    def no_bits(self) -> Piece[E]:
        return Piece(self.engine.no_bits())

    def mask_of_leaf(self, leaf: tree.Leaf, value: Piece[E]) -> Piece[E]:
        if leaf.column not in self._masks:
            bit = self.bits[leaf.metric]
            mask = self.join(lambda expr: self.engine.bit(self.engine.is_missing(expr), bit), value)
            self._masks[leaf.column] = self.column(mask)
        return self._masks[leaf.column]

    def mask_where_of(self, test: Piece[E], node: Node) -> Piece[E]:
        """Every metric of a node, where a test that is never open holds."""
        bits = [
            self.join(lambda expr, bit=bit: self.engine.bit(expr, bit), test)
            for bit in sorted({self.bits[leaf.metric] for leaf in tree.leaves(node)})
        ]
        mask = self.masks_of(bits)
        return self.no_bits if mask is None else mask
