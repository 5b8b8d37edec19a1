"""What was recorded, and together with what: observations in batches (观测值、批次)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gaoxin.web.ledger.models.catalogue import Metric, Source, Subject


class BatchKind(models.TextChoices):
    PACK = "pack", "内容包"
    ENTRY = "entry", "录入"
    CORRECTION = "correction", "更正"
    IMPORT = "import", "导入"
    SANDBOX = "sandbox", "合成"


class Batch(models.Model):
    """Everything recorded in one transaction; what can be withdrawn together (批次).

    `at` is stamped when the transaction is about to commit, in commit order: who reads as of `at` sees the
    batch whole.
    """

    id = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=12, choices=BatchKind.choices)
    zone = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(db_index=True)
    reason = models.TextField(blank=True)
    rows = models.BigIntegerField(default=0)


class Observation(models.Model):
    """One statement of one figure by one source; never changed (观测值).

    `number`, `high` and `step` are integers at the storage scale of the metric's dimension; see
    `gaoxin.facts.values.Value`. The references to subject, metric and source are checked in the way that
    is quickest on each database (`guards.py`).
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="observations", db_constraint=False, db_index=False
    )
    metric = models.ForeignKey(
        Metric, on_delete=models.PROTECT, related_name="observations", db_constraint=False, db_index=False
    )
    period = models.CharField(max_length=24)
    number = models.BigIntegerField(null=True)
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="observations", db_constraint=False, db_index=False
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="observations", db_constraint=False, db_index=False
    )
    figure = models.CharField(max_length=16, default="level")
    op = models.CharField(max_length=2, default="=")
    unit = models.CharField(max_length=24, blank=True)
    status = models.CharField(max_length=12, default="reported")
    locator = models.CharField(max_length=120, blank=True)
    written = models.CharField(max_length=80, blank=True)
    dimension = models.CharField(max_length=24, blank=True)
    high = models.BigIntegerField(null=True)
    step = models.BigIntegerField(null=True)
    text = models.TextField(null=True)
    of = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=120, blank=True)
    population = models.IntegerField(null=True)
    base = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    inputs = models.TextField(blank=True)
    period_confidence = models.CharField(max_length=12, default="verified", db_default="verified")
    ref = models.CharField(max_length=80, null=True)
    synthetic = models.GeneratedField(
        expression=models.Q(status="synthetic"), output_field=models.BooleanField(), db_persist=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject", "metric", "period"], name="observation_key"),
            models.Index(fields=["metric", "period", "number"], name="observation_ranking"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ref"], name="observation_ref", condition=models.Q(ref__isnull=False)
            ),
        ]
