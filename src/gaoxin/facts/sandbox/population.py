"""The whole made-up population as tables, ready for the ledger (合成人口).

`generate` returns long columns, not objects: the web floor writes them in one load. The month that is being
reported is drawn with it: what has come in already is among the observations, what is still to come is in
`report` only, and `demo_workbook` writes it as a return.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import polars as pl

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.placing import period_for
from gaoxin.facts.ingest.progress import Cancelled, Progress, check, never, silent
from gaoxin.facts.sandbox.enterprises import Drawing, Enterprise
from gaoxin.facts.sandbox.zone_totals import zone_totals
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Population

STATUS = "synthetic"
MOST = 200_000
SUBJECTS = {
    "code": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "short": pl.String,
    "uscc": pl.String,
    "industry": pl.String,
    "zone": pl.String,
    "established": pl.String,
}
OBSERVATIONS = {
    "subject": pl.String,
    "metric": pl.String,
    "period": pl.String,
    "figure": pl.String,
    "number": pl.Int64,
    "text": pl.String,
    "unit": pl.String,
    "status": pl.String,
}


@dataclass(frozen=True)
class Sandbox:
    """A made-up population.

    Shapes: `subjects` (SUBJECTS); `observations`, `totals` and `report` (OBSERVATIONS), numbers at storage
    scale.
    `report`: the complete monthly return of `month`, of which `observations` holds what has come in;
    `newcomers`: subjects that appear in the return for the first time and are not among `subjects`.
    """

    zone: str
    seed: int
    years: tuple[int, ...]
    month: Period
    subjects: pl.DataFrame
    observations: pl.DataFrame
    totals: pl.DataFrame
    report: pl.DataFrame
    newcomers: pl.DataFrame


class _Columns:
    """Observations column by column; a few million rows as Python objects would not fit."""

    def __init__(self) -> None:
        self.held: dict[str, list[Any]] = {
            name: [] for name in ("subject", "metric", "period", "number", "text")
        }

    def add(
        self, subject: str, metric: str, period: str, number: int | None, text: str | None = None
    ) -> None:
        for values, value in zip(self.held.values(), (subject, metric, period, number, text), strict=True):
            values.append(value)

    def frame(self, units: dict[str, str]) -> pl.DataFrame:
        schema = {name: OBSERVATIONS[name] for name in self.held}
        added = pl.DataFrame(self.held, schema=schema).with_columns(
            figure=pl.lit("level"),
            unit=pl.col("metric").replace_strict(units, default=""),
            status=pl.lit(STATUS),
        )
        return added.select(list(OBSERVATIONS))


def generate(
    spec: Population,
    library: Library,
    *,
    enterprises: int = 6_000,
    seed: int = 1,
    zone: str | None = None,
    years: Sequence[int] | None = None,
    month: Period | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Sandbox:
    """Draw a population.

    `zone` and `years` as the pack declares unless given; `month`: the year to date that is being reported,
    January to September after the last year unless given.
    Raises: FactError for a population over the limit, ImportCancelled.
    """
    if not 1 <= enterprises <= MOST:
        raise FactError(
            f"演练区的企业数应在 1 到 {MOST} 之间。",
            f"A practice zone has 1 to {MOST} enterprises.",
            enterprises=enterprises,
        )
    home = zone or spec.zone
    held_years = tuple(years or spec.years)
    reported = month or Period.to_month(held_years[-1] + 1, 9)
    newcomers = spec.monthly.newcomers if spec.monthly is not None else 0
    # One year more than is published: the months that are being reported are part of it.
    drawing = Drawing(spec, library, seed, (*held_years, held_years[-1] + 1))
    writer = _Writer(drawing, library, held_years, reported, seed)
    drawn: list[Enterprise] = []
    for number in range(enterprises):
        if number % 256 == 0:
            check(cancelled)
            progress("generate", number, enterprises)
        drawn.append(drawing.draw(number))
        writer.enterprise(drawn[-1], number)
    # Newcomers have numbers of their own, so that they do not depend on the size of the population.
    fresh = [drawing.draw(MOST + number) for number in range(newcomers)]
    for number, enterprise in enumerate(fresh):
        writer.newcomer(enterprise, MOST + number)
    progress("generate", enterprises, enterprises)
    units = {metric.id: metric.unit or "" for metric in library.metrics.values()}
    return Sandbox(
        home,
        seed,
        held_years,
        reported,
        _subjects(drawn, home),
        writer.published.frame(units),
        zone_totals(drawn, home, held_years, library, designated=writer.designated),
        writer.report.frame(units),
        _subjects(fresh, home),
    )


def _subjects(drawn: Sequence[Enterprise], zone: str) -> pl.DataFrame:
    lines = [
        (
            each.code,
            "enterprise",
            each.name,
            each.short,
            each.uscc,
            each.industry.subject,
            zone,
            each.established.isoformat(),
        )
        for each in drawn
    ]
    return pl.DataFrame(lines, schema=SUBJECTS, orient="row")


class _Writer:
    """Turns drawn enterprises into observations with their periods."""

    def __init__(
        self, drawing: Drawing, library: Library, years: Sequence[int], month: Period, seed: int
    ) -> None:
        self.published = _Columns()
        self.report = _Columns()
        self._drawing = drawing
        self._years = years
        self._month = month
        self._seed = seed
        self._monthly = drawing.spec.monthly
        least = "0" if self._monthly is None else self._monthly.revenue_from
        self.designated = drawing.grains["revenue"].whole(float(least))
        used = {metric for year in (drawing.grains, {"net_assets": None}) for metric in year}
        self._period = {
            (metric, year): period_for(library.metrics[metric], Period.of_year(year)).code
            for metric in used
            for year in years
        }
        self._state = Period.of_day(date(years[-1], 12, 31)).code
        self._quarters = [
            Period.of_quarter(month.year, number).code for number in range(1, (month.end.month - 1) // 3 + 1)
        ]
        earlier = Period.to_month(month.year, month.end.month - 1) if month.end.month > 1 else month
        columns = self._monthly.metrics if self._monthly is not None else ()
        self._months = {
            metric: tuple(period_for(library.metrics[metric], period).code for period in (earlier, month))
            for metric in columns
        }

    def enterprise(self, held: Enterprise, number: int) -> None:
        add = self.published.add
        for year in self._years:
            for metric, value in held.figures.get(year, {}).items():
                add(held.code, metric, self._period[metric, year], value)
        states = {
            "est_date": held.established.isoformat(),
            "industry_code": held.industry.industry_code,
            "tech_field": held.industry.tech_field,
            **{metric: "true" if yes else "false" for metric, yes in held.flags.items()},
        }
        if held.titles:
            states["titles"] = "\n".join(json.dumps(title, ensure_ascii=False) for title in held.titles)
        in_directory = self._reports(held)
        states["in_stat_directory"] = "true" if in_directory else "false"
        for metric, text in states.items():
            add(held.code, metric, self._state, None, text)
        if in_directory:
            self._months_of(held, number, known=True)

    def newcomer(self, held: Enterprise, number: int) -> None:
        self._months_of(held, number, known=False)

    def _reports(self, held: Enterprise) -> bool:
        """Large enough in the last published year to report every month."""
        if self._monthly is None:
            return False
        return held.figures.get(self._years[-1], {}).get("revenue", 0) >= self.designated

    def _months_of(self, held: Enterprise, number: int, *, known: bool) -> None:
        """The month before, and the month being reported, which late enterprises have not sent yet."""
        assert self._monthly is not None
        rng = Random(f"{self._seed}/{number}/month")
        is_late = rng.random() < float(self._monthly.late)
        part = (self._month.end.month - 1) / 12
        year = held.figures.get(self._years[-1] + 1, {})
        for metric, (earlier, now) in self._months.items():
            whole = year.get(metric)
            grain = self._drawing.grains[metric]
            is_flow = earlier != now and "/" in now
            before_share, step = (
                (part * rng.gauss(1, 0.03), 1 / max(part * 12, 1))
                if is_flow
                else (rng.gauss(0.98, 0.01), 0.0)
            )
            grown = 1 + step + rng.gauss(0, 0.012)
            if whole is None:
                continue
            before = grain.whole(whole * before_share / grain.per_unit)
            after = grain.whole(before * grown / grain.per_unit)
            if known:
                self.published.add(held.code, metric, earlier, before)
                if metric == "revenue":
                    for quarter in self._quarters:
                        share = 3 / max(self._month.end.month - 1, 3) * rng.uniform(0.9, 1.0)
                        self.published.add(
                            held.code, metric, quarter, grain.whole(before * share / grain.per_unit)
                        )
                if not is_late:
                    self.published.add(held.code, metric, now, after)
            self.report.add(held.code, metric, now, after)
