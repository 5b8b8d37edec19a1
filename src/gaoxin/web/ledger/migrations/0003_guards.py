"""Records are only appended; synthetic and real never mix: see `gaoxin.web.ledger.triggers`."""

from django.db import migrations

from gaoxin.web.ledger import triggers


def install(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in triggers.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_records")]

    operations = [migrations.RunPython(install, remove)]
