"""How sure the period of an observation is; the table is extended in place, so its guards stay."""

from django.db import migrations, models

COLUMN = "ALTER TABLE ledger_observation ADD COLUMN period_confidence varchar(12) DEFAULT 'verified' NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_nothing_written_over")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(COLUMN, "ALTER TABLE ledger_observation DROP COLUMN period_confidence")
            ],
            state_operations=[
                migrations.AddField(
                    "observation",
                    "period_confidence",
                    models.CharField(max_length=12, default="verified", db_default="verified"),
                )
            ],
        )
    ]
