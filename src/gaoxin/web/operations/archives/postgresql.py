"""Reads a PostgreSQL ledger as of one moment into COPY text (PostgreSQL 导出).

All tables are read in one REPEATABLE READ transaction, as pg_dump does: people go on working, and the copy is
of one moment. COPY text has one line a row, so that a member can be counted without a server. `loading.py` is
the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from gaoxin.web.operations.archives.manifest import (
    DATABASE,
    NOT_KEPT,
    Contents,
    FrozenFacts,
    Sequence,
    Table,
)
from gaoxin.web.operations.archives.writing import Writer

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# so that a value is written in one way, whatever the server or the account prefer
SPELLING = (
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL extra_float_digits = 3",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL synchronize_seqscans = off",
    "SET LOCAL statement_timeout = 0",
)
MIGRATIONS = "django_migrations"


def dump(database: BaseDatabaseWrapper, writer: Writer) -> Contents:
    """Write every table as a member `database/TABLE.copy.gz`; tables without rows have none."""
    names = tables(database)
    with _one_moment(database, names) as raw:
        held = [_written(raw, writer, name, columns(raw, name)) for name in names]
        return Contents(
            vendor="postgresql",
            server=str(raw.info.parameter_status("server_version")),
            tables=tuple(held),
            migrations=_migrations(raw),
            guards=guards_standing(raw),
            snapshots=tuple(
                FrozenFacts(*row) for row in raw.execute("SELECT path, hash FROM ledger_snapshot ORDER BY id")
            ),
            newest_batch=newest_batch(raw),
            sequences=tuple(_sequences(raw, held)),
        )


def tables(database: BaseDatabaseWrapper) -> list[str]:
    """All tables that Django made, in an order in which they can be loaded."""
    from django.apps import apps

    existing = set(database.introspection.table_names())
    needs: dict[str, set[str]] = {MIGRATIONS: set()}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            related = {f.related_model._meta.db_table for f in model._meta.local_fields if f.is_relation}
            needs.setdefault(model._meta.db_table, set()).update(related - {model._meta.db_table})
    try:
        order = list(TopologicalSorter(needs).static_order())
    except (
        CycleError
    ):  # constraints are deferred; only the check of observations needs what it names to be there
        order = sorted(needs, key=lambda name: name == "ledger_observation")
    return [name for name in order if name in existing]


def unknown_tables(database: BaseDatabaseWrapper) -> list[str]:
    """Tables in the same schema that are not ours; they are not kept."""
    return sorted(set(database.introspection.table_names()) - set(tables(database)))


def columns(raw: Any, table: str) -> tuple[str, ...]:
    """The columns that are stored; generated ones are worked out again."""
    found = raw.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attgenerated = '' ORDER BY attnum",
        [quoted(table)],
    )
    return tuple(name for (name,) in found)


def copy_out(raw: Any, table: str, names: Iterable[str]) -> tuple[Iterator[bytes], Callable[[], int]]:
    """The rows of a table as COPY text, and, when they have been read, how many there were."""
    cursor = raw.cursor()

    def pieces() -> Iterator[bytes]:
        with cursor.copy(f"COPY {quoted(table)} ({_list(names)}) TO STDOUT") as copy:
            for piece in copy:
                yield bytes(piece)

    return pieces(), lambda: int(cursor.rowcount)


def copy_in(raw: Any, table: str, names: Iterable[str], pieces: Iterable[bytes]) -> int:
    """Append COPY text to a table; returns how many rows it was."""
    with raw.cursor() as cursor:
        with cursor.copy(f"COPY {quoted(table)} ({_list(names)}) FROM STDIN") as copy:
            for piece in pieces:
                copy.write(piece)
        return int(cursor.rowcount)


def newest_batch(raw: Any) -> str | None:
    (moment,) = raw.execute("SELECT max(at) AT TIME ZONE 'UTC' FROM ledger_batch").fetchone()
    return None if moment is None else f"{moment.isoformat()}+00:00"


def guards_standing(raw: Any) -> tuple[str, ...]:
    """The triggers that are switched on."""
    found = raw.execute(
        "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON "
        "n.oid = c.relnamespace "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND n.nspname = current_schema() ORDER BY "
        "t.tgname"
    )
    return tuple(name for (name,) in found)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


@contextmanager
def _one_moment(database: BaseDatabaseWrapper, names: Iterable[str]) -> Iterator[Any]:
    """A connection of its own in a transaction that sees one moment; tables cannot change shape meanwhile."""
    own = database.copy()
    own.ensure_connection()
    raw = own.connection
    try:
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for setting in SPELLING:
            raw.execute(setting)
        raw.execute(f"LOCK TABLE {_list(names)} IN ACCESS SHARE MODE")
        yield raw
    finally:
        own.close()


def _written(raw: Any, writer: Writer, name: str, names: tuple[str, ...]) -> Table:
    (any_row,) = raw.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(name)})").fetchone()
    if name == NOT_KEPT or not any_row:
        return Table(name, 0, names)
    member = f"{DATABASE}{name}.copy.gz"
    pieces, counted = copy_out(raw, name, names)
    with writer.member(member, compress=True) as sink:
        for piece in pieces:
            sink.write(piece)
    return Table(name, counted(), names, member)


def _migrations(raw: Any) -> tuple[str, ...]:
    return tuple(
        f"{app}.{name}" for app, name in raw.execute(f"SELECT app, name FROM {MIGRATIONS} ORDER BY id")
    )


def _sequences(raw: Any, held: Iterable[Table]) -> Iterator[Sequence]:
    for table in held:
        for column in table.columns:
            (name,) = raw.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [quoted(table.name), column]
            ).fetchone()
            if name is not None:
                last, called = raw.execute(f"SELECT last_value, is_called FROM {name}").fetchone()
                yield Sequence(table.name, column, last, called)
