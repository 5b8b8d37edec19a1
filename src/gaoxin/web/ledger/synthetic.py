"""Fills a practice zone with an invented population (演练区、合成数据).

Everything made here has the status synthetic and belongs to a synthetic zone; the database refuses any
mixture. The population comes from `gaoxin.facts.sandbox` and is a function of its seed. Its monthly
return, with planted mistakes, is kept as a workbook to practise the import on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from gaoxin.core.errors import FactError
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.ingest.progress import Cancelled, Progress, check, never, silent
from gaoxin.facts.sandbox.demo_workbook import demo_workbook
from gaoxin.facts.sandbox.population import Sandbox, generate
from gaoxin.web import environment
from gaoxin.web.ledger import bulk, catalogue, models, scope
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp
from gaoxin.web.ledger.search import search_fields
from gaoxin.web.ledger.sources import form_source

DEMO_ENTERPRISES = 6_000
DEMO_ZONE = "zone/sandbox"
ENOUGH_FOR_A_RETURN = 1_500
_VARYING = ("subject_id", "metric_id", "period", "number", "text", "unit", "dimension", "figure")


@dataclass(frozen=True, slots=True)
class SandboxLoaded:
    """What was made; all zero if the zone had its population already."""

    zone: str
    enterprises: int
    observations: int


def load_sandbox(
    *,
    enterprises: int = DEMO_ENTERPRISES,
    zone: str = DEMO_ZONE,
    seed: int = 1,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> SandboxLoaded:
    """Draw a population into a synthetic zone that has none yet, in one transaction.

    A zone that is not known is opened as a synthetic one. Asked again for the same one it does nothing.
    Raises: FactError for a real zone, and for one that has a population of another size.
    """
    library = catalogue.library()
    spec = library.populations.get(zone) or next(iter(library.populations.values()), None)
    if spec is None:
        raise FactError("内容包里没有演练区的人口设定。", "The packs declare no practice population.")
    place = _practice_zone(zone)
    reason = f"合成数据：{enterprises} 家，种子 {seed}"
    earlier = models.Batch.objects.filter(zone=place, kind=BatchKind.SANDBOX).first()
    if earlier is not None:
        if earlier.reason == reason:
            return SandboxLoaded(zone, 0, 0)
        raise FactError(
            f"{place.name}已有一批虚构企业（{earlier.reason}），不再混入另一批。请用 --zone 另开一个演练区。",
            f"{zone} has another invented population already; open another practice zone with --zone.",
            zone=zone,
        )
    drawn = generate(
        spec, library, enterprises=enterprises, seed=seed, zone=zone, progress=progress, cancelled=cancelled
    )
    with transaction.atomic():
        rows = _record(place, drawn, reason, progress, cancelled)
    if enterprises >= ENOUGH_FOR_A_RETURN and spec.monthly is not None:
        _keep_return(place, drawn)
    return SandboxLoaded(zone, drawn.subjects.height, rows)


@dataclass(frozen=True, slots=True)
class PracticeReturn:
    """The monthly return of a practice zone: a file to try the import on."""

    name: str
    path: Path
    faults: list[dict[str, Any]]


def practice_return(reader: object, zone: models.Subject) -> PracticeReturn | None:
    """The workbook with planted mistakes, for those who may import into this zone; None if it has none."""
    account = scope.enter(reader)
    if not zone.synthetic or zone.pk not in scope.zone_ids(account):
        return None
    folder = _practice_home(zone)
    try:
        told = json.loads((folder / "return.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return PracticeReturn(told["name"], folder / "return.xlsx", told["faults"])


def _practice_zone(code: str) -> models.Subject:
    found = models.Subject.objects.filter(code=code).first()
    if found is None:
        kind, _, slug = code.partition("/")
        if kind != "zone" or not slug or not slug.replace("-", "").isalnum() or not slug.isascii():
            raise FactError(
                f"“{code}”不是高新区编码，应写作 zone/名称。", f"{code!r} is no zone code: write zone/name."
            )
        name = f"演练高新区 {slug}"
        return models.Subject.objects.create(
            kind="zone",
            code=code,
            name=name,
            name_en=f"Practice zone {slug}",
            synthetic=True,
            **search_fields(name),
        )
    if found.kind != "zone" or not found.synthetic:
        raise FactError(
            f"{found.name}不是演练区，合成数据不能写进真实的高新区。",
            f"{code} is real; synthetic data is kept out of it.",
        )
    return found


def _record(
    place: models.Subject, drawn: Sandbox, reason: str, progress: Progress, cancelled: Cancelled
) -> int:
    _add_enterprises(place, drawn.subjects)
    firms, totals = _numbered(drawn.observations), _numbered(drawn.totals)
    total = firms.height + totals.height
    batch_id = bulk.reserve_batch_id()
    done = 0
    with bulk.ranking_afterwards(total):
        for frame, kind in ((firms, "enterprise"), (totals, "zone")):

            def told(count: int, before: int = done) -> None:
                check(cancelled)
                progress("store", before + count, total)

            done += bulk.load(
                _VARYING,
                frame.select(_VARYING).iter_rows(),
                constants={
                    "batch_id": batch_id,
                    "source_id": form_source(place, kind).pk,
                    "status": "synthetic",
                },
                progress=told,
            )
    models.Batch.objects.create(
        id=batch_id,
        kind=BatchKind.SANDBOX,
        zone=place,
        by_name="合成",
        at=stamp(),
        reason=reason,
        rows=total,
    )
    record_event(by=None, action="sandbox.load", zone=place, detail={"rows": total, "seed": drawn.seed})
    return total


def _add_enterprises(place: models.Subject, subjects: pl.DataFrame) -> None:
    industries = dict(models.Subject.objects.filter(kind="industry", zone=place).values_list("code", "pk"))
    models.Subject.objects.bulk_create(
        (
            models.Subject(
                kind="enterprise",
                code=row["code"],
                name=row["name"],
                aliases=[row["short"]] if row["short"] else [],
                uscc=row["uscc"],
                zone=place,
                parent_id=industries.get(row["industry"], place.pk),
                synthetic=True,
                **search_fields(row["name"], "", [row["short"]] if row["short"] else []),
            )
            for row in subjects.iter_rows(named=True)
        ),
        batch_size=1000,
    )


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with the numbers of subject and metric, in the order that loads fastest."""
    subjects = pl.DataFrame(
        list(models.Subject.objects.filter(synthetic=True).values_list("code", "pk")),
        schema={"subject": pl.String, "subject_id": pl.Int32},
        orient="row",
    )
    held = dict(models.Metric.objects.values_list("code", "pk"))
    metrics = pl.DataFrame(
        [(code, held[code], _dimension(code)) for code in frame["metric"].unique().to_list()],
        schema={"metric": pl.String, "metric_id": pl.Int32, "dimension": pl.String},
        orient="row",
    )
    return (
        frame.join(subjects, on="subject")
        .join(metrics, on="metric")
        .with_columns(dimension=pl.when(pl.col("number").is_null()).then(pl.lit("")).otherwise("dimension"))
        .sort("subject_id", "metric_id", "period")
    )


def _dimension(code: str) -> str:
    known = catalogue.metric(code)
    return unit_named(known.unit or "1").dimension.value if known.is_numeric else ""


def _practice_home(place: models.Subject) -> Path:
    return environment.home() / "practice" / place.code.partition("/")[2]


def _keep_return(place: models.Subject, drawn: Sandbox) -> None:
    made = demo_workbook(drawn, catalogue.library())
    folder = _practice_home(place)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "return.xlsx").write_bytes(made.data)
    told = {"name": made.name, "faults": [asdict(fault) for fault in made.faults]}
    (folder / "return.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
