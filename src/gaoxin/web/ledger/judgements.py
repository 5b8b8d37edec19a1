"""Judges what was recorded: rule on a conflict, check a second time, withdraw (裁定、复核、撤回)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from gaoxin.core.errors import FactError
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import models, scope, selectors
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp, when
from gaoxin.web.ledger.ownership import own_observation, refuse_if_replaced

WITHDRAWABLE = timedelta(days=30)


@transaction.atomic
def rule_conflict(*, by: User, stands: int, reason: str, seen: Iterable[int] | None = None) -> models.Ruling:
    """Decide which of several disagreeing observations stands (裁定).

    `seen`: the observations the person looked at; if others have come since, the person should look again.
    Raises: MoveRefused if the situation changed; FactError if nothing disagrees or the reason is missing.
    """
    require(by, "facts.rule")
    if not reason.strip():
        raise FactError("裁定必须写明理由。", "A ruling needs a reason.")
    chosen = own_observation(by, stands)
    at = stamp()
    figure = selectors.figure(by, chosen.pk)
    live = {figure.observation_id, *(other.observation_id for other in figure.others)}
    if chosen.pk not in live or (seen is not None and set(seen) != live):
        raise MoveRefused(
            "这个数字刚刚有了变化，请刷新后重新裁定。",
            "This figure has just changed; look again before you rule.",
            live=sorted(live),
        )
    if len(live) < 2:
        raise FactError(
            "只有一个来源，没有需要裁定的分歧。", "There is only one statement and nothing to rule on."
        )
    ruling = models.Ruling.objects.create(
        subject=chosen.subject,
        metric=chosen.metric,
        figure=chosen.figure,
        of=chosen.of,
        group=chosen.group,
        period=chosen.period,
        stands=chosen,
        reason=reason,
        by=by,
        by_name=author(by),
        at=at,
    )
    record_event(
        by=by,
        action="conflict.rule",
        subject=chosen.subject,
        target=str(chosen.pk),
        detail={"reason": reason, "among": sorted(live)},
    )
    return ruling


@transaction.atomic
def check_observation(*, by: User, observation_id: int) -> models.Check:
    """A second person compared the figure with its source and found it right (复核).

    Raises: FactError if it is one's own entry; MoveRefused if it was checked, corrected or withdrawn
    meanwhile.
    """
    require(by, "facts.check")
    obs = own_observation(by, observation_id)
    if obs.batch.by_id == by.pk:
        raise FactError(
            "不能复核自己录入的数，请另一人复核。", "You cannot check your own entry; ask a colleague."
        )
    at = stamp()
    refuse_if_replaced(obs)
    earlier = models.Check.objects.filter(observation=obs).first()
    if earlier is not None:
        raise MoveRefused(
            f"已由{earlier.by_name}于{when(earlier.at)}复核。", f"Already checked by {earlier.by_name}."
        )
    check = models.Check.objects.create(observation=obs, by=by, by_name=author(by), at=at)
    record_event(by=by, action="observation.check", subject=obs.subject, target=str(obs.pk))
    return check


@transaction.atomic
def withdraw_batch(*, by: User, batch_id: int, reason: str) -> models.Withdrawal:
    """Take everything recorded in one go out of use; what it had corrected stands again (撤回).

    Raises: NotFound, FactError (no reason, too late, not recorded by hand or import), MoveRefused if
    already withdrawn.
    """
    require(by, "facts.correct")
    if not reason.strip():
        raise FactError("撤回必须写明理由。", "A withdrawal needs a reason.")
    batch = models.Batch.objects.filter(pk=batch_id, zone__in=scope.places(by)).first()
    if batch is None:
        raise NotFound(batch=batch_id)
    if batch.kind not in (BatchKind.ENTRY, BatchKind.CORRECTION, BatchKind.IMPORT):
        raise FactError(
            "内容包和合成数据不能在这里撤回。", "Packs and synthetic data are not withdrawn here."
        )
    if timezone.now() - batch.at > WITHDRAWABLE:
        raise FactError(
            f"超过 {WITHDRAWABLE.days} 天，不能整批撤回；请逐项更正。",
            "Too late to withdraw the whole; correct the figures one by one.",
        )
    at = stamp()
    earlier = models.Withdrawal.objects.filter(batch=batch).first()
    if earlier is not None:
        raise MoveRefused(
            f"已由{earlier.by_name}于{when(earlier.at)}撤回。", f"Already withdrawn by {earlier.by_name}."
        )
    withdrawal = models.Withdrawal.objects.create(
        batch=batch, reason=reason, by=by, by_name=author(by), at=at
    )
    record_event(
        by=by,
        action="batch.withdraw",
        zone=batch.zone,
        target=str(batch.pk),
        detail={"rows": batch.rows, "reason": reason},
    )
    return withdrawal
