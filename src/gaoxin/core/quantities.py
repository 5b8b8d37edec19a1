"""How is a measured number kept, converted and printed?

The ledger and the snapshots hold integers only: `to_storage` turns a written number into the integer at the
storage scale of its dimension, `from_storage` gives the written number back, digit for digit. Nothing is
rounded silently and nothing goes through a float. The units are listed in `gaoxin.core.units`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import total_ordering

from gaoxin.core.errors import UnitError
from gaoxin.core.units import Dimension, Unit, near_units, unit

__all__ = [
    "Dimension",
    "Quantity",
    "Unit",
    "display_unit",
    "format_number",
    "from_storage",
    "near_units",
    "round_half_up",
    "to_storage",
    "unit",
]

THIN_SPACE = "\u2009"
MINUS = "\u2212"
_LARGEST_STORED = 2**63 - 1
_MOST_DECIMALS = 40


def to_storage(value: Decimal | int, of: Unit | str, dimension: Dimension | Unit | None = None) -> int:
    """The integer the ledger keeps for `value` written in unit `of`.

    `dimension`: where it shall be stored. Given a unit, such as that of the metric, its kind must agree too:
    人 is refused for 家. Left out, it is stored in the unit's own dimension.
    Units: exact. A unit that is no finite decimal of the base (亩, 小时) is kept to the nearest stored digit,
    and only when `from_storage` gives back what was written.
    Raises: UnitError for another dimension or kind, more decimals than the ledger keeps, or beyond 64 bits.
    """
    source = unit(of) if isinstance(of, str) else of
    target = source.dimension if dimension is None else dimension
    if isinstance(target, Unit):
        if not source.converts_to(target):
            raise _not_convertible(source, target)
        target = target.dimension
    elif target is not source.dimension:
        raise UnitError(
            f"单位“{source}”是{source.dimension.zh}，这里要{target.zh}，请换成 {target.base} 一类的单位",
            f"“{source}” measures {source.dimension.en}; {target.en} is needed here",
            unit=source.symbol,
        )
    number = _finite(value)
    exact = Fraction(number) * source.factor * 10**target.scale
    stored = exact.numerator if exact.denominator == 1 else _nearest_stored(exact, number, source)
    if abs(stored) > _LARGEST_STORED:
        raise UnitError(
            f"{number}{source} 太大，账本记不下，请核对单位",
            f"{number} {source} is too large for the ledger; check the unit",
            unit=source.symbol,
        )
    return stored


def from_storage(stored: int, to: Unit | str, decimals: int | None = None) -> Decimal:
    """The stored number written in unit `to`: exact, with no more decimals than it needs.

    For a unit that is no finite decimal of the base (亩, 小时), the shortest number stored as this integer.
    Rounding: half up to `decimals` when that is given (and padded to it).
    """
    target = unit(to) if isinstance(to, str) else to
    exact = Fraction(stored, 10**target.dimension.scale) / target.factor
    if decimals is not None:
        return round_half_up(exact, decimals)
    places = _finite_places(exact)
    if places is None or _finite_places(target.factor) is None:
        return _shortest(stored, target, exact)
    return round_half_up(exact, places)


def round_half_up(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """四舍五入: to `decimals` places, halves away from zero, exactly that many places shown."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if 2 * rest >= scaled.denominator:
        whole += 1
    sign = int(exact < 0 and whole > 0)
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -decimals))


def display_unit(metric_unit: Unit | str, value: Decimal | Fraction | int) -> Unit:
    """The unit in which a value given in `metric_unit` reads best.

    Money: 亿元 from 1 亿, 万元 below. Everything else, and zero, keeps its unit.
    """
    own = unit(metric_unit) if isinstance(metric_unit, str) else metric_unit
    if own.dimension not in (Dimension.money, Dimension.money_usd) or value == 0:
        return own
    size = abs(Fraction(value) * own.factor)
    return unit(("亿" if size >= 10**8 else "万") + own.dimension.base)


def format_number(
    value: Decimal | Fraction | int,
    of: Unit | str | None = None,
    lang: str = "zh",
    *,
    decimals: int | None = None,
) -> str:
    """A number as pages print it: 19 190 户, −3.50 亿元, 53.2%.

    Five or more integer digits are grouped by thin spaces; minus is −; decimals stay as they are in `value`
    unless `decimals` rounds them half up or pads them. Without a unit, the bare number.
    """
    if isinstance(value, Fraction):
        places = _finite_places(value) if decimals is None else decimals
        if places is None:
            raise ValueError("a fraction without finite decimals needs `decimals`")
        value = round_half_up(value, places)
    number = _finite(value) if decimals is None else round_half_up(value, decimals)
    whole, _, fraction = format(abs(number), "f").partition(".")
    if len(whole) >= 5:
        first = len(whole) % 3 or 3
        whole = THIN_SPACE.join([whole[:first], *(whole[i : i + 3] for i in range(first, len(whole), 3))])
    text = (MINUS if number < 0 else "") + whole + (f".{fraction}" if fraction else "")
    if of is None:
        return text
    known = unit(of) if isinstance(of, str) else of
    name = known.symbol if lang.startswith("zh") else known.en
    if known.symbol == "1" or not name:
        return text
    if known.symbol in ("%", "‰"):
        return text + name
    if known.dimension is Dimension.percentage_point and lang.startswith("zh"):
        name = f"个{name}"
    if known.symbol in ("工作日", "月", "小时", "季度") and lang.startswith("zh"):
        name = f"个{name}"
    return f"{text} {name}"


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A number with its unit (量): converts exactly, compares exactly across units of one kind."""

    value: Decimal
    unit: Unit

    @classmethod
    def of(cls, value: Decimal | int | str, of: Unit | str) -> Quantity:
        return cls(_finite(Decimal(value)), unit(of) if isinstance(of, str) else of)

    @property
    def in_base(self) -> Fraction:
        """The number in base units of the dimension, exactly."""
        return Fraction(self.value) * self.unit.factor

    def to(self, other: Unit | str, decimals: int | None = None) -> Quantity:
        """The same quantity in another unit.

        Raises: UnitError when the units do not convert, and when the result has no finite decimals (1 亩 in
        平方米) and `decimals` does not say where to round.
        """
        target = unit(other) if isinstance(other, str) else other
        if not self.unit.converts_to(target):
            raise _not_convertible(self.unit, target)
        exact = self.in_base / target.factor
        places = _finite_places(exact) if decimals is None else decimals
        if places is None:
            raise UnitError(
                f"{self} 换算成{target}除不尽，请说明保留几位小数",
                f"{self} has no finite decimals in {target}; say how many to keep",
                unit=target.symbol,
            )
        return Quantity(round_half_up(exact, places), target)

    def to_storage(self) -> int:
        return to_storage(self.value, self.unit)

    def _key(self) -> tuple[str, str, Fraction]:
        return (self.unit.dimension.value, self.unit.kind, self.in_base)

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Quantity) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __lt__(self, other: Quantity) -> bool:
        if not self.unit.converts_to(other.unit):
            raise _not_convertible(other.unit, self.unit)
        return self.in_base < other.in_base

    def __str__(self) -> str:
        return f"{format(self.value, 'f')}{'' if self.unit.symbol == '1' else self.unit.symbol}"


def _finite(value: Decimal | int) -> Decimal:
    number = Decimal(value)
    if not number.is_finite():
        raise UnitError("不是有限的数，不能登记", "not a finite number", value=str(value))
    return number


def _finite_places(exact: Fraction) -> int | None:
    """How many decimals write the fraction exactly; None when none do."""
    rest, twos, fives = exact.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _nearest_stored(exact: Fraction, number: Decimal, source: Unit) -> int:
    """The stored integer next to `exact`, when the unit itself is to blame and nothing written gets lost."""
    if _finite_places(source.factor) is None:
        nearest = int(round_half_up(exact, 0))
        if from_storage(nearest, source) == number:
            return nearest
    kept = source.dimension
    raise UnitError(
        f"{number}{source} 太细：{kept.zh}按 {kept.base} 最多记 {kept.scale} 位小数，请四舍五入后再填",
        f"{number} {source} is too fine: {kept.en} keeps {kept.scale} decimals of {kept.base}",
        unit=source.symbol,
        scale=kept.scale,
    )


def _shortest(stored: int, target: Unit, exact: Fraction) -> Decimal:
    """The number with the fewest decimals that is stored as this integer, as repr does for floats."""
    grain = target.factor * 10**target.dimension.scale
    for places in range(_MOST_DECIMALS):
        candidate = round_half_up(exact, places)
        if int(round_half_up(Fraction(candidate) * grain, 0)) == stored:
            return _trimmed(candidate)
    raise AssertionError(f"no decimal of {target} is stored as {stored}")


def _trimmed(number: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 120
        trimmed = number.normalize()
        exponent = trimmed.as_tuple().exponent
        return trimmed.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else trimmed


def _not_convertible(source: Unit, target: Unit) -> UnitError:
    pair = {source.dimension, target.dimension}
    if pair == {Dimension.ratio, Dimension.percentage_point}:
        mend = "占比和增速用 %，它们的变化用百分点"
    elif pair == {Dimension.money, Dimension.money_usd}:
        mend = "请写明汇率后另行折算"
    else:
        mend = f"请用{target.symbol}填报"
    return UnitError(
        f"{source.symbol} 不能换算成 {target.symbol}，{mend}",
        f"{source.symbol} does not convert to {target.symbol}",
        unit=source.symbol,
        target=target.symbol,
    )
