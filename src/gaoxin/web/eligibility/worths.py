"""What a pass is worth to the firms of a board, in words (通过可得).

A title is priced by the clauses in force for the zone that ask for it, a clause by itself; what no clause
prices is said to have no price. What rests on a figure the reader may not read is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from gaoxin.compute.reference import Row
from gaoxin.compute.tree import Leaf
from gaoxin.core.quantities import format_number, round_half_up
from gaoxin.packs.schemas.rule import Rule
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.routes import Path
from gaoxin.rules.settling import NONE
from gaoxin.rules.worth import Pricing
from gaoxin.rules.worth import Worth as Told
from gaoxin.web.eligibility.boards import Board, Firm
from gaoxin.web.eligibility.judged import Judged
from gaoxin.web.eligibility.ways import known_path
from gaoxin.web.eligibility.zone_rules import compiler
from gaoxin.web.ledger import catalogue
from gaoxin.web.pages.scope import language

_WAN = 10_000 * 100  # fen


@dataclass(frozen=True, slots=True)
class Worth:
    """`low`, `high` in 万元; `high` None has no bound. `priced` False: nothing states money for it.
    `clauses`: which pay it; `hidden`: the reader may not read a figure it rests on.
    """

    priced: bool = True
    hidden: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    ceiling: bool = False
    clauses: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The amount in 万元 as a cell says it: 30, 0–90, 30 以上."""
        if not self.priced:
            return _("未定价")
        if self.hidden:
            return _("按岗位不显示")
        if self.low is None:
            return ""
        low = _number(self.low)
        if self.high is None:
            return _("%s 以上") % low
        if self.low != self.high:
            return f"{low}–{_number(self.high)}"
        return _("最高 %s") % low if self.ceiling and self.low else low


UNPRICED = Worth(priced=False)


@lru_cache(maxsize=32)
def pricing(zone: str, on: date, *, practice: bool) -> Pricing:
    """The clauses that price passes in a zone on a day."""
    held = compiler(zone, on, practice=practice)
    named = [rule.id for rule in held.book.in_force(on) if _pays(rule)]
    return Pricing.of(on, (held.compiled(name) for name in named))


def _pays(rule: Rule) -> bool:
    return rule.category == "clause" and rule.status != "draft"


def pricing_of(board: Board) -> Pricing:
    held = board.residents
    return pricing(held.zone, held.on, practice=held.practice)


def worths(board: Board, firms: Iterable[Firm], readable: frozenset[str]) -> Mapping[str, Worth]:
    """What a pass is worth to each firm. `readable`: the sensitivities the reader may read."""
    priced = pricing_of(board)
    if not priced.prices(board.compiled):
        return {firm.subject: UNPRICED for firm in firms}
    return {firm.subject: _of(board, priced, firm, readable) for firm in firms}


def worth_of(held: Judged) -> Worth:
    """What a pass is worth to one enterprise, on what is known of it."""
    known, rule = held.known, held.compiled
    priced = pricing(held.zone, known.on, practice=known.subject.synthetic)
    if not priced.prices(rule):
        return UNPRICED
    if any(leaf.column in known.hidden for leaf in priced.rests_on(rule)):
        return Worth(hidden=True)
    told = priced.worth(rule, known.row.row)
    return UNPRICED if told is None else _words(rule, told)


def _of(board: Board, priced: Pricing, firm: Firm, readable: frozenset[str]) -> Worth:
    row = board.residents.row(firm.subject, (board.compiled, *priced.clauses), priced.leaves(board.compiled))
    if any(_kept_back(leaf, row, readable) for leaf in priced.rests_on(board.compiled)):
        return Worth(hidden=True)
    path = known_path(board, firm)
    told = priced.worth(board.compiled, row, after=path.after.reading if isinstance(path, Path) else None)
    return UNPRICED if told is None else _words(board.compiled, told)


def _kept_back(leaf: Leaf, row: Row, readable: frozenset[str]) -> bool:
    known = row.get(leaf.column) is not None
    return known and catalogue.metric(leaf.metric).sensitivity not in readable


def _words(rule: CompiledRule, told: Told) -> Worth:
    rules = catalogue.library().rules
    named = (name for name, _gain in told.gains if name != rule.id)
    return Worth(
        low=_wan(told.money.low),
        high=None if told.money.high is None else _wan(told.money.high),
        ceiling=told.ceiling and told.money != NONE,
        clauses=tuple(rules[name].en if language() == "en" else rules[name].short for name in named),
    )


def _wan(fen: int) -> Decimal:
    return round_half_up(Fraction(fen, _WAN), 2)


def _number(wan: Decimal) -> str:
    return format_number(wan if wan % 1 else int(wan), None, language())
