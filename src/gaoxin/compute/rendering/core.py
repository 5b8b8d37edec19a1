"""Every node once: its parts first, then itself, by the renderer of its kind (求值核心)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gaoxin.compute.engines import E
from gaoxin.compute.rendering.pieces import (
    Number,
    Piece,
    Plain,
    Rendered,
    Score,
    Truth,
)
from gaoxin.compute.rendering.rationals import Rationals
from gaoxin.compute.tree import Node

_RENDERERS: dict[type[Node], Callable[..., Any]] = {}


def renders(kind: type[Node]) -> Callable[[Callable[..., Rendered[E]]], Callable[..., Rendered[E]]]:
    """Says that a function renders nodes of a kind."""

    def note(function: Callable[..., Rendered[E]]) -> Callable[..., Rendered[E]]:
        _RENDERERS[kind] = function
        return function

    return note


@dataclass(slots=True)
class Rendering(Rationals[E]):
    """Nodes rendered for one engine. `shared`: nodes that become columns of their own."""

    shared: frozenset[Node] = frozenset()
    done: dict[Node, Rendered[E]] = field(default_factory=dict)

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
        """The node rendered, once, with the parts it needs. Raises: ExpressionError if it grows too large."""
        if node not in self.done:
            done = _RENDERERS[type(node)](self, node)
            self.done[node] = self.kept(done) if node in self.shared else done
        return self.done[node]

    def plain(self, node: Node) -> Plain[E]:
        done = self.of(node)
        assert isinstance(done, Plain)
        return done


class Inside(Rendering[E]):
    """Inside an element everything is one expression; whatever is open is told by the list as a whole."""

    def column(self, piece: Piece[E]) -> Piece[E]:
        return piece
