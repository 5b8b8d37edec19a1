"""Who did, saw or took out what, and which snapshots were frozen (审计、快照)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gaoxin.web.ledger.models.catalogue import Subject


class AuditEvent(models.Model):
    """One act of one person; append-only (审计记录).

    `action` is a dotted word such as `observation.correct`, `export.subjects`, `subject.view`,
    `import.accept`.
    """

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    role = models.CharField(max_length=24, blank=True)
    action = models.CharField(max_length=40)
    zone = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "-id"], name="audit_by_zone")]


class Snapshot(models.Model):
    """Parquet files frozen from the ledger (快照): named by their content."""

    hash = models.CharField(max_length=64, unique=True)
    as_of = models.DateTimeField()
    path = models.CharField(max_length=300)
    counts = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
