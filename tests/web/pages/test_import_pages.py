"""The import wizard, page by page: upload, columns, review, record, take back (导入)."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gaoxin.facts.ingest.inspection.signature import READ
from gaoxin.web.imports.models import ImportRun
from gaoxin.web.imports.work import work_once
from gaoxin.web.ledger.models import AuditEvent, Observation
from tests.web.builders import a_statistician, a_uscc, an_enterprise, an_entry, zone
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
HERE = ("chuxiong",)
HEADS = ("统一社会信用代码", "企业名称", "营业收入（万元）", "从业人员期末人数")


def a_book(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    for row in (heads, *rows):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hand_in(browser: Client, data: bytes, name: str = "年报.xlsx", period: str = "2025年") -> ImportRun:
    file = SimpleUploadedFile(name, data)
    answer = browser.post(
        "/data/imports/?zone=chuxiong", {"file": file, "kind": "enterprise", "period": period}
    )
    assert answer.status_code == 302, answer.content.decode()[:500]
    work()
    return ImportRun.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def work() -> None:
    """The background worker, until nothing waits."""
    while work_once("test"):
        pass


def move(browser: Client, run: ImportRun, step: str) -> str:
    browser.post(f"/data/imports/{run.pk}/move/{step}")
    work()
    return browser.get(f"/data/imports/{run.pk}/").content.decode()


def test_a_sheet_goes_all_the_way_into_the_ledger_and_back(signed_in: SignedIn) -> None:
    browser, code = signed_in(a_statistician(HERE)), a_uscc()
    run = hand_in(browser, a_book((code, "滇中精密机械", 1234.5, 87)))
    columns = browser.get(f"/data/imports/{run.pk}/").content.decode()
    assert "对上列名" in columns
    assert columns.count("已对上") == 4
    review = move(browser, run, "check")
    assert "导入核对" in review
    assert "入库 2 个数" in review
    done = move(browser, run, "accept")
    assert "已入库" in done
    assert "滇中精密机械" in browser.get("/subjects/?zone=chuxiong").content.decode()
    assert "1234.5" in browser.get("/subjects/?zone=chuxiong").content.decode()
    taken = browser.post(f"/data/imports/{run.pk}/withdraw/", {"reason": "报错了期"}, follow=True)
    assert "已整批撤回" in taken.content.decode()
    assert "1234.5" not in browser.get("/subjects/?zone=chuxiong").content.decode()
    assert Observation.objects.filter(subject__uscc=code).count() == 2  # nothing is deleted


def test_progress_is_shown_while_the_worker_is_busy_and_survives_leaving(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    file = SimpleUploadedFile("年报.xlsx", a_book((a_uscc(), "甲", 1, 1)))
    where = browser.post("/data/imports/?zone=chuxiong", {"file": file, "kind": "enterprise", "period": ""})[
        "Location"
    ]
    assert "排队中" in browser.get(where).content.decode()
    assert "年报.xlsx" in browser.get("/data/imports/?zone=chuxiong").content.decode()
    assert "年报.xlsx" in browser.get("/desk/?zone=chuxiong").content.decode()
    still = browser.get(f"{where}progress")
    assert "HX-Refresh" not in still
    work()
    assert browser.get(f"{where}progress")["HX-Refresh"] == "true"


def test_a_column_without_unit_is_asked_about_and_answered(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    heads = ("统一社会信用代码", "企业名称", "营业收入", "没见过的列")
    run = hand_in(browser, a_book((a_uscc(), "甲机械", 12, "x"), heads=heads))
    body = browser.get(f"/data/imports/{run.pk}/").content.decode()
    assert "没有写单位" in body
    assert "还有 1 处要定" in body
    answer = browser.post(
        f"/data/imports/{run.pk}/columns/2", {"unit": "万元"}, headers={"HX-Request": "true"}
    )
    part = answer.content.decode()
    assert "没有写单位" not in part
    assert "核对变化" in part
    wrong = browser.post(
        f"/data/imports/{run.pk}/columns/3", {"means": "没有的指标"}, headers={"HX-Request": "true"}
    )
    assert "指标目录里没有" in wrong.content.decode()


def a_review(browser: Client) -> ImportRun:
    """Revenue of five firms known for 2024; the 2025 sheet has one in 元, one that jumped, one faulty
    code, one missing.
    """
    clerk = a_statistician(HERE)
    rows = []
    for number in range(8):
        code = a_uscc()
        firm = an_enterprise(f"第{number}机械", "chuxiong", uscc=code, code=f"enterprise/{code}")
        an_entry(clerk, firm, str(1000 + 100 * number), period="2024", unit="万元")
        rows.append([code, firm.name, (1000 + 100 * number) * 1.1, 50])
    rows[1][2] *= 10_000  # 元 in a column of 万元
    rows[2][2] *= 3  # more than 50 %
    rows[3][0] = rows[3][0][:17] + ("0" if rows[3][0][17] != "0" else "1")  # faulty check digit
    rows[4][2] = "约9千"
    run = hand_in(browser, a_book(*map(tuple, rows)))
    move(browser, run, "check")
    return ImportRun.objects.get(pk=run.pk)


def test_the_review_strikes_out_what_is_in_the_wrong_unit_and_converts_it(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    run = a_review(browser)
    body = browser.get(f"/data/imports/{run.pk}/").content.decode()
    assert "疑似单位错" in body
    assert '<span class="gx-diff-old">12\u2009100\u2009000</span>' in body  # 1100 × 1.1 × 10 000
    assert "1210 万元" in body
    assert "变动超过 50%" in body
    assert "不能入库" in body
    assert "没处理" in body


def test_nothing_is_recorded_while_a_line_is_undecided(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    run = a_review(browser)
    before = Observation.objects.count()
    body = move(browser, run, "accept")
    assert Observation.objects.count() == before
    assert "没处理" in body
    browser.post(f"/data/imports/{run.pk}/decide", {"every": "open=send_back"})
    body = browser.get(f"/data/imports/{run.pk}/").content.decode()
    assert "没处理" not in body
    assert "已入库" in move(browser, run, "accept")
    assert Observation.objects.count() > before


def test_a_decision_about_one_line_can_be_changed(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    run = a_review(browser)
    key = next(key for key, word in run.decisions.items() if word == "convert")
    answer = browser.post(
        f"/data/imports/{run.pk}/decide", {"one": f"{key}=keep"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert ImportRun.objects.get(pk=run.pk).decisions[key] == "keep"
    refused = browser.post(
        f"/data/imports/{run.pk}/decide", {"one": f"{key}=explode"}, headers={"HX-Request": "true"}
    )
    assert "不能用于这一行" in refused.content.decode()


def test_a_sheet_that_is_taken_out_is_written_down(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE, name="陈敏")
    browser = signed_in(clerk)
    run = a_review(browser)
    browser.get(f"/data/imports/{run.pk}/annotated.xlsx")
    event = AuditEvent.objects.filter(action="export.annotated").latest("pk")
    assert (event.by_name, event.target, event.detail["file"]) == ("陈敏", str(run.pk), run.file_name)
    assert event.zone == run.zone


def test_the_sheet_comes_back_with_comments(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    run = a_review(browser)
    answer = browser.get(f"/data/imports/{run.pk}/annotated.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.content))["Sheet"]
    comments = {
        cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment
    }
    assert set(comments) == {"A5", "C6"}  # the faulty code and 约9千
    assert "最后一位应是" in comments["A5"]


def test_an_import_can_be_cancelled_and_leaves_nothing(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    run = hand_in(browser, a_book((a_uscc(), "甲", 1, 1)))
    before = Observation.objects.count()
    assert "已取消" in move(browser, run, "cancel")
    assert Observation.objects.count() == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.xlsx", b""),
        ("不是表.xlsx", b"%PDF-1.7 nothing"),
        ("图片.png", b"\x89PNG\r\n\x1a\n0000"),
        ("空表.csv", "甲,乙\n".encode()),
    ],
)
def test_what_is_no_table_is_refused_in_words(signed_in: SignedIn, name: str, data: bytes) -> None:
    browser = signed_in(a_statistician(HERE))
    answer = browser.post(
        "/data/imports/?zone=chuxiong",
        {"file": SimpleUploadedFile(name, data), "kind": "enterprise", "period": ""},
    )
    if answer.status_code == 302:
        work()
        answer = browser.get(answer["Location"])
    body = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert any(word in body for word in ("没有读出来", "请", "空")), body[:300]
    assert "Traceback" not in body


def test_the_empty_template_is_understood_when_it_comes_back(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/data/imports/template.xlsx").content))
    page = book.active
    row = page.max_row + 1
    for column, value in enumerate((a_uscc(), "滇中机械", 100, 5, 20, 1), start=1):
        page.cell(row, column, value)
    out = io.BytesIO()
    book.save(out)
    run = hand_in(browser, out.getvalue())
    assert "入库 4 个数" in move(browser, run, "check")


def test_synthetic_imports_carry_the_band(signed_in: SignedIn) -> None:
    clerk = a_statistician(("sandbox",))
    browser = signed_in(clerk)
    file = SimpleUploadedFile("演练.xlsx", a_book((a_uscc(), "假想", 1, 1)))
    where = browser.post(
        "/data/imports/?zone=sandbox", {"file": file, "kind": "enterprise", "period": "2025"}
    )
    assert "gx-is-synth" in browser.get(where["Location"]).content.decode()
    assert zone("sandbox").synthetic


def test_the_form_offers_exactly_the_files_that_are_read(signed_in: SignedIn) -> None:
    body = signed_in(a_statistician(HERE)).get("/data/imports/?zone=chuxiong").content.decode()
    assert f'accept="{",".join(READ)}"' in body


def test_a_column_of_growth_says_so_where_columns_are_matched(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    book = a_book(("楚雄高新区", 120.5, 8.3), heads=("园区", "规上工业增加值（亿元）", "同比增长（%）"))
    file = SimpleUploadedFile("月报.xlsx", book)
    answer = browser.post("/data/imports/?zone=chuxiong", {"file": file, "kind": "zone", "period": "2025年"})
    work()
    body = browser.get(answer["Location"]).content.decode()
    assert "增速 · 规模以上工业；公布的多为可比价增速" in body
