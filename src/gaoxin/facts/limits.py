"""The limits that logic rules declare (规则参数): what they are, and which ones a rule cannot do without.

A limit is a line of a pack, never of the code: the code only knows its name and what it measures. Gate 3 asks
`NEEDED` whether every rule declares what its function reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.errors import PackError
from gaoxin.core.quantities import unit
from gaoxin.facts.operands import Operand
from gaoxin.facts.values import Value

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule, Parameter

# The rule that says when a result is too coarse to quote; it judges cross-checks, not figures.
COARSE_RULE = "L15"
# Rule → name of a parameter its function reads → a unit that the declared one must convert to.
NEEDED: Mapping[str, Mapping[str, str]] = {
    "L7": {"most": "%"},
    "L8": {"fewest_digits": "个"},
    "L10": {"lowest": "倍", "highest": "倍", "fewest_peers": "个", "slip_within": "倍"},
    COARSE_RULE: {"widest": "%"},
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A declared limit. Units: `value` in base units (50 % is 1/2); `zh`, `en`: as printed, with its unit."""

    value: Fraction
    zh: str
    en: str


def limit(rule: LogicRule, name: str) -> Limit:
    """The limit of a rule that its function cannot do without.

    Raises: PackError if the rule does not declare it, or in a unit of another kind.
    """
    usual = NEEDED[rule.id][name]
    parameter = rule.parameters.get(name)
    if parameter is None:
        raise _refused(
            rule, f"没有写参数 {name}（单位如 {usual}）", f"lacks the parameter {name} (in {usual} or alike)"
        )
    if not unit(parameter.unit).converts_to(unit(usual)):
        zh, en = (
            f"的参数 {name} 应以 {usual} 等为单位",
            f"states {name} in {parameter.unit}, not in {usual} or alike",
        )
        raise _refused(rule, f"{zh}，写的是 {parameter.unit}", en)
    value = _value(parameter)
    lo = value.interval().lo
    assert lo is not None
    return Limit(lo, value.render(parameter.unit), value.render(parameter.unit, "en"))


def operands(parameters: Mapping[str, Parameter]) -> dict[str, Operand]:
    """Declared parameters as formulas see them: exact, in base units."""
    return {name: _value(parameter).interval() for name, parameter in parameters.items()}


def unconfirmed(parameters: Mapping[str, Parameter], used: Iterable[str] | None = None) -> tuple[str, ...]:
    """What a result must say is still to be confirmed, of all parameters or of those it used."""
    names = set(parameters if used is None else used)
    return tuple(p.zh for name, p in parameters.items() if name in names and p.confidence == "to_confirm")


def _value(parameter: Parameter) -> Value:
    return Value.of(parameter.value, parameter.unit, exact=True)


def _refused(rule: LogicRule, zh: str, en: str) -> PackError:
    place = f"{rule.origin.file}:{rule.origin.line}"
    return PackError(
        f"审核规则 {rule.id} {zh}，请在内容包 {place} 的 parameters: 下改正。",
        f"The logic rule {rule.id} {en}; mend it under parameters: at {place}.",
        file=rule.origin.file,
        line=rule.origin.line,
    )
