"""What evaluations say of titles that run out; only appended, like the rest of the history of verdicts."""

import django.db.models.deletion
from django.db import migrations, models

from gaoxin.web.eligibility import guards


def install(apps, schema_editor):
    for statement in guards.install(schema_editor.connection.vendor, [guards.RENEWALS], first=False):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in guards.remove(schema_editor.connection.vendor, [guards.RENEWALS], last=False):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0003_history_guards")]

    operations = [
        migrations.CreateModel(
            name="RenewalOutlook",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("rule", models.CharField(max_length=40)),
                ("ends", models.DateField()),
                ("verdict", models.CharField(max_length=16)),
                ("not_met", models.JSONField(default=list)),
                ("missing", models.JSONField(default=list)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="eligibility.run",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="renewaloutlook",
            constraint=models.UniqueConstraint(fields=("run", "kind", "subject"), name="renewal_judged_once"),
        ),
        migrations.RunPython(install, remove),
    ]
