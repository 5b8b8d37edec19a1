"""Records by hand what a source states: enter and correct (登记、更正)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts.records import FIGURE_KINDS
from gaoxin.facts.values import Value
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import catalogue, models
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.liveness import live
from gaoxin.web.ledger.models.decisions import ReasonCode
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import stamp
from gaoxin.web.ledger.ownership import (
    own_observation,
    own_subject,
    refuse_if_replaced,
    refuse_status,
    refuse_unfit,
)
from gaoxin.web.ledger.rows import value_fields
from gaoxin.web.ledger.sources import source_named
from gaoxin.web.ledger.values import typed_value

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
    owner = own_subject(by, subject)
    wanted = catalogue.library().metrics.get(metric)
    if wanted is None:
        raise NotFound(f"指标目录里没有“{metric[:40]}”。", f"There is no metric {metric[:40]!r}.")
    if owner.kind not in wanted.subjects:
        raise FactError(
            f"“{wanted.zh}”不是{owner.name}这类主体的指标。", f"{wanted.en!r} is no metric of a {owner.kind}."
        )
    if figure not in FIGURE_KINDS:
        raise FactError("数字类别不对。", "Unknown kind of figure.", figure=figure)
    refuse_status(owner, status)
    refuse_unfit(of=of, group=group, base=base, locator=locator, note=note)
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
    old = own_observation(by, observation_id)
    wanted = catalogue.metric(old.metric.code)
    unit = unit or old.unit
    held = typed_value(
        wanted, value, unit=unit, op=op, figure=old.figure, exact=old.subject.kind == "enterprise"
    )
    at = stamp()
    refuse_if_replaced(old)
    document = source_named(by, source) if source else old.source
    # the old document witnesses a new value only with its own words, or at a place named for it
    if locator is None or (document == old.source and locator == old.locator and not written):
        locator = old.locator if written and document == old.source else ""
    # whoever verified the old figure has not seen the new one
    status = status or ("reported" if old.status == "verified" else old.status)
    refuse_status(old.subject, status)
    refuse_unfit(locator=locator)
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


# --- inside


def _batch(kind: str, by: User, at, *, zone, source, reason: str = "") -> models.Batch:
    return models.Batch.objects.create(
        kind=kind, by=by, by_name=author(by), at=at, zone=zone, source=source, reason=reason, rows=1
    )


def _row(value: Value, **others: Any) -> dict[str, Any]:
    return {**value_fields(value), **others}


def _detail(obs: models.Observation) -> dict:
    return {
        "metric": obs.metric.code,
        "period": obs.period,
        "figure": obs.figure,
        "number": obs.number,
        "text": obs.text,
    }
