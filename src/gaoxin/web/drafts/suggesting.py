"""What a figure of a draft would be as a fact (入库建议): the fields of an entry, filled from the claim.

Nothing is guessed: what the text leaves open stays empty for a person to fill.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from gaoxin.core.errors import UnitError
from gaoxin.core.units import Unit, unit
from gaoxin.packs.schemas import Metric
from gaoxin.web.drafts.models import Checking, DraftFigure
from gaoxin.web.drafts.recording import number_of
from gaoxin.web.ledger import catalogue

_OPS = frozenset({"=", "~", ">", ">=", "<", "<="})
_KINDS = frozenset({"level", "growth", "share", "rank", "multiple", "change", "target", "duration"})
_RATIO = {"growth": ("%", 100), "share": ("%", 100), "multiple": ("倍", 1), "rank": ("位", 1)}
# These state a quality or a place without a number: nothing that could be recorded.
_WITHOUT_NUMBER = frozenset({"quality", "label"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry as it might be recorded; empty fields are open."""

    subject: str
    metric: str
    figure: str
    period: str
    op: str
    value: str
    unit: str
    of: str
    group: str
    population: int | None
    locator: str
    written: str
    note: str

    def fields(self) -> dict[str, Any]:
        return asdict(self)


def may_be_a_fact(row: DraftFigure) -> bool:
    """A figure with a number that says something of somebody; years of events are among them."""
    claim = row.claim
    return bool(claim.get("value")) and claim.get("form") not in _WITHOUT_NUMBER and claim["kind"] in _KINDS


def suggestion(row: DraftFigure, checking: Checking) -> Suggestion:
    """The entry behind a figure, with its place in the document."""
    claim = row.claim
    metric = catalogue.library().metrics.get(claim["metric"])
    value, written_in = _value(claim, metric)
    return Suggestion(
        subject=claim["subject_code"],
        metric=claim["metric"],
        figure=claim["kind"],
        period=claim["period"],
        op=claim["op"] if claim["op"] in _OPS else "=",
        value=value,
        unit=written_in,
        of=claim["of_code"] if claim["kind"] in ("share", "rank", "multiple") else "",
        group=claim["group"],
        population=claim["population"],
        locator=locator(row, checking),
        written=row.quote[:80],
        note="" if claim["period_stated"] or not claim["period"] else "时期由上下文推断，请核对",
    )


def locator(row: DraftFigure, checking: Checking) -> str:
    """第 3 段，第 132–136 字: the paragraph, and the characters counted from the first of the text."""
    before = sum(
        1 for start, _end, kind, _level in checking.layout if start <= row.start and kind == "paragraph"
    )
    place = f"第 {before} 段，" if before else ""
    return f"{place}第 {row.start + 1}–{row.end} 字"


def _value(claim: dict[str, Any], metric: Metric | None) -> tuple[str, str]:
    """The number as a clerk would type it, and its unit."""
    low, high = number_of(claim["value"]), number_of(claim["high"])
    if low is None:
        return "", ""
    kind = claim["kind"]
    if claim["form"] == "fraction" and kind == "share" and low.denominator != 1 and high is None:
        return f"{low.numerator}/{low.denominator}", "1"
    if kind in _RATIO:
        symbol, times = _RATIO[kind]
        return _ends(low * times, None if high is None else high * times), symbol
    if claim["dimension"] == "percentage_point":
        return _ends(low * 100, None if high is None else high * 100), "百分点"
    held = _unit(claim, metric)
    if held is None:
        return _ends(low, high), ""
    return _ends(low / held.factor, None if high is None else high / held.factor), held.symbol


def _unit(claim: dict[str, Any], metric: Metric | None) -> Unit | None:
    """The unit as written, else the classifier, else that of the metric."""
    own = _named(metric.unit) if metric is not None and metric.unit else None
    for name in (claim["written_unit"], claim["noun"]):
        held = _named(name) if name else None
        if held is not None and held.dimension.name == claim["dimension"]:
            if own is not None and not held.converts_to(own):
                continue  # 18个 of a metric that is counted in 项
            return held
    return own


def _named(symbol: str) -> Unit | None:
    try:
        return unit(symbol)
    except UnitError:
        return None


def _ends(low: Fraction, high: Fraction | None) -> str:
    return decimal(low) if high is None else f"{decimal(low)}~{decimal(high)}"


def decimal(number: Fraction) -> str:
    """The exact decimal, or twelve digits of one that has no end."""
    rest = number.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{float(number):.12g}"
    places = max(twos, fives)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (digits if not places else f"{digits[:-places]}.{digits[-places:]}")
