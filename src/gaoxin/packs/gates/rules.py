"""Gates 4 and 5 for rules: do they compile for every engine, and do they say what was worked out by hand?

Both are asked of the floor above, handed in as a `RuleEngine`. Here it is judged whether every executable
rule brings the cases it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gaoxin.core.issues import Issue
from gaoxin.packs.library import Library
from gaoxin.packs.schemas.rule_cases import NEEDED


@dataclass(frozen=True, slots=True)
class RuleEngine:
    """What the floor above can do with the rules of a library.

    `compile`: every issue of compiling every executable rule, codes `compile.…`. `run_cases`: every case of
    every rule whose answer differs from what it expects, codes `case.…`. Neither raises for bad content.
    """

    compile: Callable[[Library], Iterable[Issue]]
    run_cases: Callable[[Library], Iterable[Issue]]


def compile_rules(library: Library, engine: RuleEngine) -> list[Issue]:
    """Every complaint of compiling the rules, as each pack sees them."""
    return list(dict.fromkeys(issue for view in _views(library) for issue in engine.compile(view)))


def check_rule_cases(library: Library, engine: RuleEngine | None) -> list[Issue]:
    """Rules without the cases they need, and cases whose answer differs.

    A pack that replaces a rule answers the cases with its own rule; where it decides otherwise it replaces
    the cases as well.
    """
    views = list(_views(library))
    issues = list(dict.fromkeys(issue for view in views for issue in _lacking(view)))
    if engine is not None:
        issues += dict.fromkeys(issue for view in views for issue in engine.run_cases(view))
    elif library.rule_cases:
        first = next(iter(library.rule_cases.values()))
        count = sum(len(held.cases) for held in library.rule_cases.values())
        issues.append(
            Issue(
                "case.not_run",
                "warning",
                f"{count} 个规则用例没有运行：这里没有接入规则引擎",
                f"{count} rule cases were not run: no rule engine is plugged in here",
                first.origin.file,
                first.origin.line,
            )
        )
    return issues


def _views(library: Library) -> Iterator[Library]:
    """The library, and the library of every pack that replaces something about rules."""
    yield library
    for pack, shelves in library.replacements.items():
        if {"rules", "rule_families", "rule_cases", "metrics"} & shelves.keys():
            yield library.seen_from(pack)


def _lacking(library: Library) -> Iterable[Issue]:
    for rule in library.rules.values():
        held = library.rule_cases.get(rule.id)
        shown = {case.shows for case in held.cases} if held is not None else set()
        lacking = [kind for kind in NEEDED if kind not in shown]
        if rule.executable and lacking:
            origin = held.origin.at("cases") if held is not None else rule.origin.at("id")
            yield Issue(
                "rule.cases_missing",
                "error",
                f"规则 {rule.id} 缺少用例：{'、'.join(lacking)}",
                f"the rule {rule.id} lacks cases: {', '.join(lacking)}",
                origin.file,
                origin.line,
                mend_zh=f"在 rules/cases/{rule.id}.yaml 里各写至少一个，结论按原文手算",
                mend_en=f"write at least one of each into rules/cases/{rule.id}.yaml, worked by hand",
            )
