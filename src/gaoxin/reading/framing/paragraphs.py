"""The figures of one paragraph, from amounts to claims (一段之内)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache, partial

from gaoxin.core.errors import UnitError
from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount
from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim, Kind
from gaoxin.reading.framing.comparisons import signed_op, tell_base, tell_op
from gaoxin.reading.framing.denominators import mark_roles, tell_denominator
from gaoxin.reading.framing.documents import Section
from gaoxin.reading.framing.kinds import tell_kind
from gaoxin.reading.framing.labels import tell_label
from gaoxin.reading.framing.periods import (
    earlier_level,
    is_from_level,
    settle_end,
    settle_shared,
    settle_stock,
    tell_periods,
)
from gaoxin.reading.framing.phrases import names_listed, phrase_before
from gaoxin.reading.framing.spots import Spot, Subject, spots, surround
from gaoxin.reading.framing.subjects import setters, tell_subjects
from gaoxin.reading.framing.tables import Cell
from gaoxin.reading.framing.targets import is_planned, mark_targets
from gaoxin.reading.framing.zipped import runs, zip_earlier, zip_names, zip_runs
from gaoxin.reading.naming import Mention
from gaoxin.reading.times import times

_AIMED: frozenset[Kind] = frozenset({"level", "growth", "share", "rank", "multiple"})


def frame_block(
    index: int,
    block: Block,
    amounts: Sequence[Amount],
    mentions: Sequence[Mention],
    section: Section,
    published: date | None,
) -> Iterable[Claim]:
    """The claims of one block, in order."""
    found = spots(block, amounts)
    spoken = times(block, published, section.about)
    surround(found, spoken, mentions)
    mark_roles(found)
    mark_targets(found, published, in_section=section.aims)
    for spot in found:
        spot.is_from = is_from_level(spot)
        tell_kind(spot)
        tell_op(spot)
        if (
            spot.in_target
            and spot.kind in _AIMED
            and spot.amount.form not in ("label", "year")
            and not spot.is_from
            and not _sizes(spot)
        ):
            spot.kind = "target"
    article = section.article
    tell_subjects(found, setters(block, mentions, spoken, found, article), article, section.subject)
    article.spoken_of = tell_periods(block, found, spoken, mentions, section.setting, article.spoken_of)
    _tell_labels(found, section.heading)
    _tell_rest(found, section)
    return [_claim(index, block, spot) for spot in found]


def frame_row(
    index: int, block: Block, cells: Sequence[Cell], mentions: Sequence[Mention], section: Section
) -> Iterable[Claim]:
    """The claims of a row of a table."""
    found = spots(block, [cell.amount for cell in cells])
    article = section.article
    for spot, cell in zip(found, cells, strict=True):
        spot.kind, spot.label, spot.own_label = cell.kind, cell.label, True
        spot.period = cell.period or section.setting.period
        if cell.is_last_year and spot.period is not None:
            spot.period = spot.period.previous()
        if cell.label.startswith(("期末", "年末")) and spot.period is not None:
            spot.period = Period.of_day(spot.period.end)
        spot.period_stated = spot.period is not None
        named = next((m for m in mentions if cell.subject and m.name == cell.subject), None)
        spot.subject = article.topic
        if cell.subject:
            spot.subject = Subject(cell.subject) if named is None else article.resolve(named)
        if spot.kind == "growth" and spot.period is not None:
            spot.of_period = spot.period.previous()
        spot.confidence = 0.8
    return [_claim(index, block, spot) for spot in found]


def _sizes(spot: Spot) -> bool:
    """10亿元以上项目6个: a threshold that says which things are counted."""
    later = spot.after
    return (
        spot.is_threshold
        and later is not None
        and later.is_counted
        and later.clause is spot.clause
        and later.amount.form == "number"
    )


# 连跨10亿元、12亿元两个台阶: the steps are no metric that anything after speaks of.
_STEPS = re.compile("(?:新)?(?:台阶|大关|关口|梯队|方阵)")


def _tell_labels(found: Sequence[Spot], heading: str) -> None:
    zip_names(found)
    zipped = {id(run[0]): run for run in runs(found)}
    heads: list[Spot] = []
    last_run: list[Spot] | None = None
    for spot in found:
        run = zipped.get(id(spot))
        if run is not None and not spot.item:
            zipped_now = zip_earlier(run, heads) or (last_run is not None and zip_runs(run, last_run))
            for member in run if zipped_now else ():
                if member.about is not None:
                    member.label = member.about.label
        last_run = run or last_run
        if spot.about is None or not spot.label:
            tell_label(spot, heads, heading)
        bears = (
            spot.own_label
            and spot.label
            and not spot.stands_in_time
            and not spot.is_threshold
            and not spot.is_population
            and not _STEPS.match(spot.label)
        )
        if bears and (spot.amount.form not in ("label", "quality", "year", "rank") or not heads):
            heads.append(spot)


def _tell_rest(found: Sequence[Spot], section: Section) -> None:
    levels: list[Spot] = []
    for spot in found:
        settle_shared(spot)
        if spot.about is not None:
            settle_stock(spot, phrase_before(spot))
        if spot.is_from:
            earlier_level(spot)
        else:
            settle_end(spot)
        if spot.kind == "target" and spot.period is not None and is_planned(spot):
            spot.period = Period.of_year(spot.period.year)
        tell_denominator(spot, partial(section.article.resolve_for, subject=spot.subject), levels)
        tell_base(spot)
        spot.listed = names_listed(spot)
        # …园区产值900亿元,我们只有310亿元: of the same metric, but not of the same place
        if (
            spot.about is not None
            and spot.about.subject is not None
            and spot.kind != "rank"
            and spot.named_at < spot.about.end
        ):
            spot.subject = spot.about.subject
        spot.confidence = _confidence(spot)
        if spot.kind == "level" and not spot.is_threshold:
            levels.append(spot)


def _confidence(spot: Spot) -> float:
    """How sure the frame is: less where label, subject or period had to be carried over."""
    sure = 0.95
    if not spot.own_label:
        sure -= 0.05 if spot.about is not None else 0.3
    if not spot.period_stated:
        sure -= 0.1
    if spot.subject is None:
        sure -= 0.1
    if spot.is_threshold or spot.amount.form in ("label", "quality", "ratio"):
        sure -= 0.2
    return max(0.1, round(sure, 2))


_UNITS: dict[Dimension, str] = {
    Dimension.ratio: "%",
    Dimension.percentage_point: "pp",
    Dimension.multiple: "倍",
    Dimension.rank: "位",
}


def unit_of(spot: Spot) -> str:
    """The unit a record prints: base unit, %, pp, 倍, or the classifier as written."""
    amount = spot.amount
    if amount.dimension is Dimension.time:
        return "年" if _in_years(amount.written_unit) else Dimension.time.base
    if amount.dimension in _UNITS:
        if amount.form == "doubling" and spot.kind == "growth":
            return "倍"
        return _UNITS[amount.dimension]
    if amount.dimension in (Dimension.count, None):
        return amount.noun
    return amount.dimension.base


@lru_cache(maxsize=256)
def _in_years(written: str) -> bool:
    """Years and months convert to no number of days."""
    try:
        return unit(written).kind == "year"
    except UnitError:
        return written.startswith("年")


def _claim(index: int, block: Block, spot: Spot) -> Claim:
    start, end = block.stretch.place(spot.amount.start, spot.amount.end)
    sentence = block.stretch.place(spot.sentence.start, spot.sentence.end)
    subject = spot.subject
    return Claim(
        quote=spot.written,
        start=start,
        end=end,
        block=index,
        amount=spot.amount,
        sentence=sentence,
        kind=spot.kind,
        value=spot.value,
        op=signed_op(spot),
        unit=unit_of(spot),
        label=spot.label,
        subject=None if subject is None else subject.name,
        subject_code="" if subject is None else subject.code,
        high=spot.high,
        period=spot.period,
        period_stated=spot.period_stated,
        of=spot.of,
        of_code=spot.of_code,
        of_period=spot.of_period,
        group=spot.group,
        population=spot.population,
        listed=spot.listed,
        confidence=spot.confidence,
    )
