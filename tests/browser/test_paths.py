"""Two paths from end to end, as a clerk walks them: a sheet into the ledger, and a correction
(导入、更正).
"""

from __future__ import annotations

import io
import threading
from pathlib import Path

import openpyxl
import pytest
from django.db import connection

from gaoxin.web.imports.work import work_once
from gaoxin.web.ledger.models import Observation
from tests.web.builders import a_statistician, a_uscc, an_enterprise, an_entry

pytestmark = pytest.mark.django_db(transaction=True)
HERE = ("chuxiong",)


def work() -> None:
    """The background worker, until nothing waits; in a thread of its own, as in real life."""

    def steps() -> None:
        try:
            while work_once("test"):
                pass
        finally:
            connection.close()

    worker = threading.Thread(target=steps)
    worker.start()
    worker.join(60)
    assert not worker.is_alive()


def a_sheet(folder: Path, clerk) -> Path:
    """Six firms known for 2024; the sheet of 2025 has one amount in 元, one jump, one text instead of a
    number.
    """
    book = openpyxl.Workbook()
    book.active.append(("统一社会信用代码", "企业名称", "营业收入（万元）"))
    for number in range(6):
        code = a_uscc()
        firm = an_enterprise(f"第{number}机械", "chuxiong", uscc=code, code=f"enterprise/{code}")
        an_entry(clerk, firm, str(1000 + 100 * number), period="2024", unit="万元")
        amount: object = (1000 + 100 * number) * 1.1
        if number == 1:
            amount = 12_100_000  # 元
        if number == 2:
            amount = 9_000
        if number == 3:
            amount = "约9千"
        book.active.append((code, firm.name, amount))
    place = folder / "规上企业年报-2025年.xlsx"
    out = io.BytesIO()
    book.save(out)
    place.write_bytes(out.getvalue())
    return place


def test_a_sheet_is_checked_decided_recorded_and_taken_back(sit_down, tmp_path: Path) -> None:
    clerk = a_statistician(HERE)
    sheet = a_sheet(tmp_path, clerk)
    desk = sit_down(clerk)
    page = desk.open("/data/imports/?zone=chuxiong")
    page.set_input_files("#id_file", sheet)
    assert "规上企业年报-2025年.xlsx" in page.locator("[data-file-name]").inner_text()
    page.get_by_role("button", name="读这张表").click()
    page.locator("#progress").wait_for()
    work()
    page.locator("h1", has_text="对上列名").wait_for()  # the page goes on by itself
    page.get_by_role("button", name="核对变化").click()
    page.locator("#progress").wait_for()
    work()
    page.locator("h1", has_text="导入核对").wait_for()
    assert page.get_by_role("button", name="处没处理").first.is_disabled()
    row = page.locator("tr", has_text="第1机械").first
    assert "12\u2009100\u2009000" in row.locator(".gx-diff-old").inner_text()
    page.locator("tr", has_text="第2机械").get_by_role("button", name="接受").click()
    page.locator("tr", has_text="第2机械").locator(".gx-chosen", has_text="接受").wait_for()
    page.locator("tr", has_text="第3机械").first.get_by_role("button", name="退回").click()
    page.get_by_role("button", name="入库").wait_for()
    page.get_by_role("button", name="入库").click()
    page.locator("#progress").wait_for()
    work()
    page.locator("h1", has_text="已入库").wait_for()
    desk.open("/subjects/?zone=chuxiong&period=2025")
    assert "1210" in page.locator("tr", has_text="第1机械").inner_text()  # 12 100 000元 = 1210万元
    assert "9000" in page.locator("tr", has_text="第2机械").inner_text()
    assert "未报" in page.locator("tr", has_text="第3机械").inner_text()
    desk.open("/data/imports/?zone=chuxiong")
    page.get_by_role("link", name="规上企业年报").click()
    page.get_by_role("link", name="整批撤回").click()
    page.fill("#id_reason", "报错了期")
    page.get_by_role("button", name="整批撤回").click()
    page.locator("h1", has_text="已整批撤回").wait_for()
    desk.open("/subjects/?zone=chuxiong&period=2025")
    assert "1210" not in page.locator("#rows").inner_text()
    assert desk.complaints == []


def test_an_import_under_way_is_found_again_and_can_be_cancelled(sit_down, tmp_path: Path) -> None:
    clerk = a_statistician(HERE)
    desk = sit_down(clerk)
    page = desk.open("/data/imports/?zone=chuxiong")
    page.set_input_files("#id_file", a_sheet(tmp_path, clerk))
    page.get_by_role("button", name="读这张表").click()
    page.locator("#progress").wait_for()
    desk.open("/zones/chuxiong/")  # leave …
    desk.open("/desk/?zone=chuxiong")  # … and come back
    page.get_by_role("link", name="规上企业年报").first.click()
    page.get_by_role("button", name="取消").click()
    page.locator("h1", has_text="已取消").wait_for()


def test_a_figure_is_corrected_with_a_look_at_what_changes(sit_down) -> None:
    old = Observation.objects.get(ref="C007")
    desk = sit_down(a_statistician(HERE, name="陈岚"))
    page = desk.open("/zones/chuxiong/")
    page.locator(".gx-fig", has_text="规上工业产值").first.locator(".gx-src").first.click()
    page.get_by_role("link", name="更正这个数").click()
    page.wait_for_url(f"**/data/correct/{old.pk}/")
    page.fill("#id_value", "431.6")
    page.get_by_label("普查修订").check()
    page.fill("#id_reason", "四经普核定")
    page.get_by_role("button", name="先看影响").click()
    page.locator("h2", has_text="会跟着变的").wait_for()
    assert "490.61–492.32 亿元" in page.locator(".gx-list").inner_text()
    page.get_by_role("button", name="确认更正").click()
    page.get_by_text("已更正，原来的数留在记录里").wait_for()
    assert "四经普核定" in page.locator(".gx-tl").inner_text()
    desk.open("/zones/chuxiong/")
    figure = page.locator(".gx-fig", has_text="规上工业产值").first.inner_text()
    assert "431.6" in figure
    assert "原报" in figure
    assert desk.complaints == []


def test_a_second_click_records_one_figure(sit_down) -> None:
    clerk = a_statistician(HERE)
    desk = sit_down(clerk)
    page = desk.open("/data/enter/?zone=chuxiong&metric=gdp&period=2020")
    page.select_option("#id_source", "article_chuxiong")
    page.fill("#id_value", "270")
    page.get_by_role("button", name="登记 1 个数").dblclick()
    page.get_by_text("已登记 1 个数").wait_for()
    assert Observation.objects.filter(metric__code="gdp", period="2020").count() == 1


def test_a_field_says_what_is_wrong_when_it_is_left(sit_down) -> None:
    page = sit_down(a_statistician(HERE)).open("/data/enter/?zone=chuxiong")
    page.fill("#id_period", "某年")
    page.keyboard.press("Tab")
    page.locator("#period-said .gx-err").wait_for()
    page.fill("#id_period", "2021年")
    page.keyboard.press("Tab")
    page.locator("#period-said .gx-err").wait_for(state="detached")
