"""The lines of an evidence card: the gap, what was worked out beside it, what is still open (证据)."""

from __future__ import annotations

from fractions import Fraction

from gaoxin.core.errors import UnitError
from gaoxin.core.quantities import unit
from gaoxin.core.units import Dimension
from gaoxin.facts.records import Observation
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.implied import level_of
from gaoxin.reading.verifying.verdicts import Working
from gaoxin.reading.verifying.wording import in_unit


def checked_lines(desk: Desk, position: int, fact: Observation) -> tuple[Working, ...]:
    """The lines of the evidence card: the gap, what was worked out with it, and the definition."""
    lines: list[Working] = []
    number = number_of(fact)
    claim = desk.claims[position]
    quantity = desk.said(position)
    is_number = claim.amount.form in ("number", "fraction")
    if number is not None and quantity is not None and is_number and quantity.value != number:
        lines.append(("相差", desk.difference(position, number)))
    if fact.figure == "growth":
        level = level_of(desk.index, fact.subject, fact.metric, fact.period)
        base = None if level is None else number_of(level)
        if level is not None and base is not None and number is not None and number != -1:
            rate = f"{float(1 + number):.6g}"
            held = _worked(desk, level, base / (1 + number))
            lines.append(("复算", f"{desk.fact(level)} ÷ {rate} ≈ {held}（上年）"))
    if claim.period is not None and fact.period.covers_same_days(claim.period):
        lines.append(("口径", "主体、时期、指标都对得上"))
    return (*lines, *doubts(desk, fact))


def _worked(desk: Desk, like: Observation, value: Fraction) -> str:
    if like.value.dimension is Dimension.count:
        value = Fraction(round(value))
    return in_unit(value, like.unit, 1)


def doubts(desk: Desk, fact: Observation) -> tuple[Working, ...]:
    """What is still open about a fact."""
    lines: list[Working] = []
    if fact.period_confidence != "verified":
        lines.append(("待确认", f"报告期为推定（{fact.period.label('zh')}），来源没有写明"))
    question = desk.index.questions.get(fact.id)
    if question:
        lines.append(("待裁定", question))
    if fact.status in ("estimated", "synthetic"):
        lines.append(("数据状态", {"estimated": "估计", "synthetic": "合成，不是真实数据"}[fact.status]))
    return tuple(lines)


def number_of(fact: Observation) -> Fraction | None:
    value = fact.value
    if value.number is None or value.dimension is None or value.op == "[]":
        return None
    return Fraction(value.number, 10**value.dimension.scale)


def factor_of(fact: Observation) -> Fraction | None:
    """The size of the unit a fact is written in; None where it has none."""
    try:
        return unit(fact.unit).factor if fact.unit else None
    except UnitError:
        return None
