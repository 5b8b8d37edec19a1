"""Whom, what and from where: subjects, metrics and sources (主体、指标、来源)."""

from __future__ import annotations

from django.db import models


class Subject(models.Model):
    """Somebody or something facts are about (主体).

    `initials` are the pinyin initials of the name (cxgxq), `search` is what the search box looks through.
    A synthetic subject never carries a real figure nor the reverse; the database itself refuses it.
    """

    id = models.AutoField(primary_key=True)
    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    initials = models.CharField(max_length=200, blank=True)
    search = models.TextField(blank=True)
    uscc = models.CharField(max_length=18, null=True, blank=True, unique=True)
    zone = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inhabitants"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    synthetic = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["zone", "kind", "initials", "id"], name="subject_listing"),
            models.Index(fields=["kind", "uscc"], name="subject_uscc"),
        ]
        constraints = [
            # what an observation refers to, so that synthetic and real cannot mix
            models.UniqueConstraint(fields=["id", "synthetic"], name="subject_synthetic"),
        ]

    def __str__(self) -> str:
        return self.name


class Metric(models.Model):
    """A metric of the catalogue (指标). What it means is in the packs; the row gives it a short number."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=80, unique=True)
    dimension = models.CharField(max_length=24, blank=True)
    sensitivity = models.CharField(max_length=12, default="internal")

    def __str__(self) -> str:
        return self.code


class Source(models.Model):
    """A document that states figures (来源)."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=24, blank=True)
    rights_note = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    zone = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title
