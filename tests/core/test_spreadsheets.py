"""No text that somebody typed runs as a formula in the next person's spreadsheet."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from openpyxl import load_workbook

from gaoxin.core.spreadsheets import XLSX_OPTIONS, runs_as_formula, safe_cell, safe_sheet_name


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝HYPERLINK(1)",
        "\u200b=1",
        "=cmd|'/c calc'!A0",
        "－1+2",
    ],
)
def test_what_would_run_gets_an_apostrophe(text: str) -> None:
    assert runs_as_formula(text)
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", ["砚石软件", "-12.5", "+3", "1-2", "-1,234.50", "-5%", "", -5, 1.5, None, True]
)
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value


def test_a_workbook_opened_with_our_options_holds_texts_only() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, XLSX_OPTIONS)
    sheet = book.add_worksheet()
    for row, text in enumerate(("=1+1", "http://example.org", "0012")):
        sheet.write(row, 0, text)
    book.close()
    cells = [cell for (cell,) in load_workbook(out)["Sheet1"].iter_rows()]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert [cell.hyperlink for cell in cells] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "safe"), [("月报[1]/2", "月报-1--2"), ("'x'", "x"), ("", "表"), ("长" * 40, "长" * 31)]
)
def test_sheet_names_are_made_acceptable(name: str, safe: str) -> None:
    assert safe_sheet_name(name) == safe


def test_a_taken_sheet_name_gets_a_number() -> None:
    assert safe_sheet_name("导入问题", ("导入问题", "导入问题(2)")) == "导入问题(3)"
