"""When is the counter open, and when does the clock stand still?

Office hours (办公时间) and pauses (中止), the two things that bend a limit besides the calendar. The clock
that uses them is in `gaoxin.core.deadlines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from gaoxin.core.errors import DeadlineError


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When a counter is open (办公时间); the national default, each zone sets its own."""

    opens: time = time(9)
    morning_ends: time = time(12)
    afternoon_begins: time = time(13, 30)
    closes: time = time(17)

    def __post_init__(self) -> None:
        if not self.opens < self.morning_ends <= self.afternoon_begins < self.closes:
            raise DeadlineError(
                "办公时间前后颠倒：应为上午开始、上午结束、下午开始、下午结束",
                "office hours are out of order: morning opens, ends, afternoon begins, closes",
            )


OFFICE_HOURS = OfficeHours()


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still on [start, end) (中止); an `end` of None is a pause that is still running."""

    start: date
    end: date | None
    reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", _whole_day(self.start))
        if self.end is None:
            return
        object.__setattr__(self, "end", _whole_day(self.end))
        if self.end < self.start:
            raise DeadlineError(
                f"暂停的结束日 {self.end} 早于开始日 {self.start}，请对调",
                f"the pause ends on {self.end}, before it begins on {self.start}",
                start=self.start,
                end=self.end,
            )

    @classmethod
    def of(cls, start: date | str, end: date | str | None, reason: str = "") -> Pause:
        """The pause from days or their ISO texts ("2026-06-04")."""
        return cls(_day(start), None if end is None else _day(end), reason)

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


AnyPause: TypeAlias = "Pause | tuple[date | str, date | str | None]"


def merge_pauses(pauses: Sequence[AnyPause]) -> tuple[Pause, ...]:
    """Pauses in order, without the empty ones; overlapping and touching ones joined."""
    known = (pause if isinstance(pause, Pause) else Pause.of(*pause) for pause in pauses)
    return tuple(_join(sorted((p for p in known if p.end != p.start), key=lambda p: p.start)))


def _join(pauses: Sequence[Pause]) -> Iterator[Pause]:
    open_one: Pause | None = None
    for pause in pauses:
        if open_one is None:
            open_one = pause
        elif open_one.end is None or pause.start <= open_one.end:
            ends = (open_one.end, pause.end)
            last = None if None in ends else max(end for end in ends if end is not None)
            open_one = Pause(open_one.start, last, open_one.reason or pause.reason)
        else:
            yield open_one
            open_one = pause
    if open_one is not None:
        yield open_one


def _day(day: date | str) -> date:
    if isinstance(day, date):
        return day
    try:
        return datetime.fromisoformat(str(day).strip())
    except ValueError:
        raise DeadlineError(
            f"“{day}”不是日期，请写成 2026-06-04", f"“{day}” is no day; write 2026-06-04"
        ) from None


def _whole_day(day: date) -> date:
    if isinstance(day, datetime):
        if day.time() != time(0):
            zh, en = f"暂停按整天计，请去掉时刻：{day}", f"a pause counts whole days; drop the time: {day}"
            raise DeadlineError(zh, en)
        return day.date()
    return day
