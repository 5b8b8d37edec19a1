"""What a rendering needs from an engine: some thirty small operations, spelled its own way (引擎).

`rendering` holds the meaning of every node once; Polars and Spark differ only in the spelling below and in
what `unsupported` lists. All truths are three-valued; a comparison with a missing value is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from gaoxin.compute.tree import Comparison, Field, Leaf, Type

E = TypeVar("E")

# Widths of whole numbers, in bits. Inputs are narrow; what is certainly small may be smaller still.
TINY, SHORT, HALF, NARROW, BROAD = 8, 16, 32, 64, 128
WIDTHS = (TINY, SHORT, HALF, NARROW, BROAD)
# What an element for which a test holds adds to the weight of its list; one for which it is open adds 1.
SURE = 2**32


class Engine(Protocol[E]):
    """One engine's spelling; E is its expression.

    `least`: the smallest width it computes in. `planes`: an open set is a truth column per metric until it is
    told, which costs a column store next to nothing; else it is one whole number all along.
    """

    @property
    def least(self) -> int: ...
    @property
    def planes(self) -> bool: ...
    def column(self, name: str) -> E:
        """A column that an earlier stage or the frame holds."""

    def leaf(self, leaf: Leaf) -> E:
        """The column of an input; missing for every subject where the frame lacks it."""

    def field(self, field: Field) -> E:
        """A field of the element at hand."""

    def whole(self, value: int, width: int) -> E: ...
    def truth(self, value: bool) -> E: ...
    def day(self, value: date) -> E: ...
    def missing(self, kind: Type, width: int = NARROW) -> E: ...
    def resize(self, of: E, width: int) -> E:
        """A whole number in another width, in which its bounds have room."""

    def add(self, left: E, right: E) -> E: ...
    def subtract(self, left: E, right: E) -> E: ...
    def multiply(self, left: E, right: E) -> E: ...
    def floor_divide(self, left: E, right: E, *, width: int, most: int) -> E:
        """The largest whole number not above left ÷ right; right is above zero where left is known.

        Both are of one width, the quotient too, and `most` is the largest it can get, whatever its sign.
        """

    def negative(self, of: E) -> E: ...
    def compare(self, op: Comparison, left: E, right: E) -> E: ...
    def both(self, parts: Sequence[E]) -> E: ...
    def either(self, parts: Sequence[E]) -> E: ...
    def opposite(self, of: E) -> E: ...
    def is_missing(self, of: E) -> E:
        """Never missing itself."""

    def first_known(self, first: E, second: E) -> E: ...
    def when(self, cases: Sequence[tuple[E, E]], otherwise: E) -> E:
        """The value of the first case whose test holds; an open test does not hold."""

    def bit(self, test: E, bit: int) -> E:
        """Bit number `bit` set where a test that is never open holds, else 0."""

    def join_bits(self, parts: Sequence[E]) -> E: ...
    def gather_bits(self, planes: Mapping[int, E]) -> E:
        """The bits whose truths hold, as a narrow whole number; no truth is open."""

    def no_bits(self) -> E: ...
    def is_among(self, of: E, texts: Sequence[str], *, prefix: bool) -> E: ...
    def days_between(self, start: E, end: E) -> E:
        """In the half width, or the least if that is more; so is `year`."""

    def year(self, of: E) -> E: ...
    def any_element(self, events: E, test: E) -> E:
        """Does `test`, which is never open, hold for an element? Missing for a missing list."""

    def weight(self, events: E, test: E) -> E:
        """At least SURE if `test` holds for an element, else above 0 if it is open for one; missing for a
        missing list.
        """

    def sum_elements(self, events: E, value: E) -> E:
        """The broad sum of `value`, which is never missing; 0 for an empty list, missing for none."""
