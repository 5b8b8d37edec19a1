"""Which text of a rule a result rests on."""

from __future__ import annotations

from datetime import date

import pytest

from gaoxin.packs.library import open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import Compiler
from gaoxin.rules.editions import edition, editions, outdated


def test_a_rule_keeps_its_edition_however_often_the_packs_are_opened() -> None:
    assert edition(open_library().rule("C9")) == edition(open_library().rule("C9"))


@pytest.mark.parametrize("changed", [{"short": "别名"}, {"status": "superseded"}])
def test_any_change_of_the_text_is_another_edition(changed: dict[str, str]) -> None:
    rule = open_library().rule("C9")
    assert edition(rule.model_copy(update=changed)) != edition(rule)


def test_the_rules_a_rule_asks_are_named_as_well() -> None:
    library = open_library()
    compiler = Compiler(RuleBook(library), date(2026, 11, 23))
    asking = next(
        held
        for rule in library.rules.values()
        if rule.executable and rule.effective.holds_on(compiler.on)
        for held in [compiler.compiled(rule.id)]
        if held.asked
    )
    assert {asking.id, *asking.asked} <= editions([asking]).keys()


def test_what_changed_came_or_went_is_outdated() -> None:
    then, now = {"A": "1", "B": "1", "C": "1"}, {"A": "1", "B": "2", "D": "1"}
    assert outdated(then, now) == ("B", "C", "D")
