"""The table of a firm: one column for a period, 未报 only where a figure could be."""

from __future__ import annotations

import pytest

from gaoxin.core.periods import Period
from gaoxin.web.ledger import selectors
from gaoxin.web.pages.subject_list import within
from gaoxin.web.pages.subject_page import SubjectView, column_of, spans_of, subject_view
from tests.web.builders import a_statistician, an_enterprise, an_entry

pytestmark = pytest.mark.django_db
FLOW, STOCK = "revenue", "staff_year_end"


def a_view(*told: tuple[str, str]) -> SubjectView:
    clerk, firm = a_statistician(), an_enterprise()
    for metric, period in told:
        unit = "万元" if metric == FLOW else "人"
        an_entry(clerk, firm, "120", metric=metric, unit=unit, period=period)
    return subject_view(selectors.standing(clerk, firm, figure=None), [])


def words(view: SubjectView) -> list[list[str]]:
    rows = [row for group in view.groups for row in group.rows]
    return [["–" if cell is None else cell.missing or "120" for cell in row.cells] for row in rows]


def test_a_state_stands_with_the_months_that_end_on_its_day() -> None:
    view = a_view((FLOW, "2026-01/2026-10"), (STOCK, "2026-10-31"))
    assert view.heads == ("2026 年 1–10 月",)
    assert words(view) == [["120"], ["120"]]


def test_january_to_december_and_the_year_are_one_column() -> None:
    spans = spans_of([])
    year = Period.parse("2026")
    assert {column_of(Period.parse(code), spans) for code in ("2026", "2026-01/2026-12", "2026-12-31")} == {
        year
    }


def test_not_reported_is_said_only_where_the_metric_is_reported_for_such_periods() -> None:
    view = a_view((FLOW, "2025"), (FLOW, "2024"), (STOCK, "2025"), (FLOW, "2026-01/2026-10"))
    assert view.heads == ("2026 年 1–10 月", "2025 年", "2024 年")
    # staff is reported by the year: missing in 2024, and no figure of ten months
    assert words(view) == [["120", "120", "120"], ["–", "120", "未报"]]


def test_the_list_shows_no_state_of_another_day() -> None:
    class There:
        periods = tuple(Period.parse(code) for code in ("2026", "2026-08-31", "2026-12-31"))

    found = within(Period.parse("2026"), There())  # type: ignore[arg-type]
    assert [period.code for period in found] == ["2026", "2026-12-31"]
