"""The database itself keeps the record: nothing changes or goes, invented and real never mix (库内约束)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gaoxin.web.ledger import guards, models, services
from tests.web.builders import (
    a_correction,
    a_director,
    a_row,
    a_source,
    a_statistician,
    a_uscc,
    an_enterprise,
    an_entry,
    zone,
)

pytestmark = pytest.mark.django_db
MODELS = {model._meta.db_table: model for model in vars(models).values() if hasattr(model, "_meta")}


@pytest.fixture
def records() -> dict[str, int]:
    """At least one row in every protected table."""
    clerk, chief, firm = a_statistician(), a_director(), an_enterprise()
    one, other = an_entry(clerk, firm, "120"), an_entry(clerk, firm, "140")
    services.check_observation(by=chief, observation_id=one.pk)
    services.rule_conflict(by=chief, stands=one.pk, reason="年鉴")
    wrong = a_correction(clerk, other, "150")
    services.withdraw_batch(by=clerk, batch_id=wrong.batch_id, reason="改错")
    an_enterprise(uscc=a_uscc())
    models.Snapshot.objects.create(
        hash="5" * 64, as_of=timezone.now(), path="5" * 16, at=timezone.now(), by_name="测试"
    )
    held = {table: MODELS[table].objects.count() for table in guards.APPEND_ONLY + guards.NEVER_DELETED}
    assert all(held.values())
    return held


def refused(statement: str, values: tuple = ()) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_record_of_an_act_is_protected() -> None:
    tables = {table for table in MODELS if table.startswith("ledger_")}
    assert tables == set(guards.APPEND_ONLY) | set(guards.NEVER_DELETED)


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_records_refuse_every_change_by_hand(records: dict[str, int], table: str) -> None:
    column = "at" if any(f.name == "at" for f in MODELS[table]._meta.fields) else "id"
    refused(f"UPDATE {table} SET {column} = {column}")
    refused(f"DELETE FROM {table}")
    refused(f"DELETE FROM {table} WHERE id IN (SELECT MAX(id) FROM {table})")
    assert MODELS[table].objects.count() == records[table]


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_records_refuse_every_change_through_the_models(records: dict[str, int], table: str) -> None:
    model = MODELS[table]
    row = model.objects.order_by("-pk").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_update=True)
    name = model._meta.concrete_fields[1].attname
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{name: getattr(row, name)})
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")
    assert model.objects.count() == records[table]


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_a_record_is_not_overwritten_by_an_insert(records: dict[str, int], table: str) -> None:
    columns = [field.column for field in MODELS[table]._meta.fields if not field.generated]
    names = ", ".join(f'"{name}"' for name in columns)
    source = f"SELECT {names} FROM {table} WHERE id = (SELECT MAX(id) FROM {table})"
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {table} ({names}) {source}")
    refused(f"INSERT INTO {table} ({names}) {source} ON CONFLICT (id) DO UPDATE SET id = excluded.id")


@pytest.mark.parametrize("table", guards.NEVER_DELETED)
def test_what_records_name_is_never_deleted(records: dict[str, int], table: str) -> None:
    refused(f"DELETE FROM {table} WHERE id IN (SELECT MAX(id) FROM {table})")
    fresh = {"ledger_subject": an_enterprise, "ledger_source": a_source}.get(table)
    row = fresh() if fresh else models.Metric.objects.create(code="unused")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


@pytest.mark.parametrize("table", guards.APPEND_ONLY + guards.NEVER_DELETED)
def test_no_table_is_emptied_at_once(table: str) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    refused(f"TRUNCATE {table} CASCADE")


# --- invented and real


@pytest.fixture
def real() -> models.Observation:
    return an_entry(a_statistician(), an_enterprise())


@pytest.fixture
def invented() -> models.Observation:
    return an_entry(a_statistician(zones=("sandbox",)), an_enterprise(zone="sandbox"))


def test_a_real_subject_takes_no_invented_figure(real: models.Observation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(real, status="synthetic").save()
    kept = "subject_id, metric_id, period, number, batch_id, source_id, figure, op, unit, locator, written"
    kept += ', dimension, "of", "group", base, note, formula, inputs'
    refused(
        f"INSERT INTO ledger_observation ({kept}, status) "
        f"SELECT {kept}, 'synthetic' FROM ledger_observation WHERE id = %s",
        (real.pk,),
    )


def test_an_invented_subject_takes_no_real_figure(invented: models.Observation) -> None:
    for status in ("reported", "verified", "estimated", "derived"):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_row(invented, status=status).save()
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Observation.objects.bulk_create([a_row(invented, status=status)])


def test_a_subject_does_not_change_sides(real: models.Observation, invented: models.Observation) -> None:
    for row, side in ((real, True), (invented, False)):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Subject.objects.filter(pk=row.subject_id).update(synthetic=side)
        refused("UPDATE ledger_subject SET synthetic = NOT synthetic WHERE id = %s", (row.subject_id,))
    models.Subject.objects.filter(pk=real.subject_id).update(name="改名机械厂", synthetic=False)


@pytest.mark.parametrize("column", ["subject_id", "metric_id", "source_id"])
def test_an_observation_names_what_exists(real: models.Observation, column: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(real, **{column: 2_000_000_000}).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(real, **{column: None}).save()


def test_a_sound_row_is_taken(real: models.Observation) -> None:
    a_row(real, batch_id=real.batch_id, period="2023").save()
    assert models.Observation.objects.filter(subject=real.subject_id).count() == 2


def test_the_guards_are_those_of_the_list() -> None:
    """A migration that rebuilds a table on SQLite drops its triggers; then this fails."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal"
            )
        present = set(cursor.fetchall())
    assert set(guards.names(connection.vendor)) <= present


def test_an_audit_row_is_written_but_not_backdated_later(records: dict[str, int]) -> None:
    refused("UPDATE ledger_auditevent SET at = %s", (timezone.now(),))
    assert zone().pk


# --- nothing is written over


@pytest.fixture
def foreign(records: dict[str, int]) -> Iterator[sqlite3.Connection]:
    """A copy of the database in the hands of a client with SQLite's own settings, unlike ours."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows REPLACE")
    held = bytearray(connection.connection.serialize())
    held[18:20] = b"\1\1"  # no write-ahead log: a database in memory has none
    client = sqlite3.connect(":memory:")
    client.deserialize(bytes(held))
    assert client.execute("PRAGMA recursive_triggers").fetchone() == (0,)
    yield client
    client.close()


def _columns(table: str) -> list[str]:
    return [f'"{field.column}"' for field in MODELS[table]._meta.fields if not field.generated]


@pytest.mark.parametrize("table", guards.APPEND_ONLY + guards.NEVER_DELETED)
def test_a_foreign_client_replaces_no_row(foreign: sqlite3.Connection, table: str) -> None:
    before = foreign.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
    names = ", ".join(_columns(table))
    newest = f"FROM {table} WHERE id = (SELECT MAX(id) FROM {table})"
    with pytest.raises(sqlite3.IntegrityError):
        foreign.execute(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} {newest}")
    assert foreign.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() == before


@pytest.mark.parametrize(
    ("table", "unique"), [(table, columns) for table, keys in guards.UNIQUE.items() for columns in keys]
)
def test_a_foreign_client_replaces_no_row_of_the_same_name(
    foreign: sqlite3.Connection, table: str, unique: tuple[str, ...]
) -> None:
    """Under a number of its own, with only the unique columns of a row that is there."""
    others = {f'"{name}"' for keys in guards.UNIQUE[table] for name in keys} - {f'"{n}"' for n in unique}
    names = [name for name in _columns(table) if name != '"id"' and name not in others]
    if '"code"' in others:
        names, given = [*names, '"code"'], [*names, "'quite-new'"]
    else:
        given = names
    known = " AND ".join(f"{name} IS NOT NULL" for name in unique)
    row = f"FROM {table} WHERE {known} LIMIT 1"
    assert foreign.execute(f"SELECT 1 {row}").fetchone() == (1,)
    before = foreign.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        foreign.execute(
            f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) SELECT {', '.join(given)} {row}"
        )
    assert foreign.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() == before


@pytest.mark.parametrize("table", guards.NEVER_DELETED)
@pytest.mark.parametrize("column", ["id", "code"])
def test_a_foreign_client_moves_no_row_onto_another(
    foreign: sqlite3.Connection, table: str, column: str
) -> None:
    before = foreign.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
    first = f"(SELECT {column} FROM {table} ORDER BY id LIMIT 1)"
    with pytest.raises(sqlite3.IntegrityError):
        foreign.execute(
            f"UPDATE OR REPLACE {table} SET {column} = {first} WHERE id = (SELECT MAX(id) FROM {table})"
        )
    assert foreign.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() == before


def test_the_unique_columns_are_those_of_the_tables() -> None:
    """What the guards know of and what the tables declare is the same."""
    declared: dict[str, set[tuple[str, ...]]] = {}
    for table in guards.APPEND_ONLY + guards.NEVER_DELETED:
        meta = MODELS[table]._meta
        single = {(f.column,) for f in meta.fields if f.unique and not f.primary_key}
        named = {
            tuple(meta.get_field(name).column for name in c.fields) for c in meta.total_unique_constraints
        }
        partial = {tuple(c.fields) for c in meta.constraints if getattr(c, "condition", None) is not None}
        declared[table] = {keys for keys in single | named | partial if "id" not in keys}
    assert declared == {
        table: set(guards.UNIQUE.get(table, ())) for table in guards.APPEND_ONLY + guards.NEVER_DELETED
    }
