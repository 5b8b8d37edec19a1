"""The history of verdicts and drafts is only appended: see `gaoxin.web.eligibility.guards`."""

from django.db import migrations

from gaoxin.web.eligibility import guards


def install(apps, schema_editor):
    for statement in guards.install(schema_editor.connection.vendor, guards.FIRST):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in guards.remove(schema_editor.connection.vendor, guards.FIRST):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0002_clause_drafts")]

    operations = [migrations.RunPython(install, remove)]
