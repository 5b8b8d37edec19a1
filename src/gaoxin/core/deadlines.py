"""When is this due, and why on that day?

One function, `due_date`, runs the clock of a limit (时限) over the working-day calendar:

1. Receipt. After closing, or on a day that does not work, counts as the next working day before opening.
2. Working days. The start day is not counted; due on the n-th working day after it that stands in no pause.
3. Calendar days. The same with all days; a last day that does not work moves to the next working day.
4. Half days. The half day of receipt is not counted; due when the n-th half day after it ends.
5. Pauses stop the clock on [from, to). One that begins and ends on a day stops nothing; overlaps count once.
   Nothing falls due on a day on which the clock stands still.
6. A day of an unpublished year is never guessed: the deadline is provisional (暂定) and has no due day.

Every day the clock passed stands in `Deadline.walk`; the sentences are made in `gaoxin.core.deadline_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Literal, get_args, overload

from gaoxin.core import deadline_words as words
from gaoxin.core.errors import DeadlineError
from gaoxin.core.pauses import OFFICE_HOURS, AnyPause, OfficeHours, Pause, merge_pauses
from gaoxin.core.workdays import DayExplanation, WorkCalendar

__all__ = [
    "LIMIT_UNITS",
    "AnyPause",
    "DayStep",
    "Deadline",
    "LimitUnit",
    "OfficeHours",
    "Pause",
    "due_date",
]

LimitUnit = Literal["working_day", "calendar_day", "half_working_day"]
Half = Literal["morning", "afternoon"]
StepKind = Literal[
    "received", "start", "counted", "make_up", "weekend", "holiday", "paused", "due", "unpublished"
]
HoldReason = Literal["unpublished_year", "open_pause"]

LIMIT_UNITS: tuple[LimitUnit, ...] = get_args(LimitUnit)
LONGEST_LIMIT = 100_000
_CHINA = timezone(timedelta(hours=8))
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayStep:
    """One day (or half day) of the walk: what it was to the clock, and its number when it was counted."""

    day: date
    kind: StepKind
    unit: LimitUnit
    number: int | None = None
    half: Half | None = None
    why: DayExplanation | None = field(default=None, repr=False)
    note_zh: str = ""
    note_en: str = ""

    @property
    def zh(self) -> str:
        return words.step_zh(self)

    @property
    def en(self) -> str:
        return words.step_en(self)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a limit ends, with the walk that led there.

    `due`: a date (until closing time of that day); for half days a datetime, 12:00 or 17:00; None while it
    cannot be known. Then `provisional` is True, `hold` says whether a year is unpublished or a pause still
    runs, and `counted` of the `limit` were counted by `last_counted`.
    `received`: the moment that counts as receipt; None when that day itself lies in an unpublished year.
    """

    due: date | datetime | None
    provisional: bool
    received: datetime | None
    walk: tuple[DayStep, ...] = field(repr=False)
    limit: int
    unit: LimitUnit
    started: datetime
    counted: int
    last_counted: date | None
    hold: HoldReason | None
    office: OfficeHours = field(repr=False)

    @property
    def left(self) -> int:
        """How many units of the limit were not counted yet."""
        return self.limit - self.counted

    @property
    def due_at(self) -> datetime | None:
        """The last moment in time: closing time of the due day, or the end of the due half day."""
        if self.due is None or isinstance(self.due, datetime):
            return self.due
        return datetime.combine(self.due, self.office.closes)

    @property
    def due_day(self) -> date | None:
        return self.due.date() if isinstance(self.due, datetime) else self.due

    @property
    def zh(self) -> str:
        """The whole reason in a few sentences, with the numbers of the notices used."""
        return words.sentence_zh(self)

    @property
    def en(self) -> str:
        return words.sentence_en(self)


@overload
def due_date(
    start: datetime,
    limit: int,
    unit: WorkCalendar,
    *,
    pauses: Sequence[AnyPause] = (),
    office: OfficeHours = ...,
) -> Deadline: ...


@overload
def due_date(
    start: datetime,
    limit: int,
    unit: LimitUnit,
    calendar: WorkCalendar,
    pauses: Sequence[AnyPause] = (),
    office: OfficeHours = ...,
) -> Deadline: ...


def due_date(
    start: datetime,
    limit: int,
    unit: LimitUnit | WorkCalendar,
    calendar: WorkCalendar | None = None,
    pauses: Sequence[AnyPause] = (),
    office: OfficeHours = OFFICE_HOURS,
) -> Deadline:
    """The day (or half day) on which a limit that began with receipt at `start` ends.

    Short form: `due_date(start, 20, calendar)` counts working days.
    Units: `start` is local time in China; a time with a zone is converted.
    Missing: a day of an unpublished year, or a pause without end, gives a provisional Deadline, not an error.
    Raises: DeadlineError for a limit, pause or unit that makes no clock.
    Source: rules R1–R6 of the calendar cases; 行政许可法 art. 82 (working days).
    """
    if isinstance(unit, WorkCalendar):
        calendar, unit = unit, "working_day"
    if calendar is None:
        raise TypeError("due_date() needs a calendar")
    clock = _Clock(_local(start), _whole(limit), _known(unit), calendar, merge_pauses(pauses), office)
    return clock.run()


class _Unpublished(Exception):
    """The walk reached a day of a year nobody has published."""


class _StillPaused(Exception):
    """The walk reached a pause without end."""


class _Clock:
    """One run: walks day by day and notes every step."""

    def __init__(
        self,
        start: datetime,
        limit: int,
        unit: LimitUnit,
        calendar: WorkCalendar,
        pauses: tuple[Pause, ...],
        office: OfficeHours,
    ) -> None:
        self.start, self.limit, self.unit = start, limit, unit
        self.calendar, self.pauses, self.office = calendar, pauses, office
        self.walk: list[DayStep] = []
        self.counted = 0
        self.last_counted: date | None = None
        self.received: datetime | None = None

    def run(self) -> Deadline:
        due: date | datetime | None = None
        hold: HoldReason | None = None
        try:
            self.received = self._receive()
            due = self._half_days() if self.unit == "half_working_day" else self._days()
        except _Unpublished:
            hold = "unpublished_year"
        except _StillPaused:
            hold = "open_pause"
        return Deadline(
            due=due,
            provisional=due is None,
            received=self.received,
            walk=tuple(self.walk),
            limit=self.limit,
            unit=self.unit,
            started=self.start,
            counted=self.counted,
            last_counted=self.last_counted,
            hold=hold,
            office=self.office,
        )

    def _receive(self) -> datetime:
        """R1: the moment that counts as receipt."""
        day = self.start.date()
        why = self._look_up(day)
        if why.works and self.start.time() <= self.office.closes:
            half = self._half_of(self.start) if self.unit == "half_working_day" else None
            self._note(day, "start", why, half=half, note=words.receipt_note(self.start, self.office))
            return self.start
        self._note(day, "received", why, note=words.late_note(self.start, self.office, why))
        while True:
            day += _ONE_DAY
            why = self._look_up(day)
            if why.works:
                break
            self._note_off(day, why)
        half = "morning" if self.unit == "half_working_day" else None
        self._note(day, "start", why, half=half, note=words.BEFORE_OPENING)
        return datetime.combine(day, self.office.opens)

    def _days(self) -> date:
        """R2 and R3."""
        assert self.received is not None
        day = self.received.date()
        counts_all = self.unit == "calendar_day"
        while self.counted < self.limit:
            day += _ONE_DAY
            why = self._look_up(day)
            if self._paused(day):
                if counts_all or why.works:
                    self._note(day, "paused", why)
                else:
                    self._note_off(day, why)
            elif counts_all or why.works:
                self._count(day, why)
            else:
                self._note_off(day, why)
        return self._settle(day)

    def _settle(self, day: date) -> date:
        """The day the count ended, or the next one that works and on which the clock runs."""
        if self.calendar.is_working_day(day) and not self._paused(day):
            self._mark_due()
            return day
        while True:
            day += _ONE_DAY
            why = self._look_up(day)
            if not why.works:
                self._note_off(day, why)
            elif self._paused(day):
                self._note(day, "paused", why)
            else:
                self._note(day, "due", why, note=words.MOVED)
                return day

    def _half_days(self) -> datetime:
        """R4."""
        assert self.received is not None
        day = self.received.date()
        half: Half = self._half_of(self.received)
        if self.limit == 0:
            self._mark_due()
            return self._end_of(day, half)
        if half == "morning":
            half = "afternoon"
            if self._paused(day):
                self._note(day, "paused", self._look_up(day), half=half)
            else:
                self._count(day, self._look_up(day), half)
        while self.counted < self.limit:
            day += _ONE_DAY
            why = self._look_up(day)
            if not why.works:
                self._note_off(day, why)
            elif self._paused(day):
                self._note(day, "paused", why)
            else:
                for half in ("morning", "afternoon"):
                    self._count(day, why, half)
                    if self.counted == self.limit:
                        break
        self._mark_due()
        return self._end_of(day, half)

    def _half_of(self, moment: datetime) -> Half:
        return "morning" if moment.time() <= self.office.morning_ends else "afternoon"

    def _end_of(self, day: date, half: Half) -> datetime:
        return datetime.combine(day, self.office.morning_ends if half == "morning" else self.office.closes)

    def _look_up(self, day: date) -> DayExplanation:
        if not self.calendar.covers(day):
            self.walk.append(DayStep(day, "unpublished", self.unit))
            raise _Unpublished
        return self.calendar.explain(day)

    def _paused(self, day: date) -> bool:
        for pause in self.pauses:
            if pause.covers(day):
                if pause.end is None:
                    self._note(day, "paused", self.calendar.explain(day))
                    raise _StillPaused
                return True
        return False

    def _count(self, day: date, why: DayExplanation, half: Half | None = None) -> None:
        self.counted += 1
        self.last_counted = day
        kind: StepKind = "make_up" if why.kind == "make_up" else "counted"
        self.walk.append(DayStep(day, kind, self.unit, self.counted, half, why))

    def _note(
        self,
        day: date,
        kind: StepKind,
        why: DayExplanation,
        *,
        half: Half | None = None,
        note: tuple[str, str] = ("", ""),
    ) -> None:
        self.walk.append(DayStep(day, kind, self.unit, None, half, why, *note))

    def _note_off(self, day: date, why: DayExplanation) -> None:
        self._note(day, "holiday" if why.kind == "holiday" else "weekend", why)

    def _mark_due(self) -> None:
        last = self.walk[-1]
        self.walk[-1] = replace(last, kind="due", number=self.counted)


def _local(start: datetime) -> datetime:
    if not isinstance(start, datetime):
        raise DeadlineError(
            "收件要写到时刻，如 2026-09-17T10:00", "a receipt has a time, e.g. 2026-09-17T10:00"
        )
    if start.tzinfo is None:
        return start
    try:
        return start.astimezone(_CHINA).replace(tzinfo=None)
    except OverflowError:
        raise DeadlineError(f"收件时间 {start} 太远", f"the receipt at {start} is too far away") from None


def _whole(limit: int) -> int:
    if isinstance(limit, bool) or not isinstance(limit, int) or not 0 <= limit <= LONGEST_LIMIT:
        raise DeadlineError(
            f"时限要写 0 到 {LONGEST_LIMIT} 的整数，写的是 {limit}",
            f"a limit is a whole number from 0 to {LONGEST_LIMIT}, not {limit}",
            limit=limit,
        )
    return limit


def _known(unit: str) -> LimitUnit:
    for known in LIMIT_UNITS:
        if unit == known:
            return known
    raise DeadlineError(
        f"不认识时限单位“{unit}”，应为 working_day（工作日）、calendar_day（日）或 half_working_day（半日）",
        f"unknown limit unit “{unit}”; one of {', '.join(LIMIT_UNITS)}",
        unit=unit,
    )
