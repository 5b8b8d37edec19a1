"""L4 and L6: figures that follow one another in time (存量流量与累计数)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from gaoxin.facts.findings import Finding
from gaoxin.facts.logic.registry import found, in_order, seeks
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule, Metric

# Words of a metric id that tell of a balance, which may fall while what it balances only grows.
_SIGNED = frozenset({"profit", "profits", "loss", "net", "increase", "change", "balance"})
_FLOWS = frozenset({"flow_year", "flow_quarter", "flow_month", "count_year", "count_in_window"})


@seeks("L6")
def year_to_date_never_falls(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """1–9月 is at least 1–6月 of the same year, for what is only ever added to; not for profit."""
    series: dict[tuple[str, str, int], list[Observation]] = {}
    for obs in facts.all(figure="level"):
        metric = facts.metrics[obs.metric]
        start = obs.period.start
        within = (start.month, start.day) == (1, 1) and obs.period.end.year == start.year
        if within and _accumulates(metric) and obs.value.is_number:
            series.setdefault((obs.subject, obs.metric, start.year), []).append(obs)
    for (_, metric_id, _), held in sorted(series.items()):
        metric = facts.metrics[metric_id]
        for earlier, later in pairwise(sorted(held, key=lambda obs: obs.period.end)):
            if earlier.period.end == later.period.end:
                continue
            truth = earlier.value.interval().le(later.value.interval())
            zh = f"“{metric.zh}”：{later.period.label('zh')}累计不小于{earlier.period.label('zh')}"
            en = f"{metric.en}: {later.period.label('en')} not below {earlier.period.label('en')}"
            yield found(rule, in_order(truth, earlier, later), zh, en, (earlier, later))


def _accumulates(metric: Metric) -> bool:
    """A flow that adds up over the year and cannot be negative."""
    return metric.aggregation == "sum" and metric.period_type in _FLOWS and not _may_fall(metric)


def _may_fall(metric: Metric) -> bool:
    return not _SIGNED.isdisjoint(metric.id.split("_"))
