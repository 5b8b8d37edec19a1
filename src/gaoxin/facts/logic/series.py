"""L4 and L6: figures that follow one another in time (存量流量与累计数)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from gaoxin.core.periods import Period
from gaoxin.facts.findings import Finding
from gaoxin.facts.logic.registry import found, in_order, seeks
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts
from gaoxin.facts.values import at_most

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule, Metric

# Words of a metric id that tell of a balance, which may fall while what it balances only grows.
_SIGNED = frozenset({"profit", "profits", "loss", "net", "increase", "change", "balance"})
_FLOWS = frozenset({"flow_year", "flow_quarter", "flow_month", "count_year", "count_in_window"})


@seeks("L6")
def year_to_date_never_falls(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """1–9月 is at least 1–6月 of the same year, for what is only ever added to; not for profit."""
    for metric in facts.metrics.values():
        years = _years(facts.facts.periods_of(metric.id, "level")) if _accumulates(metric) else {}
        if not any(len(ends) > 1 for ends in years.values()):
            continue  # nothing here has a figure before it: the rule of most metrics that come once a year
        series: dict[tuple[str, int], list[Observation]] = {}
        for obs in facts.all(metric=metric.id, figure="level"):
            if _to_date(obs.period) and obs.value.is_number:
                series.setdefault((obs.subject, obs.period.end.year), []).append(obs)
        for _, held in sorted(series.items()):
            for earlier, later in pairwise(sorted(held, key=lambda obs: obs.period.end)):
                if earlier.period.end == later.period.end:
                    continue
                truth = at_most(earlier.value, later.value)
                zh = f"“{metric.zh}”：{later.period.label('zh')}累计不小于{earlier.period.label('zh')}"
                en = f"{metric.en}: {later.period.label('en')} not below {earlier.period.label('en')}"
                yield found(rule, in_order(truth, earlier, later), zh, en, (earlier, later))


def _years(codes: Iterable[str]) -> dict[int, set[date]]:
    """The last days of the periods that begin with a year, by year."""
    ends: dict[int, set[date]] = {}
    for period in map(Period.parse, codes):
        if _to_date(period):
            ends.setdefault(period.end.year, set()).add(period.end)
    return ends


def _to_date(period: Period) -> bool:
    """It begins with a year and ends within it."""
    start = period.start
    return (start.month, start.day) == (1, 1) and period.end.year == start.year


def _accumulates(metric: Metric) -> bool:
    """A flow that adds up over the year and cannot be negative."""
    return metric.aggregation == "sum" and metric.period_type in _FLOWS and not _may_fall(metric)


def _may_fall(metric: Metric) -> bool:
    return not _SIGNED.isdisjoint(metric.id.split("_"))
