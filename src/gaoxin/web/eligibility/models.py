"""Evaluations of a zone and what they found of every enterprise under every rule (判定、资格状态)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gaoxin.web.eligibility.draft_models import ClauseDraft, DraftVersion, FlagReview
from gaoxin.web.ledger.models import Snapshot, Subject

__all__ = ["ClauseDraft", "DraftVersion", "FlagReview", "RenewalOutlook", "Run", "Standing", "State"]


class State(models.TextChoices):
    """Where an evaluation stands. `waiting` and `working` belong to the worker, the others are the end."""

    WAITING = "waiting", _("等待判定")
    WORKING = "working", _("判定中")
    DONE = "done", _("已判定")
    FAILED = "failed", _("未能完成")


class Run(models.Model):
    """One evaluation of the rules in force for a zone over the enterprises of a snapshot (一次判定).

    `rules`: the ids that were evaluated, in order. `counts`: by rule, how many have which verdict, how many
    fail by one condition (`near`), and how many changed (`changed`). `card`: what it was made of; equal cards
    give equal results. All three are filled when it is done. `worker` and `lease_until` say who is at it: a
    worker that died loses it when the lease runs out.
    """

    id = models.AutoField(primary_key=True)
    zone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="evaluations")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    application = models.CharField(max_length=12, default="new")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    rules = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    card = models.JSONField(default=dict)
    error_zh = models.TextField(blank=True)
    error_en = models.TextField(blank=True)

    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=80)
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["zone", "state", "-id"], name="evaluation_of_zone")]
        constraints = [
            models.UniqueConstraint(
                fields=["zone"],
                condition=models.Q(state__in=("waiting", "working")),
                name="evaluation_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} · {self.on}"


class RenewalOutlook(models.Model):
    """What the rule for a renewal says of a firm whose title runs out within a year of an evaluation; never
    changed (复核预判).

    `kind`: the title; `ends`: its last day; `not_met`: ids of conditions; `missing`: ids of metrics.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="renewals")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    ends = models.DateField()
    verdict = models.CharField(max_length=16)
    not_met = models.JSONField(default=list)
    missing = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "subject"], name="renewal_judged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.kind} · {self.verdict}"


class Standing(models.Model):
    """What a rule says of an enterprise, from one evaluation until another found something else (资格状态).

    `until` null: it is so now. A change closes one row and opens the next, so entry, exit and their reasons
    are dated. `not_met`: ids of conditions; `missing`: ids of metrics; both sorted as the rule has them.
    Units: scores in millionths of a point, `amount` in fen; null where the rule has none or it is open.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="standings")
    rule = models.CharField(max_length=40)
    verdict = models.CharField(max_length=16)
    score_low = models.BigIntegerField(null=True)
    score_high = models.BigIntegerField(null=True)
    not_met = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    amount = models.BigIntegerField(null=True)
    unconfirmed = models.BooleanField(default=False)
    since = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="opened")
    until = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="closed")

    class Meta:
        indexes = [models.Index(fields=["rule", "verdict", "subject"], name="standing_of_rule")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "rule"], condition=models.Q(until=None), name="standing_one_now"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.rule} · {self.verdict}"
