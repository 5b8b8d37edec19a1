"""Eligible and not enjoying, enjoying and no longer eligible (应享未享、享而不符).

For a title the certificate is what is enjoyed, for a clause the payment of the year. Both lists come from the
same verdicts as every board. Whoever's certificates or payments are not known is on neither list and is
counted: missing is not none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from gaoxin.rules.titles import Title, TitleLedger
from gaoxin.web.eligibility.boards import Board, Firm, board
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.outdated import rules_left
from gaoxin.web.eligibility.residents import Residents, residents

UNUSED, UNFIT = "unused", "unfit"
_TITLES, _PAID = "titles", "benefits_paid"


@dataclass(frozen=True, slots=True)
class Enjoyed:
    """What a firm has of a rule: a certificate, or an amount paid in the year, in fen."""

    title: Title | None = None
    paid: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One firm on one list."""

    rule: str
    firm: Firm
    enjoyed: Enjoyed | None
    amount: Fraction | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Both lists of one rule. `unknown`: qualify, and nobody knows whether they enjoy it; `open`: enjoy it,
    and the verdict is open.
    """

    rule: str
    kind: str
    unused: tuple[Finding, ...]
    unfit: tuple[Finding, ...]
    unknown: int
    open: int
    enjoying: int

    def of(self, which: str) -> tuple[Finding, ...]:
        return self.unused if which == UNUSED else self.unfit


def compared(run: Run, rule: str) -> Compared | None:
    """Both lists of a rule; None for one that gives neither a title nor money."""
    return _compared(residents(run), rule)


def compared_all(run: Run) -> list[Compared]:
    """Both lists of every rule that gives something, in the order of the evaluation."""
    held = residents(run)
    return [found for rule in rules_left(run) if (found := _compared(held, rule)) is not None]


_kept: dict[tuple[object, ...], Compared | None] = {}
_MOST_KEPT = 200


def _compared(held: Residents, rule: str) -> Compared | None:
    key = (*held.key, rule)
    if key not in _kept:
        made = _compare(held, board(held, rule))
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = made
    return _kept[key]


def _compare(held: Residents, found: Board) -> Compared | None:
    spec = found.compiled.rule
    if spec.grants is not None:
        kind, enjoyed, unknown = (
            "title",
            *_certificates(ledger(held), spec.grants.title, spec.grants.level, held.on),
        )
    elif spec.benefit is not None and spec.category == "clause":
        kind, enjoyed, unknown = "clause", *_payments(held, spec.id)
    else:
        return None
    amounts = _amounts(found)
    unused = [
        Finding(spec.id, firm, None, amounts.get(firm.subject))
        for firm in found.firms
        if firm.group == "pass"
        and firm.subject not in enjoyed
        and firm.subject not in unknown
        and amounts.get(firm.subject, 1) != 0
    ]
    unfit = [
        Finding(spec.id, firm, enjoyed[firm.subject], None)
        for firm in found.firms
        if firm.group not in ("pass", "open") and firm.subject in enjoyed
    ]
    return Compared(
        rule=spec.id,
        kind=kind,
        unused=tuple(unused),
        unfit=tuple(unfit),
        unknown=sum(1 for firm in found.firms if firm.group == "pass" and firm.subject in unknown),
        open=sum(1 for firm in found.firms if firm.group == "open" and firm.subject in enjoyed),
        enjoying=len(enjoyed),
    )


def _certificates(
    titles: TitleLedger, kind: str, level: str | None, on: date
) -> tuple[Mapping[str, Enjoyed], frozenset[str]]:
    """Who holds a title on the day, and of whom it is not known."""
    holders = titles.holders(kind, on, level)
    unknown = titles.open_firms(kind, on, level) - holders.keys()
    return {subject: Enjoyed(title) for subject, title in holders.items()}, frozenset(unknown)


def _payments(held: Residents, clause: str) -> tuple[Mapping[str, Enjoyed], frozenset[str]]:
    """Who was paid under a clause in the year of the day, and of whom nothing is known."""
    if _PAID not in held.frame.columns:
        return {}, frozenset(held.pks)
    paid: dict[str, Enjoyed] = {}
    unknown = set()
    for subject, events in held.frame.select("subject", _PAID).iter_rows():
        if events is None:
            unknown.add(subject)
            continue
        amounts = [
            one["amount"] or 0 for one in events if one["clause"] == clause and one["year"] == held.on.year
        ]
        if amounts:
            paid[subject] = Enjoyed(paid=sum(amounts))
    return paid, frozenset(unknown)


def _amounts(found: Board) -> Mapping[str, Fraction]:
    """What each firm that qualifies would be paid, in 元; empty for a rule that pays nothing."""
    if "amount" not in found.frame.columns:
        return {}
    told = found.frame.select("subject", "amount").drop_nulls()
    return {subject: Fraction(fen, 100) for subject, fen in told.iter_rows()}


@lru_cache(maxsize=6)
def ledger(held: Residents) -> TitleLedger:
    """The title ledger of a zone as its facts were frozen."""
    if _TITLES not in held.frame.columns:
        return TitleLedger.of(dict.fromkeys(held.pks))
    return TitleLedger.of_frame(held.frame)
