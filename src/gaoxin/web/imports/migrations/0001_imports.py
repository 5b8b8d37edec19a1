import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0002_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(default="enterprise", max_length=16)),
                ("sheet", models.CharField(blank=True, max_length=80)),
                ("period", models.CharField(blank=True, max_length=24)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "已上传"),
                            ("mapping", "对应列"),
                            ("checking", "核对中"),
                            ("review", "待确认"),
                            ("accepting", "入库中"),
                            ("accepted", "已入库"),
                            ("cancelled", "已取消"),
                            ("failed", "未能完成"),
                            ("withdrawn", "已撤回"),
                        ],
                        db_index=True,
                        default="uploaded",
                        max_length=12,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField()),
                ("mapping", models.JSONField(default=dict)),
                ("questions", models.JSONField(default=list)),
                ("mapping_sha256", models.CharField(blank=True, max_length=64)),
                ("decisions", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("issues", models.JSONField(default=list)),
                ("error_zh", models.TextField(blank=True)),
                ("error_en", models.TextField(blank=True)),
                ("worker", models.CharField(blank=True, max_length=64)),
                ("lease_until", models.DateTimeField(null=True)),
                ("attempts", models.IntegerField(default=0)),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "batch",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_run",
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
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.source"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["zone", "-at"], name="import_by_zone")],
            },
        ),
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("mapping", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.source"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("zone", "source", "kind"), name="saved_mapping_once")
                ],
            },
        ),
    ]
