"""How does the clock say why a limit ends when it does?

The sentences of `gaoxin.core.deadlines`, Chinese for the counter and English beside it: one line for each
step of the walk, and a closing paragraph that names holidays, make-up days, pauses and the notices used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from gaoxin.core.workdays import WEEKDAYS_EN, WEEKDAYS_ZH, DayExplanation

if TYPE_CHECKING:
    from gaoxin.core.deadlines import DayStep, Deadline
    from gaoxin.core.pauses import OfficeHours

Note = tuple[str, str]

BEFORE_OPENING: Note = ("算上班时收到", "counts as received at opening")
MOVED: Note = ("顺延到下一个工作日", "moved to the next working day")

_UNITS_ZH = {"working_day": "个工作日", "calendar_day": "天", "half_working_day": "个半天"}
_UNITS_EN = {"working_day": "working day", "calendar_day": "calendar day", "half_working_day": "half day"}
_LIMITS_ZH = {"working_day": "个工作日", "calendar_day": "天（自然日）", "half_working_day": "个半天"}
_HALVES_ZH = {"morning": "上午", "afternoon": "下午"}
_HALVES_EN = {"morning": "morning", "afternoon": "afternoon"}
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def receipt_note(start: datetime, office: OfficeHours) -> Note:
    """What is said of a receipt inside office hours."""
    at = f"{start:%H:%M}"
    if office.morning_ends < start.time() < office.afternoon_begins:
        return f"{at} 午休时收到，算下午", f"received {at} in the lunch break, counts as afternoon"
    return f"{at} 收到", f"received {at}"


def late_note(start: datetime, office: OfficeHours, why: DayExplanation) -> Note:
    """What is said of a receipt that counts as the next working day."""
    at = f"{start:%H:%M}"
    if why.works:
        closing = f"{office.closes:%H:%M}"
        return f"{at} 收到，已过 {closing} 下班", f"received {at}, after closing at {closing}"
    return f"{at} 收到，当天不上班", f"received {at} on a day off"


def step_zh(step: DayStep) -> str:
    half = f" {_HALVES_ZH[step.half]}" if step.half else ""
    return f"{step.day.isoformat()} {WEEKDAYS_ZH[step.day.weekday()]}{half}  {_what_zh(step)}"


def step_en(step: DayStep) -> str:
    half = f" {_HALVES_EN[step.half]}" if step.half else ""
    return f"{step.day.isoformat()} {WEEKDAYS_EN[step.day.weekday()]}{half}  {_what_en(step)}"


def _what_zh(step: DayStep) -> str:
    why = step.why.short("zh") if step.why is not None else ""
    off = f"，{why}" if step.why is not None and step.why.kind != "workday" else ""
    match step.kind:
        case "received":
            return f"{step.note_zh}（{why}）" if off else step.note_zh
        case "start":
            return f"{step.note_zh}{off}，{'这半天' if step.half else '当天'}不算"
        case "counted" | "make_up":
            return f"第 {step.number} {_UNITS_ZH[step.unit]}{off}"
        case "due":
            numbered = f"第 {step.number} {_UNITS_ZH[step.unit]}" if step.number else step.note_zh
            return f"{numbered}{off}，到期"
        case "paused":
            return f"暂停{off}，不算"
        case "unpublished":
            return f"{step.day.year} 年没有已公布的放假安排"
    return f"{why}，不算"


def _what_en(step: DayStep) -> str:
    why = step.why.short("en") if step.why is not None else ""
    off = f", {why}" if step.why is not None and step.why.kind != "workday" else ""
    match step.kind:
        case "received":
            return f"{step.note_en} ({why})" if off else step.note_en
        case "start":
            return f"{step.note_en}{off}, not counted"
        case "counted" | "make_up":
            return f"{_UNITS_EN[step.unit]} {step.number}{off}"
        case "due":
            numbered = f"{_UNITS_EN[step.unit]} {step.number}" if step.number else step.note_en
            return f"{numbered}{off}, due"
        case "paused":
            return f"paused{off}, not counted"
        case "unpublished":
            return f"no schedule published for {step.day.year}"
    return f"{why}, not counted"


def sentence_zh(deadline: Deadline) -> str:
    parts = [f"{_receipt_zh(deadline)}，时限 {deadline.limit} {_LIMITS_ZH[deadline.unit]}"]
    if deadline.received is not None and deadline.limit:
        parts.append("，收件的半天不算" if deadline.unit == "half_working_day" else "，收件当天不算")
    parts.append("。")
    parts.append(_outcome_zh(deadline))
    reasons = list(_reasons_zh(deadline))
    if reasons:
        parts.append(f"其间：{'；'.join(reasons)}。")
    notices = _notices(deadline, "zh")
    if notices:
        parts.append(f"依据 {'、'.join(notices)}。")
    return "".join(parts)


def sentence_en(deadline: Deadline) -> str:
    units = _UNITS_EN[deadline.unit] + ("" if deadline.limit == 1 else "s")
    parts = [f"{_receipt_en(deadline)}; limit {deadline.limit} {units}"]
    if deadline.received is not None and deadline.limit:
        parts.append(
            ", the half day of receipt not counted"
            if deadline.unit == "half_working_day"
            else ", the day of receipt not counted"
        )
    parts.append(f". {_outcome_en(deadline)}")
    reasons = list(_reasons_en(deadline))
    if reasons:
        parts.append(f" In between: {'; '.join(reasons)}.")
    notices = _notices(deadline, "en")
    if notices:
        parts.append(f" According to {', '.join(notices)}.")
    return "".join(parts)


def _receipt_zh(deadline: Deadline) -> str:
    start = deadline.started
    text = f"{_long_zh(start)} {start:%H:%M} 收到"
    received = deadline.received
    if received is None or received == start:
        return text
    reason = f"已过 {deadline.office.closes:%H:%M} 下班" if _works(deadline.walk[0]) else "当天不上班"
    return f"{text}，{reason}，算 {_short_zh(received)} 上班时收到"


def _receipt_en(deadline: Deadline) -> str:
    start = deadline.started
    text = f"Received {_long_en(start)} {start:%H:%M}"
    received = deadline.received
    if received is None or received == start:
        return text
    reason = f"after closing at {deadline.office.closes:%H:%M}" if _works(deadline.walk[0]) else "a day off"
    return f"{text}, {reason}, counts as received at opening on {_short_en(received)}"


def _works(step: DayStep) -> bool:
    return step.why is not None and step.why.works


def _outcome_zh(deadline: Deadline) -> str:
    if deadline.due_at is not None:
        extra = "（调休上班）" if _falls_on_make_up(deadline) else ""
        return f"{_long_zh(deadline.due_at)}{extra or ' '}{deadline.due_at:%H:%M} 到期。"
    done = "还没有开始计"
    if deadline.last_counted is not None:
        unit = _UNITS_ZH[deadline.unit]
        done = f"已计到 {_long_zh(deadline.last_counted)}（第 {deadline.counted} {unit}）"
    rest = f"{done}，还剩 {deadline.left} {_UNITS_ZH[deadline.unit]}"
    if deadline.hold == "open_pause":
        return f"{_short_zh(deadline.walk[-1].day)} 起暂停中：{rest}，恢复后重算。"
    year = deadline.walk[-1].day.year
    return f"暂定：{year} 年没有已公布的放假安排，{rest}，公布后重算。"


def _outcome_en(deadline: Deadline) -> str:
    if deadline.due_at is not None:
        extra = " (make-up working day)" if _falls_on_make_up(deadline) else ""
        return f"Due {_long_en(deadline.due_at)}{extra} {deadline.due_at:%H:%M}."
    units = _UNITS_EN[deadline.unit]
    done = "nothing is counted yet"
    if deadline.last_counted is not None:
        done = f"{_long_en(deadline.last_counted)} is {units} {deadline.counted}"
    rest = f"{done}, {deadline.left} left"
    if deadline.hold == "open_pause":
        since = _short_en(deadline.walk[-1].day)
        return f"Paused since {since}: {rest}; it is worked out again when the clock runs."
    year = deadline.walk[-1].day.year
    return f"Provisional: no schedule is published for {year}; {rest}; it is worked out again when it is."


def _falls_on_make_up(deadline: Deadline) -> bool:
    why = deadline.walk[-1].why
    return why is not None and why.kind == "make_up"


def _reasons_zh(deadline: Deadline) -> Iterator[str]:
    counts_all = deadline.unit == "calendar_day"
    if not counts_all:
        for why, first, last in _holidays(deadline.walk):
            yield f"{_stretch_zh(first, last)}{why.short('zh')}不算"
        weekends = _weekend_days(deadline.walk)
        if weekends:
            yield f"周末 {weekends} 天不算"
        for day in _make_up_days(deadline):
            yield f"{_short_zh(day)} 调休上班算在内"
    for first, last, count in _paused(deadline):
        yield f"{_stretch_zh(first, last)}暂停，停 {count} {_UNITS_ZH[deadline.unit]}"
    moved = _last_counted_off(deadline)
    if moved is not None:
        yield f"第 {deadline.limit} 天 {_short_zh(moved.day)} 是{moved.short('zh')}，顺延到下一个工作日"


def _reasons_en(deadline: Deadline) -> Iterator[str]:
    counts_all = deadline.unit == "calendar_day"
    if not counts_all:
        for why, first, last in _holidays(deadline.walk):
            yield f"{_stretch_en(first, last)} {why.short('en')}, not counted"
        weekends = _weekend_days(deadline.walk)
        if weekends:
            yield f"{weekends} weekend day{'' if weekends == 1 else 's'} not counted"
        for day in _make_up_days(deadline):
            yield f"{_short_en(day)} is a make-up working day and counts"
    for first, last, count in _paused(deadline):
        units = _UNITS_EN[deadline.unit] + ("" if count == 1 else "s")
        yield f"paused {_stretch_en(first, last)}, {count} {units}"
    moved = _last_counted_off(deadline)
    if moved is not None:
        yield f"day {deadline.limit}, {_short_en(moved.day)}, is off ({moved.short('en')}), so it moves on"


def _holidays(walk: Iterable[DayStep]) -> Iterator[tuple[DayExplanation, date, date]]:
    """Stretches of one holiday that were not counted."""
    for _, group in groupby(walk, key=lambda s: (s.kind, s.why.name if s.why else "")):
        steps = list(group)
        why = steps[0].why
        if steps[0].kind == "holiday" and why is not None:
            yield why, steps[0].day, steps[-1].day


def _weekend_days(walk: Iterable[DayStep]) -> int:
    return sum(step.kind == "weekend" for step in walk)


def _make_up_days(deadline: Deadline) -> list[date]:
    days = {s.day for s in deadline.walk if s.kind == "make_up" and s.why is not None}
    if _falls_on_make_up(deadline) and deadline.due_day is not None:
        days.add(deadline.due_day)
    return sorted(days)


def _paused(deadline: Deadline) -> Iterator[tuple[date, date, int]]:
    """First and last paused day of each stretch, and how many units of the limit the clock stood still.

    A pause that still runs has no length; the outcome names its first day.
    """
    walk = deadline.walk[:-1] if deadline.hold == "open_pause" else deadline.walk
    stretch: list[DayStep] = []
    for step in (*walk, None):
        if step is not None and step.kind == "paused":
            stretch.append(step)
        elif stretch and (step is None or step.kind not in ("weekend", "holiday")):
            halves = deadline.unit == "half_working_day"
            count = sum(2 if halves and paused.half is None else 1 for paused in stretch)
            yield stretch[0].day, stretch[-1].day, count
            stretch = []


def _last_counted_off(deadline: Deadline) -> DayExplanation | None:
    """The last day of a calendar-day limit when it does not work."""
    if deadline.unit != "calendar_day" or deadline.left or deadline.due_day == deadline.last_counted:
        return None
    return next((step.why for step in deadline.walk if step.number == deadline.limit), None)


def _notices(deadline: Deadline, lang: str) -> list[str]:
    """The notices the walk rested on, in order, each once."""
    sources = (step.why.source(lang) for step in deadline.walk if step.why is not None)
    return list(dict.fromkeys(source for source in sources if source))


def _long_zh(day: date) -> str:
    return f"{day.year} 年 {_short_zh(day)}"


def _short_zh(day: date) -> str:
    return f"{day.month} 月 {day.day} 日 {WEEKDAYS_ZH[day.weekday()]}"


def _stretch_zh(first: date, last: date) -> str:
    if first == last:
        return f"{_short_zh(first)} "
    if first.month == last.month:
        return f"{first.month} 月 {first.day}–{last.day} 日"
    return f"{first.month} 月 {first.day} 日–{last.month} 月 {last.day} 日"


def _long_en(day: date) -> str:
    return f"{_short_en(day)} {day.year}"


def _short_en(day: date) -> str:
    return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"


def _stretch_en(first: date, last: date) -> str:
    if first == last:
        return _short_en(first)
    begin = f"{first.day}" if first.month == last.month else f"{first.day} {_MONTHS_EN[first.month - 1]}"
    return f"{begin}–{last.day} {_MONTHS_EN[last.month - 1]}"
