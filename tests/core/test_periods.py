"""A period has one code, one place in the order, and moves without losing its form."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import FORMS, Period

years = st.integers(1980, 2100)
months = st.integers(1, 12)
days = st.dates(date(1980, 1, 1), date(2100, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Period:
    first, length = draw(days), draw(st.integers(0, 4000))
    return Period.between(first, first + timedelta(days=length))


periods = st.one_of(
    st.builds(Period.of_year, years),
    st.builds(Period.of_half, years, st.integers(1, 2)),
    st.builds(Period.of_quarter, years, st.integers(1, 4)),
    st.builds(Period.of_month, years, months),
    st.builds(Period.to_month, years, months),
    st.builds(Period.of_day, days),
    st.builds(lambda a, n: Period.parse(f"{a}/{a + n}"), years, st.integers(1, 30)),
    spans(),
)


@pytest.mark.parametrize(
    ("code", "form", "start", "end"),
    [
        ("2021", "year", "2021-01-01", "2021-12-31"),
        ("2021H1", "half", "2021-01-01", "2021-06-30"),
        ("2021H2", "half", "2021-07-01", "2021-12-31"),
        ("2021Q3", "quarter", "2021-07-01", "2021-09-30"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2024-01/2024-09", "year_to_date", "2024-01-01", "2024-09-30"),
        ("2024-01/2024-12", "year_to_date", "2024-01-01", "2024-12-31"),
        ("2021-12-31", "day", "2021-12-31", "2021-12-31"),
        ("2012/2021", "span", "2012-01-01", "2021-12-31"),
        ("2021-03/2022-02", "span", "2021-03-01", "2022-02-28"),
        ("2021-03-05/2021-04-15", "span", "2021-03-05", "2021-04-15"),
    ],
)
def test_a_code_names_its_days(code: str, form: str, start: str, end: str) -> None:
    period = Period.parse(code)
    assert (period.form, period.start.isoformat(), period.end.isoformat()) == (form, start, end)
    assert period.code == str(period) == code


@given(periods)
def test_the_code_of_a_period_reads_back_as_the_period(period: Period) -> None:
    assert Period.parse(period.code) == period
    assert Period.parse(period.code).code == period.code


@given(periods)
def test_the_chinese_label_of_a_period_reads_back_as_the_period(period: Period) -> None:
    assert Period.parse(period.label("zh")) == period


@given(periods, st.integers(-40, 40))
def test_shifting_by_years_and_back_is_no_change(period: Period, count: int) -> None:
    moved = period.shift(years=count)
    assert moved.form == period.form
    # the last of February has no fixed place in the year: 28 February of a leap year comes back as the 29th
    assume((2, 28) not in {(d.month, d.day) for p in (period, moved) for d in (p.start, p.end)})
    assume((2, 29) not in {(d.month, d.day) for p in (period, moved) for d in (p.start, p.end)})
    assert moved.shift(years=-count) == period


@given(periods, st.integers(-20, 20))
def test_shifting_by_steps_and_back_is_no_change(period: Period, count: int) -> None:
    assume(period.form != "year_to_date")
    assume(period.days * abs(count) < 365 * 75)
    assert period.shift(steps=count).shift(steps=-count) == period


@given(periods)
def test_one_step_leads_to_the_day_after(period: Period) -> None:
    assume(period.form != "year_to_date")
    assert period.shift(steps=1).start == period.end + timedelta(days=1)
    assert period.shift(steps=-1).end == period.start - timedelta(days=1)


@given(periods, periods, periods)
def test_containing_is_transitive_and_reflexive(a: Period, b: Period, c: Period) -> None:
    assert a.contains(a)
    if a.contains(b) and b.contains(c):
        assert a.contains(c)
    if a.contains(b) and b.contains(a):
        assert a.covers_same_days(b)


@given(periods, periods, periods)
def test_the_order_is_total(a: Period, b: Period, c: Period) -> None:
    assert (a < b) + (b < a) + (a == b) == 1
    if a <= b and b <= c:
        assert a <= c


@given(st.lists(periods, max_size=6))
def test_equal_periods_are_one_key(several: list[Period]) -> None:
    assert {p.code for p in several} == {p.code for p in set(several)}


def test_what_ends_later_is_later_and_what_is_shorter_comes_last() -> None:
    written = [
        "2022-01",
        "2021-12-31",
        "2021",
        "2021-12",
        "2021Q4",
        "2021Q3",
        "2021H2",
        "2012/2021",
        "2021-01/2021-12",
    ]
    assert [p.code for p in sorted(Period.parse(code) for code in written)] == [
        "2021Q3",
        "2012/2021",
        "2021",
        "2021-01/2021-12",
        "2021H2",
        "2021Q4",
        "2021-12",
        "2021-12-31",
        "2022-01",
    ]


def test_the_same_days_reported_in_two_forms_stay_two_periods() -> None:
    half, cumulated = Period.parse("2021H1"), Period.parse("2021-01/2021-06")
    assert half != cumulated
    assert half.covers_same_days(cumulated)


@pytest.mark.parametrize(
    ("code", "years", "steps", "moved"),
    [
        ("2021", -1, 0, "2020"),
        ("2021H1", 0, -1, "2020H2"),
        ("2021Q1", 0, -1, "2020Q4"),
        ("2021-12", 0, 1, "2022-01"),
        ("2024-01/2024-09", -1, 0, "2023-01/2023-09"),
        ("2021-12-31", 0, 1, "2022-01-01"),
        ("2024-02-29", -1, 0, "2023-02-28"),
        ("2023-02-28", 1, 0, "2024-02-29"),
        ("2023-02-27", 1, 0, "2024-02-27"),
        ("2012/2021", 0, 1, "2022/2031"),
        ("2012/2021", 1, 0, "2013/2022"),
        ("2021-03/2022-02", 2, 0, "2023-03/2024-02"),
        ("2021-03/2021-08", 0, 1, "2021-09/2022-02"),
        ("2021-03-05/2021-03-09", 0, 1, "2021-03-10/2021-03-14"),
        ("2021Q3", -1, -2, "2020Q1"),
    ],
)
def test_a_period_moves_by_years_and_by_its_own_length(code: str, years: int, steps: int, moved: str) -> None:
    assert Period.parse(code).shift(years=years, steps=steps).code == moved


def test_the_same_period_last_year() -> None:
    assert Period.parse("2024-01/2024-09").previous().code == "2023-01/2023-09"
    assert Period.parse("2021Q3").previous().code == "2020Q3"


def test_a_year_to_date_has_no_next_one() -> None:
    with pytest.raises(PeriodError, match="累计数"):
        Period.parse("2024-01/2024-09").shift(steps=1)


@pytest.mark.parametrize(
    ("code", "years", "steps"), [("2199", 1, 0), ("1900Q1", 0, -1), ("2199-12-31", 0, 1), ("2021", 0, 10**12)]
)
def test_nothing_moves_out_of_range(code: str, years: int, steps: int) -> None:
    with pytest.raises(PeriodError):
        Period.parse(code).shift(years=years, steps=steps)


@pytest.mark.parametrize(
    ("form", "start", "end"),
    [
        ("year", "2021-01-01", "2021-12-30"),
        ("quarter", "2021-02-01", "2021-04-30"),
        ("month", "2021-02-01", "2021-03-31"),
        ("year_to_date", "2021-02-01", "2021-09-30"),
        ("day", "2021-02-01", "2021-02-02"),
        ("span", "2021-01-01", "2021-09-30"),
        ("span", "2021-02-01", "2021-02-28"),
        ("span", "2021-02-01", "2021-02-01"),
        ("year", "2021-12-31", "2021-01-01"),
        ("year", "1899-01-01", "1899-12-31"),
    ],
)
def test_days_that_do_not_make_the_form_are_refused(form: str, start: str, end: str) -> None:
    assert form in FORMS
    with pytest.raises(PeriodError):
        Period(form, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("2021", "2021年", "2021"),
        ("2021H2", "2021年下半年", "H2 2021"),
        ("2021Q3", "2021年第三季度", "Q3 2021"),
        ("2021-06", "2021年6月", "Jun 2021"),
        ("2024-01/2024-09", "2024年1–9月", "Jan–Sep 2024"),
        ("2021-12-31", "2021年12月31日", "31 Dec 2021"),
        ("2012/2021", "2012–2021年", "2012–2021"),
        ("2021-03/2022-02", "2021年3月–2022年2月", "Mar 2021–Feb 2022"),
        ("2021-03-05/2021-04-15", "2021年3月5日–4月15日", "5 Mar–15 Apr 2021"),
    ],
)
def test_a_period_is_said_in_both_languages(code: str, zh: str, en: str) -> None:
    assert Period.parse(code).label("zh") == zh
    assert Period.parse(code).label("en") == en


def test_a_period_knows_its_year_and_its_length() -> None:
    assert Period.parse("2021-03/2022-02").year == 2022
    assert Period.parse("2024").days == 366
    assert Period.parse("2021").overlaps(Period.parse("2021-12-31/2022-01-03"))
    assert not Period.parse("2021").overlaps(Period.parse("2022"))
