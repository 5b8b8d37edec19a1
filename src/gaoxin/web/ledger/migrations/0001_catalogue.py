import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Metric",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=80, unique=True)),
                ("dimension", models.CharField(blank=True, max_length=24)),
                ("sensitivity", models.CharField(default="internal", max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("code", models.CharField(max_length=120, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("aliases", models.JSONField(blank=True, default=list)),
                ("initials", models.CharField(blank=True, max_length=200)),
                ("search", models.TextField(blank=True)),
                ("uscc", models.CharField(blank=True, max_length=18, null=True, unique=True)),
                ("synthetic", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="ledger.subject",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inhabitants",
                        to="ledger.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=120, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("published", models.DateField(blank=True, null=True)),
                ("document", models.CharField(blank=True, max_length=24)),
                ("rights_note", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="ledger.subject",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["zone", "kind", "initials", "id"], name="subject_listing"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["kind", "uscc"], name="subject_uscc"),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(fields=("id", "synthetic"), name="subject_synthetic"),
        ),
    ]
