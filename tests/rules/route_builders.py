"""Rules, subjects and actions in a few words, for tests of paths and explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from gaoxin.compute import tree
from gaoxin.compute.reference import Reading, Row
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import Action
from gaoxin.packs.schemas.rule import Rule
from gaoxin.rules.atoms import Frame
from gaoxin.rules.book import RuleBook
from gaoxin.rules.cases import row_of_facts
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.rules.effects import by_column, effects_on, moved
from gaoxin.rules.judging import judge
from gaoxin.rules.lead_times import usual_days
from gaoxin.rules.routes import NoPath, Path, cheapest

ON = date(2026, 6, 30)


@cache
def national() -> Library:
    return open_library(["national"])


@cache
def compiled(name: str, on: date = ON) -> CompiledRule:
    """A rule of the national pack."""
    return Compiler(RuleBook(national()), on).compiled(name)


def a_rule(conditions: Mapping[str, str], **more: Any) -> CompiledRule:
    """A rule with the conditions T1, T2 … as texts of the condition language; `more`: scores, direct …"""
    rule = Rule.model_validate(
        {
            "kind": "rule",
            "id": "DEMO",
            "zh": "示范",
            "en": "Demo",
            "short": "示范",
            "category": "title",
            "status": "in_force",
            "effective": {"from": "2020-01-01"},
            "grants": {"title": "tsme", "valid": {"years": 1}},
            "describe": {"zh": "示范", "en": "Demo"},
            "documents": {
                "d": {"zh": "办法", "en": "Measures", "number": "示〔2020〕1号", "confidence": "verified"}
            },
            "scope": {"rd_expenditure": ["rd_tax"], "sti_staff": ["sti_staff_tsme"],
                      "headcount": ["staff_total_avg"], "income": ["sales_income"]},
            "conditions": [
                {"id": name, "zh": f"条件{name}", "en": f"Condition {name}",
                 "aspect": "score" if "total" in test else "base",
                 "document": "d", "article": "第一条", "mark": "V2", "confidence": "verified", "test": test}
                for name, test in conditions.items()
            ],
            **more,
        }
    )  # fmt: skip
    library = replace(national(), rules={**national().rules, "DEMO": rule})
    return Compiler(RuleBook(library), ON).compiled("DEMO")


def facts(**written: Any) -> Row:
    """A row, money in 万元; yearly figures as {2025: …}."""
    return row_of_facts(written, "万元", Compiler(RuleBook(national()), ON).metrics)


def an_action(name: str, metric: str, cost: str = "1", **more: Any) -> Action:
    """One step up of a figure of last year, at `cost` 万元, done in ten working days."""
    spec = national().metrics[metric]
    settles = "to" in more
    written: dict[str, Any] = {
        "id": name, "zh": f"做{name}", "en": f"Do {name}", "metric": metric,
        "period": "Y-1" if spec.yearly else "now", "direction": "set" if settles else "up",
        "unit_cost": {"value": cost, "unit": "万元"}, "lead_time": {"n": 10, "unit": "working_day"},
        "who": "enterprise", "confidence": "to_confirm",
    }  # fmt: skip
    if not settles:
        written |= {"step": "1", "unit": "万元" if spec.value_type == "money" else spec.unit, "most": "3"}
    return Action.model_validate({**written, **more})


def by_trying_everything(rule: CompiledRule, row: Row, actions: Iterable[Action]) -> dict[str, int] | None:
    """The best of all sets of steps, tried one by one; None if none is enough."""
    effects, _ = effects_on(rule, row, actions)
    columns = by_column(effects)
    before = Reading(row)
    conditions = [(held.id, held.effective) for held in rule.conditions]
    whole = Reading(row)
    assert whole[rule.verdict].value in (True, False, None)
    frame = Frame.of(conditions, whole, frozenset(columns))
    best: tuple[Any, ...] | None = None
    for counts in product(*(range(effect.most + 1) for effect in effects)):
        taken = {effect.id: count for effect, count in zip(effects, counts, strict=True) if count}
        figures = {column: moved(held, taken) for column, held in columns.items()}
        if any(figure is None for figure in figures.values()):
            continue
        after = Reading({**row, **figures})
        if after[rule.verdict].value is False:
            continue
        if any(_undone(atom.node, before, after) for atom in frame.atoms):
            continue
        chosen = [effect for effect in effects if effect.id in taken]
        key = (
            sum((effect.cost * taken[effect.id] for effect in chosen), Fraction(0)),
            len(chosen),
            max((usual_days(effect.action.lead_time) for effect in chosen), default=Fraction(0)),
            tuple(sorted(taken.items())),
        )
        best = key if best is None else min(best, key)
    return None if best is None else dict(best[3])


def same_as_trying_everything(rule: CompiledRule, row: Row, actions: Sequence[Action]) -> None:
    """The cheapest path is the best of all sets of steps; there is none where none is enough."""
    found, best = cheapest(rule, row, actions), by_trying_everything(rule, row, actions)
    if best is None:
        assert isinstance(found, NoPath)
        assert {*found.blocked, *found.together} <= {*judge(rule, row).not_met, *found.blocked}
        assert found.blocked or found.together
    else:
        assert isinstance(found, Path)
        assert counts_of(found.steps) == best


def _undone(node: tree.Node, before: Reading, after: Reading) -> bool:
    """Was it settled, and is it open now although every figure is known?"""
    if any(before[leaf].value is None for leaf in tree.leaves(node)):
        return False
    return _settled(before, node) and not _settled(after, node)


def _settled(reading: Reading, node: tree.Node) -> bool:
    outcome = reading[node]
    return outcome.value is not None and outcome.high in (None, outcome.value)


def counts_of(steps: Sequence[Any]) -> dict[str, int]:
    return {step.action.id: step.count for step in steps}
