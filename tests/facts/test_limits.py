"""A limit is read from its rule or refused; none is made up."""

from __future__ import annotations

import pytest

from gaoxin.core.errors import PackError
from gaoxin.facts import logic  # noqa: F401  (enters the functions of the rules)
from gaoxin.facts.limits import NEEDED, limit
from gaoxin.facts.logic.registry import seekers
from gaoxin.facts.standing import StandingFacts
from tests.facts.builders import LIMITS, a_fact_base, a_limit, a_rule


@pytest.mark.parametrize(("rule", "name"), [(rule, name) for rule in LIMITS for name in LIMITS[rule]])
def test_a_rule_without_its_limit_says_which_one_it_lacks(rule: str, name: str) -> None:
    others = {held: value for held, value in LIMITS[rule].items() if held != name}
    bare = a_rule(rule).model_copy(update={"parameters": a_rule("L1", **others).parameters})
    with pytest.raises(PackError, match=f"{rule} 没有写参数 {name}"):
        limit(bare, name)


@pytest.mark.parametrize("rule", sorted(set(LIMITS) & set(seekers())))
def test_a_rule_without_its_limits_is_not_run(rule: str) -> None:
    bare = a_rule(rule).model_copy(update={"parameters": {}})
    with pytest.raises(PackError, match=rule):
        tuple(seekers()[rule](bare, StandingFacts(a_fact_base(), {})))


def test_a_limit_in_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(PackError, match="most 应以 % 等为单位，写的是 亿元"):
        limit(a_rule("L7", most=a_limit("50", "亿元")), "most")


def test_the_limits_of_these_tests_are_those_the_rules_need() -> None:
    assert {rule: set(needed) for rule, needed in NEEDED.items()} == {
        rule: set(limits) for rule, limits in LIMITS.items()
    }
