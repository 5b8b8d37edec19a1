"""Titles that only somebody who has them could get: found before anybody waits for one (称号循环)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from gaoxin.compute import tree

if TYPE_CHECKING:
    from gaoxin.rules.compiling import CompiledRule

Kinds = frozenset[str]


def required_titles(compiled: CompiledRule) -> list[Kinds]:
    """Sets of titles of which a rule asks one each; a condition that a direct route replaces asks none."""
    asked: list[Kinds] = []
    waiting = [held.own for held in compiled.conditions if held.direct is None]
    while waiting:
        node = waiting.pop()
        match node:
            case tree.Logic(op="all", parts=parts):
                waiting += parts
            case tree.Exists(events=tree.Leaf(metric="titles"), where=where):
                asked += [kinds] if (kinds := _kinds(where)) else []
    return asked


def circles(rules: Mapping[str, tuple[str, Iterable[Kinds]]]) -> list[str]:
    """The rules whose title nobody can come to, sorted. A title that no rule grants comes from elsewhere.

    Shapes: rule → (the title it grants, the sets of which one title each is asked).
    """
    granted = {title for title, _ in rules.values()}
    held: set[str] = set()
    left = {rule: (title, list(asked)) for rule, (title, asked) in rules.items()}
    while reached := [
        rule for rule, (_, asked) in left.items() if all(kinds & held or kinds - granted for kinds in asked)
    ]:
        held |= {left.pop(rule)[0] for rule in reached}
    return sorted(left)


def _kinds(where: tree.Node) -> Kinds:
    return frozenset(_named(where))


def _named(where: tree.Node) -> Iterator[str]:
    match where:
        case tree.Logic(op="all", parts=parts):
            for part in parts:
                yield from _named(part)
        case tree.Member(of=tree.Field(name="kind"), among=among, prefix=False):
            yield from among
