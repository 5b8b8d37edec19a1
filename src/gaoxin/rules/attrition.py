"""Whose title runs out in the next months, and how many new ones a target needs (到期预测).

A certificate that runs out is renewed if its firm still qualifies: the verdict of the rule of the title on
today's facts says so. What is open is open: the forecast is an interval, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from gaoxin.core.errors import RuleError
from gaoxin.rules.titles import Title, TitleLedger
from gaoxin.rules.verdicts import Verdict

_LASTING = 12


@dataclass(frozen=True, slots=True)
class Expiring:
    """A firm whose title runs out. `verdict`: of the rule today, None where it was not asked."""

    title: Title
    verdict: Verdict | None

    @property
    def is_open(self) -> bool:
        return self.verdict not in (Verdict.PASS, Verdict.FAIL)


@dataclass(frozen=True)
class Attrition:
    """The titles that run out after `on`, up to and including `until`, and are not renewed yet.

    `holding`: firms that hold it on `on`.
    """

    kind: str
    on: date
    until: date
    holding: int
    expiring: tuple[Expiring, ...] = field(repr=False)

    @property
    def passing(self) -> int:
        """Would pass today."""
        return sum(1 for each in self.expiring if each.verdict is Verdict.PASS)

    @property
    def failing(self) -> int:
        """Would fail today."""
        return sum(1 for each in self.expiring if each.verdict is Verdict.FAIL)

    @property
    def open(self) -> int:
        """Not known yet: data or an expert is missing."""
        return sum(1 for each in self.expiring if each.is_open)

    @property
    def lapsing(self) -> tuple[int, int]:
        """How many will not be renewed: [who fails, who fails or is open]."""
        return self.failing, self.failing + self.open

    def required_new(self, net: int) -> tuple[int, int]:
        """New recognitions (新增) for a net increase (净增): the net plus what lapses, [low, high]."""
        low, high = self.lapsing
        return required_new(net, low), required_new(net, high)


def attrition(
    ledger: TitleLedger, kind: str, on: date, verdicts: Mapping[str, Verdict], months: int = _LASTING
) -> Attrition:
    """The forecast for the months after a day.

    `verdicts`: of the rule behind the title, on the facts of that day, by firm; a firm that is not there is
    open.
    Raises: RuleError for a span without months.
    """
    if months < 1:
        raise RuleError("预测至少一个月。", "a forecast spans one month or more", months=months)
    until = _later(on, months)
    holders = ledger.holders(kind, on)
    ahead = {
        subject
        for subject, held in ledger.of_kind(kind).items()
        if any(title.first is not None and title.first > on and title.end > until for title in held)
    }
    expiring = [
        Expiring(title, verdicts.get(subject))
        for subject, title in holders.items()
        if title.end <= until and subject not in ahead
    ]
    expiring.sort(key=lambda each: (each.title.end, each.title.subject))
    return Attrition(kind, on, until, len(holders), tuple(expiring))


def required_new(net: int, lapsing: int) -> int:
    """New recognitions that leave a net increase after some lapse; none where nothing needs to be made up."""
    return max(0, net + lapsing)


def _later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is none."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(following - timedelta(days=1), date(year, month, 1) + timedelta(days=day.day - 1))
