"""`gaoxin due`: a due date with the walk that leads there (推算到期日)."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Any

import click

from gaoxin.cli.console import Console, verb
from gaoxin.core.deadlines import LIMIT_UNITS, Deadline, LimitUnit, OfficeHours, Pause, due_date
from gaoxin.core.errors import DeadlineError
from gaoxin.core.workdays import WorkCalendar

_UNITS: dict[str, LimitUnit] = {
    **{unit: unit for unit in LIMIT_UNITS},
    "工作日": "working_day",
    "个工作日": "working_day",
    "日历日": "calendar_day",
    "自然日": "calendar_day",
    "半日": "half_working_day",
    "半天": "half_working_day",
    "半个工作日": "half_working_day",
}
_VAGUE = ("天", "日", "day", "days")


@verb()
@click.argument("start")
@click.argument("limit")
@click.argument("unit")
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    metavar="A..B",
    help="暂停 [A, B)，可写多次；A.. 表示还没恢复 the clock stands still on [A, B); A.. still runs",
)
def command(console: Console, start: str, limit: str, unit: str, pauses: tuple[str, ...]) -> None:
    """推算到期日，并逐天说明。Work out a due date and explain every day.

    START 是收件时间，如 2026-09-17T10:00；LIMIT 是整数；UNIT 是 working_day（工作日）、
    calendar_day（自然日）或 half_working_day（半日）。
    """
    counted_in = read_unit(unit)
    received, assumed = read_start(start, counted_in)
    counted, stops = read_limit(limit), [read_pause(text) for text in pauses]
    deadline = due_date(received, counted, counted_in, national_calendar(), stops)
    if assumed:
        console.say(
            f"没有写时刻，按 {received:%H:%M} 上班时收到算",
            f"no time is given; taken as received at opening, {received:%H:%M}",
        )
    console.show(as_document(deadline), _lines(console, deadline))


@cache
def national_calendar() -> WorkCalendar:
    """The published working-day calendar of the national pack."""
    from gaoxin.packs.library import open_library

    return open_library(["national"]).calendar()


def as_document(deadline: Deadline) -> dict[str, Any]:
    """The deadline as JSON: days and moments in ISO form, local time."""
    return {
        "start": _minute(deadline.started),
        "received": _minute(deadline.received),
        "limit": deadline.limit,
        "unit": deadline.unit,
        "due": written(deadline.due),
        "due_at": _minute(deadline.due_at),
        "provisional": deadline.provisional,
        "hold": deadline.hold,
        "counted": deadline.counted,
        "left": deadline.left,
        "last_counted": written(deadline.last_counted),
        "zh": deadline.zh,
        "en": deadline.en,
        "walk": [
            {
                "day": step.day.isoformat(),
                "kind": step.kind,
                "number": step.number,
                "half": step.half,
                "zh": step.zh,
                "en": step.en,
            }
            for step in deadline.walk
        ],
    }


def written(due: date | datetime | None) -> str | None:
    """A due day as 2026-09-23, a due half day as 2026-11-23T12:00, nothing as None."""
    if isinstance(due, datetime):
        return _minute(due)
    return None if due is None else due.isoformat()


def _minute(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M}"


def _lines(console: Console, deadline: Deadline) -> list[str]:
    walk = [console.text(step.zh, step.en) for step in deadline.walk]
    return [*walk, "", console.text(deadline.zh, deadline.en)]


def read_start(text: str, unit: LimitUnit) -> tuple[datetime, bool]:
    """The moment of receipt, and whether its time of day was assumed (only where it changes nothing)."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        raise DeadlineError(
            f"“{text}”不是收件时间，请写成 2026-09-17T10:00",
            f"“{text}” is no time of receipt; write 2026-09-17T10:00",
            argument="START",
        ) from None
    if re.search(r"\d[T ]\d", text.strip()):
        return moment, False
    if unit == "half_working_day":
        raise DeadlineError(
            "按半日计要写明时刻，如 2026-09-17T10:00",
            "half days need the time of receipt, e.g. 2026-09-17T10:00",
            argument="START",
        )
    return datetime.combine(moment, OfficeHours().opens), True


def read_limit(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise DeadlineError(
            f"时限“{text}”不是整数，请写成 5", f"limit “{text}” is no whole number", argument="LIMIT"
        )
    return int(text)


def read_unit(text: str) -> LimitUnit:
    if text in _VAGUE:
        raise DeadlineError(
            f"“{text}”分不清是工作日还是自然日，请写 working_day 或 calendar_day",
            f"“{text}” may be working or calendar days; write working_day or calendar_day",
            argument="UNIT",
        )
    if text not in _UNITS:
        raise DeadlineError(
            f"不认识“{text}”，请写 working_day（工作日）、calendar_day（自然日）或 half_working_day（半日）",
            f"unknown unit “{text}”; write {', '.join(LIMIT_UNITS)}",
            argument="UNIT",
        )
    return _UNITS[text]


def read_pause(text: str) -> Pause:
    first, dots, last = text.partition("..")
    if not dots or not first.strip():
        raise DeadlineError(
            f"暂停“{text}”应写成 2026-06-04..2026-06-09，还没恢复写 2026-06-04..",
            f"pause “{text}”: write 2026-06-04..2026-06-09, or 2026-06-04.. while it still runs",
            argument="--pause",
        )
    return Pause.of(first, last if last.strip() else None)
