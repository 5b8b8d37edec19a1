"""Operations over the elements of a list (明细).

`where` and `value` are made of fields and constants only, and are no children: they have a value for an
element, none for the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gaoxin.compute.dims import Dims
from gaoxin.compute.tree.base import Node, Type


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Exists(Node):
    """Is there an element that meets `where`? Open if the list is missing, or if none does but one might."""

    events: Node
    where: Node

    def children(self) -> Iterator[Node]:
        yield self.events

    @property
    def type(self) -> Type:
        return "truth"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Sum(Node):
    """The sum of `value` over the elements that meet `where`; 0 if none does.

    Missing: if the list is missing, if `where` is open for an element, or a value that counts is missing.
    """

    events: Node
    where: Node
    value: Node

    def children(self) -> Iterator[Node]:
        yield self.events

    @property
    def type(self) -> Type:
        return "number"

    @property
    def dims(self) -> Dims:
        return self.value.dims
