"""Drafts of clauses, their versions, and what was decided about their flags (条款草案、版本、审查记录)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gaoxin.web.ledger.models import Subject


class ClauseDraft(models.Model):
    """A clause with other numbers than those of the law, as somebody is working on it (条款草案).

    `rule`: the clause of the packs it departs from; the law itself is never touched. `state`: a finished
    draft takes no further version.
    """

    class State(models.TextChoices):
        OPEN = "open", _("起草中")
        FINISHED = "finished", _("已定稿")

    id = models.AutoField(primary_key=True)
    zone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="clause_drafts")
    rule = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_by = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "rule", "name"], name="clause_draft_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.name}"


class DraftVersion(models.Model):
    """One saved state of a draft; never changed (草案版本).

    `written`: the values as written, by parameter, those of the law left out. `cost`: what they came to when
    they were saved: low, base and high in fen, winners, losers; `card`: on which facts.
    """

    id = models.AutoField(primary_key=True)
    draft = models.ForeignKey(ClauseDraft, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    written = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    cost = models.JSONField(default=dict)
    card = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_version_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} · {self.number}"


class FlagReview(models.Model):
    """What a person decided about one fair-competition flag of a draft (公平竞争审查记录)."""

    id = models.AutoField(primary_key=True)
    draft = models.ForeignKey(ClauseDraft, on_delete=models.PROTECT, related_name="reviews")
    flag = models.CharField(max_length=80)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "flag"], name="flag_reviewed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} · {self.flag}"
