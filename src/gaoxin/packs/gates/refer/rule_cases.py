"""Rule cases: every fact is a metric of the catalogue in its own shape, every expectation can be given.

Shapes are those of the format of rule cases: a yearly metric maps years to values, an event list is a list of
elements, everything else is one value; ratios are fractions of one; decimals are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from gaoxin.core.units import unit
from gaoxin.packs.bounds import bounds_of
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.gates.refer.rules import named_as_its_file
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Metric, Origin, Rule, RuleCase, RuleCases

_EXACT = re.compile(r"-?\d{1,18}(\.\d{1,12})?")


def refer_rule_cases(library: Library, complaints: Complaints) -> None:
    """Every case of every rule and family."""
    unread = {Path(issue.file).stem for issue in library.issues if issue.file and issue.severity == "error"}
    known = [*library.rules, *library.rule_families]
    for held in library.rule_cases.values():
        named_as_its_file(held, held.rule, complaints)
        # Of a rule whose own file could not be read this is no news.
        if held.rule not in unread and complaints.known(
            held.origin.at("rule"), held.rule, known, "规则", "rule"
        ):
            _of_rule(held, library, complaints)


def _of_rule(held: RuleCases, library: Library, complaints: Complaints) -> None:
    rule = library.rules.get(held.rule)
    if rule is not None and not rule.executable:
        complaints.add(
            "not_executable",
            held.origin.at("rule"),
            f"规则 {rule.id} 只作说明，不能有用例",
            f"the rule {rule.id} is only described; it cannot have cases",
            "去掉用例",
            "remove the cases",
        )
        return
    names: set[str] = set()
    for number, case in enumerate(held.cases):
        origin = held.origin.at("cases", number)
        if case.name in names:
            complaints.add(
                "duplicate_id",
                origin.at("name"),
                f"用例名“{case.name}”写了两次",
                f"duplicate id: two cases are called “{case.name}”",
                "换一个名字",
                "choose another name",
            )
        names.add(case.name)
        for metric_id in case.facts:
            here = origin.at("facts", metric_id)
            if complaints.known(here, metric_id, library.metrics, "指标", "metric"):
                _Fact(library.metrics[metric_id], case, here, complaints).check()
        _expected(case, rule, origin.at("expect"), library, complaints)


def _expected(
    case: RuleCase, rule: Rule | None, origin: Origin, library: Library, complaints: Complaints
) -> None:
    expect = case.expect
    for metric_id in expect.missing or ():
        complaints.known(origin.at("missing"), metric_id, library.metrics, "指标", "metric")
    complaints.known(origin.at("version"), expect.version, library.rules, "规则", "rule")
    if rule is None:
        return
    conditions = [condition.id for condition in rule.conditions]
    for condition in expect.not_met or ():
        complaints.known(origin.at("not_met"), condition, conditions, "条件", "condition")
    able = {
        "version": False,
        "score": bool(rule.scores),
        "amount": rule.benefit is not None,
        "class": rule.classes is not None,
        "completeness": rule.completeness is not None,
    }
    for name, possible in able.items():
        if not possible and getattr(expect, "class_" if name == "class" else name) is not None:
            complaints.add(
                "wrong_expectation",
                origin.at(name),
                f"规则 {rule.id} 得不出 {name}",
                f"the rule {rule.id} gives no {name}",
                "去掉这一项",
                "remove it",
            )
    if rule.classes is not None:
        classes = (expect.class_,) if isinstance(expect.class_, str) else expect.class_ or ()
        for name in classes:
            complaints.known(origin.at("class"), name, rule.classes.zh, "分类", "class")


class _Fact:
    """One fact of a case, held against its metric."""

    def __init__(self, metric: Metric, case: RuleCase, origin: Origin, complaints: Complaints) -> None:
        self.metric = metric
        self.case = case
        self.origin = origin
        self.complaints = complaints

    def check(self) -> None:
        value = self.case.facts[self.metric.id]
        if value is None:
            return
        if self.metric.yearly:
            if not isinstance(value, Mapping):
                self._shape("按年取值，写成 {2025: …}", "has a value for each year", "write {2025: …}")
                return
            for year, held in value.items():
                self._value(held, self.origin.at(year))
        elif self.metric.period_type == "event_list":
            if not isinstance(value, tuple):
                self._shape("是清单，写成 [] 或 [{…}]", "is a list", "write [] or [{…}]")
                return
            for number, element in enumerate(value):
                self._element(element, self.origin.at(number))
        elif isinstance(value, Mapping | tuple):
            self._shape("只有一个值，不按年、不是清单", "has one value, without year", "write the value")
        else:
            self._value(value, self.origin)

    def _value(self, value: object, origin: Origin) -> None:
        metric = self.metric
        if value is None:
            return
        if metric.is_numeric:
            if self._is(value, "number", origin, metric.id):
                self._within_bounds(Fraction(str(value)), origin)
        elif metric.value_type == "code" and metric.choices:
            self.complaints.known(origin, str(value), metric.choices, f"{metric.id} 的取值", "choice")
        else:
            self._is(value, metric.value_type, origin, metric.id)

    def _element(self, element: Mapping[str, object], origin: Origin) -> None:
        fields = {field.name: field for field in self.metric.elements}
        for name, value in element.items():
            here = origin.at(name)
            if not self.complaints.known(here, name, fields, f"{self.metric.id} 的字段", "field"):
                continue
            if value is None:
                continue
            field = fields[name]
            if field.type == "code":
                self.complaints.known(here, str(value), field.choices, f"{name} 的取值", "choice")
            else:
                self._is(value, field.type, here, f"{self.metric.id}.{name}")

    def _is(self, value: object, type_: str, origin: Origin, name: str) -> bool:
        if type_ == "boolean":
            sound, wanted = isinstance(value, bool), ("true 或 false", "true or false")
        elif type_ in ("rank", "year"):
            sound, wanted = isinstance(value, int) and not isinstance(value, bool), ("整数", "a whole number")
        elif type_ == "date":
            sound, wanted = _is_day(value), ("日期 2026-01-31", "a date: 2026-01-31")
        elif type_ in ("text", "code"):
            sound, wanted = isinstance(value, str), ("加引号的文字", "a quoted text")
        else:
            sound = not isinstance(value, bool) and _EXACT.fullmatch(str(value)) is not None
            wanted = ('整数或加引号的小数 "7.5"', 'a whole number or a quoted decimal: "7.5"')
        if not sound:
            self.complaints.add(
                "bad_value",
                origin,
                f"{name} 的值 {value} 写法不对",
                f"the value {value} of {name} is not written as expected",
                f"写成{wanted[0]}",
                f"write {wanted[1]}",
            )
        return sound

    def _within_bounds(self, number: Fraction, origin: Origin) -> None:
        bounds = bounds_of(self.metric)
        if self.metric.value_type == "money":
            number *= unit(self.case.money_unit).factor
        if bounds is not None and not bounds[0] <= number <= bounds[1]:
            self.complaints.add(
                "outside",
                origin,
                f"{self.metric.id} 的值超出取值范围",
                f"the value of {self.metric.id} lies outside its bounds",
                "占比写成小数（0.104 表示 10.4%），金额按 money_unit 写",
                "a share is a fraction of one (0.104 for 10.4 %), money is in money_unit",
            )

    def _shape(self, zh: str, en: str, mend_en: str) -> None:
        metric = self.metric
        self.complaints.add("wrong_shape", self.origin, f"{metric.id} {zh}", f"{metric.id} {en}", "", mend_en)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False
