"""The peer of the freeze benchmark: read the same rows with the Polars database reader, pivot, write Parquet.

No as-of date, no supersession, no rulings, no manifest, no hash: the least that gives a wide table.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import polars
import psycopg

database, out = sys.argv[1:3]
with closing(psycopg.connect(database) if "://" in database else sqlite3.connect(database)) as connection:
    long = polars.read_database(
        "SELECT subject_id, metric_id, period, number FROM ledger_observation WHERE figure = 'level'",
        connection,
    )
wide = long.with_columns(column=polars.format("{}@{}", "metric_id", "period")).pivot(
    "column", index="subject_id", values="number", aggregate_function="last"
)
Path(out).parent.mkdir(parents=True, exist_ok=True)
wide.write_parquet(out)
print(long.height, "rows", wide.shape)
