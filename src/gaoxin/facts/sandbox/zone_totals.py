"""The zone and its industries as sums over the made-up enterprises (演练区合计).

Sums leave out whoever has not reported; nothing is estimated for them. Titles count if they are valid on
the last day of the year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import polars as pl

from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.facts.ingest.placing import period_for
from gaoxin.facts.sandbox.enterprises import Enterprise
from gaoxin.packs.library import Library

SUMS = {"total_operating_revenue": "revenue", "enterprise_rd_expenditure": "rd_stat"}
TITLES = {
    "high_tech_enterprises": ("hnte",),
    "registered_technology_smes": ("tsme",),
    "srdi_enterprises": ("zjtx", "xjr"),
}
_INDUSTRY = "BCD"


def zone_totals(
    drawn: Sequence[Enterprise], zone: str, years: Sequence[int], library: Library, *, designated: int
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
            _count(found, zone, year, each, last_day)
            figures = each.figures.get(year, {})
            for total, part in SUMS.items():
                if part in figures:
                    found[zone, total, year] += figures[part]
            if "main_revenue" in figures:
                found[each.industry.subject, "industry_output", year] += figures["main_revenue"]
                is_industry = each.industry.industry_code[0] in _INDUSTRY
                if is_industry and figures["main_revenue"] >= designated:
                    found[zone, "above_designated_industrial_output", year] += figures["main_revenue"]
                    found[zone, "above_designated_industrial_profit", year] += figures.get("net_profit", 0)
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


def _count(
    found: dict[tuple[str, str, int], int], zone: str, year: int, each: Enterprise, last_day: date
) -> None:
    """Heads are stored with six decimals like everything counted."""
    one = 10 ** unit("家").dimension.scale
    found[zone, "market_entities", year] += one
    if each.established.year == year:
        found[zone, "new_market_entities", year] += one
    today = last_day.isoformat()
    held = {title["kind"] for title in each.titles if title["valid_from"] <= today <= title["valid_to"]}
    for metric, kinds in TITLES.items():
        if held & set(kinds):
            found[zone, metric, year] += one
