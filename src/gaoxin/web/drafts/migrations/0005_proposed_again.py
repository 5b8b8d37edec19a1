"""A place whose figure was withdrawn may be proposed again; titles of drafts not shared are kept in the house."""

from django.db import migrations, models

from gaoxin.web.drafts import guards


def install(apps, schema_editor):
    for statement in guards.install(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in guards.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def hide_titles(apps, schema_editor):
    drafts = apps.get_model("drafts", "Draft").objects.filter(shared=False)
    sources = apps.get_model("ledger", "Source").objects
    for pk, zone in list(drafts.values_list("pk", "zone__code")):
        code = f"draft/{zone.partition('/')[2]}/{pk}"
        sources.filter(code=code).update(title="内部文稿", title_en="Internal draft")


class Migration(migrations.Migration):
    dependencies = [("drafts", "0004_remarks_kept")]

    operations = [
        migrations.RunPython(remove, install),
        migrations.AddField("proposal", "again", models.PositiveSmallIntegerField(default=0)),
        migrations.RemoveConstraint("proposal", "proposal_of_place_once"),
        migrations.AddConstraint(
            "proposal",
            models.UniqueConstraint(
                fields=["draft", "start", "end", "again"], name="proposal_of_place_once_each_time"
            ),
        ),
        migrations.RunPython(install, remove),
        migrations.RunPython(hide_titles, migrations.RunPython.noop),
    ]
