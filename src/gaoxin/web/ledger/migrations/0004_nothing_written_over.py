"""No row takes the place of another, and the list of snapshots is a record: see `gaoxin.web.ledger.guards`."""

from django.db import migrations

from gaoxin.web.ledger import guards


def renew(apps, schema_editor):
    for statement in guards.renew(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_guards")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
