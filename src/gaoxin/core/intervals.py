"""What is certain about a number that is only partly known (区间).

A figure printed as 432亿元 stands for everything that rounds to it; a bound stands for everything beyond it.
An `Interval` carries that through arithmetic exactly, in fractions, so that a comparison can answer yes, no
or *not settled* (None). How a written figure becomes an interval is told in `gaoxin.facts.values`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isqrt

from gaoxin.core.errors import FormulaError

HIGHEST_POWER = 1000
_ROOT_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between `lo` and `hi`; None is no bound on that side; an open end is not included.

    Raises: ValueError when no number is left (lo above hi, or a point with an open end).
    """

    lo: Fraction | None
    hi: Fraction | None
    lo_open: bool = False
    hi_open: bool = False

    def __post_init__(self) -> None:
        # a whole number as an end would turn 1 / end into a float
        if self.lo is None:
            object.__setattr__(self, "lo_open", True)
        elif type(self.lo) is not Fraction:
            object.__setattr__(self, "lo", Fraction(self.lo))
        if self.hi is None:
            object.__setattr__(self, "hi_open", True)
        elif type(self.hi) is not Fraction:
            object.__setattr__(self, "hi", Fraction(self.hi))
        if self.lo is None or self.hi is None:
            return
        if self.lo is self.hi and not (self.lo_open or self.hi_open):
            return  # one number: nothing to compare
        if self.lo > self.hi or (self.lo == self.hi and (self.lo_open or self.hi_open)):
            raise ValueError(f"empty interval {self}")

    @classmethod
    def exact(cls, value: int | Fraction | Decimal | Interval) -> Interval:
        """The interval that holds this one number; an interval stays as it is."""
        if isinstance(value, Interval):
            return value
        number = value if type(value) is Fraction else Fraction(value)
        return cls(number, number)

    @classmethod
    def everything(cls) -> Interval:
        """Nothing is known."""
        return cls(None, None)

    # What it is

    @property
    def is_point(self) -> bool:
        return self.lo is not None and self.lo == self.hi

    @property
    def is_bounded(self) -> bool:
        return self.lo is not None and self.hi is not None

    @property
    def width(self) -> Fraction | None:
        """hi − lo; None when a side is unbounded."""
        return None if self.lo is None or self.hi is None else self.hi - self.lo

    @property
    def middle(self) -> Fraction | None:
        """Half way between the ends; None when a side is unbounded."""
        if self.lo is self.hi:
            return self.lo
        return None if self.lo is None or self.hi is None else (self.lo + self.hi) / 2

    def contains(self, x: int | Fraction | Decimal | Interval) -> bool:
        """True when the number, or the whole of another interval, lies inside."""
        other = Interval.exact(x)
        return _low_key(self) <= _low_key(other) and _high_key(other) <= _high_key(self)

    def intersects(self, other: Interval) -> bool:
        """True when at least one number lies in both."""
        return not (_wholly_before(self, other) or _wholly_before(other, self))

    def intersection(self, other: Interval) -> Interval | None:
        """What lies in both; None when nothing does."""
        if not self.intersects(other):
            return None
        low = max(self, other, key=_low_key)
        high = min(self, other, key=_high_key)
        return Interval(low.lo, high.hi, low.lo_open, high.hi_open)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval around both."""
        low = min(self, other, key=_low_key)
        high = max(self, other, key=_high_key)
        return Interval(low.lo, high.hi, low.lo_open, high.hi_open)

    def integers(self, limit: int = 1000) -> tuple[int, ...] | None:
        """The whole numbers inside, ascending; None when they are unbounded or more than `limit`."""
        if self.lo is None or self.hi is None:
            return None
        first = floor(self.lo) + 1 if self.lo_open else ceil(self.lo)
        last = ceil(self.hi) - 1 if self.hi_open else floor(self.hi)
        return None if last - first + 1 > limit else tuple(range(first, last + 1))

    # Arithmetic: the result holds every combination of the operands, and no more

    def __neg__(self) -> Interval:
        if self.lo is not None and self.lo is self.hi:
            return Interval.exact(-self.lo)
        lo = None if self.hi is None else -self.hi
        hi = None if self.lo is None else -self.lo
        return Interval(lo, hi, self.hi_open, self.lo_open)

    def __abs__(self) -> Interval:
        if self.lo is not None and self.lo >= 0:
            return self
        if self.hi is not None and self.hi <= 0:
            return -self
        far = self.hull(-self)
        return Interval(Fraction(0), far.hi, False, far.hi_open)

    def __add__(self, other: Interval | int | Fraction | Decimal) -> Interval:
        o = Interval.exact(other)
        if self.lo is not None and o.lo is not None and self.lo is self.hi and o.lo is o.hi:
            return Interval.exact(self.lo + o.lo)
        lo = None if self.lo is None or o.lo is None else self.lo + o.lo
        hi = None if self.hi is None or o.hi is None else self.hi + o.hi
        return Interval(lo, hi, self.lo_open or o.lo_open, self.hi_open or o.hi_open)

    def __sub__(self, other: Interval | int | Fraction | Decimal) -> Interval:
        o = Interval.exact(other)
        if self.lo is not None and o.lo is not None and self.lo is self.hi and o.lo is o.hi:
            return Interval.exact(self.lo - o.lo)
        return self + -o

    def __mul__(self, other: Interval | int | Fraction | Decimal) -> Interval:
        o = Interval.exact(other)
        if self.lo is not None and o.lo is not None and self.lo is self.hi and o.lo is o.hi:
            return Interval.exact(self.lo * o.lo)
        corners = [_product(a, b) for a in _ends(self) for b in _ends(o)]
        return _around(corners)

    def __truediv__(self, other: Interval | int | Fraction | Decimal) -> Interval:
        """Quotient. A divisor that may be zero settles nothing: the result is unbounded on both sides.

        Raises: FormulaError when the divisor is exactly zero.
        """
        o = Interval.exact(other)
        if o.contains(0):
            if o.is_point:
                raise FormulaError("除数是 0，算不出", "division by zero", reason="zero")
            return Interval.everything()
        return self * _reciprocal(o)

    def __radd__(self, other: int | Fraction | Decimal) -> Interval:
        return self + other

    def __rsub__(self, other: int | Fraction | Decimal) -> Interval:
        return Interval.exact(other) - self

    def __rmul__(self, other: int | Fraction | Decimal) -> Interval:
        return self * other

    def __rtruediv__(self, other: int | Fraction | Decimal) -> Interval:
        return Interval.exact(other) / self

    def power(self, n: int) -> Interval:
        """Every number raised to the whole power n, exactly.

        Raises: FormulaError for a power beyond ±1000 and for zero to a negative power.
        """
        if abs(n) > HIGHEST_POWER:
            raise FormulaError(
                f"乘方最多 {HIGHEST_POWER} 次", f"powers go up to {HIGHEST_POWER}", reason="power", power=n
            )
        if n < 0:
            return Interval.exact(1) / self.power(-n)
        if n == 0:
            return Interval.exact(1)
        base = abs(self) if n % 2 == 0 else self
        lo = None if base.lo is None else base.lo**n
        hi = None if base.hi is None else base.hi**n
        return Interval(lo, hi, base.lo_open, base.hi_open)

    def root(self, n: int) -> Interval:
        """The n-th root of every number inside, rounded outwards in the 40th digit; exact where it exists.

        An even root of an interval that reaches below zero is taken of its part from zero up.
        Raises: FormulaError for n < 1 and for an even root of what is wholly negative.
        """
        if not 1 <= n <= HIGHEST_POWER:
            zh, en = f"开方次数应在 1 到 {HIGHEST_POWER} 之间", f"roots run from 1 to {HIGHEST_POWER}"
            raise FormulaError(zh, en, reason="root", root=n)
        base = self
        if n % 2 == 0:
            kept = self.intersection(Interval(Fraction(0), None))
            if kept is None:
                raise FormulaError(
                    "负数不能开偶次方", "even root of a negative number", reason="root", root=n
                )
            base = kept
        lo, lo_exact = (None, True) if base.lo is None else _root_down(base.lo, n)
        hi, hi_exact = (None, True) if base.hi is None else _root_up(base.hi, n)
        return Interval(lo, hi, base.lo_open or not lo_exact, base.hi_open or not hi_exact)

    def smaller(self, other: Interval) -> Interval:
        """What the lesser of two numbers can be, one from each interval (min)."""
        low = min(self, other, key=_low_key)
        high = min(self, other, key=_high_key)
        return Interval(low.lo, high.hi, low.lo_open, high.hi_open)

    def larger(self, other: Interval) -> Interval:
        """What the greater of two numbers can be, one from each interval (max)."""
        low = max(self, other, key=_low_key)
        high = max(self, other, key=_high_key)
        return Interval(low.lo, high.hi, low.lo_open, high.hi_open)

    # Comparison: True for every pair, False for none, None when it depends

    def lt(self, other: Interval) -> bool | None:
        if _wholly_before(self, other):
            return True
        if self.lo is not None and other.hi is not None and self.lo >= other.hi:
            return False
        return None

    def le(self, other: Interval) -> bool | None:
        above = other.lt(self)
        return None if above is None else not above

    def gt(self, other: Interval) -> bool | None:
        return other.lt(self)

    def ge(self, other: Interval) -> bool | None:
        return other.le(self)

    def eq(self, other: Interval) -> bool | None:
        if not self.intersects(other):
            return False
        return True if self.is_point and other.is_point else None

    def __str__(self) -> str:
        left = "(" if self.lo_open else "["
        right = ")" if self.hi_open else "]"
        lo = "-∞" if self.lo is None else str(self.lo)
        hi = "∞" if self.hi is None else str(self.hi)
        return f"{left}{lo}, {hi}{right}"


# Ends are compared on the extended line: (−1, 0) is minus infinity, (1, 0) plus infinity. At one number an
# included lower end starts earlier than an open one, and an included upper end stops later.
_Key = tuple[int, Fraction, int]
_ZERO = Fraction(0)


def _low_key(x: Interval) -> _Key:
    return (-1, _ZERO, 0) if x.lo is None else (0, x.lo, int(x.lo_open))


def _high_key(x: Interval) -> _Key:
    return (1, _ZERO, 0) if x.hi is None else (0, x.hi, -int(x.hi_open))


def _wholly_before(a: Interval, b: Interval) -> bool:
    """Every number of a is less than every number of b."""
    if a.hi is None or b.lo is None:
        return False
    return a.hi < b.lo or (a.hi == b.lo and (a.hi_open or b.lo_open))


@dataclass(frozen=True, slots=True)
class _End:
    """One end of an interval; `infinite` is −1, 0 or 1."""

    value: Fraction
    infinite: int
    included: bool

    @property
    def sign(self) -> int:
        return self.infinite or (self.value > 0) - (self.value < 0)


def _ends(x: Interval) -> tuple[_End, _End]:
    low = _End(_ZERO, -1, False) if x.lo is None else _End(x.lo, 0, not x.lo_open)
    high = _End(_ZERO, 1, False) if x.hi is None else _End(x.hi, 0, not x.hi_open)
    return low, high


def _product(a: _End, b: _End) -> _End:
    if a.sign == 0 or b.sign == 0:
        # Zero swallows the other end: it is reached as soon as the zero itself is included.
        included = (a.sign == 0 and a.included) or (b.sign == 0 and b.included)
        return _End(_ZERO, 0, included)
    if a.infinite or b.infinite:
        return _End(_ZERO, a.sign * b.sign, False)
    return _End(a.value * b.value, 0, a.included and b.included)


def _around(corners: list[_End]) -> Interval:
    low = min(corners, key=lambda e: (e.infinite, e.value, not e.included))
    high = max(corners, key=lambda e: (e.infinite, e.value, e.included))
    return Interval(
        None if low.infinite else low.value,
        None if high.infinite else high.value,
        not low.included,
        not high.included,
    )


def _reciprocal(x: Interval) -> Interval:
    """1 / x for an x that does not include zero; an open end at zero becomes no bound."""
    if x.lo is not None and x.lo >= 0:
        hi = None if x.lo == 0 else 1 / x.lo
        return Interval(_ZERO if x.hi is None else 1 / x.hi, hi, x.hi_open, x.lo_open)
    return -_reciprocal(-x)


def _root_down(x: Fraction, n: int) -> tuple[Fraction, bool]:
    """The largest kept fraction not above the n-th root of x, and whether it is the root itself."""
    if x < 0:
        value, exact = _root_up(-x, n)
        return -value, exact
    if x == 0 or n == 1:
        return x, True
    top, bottom = _integer_root(x.numerator, n), _integer_root(x.denominator, n)
    if top**n == x.numerator and bottom**n == x.denominator:
        return Fraction(top, bottom), True
    scale = 10 ** (_ROOT_DIGITS + max(0, len(str(x.denominator)) - len(str(x.numerator))) // n + 1)
    return Fraction(_integer_root(x.numerator * scale**n // x.denominator, n), scale), False


def _root_up(x: Fraction, n: int) -> tuple[Fraction, bool]:
    """The smallest kept fraction not below the n-th root of x, and whether it is the root itself."""
    if x < 0:
        value, exact = _root_down(-x, n)
        return -value, exact
    below, exact = _root_down(x, n)
    if exact:
        return below, True
    scale = 10 ** (_ROOT_DIGITS + max(0, len(str(x.denominator)) - len(str(x.numerator))) // n + 1)
    return below + Fraction(1, scale), False


def _integer_root(x: int, n: int) -> int:
    """floor of the n-th root of a whole number, by Newton's method on integers."""
    if x < 2:
        return x
    if n == 2:
        return isqrt(x)
    guess = 1 << -(-x.bit_length() // n)
    while True:
        better = ((n - 1) * guess + x // guess ** (n - 1)) // n
        if better >= guess:
            return guess
        guess = better
