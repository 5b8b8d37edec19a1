"""One upload on its way into the ledger (导入). The states and who moves them are in `states.py`."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gaoxin.web.ledger.models import Batch, Source, Subject


class State(models.TextChoices):
    """Where an import stands. `uploaded`, `checking` and `accepting` wait for the worker, `mapping` and
    `review` for a person; the others are the end.
    """

    UPLOADED = "uploaded", _("已上传")
    MAPPING = "mapping", _("对应列")
    CHECKING = "checking", _("核对中")
    REVIEW = "review", _("待确认")
    ACCEPTING = "accepting", _("入库中")
    ACCEPTED = "accepted", _("已入库")
    CANCELLED = "cancelled", _("已取消")
    FAILED = "failed", _("未能完成")
    WITHDRAWN = "withdrawn", _("已撤回")


class ImportRun(models.Model):
    """An uploaded file, how its columns were understood, what would change, and what was decided.

    Files live in GAOXIN_HOME/imports by their content (`sha256`), never under the name they came with; how
    far the work is stands there too (`progress.py`). `worker` and `lease_until` say who is working on the
    run: a worker that died loses it when the lease runs out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    zone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="imports")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, default="enterprise")
    sheet = models.CharField(max_length=80, blank=True)
    period = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED, db_index=True)

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()

    mapping = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    mapping_sha256 = models.CharField(max_length=64, blank=True)
    decisions = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    issues = models.JSONField(default=list)
    error_zh = models.TextField(blank=True)
    error_en = models.TextField(blank=True)

    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)

    batch = models.OneToOneField(Batch, null=True, on_delete=models.PROTECT, related_name="import_run")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "-at"], name="import_by_zone")]

    def __str__(self) -> str:
        return self.file_name


class SavedMapping(models.Model):
    """How the columns of a form were understood last time: put on the next file of it (列对应)."""

    zone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    mapping = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "source", "kind"], name="saved_mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.kind}"
