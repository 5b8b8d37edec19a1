"""Whose rule it is: a zone's own, or the policy of another place."""

from __future__ import annotations

import pytest

from gaoxin.packs.library import open_library
from gaoxin.rules.belonging import is_example, own_packs


@pytest.mark.parametrize(
    ("zone", "packs"),
    [
        ("zone/weifang", {"weifang", "shandong", "national"}),
        ("zone/sandbox", {"sandbox", "national"}),
        ("zone/without-a-pack", {"national"}),
    ],
)
def test_a_zone_owns_its_pack_and_what_it_stands_on(zone: str, packs: set[str]) -> None:
    assert own_packs(open_library(), zone) == packs


def test_a_clause_is_at_home_in_one_place_and_an_example_in_others() -> None:
    library = open_library()
    found = {zone: is_example(library, library.rule("C1"), zone) for zone in ("zone/weifang", "zone/sandbox")}
    assert found == {"zone/weifang": False, "zone/sandbox": True}


def test_a_national_rule_is_nobodys_example() -> None:
    library = open_library()
    assert not any(is_example(library, library.rule("HNTE"), held.code) for held in library.zones())
