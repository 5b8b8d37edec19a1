"""Stamps acts in the order in which they are committed (登记时刻).

Whoever reads the ledger as of a moment must always get the same answer. So a moment is given out under a
lock that is held until the commit, and it is later than every moment given before: nothing can be added
later to a moment that was already visible.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from gaoxin.web.ledger.models import Batch, Ruling, Withdrawal

_LOCK = 0x67616F78696E  # "gaoxin"


def last_moment() -> datetime | None:
    """The newest moment at which something became visible; None in an empty ledger."""
    newest = [
        model.objects.order_by("-at").values_list("at", flat=True).first()
        for model in (Batch, Ruling, Withdrawal)
    ]
    return max((at for at in newest if at is not None), default=None)


def stamp() -> datetime:
    """The moment of the act that this transaction is about to commit; call it as late as possible.

    SQLite: the write lock of the transaction (BEGIN IMMEDIATE) is the lock.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("stamp() outside a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = last_moment()
    now = timezone.now()
    return max(now, last + timedelta(microseconds=1)) if last else now


def when(at: datetime) -> str:
    """A moment as people write it here."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
