"""What leaves the house as Excel: every figure with unit and source, nothing firmer than the fact (导出)."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from gaoxin.web.ledger.models import AuditEvent
from gaoxin.web.pages.workbooks import MOST_COMMENTS, Cell, Column, workbook
from tests.web.builders import a_director, a_source, a_statistician, an_account, an_enterprise, an_entry, zone
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
HERE = ("chuxiong", "daqing", "weifang", "sandbox")


def sheet(browser: Client, address: str):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    assert "attachment" in answer["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]


def cell_of(page, text: str, column: int = 5):
    """The figure in the row whose metric is `text`."""
    row = next(row for row in page.iter_rows() if row[1].value == text)
    return row[column - 1]


def test_a_figure_is_a_number_with_its_source_in_a_comment(signed_in: SignedIn) -> None:
    page = sheet(signed_in(a_director(HERE)), "/zones/chuxiong/export.xlsx?period=2021")
    cell = cell_of(page, "地区生产总值（GDP）")
    assert cell.value == 299.54
    assert cell.number_format == "#,##0.00"
    for part in ("楚雄高新区：“2主3辅”产业体系形成", "第3段第1句", "299.54亿元", "引用或报送"):
        assert part in cell.comment.text, part


def test_a_bound_an_interval_and_a_dispute_are_text_and_cannot_be_summed(signed_in: SignedIn) -> None:
    browser = signed_in(a_director(HERE))
    assert cell_of(sheet(browser, "/zones/daqing/export.xlsx"), "营业总收入").value == "> 1700 亿元"
    an_entry(
        a_statistician(HERE),
        zone("chuxiong"),
        "310",
        metric="gdp",
        unit="亿元",
        period="2021",
        source=a_source("年鉴"),
    )
    disputed = cell_of(sheet(browser, "/zones/chuxiong/export.xlsx"), "地区生产总值（GDP）")
    assert disputed.value == "299.54 亿元 或 310 亿元"
    assert "待裁定" in disputed.comment.text


def test_above_the_table_stand_filter_data_date_and_source_note(signed_in: SignedIn) -> None:
    page = sheet(signed_in(a_director(HERE)), "/zones/chuxiong/export.xlsx?period=2021")
    head = [page.cell(row, 1).value or "" for row in range(1, 6)]
    assert head[0] == "楚雄高新区 2021 年"
    assert any("筛选" in line for line in head)
    assert any("数据截至" in line for line in head)
    assert any("批注" in line for line in head)
    assert page.freeze_panes is not None


def test_units_stand_in_the_heads_of_the_list(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE)
    an_entry(clerk, an_enterprise("滇中机械", "chuxiong"), "120", unit="万元", period="2024")
    page = sheet(signed_in(clerk), "/subjects/export.xlsx?zone=chuxiong&period=2024&col=revenue")
    heads = [
        cell.value for row in page.iter_rows() for cell in row if cell.value and "营业收入" in str(cell.value)
    ]
    assert heads == ["营业收入（万元）"]
    numbers = [cell for row in page.iter_rows() for cell in row if cell.value == 120]
    assert len(numbers) == 1
    assert numbers[0].comment is not None


def test_a_synthetic_zone_says_so_in_the_sheet_on_paper_and_in_the_name(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE)
    an_entry(clerk, an_enterprise("假想机械", "sandbox"), source=a_source(zone="sandbox"))
    answer = signed_in(clerk).get("/subjects/export.xlsx?zone=sandbox")
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert "合成数据" in str(page["A2"].value)
    assert "合成数据" in page.oddHeader.center.text
    assert "%E5%90%88%E6%88%90" in answer["Content-Disposition"]  # 合成 in the file name
    real = signed_in(clerk).get("/zones/chuxiong/export.xlsx")
    assert "%E5%90%88%E6%88%90" not in real["Content-Disposition"]


@pytest.mark.parametrize("evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(signed_in: SignedIn, evil: str) -> None:
    clerk = a_statistician(HERE)
    an_entry(clerk, an_enterprise(evil, "chuxiong"))
    page = sheet(signed_in(clerk), "/subjects/export.xlsx?zone=chuxiong")
    cells = [cell for row in page.iter_rows() for cell in row if cell.value == evil]
    assert len(cells) == 1
    assert cells[0].data_type == "s"


def test_an_export_is_written_down_with_its_filter(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE)
    an_entry(clerk, an_enterprise("滇中机械", "chuxiong"))
    signed_in(clerk).get("/subjects/export.xlsx?zone=chuxiong&q=滇中")
    event = AuditEvent.objects.get(action="export.subjects")
    assert event.detail["rows"] == 1
    assert any("滇中" in one for one in event.detail["filters"]["filter"])


@pytest.mark.parametrize(
    "address",
    [
        "/zones/chuxiong/export.xlsx", "/zones/chuxiong/metrics/gdp/export.xlsx", "/compare/export.xlsx",
        "/sources/article_chuxiong/export.xlsx", "/checks/export.xlsx?zone=chuxiong",
        "/checks/export.xlsx?zone=chuxiong&rules=1", "/subjects/export.xlsx?zone=chuxiong",
    ],
)  # fmt: skip
def test_every_table_can_be_taken_along_by_who_may_and_by_nobody_else(
    signed_in: SignedIn, address: str
) -> None:
    assert sheet(signed_in(an_account("finance_officer", HERE)), address).max_row >= 4
    assert signed_in(an_account("window_officer", HERE)).get(address).status_code == 403


def test_long_tables_keep_their_sources_on_a_second_sheet() -> None:
    rows = ([Cell(number=Decimal(n), comment=f"来源:{n}")] for n in range(MOST_COMMENTS + 2))
    data = workbook(title="长表", notes=[], columns=[Column("数")], rows=rows, synthetic=False)
    held = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    assert len(held.worksheets) == 2
    assert held.worksheets[1].max_row == MOST_COMMENTS + 3


def test_more_digits_than_excel_keeps_are_written_as_text() -> None:
    data = workbook(
        title="大数",
        notes=[],
        columns=[Column("数")],
        rows=[[Cell(number=Decimal("12345678901234567"))]],
        synthetic=False,
    )
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert page.cell(3, 1).value == "12345678901234567"
