import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("as_of", models.DateTimeField()),
                ("path", models.CharField(max_length=300)),
                ("counts", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pack", "内容包"),
                            ("entry", "录入"),
                            ("correction", "更正"),
                            ("import", "导入"),
                            ("sandbox", "合成"),
                        ],
                        max_length=12,
                    ),
                ),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField(db_index=True)),
                ("reason", models.TextField(blank=True)),
                ("rows", models.BigIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.source",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("period", models.CharField(max_length=24)),
                ("number", models.BigIntegerField(null=True)),
                ("figure", models.CharField(default="level", max_length=16)),
                ("op", models.CharField(default="=", max_length=2)),
                ("unit", models.CharField(blank=True, max_length=24)),
                ("status", models.CharField(default="reported", max_length=12)),
                ("locator", models.CharField(blank=True, max_length=120)),
                ("written", models.CharField(blank=True, max_length=80)),
                ("dimension", models.CharField(blank=True, max_length=24)),
                ("high", models.BigIntegerField(null=True)),
                ("step", models.BigIntegerField(null=True)),
                ("text", models.TextField(null=True)),
                ("of", models.CharField(blank=True, max_length=120)),
                ("group", models.CharField(blank=True, max_length=120)),
                ("population", models.IntegerField(null=True)),
                ("base", models.CharField(blank=True, max_length=120)),
                ("note", models.TextField(blank=True)),
                ("formula", models.TextField(blank=True)),
                ("inputs", models.TextField(blank=True)),
                ("ref", models.CharField(max_length=80, null=True)),
                (
                    "synthetic",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("status", "synthetic")),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="ledger.batch",
                    ),
                ),
                (
                    "metric",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="ledger.metric",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="ledger.source",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="ledger.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "observation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_row",
                        to="ledger.observation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figure", models.CharField(max_length=16)),
                ("of", models.CharField(blank=True, max_length=120)),
                ("group", models.CharField(blank=True, max_length=120)),
                ("period", models.CharField(max_length=24)),
                ("reason", models.TextField()),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "metric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.metric"
                    ),
                ),
                (
                    "stands",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="ledger.observation",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="ledger.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Supersession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("direct", models.BooleanField(default=True)),
                (
                    "reason_code",
                    models.CharField(
                        choices=[
                            ("scope", "统计口径调整"),
                            ("census", "普查修订"),
                            ("mistake", "数据更正"),
                            ("late", "迟报"),
                            ("pack", "内容包更新"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersessions",
                        to="ledger.batch",
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="ledger.observation",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="ledger.observation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="ledger.batch",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("by_name", models.CharField(max_length=80)),
                ("role", models.CharField(blank=True, max_length=24)),
                ("action", models.CharField(max_length=40)),
                ("target", models.CharField(blank=True, max_length=200)),
                ("detail", models.JSONField(default=dict)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["zone", "-id"], name="audit_by_zone")],
            },
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["subject", "metric", "period"], name="observation_key"),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["metric", "period", "number"], name="observation_ranking"),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ref__isnull", False)), fields=("ref",), name="observation_ref"
            ),
        ),
        migrations.AddConstraint(
            model_name="supersession",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="supersession_once"),
        ),
    ]
