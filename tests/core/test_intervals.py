"""Intervals hold every combination of their operands, and comparisons know when they do not know."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gaoxin.core.errors import FormulaError
from gaoxin.core.intervals import Interval

numbers = st.fractions(min_value=-50, max_value=50, max_denominator=12)


def between(low: str, high: str, ends: str = "[]") -> Interval:
    """`between("1.5", "", "(]")`: an interval from texts; empty is no bound."""
    lo, hi = (Fraction(end) if end else None for end in (low, high))
    return Interval(lo, hi, ends[0] == "(", ends[1] == ")")


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval and a number inside it."""
    x = draw(numbers)
    below, above = draw(st.none() | numbers.map(abs)), draw(st.none() | numbers.map(abs))
    lo = None if below is None else x - below
    hi = None if above is None else x + above
    lo_open = bool(below) and draw(st.booleans())
    hi_open = bool(above) and draw(st.booleans())
    return Interval(lo, hi, lo_open, hi_open), x


@given(members(), members())
def test_results_hold_every_combination(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (one, x), (other, y) = a, b
    assert (one + other).contains(x + y)
    assert (one - other).contains(x - y)
    assert (one * other).contains(x * y)
    assert (-one).contains(-x)
    assert abs(one).contains(abs(x))
    assert one.smaller(other).contains(min(x, y))
    assert one.larger(other).contains(max(x, y))
    assert one.hull(other).contains(x)
    assert one.hull(other).contains(y)


@given(members(), members())
def test_quotients_hold_every_combination(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (one, x), (other, y) = a, b
    assume(y != 0)
    assert (one / other).contains(x / y)


@given(members(), st.integers(0, 6))
def test_powers_hold_every_number(a: tuple[Interval, Fraction], n: int) -> None:
    interval, x = a
    assert interval.power(n).contains(x**n)


@given(members(), st.integers(1, 6))
def test_the_root_of_a_power_holds_the_number(a: tuple[Interval, Fraction], n: int) -> None:
    interval, x = a
    root = interval.power(n).root(n)
    assert root.contains(x if n % 2 else abs(x))


@given(members(), members())
def test_comparisons_are_never_wrong(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (one, x), (other, y) = a, b
    for verdict, truth in [
        (one.lt(other), x < y),
        (one.le(other), x <= y),
        (one.gt(other), x > y),
        (one.ge(other), x >= y),
        (one.eq(other), x == y),
    ]:
        assert verdict is None or verdict is truth


@given(members(), members())
def test_intersecting_is_having_a_number_in_common(
    a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]
) -> None:
    (one, x), (other, _) = a, b
    common = one.intersection(other)
    assert (common is not None) is one.intersects(other) is other.intersects(one)
    if other.contains(x):
        assert common is not None
        assert common.contains(x)
    if common is not None:
        assert one.contains(common)
        assert other.contains(common)


@given(members())
def test_integers_are_the_whole_numbers_inside(a: tuple[Interval, Fraction]) -> None:
    interval, _ = a
    listed = interval.integers()
    if listed is None:
        assert not interval.is_bounded
    else:
        assert listed == tuple(n for n in range(-110, 111) if interval.contains(n))


@pytest.mark.parametrize(
    ("one", "other", "product"),
    [
        (between("0", "1", "[)"), between("2", "", "[)"), between("0", "", "[)")),
        (between("0", "1", "()"), between("2", "", "[)"), between("0", "", "()")),
        (between("-1", "2"), between("-3", "4"), between("-6", "8")),
        (between("-1", "2", "()"), between("-3", "4"), between("-6", "8", "()")),
        (between("", ""), between("0", "0"), between("0", "0")),
        (between("1", "", "[)"), between("-2", "-1"), between("", "-1", "(]")),
        (between("0", "0"), between("1", "2", "()"), between("0", "0")),
        (between("0", "3"), between("1", "2", "()"), between("0", "6", "[)")),
    ],
)
def test_products_at_zero_and_infinity(one: Interval, other: Interval, product: Interval) -> None:
    assert one * other == other * one == product


@pytest.mark.parametrize(
    ("divisor", "quotient"),
    [
        (between("2", "4"), between("1/4", "1/2")),
        (between("0", "2", "(]"), between("1/2", "", "[)")),
        (between("-2", "0", "[)"), between("", "-1/2", "(]")),
        (between("2", "", "[)"), between("0", "1/2", "(]")),
        (between("0", "2"), between("", "")),
        (between("-1", "1"), between("", "")),
    ],
)
def test_a_divisor_that_may_be_zero_settles_nothing(divisor: Interval, quotient: Interval) -> None:
    assert 1 / divisor == quotient


def test_dividing_by_zero_itself_is_an_error() -> None:
    with pytest.raises(FormulaError, match="除数是 0"):
        Interval.exact(1) / Interval.exact(0)


def test_the_whole_behind_a_share_as_printed() -> None:
    # 432亿元 is 87.9 %: 431.5/0.8795 = 490.6…, 432.5/0.8785 = 492.3…
    whole = between("431.5", "432.5", "[)") / between("0.8785", "0.8795", "[)")
    assert whole.lo is not None
    assert whole.hi is not None
    assert (round(whole.lo, 1), round(whole.hi, 1)) == (Fraction("490.6"), Fraction("492.3"))
    assert (whole.lo_open, whole.hi_open) == (True, True)


def test_the_only_count_a_growth_allows() -> None:
    # 248 firms after +8.3 %: 248/1.0835 = 228.9, 248/1.0825 = 229.1
    assert (248 / between("1.0825", "1.0835", "[)")).integers() == (229,)


def test_integers_of_what_is_unbounded_or_too_many_are_not_listed() -> None:
    assert between("0", "", "[)").integers() is None
    assert between("0", "5000").integers() is None
    assert between("0", "5000").integers(limit=5001) is not None
    assert between("1/3", "2/3").integers() == ()


@pytest.mark.parametrize(
    ("inside", "n", "root"),
    [("8", 3, "2"), ("-8", 3, "-2"), ("1/4", 2, "1/2"), ("0", 5, "0"), ("7", 1, "7")],
)
def test_a_root_that_exists_is_exact(inside: str, n: int, root: str) -> None:
    assert Interval.exact(Fraction(inside)).root(n) == Interval.exact(Fraction(root))


def test_a_root_is_rounded_outwards() -> None:
    root = Interval.exact(4).root(9)
    assert root.lo is not None
    assert root.hi is not None
    # two doublings in nine years: 4^(1/9) = 1.16652…
    assert root.lo**9 < 4 < root.hi**9
    assert root.hi - root.lo < Fraction(1, 10**39)
    assert round(root.lo, 4) == Fraction("1.1665")


def test_a_root_of_a_very_small_number_keeps_its_digits() -> None:
    tiny = Interval.exact(Fraction(2, 10**90)).root(3)
    assert tiny.lo is not None
    assert tiny.lo > 0
    assert tiny.contains(tiny.lo) or tiny.lo_open


def test_even_roots_know_nothing_below_zero() -> None:
    assert between("-1", "4").root(2) == between("0", "2")
    with pytest.raises(FormulaError, match="负数"):
        Interval.exact(-1).root(2)


@pytest.mark.parametrize("n", [1001, -1001])
def test_powers_have_a_limit(n: int) -> None:
    with pytest.raises(FormulaError):
        Interval.exact(2).power(n)
    with pytest.raises(FormulaError):
        Interval.exact(2).root(n)


@pytest.mark.parametrize(("low", "high", "ends"), [("2", "1", "[]"), ("1", "1", "(]"), ("1", "1", "[)")])
def test_an_empty_interval_cannot_be_made(low: str, high: str, ends: str) -> None:
    with pytest.raises(ValueError, match="empty interval"):
        between(low, high, ends)


def test_whole_numbers_as_ends_stay_exact() -> None:
    third = 1 / Interval(3, 3)  # type: ignore[arg-type]
    assert third == Interval.exact(Fraction(1, 3))
    assert isinstance(third.lo, Fraction)


def test_touching_open_ends_do_not_meet() -> None:
    assert not between("0", "1", "[)").intersects(between("1", "2"))
    assert between("0", "1").intersects(between("1", "2"))
    assert between("0", "1", "[)").lt(between("1", "2")) is True
    assert between("0", "1").lt(between("1", "2")) is None
    assert between("0", "1").le(between("1", "2")) is True
    assert Interval.exact(1).eq(Interval.exact(1)) is True
    assert between("0", "1").eq(between("0", "1")) is None


def test_an_interval_is_printed_as_mathematicians_do() -> None:
    assert str(between("1/2", "", "(]")) == "(1/2, ∞)"
    assert str(between("", "3")) == "(-∞, 3]"
    assert Interval.everything().width is None
    assert between("1", "4").middle == Fraction(5, 2)
