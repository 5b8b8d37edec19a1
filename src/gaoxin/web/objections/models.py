"""What was objected to, and what was answered (异议、答复). Rows are appended and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gaoxin.web.ledger.models import Observation, Source, Subject


class Objection(models.Model):
    """Somebody says that a figure is wrong, why, and where the right one stands, if he knows (异议).

    `zone` is where the figure is looked after; a figure of a region has none.
    """

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="objections")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="objections")
    zone = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="objections")
    by_name = models.CharField(max_length=80)
    role = models.CharField(max_length=24)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "-id"], name="objection_by_zone")]


class Answer(models.Model):
    """What a statistician answered; there is one answer and no second (答复).

    `observation` is the figure that stands after an accepted objection; None if nothing stands any more.
    """

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    reason = models.TextField()
    observation = models.ForeignKey(Observation, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
