"""The money of several clauses for one enterprise, line by line (兑现测算).

1. Each clause: what it computes, its ceiling, what is left of its yearly cap, whether it was had before.
2. Between clauses: of one matter (事项) the highest counts over all levels (就高不重复), of a pick-one group
   one clause; chosen is what comes to most.
3. The sum is an interval while something is open: an end that is None has no bound.

What was paid before is an input; where it is not known, the ends say so. Nothing here knows a clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import polars as pl

from gaoxin.compute import tree
from gaoxin.compute.reference import Element
from gaoxin.core.quantities import round_half_up
from gaoxin.packs.schemas.exact import in_base_units
from gaoxin.rules.budgets import split
from gaoxin.rules.envelopes import paid_ends
from gaoxin.rules.rivals import Rival, most

if TYPE_CHECKING:
    from gaoxin.facts.runcards import RunCard
    from gaoxin.packs.schemas.rule_benefit import Benefit
    from gaoxin.rules.judging import Judgement

Fate = Literal["counted", "not_met", "had_before", "used_up", "no_double", "not_chosen", "undecided"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole fen, or as far as it can be told. `high` None: no bound."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def __add__(self, other: Money) -> Money:
        both = None if self.high is None or other.high is None else self.high + other.high
        return Money(self.low + other.low, both)

    def at_most(self, cap: Money) -> Money:
        """Within a cap that may itself be open."""
        highs = [end for end in (self.high, cap.high) if end is not None]
        return Money(min(self.low, cap.low), min(highs) if highs else None)


NONE = Money(0, 0)


@dataclass(frozen=True, slots=True)
class Payment:
    """One stage. `zh`, `en`: when it is paid."""

    zh: str
    en: str
    share: Fraction
    amount: Money


@dataclass(frozen=True)
class Line:
    """One clause for one enterprise.

    `before_cap`: what the formula gives before its ceiling `cap`, in 元, where both can be told.
    `computed`: what the clause gives by itself; `left`: what is left of its yearly cap; `claim`: what it can
    still pay by itself; `counted`: what it adds to the sum. `against`: the clauses it gives way to.
    `late`: the last day to apply has passed; a flag. `clawback`: None where that cannot be told or asked.
    """

    judgement: Judgement
    fate: Fate
    computed: Money
    claim: Money
    counted: Money
    before_cap: Fraction | None = None
    cap: Fraction | None = None
    left: Money | None = None
    against: tuple[str, ...] = ()
    stages: tuple[Payment, ...] = ()
    late: bool = False
    clawback: bool | None = None
    paid_for_matter: Fraction = Fraction(0)

    @property
    def rule(self) -> str:
        return self.judgement.rule

    @property
    def missing(self) -> tuple[str, ...]:
        """The metrics that keep the verdict or the amount open, sorted."""
        amount = self.judgement.compiled.amount
        assert amount is not None
        opened = frozenset() if self.computed.exact else self.judgement.reading[amount.node].open
        return tuple(sorted({*self.judgement.missing, *opened}))

    @property
    def benefit(self) -> Benefit:
        held = self.judgement.compiled.rule.benefit
        assert held is not None
        return held


@dataclass(frozen=True)
class Settlement:
    """What an enterprise can have of some clauses on a day. Immutable.

    `total`: the sum of what is counted; its ends hold whatever the missing figures are.
    """

    on: date
    lines: tuple[Line, ...]
    total: Money
    card: RunCard | None = field(default=None, compare=False)

    def __getitem__(self, rule: str) -> Line:
        return next(line for line in self.lines if line.rule == rule)

    @property
    def ceiling(self) -> bool:
        """Is part of the sum an upper limit that the zone may go below (最高)?"""
        return any(line.counted != NONE and line.benefit.nature == "ceiling" for line in self.lines)

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The parameters and conditions behind it that were not compared with the original."""
        return tuple(sorted({name for line in self.lines for name in line.judgement.unconfirmed}))

    def df(self) -> pl.DataFrame:
        """One row per clause; money in 元, an end without bound is missing."""
        rows = [
            {
                "rule": line.rule,
                "verdict": str(line.judgement.verdict),
                "fate": line.fate,
                "nature": line.benefit.nature,
                "level": line.benefit.level,
                "matter": line.benefit.matter,
                "group": line.benefit.group,
                **{
                    f"{name}_{end}": None if fen is None else yuan(fen)
                    for name in ("computed", "claim", "counted")
                    for end, fen in zip(("low", "high"), _pair(getattr(line, name)), strict=True)
                },
                "against": list(line.against),
                "late": line.late,
                "unconfirmed": list(line.judgement.unconfirmed),
            }
            for line in self.lines
        ]
        money = {
            f"{name}_{end}": pl.Decimal(38, 2)
            for name in ("computed", "claim", "counted")
            for end in ("low", "high")
        }
        return pl.DataFrame(rows, schema_overrides={**money, "against": pl.List(pl.String)})


def settle(judgements: Iterable[Judgement], on: date, paid: Sequence[Element] | None = None) -> Settlement:
    """Work out what an enterprise can have of the clauses it was judged under.

    `paid`: what it was paid before: elements of the metric benefits_paid (clause, matter, level, year,
    amount in 元); None where that is not known, which is not nothing: what depends on it stays open.
    Rounding: half up to the fen, once per clause. A rule that pays nothing has no line.
    """
    drafts = [_alone(held, on, paid) for held in judgements if held.compiled.amount is not None]
    rivals = [
        Rival(at, line.claim.low, line.claim.high, _constraints(line))
        for at, line in enumerate(drafts)
        if line.fate == "counted"
    ]
    chosen = most(rivals)
    lines = []
    for at, line in enumerate(drafts):
        if line.fate != "counted":
            lines.append(line)
            continue
        against = tuple(sorted(drafts[other].rule for other in chosen.against.get(at, ())))
        lines.append(_placed(line, at in chosen.taken, at in chosen.certain, against, drafts))
    return Settlement(on, tuple(lines), Money(chosen.low, chosen.high))


def _alone(judgement: Judgement, on: date, paid: Sequence[Element] | None) -> Line:
    """A clause by itself, before other clauses are looked at."""
    compiled, reading = judgement.compiled, judgement.reading
    benefit = compiled.rule.benefit
    assert benefit is not None
    low, high = (reading[end].value for end in paid_ends(compiled))
    assert isinstance(low, Fraction)
    computed = Money(fen(low), fen(high) if isinstance(high, Fraction) else None)
    before, cap = _uncapped(judgement)
    claim: Money = computed
    left: Money | None = None
    fate: Fate = "counted"
    if compiled.yearly_cap is not None:
        whole = reading[compiled.yearly_cap.node].value
        if isinstance(whole, Fraction):
            left = _left(fen(whole), _paid(paid, compiled.id, on.year))
            claim = claim.at_most(left)
            fate = "used_up" if left == NONE else fate
    if benefit.once:
        had = _paid(paid, compiled.id)
        if had is None:
            claim = Money(0, claim.high)
        elif had > 0 or any(element.get("clause") == compiled.id for element in paid or ()):
            claim, fate = NONE, "had_before"
    if computed == NONE:
        fate = "not_met"
    return Line(
        judgement,
        fate,
        computed,
        claim if fate == "counted" else NONE,
        NONE,
        before,
        cap,
        left,
        late=benefit.deadline is not None and on > benefit.deadline,
        clawback=_clawback(judgement),
        paid_for_matter=_paid_for_matter(paid, compiled.id, benefit.matter, on.year),
    )


def _placed(line: Line, taken: bool, certain: bool, against: tuple[str, ...], lines: Sequence[Line]) -> Line:
    """A clause among the others: counted, or giving way to what comes to more."""
    if taken:
        shares = [in_base_units(stage.share) for stage in line.benefit.stages]
        return replace(
            line,
            fate="counted" if certain else "undecided",
            counted=line.claim,
            against=against,
            stages=_stages(line, shares),
        )
    matters = {other.benefit.matter for other in lines if other.rule in against}
    fate: Fate = "no_double" if line.benefit.matter in matters else "not_chosen"
    return replace(line, fate=fate if certain else "undecided", counted=NONE, against=against)


def _stages(line: Line, shares: Sequence[Fraction]) -> tuple[Payment, ...]:
    low = split(line.claim.low, shares)
    high = split(line.claim.high, shares) if line.claim.high is not None else [None] * len(shares)
    return tuple(
        Payment(stage.zh, stage.en or stage.zh, share, Money(least, highest))
        for stage, share, least, highest in zip(line.benefit.stages, shares, low, high, strict=True)
    )


def _constraints(line: Line) -> frozenset[str]:
    """What a clause may be had only once of: its matter and its pick-one group."""
    found = {f"matter:{line.benefit.matter}"}
    return frozenset(found | {f"group:{line.benefit.group}"} if line.benefit.group else found)


def _uncapped(judgement: Judgement) -> tuple[Fraction | None, Fraction | None]:
    """What the formula gives before its ceiling, and the ceiling: of an amount written min(…, $cap)."""
    compiled = judgement.compiled
    node = compiled.amount.node if compiled.amount is not None else None
    if not isinstance(node, tree.Extreme) or node.op != "min":
        return None, None
    caps = [part.value for part in node.parts if isinstance(part, tree.Constant)]
    rest = [judgement.reading[part].value for part in node.parts if not isinstance(part, tree.Constant)]
    known = [value for value in rest if isinstance(value, Fraction)]
    before = min(known) if known and len(known) == len(rest) else None
    return before, min(caps, default=None)


def _left(cap: int, paid: Fraction | None) -> Money:
    if paid is None:
        return Money(0, cap)
    rest = max(cap - fen(paid), 0)
    return Money(rest, rest)


def _paid(paid: Sequence[Element] | None, clause: str, year: int | None = None) -> Fraction | None:
    """What was paid under a clause, in a year or ever; None if that cannot be told."""
    if paid is None:
        return None
    total = Fraction(0)
    for element in paid:
        if element.get("clause") not in (clause, None):
            continue
        when, amount = element.get("year"), element.get("amount")
        if year is not None and when is not None and when != year:
            continue
        if element.get("clause") is None or not isinstance(amount, Fraction) or (year and when is None):
            return None
        total += amount
    return total


def _paid_for_matter(paid: Sequence[Element] | None, clause: str, matter: str, year: int) -> Fraction:
    """What other clauses paid for the same matter this year: somebody has to look whether it is the same."""
    held = [
        element.get("amount")
        for element in paid or ()
        if element.get("matter") == matter and element.get("clause") != clause and element.get("year") == year
    ]
    return sum((amount for amount in held if isinstance(amount, Fraction)), Fraction(0))


def _clawback(judgement: Judgement) -> bool | None:
    built = judgement.compiled.clawback
    value = judgement.reading[built.node].value if built is not None else None
    return value if isinstance(value, bool) else None


def fen(yuan: Fraction) -> int:
    """元 as whole fen, half up."""
    return int(round_half_up(yuan, 2) * 100)


def yuan(fen: int) -> Decimal:
    """Whole fen in 元, as a decimal with two places."""
    return round_half_up(Fraction(fen, 100), 2)


def _pair(money: Money) -> tuple[int, int | None]:
    return money.low, money.high
