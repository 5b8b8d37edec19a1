"""The zone and its industries as sums over the made-up enterprises (演练区合计).

Sums leave out whoever has not reported; nothing is estimated for them. Titles count if they are valid on
the last day of the year; newly recognised are those that never held the title before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import polars as pl

from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.facts.ingest.placing import period_for
from gaoxin.facts.sandbox.calibration import Parts
from gaoxin.facts.sandbox.enterprises import Enterprise
from gaoxin.facts.sandbox.titles import Held
from gaoxin.packs.library import Library

SUMS = {"total_operating_revenue": "revenue", "enterprise_rd_expenditure": "rd_stat"}
TITLES = {
    "high_tech_enterprises": ("hnte",),
    "registered_technology_smes": ("tsme",),
    "srdi_enterprises": ("zjtx", "xjr"),
}
_INDUSTRY = "BCD"


def zone_totals(
    drawn: Sequence[Enterprise],
    titles: Held,
    zone: str,
    years: Sequence[int],
    library: Library,
    *,
    designated: int,
) -> pl.DataFrame:
    """Observations of the zone and of its industries, by year; only metrics that the catalogue knows.

    `designated`: revenue in fen from which the practice zone counts an enterprise as above designated size.
    """
    found: dict[tuple[str, str, int], int] = defaultdict(int)
    for year in years:
        last_day = date(year, 12, 31)
        for each in drawn:
            if each.established > last_day:
                continue
            _count(found, zone, year, each, titles.get(each.code, []))
            for total, part in _parts(each, year, designated).items():
                found[zone, total, year] += part
            figures = each.figures.get(year, {})
            if "main_revenue" in figures:
                found[each.industry.subject, "industry_output", year] += figures["main_revenue"]
    lines = [
        (
            subject,
            metric,
            period_for(library.metrics[metric], Period.of_year(year)).code,
            number,
            library.metrics[metric].unit or "",
        )
        for (subject, metric, year), number in found.items()
        if metric in library.metrics
    ]
    schema = {
        "subject": pl.String,
        "metric": pl.String,
        "period": pl.String,
        "number": pl.Int64,
        "unit": pl.String,
    }
    frame = pl.DataFrame(lines, schema=schema, orient="row").sort("subject", "metric", "period")
    return frame.select(
        "subject",
        "metric",
        "period",
        pl.lit("level").alias("figure"),
        "number",
        pl.lit(None, pl.String).alias("text"),
        "unit",
        pl.lit("synthetic").alias("status"),
    )


def parts_of(metric: str, drawn: Sequence[Enterprise], year: int, designated: int) -> Parts:
    """What one of the sums of the zone is added up from, before anybody is left out for being small."""
    if metric in SUMS:
        return Parts([v for each in drawn if (v := _figure(each, year, SUMS[metric])) is not None])
    industrial = (each for each in drawn if each.industry.industry_code[0] in _INDUSTRY)
    return Parts(
        [v for each in industrial if (v := _figure(each, year, "main_revenue")) is not None], designated
    )


def _figure(each: Enterprise, year: int, metric: str) -> int | None:
    return each.figures.get(year, {}).get(metric)


def _parts(each: Enterprise, year: int, designated: int) -> dict[str, int]:
    """What one enterprise adds to the sums of the zone."""
    figures = each.figures.get(year, {})
    parts = {total: figures[part] for total, part in SUMS.items() if part in figures}
    output = figures.get("main_revenue")
    if output is not None and output >= designated and each.industry.industry_code[0] in _INDUSTRY:
        parts["above_designated_industrial_output"] = output
        parts["above_designated_industrial_profit"] = figures.get("net_profit", 0)
    return parts


def _count(
    found: dict[tuple[str, str, int], int],
    zone: str,
    year: int,
    each: Enterprise,
    titles: Sequence[dict[str, object]],
) -> None:
    """Heads are stored with six decimals like everything counted."""
    one = 10 ** unit("家").dimension.scale
    found[zone, "market_entities", year] += one
    if each.established.year == year:
        found[zone, "new_market_entities", year] += one
    today = date(year, 12, 31)
    held = {title["kind"] for title in titles if _valid(title, today)}
    for metric, kinds in TITLES.items():
        if held & set(kinds):
            found[zone, metric, year] += one
    first = min((day for title in titles if title["kind"] == "hnte" and (day := _first(title))), default=None)
    if first is not None and first.year == year:
        found[zone, "newly_recognised_high_tech_enterprises", year] += one


def _first(title: dict[str, object]) -> date:
    first = title["valid_from"]
    assert isinstance(first, date)
    return first


def _valid(title: dict[str, object], day: date) -> bool:
    last = title["valid_to"]
    assert isinstance(last, date)
    return _first(title) <= day <= last
