"""What the ledger holds that a file is compared with (库里现有的数)."""

from __future__ import annotations

import polars as pl

from gaoxin.core.periods import Period
from gaoxin.facts.ingest.comparable import CURRENT, comparable_periods
from gaoxin.facts.ingest.decisions import Resolution
from gaoxin.facts.ingest.draft import Draft
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.web.imports.models import ImportRun
from gaoxin.web.ledger import models
from gaoxin.web.ledger.frames import Wanted, in_use, standing
from gaoxin.web.ledger.reading import parse_period

_KEY = ["subject", "metric", "period", "figure", "of"]


def known_subjects(run: ImportRun) -> KnownSubjects:
    """The subjects of the zone of this kind; zones and regions for the tables of a whole zone."""
    rows = models.Subject.objects.filter(kind=run.kind, zone=run.zone)
    if run.kind in ("zone", "region"):
        rows = models.Subject.objects.filter(kind="region") | models.Subject.objects.filter(pk=run.zone_id)
    return KnownSubjects.of(
        KnownSubject(code, name, uscc or "", tuple(aliases))
        for code, name, uscc, aliases in rows.values_list("code", "name", "uscc", "aliases")
    )


def current_values(run: ImportRun, draft: Draft) -> pl.DataFrame:
    """Standing values of the same and the comparable periods, as `facts.ingest.diff` takes them.

    Where this source said something itself, that counts: a file is compared with its own former version
    first.
    """
    pairs = _pairs(draft)
    if not pairs:
        return pl.DataFrame(schema=CURRENT)
    held = standing(Wanted(pairs=pairs, zone_id=_zone(run)))
    everyone = _named(held.plain, held.rich)
    mine = own_values(run, pairs)
    own = mine.select(list(CURRENT))
    return pl.concat([everyone.join(own, on=_KEY, how="anti"), own])


def own_values(run: ImportRun, pairs: list[tuple[int, str]]) -> pl.DataFrame:
    """What this source says now: id and value, one row per key (the newest, should there be two)."""
    plain, rich = in_use(Wanted(pairs=pairs, source_id=run.source_id, zone_id=_zone(run)))
    held = _named(plain, rich, keep=("id",))
    return held.sort("id").unique(_KEY, keep="last", maintain_order=True)


def pairs_of(resolution: Resolution) -> list[tuple[int, str]]:
    """(metric, period) of what is to be recorded."""
    numbers = dict(models.Metric.objects.values_list("code", "pk"))
    present = set(resolution.cells["column"].unique())
    told = {(each.metric, each.period) for each in resolution.columns if each.number in present}
    return [(numbers[metric], period) for metric, period in sorted(told) if metric in numbers]


def _pairs(draft: Draft) -> list[tuple[int, str]]:
    """(metric, period) worth comparing with: the period itself and those that are put beside it."""
    numbers = dict(
        models.Metric.objects.filter(code__in={c.metric for c in draft.columns}).values_list("code", "pk")
    )
    stored: dict[int, list[Period]] = {}
    rows = (
        models.Observation.objects.filter(metric__in=numbers.values())
        .values_list("metric_id", "period")
        .distinct()
    )
    for metric, code in rows:
        stored.setdefault(metric, []).append(parse_period(code))
    wanted: dict[tuple[int, str], None] = {}
    for column in draft.columns:
        number = numbers.get(column.metric)
        if number is None:
            continue
        period = Period.parse(column.period)
        wanted[number, period.code] = None
        for each in comparable_periods(period, column.period_type, stored.get(number, ())):
            wanted[number, each.code] = None
    return list(wanted)


def _zone(run: ImportRun) -> int | None:
    return run.zone_id if run.kind not in ("zone", "region") else None


def _named(plain: pl.DataFrame, rich: pl.DataFrame, keep: tuple[str, ...] = ()) -> pl.DataFrame:
    subjects = _codes(models.Subject.objects.values_list("pk", "code"), "subject")
    metrics = _codes(models.Metric.objects.values_list("pk", "code"), "metric")
    both = pl.concat(
        [
            plain.select(
                "id",
                "subject_id",
                "metric_id",
                "period",
                figure=pl.lit("level"),
                of=pl.lit(""),
                number="number",
                text=pl.lit(None, pl.String),
            ),
            rich.filter(pl.col("group") == "").select(
                "id", "subject_id", "metric_id", "period", "figure", "of", "number", "text"
            ),
        ]
    )
    return both.join(subjects, on="subject_id").join(metrics, on="metric_id").select(*keep, *CURRENT)


def _codes(rows, name: str) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema={f"{name}_id": pl.Int32, name: pl.String}, orient="row")
