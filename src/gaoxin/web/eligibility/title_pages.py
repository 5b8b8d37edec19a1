"""The title ledger as a page: each title by itself, expiries, how a year changed the stock, what will lapse
(称号台账).

Counts of different titles, levels or measures are never added; the page prints each with its level and day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gaoxin.rules.attrition import Attrition, attrition
from gaoxin.rules.title_flows import Movement, StockFlow, year_flow
from gaoxin.rules.titles import ExpiryMonth, Title, TitleCount, TitleLedger
from gaoxin.web.eligibility.choices import title_word
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.outlook import Outlook
from gaoxin.web.pages.scope import language

YEARS = 5
_BASE, _TOP = 150, 22


@dataclass(frozen=True, slots=True)
class KindLine:
    """One title: how many firms hold it, by level where levels are known."""

    kind: str
    name: str
    count: TitleCount
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of the calendar. `x`, `width` in percent, the rest in pixels; `left`: not renewed yet."""

    label: str
    key: str
    count: int
    left: int
    x: float
    width: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Mover:
    """One firm of the identity of a year."""

    subject: str
    word: str


def kinds(titles: TitleLedger, on: date) -> list[KindLine]:
    """Every title somebody held, each with its own number."""
    lines = []
    for kind in titles.kinds:
        holders = titles.holders(kind, on)
        levels = Counter(title.level or "" for title in holders.values())
        told = tuple((level_name(level), count) for level, count in sorted(levels.items()))
        lines.append(KindLine(kind, kind_name(kind), titles.count(kind, on), told))
    return sorted(lines, key=lambda line: (-line.count.firms, line.kind))


def kind_name(kind: str) -> str:
    return title_word("kind", kind)


def level_name(level: str) -> str:
    return title_word("level", level) if level else _("级别未登记")


def calendar(titles: TitleLedger, kind: str, on: date) -> tuple[list[MonthBar], tuple[ExpiryMonth, ...]]:
    """The expiries of this month and the eleven after it."""
    first = on.replace(day=1)
    number = first.year * 12 + first.month - 1 + 12
    last = date.fromordinal(date(number // 12, number % 12 + 1, 1).toordinal() - 1)
    months = titles.expiry_calendar(kind, first, last)
    most = max((len(month.expiries) for month in months), default=0) or 1
    width = 100 / max(1, len(months))
    bars = []
    for at, month in enumerate(months):
        tall = (_BASE - _TOP) * len(month.expiries) / most
        bars.append(
            MonthBar(
                label=_("%d 月") % month.month,
                key=f"{month.year}-{month.month:02d}",
                count=len(month.expiries),
                left=len(month.running_out),
                x=round(at * width + width * 0.1, 3),
                width=round(width * 0.8, 3),
                top=_BASE - tall,
                height=tall,
            )
        )
    return bars, months


def flows(titles: TitleLedger, kind: str, on: date) -> list[tuple[int, StockFlow]]:
    """The identity of the last years, the newest in front; the running year up to the day is not closed."""
    return [(year, year_flow(titles, kind, year)) for year in range(on.year - 1, on.year - 1 - YEARS, -1)]


def movers(flow: StockFlow) -> list[Mover]:
    """The firms behind the numbers of a year, those that stayed left out."""
    lang = language()
    return [
        Mover(subject, made.en if lang == "en" else made.zh)
        for subject, made in sorted(flow.firms.items(), key=lambda item: (item[1], item[0]))
        if made is not Movement.KEPT
    ]


def forecast(run: Run, titles: TitleLedger, kind: str, told: Mapping[str, Outlook]) -> Attrition:
    """What runs out in twelve months, and whether its firms would be granted it again today."""
    return attrition(titles, kind, run.on, {subject: one.verdict for subject, one in told.items()})


def holders(
    titles: TitleLedger, kind: str, on: date, month: str, q: frozenset[str] | None
) -> Sequence[Title]:
    """Who holds a title on the day, the soonest to end in front; or what runs out in a month."""
    if month:
        _bars, months = calendar(titles, kind, on)
        found = [
            each.title for one in months if f"{one.year}-{one.month:02d}" == month for each in one.expiries
        ]
    else:
        found = sorted(titles.holders(kind, on).values(), key=lambda title: (title.end, title.subject))
    return [title for title in found if q is None or title.subject in q]
