"""Sheets as the statistics office of a zone really has them, each read with the shipped catalogue.

The expected figures were worked out by hand, at storage scale: yuan in fen, counts in millionths, ratios at
twelve decimals.
"""

from datetime import datetime

import pytest

from gaoxin.core.identifiers import uscc_check_digit
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.draft import Draft, draft
from gaoxin.facts.ingest.headers import map_headers
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.inspection.limits import SheetFacts
from gaoxin.facts.ingest.mapping import Mapping
from gaoxin.facts.ingest.workbook import Cell, Span, Table
from gaoxin.packs.library import Library, open_library

ZONES = KnownSubjects.of([KnownSubject("zone/chuxiong", "楚雄高新区")])
FEN_OF_YI = 10**10  # 1 亿元
FEN_OF_WAN = 10**6  # 1 万元
PERCENT = 10**10


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(["national"])


def a_code(number: int) -> str:
    first = f"91532301MA{number:07d}"
    return first + uscc_check_digit(first)


def a_sheet(*rows: tuple[Cell, ...], merged: tuple[Span, ...] = (), percent: tuple[int, ...] = ()) -> Table:
    width = max(len(row) for row in rows)
    full = [[*row, *([""] * (width - len(row)))] for row in rows]
    formatted = {column: frozenset(range(len(full))) for column in percent}
    return Table(
        "月报.xlsx",
        "表1",
        full,
        merged,
        SheetFacts(len(full), width, {}, formatted),
        ("表1",),
        "0" * 64,
        "zip",
    )


def understood(library: Library, table: Table, kind: str, period: str | None) -> Mapping:
    held = None if period is None else Period.parse(period)
    return map_headers(table, library, kind, held, subject="zone/chuxiong" if kind == "zone" else "")


def read(library: Library, table: Table, kind: str = "zone", period: str | None = None) -> Draft:
    known = ZONES if kind == "zone" else KnownSubjects()
    return draft(table, understood(library, table, kind, period), library, known)


def said(held: Draft) -> dict[tuple[int, str, str, str], int]:
    """(row, metric, figure, period) → number."""
    columns = {column.number: column for column in held.columns}
    return {
        (row, columns[number].metric, columns[number].figure, columns[number].period): value
        for row, number, value in held.cells.select("row", "column", "number").iter_rows()
    }


def test_an_enterprise_table_with_title_merged_headings_code_row_and_total(library: Library) -> None:
    spaced = f"{a_code(1)[:4]} {a_code(1)[4:8]} {a_code(1)[8:]}"
    rows = (
        ("楚雄高新区规上企业主要经济指标表（2025年）",),
        ("填报单位：楚雄高新区统计局", "", "", "", "", "", "单位：万元、人"),
        ("序号", "统一社会信用代码", "单位详细名称", "营业收入", "", "净利润", "从业人员", ""),
        ("", "", "", "本年", "上年", "本年", "期末人数", "平均人数"),
        ("甲", "乙", "丙", 1, 2, 3, 4, 5),
        (1, spaced, "云岭药业有限公司", 12345.67, 11000, -320.5, 1280, 1255.5),
        (2, a_code(2), "彝山新材料有限公司", "8,900.00", "7,800", "—", 310, 305),
        ("", "", "合计", 21245.67, 18800, -320.5, 1590, 1560.5),
        ("注：营业收入不含税。",),
    )
    merged = (Span(2, 3, 2, 4), Span(2, 6, 2, 7), Span(2, 0, 3, 0), Span(2, 1, 3, 1), Span(2, 2, 3, 2))
    held = read(library, a_sheet(*rows, merged=merged), "enterprise", "2025")
    assert not held.problems
    assert held.rows["uscc"].to_list() == [a_code(1), a_code(2)]
    assert said(held) == {
        (6, "revenue", "level", "2025"): 1_234_567_000_0,  # 12 345.67 万元 = 123 456 700 元
        (7, "revenue", "level", "2025"): 8900 * FEN_OF_WAN,
        (6, "revenue", "level", "2024"): 11000 * FEN_OF_WAN,
        (7, "revenue", "level", "2024"): 7800 * FEN_OF_WAN,
        (6, "net_profit", "level", "2025"): -320_500_000,
        (6, "staff_year_end", "level", "2025"): 1280 * 10**6,
        (7, "staff_year_end", "level", "2025"): 310 * 10**6,
        (6, "staff_total_avg", "level", "2025"): 12555 * 10**5,
        (7, "staff_total_avg", "level", "2025"): 305 * 10**6,
    }


def test_money_in_thousands_of_yuan(library: Library) -> None:
    rows = (
        ("2025年企业研发投入快报",),
        ("单位：千元",),
        ("统一社会信用代码", "企业名称", "研发费用（会计口径）"),
        (a_code(1), "云岭药业有限公司", 5123.45),
    )
    # 5 123.45 千元 = 5 123 450 元
    assert said(read(library, a_sheet(*rows), "enterprise")) == {(4, "rd_book", "level", "2025"): 512_345_000}


def test_serial_dates_are_dates_and_codes_stored_as_numbers_are_refused(library: Library) -> None:
    rows = (
        ("统一社会信用代码", "企业名称", "成立日期"),
        (a_code(1), "云岭药业有限公司", 45356),
        (9.15323e17, "龙川江机械有限公司", datetime(2018, 7, 1)),
        (a_code(4), "紫溪食品有限公司", "20200115"),
    )
    held = read(library, a_sheet(*rows), "enterprise", "2025")
    # 45 356 days after 30 December 1899
    assert held.cells.filter(held.cells["row"] != 3)["text"].to_list() == ["2024-03-05", "2020-01-15"]
    assert [(problem.cell, problem.code) for problem in held.problems] == [("A3", "uscc_number")]


def test_people_in_tens_of_thousands_and_enterprises_by_the_piece(library: Library) -> None:
    rows = (
        ("园区", "期末从业人员（万人）", "市场主体（万户）", "规上工业企业（个）"),
        ("楚雄高新区", 3.2156, 1.919, 126),
    )
    assert list(said(read(library, a_sheet(*rows), period="2025")).values()) == [
        32_156 * 10**6,
        19_190 * 10**6,
        126 * 10**6,
    ]


def test_a_monthly_report_with_month_year_to_date_and_growth(library: Library) -> None:
    rows = (
        ("楚雄高新区2026年1-9月主要经济指标完成情况",),
        ("指标名称", "计量单位", "本月", "累计", "累计同比±%", "占全年目标%"),
        ("一、地区生产总值", "亿元", "", 220.5, 8.3, ""),
        ("二、规模以上工业总产值", "亿元", 38.2, 330.1, 10.4, ""),
        ("    其中：高新技术企业产值", "亿元", 17.1, 150.2, "12.1%", ""),
        ("三、规上工业增加值增速", "%", 9.1, 8.8, "", ""),
        ("五、一般公共预算收入", "万元", 3021, 28034, 6.5, ""),
        ("    其中：税收收入", "万元", 2001, 20034, 7.5, ""),
        ("七、实际利用外资", "万美元", 0, 1203, "—", ""),
        ("八、期末市场主体", "户", 19990, 19990, 4.1, ""),
    )
    held = read(library, a_sheet(*rows))
    month, to_date, day = "2026-09", "2026-01/2026-09", "2026-09-30"
    assert not held.problems
    assert said(held) == {
        (3, "gdp", "level", to_date): 2205 * FEN_OF_YI // 10,
        (3, "gdp", "growth", to_date): 83 * PERCENT // 10,
        (4, "above_designated_industrial_output", "level", month): 382 * FEN_OF_YI // 10,
        (4, "above_designated_industrial_output", "level", to_date): 3301 * FEN_OF_YI // 10,
        (4, "above_designated_industrial_output", "growth", to_date): 104 * PERCENT // 10,
        (5, "high_tech_enterprise_output", "level", month): 171 * FEN_OF_YI // 10,
        (5, "high_tech_enterprise_output", "level", to_date): 1502 * FEN_OF_YI // 10,
        (5, "high_tech_enterprise_output", "growth", to_date): 121 * PERCENT // 10,
        (6, "above_designated_industrial_value_added", "growth", month): 91 * PERCENT // 10,
        (6, "above_designated_industrial_value_added", "growth", to_date): 88 * PERCENT // 10,
        (7, "general_public_budget_revenue", "level", month): 3021 * FEN_OF_WAN,
        (7, "general_public_budget_revenue", "level", to_date): 28034 * FEN_OF_WAN,
        (7, "general_public_budget_revenue", "growth", to_date): 65 * PERCENT // 10,
        (8, "general_public_budget_tax_revenue", "level", month): 2001 * FEN_OF_WAN,
        (8, "general_public_budget_tax_revenue", "level", to_date): 20034 * FEN_OF_WAN,
        (8, "general_public_budget_tax_revenue", "growth", to_date): 75 * PERCENT // 10,
        (9, "actual_foreign_investment", "level", month): 0,
        (9, "actual_foreign_investment", "level", to_date): 1203 * FEN_OF_WAN,
        (10, "market_entities", "level", day): 19990 * 10**6,
        (10, "market_entities", "growth", day): 41 * PERCENT // 10,
    }


def test_amount_and_growth_under_merged_headings_and_a_net_increase_is_no_stock(library: Library) -> None:
    rows = (
        ("2026年1—9月各园区主要指标",),
        ("园区名称", "规上工业总产值", "", "高新技术企业数", ""),
        ("", "总量（亿元）", "同比增长（%）", "（家）", "净增（家）"),
        ("楚雄高新区", 330.1, 10.4, 65, 3),
    )
    merged = (Span(0, 0, 0, 4), Span(1, 1, 1, 2), Span(1, 3, 1, 4), Span(1, 0, 2, 0))
    held = read(library, a_sheet(*rows, merged=merged))
    assert said(held) == {
        (4, "above_designated_industrial_output", "level", "2026-01/2026-09"): 3301 * FEN_OF_YI // 10,
        (4, "above_designated_industrial_output", "growth", "2026-01/2026-09"): 104 * PERCENT // 10,
        (4, "high_tech_enterprises", "level", "2026-09-30"): 65 * 10**6,
    }
    assert any("净增" in issue.zh for issue in held.remarks if issue.code == "column_unmatched")


def test_a_yearbook_with_years_side_by_side_and_yuan_a_head(library: Library) -> None:
    rows = (
        ("指标", "单位", "2024年", "2025年", "2025年比上年增长（%）"),
        ("地区生产总值", "亿元", 280.4, 299.54, 8.3),
        ("#第一产业增加值", "亿元", 10.4, 10.54, 3.3),
        ("人均地区生产总值", "元", 84400, 90540, 6.9),
    )
    held = said(read(library, a_sheet(*rows)))
    assert held[2, "gdp", "level", "2024"] == 2804 * FEN_OF_YI // 10
    assert held[2, "gdp", "growth", "2025"] == 83 * PERCENT // 10
    assert held[3, "primary_industry_value_added", "level", "2025"] == 1054 * FEN_OF_YI // 100
    assert held[4, "gdp_per_capita_yuan", "level", "2025"] == 90_540 * 10**6  # yuan a head, six decimals
    assert (2, "gdp", "growth", "2024") not in held


def test_a_part_under_its_whole_is_not_the_whole(library: Library) -> None:
    rows = (
        ("统一社会信用代码", "营业收入（万元）", ""),
        ("", "本年", "其中：出口"),
        (a_code(1), 1200.0, 300.0),
    )
    held = understood(library, a_sheet(*rows), "enterprise", "2025")
    assert [column.metric for column in held.of_role("metric")] == ["revenue"]
    assert held.column(2).role == "unknown"


def test_cells_formatted_as_percentages_need_no_sign_in_the_heading(library: Library) -> None:
    rows = (("园区", "GDP（亿元）", "GDP增速"), ("楚雄高新区", 299.54, 0.083))
    held = said(read(library, a_sheet(*rows, percent=(2,)), period="2025"))
    assert held[2, "gdp", "growth", "2025"] == 83 * PERCENT // 10


def test_a_promotion_report_keeps_money_apart_by_origin(library: Library) -> None:
    rows = (
        (
            "园区",
            "签约项目（个）",
            "协议投资额（亿元）",
            "省外到位资金（亿元）",
            "州外到位资金（亿元）",
            "开工项目（个）",
            "竣工项目（个）",
        ),
        ("楚雄高新区", 18, 126, 120.2, 165.3, 12, 5),
    )
    held = said(read(library, a_sheet(*rows), period="2025"))
    assert held[2, "funds_in_place_outside_province", "level", "2025"] == 1202 * FEN_OF_YI // 10
    assert held[2, "funds_in_place_outside_prefecture", "level", "2025"] == 1653 * FEN_OF_YI // 10
    province = library.metric("funds_in_place_outside_province")
    assert province.within == "funds_in_place_outside_prefecture"
    assert (held[2, "projects_started", "level", "2025"], held[2, "projects_completed", "level", "2025"]) == (
        12 * 10**6,
        5 * 10**6,
    )


def test_months_without_a_year_are_those_of_the_report(library: Library) -> None:
    rows = (
        ("园区", "规上工业总产值（亿元）", "", ""),
        ("", "9月", "1-9月", "1-9月同比增长（%）"),
        ("楚雄高新区", 38.2, 330.1, 10.4),
    )
    held = understood(library, a_sheet(*rows), "zone", "2026-01/2026-09")
    assert [(column.figure, column.period) for column in held.columns[1:]] == [
        ("level", "2026-09"),
        ("level", "2026-01/2026-09"),
        ("growth", "2026-01/2026-09"),
    ]


def test_year_to_date_under_each_of_two_years(library: Library) -> None:
    rows = (
        ("园区", "规上工业总产值（亿元）", "", "", ""),
        ("", "2026年", "", "2025年", ""),
        ("", "本月", "累计", "本月", "累计"),
        ("楚雄高新区", 38.2, 330.1, 34.0, 299.0),
    )
    merged = (Span(0, 1, 0, 4), Span(1, 1, 1, 2), Span(1, 3, 1, 4), Span(0, 0, 2, 0))
    held = understood(library, a_sheet(*rows, merged=merged), "zone", "2026-01/2026-09")
    assert [column.period for column in held.columns[1:]] == [
        "2026-09",
        "2026-01/2026-09",
        "2025-09",
        "2025-01/2025-09",
    ]
    assert not held.questions


def test_a_year_above_a_word_for_amounts_stays_the_year(library: Library) -> None:
    rows = (
        ("园区", "2024年", "2025年"),
        ("", "GDP（亿元）", "GDP（亿元）"),
        ("楚雄高新区", 280.4, 299.54),
    )
    held = understood(library, a_sheet(*rows), "zone", "2026-01/2026-09")
    assert [(column.metric, column.period) for column in held.columns[1:]] == [
        ("gdp", "2024"),
        ("gdp", "2025"),
    ]
    rows = (
        ("园区", "地区生产总值", ""),
        ("", "2024年总量（亿元）", "2025年总量（亿元）"),
        ("楚雄高新区", 280.4, 299.54),
    )
    held = understood(library, a_sheet(*rows), "zone", "2026-01/2026-09")
    assert [(column.metric, column.period) for column in held.columns[1:]] == [
        ("gdp", "2024"),
        ("gdp", "2025"),
    ]
