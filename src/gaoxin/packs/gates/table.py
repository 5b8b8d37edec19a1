"""The gates in order, and which of them stand.

1 read     the file is UTF-8 YAML without traps               `reader`, while a pack is opened
2 shape    every key and value is one its kind allows          `gates.shape`, while a pack is opened
3 refer    everything named exists and fits together           `gates.refer`
4 compile  every rule compiles for every engine                the floor above, handed in: `gates.rules`
5 cases    the content gives the answers worked out by hand    `gates.cases`, `gates.rules`

A library that fails a gate is not judged by the later ones as far as they would only repeat the complaint.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gaoxin.core.issues import Issue, has_errors
from gaoxin.packs.gates.cases import Evaluator, check_cases
from gaoxin.packs.gates.refer import refer
from gaoxin.packs.gates.refer.expressions import ExpressionReader
from gaoxin.packs.gates.refer.formulas import FormulaReader, RuleNeeds
from gaoxin.packs.gates.rules import RuleEngine, check_rule_cases, compile_rules
from gaoxin.packs.library import Library, open_library

State = Literal["passed", "failed", "skipped", "not_built"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: its number and its name."""

    number: int
    name: str
    zh: str


GATES: tuple[Gate, ...] = (
    Gate(1, "read", "读取"),
    Gate(2, "shape", "形状"),
    Gate(3, "refer", "引用"),
    Gate(4, "compile", "编译"),
    Gate(5, "cases", "用例"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gates said about some packs: all issues, and the state of every gate."""

    library: Library
    issues: tuple[Issue, ...]
    states: Mapping[str, State]

    @property
    def sound(self) -> bool:
        return not has_errors(self.issues)


def check_packs(
    packs: Sequence[str | Path] | None = None,
    *,
    evaluators: Callable[[Library], Mapping[str, Evaluator]] | None = None,
    read_formula: FormulaReader | None = None,
    rule_needs: RuleNeeds | None = None,
    rule_functions: Collection[str] | None = None,
    read_expression: ExpressionReader | None = None,
    rule_engine: RuleEngine | None = None,
) -> Verdict:
    """Open packs and send them through every gate that stands.

    `evaluators` (made for the opened library), `read_formula`, `rule_needs`, `rule_functions`: what the
    floors above know about checks, formulas and rules; see `gates.cases` and `gates.refer`.
    `read_expression`, `rule_engine`: the condition language and who works rules out; see `gates.refer` and
    `gates.rules`.
    Missing: nothing is raised for bad content; every mistake is an issue. Cases are skipped while an earlier
    gate fails: on broken content they would say the same thing again.
    """
    library = open_library(packs, tolerant=True)
    issues = list(library.issues)
    # A line that could not be read or shaped is not judged a second time.
    said = {(issue.file, issue.line) for issue in issues}
    found = refer(
        library,
        read_formula=read_formula,
        rule_needs=rule_needs,
        rule_functions=rule_functions,
        read_expression=read_expression,
    )
    issues += [issue for issue in found if (issue.file, issue.line) not in said]
    failed = _failed(issues)
    states: dict[str, State] = {gate.name: "failed" if gate.name in failed else "passed" for gate in GATES}
    if rule_engine is None:
        states["compile"] = "not_built"
    elif failed:
        states["compile"] = "skipped"
    else:
        found = compile_rules(library, rule_engine)
        issues += found
        states["compile"] = "failed" if has_errors(found) else "passed"
    if _failed(issues):
        states["cases"] = "skipped"
    else:
        found = check_cases(library, evaluators(library) if evaluators is not None else {})
        found += check_rule_cases(library, rule_engine)
        issues += found
        states["cases"] = "failed" if has_errors(found) else "passed"
    issues.sort(key=lambda issue: (issue.file or "", issue.line or 0))
    return Verdict(library, tuple(issues), states)


def _failed(issues: Iterable[Issue]) -> set[str]:
    """The gates that some error speaks of, by the first word of its code."""
    return {issue.code.partition(".")[0] for issue in issues if issue.severity == "error"}
