"""Writes the record of who did, saw or took out what (审计), inside the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gaoxin.core.visible import shown
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger.models import AuditEvent, Subject
from gaoxin.web.logs import request_id

COMMAND_LINE = "命令行"


def author(by: User | None) -> str:
    """The name kept beside the account: records stay readable when a person changes name or desk."""
    return shown(by.display_name or by.username)[:80] if by is not None else COMMAND_LINE


def zone_of(subject: Subject | None) -> Subject | None:
    """Where an act belongs: what is done to a zone itself is done in that zone."""
    if subject is None:
        return None
    return subject if subject.kind == "zone" else subject.zone


def record_event(
    *,
    by: User | None,
    action: str,
    zone: Subject | None = None,
    subject: Subject | None = None,
    target: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append one audit event; `by` None is the command line."""
    return AuditEvent.objects.create(
        at=timezone.now(),
        by=by,
        by_name=author(by),
        role=by.role if by is not None else "",
        action=action,
        zone=zone if zone is not None else zone_of(subject),
        subject=subject,
        target=target[:200],
        detail=dict(detail or {}),
        request_id=request_id.get(),
    )
