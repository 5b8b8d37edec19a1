"""What every node of a tree has in common, and how nodes are made and walked (节点)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal, TypeVar
from weakref import WeakValueDictionary

from gaoxin.compute.dims import NONE, Dims

Type = Literal["number", "truth", "date", "text", "events", "score"]
Comparison = Literal["<", "<=", "=", "!=", ">=", ">"]
N = TypeVar("N", bound="Node")
_MADE: WeakValueDictionary[tuple[Any, ...], Node] = WeakValueDictionary()


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Node(ABC):
    """A part of a tree. Made by the functions below, never directly."""

    @property
    @abstractmethod
    def type(self) -> Type:
        """What kind of value it has."""

    @property
    def dims(self) -> Dims:
        return NONE

    def children(self) -> Iterator[Node]:
        """The parts it is made of, in the order they are written."""
        for declared in fields(self):
            held = getattr(self, declared.name)
            if isinstance(held, Node):
                yield held
            elif isinstance(held, tuple):
                yield from _nodes(held)


def _nodes(held: tuple[Any, ...]) -> Iterator[Node]:
    for part in held:
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from _nodes(part)


# A node never changes, and explaining one enterprise walks the same rules again and again.
@lru_cache(maxsize=100_000)
def _children(node: Node) -> tuple[Node, ...]:
    return tuple(node.children())


def made(kind: Callable[..., N], *parts: Any) -> N:
    """The one node of this kind with these parts."""
    key = (kind, *parts)
    found = _MADE.get(key)
    if found is None:
        found = kind(*parts)
        _MADE[key] = found
    return found  # type: ignore[return-value]


def walk(*roots: Node) -> Iterator[Node]:
    """Every node below the roots once, parts before wholes."""
    seen: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(_children(node)))
