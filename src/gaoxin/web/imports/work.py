"""Does what people asked of imports, one step at a time (后台导入)."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from django.db import DatabaseError, transaction

from gaoxin.core.errors import GaoxinError
from gaoxin.facts.ingest.progress import ImportCancelled, Progress
from gaoxin.web.errors import MoveRefused
from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.imports.progress import Reporter
from gaoxin.web.imports.states import AFTER_FAILURE, BACK_TO
from gaoxin.web.imports.steps import STEPS
from gaoxin.web.imports.tenure import LeaseLost, Tenure, claim
from gaoxin.web.ledger.audit import record_event

log = logging.getLogger("gaoxin.imports")


class OurFault(GaoxinError):
    """A step failed for a reason that is not in the file (程序出错)."""

    code = "our_fault"

    def __init__(self, run: ImportRun) -> None:
        super().__init__(
            f"程序处理这张表时出了错，没有入库。请把导入编号 {run.pk} 告诉管理员。",
            f"The program failed on this file; nothing was recorded. Quote import {run.pk}.",
            run=str(run.pk),
        )


def work_once(
    worker: str, *, only: ImportRun | None = None, stopping: Callable[[], bool] = lambda: False
) -> bool:
    """Do one step of one run; False if nothing waits.

    What a person can act upon is written on the run, which returns to that person. A fault of our own ends
    the step at once, with a number to quote: it would only fail again. A worker that dies, or a database
    that does not answer, leaves the step to the next attempt.
    """
    tenure = claim(worker, only=only)
    if tenure is None:
        return False
    run, state = tenure.run, State(tenure.run.state)
    report = Reporter(run.pk, stopping)
    log.info("import step begins", extra={"run": str(run.pk), "step": state.value, "attempt": run.attempts})
    try:
        with tenure:
            STEPS[state](run, tenure, report)
    except ImportCancelled:
        if stopping():
            tenure.give_back()
        else:
            _end(tenure, state, BACK_TO[state])
    except GaoxinError as problem:
        _end(tenure, state, AFTER_FAILURE[state], problem)
    except LeaseLost:
        log.warning("import lease lost", extra={"run": str(run.pk), "step": state.value})
    except DatabaseError:
        raise
    except Exception:
        log.exception("import step failed", extra={"run": str(run.pk), "step": state.value})
        _end(tenure, state, AFTER_FAILURE[state], OurFault(run))
    log.info("import step ended", extra={"run": str(run.pk), "step": state.value})
    return True


def do_step(run: ImportRun, progress: Progress) -> None:
    """Do the step a run waits for here and now, for a command that waits for it.

    Raises: GaoxinError with the words of what was refused; MoveRefused while a worker is at it.
    """
    tenure = claim(f"command-{uuid.uuid4().hex[:12]}", only=run)
    if tenure is None:
        raise MoveRefused("后台任务正在处理这次导入。", "A worker is at this import.")
    state = State(tenure.run.state)
    report = Reporter(run.pk)

    def both(phase: str, done: int, total: int) -> None:
        report(phase, done, total)
        progress(phase, done, total)

    both.cancelled = report.cancelled  # type: ignore[attr-defined]
    try:
        with tenure:
            STEPS[state](tenure.run, tenure, both)
    except GaoxinError as problem:
        _end(tenure, state, AFTER_FAILURE[state], problem)
        raise
    finally:
        run.refresh_from_db()


@transaction.atomic
def _end(tenure: Tenure, state: str, next_state: str, problem: GaoxinError | None = None) -> None:
    """A step that did not come to its end: cancelled by a person, or refused with a reason."""
    try:
        run = tenure.still_mine(state)
    except LeaseLost:
        return
    if problem is not None:
        run.error_zh, run.error_en = problem.zh, problem.en
        record_event(
            by=run.by,
            action="import.fail",
            zone=run.zone,
            target=str(run.pk),
            detail={"code": problem.code, "zh": problem.zh},
        )
    else:
        record_event(
            by=run.by, action="import.cancel", zone=run.zone, target=str(run.pk), detail={"step": state}
        )
    tenure.finish(run, next_state)
