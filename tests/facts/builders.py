"""Domain builders for the tests of facts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gaoxin.core.periods import Period
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.loading import BEIJING
from gaoxin.facts.records import Observation, Source, Subject
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import CrossCheck, Derivation, LogicRule, Metric

MONDAY = datetime(2026, 3, 2, 9, tzinfo=BEIJING)


def day(number: int) -> datetime:
    """Nine o'clock on the n-th day after the first Monday of March 2026."""
    return MONDAY + timedelta(days=number)


def an_observation(
    id: str = "C007", value: Value | str = "432", unit: str = "亿元", **more: Any
) -> Observation:
    """Industrial output of Chuxiong in 2021, unless told otherwise."""
    held = value if isinstance(value, Value) else Value.of(value, unit, more.pop("op", "="))
    period = more.pop("period", "2021")
    known = {
        "subject": "zone/chuxiong",
        "metric": "industrial_output",
        "figure": "level",
        "source": "article",
        "recorded_at": day(0),
        "recorded_by": "statistician",
    } | more
    return Observation(
        id=id,
        value=held,
        unit=unit,
        period=period if isinstance(period, Period) else Period.parse(period),
        **known,  # type: ignore[arg-type]
    )


def a_fact_base(*observations: Observation) -> FactBase:
    base = FactBase()
    for code, name, parent in (
        ("zone/chuxiong", "楚雄高新区", "region/532301"),
        ("region/532301", "楚雄市", "region/532300"),
        ("region/532300", "楚雄州", ""),
    ):
        base.add_subject(Subject(code, name, parent=parent))
    for source in sorted({obs.source for obs in observations} | {"article", "yearbook"}):
        base.add_source(Source(source, f"《{source}》"))
    for obs in observations:
        base.record(obs)
    return base


def a_metric(id: str = "industrial_output", unit: str | None = "亿元", **more: Any) -> Metric:
    """A metric of zones in yuan that adds up, unless told otherwise."""
    known: dict[str, Any] = {
        "zh": id,
        "en": id,
        "period_type": "flow_year",
        "aggregation": "sum",
        "subjects": ("zone", "region", "enterprise"),
        "value_type": "number",
    } | more
    return Metric(id=id, unit=unit, **known)


def metrics_of(*metrics: Metric) -> dict[str, Metric]:
    return {metric.id: metric for metric in metrics}


def a_check(inputs: dict[str, Any], **more: Any) -> CrossCheck:
    return CrossCheck.model_validate({"id": "check", "zh": "核对", "en": "check", "inputs": inputs} | more)


def a_limit(value: str, unit: str, zh: str = "界限", confidence: str = "verified") -> dict[str, str]:
    return {"value": value, "unit": unit, "confidence": confidence, "zh": zh, "en": zh}


# The limits that the rules cannot do without, unless a test states its own.
LIMITS: dict[str, dict[str, dict[str, str]]] = {
    "L7": {"most": a_limit("50", "%")},
    "L8": {"fewest_digits": a_limit("2", "个")},
    "L10": {
        "lowest": a_limit("0.1", "倍"),
        "highest": a_limit("10", "倍"),
        "fewest_peers": a_limit("5", "个"),
        "slip_within": a_limit("3", "倍"),
    },
    "L15": {"widest": a_limit("5", "%")},
}


def a_rule(id: str, *applies: dict[str, Any], severity: str = "soft", **limits: Any) -> LogicRule:
    parameters = LIMITS.get(id, {}) | limits
    return LogicRule.model_validate(
        {
            "id": id,
            "zh": id,
            "en": id,
            "severity": severity,
            "parameters": parameters,
            "applies": tuple(applies),
        }
    )


def a_derivation(
    yields: dict[str, Any], inputs: dict[str, Any], formula: str, id: str = "rule"
) -> Derivation:
    return Derivation.model_validate(
        {"id": id, "zh": "推算", "en": "rule", "yields": yields, "inputs": inputs, "formula": formula}
    )
