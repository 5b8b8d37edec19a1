"""The clock keeps the rules of its cases, its laws hold, and it can say why."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.core.calendars import FIRST, LAST, published, slow_due

from gaoxin.core.deadlines import LIMIT_UNITS, Deadline, OfficeHours, Pause, due_date
from gaoxin.core.errors import DeadlineError

OWN_CASES = Path(__file__).parent / "cases" / "calendar.yaml"
SHARED_CASES = Path(__file__).parents[3] / "shared" / "cases" / "calendar.yaml"

moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31, 23, 59))
limits = st.integers(1, 60)
units = st.sampled_from(LIMIT_UNITS)


@st.composite
def several_pauses(draw: st.DrawFn) -> list[tuple[date, date]]:
    lengths = draw(st.lists(st.tuples(st.dates(FIRST, LAST), st.integers(0, 40)), max_size=3))
    return [(first, first + timedelta(days=length)) for first, length in lengths]


def due(start: str, limit: int, unit: Any = "working_day", *pauses: tuple[str, str | None]) -> Deadline:
    return due_date(datetime.fromisoformat(start), limit, unit, published(), pauses)


def cases(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]) if path.exists() else []


def passes(case: dict[str, Any]) -> bool:
    pauses = [(pause["from"], pause["to"]) for pause in case.get("pauses", [])]
    found = due(case["start"], case["limit"], case["unit"], *pauses)
    written = (
        found.due.isoformat(timespec="minutes")
        if isinstance(found.due, datetime)
        else found.due and str(found.due)
    )
    return bool({"due": written, "provisional": found.provisional} == case["expected"])


@pytest.mark.parametrize("case", cases(OWN_CASES), ids=lambda case: str(case["id"]))
def test_every_case_worked_by_hand(case: dict[str, Any]) -> None:
    assert passes(case), case["reason"]


@pytest.mark.skipif(
    not SHARED_CASES.exists(), reason="the shared calendar cases are not beside this checkout"
)
@pytest.mark.parametrize("case", cases(SHARED_CASES), ids=lambda case: str(case["id"]))
def test_every_shared_case(case: dict[str, Any]) -> None:
    assert passes(case), case["reason"]


# Laws


@given(moments, limits, units, several_pauses())
def test_the_clock_agrees_with_a_slow_reading_of_the_rules(
    start: datetime, limit: int, unit: Any, pauses: list[tuple[date, date]]
) -> None:
    assert due_date(start, limit, unit, published(), pauses).due == slow_due(start, limit, unit, pauses)


@given(moments, limits, units, several_pauses())
def test_a_longer_limit_is_never_due_earlier(
    start: datetime, limit: int, unit: Any, pauses: list[tuple[date, date]]
) -> None:
    shorter = due_date(start, limit, unit, published(), pauses)
    longer = due_date(start, limit + 1, unit, published(), pauses)
    assert shorter.due_at is not None or longer.due_at is None
    if shorter.due_at is not None and longer.due_at is not None:
        assert shorter.due_at <= longer.due_at
        assert unit == "calendar_day" or shorter.due_at < longer.due_at


@given(moments, limits, units, several_pauses(), st.dates(FIRST, LAST))
def test_a_pause_that_begins_and_ends_on_one_day_changes_nothing(
    start: datetime, limit: int, unit: Any, pauses: list[tuple[date, date]], day: date
) -> None:
    with_it = due_date(start, limit, unit, published(), [*pauses, (day, day)])
    assert with_it == due_date(start, limit, unit, published(), pauses)


@given(moments, limits, units, several_pauses(), st.dates(FIRST, LAST), st.integers(1, 30))
def test_another_pause_never_makes_it_earlier(
    start: datetime, limit: int, unit: Any, pauses: list[tuple[date, date]], day: date, length: int
) -> None:
    before = due_date(start, limit, unit, published(), pauses)
    after = due_date(start, limit, unit, published(), [*pauses, (day, day + timedelta(days=length))])
    assert after.due_at is None or (before.due_at is not None and before.due_at <= after.due_at)
    if before.due_day is not None and day > before.due_day:
        assert after == before


@given(moments, limits, units, several_pauses())
def test_pauses_may_come_in_any_order_and_in_pieces(
    start: datetime, limit: int, unit: Any, pauses: list[tuple[date, date]]
) -> None:
    pieces = [
        piece
        for first, last in reversed(pauses)
        for middle in [first + (last - first) / 2]
        for piece in ((first, middle), (middle, last), (first, last))
    ]
    assert due_date(start, limit, unit, published(), pieces) == due_date(
        start, limit, unit, published(), pauses
    )


@given(moments, limits, units, several_pauses())
def test_it_is_due_on_a_working_day_on_which_the_clock_runs(
    start: datetime, limit: int, unit: Any, pauses: list[tuple[date, date]]
) -> None:
    found = due_date(start, limit, unit, published(), pauses)
    assert found.provisional is (found.due is None)
    if found.due_day is not None and found.due_at is not None and found.received is not None:
        assert published().is_working_day(found.due_day)
        assert not any(first <= found.due_day < last for first, last in pauses)
        assert found.due_at > start
        assert found.left == 0
    else:
        assert found.left > 0


@given(moments, limits, units, several_pauses())
def test_the_walk_counts_every_unit_once_and_never_goes_back(
    start: datetime, limit: int, unit: Any, pauses: list[tuple[date, date]]
) -> None:
    found = due_date(start, limit, unit, published(), pauses)
    numbers = [step.number for step in found.walk if step.number is not None]
    assert numbers == list(range(1, found.counted + 1))
    places = [(step.day, {"morning": 0, "afternoon": 1}.get(step.half or "", 0)) for step in found.walk]
    assert places == sorted(places)
    assert all(step.zh and step.en for step in found.walk)
    assert found.zh.endswith("。")
    assert found.en.endswith(".")


@given(moments, limits)
def test_half_days_are_twice_as_many_as_working_days(start: datetime, limit: int) -> None:
    whole = due_date(start, limit, "working_day", published())
    halves = due_date(start, 2 * limit, "half_working_day", published())
    assume(whole.due is not None and halves.due is not None)
    # from the morning, 2n half days end at noon of the n-th working day after; from the afternoon, at its end
    assert halves.due_day == whole.due_day


# Receipt


@pytest.mark.parametrize(
    ("start", "received"),
    [
        ("2026-03-06T17:00", "2026-03-06T17:00"),
        ("2026-03-06T17:00:01", "2026-03-09T09:00"),
        ("2026-03-06T06:32", "2026-03-06T06:32"),
        ("2026-03-07T10:00", "2026-03-09T09:00"),
        ("2026-10-09T21:47", "2026-10-10T09:00"),
        ("2026-09-30T19:00", "2026-10-08T09:00"),
    ],
)
def test_a_late_receipt_counts_as_the_next_opening(start: str, received: str) -> None:
    found = due(start, 1)
    assert found.received == datetime.fromisoformat(received)


def test_a_time_with_a_zone_is_read_as_chinese_time() -> None:
    # 09:30 UTC is 17:30 in China, after closing
    found = due_date(datetime(2026, 3, 6, 9, 30, tzinfo=UTC), 3, published())
    assert found.due == date(2026, 3, 12)


def test_other_office_hours_move_the_bounds() -> None:
    hours = OfficeHours(time(8, 30), time(11, 30), time(14), time(18))
    late = due_date(datetime(2026, 3, 6, 17, 20), 3, "working_day", published(), office=hours)
    assert late.due == date(2026, 3, 11)
    assert late.due_at == datetime(2026, 3, 11, 18)
    noon = due_date(datetime(2026, 3, 6, 12), 1, "half_working_day", published(), office=hours)
    assert noon.due == datetime(2026, 3, 9, 11, 30)


# Provisional


def test_a_provisional_deadline_says_how_far_it_was_counted() -> None:
    found = due("2026-12-21T10:00", 10)
    assert (found.due, found.provisional, found.hold) == (None, True, "unpublished_year")
    assert (found.counted, found.left, found.last_counted) == (8, 2, date(2026, 12, 31))
    assert (
        "暂定：2027 年没有已公布的放假安排，已计到 2026 年 12 月 31 日 周四（第 8 个工作日），还剩 2 个工作日"
        in found.zh
    )
    assert found.walk[-1].kind == "unpublished"


def test_a_receipt_in_an_unpublished_year_is_provisional_too() -> None:
    found = due("2027-03-01T10:00", 5)
    assert (found.due, found.received, found.left) == (None, None, 5)


def test_a_pause_without_end_keeps_the_deadline_open() -> None:
    found = due("2026-06-01T10:00", 5, "working_day", ("2026-06-04", None))
    assert (found.due, found.hold, found.counted, found.left) == (None, "open_pause", 2, 3)
    assert "6 月 4 日 周四 起暂停中" in found.zh
    assert "暂定" not in found.zh


def test_a_pause_without_end_after_the_due_day_changes_nothing() -> None:
    assert due("2026-06-01T10:00", 2, "working_day", ("2026-06-04", None)).due == date(2026, 6, 3)


# Words


def test_the_reasons_name_holiday_make_up_day_and_notice() -> None:
    found = due("2026-09-28T09:30", 5)
    assert found.zh == (
        "2026 年 9 月 28 日 周一 09:30 收到，时限 5 个工作日，收件当天不算。"
        "2026 年 10 月 10 日 周六（调休上班）17:00 到期。"
        "其间：10 月 1–7 日国庆节放假不算；10 月 10 日 周六 调休上班算在内。"
        "依据 国办发明电〔2025〕7号，文号待核。"
    )
    assert found.en == (
        "Received Mon 28 Sep 2026 09:30; limit 5 working days, the day of receipt not counted. "
        "Due Sat 10 Oct 2026 (make-up working day) 17:00. "
        "In between: 1–7 Oct National Day holiday, not counted; "
        "Sat 10 Oct is a make-up working day and counts. "
        "According to 国办发明电〔2025〕7号, number to be confirmed."
    )


def test_a_moved_last_day_is_told() -> None:
    assert (
        "第 15 天 10 月 3 日 周六 是国庆节放假，顺延到下一个工作日"
        in due("2026-09-18T10:00", 15, "calendar_day").zh
    )


def test_a_pause_is_told_in_the_unit_of_the_limit() -> None:
    pause = ("2026-06-04", "2026-06-09")
    assert "6 月 4–8 日暂停，停 3 个工作日" in due("2026-06-01T10:00", 10, "working_day", pause).zh
    assert "6 月 4–8 日暂停，停 5 天" in due("2026-06-01T10:00", 10, "calendar_day", pause).zh
    assert "6 月 4–8 日暂停，停 6 个半天" in due("2026-06-01T10:00", 10, "half_working_day", pause).zh


def test_a_walk_across_two_years_quotes_both_notices() -> None:
    found = due("2025-09-28T10:00", 70)
    assert "国办发明电〔2024〕12号，文号待核、国办发明电〔2025〕7号" in found.zh


@pytest.mark.parametrize(
    ("start", "limit", "unit", "lines"),
    [
        (
            "2026-03-06T17:20",
            1,
            "working_day",
            [
                "2026-03-06 周五  17:20 收到，已过 17:00 下班",
                "2026-03-07 周六  周末，不算",
                "2026-03-08 周日  周末，不算",
                "2026-03-09 周一  算上班时收到，当天不算",
                "2026-03-10 周二  第 1 个工作日，到期",
            ],
        ),
        (
            "2026-06-19T12:30",
            1,
            "half_working_day",
            [
                "2026-06-19 周五  12:30 收到，当天不上班（端午节放假）",
                "2026-06-20 周六  端午节放假，不算",
                "2026-06-21 周日  端午节放假，不算",
                "2026-06-22 周一 上午  算上班时收到，这半天不算",
                "2026-06-22 周一 下午  第 1 个半天，到期",
            ],
        ),
        (
            "2026-06-18T12:30",
            2,
            "half_working_day",
            [
                "2026-06-18 周四 下午  12:30 午休时收到，算下午，这半天不算",
                "2026-06-19 周五  端午节放假，不算",
                "2026-06-20 周六  端午节放假，不算",
                "2026-06-21 周日  端午节放假，不算",
                "2026-06-22 周一 上午  第 1 个半天",
                "2026-06-22 周一 下午  第 2 个半天，到期",
            ],
        ),
        (
            "2026-05-07T10:00",
            2,
            "calendar_day",
            [
                "2026-05-07 周四  10:00 收到，当天不算",
                "2026-05-08 周五  第 1 天",
                "2026-05-09 周六  第 2 天，调休上班，到期",
            ],
        ),
    ],
)
def test_the_walk_explains_every_day(start: str, limit: int, unit: str, lines: list[str]) -> None:
    assert [step.zh for step in due(start, limit, unit).walk] == lines


# Misuse


@pytest.mark.parametrize("limit", [-1, 1.5, True, "5", None, 10**6])
def test_a_limit_is_a_whole_number(limit: Any) -> None:
    with pytest.raises(DeadlineError, match="时限要写"):
        due("2026-06-01T10:00", limit)


def test_a_unit_is_one_of_three() -> None:
    with pytest.raises(DeadlineError, match="不认识时限单位"):
        due("2026-06-01T10:00", 1, "day")


def test_a_receipt_has_a_time() -> None:
    with pytest.raises(DeadlineError, match="写到时刻"):
        due_date(date(2026, 6, 1), 1, published())  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("pause", "words"),
    [
        (("2026-06-09", "2026-06-04"), "请对调"),
        (("2026-06-04T10:00", "2026-06-09"), "整天"),
        (("2026-06-31", "2026-07-01"), "不是日期"),
    ],
)
def test_a_pause_runs_forward_over_whole_days(pause: tuple[str, str], words: str) -> None:
    with pytest.raises(DeadlineError, match=words):
        due("2026-06-01T10:00", 5, "working_day", pause)


def test_a_pause_object_and_a_pair_of_days_are_the_same() -> None:
    start, pause = datetime(2026, 6, 1, 10), Pause(date(2026, 6, 4), date(2026, 6, 9), "专家评审")
    pair = due_date(start, 10, "working_day", published(), [("2026-06-04", "2026-06-09")])
    assert due_date(start, 10, "working_day", published(), [pause]) == pair


def test_office_hours_run_forward() -> None:
    with pytest.raises(DeadlineError, match="办公时间"):
        OfficeHours(opens=time(13))


def test_a_receipt_at_the_end_of_time_is_refused_in_words() -> None:
    with pytest.raises(DeadlineError, match="太远"):
        due_date(datetime(9999, 12, 31, 23, tzinfo=UTC), 1, published())
