"""Records are only appended; synthetic and real never mix: see `gaoxin.web.ledger.guards`."""

from django.db import migrations

from gaoxin.web.ledger import guards


def install(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        refer(schema_editor)
    for statement in guards.install(vendor):
        schema_editor.execute(statement, params=None)


def refer(schema_editor):
    """SQLite takes foreign keys only when a table is made: make the (still empty) table again."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'ledger_observation' AND sql IS NOT NULL"
        )
        found = cursor.fetchall()
    table = next(sql for kind, sql in found if kind == "table")
    schema_editor.execute("DROP TABLE ledger_observation", params=None)
    schema_editor.execute(guards.with_references(table), params=None)
    for sql in (sql for kind, sql in found if kind == "index"):
        schema_editor.execute(sql, params=None)


def remove(apps, schema_editor):
    for statement in guards.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_records")]

    operations = [migrations.RunPython(install, remove)]
