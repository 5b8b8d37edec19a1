"""Writes the ledger by hand: enter, correct, rule, check, withdraw (登记、更正、裁定、复核、撤回).

Each service is one transaction with its audit row inside. What is loaded in bulk is in `packs.py`,
`synthetic.py` and the imports app, through `bulk.py`. A second person who is too late gets `MoveRefused`
(409), which says who was faster, and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts.records import FIGURE_KINDS, STATUSES
from gaoxin.facts.values import Value
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import catalogue, journal, models, scope, selectors
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.liveness import live, replacements
from gaoxin.web.ledger.models.decisions import ReasonCode
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp, when
from gaoxin.web.ledger.sources import source_named
from gaoxin.web.ledger.values import typed_value

WITHDRAWABLE = timedelta(days=30)
_LARGEST_POPULATION = 2**31 - 1
_BY_HAND = (ReasonCode.SCOPE, ReasonCode.CENSUS, ReasonCode.MISTAKE, ReasonCode.LATE)


@transaction.atomic
def record_entry(
    *,
    by: User,
    subject: str,
    metric: str,
    period: str,
    value: str,
    unit: str = "",
    op: str = "=",
    figure: str = "level",
    of: str = "",
    group: str = "",
    population: int | None = None,
    base: str = "",
    source: str,
    locator: str = "",
    written: str = "",
    status: str = "reported",
    note: str = "",
) -> models.Observation:
    """Record one figure that a source states. It may disagree with another source: then both stay (待裁定).

    Raises: NotFound for a subject that is not the reader's and for an unknown metric, PeriodError, FactError
    (also when this source already states the figure: then it is a correction), PermissionDenied.
    """
    require(by, "facts.enter")
    owner = _own_subject(by, subject)
    wanted = catalogue.library().metrics.get(metric)
    if wanted is None:
        raise NotFound(f"指标目录里没有“{metric[:40]}”。", f"There is no metric {metric[:40]!r}.")
    if owner.kind not in wanted.subjects:
        raise FactError(
            f"“{wanted.zh}”不是{owner.name}这类主体的指标。", f"{wanted.en!r} is no metric of a {owner.kind}."
        )
    if figure not in FIGURE_KINDS:
        raise FactError("数字类别不对。", "Unknown kind of figure.", figure=figure)
    _refuse_status(owner, status)
    _refuse_unfit(of=of, group=group, base=base, locator=locator, note=note)
    if population is not None and not 0 < population <= _LARGEST_POPULATION:
        raise FactError("参评数不对。", "That is no number of those ranked.", population=population)
    when = Period.parse(period)
    held = typed_value(wanted, value, unit=unit, op=op, figure=figure, exact=owner.kind == "enterprise")
    row = _row(
        held, unit=unit, period=when.code, figure=figure, of=of, group=group, population=population, base=base
    )
    document = source_named(by, source)
    numbered = models.Metric.objects.get_or_create(
        code=wanted.id, defaults={"sensitivity": wanted.sensitivity, "dimension": row["dimension"]}
    )[0]
    at = stamp()
    same = models.Observation.objects.filter(
        subject=owner, metric=numbered, period=when.code, figure=figure, of=of, group=group, source=document
    )
    if (already := same.filter(live()).first()) is not None:
        raise FactError(
            f"《{document.title}》的这个数已经登记过；数字变了请用“更正”。",
            "This source's figure is recorded already; correct it instead.",
            observation=already.pk,
        )
    batch = _batch(BatchKind.ENTRY, by, at, zone=owner.zone or owner, source=document)
    obs = models.Observation.objects.create(
        subject=owner,
        metric=numbered,
        batch=batch,
        source=document,
        locator=locator,
        written=written[:80],
        status=status,
        note=note,
        **row,
    )
    record_event(by=by, action="observation.record", subject=owner, target=str(obs.pk), detail=_detail(obs))
    return obs


@transaction.atomic
def correct(
    *,
    by: User,
    observation_id: int,
    value: str,
    unit: str = "",
    op: str = "=",
    reason_code: str,
    reason: str,
    source: str | None = None,
    locator: str | None = None,
    written: str = "",
    status: str | None = None,
) -> models.Observation:
    """Record a new value that supersedes an observation, which stays readable (更正).

    The place in the document is not taken over from the old value unless the document's own words (`written`)
    say the new one: without them the reason is all that stands behind it.

    Raises: MoveRefused if somebody corrected it first, or if it was withdrawn; FactError without a reason
    or without a change.
    """
    require(by, "facts.correct")
    if reason_code not in _BY_HAND or not reason.strip():
        raise FactError(
            "更正必须选择原因并写明理由：" + "、".join(str(code.label) for code in _BY_HAND) + "。",
            "A correction needs a reason code and a reason.",
        )
    old = _own_observation(by, observation_id)
    wanted = catalogue.metric(old.metric.code)
    unit = unit or old.unit
    held = typed_value(
        wanted, value, unit=unit, op=op, figure=old.figure, exact=old.subject.kind == "enterprise"
    )
    at = stamp()
    _refuse_if_replaced(old)
    document = source_named(by, source) if source else old.source
    # the old document witnesses a new value only with its own words, or at a place named for it
    if locator is None or (document == old.source and locator == old.locator and not written):
        locator = old.locator if written and document == old.source else ""
    # whoever verified the old figure has not seen the new one
    status = status or ("reported" if old.status == "verified" else old.status)
    _refuse_status(old.subject, status)
    _refuse_unfit(locator=locator)
    row = _row(
        held,
        unit=unit,
        period=old.period,
        figure=old.figure,
        of=old.of,
        group=old.group,
        population=old.population,
        base=old.base,
    )
    if all(getattr(old, name) == content for name, content in row.items()) and document == old.source:
        raise FactError(
            "与原来的数相同，没有需要更正的。", "The value is the same; there is nothing to correct."
        )
    batch = _batch(
        BatchKind.CORRECTION, by, at, zone=old.subject.zone or old.subject, source=document, reason=reason
    )
    new = models.Observation.objects.create(
        subject=old.subject,
        metric=old.metric,
        batch=batch,
        source=document,
        written=written[:80],
        note=old.note,
        period_confidence=old.period_confidence,
        locator=locator,
        status=status,
        **row,
    )
    supersede(old_id=old.pk, new_id=new.pk, batch=batch, reason_code=reason_code, reason=reason)
    record_event(
        by=by,
        action="observation.correct",
        subject=old.subject,
        target=str(new.pk),
        detail=_detail(new) | {"old": old.pk, "reason_code": reason_code, "reason": reason},
    )
    return new


def supersede(*, old_id: int, new_id: int, batch: models.Batch, reason_code: str, reason: str) -> None:
    """Say that one observation replaces another, and with it all that the other had replaced."""
    older = models.Supersession.objects.filter(new_id=old_id).values_list("old_id", flat=True)
    models.Supersession.objects.bulk_create(
        models.Supersession(
            old_id=pk, new_id=new_id, batch=batch, direct=pk == old_id, reason_code=reason_code, reason=reason
        )
        for pk in {old_id, *older}
    )


@transaction.atomic
def rule_conflict(*, by: User, stands: int, reason: str, seen: Iterable[int] | None = None) -> models.Ruling:
    """Decide which of several disagreeing observations stands (裁定).

    `seen`: the observations the person looked at; if others have come since, the person should look again.
    Raises: MoveRefused if the situation changed; FactError if nothing disagrees or the reason is missing.
    """
    require(by, "facts.rule")
    if not reason.strip():
        raise FactError("裁定必须写明理由。", "A ruling needs a reason.")
    chosen = _own_observation(by, stands)
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
    obs = _own_observation(by, observation_id)
    if obs.batch.by_id == by.pk:
        raise FactError(
            "不能复核自己录入的数，请另一人复核。", "You cannot check your own entry; ask a colleague."
        )
    at = stamp()
    _refuse_if_replaced(obs)
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


def note_view(*, by: User, subject: models.Subject) -> None:
    """Write down that somebody opened the page of an enterprise (查阅留痕); never waits for an import."""
    journal.note(by=by, action="subject.view", subject=subject)


@transaction.atomic
def note_export(
    *, by: User, what: str, rows: int, zone: models.Subject | None = None, filters: dict | None = None
) -> None:
    """Write down what left the house, with its filter (导出留痕). Called before the first byte is sent."""
    require(by, "facts.export")
    record_event(by=by, action=f"export.{what}", zone=zone, detail={"rows": rows, "filters": filters or {}})


# --- inside


def _own_subject(by: User, code: str) -> models.Subject:
    found = scope.visible_subjects(by).select_related("zone").filter(code=code).first()
    if found is None:
        raise NotFound(code=code)
    _refuse_far(by, found)
    return found


def _own_observation(by: User, observation_id: int) -> models.Observation:
    """An observation of the person's zones; on PostgreSQL its row is locked until the commit."""
    _, owner = selectors.visible_observation(by, observation_id)
    _refuse_far(by, owner)
    rows = models.Observation.objects.select_related("subject__zone", "metric", "source", "batch")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=observation_id)


def _refuse_far(by: User, subject: models.Subject) -> None:
    if not scope.may_write_about(by, subject):
        raise NotFound(
            "这不是您园区或所在地区的数，只能查看。", "This is a figure of another place, to be read only."
        )


def _refuse_status(owner: models.Subject, status: str) -> None:
    if status not in STATUSES - {"derived"}:
        raise FactError("状态不对。", "Unknown status.", status=status)
    if (status == "synthetic") != owner.synthetic:
        raise FactError(
            "状态不对：合成数据与真实数据不能混用，演示主体只能登记合成数据，真实主体不能。",
            "Synthetic and real never mix: synthetic subjects take synthetic figures only.",
        )


def _refuse_unfit(**texts: str) -> None:
    """Texts that the columns do not hold: PostgreSQL would refuse them without words, SQLite would not."""
    for name, text in texts.items():
        most = models.Observation._meta.get_field(name).max_length
        if "\0" in text or (most is not None and len(text) > most):
            raise FactError(
                f"“{text[:12]}…”太长，最多 {most} 个字。", f"{name} is too long: at most {most} characters."
            )


def _refuse_if_replaced(old: models.Observation) -> None:
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


def _batch(kind: str, by: User, at, *, zone, source, reason: str = "") -> models.Batch:
    return models.Batch.objects.create(
        kind=kind, by=by, by_name=author(by), at=at, zone=zone, source=source, reason=reason, rows=1
    )


def _row(value: Value, **others) -> dict:
    return {
        "op": value.op,
        "number": value.number,
        "high": value.high,
        "step": value.step,
        "text": value.text,
        "dimension": value.dimension.value if value.dimension else "",
        **others,
    }


def _detail(obs: models.Observation) -> dict:
    return {
        "metric": obs.metric.code,
        "period": obs.period,
        "figure": obs.figure,
        "number": obs.number,
        "text": obs.text,
    }
