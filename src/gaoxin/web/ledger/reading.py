"""From rows to the fact base of floor 3 (读台账).

The rows of a few subjects are replayed into a `gaoxin.facts.FactBase` in the order they happened, so what
stands, what disagrees and what was believed last March is decided by the same code as without a database.
Four queries, however many subjects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.db.models import Q, QuerySet

from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension
from gaoxin.facts import records
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.values import Value
from gaoxin.web.ledger.models import Check, Observation, Ruling, Supersession, Withdrawal
from gaoxin.web.ledger.models.decisions import ReasonCode
from gaoxin.web.ledger.models.observations import BatchKind
from gaoxin.web.ledger.moments import last_moment
from gaoxin.web.ledger.rows import CONTENT

COLUMNS = (
    "id",
    "ref",
    *("metric__code" if name == "metric_id" else name for name in CONTENT),
    "batch_id",
)


@dataclass(frozen=True, slots=True)
class Replay:
    """Some rows of the ledger as a fact base. `refs`: observation id → pack id; `sources`: code → title."""

    base: FactBase
    refs: Mapping[str, str]
    sources: Mapping[str, str]
    count: int


@lru_cache(maxsize=4096)
def parse_period(code: str) -> Period:
    return Period.parse(code)


def value_of(
    op: str, number: int | None, high: int | None, step: int | None, text: str | None, dimension: str
) -> Value:
    return Value(op, number, high, step, text, Dimension(dimension) if dimension else None)  # type: ignore[arg-type]


def replay(rows: QuerySet[Observation], *, codes: Mapping[int, str], as_of: datetime | None = None) -> Replay:
    """Replay these observations and everything decided about them, up to `as_of`.

    `codes`: subject id → code. `rows` must hold all observations of every key it touches: a key is judged
    as a whole.
    """
    # several queries must see one state: nothing is added later to a moment that is visible (`moments.py`)
    moment = as_of or last_moment()
    until = Q(at__lte=moment) if moment else Q()
    until_batch = Q(batch__at__lte=moment) if moment else Q(batch__isnull=False)
    observed = rows.filter(until_batch)
    held = list(
        observed.values_list(
            *COLUMNS,
            "batch__kind",
            "batch__reason",
            "batch__at",
            "batch__by_name",
            "source__code",
            "source__title",
        )
    )
    ids = rows.values("pk")
    replaced = _corrections(ids)
    moved = _left(ids, {row[0]: row[2] for row in held}, until_batch, moment, replaced)
    checked = Q(at__lte=as_of) if as_of else Q()
    checks = {
        obs: (by, at)
        for obs, by, at in Check.objects.filter(checked, observation__in=ids).values_list(
            "observation_id", "by_name", "at"
        )
    }
    base, refs, titles = FactBase(), {}, {}
    acts: list[tuple[datetime, int, int, object]] = []
    here = {row[0] for row in held} - moved.keys()
    for row in held:
        obs = _record(row, codes, replaced, checks, here)
        if row[0] in moved:
            obs = replace(obs, batch=f"moved:{row[0]}")
            at, by = moved[row[0]]
            acts.append((at, 1, 0, records.Withdrawal(obs.batch, str(ReasonCode.PACK.label), by, at)))
        refs[obs.id] = row[1] or ""
        titles[row[-2]] = row[-1]
        acts.append((obs.recorded_at, 0, row[0], obs))
    present = {row[25] for row in held if row[0] in here}
    for gone in Withdrawal.objects.filter(until, batch__in=present) if present else ():
        acts.append(
            (
                gone.at,
                1,
                gone.pk,
                records.Withdrawal(str(gone.batch_id), gone.reason or "–", gone.by_name, gone.at),
            )
        )
    for ruling in Ruling.objects.filter(until, stands__in=ids).select_related("metric"):
        acts.append((ruling.at, 2, ruling.pk, _ruling(ruling, codes)))
    for _, _, _, act in sorted(acts, key=lambda act: act[:3]):
        match act:
            case records.Observation():
                base.record(act)
            case records.Withdrawal():
                base.withdraw(act.batch, act.reason, act.by, act.at)
            case records.Ruling():
                base.rule(act.key, act.stands, act.reason, act.by, act.at)
    return Replay(base, refs, titles, len(held))


def _corrections(ids: QuerySet[Observation]) -> dict[int, tuple[int, str]]:
    """new id → (old id, reason in words)."""
    rows = Supersession.objects.filter(new__in=ids, direct=True)
    return {
        new: (old, f"{ReasonCode(code).label}:{reason}" if reason else str(ReasonCode(code).label))
        for old, new, code, reason in rows.values_list("old_id", "new_id", "reason_code", "reason")
    }


def _left(
    ids: QuerySet[Observation],
    held: Mapping[int, int],
    until_batch: Q,
    moment: datetime | None,
    corrections: Mapping[int, tuple[int, str]],
) -> dict[int, tuple[datetime, str]]:
    """Statements of a pack that a later version replaced without correcting them here, when and by whom.

    Either the version mended period or subject and stands elsewhere, or a person had corrected the old one:
    then that correction stays beside the new version, and should it be taken back, the old one does not come
    back with it. They leave as if they had been withdrawn alone. `held`: observation id → subject id.
    """
    gone = Q(batch__withdrawal__isnull=False)
    if moment:
        gone &= Q(batch__withdrawal__at__lte=moment)
    told = Supersession.objects.filter(until_batch, old__in=ids, reason_code=ReasonCode.PACK).exclude(gone)
    rows = told.order_by("-batch__at").values_list(
        "old_id", "new_id", "direct", "batch__at", "batch__by_name"
    )
    return {
        old: (at, by)
        for old, new, direct, at, by in rows
        if held.get(new) != held.get(old) or not (direct or _leads_to(new, old, corrections))
    }


def _leads_to(new: int, old: int, corrections: Mapping[int, tuple[int, str]]) -> bool:
    """One corrects the other, or corrects what corrects it."""
    while new in corrections:
        new, _ = corrections[new]
        if new == old:
            return True
    return False


def _ruling(ruling: Ruling, codes: Mapping[int, str]) -> records.Ruling:
    key = records.Key(
        codes[ruling.subject_id], ruling.metric.code, ruling.figure, ruling.of, ruling.group, ruling.period
    )
    return records.Ruling(key, str(ruling.stands_id), ruling.reason, ruling.by_name, ruling.at)


def _record(
    row: tuple,
    codes: Mapping[int, str],
    replaced: Mapping[int, tuple[int, str]],
    checks: Mapping[int, tuple[str, datetime]],
    here: set[int],
) -> records.Observation:
    (
        pk,
        _,
        subject,
        metric,
        period,
        figure,
        op,
        number,
        high,
        step,
        text,
        dimension,
        unit,
        of,
        group,
        population,
        base,
        locator,
        written,
        status,
        note,
        formula,
        inputs,
        period_confidence,
        _,
        batch,
        origin,
        opened,
        at,
        by,
        source,
        _,
    ) = row
    old, reason = replaced.get(pk, (None, ""))
    checked_by, checked_at = checks.get(pk, ("", None))
    return records.Observation(
        id=str(pk),
        subject=codes[subject],
        metric=metric,
        period=parse_period(period),
        figure=figure,
        value=value_of(op, number, high, step, text, dimension),
        unit=unit,
        source=source,
        recorded_at=at,
        recorded_by=by,
        of=of,
        group=group,
        population=population,
        base=base,
        locator=f"{opened} {locator}".strip() if origin == BatchKind.IMPORT else locator,
        written=written,
        status=status,
        note=note,
        checked_by=checked_by,
        checked_at=checked_at,
        supersedes=str(old) if old in here else None,
        reason=reason,
        inputs=tuple(inputs.split("\n")) if inputs else (),
        formula=formula,
        batch=str(batch),
        period_confidence=period_confidence,
    )
