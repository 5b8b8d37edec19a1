"""What the expressions of rules name exists, and no rule waits for its own verdict.

The language itself belongs to another room; its reader is handed in. Types, units and years are judged when a
rule is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Protocol

from gaoxin.core.errors import GaoxinError
from gaoxin.packs.document import NodePath
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Origin, Part, Rule


class NamesUsed(Protocol):
    """What one expression refers to: metrics, definitions and scores; parameters; other rules."""

    @property
    def names(self) -> Collection[str]: ...

    @property
    def parameters(self) -> Collection[str]: ...

    @property
    def rules(self) -> Collection[str]: ...


# Reads an expression whose first character stands at the origin. Raises: GaoxinError if it cannot be read.
ExpressionReader = Callable[[str, Origin], NamesUsed]


def refer_expressions(library: Library, complaints: Complaints, read: ExpressionReader | None) -> None:
    """Every expression of every rule, then the circles among rules that ask for each other's verdict."""
    if read is None:
        return
    asked: dict[str, dict[str, Origin]] = {}
    for rule in library.rules.values():
        asked[rule.id] = {}
        known = [*library.metrics, *rule.definitions, *(part.id for part in rule.parts())]
        rules = [*library.rules, *library.rule_families]
        for path, text in expressions_of(rule):
            origin = rule.origin.at(*path)
            try:
                used = read(text, origin.text)
            except GaoxinError as error:
                line = error.context.get("line")
                place = origin.text if not isinstance(line, int) else Origin(origin.file, line)
                complaints.error("bad_expression", place, error)
                continue
            for name in sorted(used.names):
                complaints.known(origin, name, known, "名称（指标、定义或评分）", "name")
            for name in sorted(used.parameters):
                complaints.known(origin, name, list(rule.parameters), "参数", "parameter")
            for name in sorted(used.rules):
                if complaints.known(origin, name, rules, "规则", "rule"):
                    asked[rule.id].setdefault(name, origin)
    _circles(library, asked, complaints)


def expressions_of(rule: Rule) -> Iterator[tuple[NodePath, str]]:
    """Every expression of a rule and where it stands in its file."""
    for name, definition in rule.definitions.items():
        yield ("definitions", name, "expr"), definition.expr
    for name, score in rule.scores.items():
        yield from _of_part(score, ("scores", name))
    for number, condition in enumerate(rule.conditions):
        yield ("conditions", number, "test"), condition.test
    for number, route in enumerate(rule.direct):
        for position, way in enumerate(route.any):
            yield ("direct", number, "any", position, "test"), way.test
    for number, flag in enumerate(rule.flags):
        yield ("flags", number, "test"), flag.test
    if rule.benefit is not None:
        yield ("benefit", "amount"), rule.benefit.amount
        if rule.benefit.yearly_cap is not None:
            yield ("benefit", "yearly_cap"), rule.benefit.yearly_cap
        if rule.benefit.clawback is not None and rule.benefit.clawback.test is not None:
            yield ("benefit", "clawback", "test"), rule.benefit.clawback.test


def parts_of(rule: Rule) -> Iterator[tuple[NodePath, Part]]:
    """Every score part of a rule and where it stands in its file, wholes before their parts."""
    stack: list[tuple[NodePath, Part]] = [
        (("scores", name), score) for name, score in reversed(rule.scores.items())
    ]
    while stack:
        path, part = stack.pop()
        yield path, part
        stack += [((*path, *inside), child) for inside, child in reversed(part.held)]


def _of_part(part: Part, path: NodePath) -> Iterator[tuple[NodePath, str]]:
    if part.of is not None:
        yield (*path, "of"), part.of
    for name in ("bands", "linear", "steps"):
        scored = getattr(part, name)
        if scored is not None:
            yield (*path, name, "of"), scored.of
    for number, rung in enumerate(part.ladder):
        yield (*path, "ladder", number, "when"), rung.when
    for inside, child in part.held:
        yield from _of_part(child, (*path, *inside))


def _circles(library: Library, asked: Mapping[str, Mapping[str, Origin]], complaints: Complaints) -> None:
    """A family stands for all its versions."""
    following = {
        rule: {version for name in names for version in _versions(library, name)}
        for rule, names in asked.items()
    }
    told: set[frozenset[str]] = set()
    for rule, names in asked.items():
        for name, origin in names.items():
            for version in _versions(library, name):
                trail = _way(version, rule, following)
                if trail is None or frozenset(trail) in told:
                    continue
                told.add(frozenset(trail))
                shown = " → ".join((rule, *trail))
                complaints.add(
                    "circular",
                    origin,
                    f"规则互相等待结论：{shown}",
                    f"rules wait for each other's verdict: {shown}",
                    "去掉其中一个 passes(…)",
                    "remove one of the passes(…)",
                )


def _versions(library: Library, name: str) -> list[str]:
    family = library.rule_families.get(name)
    return [name] if family is None else sorted({version.rule for version in family.versions})


def _way(start: str, goal: str, following: Mapping[str, Collection[str]]) -> tuple[str, ...] | None:
    """The rules on a way from one rule to another, both included; None if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for name in sorted(set(following.get(way[-1], ())) - seen):
            seen.add(name)
            ways.append((*way, name))
    return None
