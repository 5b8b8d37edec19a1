"""The numbers of a clause as a form: what the law says, what a draft says, what is wrong with it (草案表单).

A number is typed in the unit of the law, which stands beside the field; a table as `200万元:5%, 30万元:1%`.
What equals the law is no change. Every fault is told at its field, and the other fields still count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from gaoxin.compute.language import Parameter, Table
from gaoxin.core.errors import RuleError
from gaoxin.core.quantities import format_number, round_half_up
from gaoxin.core.units import unit
from gaoxin.packs.schemas.rule_parameter import RuleParameter
from gaoxin.rules.compiling import CompiledRule, value_day
from gaoxin.rules.drafts import draft
from gaoxin.web.pages.scope import language

SIDES = ("a", "b")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_WHOLE = Fraction(1)
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Field:
    """One number of one draft. `value` as typed; `moved`: it differs from the law."""

    id: str
    value: str
    moved: bool
    error: str


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One number of the law and what the drafts put in its place."""

    name: str
    label: str
    unit: str
    kind: str
    law: str
    article: str
    unconfirmed: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class ClauseForm:
    """`written`: by draft, the changed numbers as `rules.drafts` reads them; faulty fields left out."""

    lines: tuple[ParameterLine, ...]
    written: Mapping[str, Mapping[str, str]]

    @property
    def faults(self) -> tuple[Field, ...]:
        return tuple(field for line in self.lines for field in line.fields if field.error)


def clause_form(compiled: CompiledRule, values: Mapping[str, str]) -> ClauseForm:
    """Reads `a.cap`, `b.cap` … of an address or a form; what is absent is the law."""
    lines, written = [], {side: {} for side in SIDES}  # type: dict[str, dict[str, str]]
    for name, spec in compiled.rule.parameters.items():
        law = compiled.values[name]
        told = law_text(spec, law)
        fields = []
        for side in SIDES:
            key = f"{side}.{name}"
            typed = values.get(key, told).strip()[:_LONGEST]
            text, fault = _read(compiled, name, spec, law, typed or told)
            if text is not None:
                written[side][name] = text
            fields.append(Field(key, typed or told, text is not None or bool(fault), fault))
        lines.append(
            ParameterLine(
                name=name,
                label=spec.en if language() == "en" else spec.zh,
                unit="" if isinstance(law, Table) or spec.unit in (None, "1") else _unit_word(spec),
                kind=kind_of(law),
                law=shown(spec, law),
                article=_article(compiled, spec),
                unconfirmed=_unconfirmed(compiled, spec),
                fields=tuple(fields),
            )
        )
    return ClauseForm(tuple(lines), written)


def kind_of(law: Parameter | Table) -> str:
    """number, table, date or codes."""
    if isinstance(law, Table):
        return "table"
    return "date" if isinstance(law.value, date) else "codes" if isinstance(law.value, tuple) else "number"


def law_text(spec: RuleParameter, law: Parameter | Table) -> str:
    """The value of the law as it is typed."""
    if isinstance(law, Table):
        return ", ".join(
            f"{_bare(mark, spec.of_unit)}{spec.of_unit}:{_bare(value, spec.unit)}{_symbol(spec.unit)}"
            for mark, value in law.steps
        )
    if isinstance(law.value, date):
        return law.value.isoformat()
    if isinstance(law.value, tuple):
        return ", ".join(law.value)
    assert isinstance(law.value, Fraction)
    return _bare(law.value, spec.unit)


def shown(spec: RuleParameter, held: Parameter | Table) -> str:
    """A value with its unit, for reading."""
    if isinstance(held, Parameter) and isinstance(held.value, Fraction):
        own = unit(spec.unit) if spec.unit else unit("1")
        return format_number(
            round_half_up(held.value / own.factor, _places(held.value / own.factor)), own, language()
        )
    return law_text(spec, held)


def _read(
    compiled: CompiledRule, name: str, spec: RuleParameter, law: Parameter | Table, typed: str
) -> tuple[str | None, str]:
    """The change as written, None where there is none; or what is wrong."""
    text = typed
    if kind_of(law) == "number":
        plain = typed.replace(",", "").replace("，", "").replace("\u2009", "")
        if _NUMBER.fullmatch(plain):
            text = plain + _symbol(spec.unit)
        elif spec.unit in (None, "1"):
            return None, _("应填一个数，如 %s") % law_text(spec, law)
    text = text.replace("\n", ",").replace("；", ",") if kind_of(law) == "table" else text
    try:
        held = draft(compiled, {name: text}).values[name]
    except RuleError as problem:
        return None, problem.en if language() == "en" else problem.zh
    fault = _out_of_bounds(spec, law, held)
    if fault:
        return None, fault
    return (None, "") if held == law else (text, "")


def _out_of_bounds(spec: RuleParameter, law: Parameter | Table, held: Parameter | Table) -> str:
    """What no clause can mean: less than nothing, a share of more than all, a day of another age."""
    if isinstance(held, Table):
        numbers = [number for row in held.steps for number in row]
        shares = [value for _mark, value in held.steps]
    elif isinstance(held.value, date):
        return "" if _FIRST <= held.value <= _LAST else _("日期应在 2000 年到 2100 年之间")
    elif isinstance(held.value, Fraction):
        numbers = shares = [held.value]
    else:
        return "" if held.value else _("至少填一个代码")
    if min(numbers, default=Fraction(0)) < 0:
        return _("不能小于 0")
    known = law.value if isinstance(law, Parameter) and isinstance(law.value, Fraction) else _WHOLE
    if spec.unit == "%" and max(shares, default=Fraction(0)) > max(_WHOLE, known):
        return _("比例不能超过 100%")
    return ""


def _bare(value: Fraction, symbol: str | None) -> str:
    number = value / (unit(symbol).factor if symbol else 1)
    return format(round_half_up(number, _places(number)), "f")


def _places(number: Fraction) -> int:
    return next((places for places in range(7) if (number * 10**places).denominator == 1), 6)


def _symbol(symbol: str | None) -> str:
    return "" if symbol in (None, "1") else str(symbol)


def _unit_word(spec: RuleParameter) -> str:
    own = unit(spec.unit or "1")
    return own.en if language() == "en" else own.symbol


def _line(compiled: CompiledRule, spec: RuleParameter):  # type: ignore[no-untyped-def]
    return spec.line_on(value_day(compiled.rule, spec, compiled.on))


def _article(compiled: CompiledRule, spec: RuleParameter) -> str:
    line = _line(compiled, spec)
    return line.article if line is not None else ""


def _unconfirmed(compiled: CompiledRule, spec: RuleParameter) -> bool:
    line = _line(compiled, spec)
    return line is not None and line.confidence == "to_confirm"
