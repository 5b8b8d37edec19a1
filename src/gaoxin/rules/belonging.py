"""Whose rule it is: a zone's own, or the policy of another place (本区规则、外地样例).

A zone's own are the rules of its pack and of the packs it stands on. Everything else is an example: it can be
read and tried out in a practice zone, and never decides anything elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaoxin.packs.shelves import dependencies

if TYPE_CHECKING:
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas.rule import Rule

GENERAL = "national"


def pack_of(library: Library, zone: str) -> str | None:
    """The pack that belongs to a zone, by its code; None for a zone without one."""
    return next((pack.id for pack in library.packs.values() if pack.zone == zone), None)


def own_packs(library: Library, zone: str) -> frozenset[str]:
    """The pack of a zone and those it stands on; of a zone without one, what holds everywhere."""
    own = pack_of(library, zone)
    return frozenset((GENERAL,) if own is None else (*dependencies(library.packs, own), own))


def is_example(library: Library, rule: Rule, zone: str) -> bool:
    """Whether a rule is the policy of another place than the zone."""
    return rule.origin.pack not in own_packs(library, zone)
