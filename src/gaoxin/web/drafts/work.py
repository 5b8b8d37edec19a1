"""Checks the long drafts people handed in, one at a time (后台核对).

A check is leased to the worker that takes it; one that died loses it when the lease runs out, and the next
worker begins again: nothing was written, for recording is one transaction.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gaoxin.core.errors import GaoxinError
from gaoxin.web.drafts.checking import check_text
from gaoxin.web.drafts.facts import facts_for
from gaoxin.web.drafts.models import Pending
from gaoxin.web.drafts.recording import record_check
from gaoxin.web.ledger.audit import record_event

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
log = logging.getLogger("gaoxin.drafts")


def check_once(worker: str) -> bool:
    """Do one check; False if nothing waits. Our own faults leave it to the next attempt."""
    held = _claim(worker)
    if held is None:
        return False
    draft = held.draft
    log.info("check begins", extra={"draft": draft.pk, "attempt": held.attempts})
    try:
        facts = facts_for(held.by, draft.zone, draft.text)
        checked = check_text(draft.text, held.published, facts)
        with transaction.atomic():
            mine = _locked(Pending.objects.filter(pk=held.pk, worker=worker, failed=False)).first()
            if mine is None:
                log.warning("check lease lost", extra={"draft": draft.pk})
                return True
            record_check(
                by=held.by,
                draft=draft,
                checked=checked,
                published=held.published,
                known=facts.known,
                refs=facts.refs,
            )
            mine.delete()
    except GaoxinError as problem:
        _fail(held, problem.zh, problem.en)
    except PermissionDenied:  # the account was closed, or moved, while the draft waited
        _fail(
            held,
            "交稿的账号已停用或没有核稿权限，没有核对。请由有权限的人重新核对。",
            "The account that asked may no longer check drafts. Somebody who may has to ask again.",
        )
    log.info("check ended", extra={"draft": draft.pk})
    return True


def _claim(worker: str) -> Pending | None:
    now = timezone.now()
    free = Pending.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), failed=False)
    if not free.exists():  # asking is cheap, a transaction on SQLite takes the only write lock
        return None
    with transaction.atomic():
        held = _locked(free, skip=True).order_by("pk").first()
        if held is None:
            return None
        if held.attempts >= MOST_ATTEMPTS:
            _fail(
                held,
                f"核对中断了 {held.attempts} 次，已停止。请把文稿编号 {held.draft_id} 告诉管理员。",
                f"Interrupted {held.attempts} times. Quote draft {held.draft_id} to your administrator.",
            )
            return None
        held.worker, held.lease_until = worker, now + LEASE
        held.attempts += 1
        held.save(update_fields=["worker", "lease_until", "attempts"])
        return held


def _locked(rows: QuerySet[Pending], *, skip: bool = False) -> QuerySet[Pending]:
    rows = rows.select_related("draft__zone", "by")
    if connection.vendor == "postgresql":
        return rows.select_for_update(of=("self",), skip_locked=skip)
    return rows


@transaction.atomic
def _fail(held: Pending, zh: str, en: str) -> None:
    held.failed, held.worker, held.lease_until = True, "", None
    held.error_zh, held.error_en = zh, en
    held.save()
    record_event(
        by=held.by, action="draft.fail", zone=held.draft.zone, target=str(held.draft_id), detail={"zh": zh}
    )
