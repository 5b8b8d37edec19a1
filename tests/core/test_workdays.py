"""The published years say which days work; counting agrees with counting on fingers."""

import timeit
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.calendars import FIRST, LAST, ONE_DAY, published

from gaoxin.core.errors import CalendarGap, PackError
from gaoxin.core.workdays import CalendarYear, WorkCalendar

days = st.dates(FIRST, LAST)


def a_year(
    year: int, off: tuple[date, ...] = (), work: tuple[date, ...] = (), notice: str = "甲号"
) -> CalendarYear:
    return CalendarYear(year, frozenset(off), frozenset(work), dict.fromkeys(off, "元旦"), notice)


def test_three_years_agree_with_an_independent_calendar() -> None:
    calendar, day = published(), FIRST
    while day <= LAST:
        assert calendar.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += ONE_DAY


def test_the_years_have_as_many_working_days_as_counted_by_hand() -> None:
    # 2026: 365 days, 104 weekend days; weekdays off 1/1, 1/2, 2/16-20, 2/23, 4/6, 5/1, 5/4, 5/5, 6/19, 9/25,
    # 10/1, 10/2, 10/5-7 = 2+6+1+3+1+1+5 = 19; six weekend days work: 365 − 104 − 19 + 6 = 248
    assert published().between(date(2026, 1, 1), LAST) == 248


@given(days, st.integers(1, 300))
def test_the_nth_working_day_is_found_by_walking(day: date, n: int) -> None:
    calendar, walked, left = published(), day, n
    while left and walked < LAST:
        walked += ONE_DAY
        left -= calendar.is_working_day(walked)
    if left:
        with pytest.raises(CalendarGap) as caught:
            calendar.add(day, n)
        assert caught.value.context["year"] == 2027
    else:
        assert calendar.add(day, n) == walked


@given(days, st.integers(-300, 300))
def test_adding_and_counting_are_inverse(day: date, n: int) -> None:
    calendar = published()
    start = calendar.add(day, 0) if day < LAST else LAST
    try:
        end = calendar.add(start, n)
    except CalendarGap:
        return
    assert calendar.between(start, end) == n
    assert calendar.between(end, start) == -n
    assert calendar.add(end, -n) == start


@pytest.mark.parametrize(
    ("day", "n", "result"),
    [
        ("2026-09-17", 5, "2026-09-23"),
        ("2026-09-19", 0, "2026-09-20"),
        ("2026-09-20", 0, "2026-09-20"),
        ("2026-10-03", 1, "2026-10-08"),
        ("2026-10-03", -1, "2026-09-30"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2026-01-04", -3, "2025-12-29"),
    ],
)
def test_working_days_are_added_and_subtracted(day: str, n: int, result: str) -> None:
    assert published().add(date.fromisoformat(day), n).isoformat() == result


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2027, 1, 1), date.min, date.max])
def test_an_unpublished_year_is_a_gap_for_every_question(day: date) -> None:
    calendar = published()
    assert not calendar.covers(day)
    for ask in (
        calendar.is_working_day,
        calendar.explain,
        lambda d: calendar.add(d, 1),
        lambda d: calendar.between(d, d),
    ):
        with pytest.raises(CalendarGap) as caught:
            ask(day)
        assert caught.value.context["year"] == day.year


def test_counting_back_before_the_first_year_names_the_year_before() -> None:
    with pytest.raises(CalendarGap) as caught:
        published().add(date(2024, 1, 3), -5)
    assert caught.value.context["year"] == 2023


def test_a_missing_year_in_the_middle_is_not_jumped_over() -> None:
    calendar = WorkCalendar([a_year(2024), a_year(2026)])
    assert calendar.add(date(2024, 12, 30), 1) == date(2024, 12, 31)
    with pytest.raises(CalendarGap) as caught:
        calendar.add(date(2024, 12, 30), 2)
    assert caught.value.context["year"] == 2025
    with pytest.raises(CalendarGap) as caught:
        calendar.between(date(2024, 12, 30), date(2026, 1, 5))
    assert caught.value.context["year"] == 2025
    assert calendar.add(date(2026, 1, 1), 1) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("day", "kind", "zh", "en"),
    [
        (
            "2026-10-03",
            "holiday",
            "国庆节放假（国办发明电〔2025〕7号，文号待核）",
            "National Day holiday (国办发明电〔2025〕7号, number to be confirmed)",
        ),
        (
            "2025-10-06",
            "holiday",
            "国庆节、中秋节放假（国办发明电〔2024〕12号，文号待核）",
            "National Day and Mid-Autumn holiday (国办发明电〔2024〕12号, number to be confirmed)",
        ),
        (
            "2024-02-04",
            "make_up",
            "调休上班（国办发明电〔2023〕7号，文号待核）",
            "make-up working day (国办发明电〔2023〕7号, number to be confirmed)",
        ),
        ("2026-10-17", "weekend", "周末", "weekend"),
        ("2026-10-16", "workday", "工作日", "working day"),
    ],
)
def test_a_day_explains_itself(day: str, kind: str, zh: str, en: str) -> None:
    explained = published().explain(date.fromisoformat(day))
    assert (explained.kind, explained.zh, explained.en) == (kind, zh, en)
    assert explained.works is (kind in ("make_up", "workday"))


def test_a_confirmed_notice_is_quoted_without_a_reservation() -> None:
    calendar = WorkCalendar([a_year(2030, off=(date(2030, 1, 1),))])
    assert calendar.explain(date(2030, 1, 1)).zh == "元旦放假（甲号）"
    assert calendar.notice(2030) == "甲号"
    with pytest.raises(CalendarGap):
        calendar.notice(2031)


def test_a_notice_may_reach_into_the_year_before() -> None:
    eve = date(2029, 12, 31)
    calendar = WorkCalendar([a_year(2029, notice="旧号"), a_year(2030, off=(eve, date(2030, 1, 1)))])
    assert not calendar.is_working_day(eve)
    assert calendar.explain(eve).notice == "甲号"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([a_year(2030), a_year(2030)], "有两份"),
        ([a_year(2030, off=(date(2030, 1, 5),), work=(date(2030, 1, 5),))], "既放假又上班"),
        ([a_year(2030, off=(date(2026, 1, 1),))], "请改正年份"),
    ],
)
def test_calendars_that_contradict_themselves_are_refused(years: list[CalendarYear], words: str) -> None:
    with pytest.raises(PackError, match=words):
        WorkCalendar(years)


def test_a_calendar_without_years_is_one_gap() -> None:
    with pytest.raises(CalendarGap):
        WorkCalendar([]).add(date(2026, 1, 1), 1)


@given(days, days)
def test_counting_is_additive(a: date, b: date) -> None:
    calendar = published()
    middle = a + timedelta(days=((b - a).days // 2))
    assert calendar.between(a, middle) + calendar.between(middle, b) == calendar.between(a, b)


def test_adding_days_takes_about_a_microsecond() -> None:
    add, day = published().add, date(2026, 9, 1)
    best = min(timeit.repeat(lambda: add(day, 35), number=20_000, repeat=5)) / 20_000
    assert best < 5e-6  # measured 0.2 µs; the margin is for a busy machine
