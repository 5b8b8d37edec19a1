"""The database's own guards: records are only appended, and synthetic never mixes with real (库内约束).

1. `APPEND_ONLY` tables refuse UPDATE and DELETE; `NEVER_DELETED` tables refuse DELETE.
2. An observation names a subject, a metric and a source that exist, and is synthetic exactly if its subject is.
   SQLite looks at each row as it comes; PostgreSQL at each statement's rows together, which is what keeps COPY fast.
3. A subject never changes between synthetic and real.

Installed by a migration; there is no switch. Who owns the database can still remove them, which is why backups are hashed.
"""

from __future__ import annotations

from collections.abc import Iterator

APPEND_ONLY = (
    "ledger_observation",
    "ledger_batch",
    "ledger_supersession",
    "ledger_ruling",
    "ledger_withdrawal",
    "ledger_check",
    "ledger_auditevent",
)
NEVER_DELETED = ("ledger_subject", "ledger_metric", "ledger_source")
_KEEP = "append-only: record a correction instead (只能追加,不能修改或删除)"
_STAY = "never deleted: observations name it (不能删除)"
_MIXED = (
    "synthetic and real never mix, and subject, metric and source must exist (合成数据与真实数据不得混用)"
)
_FIXED = "a subject never changes between synthetic and real (合成标记不能改)"


def install(vendor: str) -> Iterator[str]:
    """The statements that set the guards up."""
    yield from _sqlite() if vendor == "sqlite" else _postgresql()


def remove(vendor: str) -> Iterator[str]:
    """The statements that take them down again: migrating back, and emptying the test database."""
    for table, name in _names():
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
    if vendor != "sqlite":
        for function in ("gx_keep", "gx_stay", "gx_observation_fits", "gx_synthetic_fixed"):
            yield f"DROP FUNCTION IF EXISTS {function}()"


def _names() -> Iterator[tuple[str, str]]:
    for table in APPEND_ONLY:
        yield table, f"{table}_keep_update"
        yield table, f"{table}_keep_delete"
    for table in NEVER_DELETED:
        yield table, f"{table}_stay"
    yield "ledger_observation", "ledger_observation_fits"
    yield "ledger_subject", "ledger_subject_fixed"


def _sqlite() -> Iterator[str]:
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_keep_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_KEEP}'); END"
            )
    for table in NEVER_DELETED:
        yield f"CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{_STAY}'); END"
    yield (
        "CREATE TRIGGER ledger_observation_fits BEFORE INSERT ON ledger_observation WHEN "
        "NOT EXISTS (SELECT 1 FROM ledger_subject s WHERE s.id = NEW.subject_id "
        "AND s.synthetic = (NEW.status = 'synthetic')) "
        "OR NOT EXISTS (SELECT 1 FROM ledger_metric WHERE id = NEW.metric_id) "
        "OR NOT EXISTS (SELECT 1 FROM ledger_source WHERE id = NEW.source_id) "
        f"BEGIN SELECT RAISE(ABORT, '{_MIXED}'); END"
    )
    yield (
        "CREATE TRIGGER ledger_subject_fixed BEFORE UPDATE OF synthetic ON ledger_subject "
        f"WHEN OLD.synthetic <> NEW.synthetic BEGIN SELECT RAISE(ABORT, '{_FIXED}'); END"
    )


def _postgresql() -> Iterator[str]:
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
        "IF EXISTS (SELECT 1 FROM fresh f LEFT JOIN ledger_subject s ON s.id = f.subject_id "
        "LEFT JOIN ledger_metric m ON m.id = f.metric_id LEFT JOIN ledger_source r ON r.id = f.source_id "
        "WHERE s.id IS NULL OR m.id IS NULL OR r.id IS NULL OR s.synthetic <> (f.status = 'synthetic')) "
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
        f"RAISE EXCEPTION '{_FIXED}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER ledger_subject_fixed BEFORE UPDATE OF synthetic ON ledger_subject "
        "FOR EACH ROW EXECUTE FUNCTION gx_synthetic_fixed()"
    )
