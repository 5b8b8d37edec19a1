"""How the fact floor answers the cases of packs: cross-checks and derivations (用例求值).

The pack floor may not know the fact floor, so gate 5 takes evaluators; here they are made. They evaluate the
packs' own observations, once for all cases of a library.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from gaoxin.core.intervals import Interval
from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.facts.checks import Evaluation, evaluate
from gaoxin.facts.derivations import derive_all
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.operands import Integers, Operand
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts
from gaoxin.packs.gates.cases import Answer, Evaluator
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import PackCase


def evaluators(library: Library) -> Mapping[str, Evaluator]:
    """Who answers which kind of case of one library; deadlines are answered on the pack floor."""
    facts = _PackFacts(library)
    return {"check": facts.answer_check, "derivation": facts.answer_derivation}


class _PackFacts:
    """The facts of the packs, settled once."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @cached_property
    def base(self) -> FactBase:
        return FactBase.from_library(self.library)

    @cached_property
    def standing(self) -> StandingFacts:
        return StandingFacts(self.base, self.library.metrics)

    @cached_property
    def derived(self) -> tuple[Observation, ...]:
        return derive_all(self.library.derivations.values(), self.base, self.library.metrics)

    def answer_check(self, _library: Library, case: PackCase) -> Mapping[str, Answer]:
        """The verdict, and every name of the check in the unit it is shown in, else as it was stated."""
        check = self.library.cross_check(case.check or "")
        found = evaluate(check, self.standing, self.library.logic_rules)
        answers = {name: _answer(value, _factor(found, name)) for name, value in found.values.items()}
        return {"verdict": found.finding.verdict, **answers}

    def answer_derivation(self, _library: Library, case: PackCase) -> Mapping[str, Answer]:
        """The figure a derivation yields for a subject and period, in the unit of its metric.

        Missing: a figure that is not implied answers nothing.
        """
        asked = case.derivation
        if asked is None:
            return {}
        period = Period.parse(asked.period)
        for obs in self.derived:
            if (
                obs.id.startswith(f"{asked.id}(")
                and (obs.subject, obs.period) == (asked.subject, period)
                and asked.metric in (None, obs.metric)
                and asked.of in (None, obs.of)
            ):
                metric = self.library.metric(obs.metric)
                written = metric.unit if obs.figure == "level" and metric.unit else obs.unit
                return {"value": _answer(obs.value.interval(), unit(written).factor)}
        return {}


def _factor(found: Evaluation, name: str) -> Fraction:
    """The size of the unit in which a case states this name, in base units."""
    for shown in found.check.show:
        if shown.name == name and shown.unit:
            return unit(shown.unit).factor
    if name in found.check.parameters:
        return unit(found.check.parameters[name].unit).factor
    stated = found.inputs.get(name)
    return unit(stated.unit).factor if stated is not None and stated.unit else Fraction(1)


def _answer(value: Operand, factor: Fraction) -> Answer:
    match value:
        case bool():
            return value
        case Interval(lo=low, hi=high):
            return (low / factor if low is not None else None, high / factor if high is not None else None)
        case Integers(first=first, last=last):
            return (Fraction(first) / factor, Fraction(last) / factor)
        case tuple():
            return "、".join(value)
    return None
