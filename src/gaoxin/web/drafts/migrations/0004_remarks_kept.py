"""What of a file was not read stays said as well: the guards are set up anew, now over `remarks`."""

from django.db import migrations

from gaoxin.web.drafts import guards


def renew(apps, schema_editor):
    for statement in guards.renew(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("drafts", "0003_pending")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
