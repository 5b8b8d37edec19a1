"""Of clauses for one matter the highest counts; of a pick-one group one clause."""

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gaoxin.rules.rivals import Rival, most


def rival(at: int, low: int, high: int | None = None, *once: str) -> Rival:
    return Rival(at, low, high if high is not None else low, frozenset(once))


def test_highest_level_counts_and_the_others_give_way() -> None:
    choice = most([rival(0, 150, 150, "m"), rival(1, 800, 800, "m"), rival(2, 200, 200, "m")])
    assert choice.taken == {1}
    assert (choice.low, choice.high) == (800, 800)
    assert choice.against == {0: (1,), 1: (0, 2), 2: (1,)}


def test_best_of_a_group_is_taken_beside_what_is_not_in_it() -> None:
    # interest 200 or insurance 90, and the equipment reward of 300 as well
    choice = most([rival(0, 200, 200, "m1", "g"), rival(1, 90, 90, "m2", "g"), rival(2, 300, 300, "m3")])
    assert choice.taken == {0, 2}
    assert choice.low == 500


def test_one_clause_may_give_way_to_two() -> None:
    # the first shares its matter with the second and its group with the third: 100 against 70 + 60
    clauses = [rival(0, 100, 100, "m", "g"), rival(1, 70, 70, "m"), rival(2, 60, 60, "g")]
    choice = most(clauses)
    assert choice.taken == {1, 2}
    assert choice.low == 130


def test_open_amounts_leave_open_which_is_taken() -> None:
    choice = most([rival(0, 100, 100, "m"), rival(1, 0, 500, "m")])
    assert (choice.low, choice.high) == (100, 500)
    assert choice.certain == frozenset()


def test_open_amount_that_cannot_come_to_more_changes_nothing() -> None:
    choice = most([rival(0, 100, 100, "m"), rival(1, 0, 100, "m")])
    assert (choice.taken, choice.certain) == ({0}, {0, 1})
    assert (choice.low, choice.high) == (100, 100)


def test_amount_without_a_bound_leaves_the_sum_without_one() -> None:
    assert most([Rival(0, 0, None, frozenset({"m"})), rival(1, 5, 5, "n")]).high is None


def allowed(clauses: Iterable[Rival]) -> bool:
    return not any(one.once & other.once for one, other in combinations(list(clauses), 2))


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sets(st.sampled_from("abcd"), min_size=1, max_size=2)), max_size=6
    )
)
def test_nothing_allowed_comes_to_more(drawn: list[tuple[int, set[str]]]) -> None:
    clauses = [rival(at, low, low, *once) for at, (low, once) in enumerate(drawn)]
    ways = [way for size in range(len(clauses) + 1) for way in combinations(clauses, size) if allowed(way)]
    choice = most(clauses)
    assert choice.low == max(sum(held.low for held in way) for way in ways)
    assert allowed(held for held in clauses if held.at in choice.taken)
    assert sum(held.low for held in clauses if held.at in choice.taken) == choice.low
