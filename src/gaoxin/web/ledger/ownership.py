"""What a person may write about, and what refuses a write by hand (写入的前提)."""

from __future__ import annotations

from django.db import connection

from gaoxin.core.errors import FactError
from gaoxin.facts.records import STATUSES
from gaoxin.web.accounts.models import User
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import models, scope, selectors
from gaoxin.web.ledger.liveness import replacements
from gaoxin.web.ledger.moments import when


def own_subject(by: User, code: str) -> models.Subject:
    found = scope.visible_subjects(by).select_related("zone").filter(code=code).first()
    if found is None:
        raise NotFound(code=code)
    refuse_far(by, found)
    return found


def own_observation(by: User, observation_id: int) -> models.Observation:
    """An observation of the person's zones; on PostgreSQL its row is locked until the commit."""
    _, owner = selectors.visible_observation(by, observation_id)
    refuse_far(by, owner)
    rows = models.Observation.objects.select_related("subject__zone", "metric", "source", "batch")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=observation_id)


def refuse_far(by: User, subject: models.Subject) -> None:
    if not scope.may_write_about(by, subject):
        raise NotFound(
            "这不是您园区或所在地区的数，只能查看。", "This is a figure of another place, to be read only."
        )


def refuse_status(owner: models.Subject, status: str) -> None:
    if status not in STATUSES - {"derived"}:
        raise FactError("状态不对。", "Unknown status.", status=status)
    if (status == "synthetic") != owner.synthetic:
        raise FactError(
            "状态不对：合成数据与真实数据不能混用，演示主体只能登记合成数据，真实主体不能。",
            "Synthetic and real never mix: synthetic subjects take synthetic figures only.",
        )


def refuse_unfit(**texts: str) -> None:
    """Texts that the columns do not hold: PostgreSQL would refuse them without words, SQLite would not."""
    for name, text in texts.items():
        most = models.Observation._meta.get_field(name).max_length
        if "\0" in text or (most is not None and len(text) > most):
            raise FactError(
                f"“{text[:12]}…”太长，最多 {most} 个字。", f"{name} is too long: at most {most} characters."
            )


def refuse_if_replaced(old: models.Observation) -> None:
    later = replacements().filter(old=old).select_related("batch").order_by("-pk").first()
    if later is not None:
        raise MoveRefused(
            f"已由{later.batch.by_name}于{when(later.batch.at)}更正，请在新的数上继续。",
            f"Already corrected by {later.batch.by_name} at {when(later.batch.at)}.",
            observation=later.new_id,
        )
    gone = models.Withdrawal.objects.filter(batch=old.batch_id).first()
    if gone is not None:
        raise MoveRefused(
            f"已由{gone.by_name}于{when(gone.at)}撤回，请重新登记。",
            f"Withdrawn by {gone.by_name} at {when(gone.at)}; record it anew.",
        )
