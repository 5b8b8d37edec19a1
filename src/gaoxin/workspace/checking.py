"""All gates with everything this house can evaluate plugged in: formulas, cross-checks, derivations.

The pack floor must not know the fact floor, so its gates take evaluators; here they meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gaoxin.packs.gates import table
from gaoxin.packs.gates.cases import Evaluator
from gaoxin.packs.gates.table import Verdict


def evaluators() -> Mapping[str, Evaluator]:
    """Who answers which kind of case; deadlines are answered on the pack floor."""
    return {}


def check_packs(packs: Sequence[str | Path] | None = None) -> Verdict:
    """Send packs through every gate that stands; see `gaoxin.packs.gates.table`."""
    from gaoxin.facts.formula import parse

    return table.check_packs(packs, evaluators=evaluators(), read_formula=parse)
