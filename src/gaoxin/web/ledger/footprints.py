"""Writes down what was looked at and what left the house (查阅与导出留痕)."""

from __future__ import annotations

from django.db import transaction

from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.ledger import journal, models
from gaoxin.web.ledger.audit import record_event


def note_view(*, by: User, subject: models.Subject) -> None:
    """Write down that somebody opened the page of an enterprise (查阅留痕); never waits for an import."""
    journal.note(by=by, action="subject.view", subject=subject)


@transaction.atomic
def note_export(
    *, by: User, what: str, rows: int, zone: models.Subject | None = None, filters: dict | None = None
) -> None:
    """Write down what left the house, with its filter (导出留痕). Called before the first byte is sent."""
    require(by, "facts.export")
    record_event(by=by, action=f"export.{what}", zone=zone, detail={"rows": rows, "filters": filters or {}})
