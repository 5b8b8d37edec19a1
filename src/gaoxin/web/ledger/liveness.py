"""Which observations are in use, said to the database (有效观测值): neither superseded nor withdrawn.

1. A batch counts once it is recorded, until it is withdrawn: `batches`.
2. An observation is replaced by a supersession whose batch counts: `replacements`.
3. An observation is in use if its batch counts and nothing replaces it: `live`, and `live_sql` for a query
   written by hand.

The same rule as `FactBase.is_live`; a test compares the two on random histories. Needed where rows are too
many to replay: lists, imports, freezing.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from gaoxin.web.ledger.models import Batch, Observation, Supersession


def batches(as_of: datetime | None = None) -> QuerySet[Batch]:
    """Batches that count now, or counted at a moment."""
    return Batch.objects.filter(_counts("", as_of))


def replacements(as_of: datetime | None = None) -> QuerySet[Supersession]:
    """Supersessions whose batch counts."""
    return Supersession.objects.filter(_counts("batch__", as_of))


def live(as_of: datetime | None = None) -> Q:
    """Condition on Observation: in use now, or as of a moment."""
    recorded = batches(as_of).filter(pk=OuterRef("batch"))
    replaced = replacements(as_of).filter(old=OuterRef("pk"))
    return Q(Exists(recorded)) & ~Q(Exists(replaced))


def live_sql() -> tuple[str, tuple[object, ...]]:
    """`live` of now as SQL over the table `ledger_observation`, with its values."""
    query = Observation.objects.filter(live()).order_by().query
    compiler = query.get_compiler(connection=connection)
    compiler.pre_sql_setup()
    condition, values = compiler.compile(query.where)
    return condition, tuple(values)


def _counts(batch: str, as_of: datetime | None) -> Q:
    if as_of is None:
        return Q(**{f"{batch}withdrawal": None})
    gone = Q(**{f"{batch}withdrawal": None}) | Q(**{f"{batch}withdrawal__at__gt": as_of})
    return Q(**{f"{batch}at__lte": as_of}) & gone
