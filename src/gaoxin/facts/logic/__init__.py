"""The rules L1–L14 of figure checking, applied to every subject that has the figures (审核关系).

1. A pack declares the rules: what they say, how serious they are, and instances over named metrics
   (`applies`).
2. What follows from the catalogue or needs more than a formula is computed here, one module per family,
   entered in the `registry`.
3. `service.evaluate_rules` runs both and gives findings; it is the only door. `rules_with_functions` tells
   the gates which rules need no instances.

Checks over named observations stand in `gaoxin.facts.checks`.
"""

from gaoxin.facts.logic.registry import rules_with_functions
from gaoxin.facts.logic.service import evaluate_rules

__all__ = ["evaluate_rules", "rules_with_functions"]
