"""Loads a backup into an empty PostgreSQL database, in the caller's transaction (PostgreSQL 载入).

1. The tables are made by the migrations the backup names, no more.
2. Rows come in by COPY. The append-only guards stay on: they refuse changes, and this only appends; so the
   ledger's own check of every observation (subject, metric and source exist, synthetic and real do not mix)
   runs on what is restored.
3. Sequences go on where they stood. Every table is read back and must give the very bytes of the backup.

Whoever owns the database can do all this; no superuser is needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gaoxin.web.operations.archives import postgresql
from gaoxin.web.operations.archives.manifest import Contents, Table
from gaoxin.web.operations.archives.postgresql import quoted
from gaoxin.web.operations.archives.problems import BackupError, RestoreRefused
from gaoxin.web.operations.archives.reading import Archive

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def refuse_unless_empty(database: BaseDatabaseWrapper) -> None:
    """Raises: RestoreRefused if the database has tables."""
    found = sorted(database.introspection.table_names())
    if found:
        name = database.settings_dict["NAME"]
        raise RestoreRefused(
            f"只能恢复到空数据库，但 {name} 里已有 {len(found)} 张表（如 {found[0]}）。请用 createdb "
            "新建一个空库，"
            "并用 --database-url 指定它。什么都没有改动。",
            f"A backup is restored only into an empty database, and {name} has {len(found)} tables (such "
            f"as {found[0]}). "
            "Make an empty one with createdb and name it with --database-url. Nothing was changed.",
            found=found,
        )


def load(database: BaseDatabaseWrapper, archive: Archive) -> None:
    """Make the tables and fill them.

    Raises: BackupError if what came in is not what the backup says; the caller's transaction is then undone.
    """
    contents = archive.manifest.contents
    _migrate(database, contents.migrations)
    raw = database.connection
    for setting in postgresql.SPELLING:
        raw.execute(setting)
    raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in contents.tables:
        _empty(raw, table.name)
    raw.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in contents.tables:
        if table.member:
            loaded = postgresql.copy_in(raw, table.name, table.columns, archive.content(table.member))
            _agree(table.name, loaded, table.rows)
    for sequence in contents.sequences:
        place = (quoted(sequence.table), sequence.column, sequence.last, sequence.called)
        raw.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", place)
    raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _prove(raw, archive)
    _analyse(raw, contents.tables)


def _migrate(database: BaseDatabaseWrapper, recorded: Iterable[str]) -> None:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(database)
    nodes = {tuple(name.split(".", 1)) for name in recorded}
    graph = executor.loader.graph
    before = {
        parent.key for node in nodes for parent in graph.node_map[node].parents if parent.key[0] == node[0]
    }
    executor.migrate(sorted(nodes - before))


def _empty(raw: Any, name: str) -> None:
    """Take out what the migrations themselves put in; the guards of that table rest for the moment."""
    (any_row,) = raw.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(name)})").fetchone()
    if any_row:
        raw.execute(f"ALTER TABLE {quoted(name)} DISABLE TRIGGER USER")
        raw.execute(f"DELETE FROM {quoted(name)}")
        raw.execute(f"ALTER TABLE {quoted(name)} ENABLE TRIGGER USER")


def _prove(raw: Any, archive: Archive) -> None:
    """Read every table back: equal bytes, in the order in which they were written."""
    contents: Contents = archive.manifest.contents
    for table in contents.tables:
        pieces, counted = postgresql.copy_out(raw, table.name, table.columns)
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
        _agree(table.name, counted(), table.rows)
        if table.member and digest.hexdigest() != archive.manifest.member(table.member).content_sha256:
            raise _differs(table.name)
    missing = sorted(set(contents.guards) - set(postgresql.guards_standing(raw)))
    if missing:
        raise BackupError(
            f"恢复后的数据库缺少库内约束 {missing[0]}，已全部撤销。请用做这份备份的版本来恢复。",
            f"The restored database lacks the guard {missing[0]}; everything was undone. Restore with the "
            "version that "
            "made the backup.",
            missing=missing,
        )


def _analyse(raw: Any, tables: Iterable[Table]) -> None:
    raw.execute(f"ANALYZE {', '.join(quoted(table.name) for table in tables)}")


def _agree(table: str, found: int, expected: int) -> None:
    if found != expected:
        raise _differs(table)


def _differs(table: str) -> BackupError:
    return BackupError(
        f"表 {table} 恢复后与备份不一致，已全部撤销，数据库仍是空的。请换一份备份。",
        f"Table {table} is not what the backup says; everything was undone and the database is empty. Use "
        "another backup.",
        table=table,
    )
