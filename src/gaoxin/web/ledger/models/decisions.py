"""What people decided about observations: corrections, rulings, withdrawals, second looks; append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gaoxin.web.ledger.models.catalogue import Metric, Subject
from gaoxin.web.ledger.models.observations import Batch, Observation


class ReasonCode(models.TextChoices):
    """Why a published figure is corrected (修订原因)."""

    SCOPE = "scope", "统计口径调整"
    CENSUS = "census", "普查修订"
    MISTAKE = "mistake", "数据更正"
    LATE = "late", "迟报"
    PACK = "pack", "内容包更新"


class Supersession(models.Model):
    """An observation that replaces another (更正).

    A correction of a correction has one row for each observation it replaces, `direct` for the nearest
    only: whether an old one is replaced can be seen in one step, also after the correction in between was
    withdrawn.
    """

    old = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="superseded_by")
    new = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="supersedes")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="supersessions")
    direct = models.BooleanField(default=True)
    reason_code = models.CharField(max_length=12, choices=ReasonCode.choices)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="supersession_once")]


class Ruling(models.Model):
    """Which of several disagreeing observations stands (裁定). The newest counts."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="rulings")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="+")
    figure = models.CharField(max_length=16)
    of = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=24)
    stands = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="rulings")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(db_index=True)


class Withdrawal(models.Model):
    """A batch taken out of use (撤回); its observations stay readable."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(db_index=True)


class Check(models.Model):
    """A second person compared the observation with its source and found it right (复核)."""

    observation = models.OneToOneField(Observation, on_delete=models.PROTECT, related_name="check_row")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(db_index=True)
