"""What a pass is worth to one enterprise, in money that the packs state (通过的价值).

1. A clause: what it pays once its conditions hold; on the figures after the cheapest way where one is known,
   else on those of today.
2. A title: what the clauses that read it pay with the title and without, settled together, so that what is
   paid once is counted once. The title is thought to be granted on the day.
3. Anything else, and a title that no clause in force reads, has no price (未定价). That is not nothing: rates
   of tax, tenders and reputation are not in the packs.

A deduction lowers the income that is taxed; it is not money paid, and is never counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from gaoxin.compute import tree
from gaoxin.compute.reference import Element, Reading, Row
from gaoxin.rules.envelopes import amount_ends
from gaoxin.rules.judging import judge
from gaoxin.rules.settling import NONE, Money, Settlement, fen, settle

if TYPE_CHECKING:
    from gaoxin.packs.schemas.rule import Grant
    from gaoxin.rules.compiling import CompiledRule

TITLES, PAID = "titles", "benefits_paid"


@dataclass(frozen=True)
class Worth:
    """`money`: what a pass brings, in fen, as far as it can be told. `gains`: by clause, those that pay more.

    `ceiling`: part of it is an upper limit that the zone may go below.
    """

    money: Money
    gains: tuple[tuple[str, Money], ...]
    ceiling: bool = False


@dataclass(frozen=True)
class Pricing:
    """The clauses by which passes are priced: those in force for a zone on a day."""

    on: date
    clauses: tuple[CompiledRule, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, on: date, rules: Iterable[CompiledRule]) -> Pricing:
        """The rules that pay money by clause, of some rules."""
        return cls(
            on, tuple(one for one in rules if one.rule.category == "clause" and one.amount is not None)
        )

    def reading(self, title: str) -> tuple[CompiledRule, ...]:
        """The clauses that ask for a title, and those they share a matter or a pick-one group with."""
        asking = [one for one in self.clauses if title in self._titles[one.id]]
        shared = {name for one in asking for name in _shared(one)}
        return tuple(one for one in self.clauses if one in asking or shared & set(_shared(one)))

    @cached_property
    def _titles(self) -> Mapping[str, frozenset[str]]:
        """The titles each clause mentions, by its id."""
        return {one.id: named_titles(one) for one in self.clauses}

    def prices(self, rule: CompiledRule) -> bool:
        """Can a pass under a rule have a price at all?"""
        if rule.amount is not None:
            return rule.rule.category == "clause"
        return rule.rule.grants is not None and bool(self.reading(rule.rule.grants.title))

    def leaves(self, rule: CompiledRule) -> tuple[tree.Leaf, ...]:
        """What must be read of an enterprise to price a pass under a rule, what it was paid included."""
        if not self.prices(rule):
            return ()
        held = self.reading(rule.rule.grants.title) if rule.rule.grants is not None else ()
        paid = rule.metrics.get(PAID)
        known = {leaf.column: leaf for one in held for leaf in one.leaves}
        return (*known.values(), *((paid.leaf(None),) if paid is not None and PAID not in known else ()))

    def rests_on(self, rule: CompiledRule) -> tuple[tree.Leaf, ...]:
        """What the price of a pass is worked out from: for a title the clauses, for a clause its amount; not
        what the rule itself asks for.
        """
        priced = self.leaves(rule)
        if rule.amount is None or not priced:
            return priced
        return tuple({leaf.column: leaf for leaf in (*priced, *tree.leaves(*amount_ends(rule)))}.values())

    def worth(self, rule: CompiledRule, row: Row, *, after: Reading | None = None) -> Worth | None:
        """What a pass under a rule brings the enterprise of a row; None where nothing prices it.

        `row`: with all that `leaves` names and with benefits_paid, in base units. `after`: the figures once
        everything is done that a pass takes.
        Missing: a figure that is not there leaves the price an interval; payments that are not known count
        as in `settling`.
        """
        if not self.prices(rule):
            return None
        told = row.get(PAID)
        paid = list(told) if isinstance(told, list) else None
        if rule.amount is not None:
            return _own(rule, after or Reading(row), paid)
        grant = rule.rule.grants
        assert grant is not None
        clauses = self.reading(grant.title)
        with_title = {**row, TITLES: [*_listed(row), _element(grant, self.on)]}
        before, then = (self._settled(clauses, held, paid) for held in (row, with_title))
        gains = tuple(
            (line.rule, gain)
            for line in then.lines
            if (gain := _more(before[line.rule].counted, line.counted)) != NONE
        )
        ceiling = any(then[name].benefit.nature == "ceiling" for name, _ in gains)
        return Worth(_more(before.total, then.total), gains, ceiling)

    def _settled(
        self, clauses: Sequence[CompiledRule], row: Row, paid: Sequence[Element] | None
    ) -> Settlement:
        reading = Reading(row)
        return settle([judge(one, reading) for one in clauses], self.on, paid)


def named_titles(rule: CompiledRule) -> frozenset[str]:
    """The kinds of title that a rule mentions anywhere."""
    roots = [rule.verdict, *(built.node for built in rule.names.values())]
    roots += [built.node for built in (rule.amount, rule.yearly_cap) if built is not None]
    found: set[str] = set()
    for node in tree.walk(*roots):
        where = getattr(node, "where", None)
        if where is None or not any(leaf.metric == TITLES for leaf in tree.leaves(node)):
            continue
        for part in tree.walk(where):
            if isinstance(part, tree.Member) and isinstance(part.of, tree.Field) and part.of.name == "kind":
                found.update(part.among)
    return frozenset(found)


def element_fields(rules: Iterable[CompiledRule]) -> Mapping[str, Sequence[tree.Field]]:
    """The fields of every event list that some rules know, as rows of a frame are read."""
    catalogues = {id(rule.metrics): rule.metrics for rule in rules}  # mostly one and the same
    return {
        spec.id: [
            tree.made(tree.Field, held.name, held.type, held.dims, held.scale, held.low, held.high)
            for held in spec.elements.values()
        ]
        for metrics in catalogues.values()
        for spec in metrics.values()
        if spec.type == "events"
    }


def _own(rule: CompiledRule, reading: Reading, paid: Sequence[Element] | None) -> Worth:
    """What a clause pays to somebody who qualifies; nothing if it is paid once and was."""
    low, high = (reading[end].value for end in amount_ends(rule))
    assert isinstance(low, Fraction)
    money = Money(fen(low), fen(high) if isinstance(high, Fraction) else None)
    benefit = rule.rule.benefit
    assert benefit is not None
    if benefit.once and any(element.get("clause") == rule.id for element in paid or ()):
        money = NONE
    return Worth(money, ((rule.id, money),), benefit.nature == "ceiling")


def _more(before: Money, after: Money) -> Money:
    """How much more one amount is than another, as far as it can be told."""
    if before.exact and after.exact:
        return Money(after.low - before.low, after.low - before.low)
    high = None if after.high is None else after.high - before.low
    grown = after.low >= before.low and (after.high is None or after.high >= (before.high or 0))
    low = 0 if before.high is None else after.low - before.high
    return Money(max(low, 0) if grown else low, high)


def _element(grant: Grant, on: date) -> Element:
    """The title as the list would have it, granted on a day."""
    until = None
    if grant.valid is not None:
        year = on.year + grant.valid.years
        same = on.replace(year=year, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=year)
        until = same - timedelta(days=1)
    return {
        "kind": grant.title,
        "level": grant.level,
        "cert_no": None,
        "valid_from": on,
        "valid_to": until or date.max,
    }


def _listed(row: Row) -> list[Element]:
    held = row.get(TITLES)
    return list(held) if isinstance(held, list) else []


def _shared(rule: CompiledRule) -> tuple[str, ...]:
    benefit = rule.rule.benefit
    if benefit is None:
        return ()
    return (f"matter:{benefit.matter}", *((f"group:{benefit.group}",) if benefit.group else ()))
