"""Derivations, logic rules and cross-checks: every name in a formula is bound, every input exists."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Mapping

from gaoxin.core.errors import FormulaError
from gaoxin.core.spelling import did_you_mean
from gaoxin.core.units import unit
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.gates.refer.numbers import NUMBER
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import CrossCheck, FigureKey, FigurePattern, LogicRule, Origin, Parameter, Shown

FormulaReader = Callable[[str], object]
# Rule → name of a parameter that the floor above reads → a unit it must convert to.
RuleNeeds = Mapping[str, Mapping[str, str]]


def refer_formulas(
    library: Library,
    complaints: Complaints,
    read_formula: FormulaReader | None,
    rule_needs: RuleNeeds | None = None,
    rule_functions: Collection[str] | None = None,
) -> None:
    """Everything that calculates."""
    formulas = _Formulas(complaints, read_formula)
    for derivation in library.derivations.values():
        origin = derivation.origin
        for name, pattern in derivation.inputs.items():
            _pattern(pattern, origin.at("inputs", name), library, complaints)
        _pattern(derivation.yields, origin.at("yields"), library, complaints)
        formulas.check(origin.at("formula"), derivation.formula, derivation.inputs)
        patterns = (derivation.yields, *derivation.inputs.values())
        shares = any(pattern.figure in ("share", "rank") for pattern in derivation.inputs.values())
        if any(pattern.subject == "of" for pattern in patterns) and not shares:
            complaints.add(
                "unbound_name",
                origin.at("yields"),
                "subject: of 没有依据：输入里没有占比",
                "subject: of means nothing here: no input is a share",
            )
    for rule in library.logic_rules.values():
        needed = (rule_needs or {}).get(rule.id, {})
        _missing_parameters(rule, needed, complaints)
        if rule_functions is not None and not rule.applies and rule.id not in rule_functions:
            _never_applies(rule, complaints)
        taken = {name for instance in rule.applies for name in instance.inputs}
        for name, parameter in rule.parameters.items():
            _parameter(name, parameter, rule.origin, taken, complaints, needed.get(name))
        for number, instance in enumerate(rule.applies):
            origin = rule.origin.at("applies", number)
            for name, pattern in instance.inputs.items():
                _pattern(pattern, origin.at("inputs", name), library, complaints)
            bound = formulas.steps(origin, [*instance.inputs, *rule.parameters], instance.let)
            formulas.check(origin.at("assert"), instance.assert_, bound)
            _shown(origin, instance.show, bound, complaints)
    for check in library.cross_checks.values():
        _cross_check(check, library, complaints, formulas)


def _cross_check(check: CrossCheck, library: Library, complaints: Complaints, formulas: _Formulas) -> None:
    origin = check.origin
    complaints.known(origin.at("rule"), check.rule, library.logic_rules, "审核规则", "logic rule")
    ids = {spec.id for spec in library.observations}
    for name, asked in check.inputs.items():
        here = origin.at("inputs", name)
        if isinstance(asked, FigureKey):
            complaints.known(here, asked.subject, library.subjects, "主体", "subject")
            complaints.known(here, asked.metric, library.metrics, "指标", "metric")
            complaints.known(here, asked.of, library.subjects, "主体", "subject")
            complaints.period(here, asked.period)
        else:
            complaints.known(here, asked, ids, "观测值", "observation")
    for name, parameter in check.parameters.items():
        _parameter(name, parameter, origin, check.inputs, complaints)
    bound = formulas.steps(origin, [*check.inputs, *check.parameters], check.let)
    if check.assert_ is not None:
        formulas.check(origin.at("assert"), check.assert_, bound)
    _shown(origin, check.show, bound, complaints)
    for number, name in enumerate(check.compare_scope):
        complaints.known(origin.at("compare_scope", number), name, list(check.inputs), "变量", "name")


def _shown(origin: Origin, show: Iterable[Shown], bound: Collection[str], complaints: Complaints) -> None:
    """What is printed exists, in a unit there is."""
    for number, shown in enumerate(show):
        complaints.known(origin.at("show", number), shown.name, bound, "变量", "name")
        complaints.unit(origin.at("show", number), shown.unit)


def _missing_parameters(rule: LogicRule, needed: Mapping[str, str], complaints: Complaints) -> None:
    """What the function behind a rule reads is declared."""
    spare = [name for name in rule.parameters if name not in needed]
    for name, usual in needed.items():
        if name not in rule.parameters:
            hint_zh, hint_en = did_you_mean(name, spare)
            line = f'{name}: {{value: "…", unit: {usual}, confidence: to_confirm, zh: …, en: …}}'
            complaints.add(
                "missing_parameter",
                rule.origin.at("parameters"),
                f"审核规则 {rule.id} 没有写参数 {name}",
                f"the logic rule {rule.id} lacks the parameter {name}",
                f"{hint_zh}在 parameters: 下写 {line}",
                f"{hint_en} write {line} under parameters:".strip(),
            )


def _never_applies(rule: LogicRule, complaints: Complaints) -> None:
    """A rule that neither the engine nor its own instances look for would pass in silence."""
    complaints.add(
        "rule_never_applies",
        rule.origin,
        f"审核规则 {rule.id} 从不核对：没有写 applies，系统里也没有它的查找方法",
        f"the logic rule {rule.id} is never applied: it has no applies, and the engine does not look for it",
        "在 applies: 下写出 inputs 和 assert，或删去这条规则",
        "write inputs and assert under applies:, or delete the rule",
    )


def _parameter(
    name: str,
    parameter: Parameter,
    origin: Origin,
    inputs: Collection[str],
    complaints: Complaints,
    usual: str | None = None,
) -> None:
    origin = origin.at("parameters", name)
    if name in inputs:
        complaints.add(
            "duplicate_id",
            origin,
            f"{name} 既是输入又是参数",
            f"duplicate id: {name} is both an input and a parameter",
            "换个名字",
            "choose another name",
        )
    written = complaints.unit(origin.at("unit"), parameter.unit)
    if written is not None and usual is not None and not written.converts_to(unit(usual)):
        complaints.add(
            "wrong_dimension",
            origin.at("unit"),
            f"参数 {name} 的单位 {parameter.unit} 不能换算成 {usual}",
            f"the parameter {name} is in {parameter.unit}, which does not convert to {usual}",
            f"用 {usual} 或同类单位写",
            f"write it in {usual} or a unit alike",
        )
    if not NUMBER.match(parameter.value):
        complaints.add(
            "bad_value",
            origin.at("value"),
            f"参数 {parameter.value} 不是数",
            f"the parameter {parameter.value} is not a number",
            '写成 "3" 或 "0.75"，单位写在 unit:',
            'write "3" or "0.75"; the unit goes into unit:',
        )


def _pattern(pattern: FigurePattern, origin: Origin, library: Library, complaints: Complaints) -> None:
    if pattern.metric != "*":
        complaints.known(origin, pattern.metric, library.metrics, "指标", "metric")


class _Formulas:
    """Reads formulas far enough to know their names; the language itself belongs to the floor above."""

    def __init__(self, complaints: Complaints, read_formula: FormulaReader | None) -> None:
        self.complaints = complaints
        self.read_formula = read_formula

    def steps(self, origin: Origin, inputs: Iterable[str], let: Mapping[str, str]) -> list[str]:
        """Check the steps in order, each seeing the ones before it; return all names bound then."""
        bound = list(inputs)
        for name, formula in let.items():
            here = origin.at("let", name)
            if name in bound:
                self.complaints.add(
                    "duplicate_id",
                    here,
                    f"变量 {name} 已经用过",
                    f"duplicate id: the name {name} is already bound",
                    "换个名字",
                    "choose another name",
                )
            self.check(here, formula, bound)
            bound.append(name)
        return bound

    def check(self, origin: Origin, formula: str, bound: Iterable[str]) -> None:
        try:
            if self.read_formula is not None:
                self.read_formula(formula)
            tree = ast.parse(formula, mode="eval")
        except FormulaError as error:
            self.complaints.error("bad_formula", origin, error)
            return
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self.complaints.add(
                "bad_formula", origin, f"公式写法有误：{formula}", f"the formula cannot be read: {formula}"
            )
            return
        called = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        known = list(bound)
        for name in sorted(names - called - set(known)):
            hint_zh, hint_en = did_you_mean(name, known)
            self.complaints.add(
                "unbound_name",
                origin,
                f"公式里的 {name} 没有定义：{formula}",
                f"the name {name} is not bound: {formula}",
                f"{hint_zh}可用：{', '.join(known)}",
                f"{hint_en} bound here: {', '.join(known)}".strip(),
            )
