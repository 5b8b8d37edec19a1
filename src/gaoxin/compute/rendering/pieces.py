"""What a node becomes: expressions, whole numbers with bounds, numbers, truths and scores (求值结果)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic

from gaoxin.compute.engines import BROAD, HALF, NARROW, SHORT, TINY, WIDTHS, E

NARROWEST, BROADEST = 2**63 - 1, 10**38 - 1
PACKED = -1
_ROOM = {TINY: 2**7 - 1, SHORT: 2**15 - 1, HALF: 2**31 - 1, NARROW: NARROWEST, BROAD: BROADEST}


def width_for(low: int, high: int, least: int = TINY) -> int:
    """The smallest width, from `least` on, in which whole numbers between two bounds have room."""
    size = max(abs(low), abs(high))
    return next((width for width in WIDTHS if width >= least and size <= _ROOM[width]), BROAD)


@dataclass(frozen=True, slots=True, eq=False)
class Piece(Generic[E]):
    """An expression, and the stage whose columns it reads. `plain`: reading it again costs nothing."""

    expr: E
    stage: int = 0
    plain: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Int(Generic[E]):
    """A whole number within static bounds, in a column of some width.

    `constant`: if it is the same for every subject; it then has any width it is asked for.
    """

    piece: Piece[E]
    low: int
    high: int
    width: int
    constant: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Mask(Generic[E]):
    """An open set: by bit the truths that say where it is set, none of them ever open.

    Where an engine keeps no planes, one whole number under PACKED. Empty if nothing is told of it.
    """

    planes: Mapping[int, Piece[E]]


@dataclass(frozen=True, slots=True, eq=False)
class Number(Generic[E]):
    """num ÷ den, den above zero; missing where num is. `open`: None if it never is."""

    num: Int[E]
    den: Int[E]
    open: Mask[E] | None = None


@dataclass(frozen=True, slots=True)
class Truth(Generic[E]):
    """true, false, or open."""

    value: Piece[E]
    open: Mask[E] | None = None


@dataclass(frozen=True, slots=True)
class Score(Generic[E]):
    """From what is certain to what is possible; never missing. One number if the two are the same object."""

    low: Number[E]
    high: Number[E]
    open: Mask[E] | None = None


@dataclass(frozen=True, slots=True)
class Plain(Generic[E]):
    """A date or a text."""

    piece: Piece[E]
    open: Mask[E] | None = None


Rendered = Number[E] | Truth[E] | Score[E] | Plain[E]
