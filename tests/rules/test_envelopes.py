"""How little and how much a clause pays while data is missing."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaoxin.compute.reference import Reading, Row, Value
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.envelopes import paid_ends
from gaoxin.rules.outcomes import ClauseColumns
from tests.rules.clause_builders import WAN, a_row, clause, crowd_of, without

CLAUSES = ("C1", "C3", "C4", "C9", "C14", "C16")
# Nearly boundless numbers for some inputs, and some that are missing.
MONEY = st.sampled_from([0, 1, 2999, 3000, 5000, 20000, 40000, 10**7])


def ends(compiled: CompiledRule, row: Row) -> tuple[Value, Value]:
    reading = Reading(row)
    low, high = paid_ends(compiled)
    return reading[low].value, reading[high].value


def wan(amount: int) -> Fraction:
    return Fraction(amount * 10_000)


def test_known_firm_has_equal_ends() -> None:
    # 30 % × (900 − 600) = 90
    assert ends(clause("C9"), a_row()) == (wan(90), wan(90))


def test_failed_verdict_pays_nothing_whatever_is_missing() -> None:
    assert ends(clause("C9"), a_row(titles=[], rd_tax=None)) == (0, 0)


@pytest.mark.parametrize(
    ("name", "missing", "high"),
    [
        ("C1", ["fixed_invest"], 5000),  # bounded by the cap
        ("C1", ["zone_flag"], 100),  # the amount itself is known
        ("C1", ["is_world500"], 250),  # 5 % × 5000 if it is one, 2 % if it is not
        ("C3", ["rd_q1"], 200),
        ("C9", ["rd_tax"], 200),
        ("C16", ["listed_flag"], 600),
    ],
)
def test_open_clause_pays_at_most_what_the_known_figures_and_the_cap_allow(
    name: str, missing: list[str], high: int
) -> None:
    found = ends(clause(name), a_row(**without(*missing)))
    assert found[1] == wan(high)


def test_pass_with_an_open_amount_pays_the_least_of_its_ends() -> None:
    # listed among the Global 500 or not, the firm passes C1.3; 2 % or 5 % of 5000
    assert ends(clause("C1"), a_row(is_world500=None)) == (wan(100), wan(250))


def test_list_that_is_missing_has_no_bound() -> None:
    assert ends(clause("C14"), a_row(compute_contracts=None)) == (0, None)


def test_yearly_cap_bounds_what_is_not_known() -> None:
    assert ends(clause("C4"), a_row(service_bills=None)) == (0, wan(500))


@st.composite
def firms(draw: Any) -> dict[str, Any]:
    """Facts of which some are missing."""
    drawn: dict[str, Any] = {
        "fixed_invest": draw(MONEY),
        "rd_q1": {2026: draw(MONEY), 2025: draw(MONEY)},
        "rd_tax": {2025: draw(MONEY), 2024: draw(MONEY)},
        "is_world500": draw(st.booleans()),
        "invest_uplift_flag": draw(st.booleans()),
        "plan_invest_total": draw(MONEY),
        "listed_flag": draw(st.booleans()),
        "service_bills": draw(
            st.lists(st.fixed_dictionaries({"amount": MONEY, "date": st.just("2026-02-01")}), max_size=2)
        ),
        "compute_contracts": draw(
            st.lists(st.fixed_dictionaries({"amount": MONEY, "domestic": st.booleans()}), max_size=2)
        ),
    }
    return drawn


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CLAUSES), firms(), st.data())
def test_more_information_never_widens_an_interval(name: str, facts: dict[str, Any], data: Any) -> None:
    full = a_row(**facts)
    columns = sorted(full)
    less = set(data.draw(st.sets(st.sampled_from(columns), max_size=8)))
    more = set(data.draw(st.sets(st.sampled_from(sorted(less)), max_size=4))) if less else set()
    steps = [
        {column: value for column, value in full.items() if column not in gone}
        for gone in (less | more, less - more, set())
    ]
    told = [ends(clause(name), row) for row in steps]
    for (low, high), (lower, higher) in zip(told[1:], told[:-1], strict=True):
        assert isinstance(low, Fraction)
        assert isinstance(lower, Fraction)
        assert lower <= low
        assert higher is None or (high is not None and high <= higher)  # type: ignore[operator]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CLAUSES), st.lists(firms(), min_size=1, max_size=4), st.data())
def test_population_has_the_ends_of_every_firm(name: str, drawn: list[dict[str, Any]], data: Any) -> None:
    rows = {}
    for at, facts in enumerate(drawn):
        full = a_row(**facts)
        gone = data.draw(st.sets(st.sampled_from(sorted(full)), max_size=6))
        rows[f"firm {at}"] = {column: value for column, value in full.items() if column not in gone}
    compiled = clause(name)
    frame = ClauseColumns.of(compiled).apply(crowd_of(name, rows), ("subject",)).collect()
    for subject, low, high in frame.select("subject", "low", "high").iter_rows():
        expected = ends(compiled, rows[subject])
        # whole fen, half up
        assert [low, high] == [None if end is None else int(end * 100 + Fraction(1, 2)) for end in expected]  # type: ignore[operator]


def test_whole_wan_are_a_million_fen() -> None:
    assert wan(1) * 100 == WAN
