"""Gate 3, refer: does everything a pack names exist, and does it fit together?

One module per kind of content; each takes the library and adds to one list of complaints.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from gaoxin.core.issues import Issue
from gaoxin.packs.gates.refer.actions import refer_actions
from gaoxin.packs.gates.refer.briefs import refer_briefs
from gaoxin.packs.gates.refer.calendars import refer_calendars
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.gates.refer.expressions import ExpressionReader, refer_expressions
from gaoxin.packs.gates.refer.formulas import FormulaReader, RuleNeeds, refer_formulas
from gaoxin.packs.gates.refer.layouts import refer_cases, refer_cockpits
from gaoxin.packs.gates.refer.metrics import refer_metrics
from gaoxin.packs.gates.refer.observations import refer_observations
from gaoxin.packs.gates.refer.populations import refer_populations
from gaoxin.packs.gates.refer.rule_cases import refer_rule_cases
from gaoxin.packs.gates.refer.rules import refer_rules
from gaoxin.packs.gates.refer.subjects import refer_subjects
from gaoxin.packs.library import Library

CHECKS: tuple[Callable[[Library, Complaints], None], ...] = (
    refer_subjects,
    refer_metrics,
    refer_observations,
    refer_calendars,
    refer_cockpits,
    refer_briefs,
    refer_cases,
    refer_populations,
    refer_rules,
    refer_actions,
    refer_rule_cases,
)


def refer(
    library: Library,
    *,
    read_formula: FormulaReader | None = None,
    rule_needs: RuleNeeds | None = None,
    rule_functions: Collection[str] | None = None,
    read_expression: ExpressionReader | None = None,
) -> list[Issue]:
    """All complaints about references between the opened packs.

    A pack that replaces shared entries is checked as it sees the library.
    `read_formula`: the reader of the formula language, which lives on the floor above; without it only
    names and syntax are checked. `rule_needs`: the parameters that the rules cannot do without, known to the
    same floor. `rule_functions`: the rules that it looks for by itself.
    `read_expression`: the reader of the condition language, which lives in another room; without it no
    expression of a rule is looked into.
    """
    found: dict[Issue, None] = {}
    for view in (library, *(library.seen_from(pack) for pack in library.replacements)):
        complaints = Complaints()
        for check in CHECKS:
            check(view, complaints)
        refer_formulas(view, complaints, read_formula, rule_needs, rule_functions)
        refer_expressions(view, complaints, read_expression)
        found |= dict.fromkeys(complaints.issues)
    return list(found)
