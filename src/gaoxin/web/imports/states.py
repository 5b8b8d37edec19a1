"""Which moves an import allows, and who may make them (状态机).

    uploaded ──worker──▶ mapping ──▶ checking ──worker──▶ review ──▶ accepting ──worker──▶ accepted ──▶
    withdrawn
        │                   │  ◀── cancel ──┘               │  ◀── cancel ──┘
        └───────────────────┴────────── cancel ─────────────┴──▶ cancelled          (any worker step) ──▶
        failed

States never go back, except that a cancelled step returns to where the person started it.
"""

from __future__ import annotations

import uuid

from django.db import connection
from django.db.models import QuerySet

from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.ledger import scope

WORKING = (State.UPLOADED, State.CHECKING, State.ACCEPTING)
ENDED = (State.ACCEPTED, State.CANCELLED, State.FAILED, State.WITHDRAWN)
# Where a person finds the run again after cancelling a step of the worker.
BACK_TO = {State.UPLOADED: State.CANCELLED, State.CHECKING: State.MAPPING, State.ACCEPTING: State.REVIEW}
# … and where when a step was refused: a file that cannot be read is the end of it.
AFTER_FAILURE = BACK_TO | {State.UPLOADED: State.FAILED}


def seen_run(by: User | None, run_id: uuid.UUID | str) -> ImportRun:
    """The run as it was a moment ago, if it is the person's. Raises: NotFound, PermissionDenied."""
    return _found(_visible(by), run_id)


def locked_run(by: User | None, run_id: uuid.UUID | str, *states: str) -> ImportRun:
    """The run, locked until the commit, if it is the person's and in one of the states.

    `by` None is the command line. Raises: NotFound, PermissionDenied, MoveRefused saying where the run
    stands.
    """
    rows = _visible(by)
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(of=("self",))
    run = _found(rows, run_id)
    if states and run.state not in states:
        raise MoveRefused(
            f"这次导入{State(run.state).label}，不能再做这一步，请刷新。",
            f"This import is {run.state}; the step is no longer possible.",
            state=run.state,
        )
    return run


def _visible(by: User | None) -> QuerySet[ImportRun]:
    rows = ImportRun.objects.select_related("zone", "source")
    if by is None:
        return rows
    require(by, "facts.import")
    return rows.filter(zone__in=scope.zone_ids(by))


def _found(rows: QuerySet[ImportRun], run_id: uuid.UUID | str) -> ImportRun:
    run = rows.filter(pk=_identifier(run_id)).first()
    if run is None:
        raise NotFound(run=str(run_id))
    return run


def _identifier(run_id: uuid.UUID | str) -> uuid.UUID:
    try:
        return run_id if isinstance(run_id, uuid.UUID) else uuid.UUID(run_id)
    except ValueError:
        raise NotFound(run=str(run_id)) from None
