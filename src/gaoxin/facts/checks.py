"""What certain printed figures imply together, and whether that can be (数据互校).

1. Inputs are resolved to the figures that stand: a corrected observation gives way to its correction, a ruled
   one to the ruling; a figure nobody stated is missing. A check that sets several statements of one figure
   side by side sees each as it was stated.
2. The steps (`let`) are computed over intervals, then the statement (`assert`).
3. The verdict: a missing input is a `gap`; different scopes are `not_comparable`; overlapping lists are
   `not_additive`; a statement that is surely false is flagged as the check says, one that depends on the
   rounding is `undetermined`; otherwise `ok` (or `info` where the check is a mere remark), unless nothing
   was asserted and the result is one-sided (`bound`) or wider than the declared share of its middle
   (`coarse`, rule L15).

The generic rules L1–L14 stand in `gaoxin.facts.logic`; sums in `gaoxin.facts.totals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from gaoxin.core.errors import FormulaError
from gaoxin.core.intervals import Interval
from gaoxin.core.periods import Period
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.findings import Finding, Result, Severity, Verdict, plain_verdict
from gaoxin.facts.formula import parse
from gaoxin.facts.limits import COARSE_RULE, limit, operands, unconfirmed
from gaoxin.facts.operands import Operand
from gaoxin.facts.records import Observation
from gaoxin.facts.scopes import by_definition, differences
from gaoxin.facts.standing import StandingFacts
from gaoxin.packs.schemas import FigureKey

if TYPE_CHECKING:
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas import CrossCheck, LogicRule, Metric


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A check as evaluated: every name with its value, and the finding."""

    check: CrossCheck
    inputs: Mapping[str, Observation | None]
    values: Mapping[str, Operand]
    finding: Finding


def evaluate_all(library: Library, facts: FactBase, *, as_of: datetime | None = None) -> tuple[Finding, ...]:
    """Every cross-check of the packs, numbered ones first."""
    standing = StandingFacts(facts, library.metrics, as_of=as_of)
    checks = sorted(library.cross_checks.values(), key=lambda c: (c.no is None, c.no or 0, c.id))
    return tuple(evaluate(check, standing, library.logic_rules).finding for check in checks)


def evaluate(check: CrossCheck, facts: StandingFacts, rules: Mapping[str, LogicRule]) -> Evaluation:
    """One check on the figures as they stand.

    Missing: a missing input gives the verdict `gap`; what can be computed without it is still shown.
    """
    inputs = {name: _resolve(asked, check, facts) for name, asked in check.inputs.items()}
    problems: list[FormulaError] = []
    values = _worked_out(check, inputs, facts, problems)
    told = values
    if any(obs is not None and facts.is_floored(obs) for obs in inputs.values()):
        raised = _worked_out(check, inputs, facts, [], floor=Fraction(1, 2))
        told = {name: _told(value, raised[name]) for name, value in values.items()}
    results = tuple(
        Result(shown.name, shown.zh, shown.en, told[shown.name], shown.unit or "", shown.decimals)
        for shown in check.show
    )
    computed = [result for result in results if result.name in check.let]
    coarse = rules.get(COARSE_RULE)
    widest = limit(coarse, "widest").value if coarse is not None else None
    verdict, zh, en = _verdict(check, inputs, values, computed, problems, facts.metrics, widest)
    open_limits = unconfirmed(check.parameters)
    if coarse is not None and check.assert_ is None and verdict in ("ok", "info", "coarse"):
        judged = any(result.interval is not None for result in computed)
        open_limits += unconfirmed(coarse.parameters, ("widest",)) if judged else ()
    if verdict in ("flag", "inconsistent") and (ruled := _ruled(inputs.values(), facts)):
        verdict, zh, en = "note", f"已裁定以“{ruled}”为准", f"ruled: {ruled!r} stands"
    finding = Finding(
        check=check.id,
        rule=check.rule,
        verdict=verdict,
        severity=_severity(check.rule, rules),
        zh=check.zh,
        en=check.en,
        results=results,
        inputs=tuple(obs.id for obs in inputs.values() if obs is not None),
        no=check.no,
        subject=next((obs.subject for obs in inputs.values() if obs is not None), ""),
        reason_zh=zh,
        reason_en=en,
        note_zh=check.note.zh if check.note else "",
        note_en=check.note.en if check.note else "",
        disputed=tuple(name for name, obs in inputs.items() if obs is not None and _disputed(obs, facts)),
        unconfirmed=open_limits,
    )
    return Evaluation(check, inputs, told, finding)


def _worked_out(
    check: CrossCheck,
    inputs: Mapping[str, Observation | None],
    facts: StandingFacts,
    problems: list[FormulaError],
    *,
    floor: Fraction = Fraction(0),
) -> dict[str, Operand]:
    """Every name of the check with its value; steps that have no result are None and leave their problem."""
    values: dict[str, Operand] = {name: facts.operand(obs, name, floor=floor) for name, obs in inputs.items()}
    values |= operands(check.parameters)
    for name, text in check.let.items():
        values[name] = _computed(text, values, problems)
    return values


def _told(value: Operand, raised: Operand) -> Operand:
    """The result without an end that follows from nothing but a natural floor.

    Nearly four times as many means growth below 16.65 % a year; that it was above −100 % nobody had to say.
    """
    if not isinstance(value, Interval) or not isinstance(raised, Interval):
        return value
    low, high = value.lo == raised.lo, value.hi == raised.hi
    if low == high:
        return value
    return Interval(value.lo if low else None, value.hi if high else None, value.lo_open, value.hi_open)


def _verdict(
    check: CrossCheck,
    inputs: Mapping[str, Observation | None],
    values: Mapping[str, Operand],
    computed: Iterable[Result],
    problems: list[FormulaError],
    metrics: Mapping[str, Metric],
    widest: Fraction | None,
) -> tuple[Verdict, str, str]:
    # Scopes that differ by definition stay different when the missing figure comes.
    for left, right in combinations(_compared_metrics(check, inputs, metrics), 2):
        if defined := by_definition(left, right):
            return "not_comparable", defined.zh, defined.en
    absent = [name for name, obs in inputs.items() if obs is None]
    if absent:
        return "gap", *_absent(absent, check, metrics)
    if not check.additive:
        return "not_additive", "所列有重叠", "the lists overlap"
    compared = [obs for name in check.compare_scope if (obs := inputs[name]) is not None]
    for difference in differences(compared, metrics):
        return "not_comparable", difference.zh, difference.en
    truth: Operand = True
    if check.assert_ is not None:
        truth = _computed(check.assert_, values, problems)
    if problems:
        return "undetermined", problems[0].zh, problems[0].en
    if truth is False:
        return check.on_false, "", ""
    if truth is not True:
        return "undetermined", "结果取决于四舍五入或界限", "the outcome depends on rounding or on a bound"
    plain = plain_verdict(check.assert_ is not None, computed, widest)
    return check.on_true if plain == "ok" else plain, "", ""


def _compared_metrics(
    check: CrossCheck, inputs: Mapping[str, Observation | None], metrics: Mapping[str, Metric]
) -> Iterator[Metric]:
    """The metrics of the inputs whose scopes must agree, stated or not."""
    for name in check.compare_scope:
        asked, stated = check.inputs[name], inputs[name]
        if stated is not None:
            yield metrics[stated.metric]
        elif isinstance(asked, FigureKey) and asked.metric in metrics:
            yield metrics[asked.metric]


def _computed(text: str, values: Mapping[str, Operand], problems: list[FormulaError]) -> Operand:
    try:
        return parse(text)(values)
    except FormulaError as problem:
        problems.append(problem)
        return None


def _resolve(asked: str | FigureKey, check: CrossCheck, facts: StandingFacts) -> Observation | None:
    """The observation an input means as things stand; None where there is none."""
    if isinstance(asked, FigureKey):
        period = Period.parse(asked.period)
        return facts.figure(asked.subject, asked.metric, period, asked.figure, asked.of or "")
    if asked not in facts.facts:
        return None
    stated = facts.facts.observation(asked)
    side_by_side = sum(1 for other in _named(check, facts) if other.key == stated.key) > 1
    settled = facts.settled(stated.key)
    if settled.state == "standing" and not side_by_side:
        return settled.standing
    return _latest(stated, facts)


def _named(check: CrossCheck, facts: StandingFacts) -> Iterator[Observation]:
    """The observations a check names by id, as they were stated."""
    for asked in check.inputs.values():
        if isinstance(asked, str) and asked in facts.facts:
            yield facts.facts.observation(asked)


def _latest(obs: Observation, facts: StandingFacts) -> Observation | None:
    """The observation while it is in use, else the correction that replaced it; None once withdrawn."""
    if facts.facts.is_live(obs.id):
        return obs
    later = (_latest(each, facts) for each in reversed(facts.facts.corrections(obs.id)))
    return next((found for found in later if found is not None), None)


def _ruled(inputs: Iterable[Observation | None], facts: StandingFacts) -> str:
    """The id that a person chose among statements of one figure which the check sets side by side."""
    keys = [obs.key for obs in inputs if obs is not None]
    for key in dict.fromkeys(keys):
        ruling = facts.settled(key).ruling
        if keys.count(key) > 1 and ruling is not None:
            return ruling.stands
    return ""


def _disputed(obs: Observation, facts: StandingFacts) -> bool:
    return facts.settled(obs.key).state == "conflict"


def _absent(names: list[str], check: CrossCheck, metrics: Mapping[str, Metric]) -> tuple[str, str]:
    """Which figures are missing, by name of metric where the check gives one."""
    zh, en = [], []
    for name in names:
        asked = check.inputs[name]
        metric = metrics.get(asked.metric) if isinstance(asked, FigureKey) else None
        zh.append(metric.zh if metric else name)
        en.append(metric.en if metric else name)
    return "缺：" + "、".join(zh), "missing: " + ", ".join(en)


def _severity(rule: str | None, rules: Mapping[str, LogicRule]) -> Severity:
    return rules[rule].severity if rule is not None and rule in rules else "info"
