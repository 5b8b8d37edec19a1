"""Trees as hypothesis draws them, and rows that lie in wait for them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st

from gaoxin.compute.plans import open_bits
from gaoxin.compute.reference import Row, Value
from gaoxin.compute.rows import frame_of
from gaoxin.compute.tree import (
    Arithmetic,
    Best,
    Choose,
    Compare,
    Constant,
    Day,
    DaysBetween,
    Exists,
    Extreme,
    Field,
    Growth,
    Judged,
    Known,
    Leaf,
    Logic,
    Member,
    Node,
    Not,
    Points,
    Range,
    Reaches,
    Settled,
    Step,
    Sum,
    Total,
    Whole,
    YearOf,
    made,
)  # fmt: skip

MONEY, POINT = (("money", 1),), (("point", 1),)
Drawn = st.SearchStrategy[Node]


def leaf(
    name: str, kind: str = "number", dims: Any = (), scale: int = 0, low: Any = 0, high: Any = 0
) -> Leaf:
    expert = name.startswith("judged")
    return made(Leaf, name, name, kind, dims, scale, Fraction(low), Fraction(high), expert)


def field(name: str, kind: str = "number", dims: Any = (), scale: int = 0, high: Any = 0) -> Field:
    return made(Field, name, kind, dims, scale, Fraction(0), Fraction(high))


MOST = 5 * 10**12
MONIES = tuple(leaf(name, "number", MONEY, 2, 0, MOST) for name in ("a", "b", "c@2025"))
PROFIT = leaf("profit", "number", MONEY, 2, -MOST, MOST)
SHARE = leaf("share", "number", (), 12, -10_000, 10_000)
TRUTHS = (leaf("p", "truth"), leaf("q", "truth"))
JUDGED = tuple(leaf(name, "number", POINT, 6, 0, 100) for name in ("judged_1", "judged_2"))
BORN, CODE = leaf("born", "date"), leaf("code", "text")
EVENTS = leaf("events", "events")
AMOUNT, KIND = field("amount", "number", MONEY, 2, 10**12), field("kind", "text")
SURE, SINCE = field("sure", "truth"), field("since", "date")
LEAVES = (*MONIES, PROFIT, SHARE, *TRUTHS, *JUDGED, BORN, CODE, EVENTS)
FIELDS = {"events": (AMOUNT, KIND, SINCE, SURE)}
BITS = open_bits({held.metric for held in LEAVES})

COMPARISONS = st.sampled_from(["<", "<=", "=", "!=", ">=", ">"])
ENDS = st.sampled_from(["min", "max"])


def constant(value: Any, dims: Any = ()) -> Constant:
    return made(Constant, Fraction(value), dims, "")


def drawn(kind: Any, *parts: Any) -> Drawn:
    return st.builds(partial(made, kind), *parts)


def tuples(of: Drawn) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(of, min_size=1, max_size=3).map(tuple)


LEAP = made(Day, date(2024, 2, 29))
WHERE = st.one_of(
    st.just(made(Settled, True)),
    st.just(made(Member, KIND, ("hnte",), False)),
    st.just(made(Compare, ">=", SINCE, LEAP)),
    drawn(
        Logic,
        st.sampled_from(["all", "any"]),
        st.just((SURE, made(Compare, ">=", AMOUNT, constant(50, MONEY)))),
    ),
)
STEPS = tuple((Fraction(mark), Fraction(points)) for mark, points in ((1000, 20), (100, 10), (10, 5)))
RATES = tuple((Fraction(mark), Fraction(rate, 100)) for mark, rate in ((5, 3), (10, 5), (1000, 10)))


# a divisor that is 0 for everybody is refused
DIVISORS = st.sampled_from([*MONIES, PROFIT, constant(5, MONEY), constant(-3, MONEY)])


@cache
def numbers(depth: int) -> Drawn:
    plain = st.sampled_from([*MONIES, PROFIT]) | st.sampled_from([0, 1, 5, 100, -3]).map(
        lambda value: constant(value, MONEY)
    )
    if depth == 0:
        return plain
    inner = numbers(depth - 1)
    factor = st.sampled_from(["1/3", "1/10", "7/100", "2", "-3/2"]).map(constant)
    return st.one_of(
        plain,
        drawn(Arithmetic, st.sampled_from("+-"), inner, inner),
        drawn(Arithmetic, st.just("*"), factor, inner),
        drawn(Extreme, ENDS, tuples(inner)),
        drawn(Choose, truths(depth - 1), inner, inner),
        drawn(Whole, inner),
        drawn(Whole, drawn(Arithmetic, st.just("/"), numbers(0), DIVISORS)),
        drawn(Sum, st.just(EVENTS), WHERE, st.just(made(Arithmetic, "*", constant("1/2"), AMOUNT))),
        drawn(Step, inner, st.just(RATES), st.just(Fraction(0)), st.just(False), st.booleans(), st.just(())),
    )


@cache
def ratios(depth: int) -> Drawn:
    quotient = drawn(Arithmetic, st.just("/"), numbers(0), DIVISORS)
    if depth == 0:
        return quotient | st.just(SHARE)
    return quotient | drawn(Arithmetic, st.sampled_from("+-"), ratios(0), ratios(0))


@cache
def truths(depth: int) -> Drawn:
    plain = st.sampled_from(TRUTHS)
    if depth == 0:
        return plain
    inner, low = truths(depth - 1), numbers(depth - 1)
    rate = st.sampled_from([0, "1/20", "1/10", "1/2"]).map(constant)
    growing = st.sampled_from([MONIES[0], PROFIT])
    return st.one_of(
        plain,
        drawn(Compare, COMPARISONS, low, low),
        drawn(Compare, COMPARISONS, ratios(1), rate),
        drawn(Logic, st.sampled_from(["all", "any"]), tuples(inner)),
        drawn(Not, inner),
        drawn(Choose, inner, inner, inner),
        drawn(Growth, st.sampled_from([">=", ">"]), growing, numbers(0), st.sampled_from([2, 3]), rate),
        drawn(Exists, st.just(EVENTS), WHERE),
        drawn(Member, st.just(CODE), st.just(("C1", "D")), st.booleans()),
        drawn(Compare, COMPARISONS, st.just(BORN), st.just(LEAP)),
        drawn(Compare, COMPARISONS, st.just(made(YearOf, BORN)), st.just(constant(2024))),
        drawn(Compare, COMPARISONS, st.just(made(DaysBetween, BORN, LEAP, ())), st.just(constant(60))),
        drawn(Known, numbers(0)),
        drawn(Reaches, COMPARISONS, scores(depth - 1), st.sampled_from([0, 5, 8, 20, 60]).map(Fraction)),
    )


@cache
def scores(depth: int) -> Drawn:
    banded = drawn(
        Step, numbers(0), st.just(STEPS), st.just(Fraction(0)), st.just(True), st.booleans(), st.just(POINT)
    )
    plain = drawn(Points, banded, st.just(Fraction(0)), st.just(Fraction(20)))
    if depth == 0:
        return plain
    inner, few = scores(depth - 1), made(Range, Fraction(0), Fraction(0), POINT)
    band = drawn(
        Choose, truths(depth - 1), st.just(made(Range, Fraction(3), Fraction(8), POINT)), st.just(few)
    )
    return st.one_of(
        plain,
        drawn(Judged, st.sampled_from(JUDGED), band),
        drawn(Total, tuples(inner), st.sampled_from([None, Fraction(25), Fraction(7)])),
        drawn(Best, st.sampled_from(["max", "min"]), tuples(inner)),
        drawn(Choose, truths(depth - 1), inner, inner),
    )


ANY: Drawn = st.one_of(truths(3), scores(3), numbers(2), ratios(1))

DAYS = (None, date(2023, 12, 31), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 1, 1))
LISTS: Sequence[Value] = (
    None,
    [],
    [{"amount": Fraction(60), "kind": "hnte", "since": date(2024, 2, 29), "sure": True}],
    [{"amount": None, "kind": "hnte", "since": None, "sure": None}],
    [
        {"amount": None, "kind": "tsme", "since": date(2023, 2, 28), "sure": False},
        {"amount": Fraction(10), "kind": None, "since": date(2024, 3, 1), "sure": False},
    ],
    [
        {"amount": Fraction(50), "kind": "zjtx", "since": None, "sure": None},
        {"amount": Fraction(1, 100), "kind": "hnte", "since": date(2024, 2, 28), "sure": True},
    ],
    [{"amount": Fraction(10**12), "kind": "hnte", "since": date(2025, 1, 1), "sure": True}] * 3,
)
# band edges and a fen beside them, ties, nothing, all there can be
SUMS = [*(Fraction(n) for n in (0, 1, 5, 10, 100, 1000, 1728, 10**12, MOST))]
SUMS += [Fraction(999, 100), Fraction(1001, 100), Fraction(99_999, 100), Fraction(123_457, 100)]


def adversarial_rows(count: int = 120) -> dict[str, Row]:
    """A row of nothing, rows of one value throughout, and rows where anything meets anything."""
    chance = random.Random(20260630)

    def money(negative: bool = False) -> Fraction | None:
        if chance.random() < 0.2:
            return None
        found = (
            chance.choice([*SUMS[:7], *SUMS])
            if chance.random() < 0.8
            else Fraction(chance.randint(0, 10**7), 100)
        )
        return -found if negative and chance.random() < 0.4 else found

    rows: dict[str, Row] = {"nothing": {}}
    for number, value in enumerate(SUMS):
        same: dict[str, Value] = {held.column: value for held in (*MONIES, PROFIT)}
        rows[f"same {number}"] = {**same, "p": True, "q": False, "events": [], "code": "C1"}
    for number in range(count):
        row: dict[str, Value] = {held.column: money() for held in MONIES}
        row["profit"] = money(negative=True)
        row["share"] = chance.choice(
            [None, *map(Fraction, ("0", "1/20", "-1/2", "10000", "1/1000000000000"))]
        )
        row |= {name: chance.choice([True, False, None]) for name in ("p", "q")}
        row |= {
            name: chance.choice([None, *map(Fraction, (0, 3, 5, 8))]) for name in ("judged_1", "judged_2")
        }
        row["born"], row["code"] = chance.choice(DAYS), chance.choice([None, "C1", "C12", "D1", "E", ""])
        row["events"] = chance.choice(LISTS)
        rows[f"chance {number}"] = row
    return rows


ROWS = adversarial_rows()
FRAME = frame_of(ROWS, LEAVES, FIELDS)
