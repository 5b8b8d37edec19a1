"""The database's own guards: records are only appended, and synthetic never mixes with real (库内约束).

1. `APPEND_ONLY` tables refuse UPDATE and DELETE; `NEVER_DELETED` tables refuse DELETE.
2. An observation names a subject, a metric and a source that exist, and is synthetic exactly if its
   subject is. SQLite: foreign keys, one of them on (subject, synthetic). PostgreSQL: a look at each
   statement's rows together, because foreign keys would triple the time of a COPY.
3. A subject never changes between synthetic and real.
4. SQLite: no row takes the place of another. REPLACE deletes what stands in its way and asks no DELETE
   trigger, unless the client itself wants that (`recursive_triggers`), which a foreign one does not.

Installed by a migration; there is no switch. SQLite drops them when a later migration rebuilds a table:
that migration must install them again with `renew` (a test looks). Who owns the database can still remove
them, which is why backups are hashed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

APPEND_ONLY = (
    "ledger_observation",
    "ledger_batch",
    "ledger_supersession",
    "ledger_ruling",
    "ledger_withdrawal",
    "ledger_check",
    "ledger_auditevent",
    "ledger_snapshot",
)
NEVER_DELETED = ("ledger_subject", "ledger_metric", "ledger_source")
# What, beside its number, makes a row the only one of its kind.
UNIQUE: dict[str, tuple[tuple[str, ...], ...]] = {
    "ledger_observation": (("ref",),),
    "ledger_supersession": (("old_id", "new_id"),),
    "ledger_withdrawal": (("batch_id",),),
    "ledger_check": (("observation_id",),),
    "ledger_snapshot": (("hash",),),
    "ledger_subject": (("code",), ("uscc",)),
    "ledger_metric": (("code",),),
    "ledger_source": (("code",),),
}
_KEEP = "append-only: record a correction instead (只能追加，不能修改或删除)"
_STAY = "never deleted: observations name it (不能删除)"
_ONCE = "exists already: nothing is written over it (已有这一行，不能覆盖)"
_MIXED = (
    "synthetic and real never mix, and subject, metric and source must exist (合成数据与真实数据不得混用)"
)
_FIXED = "a subject never changes between synthetic and real (合成标记不能改)"


def install(vendor: str) -> Iterator[str]:
    """The statements that set the guards up."""
    yield from _sqlite() if vendor == "sqlite" else _postgresql()


def remove(vendor: str) -> Iterator[str]:
    """The statements that take them down again: migrating back, and emptying the test database."""
    for table, name in names(vendor):
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
    if vendor != "sqlite":
        for function in ("gx_keep", "gx_stay", "gx_observation_fits", "gx_synthetic_fixed"):
            yield f"DROP FUNCTION IF EXISTS {function}()"


def renew(vendor: str) -> Iterator[str]:
    """The statements that bring the guards of an older version up to this one."""
    yield from remove(vendor)
    yield from install(vendor)


def names(vendor: str) -> Iterator[tuple[str, str]]:
    for table in APPEND_ONLY:
        yield table, f"{table}_keep_update"
        yield table, f"{table}_keep_delete"
    for table in NEVER_DELETED:
        yield table, f"{table}_stay"
    if vendor == "sqlite":
        for table in APPEND_ONLY + NEVER_DELETED:
            yield table, f"{table}_once_insert"
        for table in NEVER_DELETED:
            yield table, f"{table}_once_update"
    else:
        yield "ledger_observation", "ledger_observation_fits"
    yield "ledger_subject", "ledger_subject_fixed"


def with_references(table_sql: str) -> str:
    """The CREATE TABLE of observations on SQLite, with the foreign keys of rule 2 added."""
    keys = (
        'FOREIGN KEY ("subject_id", "synthetic") REFERENCES "ledger_subject" ("id", "synthetic")',
        'FOREIGN KEY ("metric_id") REFERENCES "ledger_metric" ("id")',
        'FOREIGN KEY ("source_id") REFERENCES "ledger_source" ("id")',
    )
    return table_sql.rstrip().removesuffix(")") + ", " + ", ".join(keys) + ")"


def _sqlite() -> Iterator[str]:
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_keep_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_KEEP}'); END"
            )
    for table in NEVER_DELETED:
        yield (
            f"CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{_STAY}'); END"
        )
    yield (
        "CREATE TRIGGER ledger_subject_fixed BEFORE UPDATE OF synthetic ON ledger_subject "
        f"WHEN OLD.synthetic <> NEW.synthetic BEGIN SELECT RAISE(ABORT, '{_FIXED}'); END"
    )
    for table in APPEND_ONLY + NEVER_DELETED:
        # a number that the database is still to give reads as -1 here
        taken = ["NEW.id > 0 AND " + _held(table, ("id",)), *_same(table)]
        yield _once(table, "INSERT", taken)
    for table in NEVER_DELETED:
        yield _once(table, "UPDATE", ["NEW.id <> OLD.id", *_same(table, apart_from="id = OLD.id")])


def _once(table: str, act: str, taken: Sequence[str]) -> str:
    when = " OR ".join(f"({one})" for one in taken)
    return (
        f"CREATE TRIGGER {table}_once_{act.lower()} BEFORE {act} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{_ONCE}'); END"
    )


def _same(table: str, apart_from: str = "") -> list[str]:
    """Conditions under which a row like the new one is there; NULL is like nothing."""
    return [_held(table, columns, apart_from) for columns in UNIQUE.get(table, ())]


def _held(table: str, columns: Sequence[str], apart_from: str = "") -> str:
    alike = [f"{name} = NEW.{name}" for name in columns] + ([f"NOT {apart_from}"] if apart_from else [])
    return f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(alike)})"


def _postgresql() -> Iterator[str]:
    # periods are codes, not words: comparing them by bytes keeps the two big indexes quick under any locale
    yield 'ALTER TABLE ledger_observation ALTER COLUMN period TYPE varchar(24) COLLATE "C"'
    for name, words in (("gx_keep", _KEEP), ("gx_stay", _STAY)):
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_keep_update BEFORE UPDATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gx_keep()"
        )
        yield (
            f"CREATE TRIGGER {table}_keep_delete BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gx_keep()"
        )
    for table in NEVER_DELETED:
        yield (
            f"CREATE TRIGGER {table}_stay BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gx_stay()"
        )
    yield (
        "CREATE FUNCTION gx_observation_fits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        # counts, not EXISTS: for "is there any" the planner would walk the index once a row
        "IF (SELECT count(*) FROM fresh f JOIN ledger_subject s "
        "ON s.id = f.subject_id AND s.synthetic = f.synthetic) "
        "<> (SELECT count(*) FROM fresh) "
        "OR EXISTS (SELECT metric_id FROM fresh EXCEPT SELECT id FROM ledger_metric) "
        "OR EXISTS (SELECT source_id FROM fresh EXCEPT SELECT id FROM ledger_source) "
        f"THEN RAISE EXCEPTION '{_MIXED}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NULL; END $$"
    )
    yield (
        "CREATE TRIGGER ledger_observation_fits AFTER INSERT ON ledger_observation "
        "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION gx_observation_fits()"
    )
    yield (
        "CREATE FUNCTION gx_synthetic_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.synthetic <> NEW.synthetic THEN "
        f"RAISE EXCEPTION '{_FIXED}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER ledger_subject_fixed BEFORE UPDATE OF synthetic ON ledger_subject "
        "FOR EACH ROW EXECUTE FUNCTION gx_synthetic_fixed()"
    )
