"""Who holds which title, on which day, and when it runs out (资质称号台账).

A title is an element of the list metric `titles`. Firms are counted, never certificates; counts of different
titles, levels or measures are never added, because one firm may stand in all of them: `TitleCount` refuses
it, `TitleLedger.any_of` counts the firms instead. How a year changed the stock is in `title_flows`, who will
lapse next year in `attrition`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from gaoxin.core.errors import RuleError

if TYPE_CHECKING:
    import polars as pl

Measure = Literal["stock", "new", "net"]
MEASURES = {
    "stock": ("有效户数", "firms holding it"),
    "new": ("新增认定", "newly recognised"),
    "net": ("净增", "net increase"),
}
_LATE = date.max


@dataclass(frozen=True, slots=True)
class Title:
    """One certificate of one firm; both days are included, no last day means no end."""

    subject: str
    kind: str
    level: str | None = None
    cert_no: str | None = None
    first: date | None = None
    last: date | None = None

    def valid_on(self, day: date) -> bool | None:
        """Missing: None while the first day is not known and the last does not rule it out."""
        if self.last is not None and self.last < day:
            return False
        return None if self.first is None else self.first <= day

    @property
    def end(self) -> date:
        """The last day, or the end of time."""
        return self.last or _LATE


@dataclass(frozen=True, slots=True)
class TitleCount:
    """A number of firms with its title, level, measure and day (口径).

    `open`: firms of which it is not known. `level` None counts the title at any level, each firm once.
    Raises: RuleError when it is added to a count of something else.
    """

    kind: str
    level: str | None
    measure: Measure
    on: date
    firms: int
    open: int = 0

    def __add__(self, other: TitleCount) -> TitleCount:
        """The same count of another zone, the same day; anything else is refused."""
        mine, theirs = self._scope, other._scope
        if mine != theirs:
            raise RuleError(
                f"不能把“{self._told(0)}”和“{other._told(0)}”相加：同一家企业可以有几个称号，"
                "级别、新增和净增也不是一回事。要数企业，请按企业去重。",
                f"{self._told(1)} and {other._told(1)} may not be added: one firm may hold several titles, "
                "and levels, new and net are different things; count the firms instead",
            )
        return TitleCount(*mine, self.firms + other.firms, self.open + other.open)

    @property
    def _scope(self) -> tuple[str, str | None, Measure, date]:
        return self.kind, self.level, self.measure, self.on

    def _told(self, lang: int) -> str:
        parts = (self.kind, self.level or "", MEASURES[self.measure][lang], self.on.isoformat())
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Expiry:
    """One title that runs out in a month. `renewed`: its firm has a later certificate of it."""

    title: Title
    renewed: bool


@dataclass(frozen=True, slots=True)
class ExpiryMonth:
    """What runs out in one month, in the order of the days."""

    year: int
    month: int
    expiries: tuple[Expiry, ...]

    @property
    def running_out(self) -> tuple[Expiry, ...]:
        """Those not renewed yet."""
        return tuple(each for each in self.expiries if not each.renewed)


@dataclass(frozen=True)
class TitleLedger:
    """The titles of a population.

    `subjects`: everybody asked; `unknown`: whose list is missing, which is not the same as holding none.
    """

    titles: tuple[Title, ...] = field(repr=False)
    subjects: frozenset[str] = field(repr=False)
    unknown: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[Mapping[str, Any]] | None]) -> TitleLedger:
        """From the list of each firm, as `facts.event_lists` reads it; None = missing, empty = holds none."""
        titles = tuple(
            Title(
                subject,
                element["kind"],
                element.get("level"),
                element.get("cert_no"),
                element.get("valid_from"),
                element.get("valid_to"),
            )
            for subject, elements in lists.items()
            for element in elements or ()
            if element.get("kind")
        )
        missing = frozenset(subject for subject, elements in lists.items() if elements is None)
        return cls(titles, frozenset(lists), missing)

    @classmethod
    def of_frame(cls, frame: pl.DataFrame) -> TitleLedger:
        """From a population frame with the columns `subject` and `titles`."""
        return cls.of(dict(frame.select("subject", "titles").iter_rows()))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Every title somebody held at some time, sorted."""
        return tuple(sorted({title.kind for title in self.titles}))

    def of_kind(self, kind: str, level: str | None = None) -> Mapping[str, tuple[Title, ...]]:
        """The certificates of a title by firm, the one that ends first in front."""
        found: dict[str, list[Title]] = {}
        for title in self._by_kind.get(kind, ()):
            if level is None or title.level == level:
                found.setdefault(title.subject, []).append(title)
        return {
            subject: tuple(sorted(held, key=lambda title: (title.end, title.first or date.min)))
            for subject, held in found.items()
        }

    def holders(self, kind: str, on: date, level: str | None = None) -> Mapping[str, Title]:
        """The firms that certainly hold a title on a day, each with the certificate that lasts longest."""
        found = {}
        for subject, held in self.of_kind(kind, level).items():
            valid = [title for title in held if title.valid_on(on)]
            if valid:
                found[subject] = valid[-1]
        return found

    def open_firms(self, kind: str, on: date, level: str | None = None) -> frozenset[str]:
        """The firms that may hold it and may not: no list at all, or a certificate without its first day."""
        found = set(self.unknown)
        for subject, held in self.of_kind(kind, level).items():
            told = {title.valid_on(on) for title in held}
            if None in told and True not in told:
                found.add(subject)
        return frozenset(found)

    def count(self, kind: str, on: date, level: str | None = None) -> TitleCount:
        """How many firms hold a title on a day."""
        firms = len(self.holders(kind, on, level))
        return TitleCount(kind, level, "stock", on, firms, len(self.open_firms(kind, on, level)))

    def any_of(self, kinds: Iterable[str], on: date) -> frozenset[str]:
        """The firms that hold at least one of some titles on a day, each once."""
        return frozenset(subject for kind in kinds for subject in self.holders(kind, on))

    def expiry_calendar(self, kind: str, first: date, last: date) -> tuple[ExpiryMonth, ...]:
        """What runs out between two days, both included, month by month; a month without any is there too."""
        months: dict[tuple[int, int], list[Expiry]] = {key: [] for key in _months(first, last)}
        for held in self.of_kind(kind).values():
            for title in held:
                if title.last is not None and first <= title.last <= last:
                    renewed = any(other.end > title.last and other.first is not None for other in held)
                    months[title.last.year, title.last.month].append(Expiry(title, renewed))
        return tuple(
            ExpiryMonth(
                year, month, tuple(sorted(found, key=lambda each: (each.title.end, each.title.subject)))
            )
            for (year, month), found in months.items()
        )

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Title, ...]]:
        found: dict[str, list[Title]] = {}
        for title in self.titles:
            found.setdefault(title.kind, []).append(title)
        return {kind: tuple(held) for kind, held in found.items()}


def _months(first: date, last: date) -> list[tuple[int, int]]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]
