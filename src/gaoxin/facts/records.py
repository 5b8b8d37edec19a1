"""What the fact base is made of: subjects, sources, observations, and what people decided about them
(事实库的记录).

All records are frozen. An observation is never changed: a correction is a further observation that names the
one it supersedes, a ruling says which of several disagreeing observations stands, a withdrawal takes a whole
batch out of use. Each of them carries who, when and why. What follows from them is worked out in
`gaoxin.facts.conflicts` and `gaoxin.facts.factbase`; the database of the web floor stores the same records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, get_args

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts.values import Value
from gaoxin.packs.schemas.observation import FigureKind, Status

STATUSES: frozenset[str] = frozenset(get_args(Status))
FIGURE_KINDS: frozenset[str] = frozenset(get_args(FigureKind))


class Key(NamedTuple):
    """What an observation is about; two observations of one key speak of the same figure.

    `of`: denominator of a share or population of a rank (a subject code); `group`: the ranked group
    ("省级高新区"); both "" where none.
    """

    subject: str
    metric: str
    figure: str
    of: str
    group: str
    period: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something facts are about (主体): a zone, region, enterprise, project, industry …"""

    code: str
    name: str
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""

    @property
    def kind(self) -> str:
        """`zone` of `zone/chuxiong`."""
        return self.code.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that states figures (来源)."""

    id: str
    title: str
    title_en: str = ""
    publisher: str = ""
    published: date | None = None
    document: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One statement of one figure by one source (观测值).

    `written`: the figure as the source prints it; `locator`: where in the source. `base`: what a growth or a
    multiple refers to. `period_confidence`: `to_confirm` where the period was inferred. `inputs` and
    `formula`: how a derived figure was computed. `batch`: what was recorded together and can be withdrawn
    together. `recorded_at` always has a time zone.
    Raises: FactError when the statement cannot be traced (no id, no source, no time zone, a correction
    without a reason).
    """

    id: str
    subject: str
    metric: str
    period: Period
    figure: str
    value: Value
    unit: str
    source: str
    recorded_at: datetime
    recorded_by: str
    of: str = ""
    group: str = ""
    population: int | None = None
    base: str = ""
    locator: str = ""
    written: str = ""
    status: str = "reported"
    note: str = ""
    checked_by: str = ""
    checked_at: datetime | None = None
    supersedes: str | None = None
    reason: str = ""
    inputs: tuple[str, ...] = ()
    formula: str = ""
    batch: str = ""
    period_confidence: str = "verified"

    def __post_init__(self) -> None:
        if not self.id or not self.subject or not self.metric or not self.source:
            raise FactError(
                "观测值必须写明编号、主体、指标和来源。",
                "An observation needs an id, a subject, a metric and a source.",
            )
        if self.status not in STATUSES:
            raise FactError(f"不认识的状态“{self.status}”。", f"Unknown status {self.status!r}.", id=self.id)
        if self.figure not in FIGURE_KINDS:
            raise FactError(
                f"不认识的数字类别“{self.figure}”。", f"Unknown kind of figure {self.figure!r}.", id=self.id
            )
        _zoned(self.recorded_at, self.id)
        if self.supersedes is not None and not self.reason.strip():
            raise FactError("更正必须写明理由。", "A correction needs a reason.", id=self.id)

    @property
    def key(self) -> Key:
        return Key(self.subject, self.metric, self.figure, self.of, self.group, self.period.code)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision which of several disagreeing observations stands (裁定)."""

    key: Key
    stands: str
    reason: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        _zoned(self.at, self.stands)
        if not self.reason.strip():
            raise FactError("裁定必须写明理由。", "A ruling needs a reason.", stands=self.stands)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A batch taken out of use, with the reason; its observations stay readable (撤回)."""

    batch: str
    reason: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        _zoned(self.at, self.batch)
        if not self.reason.strip():
            raise FactError("撤回必须写明理由。", "A withdrawal needs a reason.", batch=self.batch)


def _zoned(moment: datetime, what: str) -> None:
    if moment.tzinfo is None:
        raise FactError(f"“{what}”的登记时间没有时区。", f"The time recorded for {what!r} has no time zone.")
