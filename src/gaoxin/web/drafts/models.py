"""A draft, what each check of it found, and what people decided (文稿、核对、处理、入库建议).

What was found and decided is only appended (`guards.py`). A draft itself never changes; only whether the
officers of its zone may see it does.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gaoxin.web.ledger.models import Observation, Subject


class Draft(models.Model):
    """A text that somebody handed in (文稿).

    The file lives among the imported files under the SHA-256 of its content; `text` is what offsets count in.
    `published`: the day from which 今年 and 上月 are counted. `remarks`: what of the file was not read.
    """

    zone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="drafts")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=4)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    text = models.TextField()
    remarks = models.JSONField(default=list)
    published = models.DateField()
    shared = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["zone", "-id"], name="draft_by_zone")]

    def __str__(self) -> str:
        return self.title


class Checking(models.Model):
    """One check of a draft against the facts known at a moment (一次核对).

    `known`: that moment; null where the ledger was empty. `counts`: verdict → figures. `layout`: the blocks
    of the text as [start, end, kind, level]. `code`: the version of gaoxin that read and judged.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="checkings")
    number = models.IntegerField()
    published = models.DateField()
    known = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    layout = models.JSONField(default=list)
    code = models.CharField(max_length=24)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_checking_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} · {self.number}"


class Pending(models.Model):
    """A check that waits for the worker (待核对); the row goes when the check is there.

    `worker` and `lease_until` say who is at it: a worker that died loses it when the lease runs out.
    `failed`: it could not be done, the error says why; asking again begins anew.
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="pending")
    published = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    failed = models.BooleanField(default=False)
    error_zh = models.TextField(blank=True)
    error_en = models.TextField(blank=True)


class DraftFigure(models.Model):
    """One figure of a draft and its verdict (一个数字的结论).

    `number`: its place in the text, from 1; [start, end) its characters. `claim`: what it states, as
    `recording.claim_fields` writes it. `problem`: its number among those that are not right, 0 for a match.
    `new`, `new_start`, `new_end`: what may stand there instead; empty where nothing may be put in its place.
    `others`: numbers of the figures it contradicts.
    """

    checking = models.ForeignKey(Checking, on_delete=models.PROTECT, related_name="figures")
    number = models.IntegerField()
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.CharField(max_length=200)
    claim = models.JSONField()
    verdict = models.CharField(max_length=12)
    cause = models.CharField(max_length=40)
    zh = models.TextField()
    en = models.TextField(blank=True)
    problem = models.IntegerField(default=0)
    expected = models.CharField(max_length=200, blank=True)
    new = models.CharField(max_length=200, blank=True)
    new_start = models.IntegerField(default=0)
    new_end = models.IntegerField(default=0)
    facts = models.JSONField(default=list)
    others = models.JSONField(default=list)
    workings = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checking", "number"], name="draft_figure_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.checking} · {self.quote}"

    @property
    def replaceable(self) -> bool:
        return bool(self.new)


class Act(models.TextChoices):
    """What a person does about a figure of a draft; `undo` takes back a replacement or a keeping."""

    REPLACE = "replace", _("替换")
    KEEP = "keep", _("保留原文")
    UNDO = "undo", _("撤回")
    COMMENT = "comment", _("批注")


class Decision(models.Model):
    """What somebody did about a figure (处理). The newest replacement, keeping or undoing counts, and the
    newest comment; `text`: the new characters, or the comment (empty takes it back).
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="decisions")
    figure = models.ForeignKey(DraftFigure, on_delete=models.PROTECT, related_name="decisions")
    start = models.IntegerField()
    end = models.IntegerField()
    act = models.CharField(max_length=8, choices=Act.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["draft", "id"], name="decision_of_draft")]


class Proposal(models.Model):
    """A figure of a draft that may become a fact, waiting for a person (入库建议).

    One for each place of a draft; after what was recorded of it is withdrawn the place may be proposed once
    more. `again`: how many times before.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="proposals")
    figure = models.ForeignKey(DraftFigure, on_delete=models.PROTECT, related_name="proposals")
    start = models.IntegerField()
    end = models.IntegerField()
    again = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "start", "end", "again"], name="proposal_of_place_once_each_time"
            ),
        ]


class Answer(models.Model):
    """What was decided about a proposal; there is one answer and no second (建议的答复).

    `observation`: what was recorded; None for a rejection. `corrected`: the fields a person changed before.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    observation = models.ForeignKey(Observation, null=True, on_delete=models.PROTECT, related_name="+")
    corrected = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
