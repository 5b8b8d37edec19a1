"""Loads observations by the million, all or nothing (批量入库).

Runs inside the caller's transaction, streams, and calls back between chunks, so that a long load can show
where it is and be cancelled. SQLite gets prepared rows in chunks, PostgreSQL one COPY a chunk. Constant
columns are written by the statement, not carried by the rows. Rows sorted by subject, metric and period
load fastest: the main index then grows at its end.

The synthetic guard and the references are checked by the database (`guards.py`), not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, transaction

CHUNK = 50_000
_RANKING = "observation_ranking"
_WORTH_SORTING = 100_000
TABLE = "ledger_observation"
DEFAULTS: dict[str, Any] = {
    "number": None,
    "high": None,
    "step": None,
    "text": None,
    "population": None,
    "ref": None,
    "figure": "level",
    "op": "=",
    "unit": "",
    "status": "reported",
    "locator": "",
    "written": "",
    "dimension": "",
    "of": "",
    "group": "",
    "base": "",
    "note": "",
    "formula": "",
    "inputs": "",
}
_COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Row = Sequence[Any]
Progress = Callable[[int], None]


def reserve_batch_id() -> int:
    """The number of a batch whose rows are loaded before the batch itself is stamped.

    Rows of a batch that does not exist are invisible, so a batch appears as a whole when its row is
    written at the end.
    """
    _in_transaction()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence('ledger_batch', 'id'))")
        else:
            cursor.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM ledger_batch")
        return int(cursor.fetchone()[0])


def reserve_ids(count: int) -> Sequence[int]:
    """Numbers for rows that other rows must name before they are written, such as corrections."""
    _in_transaction()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT nextval(pg_get_serial_sequence('{TABLE}', 'id')) FROM generate_series(1, %s)",
                [count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [TABLE])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return range(first, first + count)


def load(
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    constants: Mapping[str, Any],
    progress: Progress | None = None,
) -> int:
    """Append observations; returns how many.

    `columns`: what each row holds, in order, by database column (`subject_id`, `metric_id`, `period`,
    `number` …).
    `constants`: columns that are the same in all rows (`batch_id`, `source_id`, `status` …); the rest
    takes its default.
    `progress`: called with the rows written so far after each chunk; what it raises undoes everything.
    """
    fixed = {name: value for name, value in (DEFAULTS | dict(constants)).items() if name not in columns}
    return insert(TABLE, [*columns, *fixed], len(columns), rows, list(fixed.values()), progress)


@contextmanager
def ranking_afterwards(rows: int) -> Iterator[None]:
    """SQLite: around a load that is large beside the ledger, the index by metric is made at the end, sorted.

    Numbers come in no order, so row by row every one would touch another page of that index. PostgreSQL
    buffers enough, and would lock every reader out. The caller's transaction undoes this with the rest.
    """
    _in_transaction()
    if connection.vendor != "sqlite" or rows < _WORTH_SORTING:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id) FROM {TABLE}")
        held = cursor.fetchone()[0] or 0
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = %s", [_RANKING])
        found = cursor.fetchone()
        if found is None or held > 2 * rows:
            yield
            return
        cursor.execute(f"DROP INDEX {_RANKING}")
        yield
        cursor.execute(found[0])


def insert(
    table: str,
    columns: Sequence[str],
    varying: int,
    rows: Iterable[Row],
    fixed: Sequence[Any] = (),
    progress: Progress | None = None,
) -> int:
    """Append rows to a table: the first `varying` columns come from the rows, the others are `fixed`."""
    _in_transaction()
    write = _copy if connection.vendor == "postgresql" else _executemany
    done = 0
    stream = iter(rows)
    put = write(table, columns, varying, fixed)
    while chunk := list(islice(stream, CHUNK)):
        put(chunk)
        done += len(chunk)
        if progress is not None:
            progress(done)
    return done


def _executemany(
    table: str, columns: Sequence[str], varying: int, fixed: Sequence[Any]
) -> Callable[[list[Row]], None]:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["?"] * varying + [_literal(value) for value in fixed])
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    connection.ensure_connection()
    cursor = connection.connection.cursor()

    def put(chunk: list[Row]) -> None:
        with connection.wrap_database_errors:
            cursor.executemany(statement, chunk)

    return put


def _copy(
    table: str, columns: Sequence[str], varying: int, fixed: Sequence[Any]
) -> Callable[[list[Row]], None]:
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f'COPY "{table}" ({names}) FROM STDIN'
    ending = "".join("\t" + _field(value) for value in fixed) + "\n"
    connection.ensure_connection()

    def put(chunk: list[Row]) -> None:
        with (
            connection.wrap_database_errors,
            connection.connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            copy.write(_lines(chunk, ending))

    return put


def _lines(chunk: list[Row], ending: str) -> str:
    """The chunk as COPY text; only a chunk with a special character is escaped field by field."""
    plain = "".join(["\t".join(map(_plain, row)) + ending for row in chunk])
    lines, breaks = len(chunk), plain.count("\n")
    tabs = lines * (len(chunk[0]) - 1 + ending.count("\t"))
    # each missing value is written \N; a text may hold these two characters as well
    missing = sum([row.count(None) for row in chunk]) + lines * ending.count("\\N")
    special = plain.count("\\") != missing or "\r" in plain
    if breaks == lines and plain.count("\t") == tabs and not special:
        return plain
    return "".join(["\t".join(map(_field, row)) + ending for row in chunk])


def _plain(value: Any) -> str:
    return "\\N" if value is None else str(value)


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    if type(value) is str:
        return value.translate(_COPY_ESCAPES)
    return str(value)


def _literal(value: Any) -> str:
    """A constant in an SQLite statement, escaped though constants are ours and never typed by a person."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("bulk loading needs a transaction around it")
