"""Titles that ask for each other."""

from __future__ import annotations

from gaoxin.rules.title_circles import circles, required_titles
from tests.rules.route_builders import a_rule, compiled


def kinds(*names: str) -> frozenset[str]:
    return frozenset(names)


def test_two_titles_that_ask_for_each_other_are_out_of_reach() -> None:
    assert circles({"A": ("a", [kinds("b")]), "B": ("b", [kinds("a")]), "C": ("c", [])}) == ["A", "B"]


def test_one_other_way_is_enough() -> None:
    # B takes c as well, C asks for nothing, so B is reached and then A
    assert circles({"A": ("a", [kinds("b")]), "B": ("b", [kinds("a", "c")]), "C": ("c", [])}) == []


def test_a_title_that_no_rule_grants_comes_from_elsewhere() -> None:
    assert circles({"A": ("a", [kinds("patent")]), "B": ("b", [kinds("b")])}) == ["B"]


def test_a_rule_asks_for_the_titles_its_own_conditions_name() -> None:
    valid = "exists(e in titles: e.kind = 'zjtx' and valid(e))"
    assert required_titles(a_rule({"T1": f"{valid} and ip_class1 >= 1件"})) == [kinds("zjtx")]
    assert required_titles(a_rule({"T1": f"not {valid}"})) == []
    assert required_titles(compiled("ZJTX26")) == [kinds("tech_inno_sme", "tsme", "inno_sme")]
    # a certificate replaces the score; it is not asked for
    assert required_titles(compiled("TSME")) == []
