"""Which rules a zone applies: those of its pack and of the packs it stands on (本区规则).

The policies of other places are shown in every catalogue as examples; they are applied in practice zones
alone, where every clause of every pack can be tried out. Packs are read once in the life of a process, so
rules are compiled once for each zone and day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from gaoxin.packs.library import Library
from gaoxin.rules import belonging
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.rules.renewals import renewal_rules
from gaoxin.web.ledger import catalogue

if TYPE_CHECKING:
    from gaoxin.packs.schemas.rule import Application, Rule

_DAYS_KEPT = 32


@lru_cache(maxsize=64)
def zone_library(zone: str, *, practice: bool) -> Library:
    """The packs as a zone sees them, by its code.

    `practice`: a synthetic zone, where the rules of other places apply as well.
    """
    library = catalogue.library()
    own = belonging.pack_of(library, zone)
    names = frozenset(library.packs) if practice else own_packs(zone)
    seen = library.seen_from(own) if own is not None else library
    return replace(
        seen,
        rules=MappingProxyType({k: rule for k, rule in seen.rules.items() if rule.origin.pack in names}),
        rule_families=MappingProxyType(
            {k: family for k, family in seen.rule_families.items() if family.origin.pack in names}
        ),
    )


@lru_cache(maxsize=_DAYS_KEPT)
def compiler(zone: str, on: date, application: Application = "new", *, practice: bool) -> Compiler:
    """The compiler of a zone's rules for a day; it keeps what it has compiled."""
    return Compiler(RuleBook(zone_library(zone, practice=practice)), on, application)


@lru_cache(maxsize=_DAYS_KEPT)
def rules_in_force(
    zone: str, on: date, application: Application = "new", *, practice: bool
) -> tuple[CompiledRule, ...]:
    """Every rule that an application on a day can fall under in a zone, compiled, in the order of ids; drafts
    are left out.
    """
    held = compiler(zone, on, application, practice=practice)
    return tuple(
        held.compiled(rule.id) for rule in held.book.in_force(on, application) if rule.status != "draft"
    )


@lru_cache(maxsize=_DAYS_KEPT)
def renewed_by(zone: str, on: date, *, practice: bool) -> Mapping[str, CompiledRule]:
    """The rule by which each title is renewed in a zone on a day, by kind of title."""
    return MappingProxyType(renewal_rules(compiler(zone, on, "renewal", practice=practice)))


@lru_cache(maxsize=64)
def own_packs(zone: str) -> frozenset[str]:
    """The pack of a zone and those it stands on; of a zone without one, what holds everywhere."""
    return belonging.own_packs(catalogue.library(), zone)


def is_example(rule: Rule, zone: str) -> bool:
    """Whether it is the policy of another place than a zone, by its code."""
    return rule.origin.pack not in own_packs(zone)
