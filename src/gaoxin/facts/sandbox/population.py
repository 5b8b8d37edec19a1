"""The whole made-up population as tables, ready for the ledger (合成人口).

`generate` returns long columns, not objects: the web floor writes them in one load. The month that is being
reported is drawn with it: what has come in already is among the observations, what is still to come is in
`report` only, and `demo_workbook` writes it as a return.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from random import Random
from typing import Any

import polars as pl

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.facts.ingest.placing import period_for
from gaoxin.facts.ingest.progress import Cancelled, Progress, check, never, silent
from gaoxin.facts.sandbox.calibration import meet_sums, wanted_holders
from gaoxin.facts.sandbox.enterprises import Drawing, Enterprise
from gaoxin.facts.sandbox.titles import draw_titles, write_titles
from gaoxin.facts.sandbox.zone_totals import parts_of, zone_totals
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
    fresh = list(islice(writer.large(drawing.draw(number) for number in count(MOST)), newcomers))
    last = held_years[-1]
    meet_sums(spec, drawing, drawn, fresh, lambda metric: parts_of(metric, drawn, last, writer.designated))
    titles = draw_titles(spec, drawn, seed, last, wanted_holders(spec, enterprises))
    texts = write_titles(titles)
    check(cancelled)
    for each in drawn:
        writer.enterprise(each, texts.get(each.code))
    for each in fresh:
        writer.newcomer(each)
    progress("generate", enterprises, enterprises)
    units = {metric.id: metric.unit or "" for metric in library.metrics.values()}
    return Sandbox(
        home,
        seed,
        held_years,
        reported,
        _subjects(drawn, home),
        writer.published.frame(units),
        zone_totals(drawn, titles, home, held_years, library, designated=writer.designated),
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
        ahead = {figure.metric for figure in drawing.spec.figures if figure.ahead}
        self._period = {
            (metric, year): self._code(library, metric, year)
            for metric in (*drawing.grains, "net_assets")
            for year in (*years, years[-1] + 1)
            if year <= years[-1] or metric in ahead
        }
        self._points = {
            metric: 10 ** unit(library.metrics[metric].unit or "1").dimension.scale
            for judged in drawing.spec.judgements
            for metric in judged.points
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

    @staticmethod
    def _code(library: Library, metric: str, year: int) -> str:
        """The period of a year: its first quarter for what is known of that, the year itself for a score."""
        held = library.metrics[metric]
        if held.period_type == "flow_quarter":
            return Period.of_quarter(year, 1).code
        return Period.of_year(year).code if held.yearly else period_for(held, Period.of_year(year)).code

    def enterprise(self, held: Enterprise, titles: str | None) -> None:
        """`titles`: the text of its titles, None where they are not known."""
        add = self.published.add
        for (metric, year), period in self._period.items():
            value = held.figures.get(year, {}).get(metric)
            if value is not None:
                add(held.code, metric, period, value)
        for metric, points in held.points.items():
            add(held.code, metric, self._state, points * self._points[metric])
        states = {
            "est_date": held.established.isoformat(),
            "industry_code": held.industry.industry_code,
            "tech_field": held.industry.tech_field,
            **held.states,
        }
        if titles is not None:
            states["titles"] = titles
        in_directory = self._reports(held)
        states["in_stat_directory"] = "true" if in_directory else "false"
        for metric, text in states.items():
            add(held.code, metric, self._state, None, text)
        if in_directory:
            self._months_of(held, known=True)

    def large(self, candidates: Iterable[Enterprise]) -> Iterator[Enterprise]:
        """Those large enough to report this year for the first time; newcomers have numbers of their own, so
        that they do not depend on the size of the population.
        """
        now = self._years[-1] + 1
        return (each for each in candidates if each.figures[now].get("revenue", 0) >= 2 * self.designated)

    def newcomer(self, held: Enterprise) -> None:
        self._months_of(held, known=False)

    def _reports(self, held: Enterprise) -> bool:
        """Large enough in the last published year to report every month."""
        if self._monthly is None:
            return False
        return held.figures.get(self._years[-1], {}).get("revenue", 0) >= self.designated

    def _months_of(self, held: Enterprise, *, known: bool) -> None:
        """The month before, and the month being reported, which late enterprises have not sent yet."""
        assert self._monthly is not None
        rng = Random(f"{self._seed}/{held.number}/month")
        is_late = rng.random() < float(self._monthly.late)
        part = (self._month.end.month - 1) / 12
        year = held.figures.get(self._years[-1] + 1, {})
        # One movement for what flows and one for what stands, so that a part stays below its whole.
        flow = part * rng.gauss(1, 0.03), 1 + 1 / max(part * 12, 1) + rng.gauss(0, 0.012)
        state = rng.gauss(0.98, 0.01), 1 + rng.gauss(0, 0.012)
        for metric, (earlier, now) in self._months.items():
            whole = year.get(metric)
            grain = self._drawing.grains[metric]
            before_share, grown = flow if earlier != now and "/" in now else state
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
