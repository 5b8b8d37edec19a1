"""Tables of zones on their way into the ledger: published growth, and what is left out (园区报表)."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from gaoxin.web.ledger import models, selectors
from tests.web.builders import a_statistician
from tests.web.imports.workbooks import accepted, checked

pytestmark = pytest.mark.django_db
HEADERS = ("园区", "规上工业增加值（亿元）", "同比增长（%）", "环比增长（%）")
PERIOD = "2026-01/2026-09"


def a_table(*row: object) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("月报")
    sheet.write_row(0, 0, HEADERS)
    sheet.write_row(1, 0, row)
    book.close()
    return out.getvalue()


def test_published_growth_enters_the_ledger_beside_its_level() -> None:
    clerk = a_statistician(("weifang",))
    name = models.Subject.objects.get(code="zone/weifang").name
    accepted(a_table(name, 120.5, 8.3, 1.1), clerk, kind="zone", period=PERIOD)
    metric = "above_designated_industrial_value_added"
    found = selectors.standing(clerk, "zone/weifang", metrics=[metric], figure=None)
    # 120.5 亿元 in fen; 8.3 % at twelve decimals
    assert {(figure.figure, figure.value.number) for figure in found} == {
        ("level", 12_050_000_000_00),
        ("growth", 83_000_000_000),
    }
    assert {figure.period.code for figure in found} == {PERIOD}


def test_what_was_taken_and_left_out_is_still_said_after_the_check() -> None:
    name = models.Subject.objects.get(code="zone/weifang").name
    run = checked(a_table(name, 120.5, 8.3, 1.1), kind="zone", period=PERIOD)
    said = {issue["code"]: issue["zh"] for issue in run.issues}
    assert "增速" in said["growth_taken"]
    assert "环比" in said["growth_left_out"]
