"""What was worked out from the ledger, kept while the ledger stays as it is (记住的结果).

Every answer is kept under the mark of the ledger: the newest moment of anything recorded, decided, taken
back or checked, the newest subject, and how sensitive each single metric is. The mark is asked of the
database each time, so an answer is never older than the ledger, whichever process wrote to it. What a reader
may see is part of the key (`rights`): readers with the same rights share an answer, others never do.

Inside a transaction nothing is kept or taken: it may see what never comes to be. An export keeps nothing
either (`not_remembered`): it asks for everything once, and would push out what pages ask for all day.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

from gaoxin.web.accounts.models import User
from gaoxin.web.ledger import scope

Answer = TypeVar("Answer")
MOST = 96
_MARK = (
    "SELECT (SELECT MAX(at) FROM ledger_batch), (SELECT MAX(at) FROM ledger_ruling), "
    "(SELECT MAX(at) FROM ledger_withdrawal), (SELECT MAX(at) FROM ledger_check), "
    "(SELECT MAX(id) FROM ledger_subject), "
    # metric by metric: sums or counts could come out the same after two changes
    "(SELECT {joined}(id || ':' || sensitivity, ',') "
    "FROM (SELECT id, sensitivity FROM ledger_metric ORDER BY id) held)"
)
_JOINED = {"sqlite": "group_concat", "postgresql": "string_agg"}
_passing: ContextVar[bool] = ContextVar("gaoxin_not_remembered", default=False)
_lock = Lock()
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_kept_at: list[tuple[Any, ...]] = [()]


def remembered(key: Hashable, work_out: Callable[[], Answer]) -> Answer:
    """The answer kept under this key, or worked out now.

    `work_out` reads what it needs itself, so that nothing older than the mark goes into the answer. The
    answer is shared between requests: nobody may change it.
    """
    if connection.in_atomic_block or _passing.get():
        return work_out()
    mark = _mark()
    with _lock:
        if _kept_at[0] != mark:
            _kept.clear()
            _kept_at[0] = mark
        if key in _kept:
            _kept.move_to_end(key)
            found: Answer = _kept[key]
            return found
    made = work_out()
    with _lock:
        if _kept_at[0] == mark:
            _kept[key] = made
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return made


@contextmanager
def not_remembered() -> Iterator[None]:
    """What is worked out in this block is neither taken from what is kept nor kept."""
    mark = _passing.set(True)
    try:
        yield
    finally:
        _passing.reset(mark)


def rights(reader: User) -> tuple[Hashable, ...]:
    """Everything that decides what a reader sees: `scope.py` and `permissions.py` ask nothing else."""
    return reader.role, reader.is_active, tuple(sorted(scope.zone_ids(reader))), reader.enterprise_id


def _mark() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_MARK.format(joined=_JOINED[connection.vendor]))
        return tuple(cursor.fetchone())
