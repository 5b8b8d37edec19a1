"""What a claim says, as an interval: everything the written figure may stand for (文稿中的数).

A number stands for what rounds to it, 超过X for what lies above, 约 for the neighbourhood that its own
digits show. Which of it agrees with a fact is decided in `comparing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from gaoxin.core.errors import UnitError
from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import unit
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Op
from gaoxin.reading.claims import Claim

# 约 and 左右 leave this much open, or half the last digit that is not zero, whichever is less.
ABOUT = Fraction(1, 20)
# 近 says that little is missing; 余 and 多 that the next round number is not reached.
NEAR = Fraction(1, 10)
_MOST_DECIMALS = 6
_NEAR_WORDS = ("接近", "将近", "近")
_ODD_WORDS = ("余", "多", "几")
_TENTH_UNITS = {"成": Fraction(1, 10), "番": Fraction(1), "倍": Fraction(1)}
_SIZES = (("万亿", 12), ("千亿", 11), ("百亿", 10), ("亿", 8), ("千万", 7), ("百万", 6), ("万", 4))
_RATIOS = frozenset({Dimension.ratio, Dimension.percentage_point})


@dataclass(frozen=True, slots=True)
class Said:
    """A claimed quantity. `step`: size of the last printed digit, in base units; `factor`: of its unit."""

    value: Fraction
    high: Fraction | None
    op: Op
    step: Fraction
    factor: Fraction
    is_fraction: bool
    is_counted: bool
    hedge: str

    @property
    def interval(self) -> Interval:
        """Everything the figure may stand for, in base units."""
        if self.high is not None:
            return Interval(min(self.value, self.high), max(self.value, self.high))
        match self.op:
            case ">" | ">=":
                return Interval(self.value, None, lo_open=self.op == ">")
            case "<" | "<=":
                return Interval(None, self.value, hi_open=self.op == "<")
            case "~" if not self.is_fraction:
                return self.about
        if self.is_fraction:
            return fraction_span(self.value)
        if self.is_counted:
            return Interval.exact(self.value)
        half = self.step / 2
        if self.value == 0:
            return Interval(-half, half, lo_open=True, hi_open=True)
        return Interval(self.value - half, self.value + half, self.value < 0, self.value > 0)

    @property
    def about(self) -> Interval:
        """What 约 leaves open."""
        open_ = max(self.step / 2, min(self.round_step / 2, abs(self.value) * ABOUT))
        return Interval(self.value - open_, self.value + open_)

    @property
    def round_step(self) -> Fraction:
        """Size of the last digit that is not zero: 100亿 of 1700亿."""
        step = self.step
        while self.value and (self.value / (step * 10)).denominator == 1:
            step *= 10
        return step

    @property
    def digits(self) -> int:
        """Significant digits as printed, zeros at the end not counted: how telling an equal figure is."""
        return len(str(abs(self.value / self.round_step).numerator)) if self.value else 1

    @property
    def is_near(self) -> bool:
        return self.op in ("<", "<=") and self.hedge.startswith(_NEAR_WORDS)

    @property
    def is_odd(self) -> bool:
        """300余亿: above 300亿 and below 400亿."""
        return self.op in (">", ">=") and self.hedge.endswith(_ODD_WORDS)


def said(claim: Claim) -> Said | None:
    """The quantity of a claim; None for what has no number."""
    amount = claim.amount
    if claim.value is None:
        return None
    factor = unit_factor(amount)
    step = factor * Fraction(1, 10**amount.decimals)
    for _ in range(_MOST_DECIMALS):
        if (claim.value / step).denominator == 1 or amount.form == "fraction":
            break
        step /= 10  # 百分之二十五点五 prints a decimal, whatever was counted
    counted = amount.dimension in (Dimension.count, Dimension.rank, None) and factor == 1
    return Said(
        claim.value,
        claim.high,
        claim.op,
        step,
        factor,
        amount.form == "fraction" and claim.value.denominator != 1 and amount.written_unit != "成",
        counted and not amount.decimals,
        amount.hedge,
    )


def unit_factor(amount: Amount) -> Fraction:
    """The size of the unit a figure is written in: 10⁸ for 亿元, 1/100 for %."""
    held = _factor(amount.written_unit)
    if held is not None:
        return held
    return Fraction(1, 100) if amount.dimension in _RATIOS and amount.form == "number" else Fraction(1)


def fraction_span(value: Fraction) -> Interval:
    """What lies nearer to 1/7 than half a step of its denominator: [2/15, 2/13]."""
    part, whole = abs(value.numerator), value.denominator
    span = Interval(Fraction(2 * part, 2 * whole + 1), Fraction(2 * part, 2 * whole - 1))
    return -span if value < 0 else span


def rounded(value: Fraction, step: Fraction) -> Fraction:
    """Half up to whole steps, halves away from zero (四舍五入)."""
    whole, rest = divmod(abs(value) / step, 1)
    size = (whole + (1 if rest * 2 >= 1 else 0)) * step
    return -size if value < 0 else size


@lru_cache(maxsize=512)
def _factor(symbol: str) -> Fraction | None:
    if not symbol:
        return None
    if symbol in _TENTH_UNITS:
        return _TENTH_UNITS[symbol]
    try:
        return unit(symbol).factor
    except UnitError:
        pass
    for sign, size in _SIZES:
        if symbol.startswith(sign):
            return Fraction(10**size)
    return None
