"""What shipped rules owe their readers: whose policy it is, what is official, how sure a number is."""

from __future__ import annotations

from datetime import date

import pytest

from gaoxin.core.errors import RuleError
from gaoxin.packs.library import Library, open_library
from gaoxin.rules.book import RuleBook


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


def test_an_example_says_that_it_is_the_policy_of_another_place(library: Library) -> None:
    examples = [rule for rule in library.rules.values() if rule.origin.pack == "examples"]
    assert examples
    for rule in examples:
        assert "外地样例" in rule.zh, rule.id
        assert "example" in rule.en, rule.id
        assert rule.describe.zh.startswith("这是"), rule.id
        assert "收作样例，与本区企业无关" in rule.describe.zh, rule.id
        assert "not for firms of this zone" in rule.describe.en, rule.id


def test_a_zone_opened_alone_does_not_open_the_examples() -> None:
    rules = open_library(["weifang"]).rules
    assert {"C1", "C2", "GAZ-SD", "TSME"} <= set(rules)
    assert not {"C3", "C14", "GAZ-HP"} & set(rules)


def test_the_placeholder_points_say_everywhere_that_they_are_not_official(library: Library) -> None:
    rule = library.rule("POINTS")
    said = [rule.zh, rule.short, rule.describe.zh, *(part.zh for part in rule.parts())]
    said += [condition.zh for condition in rule.conditions]
    said += [parameter.zh for parameter in rule.parameters.values()]
    assert [text for text in said if "非官方" not in text] == []
    assert rule.status == "draft"


@pytest.mark.parametrize("name", ["HGE", "HIDDEN-SD", "C6", "C8"])
def test_a_rule_without_sure_thresholds_is_described_and_never_decided(library: Library, name: str) -> None:
    rule = library.rule(name)
    assert not rule.executable
    assert not rule.parameters
    assert "缺" in rule.describe.zh
    with pytest.raises(RuleError) as caught:
        RuleBook(library).select(name, date(2026, 9, 15))
    assert rule.describe.zh in caught.value.zh


def test_only_numbers_found_in_two_texts_are_verified_and_uncertain_ones_are_not_shipped(
    library: Library,
) -> None:
    marked = [
        (rule.id, line.mark, line.confidence)
        for rule in library.rules.values()
        for parameter in rule.parameters.values()
        for line in parameter.values
    ]
    marked += [
        (rule.id, condition.mark, condition.confidence)
        for rule in library.rules.values()
        for condition in rule.conditions
    ]
    assert [one for one in marked if one[1] == "U"] == []
    assert [one for one in marked if one[2] == "verified" and one[1] != "V2"] == []


def test_every_action_is_an_estimate(library: Library) -> None:
    assert library.actions
    for action in library.actions.values():
        assert action.confidence == "to_confirm"
        assert action.note is not None
        assert action.note.startswith("练习用估计")
        assert action.needs_document
