"""By what a zone was judged, and what is under way (判定情况)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import can
from gaoxin.web.eligibility import selectors
from gaoxin.web.eligibility.models import Run, State
from gaoxin.web.eligibility.outdated import rules_changed
from gaoxin.web.eligibility.progress import Note, progress_of
from gaoxin.web.ledger.models import Snapshot, Subject
from gaoxin.web.pages.scope import language


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """`last`: the evaluation that holds; `stale`: there is a newer snapshot or another text; `busy`: the
    worker has one; `refused`: why the last one was not done.
    """

    last: Run | None
    stale: bool
    busy: Run | None
    note: Note
    refused: str
    may_ask: bool

    @property
    def on(self) -> str:
        return self.last.on.isoformat() if self.last is not None else ""

    @property
    def snapshot(self) -> str:
        return self.last.snapshot.hash[:8] if self.last is not None else ""

    @property
    def made(self) -> str:
        at = self.last.made_at if self.last is not None else None
        return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at is not None else ""


def evaluation_view(reader: User, zone: Subject) -> EvaluationView:
    """What the line above standings says of a zone."""
    last, open_run = selectors.latest_run(reader, zone), selectors.run_under_way(reader, zone)
    failed = open_run is not None and open_run.state == State.FAILED
    busy = open_run if open_run is not None and not failed else None
    newest = Snapshot.objects.order_by("-as_of", "-pk").first()
    refused = ""
    if failed and open_run is not None:
        refused = open_run.error_en if language() == "en" else open_run.error_zh
    return EvaluationView(
        last=last,
        stale=newest is not None
        and (
            last is None
            or last.snapshot_id != newest.pk
            or last.on < timezone.localdate()
            or bool(rules_changed(last))
        ),
        busy=busy,
        note=progress_of(busy.pk) if busy is not None else Note(),
        refused=refused,
        may_ask=newest is not None and can(reader, "standings.evaluate"),
    )
