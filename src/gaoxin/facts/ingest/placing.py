"""Unit and period of a metric where a header leaves them open (单位和时期).

A stock in a report about January to September is known as of 30 September; people are counted one by one
without anybody writing 人. An amount is never given a unit that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Sequence

from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension, unit
from gaoxin.packs.schemas import Metric

_MOMENT = frozenset(
    {"stock_at_date", "date", "category", "event_list", "score", "expert_score", "external_score"}
)
_FIGURE_UNIT = {"growth": "%", "share": "%", "rank": "位"}
_SPOKEN = frozenset({Dimension.count, Dimension.rank, Dimension.point, Dimension.multiple, Dimension.time})


def period_for(metric: Metric, period: Period) -> Period:
    """The period a value of this metric has in a report about `period`.

    A stock or a state at a date is known as of the last day; a year-end stock of a whole year keeps the
    year. January to December is the year.
    """
    period = whole_year(period)
    if metric.period_type in _MOMENT or (metric.period_type == "stock_year_end" and period.form != "year"):
        return Period.parse(period.end.isoformat())
    return period


def whole_year(period: Period) -> Period:
    """The year where a year to date has run through December; every other period as it is."""
    ended = period.form == "year_to_date" and period.end.month == 12
    return Period.of_year(period.year) if ended else period


def as_figure(metric: Metric, figure: str) -> Metric:
    """The metric as its growth, share or rank is read: another unit, and never added up."""
    symbol = _FIGURE_UNIT.get(figure)
    if symbol is None:
        return metric
    kind = "number" if figure == "rank" else "ratio"
    return metric.model_copy(update={"unit": symbol, "value_type": kind, "aggregation": "none"})


def countable(metric: Metric) -> bool:
    """True where the unit goes without saying: people and things, years, ranks and scores."""
    return (
        metric.value_type == "number" and metric.unit is not None and unit(metric.unit).dimension in _SPOKEN
    )


def spoken_unit(symbol: str, metric: Metric) -> str:
    """What a unit stands for beside a metric: 高新技术企业（个） counts enterprises, 孵化器（家） counts
    things, 人均地区生产总值（元） is in yuan a head.

    Everything else comes back as it was written; people are never counted by 个 or 家.
    """
    if metric.unit is None:
        return symbol
    above, _, below = metric.unit.partition("/")
    if below and "均" in metric.zh and unit(symbol).converts_to(unit(above)):
        return f"{symbol}/{below}"
    if unit(metric.unit).dimension is not Dimension.count:
        return symbol
    kind = unit(metric.unit).kind
    if kind == "enterprise" and symbol.endswith("个"):
        return f"{symbol[:-1]}家"
    if kind == "thing" and symbol.endswith(("家", "户")):
        return f"{symbol[:-1]}个"
    return symbol


def unit_for(metric: Metric, sheet_units: Sequence[str]) -> tuple[str | None, str]:
    """The unit of the sheet that measures what the metric measures, or the metric's own where it goes
    without saying.
    """
    if metric.unit is None:
        return None, ""
    own = unit(metric.unit)
    spoken = (spoken_unit(symbol, metric) for symbol in sheet_units)
    fitting = {symbol for symbol in spoken if unit(symbol).converts_to(own)}
    if len(fitting) == 1:
        return fitting.pop(), "sheet"
    return (metric.unit, "metric") if countable(metric) else (None, "")
