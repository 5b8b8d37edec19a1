"""Which names does a text use? Answered without a scope, for gates and for finding circles (引用)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gaoxin.compute.language import syntax
from gaoxin.compute.language.parsing import parse
from gaoxin.compute.language.places import Place
from gaoxin.compute.language.syntax import Syntax

_GIVEN = frozenset({"Y", "ON", "RENEWAL"})
# the keys of a score part whose values are expressions, or hold some
_TEXTS = frozenset(
    {"of", "when", "judged", "table", "each", "from", "to", "points", "most", "cap", "max", "otherwise"}
)
_HOLDERS = frozenset(
    {
        "bands",
        "ladder",
        "linear",
        "steps",
        "best_of",
        "worst_of",
        "parts",
        "part",
        "at_least",
        "above",
        "at_most",
        "below",
    }
)


@dataclass(frozen=True, slots=True)
class Used:
    """What a text refers to. `names`: metrics, definitions and scores; only a scope can tell them apart."""

    names: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()

    def __or__(self, other: Used) -> Used:
        return Used(self.names | other.names, self.parameters | other.parameters, self.rules | other.rules)


def names_used(text: str, place: Place | None = None) -> Used:
    """Names, parameters and rules of a text. Raises: ExpressionError if it cannot be read."""
    names, parameters, rules = set(), set(), set()
    for part, bound in _walk(parse(text, place)):
        match part:
            case syntax.Name(id=name) | syntax.Indexed(id=name) if name not in bound and name not in _GIVEN:
                names.add(name)
            case syntax.Parameter(id=name):
                parameters.add(name)
            case syntax.Passes(rule=rule):
                rules.add(rule)
    return Used(frozenset(names), frozenset(parameters), frozenset(rules))


def names_used_in_part(part: Mapping[str, Any], place: Place | None = None) -> Used:
    """The same for a score part and all parts inside it."""
    used = Used()
    for text in _texts(part):
        used |= names_used(text, place)
    return used


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping):
        for key, value in held.items():
            if key in _TEXTS or key in _HOLDERS:
                yield from _texts(value)
    elif isinstance(held, Sequence):
        for each in held:
            yield from _texts(each)


def _walk(root: Syntax) -> Iterator[tuple[Syntax, frozenset[str]]]:
    stack: list[tuple[Syntax, frozenset[str]]] = [(root, frozenset())]
    while stack:
        part, bound = stack.pop()
        yield part, bound
        inside = bound
        if isinstance(part, syntax.OverYears | syntax.OverElements):
            inside = bound | {part.variable}
        stack.extend((each, inside) for each in syntax.parts_of(part))
