"""Rules as a pack declares them over metrics: `part <= whole`, `signed <= started` (规则实例).

Serves every rule that a formula can say: L1 beyond `within`, L2 sums, L4 stock and flow, L9 rates of value
added, L14 dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gaoxin.core.errors import FormulaError
from gaoxin.facts.findings import Finding, Result, Verdict
from gaoxin.facts.formula import parse
from gaoxin.facts.logic.registry import found, in_order
from gaoxin.facts.operands import Operand
from gaoxin.facts.patterns import ANY, Binding, bindings
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicInstance, LogicRule


def declared(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """One finding for every place where all figures of an instance stand."""
    for number, instance in enumerate(rule.applies):
        for binding in bindings(instance.inputs, facts):
            if binding.complete:
                finding = _judged(rule, instance, binding, facts)
                yield replace(finding, check=f"{rule.id}.{number + 1}({','.join(binding.ids)})")


def _judged(rule: LogicRule, instance: LogicInstance, binding: Binding, facts: StandingFacts) -> Finding:
    values: dict[str, Operand] = {name: facts.operand(obs, name) for name, obs in binding.inputs.items()}
    reason_zh = reason_en = ""
    verdict: Verdict
    try:
        for name, text in instance.let.items():
            values[name] = parse(text)(values)
        truth = parse(instance.assert_)(values)
        stated = [obs for obs in binding.inputs.values() if obs is not None]
        verdict = in_order(truth if isinstance(truth, bool) else None, *stated)
    except FormulaError as problem:
        verdict, reason_zh, reason_en = "undetermined", problem.zh, problem.en
    steps = tuple(Result(name, name, name, values[name]) for name in instance.let if name in values)
    zh, en = _words(rule, instance, binding, facts)
    inputs = tuple(obs for obs in binding.inputs.values() if obs is not None)
    return found(rule, verdict, zh, en, inputs, steps, reason_zh=reason_zh, reason_en=reason_en)


def _words(
    rule: LogicRule, instance: LogicInstance, binding: Binding, facts: StandingFacts
) -> tuple[str, str]:
    zh, en = instance.zh or rule.zh, instance.en or rule.en
    if any(pattern.metric == ANY for pattern in instance.inputs.values()):
        metric = facts.metrics[binding.metric]
        return f"{metric.zh}：{zh}", f"{metric.en}: {en}"
    return zh, en
