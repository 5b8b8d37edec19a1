"""Clauses simulated over everybody the workspace knows, and settled for one (政策测算、兑现测算)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl

from gaoxin import __version__
from gaoxin.core.errors import RuleError, UnitError
from gaoxin.facts.population import of_facts, of_snapshot
from gaoxin.facts.runcards import RunCard, digest
from gaoxin.facts.snapshots import Snapshot
from gaoxin.packs.schemas.exact import amount
from gaoxin.packs.shelves import dependencies
from gaoxin.rules.book import RuleBook
from gaoxin.rules.settling import Settlement, settle
from gaoxin.rules.simulating import Simulator
from gaoxin.workspace.matching import match_facts

if TYPE_CHECKING:
    from gaoxin.facts.factbase import FactBase
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas.rule import Application
    from gaoxin.rules.simulation import Simulation

Drafts = Mapping[str, Mapping[str, str]]


def simulate_facts(
    library: Library,
    clause: str,
    facts: FactBase | Snapshot | pl.LazyFrame,
    on: date,
    *,
    drafts: Drafts,
    budget: str | None = None,
    application: Application = "new",
    totals_only: bool = False,
    only: Collection[str] | None = None,
) -> Simulation:
    """The law beside drafts over the enterprises of some facts, or over a population frame.

    `budget`: as written, with its unit: 1亿元. `only`: the subjects that count.
    """
    snapshot = facts.manifest.hash if isinstance(facts, Snapshot) else ""
    frame = population_of(library, facts, on)
    if only is not None:
        frame = frame.filter(pl.col("subject").is_in(list(only)))
    simulator = Simulator.load(
        RuleBook(library),
        clause,
        frame,
        on,
        application=application,
        totals_only=totals_only,
        snapshot=snapshot,
        code_version=__version__,
    )
    return simulator.run(drafts, budget=None if budget is None else fen_of(budget))


def settle_facts(
    library: Library,
    subject: str,
    facts: FactBase | Snapshot | pl.LazyFrame,
    on: date,
    clauses: Sequence[str] | None = None,
    application: Application = "new",
) -> Settlement:
    """What one enterprise can have of some clauses; without any, of all that its zone's packs have in force.

    Raises: FactError for an unknown subject; RuleError without clauses where several zones are open.
    """
    names = list(clauses) if clauses is not None else clauses_in_force(library, on, application)
    found = match_facts(library, names, facts, on, application)
    judgements = list(found.judge(subject).values())
    settled = settle(judgements, on, found.paid(subject))
    card = RunCard(
        packs={name: pack.version for name, pack in library.packs.items()},
        snapshot=found.snapshot,
        parameters={
            "on": on.isoformat(),
            "application": application,
            "subject": subject,
            "clauses": [held.rule for held in judgements],
        },
        seed=None,
        code_version=__version__,
        created=datetime.now(UTC),
        results={"settlement": digest([[line.rule, line.fate, str(line.counted)] for line in settled.lines])},
    )
    return replace(settled, card=card)


def clauses_in_force(library: Library, on: date, application: Application = "new") -> list[str]:
    """The clauses of the one zone that is open: those of its pack and of the packs it builds on.

    Raises: RuleError where no zone or several are open, as nobody can say whose clauses are meant.
    """
    zones = [pack for pack in library.packs.values() if pack.zone is not None]
    if len(zones) != 1:
        raise RuleError(
            "打开了不止一个园区（或没有园区）的内容包，请写明按哪些条款测算",
            "the packs of several zones (or of none) are open; name the clauses",
        )
    own = zones[0].id
    packs = {own, *dependencies(library.packs, own)}
    return [
        rule.id
        for rule in RuleBook(library).in_force(on, application)
        if rule.category == "clause" and rule.status != "draft" and rule.origin.pack in packs
    ]


def population_of(library: Library, facts: FactBase | Snapshot | pl.LazyFrame, on: date) -> pl.LazyFrame:
    """The enterprises of some facts as rules read them on a day."""
    if isinstance(facts, pl.LazyFrame):
        return facts
    if isinstance(facts, Snapshot):
        return of_snapshot(facts, library.metrics, on).frame
    return of_facts(facts, library.metrics, on).frame


def fen_of(written: str) -> int:
    """An amount of money with its unit, in whole fen. Raises: RuleError."""
    try:
        number, of = amount(written.strip())
        fen = number * (of.factor if of else 0) * 100
    except (ValueError, UnitError) as error:
        raise _no_money(written) from error
    if of is None or of.dimension.value != "money" or fen < 0 or fen != Fraction(int(fen)):
        raise _no_money(written)
    return int(fen)


def _no_money(written: str) -> RuleError:
    return RuleError(
        f"金额“{written}”读不懂，应带单位，如 500万元", f"cannot read the amount {written!r}; write 500万元"
    )
