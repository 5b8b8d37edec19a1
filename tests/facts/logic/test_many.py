"""Rules over many enterprises: four times the enterprises are four times the work, not sixteen times."""

from __future__ import annotations

import sys
from types import FrameType, SimpleNamespace
from typing import Any

import pytest

from gaoxin.facts.factbase import FactBase
from gaoxin.facts.logic import evaluate_rules
from gaoxin.facts.records import Subject
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import LogicRule
from tests.facts.builders import a_fact_base, a_metric, a_rule, an_observation, metrics_of

METRICS = metrics_of(
    a_metric("revenue", "元"),
    a_metric("main_revenue", "元", within="revenue"),
    a_metric("staff", "人", period_type="average_year"),
    a_metric("new_staff", "人", period_type="count_year"),
)
STOCK = {
    "inputs": {
        "now": {"metric": "staff"},
        "before": {"metric": "staff", "period": "previous"},
        "new": {"metric": "new_staff"},
    },
    "assert": "now <= before + new",
}
PEERS = {
    "inputs": {"amount": {"metric": "revenue"}, "heads": {"metric": "staff"}},
    "assert": "amount > heads",
}
RULES = {
    "L1": a_rule("L1"),
    "L2": a_rule("L2"),
    "L4": a_rule("L4", STOCK),
    "L6": a_rule("L6"),
    "L7": a_rule("L7"),
    "L10": a_rule("L10", PEERS),
    "L11": a_rule("L11"),
    "L12": a_rule("L12"),
}


def enterprises(count: int) -> FactBase:
    """Enterprises of one zone with two years, two stretches of a year, a growth and two shares each; and the
    zone."""
    base = a_fact_base(an_observation("Z", str(10**6 * count), "元", metric="revenue", period="2021"))
    for number in range(count):
        code = f"enterprise/firm-{number}"
        base.add_subject(Subject(code, code, parent="zone/chuxiong"))
        for metric, unit, period, amount in (
            ("revenue", "元", "2021", 1_000_000 + number),
            ("main_revenue", "元", "2021", 900_000),
            ("revenue", "元", "2021-01/2021-06", 500_000),
            ("revenue", "元", "2021-01/2021-09", 700_000),
            ("staff", "人", "2020", 10),
            ("staff", "人", "2021", 12),
            ("new_staff", "人", "2021", 3),
        ):
            value = Value.of(str(amount), unit, exact=True)
            id = f"{metric}@{period}@{number}"
            base.record(an_observation(id, value, unit, subject=code, metric=metric, period=period))
        for figure, text, of in (
            ("growth", "5.1", ""),
            ("share", "1", "region/532301"),
            ("share", "0.5", "region/532300"),
        ):
            id = f"{figure}@{of}@{number}"
            base.record(an_observation(id, text, "%", subject=code, metric="revenue", figure=figure, of=of))
    return base


def calls(rule: LogicRule, base: FactBase) -> tuple[int, int]:
    """How many functions a run calls, and how many findings it gives: work that no busy machine changes."""
    count = 0

    def noted(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    library: Any = SimpleNamespace(metrics=METRICS, logic_rules={rule.id: rule})
    sys.setprofile(noted)
    try:
        found = evaluate_rules(library, base)
    finally:
        sys.setprofile(None)
    return count, len(found)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_work_grows_with_the_enterprises(rule: LogicRule) -> None:
    few, found = calls(rule, enterprises(40))
    many, more = calls(rule, enterprises(160))
    assert found > 0
    assert more == 1 if rule.id == "L2" else more == 4 * found
    assert many < 5 * few
