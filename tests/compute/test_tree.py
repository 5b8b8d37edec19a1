"""Nodes exist once; a walk meets parts before wholes; dimensions follow the arithmetic."""

from __future__ import annotations

from fractions import Fraction

from gaoxin.compute.tree import Arithmetic, Compare, Exists, Logic, Member, Range, Settled, leaves, made, walk
from tests.compute.trees import EVENTS, KIND, MONEY, MONIES, TRUTHS, constant

A, B, C = MONIES


def test_equal_nodes_are_one_object() -> None:
    assert made(Arithmetic, "+", A, B) is made(Arithmetic, "+", A, B)
    assert made(Arithmetic, "+", A, B) is not made(Arithmetic, "+", B, A)


def test_a_walk_meets_each_part_once_and_before_the_whole() -> None:
    both = made(Arithmetic, "+", A, A)
    test = made(Compare, ">", both, B)
    assert list(walk(made(Logic, "all", (test, test)))) == [
        A,
        both,
        B,
        test,
        made(Logic, "all", (test, test)),
    ]


def test_inputs_are_told_once_in_the_order_of_their_columns() -> None:
    assert leaves(made(Arithmetic, "+", C, B), A, B) == (A, B, C)


def test_what_is_asked_of_elements_is_no_part_of_the_subject() -> None:
    asked = made(Exists, EVENTS, made(Member, KIND, ("hnte",), False))
    assert list(asked.children()) == [EVENTS]


def test_money_over_money_has_no_dimension_and_money_times_money_is_squared() -> None:
    assert made(Arithmetic, "/", A, B).dims == ()
    assert made(Arithmetic, "*", A, B).dims == (("money", 2),)
    assert made(Arithmetic, "-", A, B).dims == MONEY


def test_types_follow_the_operation() -> None:
    assert made(Settled, True).type == "truth"
    assert made(Range, Fraction(0), Fraction(6), ()).type == "score"
    assert constant(3).type == "number"
    assert TRUTHS[0].type == "truth"
