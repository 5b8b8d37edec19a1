"""Which observations are in use, said to the database (有效观测值): neither superseded nor withdrawn.

The same rule as `FactBase.is_live`; a test compares the two on random histories. Needed where rows are too
many to replay: lists, imports, freezing.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from gaoxin.web.ledger.models import Batch, Supersession, Withdrawal

# The same, now, for a query written by hand: `o` is the observation.
LIVE_SQL = (
    "EXISTS (SELECT 1 FROM ledger_batch lb WHERE lb.id = o.batch_id) "
    "AND NOT EXISTS (SELECT 1 FROM ledger_withdrawal lw WHERE lw.batch_id = o.batch_id) "
    "AND NOT EXISTS (SELECT 1 FROM ledger_supersession ls LEFT JOIN ledger_withdrawal lu "
    "ON lu.batch_id = ls.batch_id WHERE ls.old_id = o.id AND lu.id IS NULL)"
)


def live(as_of: datetime | None = None) -> Q:
    """Condition on Observation: in use now, or as of a moment."""
    withdrawn = Withdrawal.objects.filter(_until(as_of), batch=OuterRef("batch"))
    replaced = Supersession.objects.filter(old=OuterRef("pk"))
    if as_of is not None:
        replaced = replaced.filter(batch__at__lte=as_of)
    undone = Withdrawal.objects.filter(_until(as_of), batch=OuterRef("batch"))
    recorded = Batch.objects.filter(_until(as_of), pk=OuterRef("batch"))
    return Q(Exists(recorded)) & ~Q(Exists(withdrawn)) & ~Q(Exists(replaced.filter(~Exists(undone))))


def _until(as_of: datetime | None) -> Q:
    return Q(at__lte=as_of) if as_of is not None else Q()
