"""Laws of every tree: more facts never turn a verdict over, scores have ordered ends, units do not matter."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gaoxin.compute.reference import Reading, Row
from gaoxin.compute.tree import Compare, Known, Node, made, walk
from tests.compute.trees import ANY, COMPARISONS, MONEY, MONIES, ROWS, constant, numbers, scores, truths

SOME_ROW = st.sampled_from(list(ROWS.values()))
A, B, _ = MONIES


@settings(max_examples=200)
@given(node=truths(3), row=SOME_ROW, hidden=st.sets(st.sampled_from(sorted(ROWS["chance 0"]))))
def test_what_is_settled_with_less_stays_settled_with_more(node: Node, row: Row, hidden: set[str]) -> None:
    # it asks for completeness, which more facts do change
    assume(not any(isinstance(part, Known) for part in walk(node)))
    less = Reading({name: value for name, value in row.items() if name not in hidden})[node]
    more = Reading(row)[node]
    assert less.value is None or less.value == more.value


@settings(max_examples=200)
@given(node=scores(3), row=SOME_ROW)
def test_the_low_end_of_a_score_is_never_above_the_high_end(node: Node, row: Row) -> None:
    told = Reading(row)[node]
    assert told.high is not None
    assert told.low <= told.high
    assert bool(told.open) == (told.low < told.high)


@settings(max_examples=200)
@given(node=ANY, row=SOME_ROW)
def test_a_value_is_missing_exactly_where_something_keeps_it_open(node: Node, row: Row) -> None:
    told = Reading(row)[node]
    if node.type != "score":
        assert (told.value is None) == bool(told.open)


@given(op=COMPARISONS, of=numbers(1), row=SOME_ROW, mark=st.integers(0, 10**6))
def test_a_verdict_does_not_depend_on_the_unit_of_its_threshold(
    op: str, of: Node, row: Row, mark: int
) -> None:
    in_wan = made(Compare, op, of, constant(Fraction(mark, 10_000) * 10_000, MONEY))
    in_yuan = made(Compare, op, of, constant(mark, MONEY))
    assert Reading(row)[in_wan] == Reading(row)[in_yuan]


@given(
    op=COMPARISONS,
    row=SOME_ROW,
    factor=st.sampled_from([Fraction(1, 10_000), Fraction(10_000), Fraction(100)]),
)
def test_a_comparison_of_amounts_does_not_change_with_their_unit(op: str, row: Row, factor: Fraction) -> None:
    asked = made(Compare, op, A, B)
    scaled = {name: value * factor if isinstance(value, Fraction) else value for name, value in row.items()}
    assert Reading(row)[asked] == Reading(scaled)[asked]
