"""Rules as a pack declares them over metrics: `part <= whole`, `signed <= started` (规则实例).

Serves every rule that a formula can say: L1 beyond `within`, L2 sums, L4 stock and flow, L9 rates of value
added, L14 dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from gaoxin.core.errors import FormulaError
from gaoxin.facts.findings import Finding, Result, Verdict
from gaoxin.facts.formula import parse
from gaoxin.facts.limits import operands, unconfirmed
from gaoxin.facts.logic.registry import found, in_order
from gaoxin.facts.operands import Operand
from gaoxin.facts.patterns import ANY, Binding, bindings
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicInstance, LogicRule, Parameter


def declared(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """One finding for every place where all figures of an instance stand."""
    for number, instance in enumerate(rule.applies):
        judge = _Judge(rule, instance, f"{rule.id}.{number + 1}", facts)
        for binding in bindings(instance.inputs, facts):
            if binding.complete:
                yield judge.finding(binding)


class _Judge:
    """One instance, made ready for its many places."""

    def __init__(self, rule: LogicRule, instance: LogicInstance, check: str, facts: StandingFacts) -> None:
        self.rule = rule
        self.instance = instance
        self.check = check
        self.facts = facts
        self.limits = operands(rule.parameters)
        used = _used(instance, rule.parameters)
        self.shown = tuple(_shown(name, rule.parameters[name], self.limits[name]) for name in used)
        self.unconfirmed = unconfirmed(rule.parameters, used)
        self.names_metric = any(pattern.metric == ANY for pattern in instance.inputs.values())

    def finding(self, binding: Binding) -> Finding:
        """What the instance says of the figures of one place, and the limits it held them against."""
        let = self.instance.let
        stated = {name: obs for name, obs in binding.inputs.items() if obs is not None}
        values = {name: self.facts.operand(obs, name) for name, obs in stated.items()}
        values.update(self.limits)
        reason_zh = reason_en = ""
        verdict: Verdict
        try:
            for name, text in let.items():
                values[name] = parse(text)(values)
            truth = parse(self.instance.assert_)(values)
            verdict = in_order(truth if isinstance(truth, bool) else None, *stated.values())
        except FormulaError as problem:
            verdict, reason_zh, reason_en = "undetermined", problem.zh, problem.en
        steps = tuple(
            Result(shown.name, shown.zh, shown.en, values[shown.name], shown.unit or "", shown.decimals)
            for shown in self.instance.show
            if shown.name in values
        )
        zh, en = self._words(binding)
        return found(
            self.rule,
            verdict,
            zh,
            en,
            tuple(stated.values()),
            steps + self.shown,
            reason_zh=reason_zh,
            reason_en=reason_en,
            unconfirmed=self.unconfirmed,
            check=self.check,
        )

    def _words(self, binding: Binding) -> tuple[str, str]:
        zh, en = self.instance.zh or self.rule.zh, self.instance.en or self.rule.en
        if self.names_metric:
            metric = self.facts.metrics[binding.metric]
            return f"{metric.zh}：{zh}", f"{metric.en}: {en}"
        return zh, en


def _used(instance: LogicInstance, parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    """The parameters that the formulas of an instance name."""
    named: set[str] = set()
    for text in (*instance.let.values(), instance.assert_):
        with suppress(FormulaError):  # a formula that cannot be read is the reason its finding gives
            named.update(parse(text).names)
    return tuple(name for name in parameters if name in named)


def _shown(name: str, parameter: Parameter, held: Operand) -> Result:
    decimals = len(parameter.value.partition(".")[2])
    return Result(name, parameter.zh, parameter.en, held, parameter.unit, decimals)
