"""The import wizard decides about many lines at once, asks for one unit, counts what it did (成批处理)."""

from __future__ import annotations

import pytest

from gaoxin.web.imports.models import ImportRun
from gaoxin.web.ledger.models import Observation
from tests.web.builders import a_correction, a_statistician, a_uscc, an_enterprise, an_entry
from tests.web.conftest import SignedIn
from tests.web.pages.test_import_pages import HERE, a_book, hand_in, move

pytestmark = pytest.mark.django_db


def page(browser, run: ImportRun) -> str:  # type: ignore[no-untyped-def]
    return browser.get(f"/data/imports/{run.pk}/").content.decode()


def a_zone_that_reported(signed_in: SignedIn, firms: int):  # type: ignore[no-untyped-def]
    """So many firms reported 2024; the sheet for 2025 has two of them, one a jump."""
    clerk = a_statistician(HERE)
    codes = [a_uscc() for _ in range(firms)]
    for number, code in enumerate(codes):
        an_entry(clerk, an_enterprise(f"第{number}家", "chuxiong", code), "1000")
    browser = signed_in(clerk)
    run = hand_in(browser, a_book((codes[0], "第0家", 1100, 10), (codes[1], "第1家", 9000, 10)))
    move(browser, run, "check")
    return browser, run


def test_all_firms_that_are_missing_are_set_aside_at_once_and_nothing_else(signed_in: SignedIn) -> None:
    browser, run = a_zone_that_reported(signed_in, 6)
    review = page(browser, run)
    assert "本期缺失 4 处" in review  # six reported, two are in the sheet
    assert "都记作未报" in review
    browser.post(f"/data/imports/{run.pk}/decide", {"every": "all:gone=keep_old"})
    run.refresh_from_db()
    assert sum(word == "keep_old" for word in run.decisions.values()) == 4
    assert "还有 1 处没处理" in page(browser, run)  # the jump


def test_the_result_page_counts_what_was_sent_back(signed_in: SignedIn) -> None:
    browser, run = a_zone_that_reported(signed_in, 6)
    browser.post(f"/data/imports/{run.pk}/decide", {"every": "all:gone=keep_old"})
    browser.post(f"/data/imports/{run.pk}/decide", {"every": "open=send_back"})
    move(browser, run, "accept")
    run.refresh_from_db()
    assert (run.counts["sent_back"], run.counts["converted"]) == (1, 0)


def test_one_unit_for_all_columns_that_lack_theirs(signed_in: SignedIn) -> None:
    heads = ("统一社会信用代码", "企业名称", "营业收入", "净利润", "从业人员期末人数")
    browser = signed_in(a_statistician(HERE))
    run = hand_in(browser, a_book((a_uscc(), "甲厂", 1000, 90, 10), heads=heads))
    assert "2 列没有写单位" in page(browser, run)
    browser.post(f"/data/imports/{run.pk}/settings", {"unit": "万元"})
    run.refresh_from_db()
    assert run.questions == []
    assert {c["unit"] for c in run.mapping["columns"] if c.get("metric") in ("revenue", "net_profit")} == {
        "万元"
    }


def test_a_title_for_other_months_than_the_person_said_must_be_confirmed(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    run = hand_in(browser, a_book((a_uscc(), "甲厂", 1000, 10)), "月报2026年9月.xlsx", "2026年10月")
    review = move(browser, run, "check")
    assert "文件名写的是 2026年9月，这次按 2026年10月入库" in review
    assert "还有 1 处没处理" in review
    browser.post(f"/data/imports/{run.pk}/decide", {"one": "sheet:period=accept"})
    assert "入库 2 个数" in page(browser, run)


def test_withdrawing_says_what_others_have_built_upon(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE, name="甲"))
    code = a_uscc()
    run = hand_in(browser, a_book((code, "甲厂", 1000, 10)))
    move(browser, run, "check")
    move(browser, run, "accept")
    row = Observation.objects.get(subject__uscc=code, metric__code="revenue")
    a_correction(a_statistician(HERE, name="乙"), row, "1200")
    said = browser.get(f"/data/imports/{run.pk}/withdraw/").content.decode()
    assert "这一批共 2 个数" in said
    assert "其中 1 个数后来已被更正或重新报送" in said
    assert "乙 " in said
