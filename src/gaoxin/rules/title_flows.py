"""How the number of holders of a title changed, firm by firm (称号存量与流量).

The identity is last + new − lapsed + re-recognised = now. A firm whose certificate ran out and that was
recognised again in the same span is in both `lapsed` and `re_recognised`. New (新增) is a flow of first
recognitions; net (净增) is the difference of two stocks; neither is ever read as the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from gaoxin.core.errors import RuleError
from gaoxin.core.intervals import Interval
from gaoxin.rules.titles import Title, TitleCount, TitleLedger


class Movement(StrEnum):
    """What happened to a firm between two days."""

    KEPT = "kept"
    NEW = "new"
    LAPSED = "lapsed"
    RENEWED = "renewed"
    REGAINED = "regained"
    PASSING = "passing"
    REGAINED_AND_LOST = "regained_and_lost"

    @property
    def zh(self) -> str:
        return _MOVEMENTS[self][0]

    @property
    def en(self) -> str:
        return _MOVEMENTS[self][1]


_MOVEMENTS = {
    Movement.KEPT: ("证书仍有效", "certificate still valid"),
    Movement.NEW: ("首次认定", "recognised for the first time"),
    Movement.LAPSED: ("到期未再认定", "ran out, not recognised again"),
    Movement.RENEWED: ("到期后重新认定", "ran out, recognised again"),
    Movement.REGAINED: ("曾有证书，重新认定", "had held it before, recognised again"),
    Movement.PASSING: ("首次认定后又失效", "recognised for the first time and lapsed again"),
    Movement.REGAINED_AND_LOST: ("重新认定后又失效", "recognised again and lapsed again"),
}
_NEW = {Movement.NEW, Movement.PASSING}
_LAPSED = {Movement.LAPSED, Movement.RENEWED, Movement.PASSING, Movement.REGAINED_AND_LOST}
_AGAIN = {Movement.RENEWED, Movement.REGAINED, Movement.REGAINED_AND_LOST}


@dataclass(frozen=True)
class StockFlow:
    """The stock of a title on two days and what lies between, firm by firm.

    `open`: firms of which the ledger cannot tell on one of the days; they are in no number.
    """

    kind: str
    start: date
    end: date
    firms: Mapping[str, Movement] = field(repr=False)
    last: int
    now: int
    open: frozenset[str] = field(repr=False)

    @property
    def new(self) -> int:
        return self._count(_NEW)

    @property
    def lapsed(self) -> int:
        return self._count(_LAPSED)

    @property
    def re_recognised(self) -> int:
        return self._count(_AGAIN)

    @property
    def net(self) -> TitleCount:
        """The net increase (净增): what the stock grew by."""
        return TitleCount(self.kind, None, "net", self.end, self.now - self.last, len(self.open))

    @property
    def newly(self) -> TitleCount:
        """The new recognitions (新增)."""
        return TitleCount(self.kind, None, "new", self.end, self.new, len(self.open))

    @property
    def holds(self) -> bool:
        """Whether last + new − lapsed + re-recognised = now."""
        return self.last + self.new - self.lapsed + self.re_recognised == self.now

    def moved(self, *movements: Movement) -> tuple[str, ...]:
        """The firms with one of some movements, sorted."""
        return tuple(sorted(subject for subject, made in self.firms.items() if made in movements))

    def _count(self, movements: Collection[Movement]) -> int:
        return sum(1 for made in self.firms.values() if made in movements)


@dataclass(frozen=True, slots=True)
class GapLine:
    """One firm that an official list and the ledger see differently, and why."""

    subject: str
    listed: bool
    zh: str
    en: str


def stock_flow(ledger: TitleLedger, kind: str, start: date, end: date) -> StockFlow:
    """The identity of a title from the close of `start` to the close of `end`, usually two 31 Decembers.

    Raises: RuleError for two days the wrong way round.
    """
    if start >= end:
        raise RuleError(
            f"起始日 {start} 应早于截止日 {end}。", f"the first day {start} is not before the last {end}"
        )
    first, final = ledger.holders(kind, start), ledger.holders(kind, end)
    unclear = ledger.open_firms(kind, start) | ledger.open_firms(kind, end)
    firms = {}
    for subject, held in ledger.of_kind(kind).items():
        made = (
            None if subject in unclear else _movement(held, first.get(subject), subject in final, start, end)
        )
        if made is not None:
            firms[subject] = made
    return StockFlow(
        kind, start, end, firms, len(first.keys() - unclear), len(final.keys() - unclear), unclear
    )


def year_flow(ledger: TitleLedger, kind: str, year: int) -> StockFlow:
    """The identity of one calendar year."""
    return stock_flow(ledger, kind, date(year - 1, 12, 31), date(year, 12, 31))


def explain_gap(ledger: TitleLedger, kind: str, on: date, listed: Collection[str]) -> tuple[GapLine, ...]:
    """Every firm on which an official list of holders and the ledger differ, with the reason."""
    holders, lines = ledger.holders(kind, on), []
    held = ledger.of_kind(kind)
    for subject in sorted(set(listed) - holders.keys()):
        lines.append(GapLine(subject, True, *_absence(ledger, subject, held.get(subject, ()), on)))
    for subject in sorted(holders.keys() - set(listed)):
        title = holders[subject]
        until = f"至 {title.last}" if title.last else "长期"
        lines.append(
            GapLine(
                subject,
                False,
                f"名单里没有，台账有效期自 {title.first} {until}",
                f"not on the list; valid from {title.first} to {title.last or 'no end'} in the ledger",
            )
        )
    return tuple(lines)


def lapsed_for_good(last: int, new: int, now: int) -> int:
    """Holders lost and not recognised again, from two stocks and the new ones: last + new − now.

    Raises: RuleError where the numbers leave a negative rest: not three numbers of one title and year.
    """
    rest = last + new - now
    if rest < 0:
        raise RuleError(
            f"上年 {last}、新增 {new}、现有 {now} 不能同时成立：新增不是净增，现有不会多于上年加新增。",
            f"{last} before, {new} new and {now} now cannot all hold: new is not net",
        )
    return rest


def whole_bases(now: int, growth: Interval) -> tuple[int, ...]:
    """The whole numbers from which growth as printed leads to `now` (上年基数).

    `growth`: everything the printed rate stands for, 8.3 % → [8.25 %, 8.35 %). None fits: an empty tuple.
    Raises: RuleError for a growth without both ends above −100 %.
    """
    low, high = growth.lo, growth.hi
    if low is None or high is None or low <= -1:
        raise RuleError("增速没有上下限，推不出基数。", "a growth without two ends above −100 % has no base")
    around = range(floor(now / (1 + high)), ceil(now / (1 + low)) + 1)
    return tuple(
        base for base in around if base > 0 and growth.intersects(Interval.exact(Fraction(now - base, base)))
    )


def _movement(
    held: Sequence[Title], before: Title | None, holds: bool, start: date, end: date
) -> Movement | None:
    if before is not None:
        if before.end >= end:
            return Movement.KEPT
        return Movement.RENEWED if holds else Movement.LAPSED
    earlier = any(title.end <= start for title in held)
    if holds:
        return Movement.REGAINED if earlier else Movement.NEW
    between = any(title.first is not None and start < title.first <= end for title in held)
    if not between:
        return None
    return Movement.REGAINED_AND_LOST if earlier else Movement.PASSING


def _absence(ledger: TitleLedger, subject: str, held: Sequence[Title], on: date) -> tuple[str, str]:
    """Why the ledger does not count a firm."""
    if subject not in ledger.subjects:
        return "台账里没有这家企业", "the ledger does not know this firm"
    if subject in ledger.unknown:
        return "没有登记称号清单", "its list of titles is missing"
    if any(title.valid_on(on) is None for title in held):
        return "证书没有起始日期", "its certificate has no first day"
    past = [title for title in held if title.end < on]
    if past:
        return f"证书已于 {past[-1].last} 到期", f"its certificate ran out on {past[-1].last}"
    later = [title for title in held if title.first is not None and title.first > on]
    if later:
        return f"证书自 {later[0].first} 起有效", f"its certificate is valid from {later[0].first}"
    return "台账里没有这个称号", "the ledger has no such title of it"
