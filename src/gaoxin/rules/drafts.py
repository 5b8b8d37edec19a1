"""A clause with other numbers than those of the law: what somebody wrote, read and checked (草案).

`cap="4000万元"`, `rate="0.08"` or `"8%"`, `last_bill="2026-12-31"`, `codes="C16,F51"`,
`rates="3000万元:2%, 5000万元:3%"` for a table, whose direction and rest stay those of the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.compute.language import Parameter, Table
from gaoxin.core.errors import RuleError, UnitError
from gaoxin.core.spelling import did_you_mean
from gaoxin.core.units import unit
from gaoxin.packs.schemas.exact import amount

if TYPE_CHECKING:
    from gaoxin.packs.schemas.rule import Rule
    from gaoxin.packs.schemas.rule_parameter import RuleParameter
    from gaoxin.rules.compiling import CompiledRule

Held = Parameter | Table


@dataclass(frozen=True)
class Draft:
    """Other values for some parameters of one rule. `written`: as somebody wrote them, by parameter."""

    name: str
    rule: str
    written: Mapping[str, str]
    values: Mapping[str, Held]

    @property
    def overrides(self) -> Mapping[str, Held]:
        """For the compiler."""
        return {f"{self.rule}.{name}": value for name, value in self.values.items()}


def draft(compiled: CompiledRule, written: Mapping[str, str], name: str = "A") -> Draft:
    """Read what somebody wrote for the parameters of a rule.

    Raises: RuleError for a parameter the rule does not have, with near ones, for a value that cannot be read
    and for a number without its unit; a bare number is understood for a ratio, as a fraction of one.
    """
    rule = compiled.rule
    values = {}
    for parameter, text in written.items():
        if parameter not in rule.parameters:
            hint_zh, hint_en = did_you_mean(parameter, rule.parameters)
            known = "、".join(f"{key}（{spec.zh}）" for key, spec in rule.parameters.items())
            raise RuleError(
                f"{rule.id} 没有参数 {parameter}，{hint_zh}可以改的有：{known}",
                f"{rule.id} has no parameter {parameter}; {hint_en} it has {', '.join(rule.parameters)}",
                rule=rule.id,
                parameter=parameter,
            )
        values[parameter] = _read(rule, parameter, str(text).strip(), compiled.values[parameter])
    return Draft(name, rule.id, {key: str(text) for key, text in written.items()}, values)


def moved(law: Parameter, by: Fraction) -> Parameter:
    """A number of law, moved."""
    assert isinstance(law.value, Fraction)
    return replace(law, value=law.value + by)


def step_of(spec: RuleParameter, law: Parameter) -> Fraction:
    """A sensible step for a number of law, in base units.

    A tenth of its leading digit's place and of the digit itself: 3000 万元 moves by 100 万元, 200 万元 by
    10 万元, 50% by 1 percentage point, 8% by a tenth; whole things move by one at least.
    """
    assert isinstance(law.value, Fraction)
    factor = unit(spec.unit).factor if spec.unit else Fraction(1)
    size = abs(law.value / factor)
    place = Fraction(1)
    while place * 10 <= size:
        place *= 10
    while size and place > size:
        place /= 10
    step = place / 10
    if spec.unit and unit(spec.unit).dimension.value in ("count", "time", "rank", "point"):
        step = max(step, Fraction(1))
    return step * factor


def _read(rule: Rule, name: str, text: str, law: Held) -> Held:
    spec = rule.parameters[name]
    try:
        if isinstance(law, Table):
            return _table(spec, text, law)
        if isinstance(law.value, date):
            return replace(law, value=date.fromisoformat(text))
        if isinstance(law.value, tuple):
            return replace(law, value=tuple(part.strip() for part in text.replace("、", ",").split(",")))
        return replace(law, value=_number(text, spec.unit))
    except (ValueError, UnitError) as error:
        example_zh, example_en = _example(spec, law)
        raise RuleError(
            f"{rule.id} 的参数 {name}（{spec.zh}）读不懂“{text}”，应写作 {example_zh}",
            f"cannot read {text!r} for the parameter {name} of {rule.id}; write {example_en}",
            rule=rule.id,
            parameter=name,
        ) from error


def _number(text: str, symbol: str | None) -> Fraction:
    """A number with its unit, in base units. Raises: ValueError, UnitError."""
    number, written = amount(text)
    own = unit(symbol) if symbol else unit("1")
    if written is None:
        if own.dimension is not unit("%").dimension:
            raise ValueError(text)
        return number
    if not written.converts_to(own):
        raise ValueError(text)
    return number * written.factor


def _table(spec: RuleParameter, text: str, law: Table) -> Table:
    steps = []
    for pair in text.replace("，", ",").split(","):
        mark, colon, value = pair.replace("：", ":").partition(":")
        if not colon:
            raise ValueError(text)
        steps.append((_number(mark.strip(), spec.of_unit), _number(value.strip(), spec.unit)))
    marks = [mark for mark, _ in steps]
    if len(set(marks)) != len(marks):
        raise ValueError(text)
    return replace(law, steps=tuple(sorted(steps, reverse=law.rising)))


def _example(spec: RuleParameter, law: Held) -> tuple[str, str]:
    if isinstance(law, Table):
        row = spec.values[0].table
        assert row is not None
        mark, value = (row.at_least or row.above or row.at_most or row.below)[0]
        told = f"{mark}{spec.of_unit}:{value}{spec.unit}"
        return f"界限:数值，用逗号分开，如 {told}", f"mark:value, separated by commas, such as {told}"
    if isinstance(law.value, date):
        return "2026-12-31", "2026-12-31"
    if isinstance(law.value, tuple):
        return ",".join(law.value), ",".join(law.value)
    told = f"{spec.values[0].value}{spec.unit}"
    return f"{told}（带单位）", f"{told}, with its unit"
