"""Columns of growth in tables of zones: whose growth, for when, and which are refused in words."""

import pytest

from gaoxin.core.periods import Period
from gaoxin.facts.ingest.draft import Draft, draft
from gaoxin.facts.ingest.growth_header import read_growth
from gaoxin.facts.ingest.headers import assign, map_headers
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.mapping import Mapping
from gaoxin.facts.ingest.workbook import Cell
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_table

ZONES = KnownSubjects.of([KnownSubject("zone/drill", "演练区")])
PERCENT = 10**10  # 1 % is 0.01 at twelve decimals


def mapped(library: Library, *rows: tuple[Cell, ...], period: str | None = "2026-01/2026-09") -> Mapping:
    held = None if period is None else Period.parse(period)
    return map_headers(a_table(*rows), library, "zone", held, subject="zone/drill")


def drafted(library: Library, *rows: tuple[Cell, ...], period: str = "2026-01/2026-09") -> Draft:
    return draft(a_table(*rows), mapped(library, *rows, period=period), library, ZONES)


def figures(held: Draft) -> list[tuple[str, str, str, int]]:
    """(metric, figure, period, number at storage scale) of every cell."""
    columns = {column.number: column for column in held.columns}
    return [
        (columns[number].metric, columns[number].figure, columns[number].period, value)
        for number, value in held.cells.select("column", "number").iter_rows()
    ]


@pytest.mark.parametrize(
    "header",
    [
        "地区生产总值增速（%）",
        "GDP同比增长%",
        "GDP（亿元）比上年同期增长（%）",
        "GDP±%",
        "GDP可比价增速(%)",
    ],
)
def test_a_named_growth_is_recorded_beside_the_amount(library: Library, header: str) -> None:
    held = drafted(library, ("园区", "GDP（亿元）", header), ("演练区", 299.54, 8.3))
    assert figures(held) == [
        ("gdp", "level", "2026-01/2026-09", 29_954_000_000_00),  # 299.54 亿元 in fen
        ("gdp", "growth", "2026-01/2026-09", 83 * PERCENT // 10),
    ]


def test_a_bare_growth_belongs_to_the_amounts_at_its_left_and_says_so(library: Library) -> None:
    rows = (
        ("园区", "GDP（亿元）", "同比增长（%）", "高新技术企业数（家）", "同比（%）"),
        ("演练区", 299.54, 8.3, 248, -1.5),
    )
    held = drafted(library, *rows)
    assert figures(held)[1] == ("gdp", "growth", "2026-01/2026-09", 83 * PERCENT // 10)
    # −1.5 %; a year-end stock in a report of January to September is known as of its last day.
    assert figures(held)[3] == ("zone_firms", "growth", "2026-09-30", -15 * PERCENT // 10)
    said = [issue for issue in held.remarks if issue.code == "growth_taken"]
    assert [issue.cell for issue in said] == ["C1", "E1"]
    assert "“地区生产总值”2026年1–9月比上年同期的增速" in said[0].zh


def test_a_growth_beside_this_year_and_last_year_is_this_years(library: Library) -> None:
    held = mapped(
        library,
        ("园区", "GDP（亿元）", "", ""),
        ("", "本年累计", "上年同期", "同比增长（%）"),
        ("演练区", 299.54, 276.6, 8.3),
    )
    assert [(column.figure, column.period) for column in held.columns[1:]] == [
        ("level", "2026-01/2026-09"),
        ("level", "2025-01/2025-09"),
        ("growth", "2026-01/2026-09"),
    ]
    assert not held.questions


def test_a_growth_behind_month_and_year_to_date_is_asked_about_and_can_be_answered(library: Library) -> None:
    rows = (
        ("园区", "GDP（亿元）", "", ""),
        ("", "本月", "累计", "同比增长（%）"),
        ("演练区", 33.0, 299.54, 8.3),
    )
    held = mapped(library, *rows)
    (question,) = held.questions
    assert (question.kind, question.column, question.choices) == ("period", 3, ("2026-09", "2026-01/2026-09"))
    answered = assign(held, library, a_table(*rows), 3, period=Period.parse("2026-01/2026-09"))
    assert not answered.questions


def test_month_and_year_to_date_each_have_their_growth(library: Library) -> None:
    held = mapped(
        library,
        ("园区", "GDP（亿元）", "", "", ""),
        ("", "本月", "同比（%）", "累计", "累计同比（%）"),
        ("演练区", 33.0, 7.0, 299.54, 8.3),
    )
    assert [column.period for column in held.columns[1:]] == [
        "2026-09",
        "2026-09",
        "2026-01/2026-09",
        "2026-01/2026-09",
    ]


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("GDP环比增长（%）", "环比"),
        ("GDP年均增长（%）", "年均增速"),
        ("GDP目标增速（%）", "增速目标"),
        ("GDP同比增加额（亿元）", "变化量"),
        ("GDP增长贡献率（%）", "贡献率"),
    ],
)
def test_other_changes_are_left_out_in_words(library: Library, header: str, word: str) -> None:
    held = mapped(library, ("园区", "GDP（亿元）", header), ("演练区", 299.54, 8.3))
    assert [column.role for column in held.columns] == ["name", "metric", "growth"]
    (issue,) = [found for found in held.issues if found.code == "growth_left_out"]
    assert issue.severity == "warning"
    assert word in issue.zh


def test_a_growth_with_no_amount_beside_it_waits_for_its_metric(library: Library) -> None:
    rows = (("园区", "同比增长（%）"), ("演练区", 8.3))
    held = mapped(library, *rows)
    (issue,) = [found for found in held.issues if found.code == "growth_left_out"]
    assert "没有写是哪个指标的增速" in issue.zh
    answered = assign(held, library, a_table(*rows), 1, metric="gdp")
    column = answered.column(1)
    assert (column.metric, column.figure, column.unit, column.period) == (
        "gdp",
        "growth",
        "%",
        "2026-01/2026-09",
    )


def test_a_growth_without_a_sign_of_its_unit_is_asked_about(library: Library) -> None:
    held = mapped(library, ("园区", "GDP（亿元）", "同比增长"), ("演练区", 299.54, 0.083))
    (question,) = held.questions
    assert (question.kind, question.column, question.choices[0]) == ("unit", 2, "%")


def test_growth_above_its_metrics_is_no_amount(library: Library) -> None:
    held = mapped(
        library,
        ("园区", "同比增长（%）", ""),
        ("", "GDP", "高新技术企业数"),
        ("演练区", 8.3, 2.0),
    )
    assert [(column.metric, column.figure) for column in held.columns[1:]] == [
        ("gdp", "growth"),
        ("zone_firms", "growth"),
    ]


def test_a_monthly_report_with_one_metric_a_row_keeps_amount_and_growth(library: Library) -> None:
    held = drafted(
        library,
        ("指标名称", "计量单位", "1-本月", "同比增长（%）"),
        ("地区生产总值", "亿元", 299.54, 8.3),
        ("高新技术企业数", "家", 248, 8.3),
    )
    assert not held.problems
    assert sorted(figures(held)) == [
        ("gdp", "growth", "2026-01/2026-09", 83 * PERCENT // 10),
        ("gdp", "level", "2026-01/2026-09", 29_954_000_000_00),
        ("zone_firms", "growth", "2026-09-30", 83 * PERCENT // 10),
        ("zone_firms", "level", "2026-09-30", 248_000_000),
    ]


def test_a_row_that_is_called_a_growth_is_one(library: Library) -> None:
    held = drafted(library, ("指标", "单位", "数值"), ("GDP增速", "%", 8.3))
    assert figures(held) == [("gdp", "growth", "2026-01/2026-09", 83 * PERCENT // 10)]


def test_growths_of_rows_are_not_added_up(library: Library) -> None:
    held = drafted(
        library,
        ("园区", "GDP（亿元）", "同比增长（%）"),
        ("演练区", 299.54, 8.3),
        ("合计", 299.54, 7.9),
    )
    assert not [issue for issue in held.remarks if issue.code == "total_differs"]


def test_the_growth_of_an_enterprise_is_still_worked_out(library: Library) -> None:
    table = a_table(("统一社会信用代码", "营业收入（万元）", "同比增长（%）"), ("", 1.0, 2.0))
    held = map_headers(table, library, "enterprise", Period.parse("2025"))
    assert [column.role for column in held.columns] == ["uscc", "metric", "growth"]


def test_the_unit_of_the_amount_above_is_not_that_of_the_growth() -> None:
    found = read_growth(("规上工业增加值（亿元）", "同比增长"))
    assert found is not None
    assert (found.names, found.unit) == (("规上工业增加值",), None)


def test_next_months_report_remembers_which_column_is_a_growth(library: Library) -> None:
    rows = (("园区", "GDP（亿元）", "同比增长（%）"), ("演练区", 299.54, 8.3))
    saved = Mapping.from_json(mapped(library, *rows).as_json())
    held = map_headers(
        a_table(*rows), library, "zone", Period.parse("2026-01/2026-10"), saved=saved, subject="zone/drill"
    )
    column = held.column(2)
    assert (column.metric, column.figure, column.period) == ("gdp", "growth", "2026-01/2026-10")
