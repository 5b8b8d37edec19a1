"""The tables of the fact base. What is recorded is append-only (`guards.py`)."""

from gaoxin.web.ledger.models.catalogue import Metric, Source, Subject
from gaoxin.web.ledger.models.decisions import Check, Ruling, Supersession, Withdrawal
from gaoxin.web.ledger.models.observations import Batch, Observation
from gaoxin.web.ledger.models.records import AuditEvent, Snapshot

__all__ = [
    "AuditEvent",
    "Batch",
    "Check",
    "Metric",
    "Observation",
    "Ruling",
    "Snapshot",
    "Source",
    "Subject",
    "Supersession",
    "Withdrawal",
]
