"""What waits for a person (我的工作台): figures to rule on, open questions of the sources, imports not
finished.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import can
from gaoxin.web.drafts.selectors import open_proposals
from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.ledger import selectors
from gaoxin.web.ledger.contested import conflicts
from gaoxin.web.ledger.models import Batch, Subject
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import last_moment, when
from gaoxin.web.objections.lines import line
from gaoxin.web.objections.selectors import waiting
from gaoxin.web.pages import names
from gaoxin.web.pages.answers import answers, last_answer
from gaoxin.web.pages.figures import figure_view
from gaoxin.web.pages.layouts import layout_of
from gaoxin.web.pages.questions import open_questions
from gaoxin.web.pages.verdicts import subjects_checked

_KEEP = 600  # seconds; the key changes with every act anyway
WAITING = (State.UPLOADED, State.MAPPING, State.CHECKING, State.REVIEW, State.ACCEPTING, State.FAILED)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of each."""

    conflicts: int
    questions: int
    imports: int
    objections: int = 0
    proposals: int = 0

    @property
    def count(self) -> int:
        """What waits; figures of drafts wait together, as one thing."""
        return self.conflicts + self.questions + self.imports + self.objections + bool(self.proposals)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the desk: what, why, where to go."""

    kind: str
    icon: str
    title: str
    detail: str
    url: str
    act: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch of the data hub."""

    id: int
    kind: str
    source: str
    source_url: str
    rows: int
    who: str
    at: str
    reason: str
    withdrawn: str
    can_withdraw: bool


def has_desk(reader: User) -> bool:
    return can(reader, "facts.rule") or can(reader, "facts.import")


def count(reader: User, zone: Subject) -> Count:
    """Kept until something is recorded, ruled or withdrawn; imports and objections are counted anew."""
    last = last_moment()
    key = f"desk:{reader.pk}:{zone.pk}:{last.timestamp() if last else 0}:{last_answer(zone)}"
    held: tuple[int, int] | None = cache.get(key)
    if held is None:
        asked = _questions(reader, zone)
        held = (sum(one.kind == "conflict" for one in asked), sum(one.kind == "question" for one in asked))
        cache.set(key, held, _KEEP)
    return Count(
        held[0],
        held[1],
        _imports(reader, zone).count(),
        waiting(reader, zone).count(),
        _proposals(reader, zone),
    )


def items(reader: User, zone: Subject) -> list[Item]:
    """Everything that waits; imports and objections first: somebody waits for an answer."""
    runs = [
        Item(
            "import",
            "upload",
            run.file_name,
            f"{State(run.state).label} · {run.by_name} {when(run.changed_at)}",
            reverse("import", args=[run.pk]),
            _("继续"),
        )
        for run in _imports(reader, zone).order_by("-changed_at")[:50]
    ]
    objections = [
        Item(
            "objection",
            "comment",
            _("异议：%s") % f"{one.subject} {one.figure} {one.period}",
            f"{one.who} {one.at} · {one.reason}",
            one.url,
            _("答复"),
        )
        for one in (line(reader, held) for held in waiting(reader, zone).order_by("pk")[:50])
    ]
    return [*runs, *objections, *_drafts(reader, zone), *_questions(reader, zone)]


def _drafts(reader: User, zone: Subject) -> list[Item]:
    """Figures of drafts that may become facts, as one item."""
    count = _proposals(reader, zone)
    if not count:
        return []
    title = ngettext("文稿里有 %d 个数待入库", "文稿里有 %d 个数待入库", count) % count
    url = f"{reverse('proposals')}?zone={zone.code.partition('/')[2]}"
    return [Item("proposal", "report", title, _("逐个采纳、改正或不采纳"), url, _("去处理"))]


def _proposals(reader: User, zone: Subject) -> int:
    return open_proposals(reader, zone) if can(reader, "facts.enter") else 0


def _imports(reader: User, zone: Subject):  # type: ignore[no-untyped-def]
    if not can(reader, "facts.import"):
        return ImportRun.objects.none()
    return ImportRun.objects.filter(zone=zone, state__in=WAITING)


def _questions(reader: User, zone: Subject) -> list[Item]:
    """Conflicts anywhere in the zone, questions of the zone's own figures."""
    if not can(reader, "facts.rule"):
        return []
    layout = layout_of(zone.code)
    figures = selectors.standing_of_many(reader, sorted(subjects_checked(zone.code)), figure=None)
    asked = open_questions(
        figures, layout.questions if layout is not None else (), answered=frozenset(answers(zone))
    )
    found = [
        Item(
            "conflict" if one.is_conflict else "question",
            one.icon,
            one.title,
            one.detail,
            one.url,
            _("裁定") if one.is_conflict else _("去核实"),
        )
        for one in asked
    ]
    seen = {one.url for one in found}
    for figure in conflicts(reader, zone):
        url = reverse("conflict", args=[figure.observation_id])
        if url not in seen:
            view = figure_view(figure)
            subject = names.subject_name(figure.subject_code, figure.subject_name)
            detail = f"{view.period} · {view.text}"
            found.append(Item("conflict", "scale", f"{subject} {view.label}", detail, url, _("裁定")))
    return found


def batch_line(batch: Batch) -> BatchLine:
    gone = getattr(batch, "withdrawal", None)
    kinds = {
        BatchKind.PACK: _("内容包"),
        BatchKind.ENTRY: _("录入"),
        BatchKind.CORRECTION: _("更正"),
        BatchKind.IMPORT: _("导入"),
        BatchKind.SANDBOX: _("合成"),
    }
    by_hand = batch.kind in (BatchKind.ENTRY, BatchKind.CORRECTION, BatchKind.IMPORT)
    return BatchLine(
        id=batch.pk,
        kind=kinds[BatchKind(batch.kind)],
        source=names.title_of(batch.source) if batch.source is not None else "",
        source_url=reverse("source", args=[batch.source.code]) if batch.source is not None else "",
        rows=batch.rows,
        who=batch.by_name,
        at=when(batch.at),
        reason=batch.reason,
        withdrawn=f"{gone.by_name} {when(gone.at)} · {gone.reason}" if gone is not None else "",
        can_withdraw=by_hand and gone is None,
    )
