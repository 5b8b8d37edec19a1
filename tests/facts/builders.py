"""Domain builders for the tests of facts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gaoxin.core.periods import Period
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.loading import BEIJING
from gaoxin.facts.records import Observation, Source, Subject
from gaoxin.facts.values import Value

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
