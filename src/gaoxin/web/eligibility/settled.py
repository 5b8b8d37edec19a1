"""The clauses of a zone settled for one enterprise: what each pays, what counts, and why (兑现测算).

The reckoning is that of `gaoxin.rules.settling`: of one matter the highest counts, of a pick-one group one
clause, what was had before is not had again. Here it is put into lines. Deductions are no money paid and are
not in it; the policies of other places take part in practice zones alone, where they apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gaoxin.rules.payslips import LEVELS, money, reasons
from gaoxin.rules.settling import NONE, Settlement, settle
from gaoxin.rules.settling import Line as Clause
from gaoxin.web.eligibility.judged import Judged
from gaoxin.web.eligibility.known import Known
from gaoxin.web.eligibility.titles_held import PAID
from gaoxin.web.ledger import catalogue

_FATES = ("counted", "undecided", "no_double", "not_chosen", "used_up", "had_before")


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause. `counted`: what it adds to the sum, in words; empty where it adds nothing."""

    id: str
    name: str
    level: str
    example: bool
    counted: str
    reasons: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """`total` in words; `lines`: the clauses that pay or would; `failing`: how many do not; `ceiling`: part
    of the sum is an upper limit; `hidden`: it rests on figures the reader may not read.
    """

    settlement: Settlement = field(repr=False)
    total: str
    lines: tuple[ClauseLine, ...]
    failing: int
    ceiling: bool
    hidden: bool
    unknown_paid: bool

    @property
    def clauses(self) -> int:
        """How many clauses were looked at."""
        return len(self.settlement.lines)

    def line_of(self, rule: str) -> Clause:
        """One clause as it came out."""
        return self.settlement[rule]


def settled(judged: Sequence[Judged], known: Known) -> Settled:
    """Settle every clause that was judged for an enterprise."""
    clauses = [held for held in judged if held.compiled.rule.category == "clause" and held.compiled.amount]
    told = known.row.row.get(PAID)
    paid = list(told) if isinstance(told, list) else None
    made = settle([held.judgement for held in clauses], known.on, paid)
    by_id = {held.id: held for held in clauses}
    shown = sorted(
        (line for line in made.lines if line.fate != "not_met"), key=lambda line: _FATES.index(line.fate)
    )
    lang = clauses[0].lang if clauses else "zh"
    lines = tuple(_line(line, by_id[line.rule], known) for line in shown)
    hidden = any(one.hidden for one in lines) or (bool(made.lines) and PAID in known.hidden)
    return Settled(
        settlement=made,
        total=_("按岗位不显示") if hidden else money(made.total, lang, ceiling=made.ceiling),
        lines=lines,
        failing=len(made.lines) - len(shown),
        ceiling=made.ceiling,
        hidden=hidden,
        unknown_paid=paid is None,
    )


def _line(line: Clause, held: Judged, known: Known) -> ClauseLine:
    hidden = held.hides_amount or PAID in known.hidden
    level_zh, level_en = LEVELS[line.benefit.level]
    counted = ""
    if not hidden and line.counted != NONE:
        counted = money(line.counted, held.lang, ceiling=line.benefit.nature == "ceiling")
    return ClauseLine(
        id=held.id,
        name=held.name,
        level=level_en if held.lang == "en" else level_zh,
        example=held.example,
        counted=counted,
        reasons=(_("按岗位不显示"),) if hidden else reasons(line, held.lang, catalogue.library().metrics),
        hidden=hidden,
    )
