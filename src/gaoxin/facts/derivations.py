"""Figures that nobody printed but the printed ones imply (推算).

1. `bindings` finds where the inputs of a generic rule meet: 432亿 and 87.9 % of the city.
2. The formula is computed over intervals: the city had between 490.6亿 and 492.3亿.
3. The result is an observation of status `derived` with its inputs and its formula. It takes part in further
   rounds, but never in working out a figure that it came from itself, and it never stands against a stated
   figure.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from gaoxin.core.errors import FormulaError, GaoxinError
from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import Dimension, Unit, display_unit, unit
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.formula import parse
from gaoxin.facts.operands import Integers, Missing, Operand
from gaoxin.facts.patterns import Binding, bindings
from gaoxin.facts.records import Key, Observation
from gaoxin.facts.standing import StandingFacts
from gaoxin.facts.values import Value

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Derivation, FigurePattern, Metric

_RATIOS = frozenset({"growth", "share"})
_WHOLE = frozenset({"level", "comparable_base", "change"})
_MOST_INPUTS = 40
_NAME = re.compile(r"[a-z][a-z0-9_.]{0,79}\([A-Za-z0-9_.#(),-]{1,600}\)")
_PART = re.compile(r"[^(),]+")


@dataclass(frozen=True, slots=True)
class Derived:
    """What one derivation gives in one place: a figure, or the reason why there is none."""

    derivation: str
    binding: Binding
    observation: Observation | None
    zh: str = ""
    en: str = ""

    def render(self, lang: str = "zh") -> str:
        """The figure in the unit in which it reads best, with the digits that are certain; or the reason."""
        if self.observation is None:
            return self.zh if lang == "zh" else self.en
        return self.observation.value.render(self.observation.unit, lang)


def derive(derivation: Derivation, facts: StandingFacts) -> Iterator[Derived]:
    """Apply one rule wherever its anchor stands.

    Missing: a place with a missing or disputed input gives no figure and says which input it is.
    Raises: FormulaError if the formula cannot be read or the rule yields one of its own inputs.
    """
    refuse_cycle(derivation)
    for binding in bindings(derivation.inputs, facts):
        yield _worked_out(derivation, binding, facts)


def derive_all(
    derivations: Iterable[Derivation],
    facts: FactBase,
    metrics: Mapping[str, Metric],
    *,
    as_of: datetime | None = None,
) -> tuple[Observation, ...]:
    """Every figure that the rules imply, the derived ones feeding further rounds, in a fixed order.

    A figure is never worked out from itself: a chain that comes back to a key it passed through is dropped.
    """
    rules = sorted(derivations, key=lambda rule: rule.id)
    standing = StandingFacts(facts, metrics, as_of=as_of)
    found: dict[str, Observation] = {}
    origins: dict[str, frozenset[Key]] = {}
    for _ in range(len(rules) + 1):
        fresh: list[Observation] = []
        for rule in rules:
            for derived in derive(rule, standing):
                obs = derived.observation
                if obs is None or obs.id in found:
                    continue
                passed = frozenset().union(*(_passed(i, found, origins, facts) for i in obs.inputs))
                if obs.key not in passed:
                    found[obs.id] = obs
                    origins[obs.id] = passed | {obs.key}
                    fresh.append(obs)
        if not fresh:
            break
        for obs in fresh:
            standing.add(obs)
    return tuple(found[name] for name in sorted(found))


def inputs_named(name: str, rules: Container[str]) -> tuple[str, ...]:
    """The stated figures that a derived one is named after: `whole(C007,base(C008))` → C007, C008.

    Missing: nothing for what is no name of a derived figure, or names more than any rule can use.
    """
    if not _NAME.fullmatch(name):
        return ()
    parts = dict.fromkeys(part for part in _PART.findall(name) if part not in rules)
    return tuple(parts) if len(parts) <= _MOST_INPUTS else ()


def renamed(name: str, names: Mapping[str, str]) -> str:
    """The same derived figure, its inputs under other names."""
    return _PART.sub(lambda part: names.get(part[0], part[0]), name)


def refuse_cycle(derivation: Derivation) -> None:
    """Raises: FormulaError if what is worked out is among the inputs."""
    yields = derivation.yields
    for name, pattern in derivation.inputs.items():
        if pattern == yields:
            raise FormulaError(
                f"推算“{derivation.id}”用自己推算自己（输入 {name}）。",
                f"Derivation {derivation.id!r} works out its own input {name!r}.",
                derivation=derivation.id,
            )


def _passed(
    obs_id: str, found: Mapping[str, Observation], origins: Mapping[str, frozenset[Key]], facts: FactBase
) -> frozenset[Key]:
    if obs_id in found:
        return origins[obs_id]
    return frozenset({facts.observation(obs_id).key})


def _worked_out(rule: Derivation, binding: Binding, facts: StandingFacts) -> Derived:
    if not binding.complete:
        names = "、".join(binding.missing)
        if binding.disputed:
            return Derived(
                rule.id, binding, None, f"来源不一致，尚未裁定：{names}", f"sources disagree on {names}"
            )
        return Derived(rule.id, binding, None, f"缺少：{names}", f"missing: {names}")
    given: dict[str, Operand] = {name: facts.operand(obs, name) for name, obs in binding.inputs.items()}
    try:
        result = parse(rule.formula)(given)
        return Derived(rule.id, binding, _observation(rule, binding, result, facts))
    except GaoxinError as problem:
        return Derived(rule.id, binding, None, problem.zh, problem.en)


def _observation(rule: Derivation, binding: Binding, result: Operand, facts: StandingFacts) -> Observation:
    subject, metric_id, period = binding.place(rule.yields)
    metric = facts.metrics.get(metric_id)
    if period is None or not subject or metric is None:
        raise FormulaError(
            "推算结果的主体、指标或报告期不明。", "Subject, metric or period of the result is not known."
        )
    held = _unit(rule.yields, metric)
    value = _value(result, metric, rule.yields.figure, held)
    inputs = [obs for obs in binding.inputs.values() if obs is not None]
    last = max(inputs, key=lambda obs: obs.recorded_at)
    share = rule.yields.figure == "share"
    return Observation(
        id=f"{rule.id}({','.join(obs.id for obs in inputs)})",
        subject=subject,
        metric=metric_id,
        period=period,
        figure=rule.yields.figure,
        value=value,
        unit=_shown(value, held).symbol,
        of=binding.of if share else "",
        source=f"derivation:{rule.id}",
        recorded_at=last.recorded_at,
        recorded_by="derivation",
        status="derived",
        note=rule.zh,
        inputs=tuple(obs.id for obs in inputs),
        formula=rule.formula,
        period_confidence=_least_sure(inputs),
    )


def _least_sure(inputs: Sequence[Observation]) -> str:
    """What is worked out for a period is no surer of it than its inputs."""
    doubts = (obs.period_confidence for obs in inputs if obs.period_confidence != "verified")
    return next(doubts, "verified")


def _unit(yields: FigurePattern, metric: Metric) -> Unit:
    if yields.figure in _RATIOS:
        return unit("%")
    if yields.figure == "multiple":
        return unit("倍")
    if metric.unit is None:
        raise FormulaError(f"“{metric.zh}”没有单位。", f"{metric.id} has no unit.")
    return unit(metric.unit)


def _value(result: Operand, metric: Metric, figure: str, held: Unit) -> Value:
    if isinstance(result, Missing):
        raise FormulaError(f"缺少：{'、'.join(result.names)}", f"missing: {', '.join(result.names)}")
    if isinstance(result, Integers):
        result = _some(result)
    if not isinstance(result, Interval):
        raise FormulaError("推算的结果应为数字。", "A derivation gives a number.")
    if figure in _WHOLE and held.dimension is Dimension.count and metric.period_type != "average_year":
        # Whole enterprises only: 248 at +8.3 % were 229 a year before, not 228.9–229.1.
        result = _some(parse("integers(x)")({"x": result})) if result.is_bounded else result
    return Value.from_interval(result, held.dimension)


def _some(result: Operand) -> Interval:
    span = result.interval if isinstance(result, Integers) else None
    if span is None:
        raise FormulaError("没有符合的整数。", "No whole number fits.")
    return span


def _shown(value: Value, held: Unit) -> Unit:
    """The unit in which the middle of the result reads best: 亿元 from 1 亿, 万元 below."""
    span = value.interval()
    size = span.middle if span.middle is not None else span.lo if span.lo is not None else span.hi
    assert size is not None
    return display_unit(held, size / held.factor)
