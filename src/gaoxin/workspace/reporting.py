"""Briefs of a workspace: which one, about whom, for when (简报)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period

if TYPE_CHECKING:
    from gaoxin.facts.factbase import FactBase
    from gaoxin.packs.library import Library
    from gaoxin.reports.briefs import Brief


def compose_brief(library: Library, facts: FactBase, zone: str, period: str | Period, brief: str) -> Brief:
    """The brief `brief` about a zone, named by its code (zone/chuxiong, chuxiong) or its name.

    Raises: FactError for an unknown zone; PeriodError; PackError for an unknown brief.
    """
    from gaoxin.reports.briefs import compose

    when = Period.parse(period) if isinstance(period, str) else period
    return compose(library.brief(brief), zone_code(facts, zone), when, facts, library.metrics)


def zone_code(facts: FactBase, zone: str) -> str:
    """The code of a zone by code, short code, name or alias. Raises: FactError naming the zones there are."""
    zones = [subject for subject in facts.subjects.values() if subject.kind == "zone"]
    for subject in zones:
        if zone in (subject.code, subject.code.partition("/")[2], subject.name, *subject.aliases):
            return subject.code
    known = "、".join(f"{s.code.partition('/')[2]}（{s.name}）" for s in zones)
    raise FactError(f"没有园区“{zone}”，可写：{known}", f"No zone {zone!r}; there are: {known}", zone=zone)
