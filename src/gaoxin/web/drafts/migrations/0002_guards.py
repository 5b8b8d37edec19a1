"""What was found and decided about drafts is only appended: see `gaoxin.web.drafts.guards`."""

from django.db import migrations

from gaoxin.web.drafts import guards


def install(apps, schema_editor):
    for statement in guards.install(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in guards.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_drafts")]

    operations = [migrations.RunPython(install, remove)]
