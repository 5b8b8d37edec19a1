"""The tree of an evaluation: indicators at the leaves, one index at the top (指标树)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from gaoxin.core.errors import FrameworkError
from gaoxin.core.issues import Issue
from gaoxin.core.spelling import did_you_mean

Role = Literal["group", "denominator", "other"]


@dataclass(frozen=True, slots=True)
class Node:
    """One indicator or aggregate.

    `direction`: 1 = more is better, −1 = less is better. `weight`: relative to its siblings, None if not
    known. `target`, `denominator` (code of a column), `aggregate` (a method that overrides the recipe's) are
    None where there are none. `verified`: weight and definition were checked at their source.
    `where`: file and line or row, for messages.
    """

    code: str
    zh: str
    en: str = ""
    parent: str | None = None
    weight: float | None = 1.0
    direction: Literal[1, -1] = 1
    unit: str = ""
    target: float | None = None
    denominator: str | None = None
    aggregate: str | None = None
    source: str = ""
    verified: bool = True
    where: str = ""

    def label(self, lang: str = "zh") -> str:
        return self.en or self.zh if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the data that is no indicator: a group of units or a denominator."""

    code: str
    zh: str
    role: Role
    unit: str = ""


@dataclass(frozen=True)
class Framework:
    """A sound tree. Nodes are in the order they were written; every node but one has a parent among them.

    Raises: FrameworkError naming the node and its line for a duplicate code, an unknown parent, a circle,
    several tops or none, and a weight that is negative.
    """

    id: str
    zh: str
    nodes: tuple[Node, ...]
    en: str = ""
    columns: tuple[Column, ...] = ()
    note: str = ""
    _by_code: Mapping[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", _sound(self.nodes))

    def node(self, code: str) -> Node:
        """Raises: FrameworkError with near spellings."""
        found = self._by_code.get(code)
        if found is None:
            zh, en = did_you_mean(code, self._by_code)
            raise FrameworkError(
                f"评价体系里没有 {code}。{zh}", f"The framework has no {code}. {en}", node=code
            )
        return found

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    @cached_property
    def top(self) -> Node:
        return next(node for node in self.nodes if node.parent is None)

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        """The indicators, in the order they were written."""
        return tuple(node for node in self.nodes if not self._children.get(node.code))

    def children(self, code: str) -> tuple[Node, ...]:
        return self._children.get(code, ())

    @cached_property
    def upwards(self) -> tuple[Node, ...]:
        """The aggregates, each after everything below it."""
        return tuple(
            sorted((n for n in self.nodes if self.children(n.code)), key=lambda n: self.level(n.code))
        )

    def level(self, code: str) -> int:
        """1 for an indicator, one more than the highest child for an aggregate."""
        return self._levels[code]

    def ancestors(self, code: str) -> tuple[Node, ...]:
        """From the parent to the top."""
        out, node = [], self.node(code)
        while node.parent is not None:
            node = self._by_code[node.parent]
            out.append(node)
        return tuple(out)

    def share(self, code: str) -> float | None:
        """The weight of a node among its siblings, which sum to 1; None if one of them is not known."""
        node = self.node(code)
        siblings = self.nodes if node.parent is None else self.children(node.parent)
        if node.parent is None:
            return 1.0
        weights = [sibling.weight for sibling in siblings]
        if any(weight is None for weight in weights):
            return None
        total = sum(weight for weight in weights if weight is not None)
        return (node.weight or 0.0) / total if total else None

    @property
    def is_verified(self) -> bool:
        """Every weight was checked at its source; otherwise a result is no official score."""
        return not self.unverified

    @property
    def unverified(self) -> tuple[str, ...]:
        """The nodes that were not checked at their source or have no weight; the top needs none."""
        return tuple(
            node.code
            for node in self.nodes
            if not node.verified or (node.weight is None and node.parent is not None)
        )

    def remarks(self) -> tuple[Issue, ...]:
        """What is said but not refused: weights of siblings that do not sum to 1 or 100 are renormalised."""
        out = []
        for parent in self.upwards:
            weights = [child.weight for child in self.children(parent.code)]
            unknown = sum(weight is None for weight in weights)
            total = sum(weight for weight in weights if weight is not None)
            if unknown:
                out.append(
                    Issue(
                        "framework.weight_unknown",
                        "warning",
                        f"{parent.zh}（{parent.code}）下有 {unknown} 项没有权重",
                        f"{unknown} children of {parent.code} have no weight",
                        file=parent.where or None,
                    )
                )
            elif abs(total - 1) > 1e-9 and abs(total - 100) > 1e-7 and len(set(weights)) > 1:
                out.append(
                    Issue(
                        "framework.weights_renormalised",
                        "info",
                        f"{parent.zh}（{parent.code}）下的权重合计 {total:g}，按合计折算",
                        f"the weights under {parent.code} sum to {total:g}; they are taken as parts of that",
                        file=parent.where or None,
                    )
                )
        return tuple(out)

    @cached_property
    def _children(self) -> Mapping[str, tuple[Node, ...]]:
        held: dict[str, list[Node]] = {}
        for node in self.nodes:
            if node.parent is not None:
                held.setdefault(node.parent, []).append(node)
        return {code: tuple(nodes) for code, nodes in held.items()}

    @cached_property
    def _levels(self) -> Mapping[str, int]:
        levels: dict[str, int] = {}

        def of(code: str) -> int:
            if code not in levels:
                levels[code] = 1 + max((of(child.code) for child in self.children(code)), default=0)
            return levels[code]

        for node in self.nodes:
            of(node.code)
        return levels


def _sound(nodes: Iterable[Node]) -> dict[str, Node]:
    held = list(nodes)
    by_code = {node.code: node for node in held}
    twice = next((code for code, count in Counter(node.code for node in held).items() if count > 1), None)
    if twice is not None:
        raise _wrong([n for n in held if n.code == twice][1], "编号写了两次", "the code stands twice")
    for node in held:
        if node.parent is not None and node.parent not in by_code:
            zh, en = did_you_mean(node.parent, by_code)
            raise _wrong(
                node, f"上级 {node.parent} 不存在。{zh}", f"its parent {node.parent} does not exist. {en}"
            )
        if node.weight is not None and not 0 <= node.weight < float("inf"):
            raise _wrong(node, "权重是负数或不是数", "its weight is negative or no number")
        if node.direction not in (1, -1):
            raise _wrong(node, "方向应为 1 或 -1", "its direction must be 1 or -1")
    for node in held:
        _climbs(node, by_code)
    tops = [node for node in held if node.parent is None]
    if len(tops) != 1:
        names = "、".join(node.code for node in tops)
        raise FrameworkError(
            f"评价体系要有且只有一个总指标，现有 {len(tops)} 个：{names or '无'}",
            f"a framework has one top node; there are {len(tops)}: {names or 'none'}",
        )
    return by_code


def _climbs(node: Node, by_code: Mapping[str, Node]) -> None:
    seen = [node.code]
    while node.parent is not None:
        node = by_code[node.parent]
        if node.code in seen:
            ring = " → ".join([*seen, node.code])
            raise _wrong(node, f"上级关系成环：{ring}", f"its parents form a circle: {ring}")
        seen.append(node.code)


def _wrong(node: Node, zh: str, en: str) -> FrameworkError:
    place = f"{node.where} " if node.where else ""
    return FrameworkError(f"{place}{node.code}：{zh}", f"{place}{node.code}: {en}", node=node.code)
