"""Runs the declared rules over a fact base (规则运行)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from gaoxin.facts.factbase import FactBase
from gaoxin.facts.findings import Finding

# Importing a family enters its rules.
from gaoxin.facts.logic import growth, parts, peers, scopes, series, shares
from gaoxin.facts.logic.instances import declared
from gaoxin.facts.logic.registry import seekers
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas import LogicRule

FAMILIES = (growth, parts, peers, scopes, series, shares)


def evaluate_rules(
    library: Library, facts: FactBase, *, as_of: datetime | None = None
) -> tuple[Finding, ...]:
    """Everything the rules say of the figures that stand, by rule and place; the places that are in order
    too.

    Missing: a rule says nothing where one of its figures is missing or disputed.
    """
    standing = StandingFacts(facts, library.metrics, as_of=as_of)
    findings: dict[str, Finding] = {}
    with _no_collecting():
        for rule in sorted(library.logic_rules.values(), key=lambda rule: int(rule.id[1:])):
            for finding in _of(rule, standing):
                findings.setdefault(finding.check, finding)
    return tuple(findings.values())


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Findings form no circles, and a collection would walk the whole fact base for each few of them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _of(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    yield from declared(rule, facts)
    seeker = seekers().get(rule.id)
    if seeker is not None:
        yield from seeker(rule, facts)
