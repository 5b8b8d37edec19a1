"""All gates with everything this house can evaluate plugged in: formulas, cross-checks, derivations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gaoxin.compute.language import Place, Used, names_used
from gaoxin.facts.formula import parse
from gaoxin.facts.limits import NEEDED
from gaoxin.facts.logic import rules_with_functions
from gaoxin.packs.gates import table
from gaoxin.packs.gates.rules import RuleEngine
from gaoxin.packs.gates.table import Verdict
from gaoxin.packs.schemas import Origin
from gaoxin.rules.gates import compile_rules, run_rule_cases
from gaoxin.workspace.evaluators import evaluators


def check_packs(packs: Sequence[str | Path] | None = None) -> Verdict:
    """Send packs through every gate that stands; see `gaoxin.packs.gates.table`."""
    return table.check_packs(
        packs,
        evaluators=evaluators,
        read_formula=parse,
        rule_needs=NEEDED,
        rule_functions=rules_with_functions(),
        read_expression=read_expression,
        rule_engine=RuleEngine(compile_rules, run_rule_cases),
    )


def read_expression(text: str, origin: Origin) -> Used:
    """The names an expression of a rule uses; what is wrong with it is said with its place in the file.

    Raises: ExpressionError if it cannot be read.
    """
    return names_used(text, Place(origin.file, origin.line, origin.column))
