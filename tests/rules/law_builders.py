"""Made-up law in a few words: rules with dated numbers, families, and the book that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gaoxin.packs.schemas.rule import Rule
from gaoxin.packs.schemas.rule_family import RuleFamily
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import CompiledRule, Compiler
from tests.rules.route_builders import ON, national

SURE: Mapping[str, str] = {"document": "d", "article": "第一条", "mark": "V2", "confidence": "verified"}
HNTE = {"kind": "hnte", "valid_from": "2024-12-01", "valid_to": "2027-11-30"}
# A direct route by a certificate, in place of T2.
BY_CERTIFICATE = {
    "id": "D", "zh": "直接认定", "replaces": ["T2"], "document": "d", "article": "第二条",
    "any": [{"id": "D1", "zh": "高企", "test": "exists(e in titles: e.kind = 'hnte' and valid(e))"}],
}  # fmt: skip


def a_condition(id: str, test: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "zh": f"条件{id}",
        "en": f"Condition {id}",
        "aspect": "scale",
        "test": test,
        **SURE,
        **more,
    }


def a_parameter(unit: str, *lines: tuple[str | None, str | None, str], **more: Any) -> dict[str, Any]:
    """A number of law by its lines: from, until, value."""
    values = [{"from": start, "until": until, "value": value, **SURE} for start, until, value in lines]
    return {"zh": "上限", "en": "Limit", "unit": unit, "values": values, **more}


def a_law(id: str = "DEMO", *conditions: dict[str, Any], **more: Any) -> Rule:
    """A rule in force since 2020, unless told otherwise."""
    written: dict[str, Any] = {
        "kind": "rule", "id": id, "zh": f"示范{id}", "en": f"Demo {id}", "short": "示范", "category": "title",
        "status": "in_force", "effective": {"from": "2020-01-01"}, "describe": {"zh": "示范", "en": "Demo"},
        "grants": {"title": "tsme", "valid": {"years": 1}},
        "documents": {"d": {"zh": "办法", "en": "Measures", "number": "1号", "confidence": "verified"}},
        "scope": {"rd_expenditure": ["rd_tax"], "sti_staff": ["sti_staff_tsme"],
                  "headcount": ["staff_total_avg"], "income": ["sales_income"]},
        "conditions": conditions or (a_condition("T1", "staff_total_avg[Y-1] <= 500人"),),
    }  # fmt: skip
    return Rule.model_validate({**written, **more})


def a_family(*versions: tuple[str, str, str | None, str | None]) -> RuleFamily:
    """The family DEMOS: rule, application, from, until."""
    return RuleFamily.model_validate(
        {
            "kind": "rule_family", "id": "DEMOS", "zh": "示范企业", "en": "Demo firms",
            "versions": [
                {"rule": rule, "application": application, "from": start, "until": until}
                for rule, application, start, until in versions
            ],
        }
    )  # fmt: skip


def a_book(*rules: Rule, family: RuleFamily | None = None) -> RuleBook:
    """A book of these rules alone, over the national metrics."""
    families = {family.id: family} if family is not None else {}
    held = {rule.id: rule for rule in rules}
    return RuleBook(replace(national(), rules=held, rule_families=families, rule_cases={}))


def compiled(rule: Rule, on: date = ON, *others: Rule) -> CompiledRule:
    return Compiler(a_book(rule, *others), on).compiled(rule.id)
