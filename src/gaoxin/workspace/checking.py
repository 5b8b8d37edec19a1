"""All gates with everything this house can evaluate plugged in: formulas, cross-checks, derivations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gaoxin.facts.formula import parse
from gaoxin.facts.limits import NEEDED
from gaoxin.facts.logic import rules_with_functions
from gaoxin.packs.gates import table
from gaoxin.packs.gates.table import Verdict
from gaoxin.workspace.evaluators import evaluators


def check_packs(packs: Sequence[str | Path] | None = None) -> Verdict:
    """Send packs through every gate that stands; see `gaoxin.packs.gates.table`."""
    return table.check_packs(
        packs,
        evaluators=evaluators,
        read_formula=parse,
        rule_needs=NEEDED,
        rule_functions=rules_with_functions(),
    )
