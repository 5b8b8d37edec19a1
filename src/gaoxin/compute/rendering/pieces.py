"""What a node becomes: expressions, whole numbers with bounds, numbers, truths and scores (求值结果)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from gaoxin.compute.engines import BROAD, NARROW, E

NARROWEST, BROADEST = 2**63 - 1, 10**38 - 1


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
        return NARROW if max(abs(self.low), abs(self.high)) <= NARROWEST else BROAD


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
