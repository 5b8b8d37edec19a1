"""Writes what an evaluation found: rows that changed are closed and opened anew, the others stay (记入).

Everything happens in the transaction of the caller. Rows go in by one statement, not one by one: a zone has
thousands of enterprises and dozens of rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from django.db import connection

from gaoxin.rules.renewals import Renewal
from gaoxin.web.eligibility.evaluating import SCHEMA
from gaoxin.web.eligibility.models import RenewalOutlook, Run
from gaoxin.web.ledger.frames import read_frames

_KEY = ["subject_id", "rule"]
_SAID = [name for name in SCHEMA if name not in _KEY]
_COLUMNS = (*SCHEMA, "since_id")


def record_standings(run: Run, found: pl.DataFrame) -> dict[str, int]:
    """Close what no longer holds, open what is new; how many rows were opened, by rule."""
    held = _current(run.zone_id)
    both = found.join(held, on=_KEY, how="full", suffix="_held", coalesce=True, maintain_order="left")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_held")) for name in _SAID)
    gone = pl.col("verdict").is_null()
    new = pl.col("id").is_null()
    closed = both.filter(~new & (gone | differs))["id"].to_list()
    opened = both.filter(~gone & (new | differs)).select(list(SCHEMA))
    _close(run.pk, closed)
    _open(run.pk, opened)
    return dict(opened.group_by("rule").len().sort("rule").iter_rows())


def record_renewals(run: Run, found: Sequence[Renewal], subjects: Mapping[str, int]) -> None:
    """Write down what the evaluation found of the titles that run out. `subjects`: rows by code."""
    RenewalOutlook.objects.bulk_create(
        [
            RenewalOutlook(
                run=run,
                subject_id=subjects[each.title.subject],
                kind=each.title.kind,
                rule=each.rule,
                ends=each.title.end,
                verdict=str(each.verdict),
                not_met=list(each.not_met),
                missing=list(each.missing),
            )
            for each in found
        ],
        batch_size=500,
    )


def _current(zone: int) -> pl.DataFrame:
    columns = ", ".join(f"s.{name}" for name in ("id", *SCHEMA))
    statement = (
        f"SELECT {columns} FROM eligibility_standing s JOIN ledger_subject f ON f.id = s.subject_id "
        "WHERE s.until_id IS NULL AND f.zone_id = %s"
    )
    # SQLite keeps a truth as 0 or 1, PostgreSQL writes t or f
    stored = pl.Int64() if connection.vendor == "sqlite" else pl.String()
    schema = {"id": pl.Int64(), **SCHEMA, "unconfirmed": stored}
    frames = list(read_frames(statement, [zone], schema))
    held = pl.concat(frames) if frames else pl.DataFrame(schema=schema)
    truth = pl.col("unconfirmed") == (1 if connection.vendor == "sqlite" else "t")
    return held.with_columns(truth.alias("unconfirmed"))


def _close(run: int, rows: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE eligibility_standing SET until_id = %s WHERE id = %s", [(run, row) for row in rows]
        )


def _open(run: int, rows: pl.DataFrame) -> None:
    names = ", ".join(_COLUMNS)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY eligibility_standing ({names}) FROM STDIN") as copy,
        ):
            for row in rows.iter_rows():
                copy.write_row((*row, run))
        return
    marks = ", ".join(["%s"] * len(_COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO eligibility_standing ({names}) VALUES ({marks})",
            ((*row, run) for row in rows.iter_rows()),
        )
