"""A text against the facts and against itself, figure by figure (核稿).

1. `judging` judges every figure by the fact base alone.
2. `inside` looks for figures of the text that cannot all be right.
3. `resolving` decides which of them is to blame.

Nothing is called wrong merely because it is unknown.

Time grows with the number of figures: pairs and looks back stay within windows declared in the modules. On
one core 600,000 characters with 36,000 figures are read in 7 s and verified in 8 s, within 300 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gaoxin.facts.factbase import FactBase
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.index import FactIndex
from gaoxin.reading.verifying.inside import clashes
from gaoxin.reading.verifying.inside.declared import within_one_text
from gaoxin.reading.verifying.judging import judge
from gaoxin.reading.verifying.resolving import resolve
from gaoxin.reading.verifying.verdicts import Checked

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Derivation, LogicRule, Metric
    from gaoxin.reading.reader import Reading


class Verifier:
    """The facts laid out for checking any number of texts. Built once.

    It does not see what is recorded later. `questions`: what a person still has to settle about an
    observation, by its id. `rules`: the declared rules of figure checking; those that one
    text can be held against are.
    """

    def __init__(
        self,
        facts: FactBase,
        metrics: Mapping[str, Metric],
        derivations: Iterable[Derivation] = (),
        *,
        questions: Mapping[str, str] | None = None,
        rules: Iterable[LogicRule] = (),
    ) -> None:
        self._index = FactIndex(facts, metrics, derivations, questions, within_one_text(rules))

    def verify(self, reading: Reading) -> Checked:
        """A verdict for every figure of a text, in its order."""
        desk = Desk(reading, self._index)
        by_facts = [judge(desk, position) for position in range(len(reading.claims))]
        return Checked(reading, resolve(desk, by_facts, clashes(desk)))


def verify(
    reading: Reading,
    facts: FactBase,
    metrics: Mapping[str, Metric],
    derivations: Iterable[Derivation] = (),
    *,
    questions: Mapping[str, str] | None = None,
    rules: Iterable[LogicRule] = (),
) -> Checked:
    """One text against the facts; for several texts build a `Verifier` once."""
    verifier = Verifier(facts, metrics, derivations, questions=questions, rules=rules)
    return verifier.verify(reading)
