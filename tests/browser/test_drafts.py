"""A draft from end to end, as an officer walks it: paste, look, replace, comment, export, propose."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document

from gaoxin.web.drafts.models import Decision, Draft
from tests.browser.conftest import PHONE
from tests.web.builders import a_source, a_statistician, an_entry, zone
from tests.web.drafts.draft_builders import a_draft

pytestmark = pytest.mark.django_db(transaction=True)
HERE = ("weifang",)
# The ledger knows 170 亿元 and 6.5 % of 2031; the draft has one of them wrong, and a figure nobody knows.
TEXT = (
    "潍坊高新区2031年经济运行情况\n"
    "2031年，潍坊高新区实现地区生产总值180亿元，同比增长6.5%。\n"
    "全区新建口袋公园27个。\n"
)


def known(clerk) -> None:
    source = a_source("统计公报", "weifang")
    an_entry(clerk, zone(), "170", metric="gdp", unit="亿元", period="2031", source=source, written="170亿元")
    an_entry(clerk, zone(), "6.5", metric="gdp", unit="%", figure="growth", period="2031", source=source)


def test_a_draft_is_pasted_corrected_and_exported(sit_down) -> None:
    clerk = a_statistician(HERE)
    known(clerk)
    desk = sit_down(clerk)
    page = desk.open("/drafts/?zone=weifang")
    page.get_by_role("link", name="新核一份").click()
    page.get_by_label("或者把文字粘贴在这里").fill(TEXT)
    page.get_by_label("发布日期").fill("2032-02-01")
    page.get_by_role("button", name="开始核对").click()
    page.locator("h1", has_text="3 个数字").wait_for()

    def mark(words: str):
        return page.locator(".gx-draft a.gx-q", has_text=words)

    assert re.search(r"\bmis\b", mark("180亿元").get_attribute("class"))
    assert re.search(r"\bok\b", mark("6.5%").get_attribute("class"))
    assert re.search(r"\buns\b", mark("27个").get_attribute("class"))
    card = page.locator("#gx-evidence")
    assert "170亿元" in card.inner_text()  # what has to be changed is open at once
    others = page.locator("#gx-others")
    assert "其余 1 处" in others.inner_text()
    assert "180亿元" not in others.inner_text()
    page.keyboard.press("ArrowDown")
    card.locator("h2", has_text="第 2 处").wait_for()
    assert "180亿元" in others.inner_text()
    assert "27个" not in others.inner_text()
    assert "不代改，只提醒" in card.inner_text()
    assert card.get_by_role("button", name="替换为").count() == 0
    page.keyboard.press("k")
    card.locator("h2", has_text="第 1 处").wait_for()
    assert "figure=1" in page.url
    mark("6.5%").click()
    card.get_by_text("文稿写").wait_for()
    card.locator("h2", has_text="这个数").wait_for()

    mark("180亿元").click()
    card.locator("h2", has_text="第 1 处").wait_for()
    card.get_by_role("button", name="替换为 170亿元").click()
    page.locator(".gx-q ins", has_text="170亿元").wait_for()
    assert "180亿元" in page.locator(".gx-q del").inner_text()
    page.locator("#gx-evidence").get_by_role("button", name="撤回替换").click()
    page.get_by_role("button", name="采纳全部可替换的 1 处").click()
    page.locator(".gx-q ins", has_text="170亿元").wait_for()
    assert Decision.objects.count() == 3  # replaced, undone, replaced with all

    mark("27个").click()
    card.locator("h2", has_text="第 2 处").wait_for()
    page.locator("#gx-evidence summary", has_text="加批注").click()
    page.get_by_label("批注", exact=True).fill("请城建科核实")
    page.get_by_role("button", name="存批注").click()
    page.locator(".gx-note-b", has_text="请城建科核实").wait_for()

    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出批注版 Word").click()
    data = waiting.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        said = archive.read("word/comments.xml").decode()
    assert "应为：170亿元" in said
    assert "请城建科核实" in said
    page.locator("summary", has_text="导出").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="改正版 Word").click()
    corrected = Document(io.BytesIO(waiting.value.path().read_bytes()))
    assert "地区生产总值170亿元，同比增长6.5%。" in "\n".join(one.text for one in corrected.paragraphs)

    page.get_by_role("button", name="提交入库").last.click()
    page.locator("h1", has_text="从文稿入库").wait_for()
    assert page.locator(".gx-queue mark").inner_text() == "27个"
    assert desk.complaints == []


def test_axe_finds_nothing_and_nothing_bursts_the_frame(sit_down) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    clerk = a_statistician(HERE)
    draft = a_draft(clerk)
    from gaoxin.web.drafts.proposals import propose
    from gaoxin.web.drafts.services import replace_all

    replace_all(by=clerk, draft_id=draft.pk)
    propose(by=clerk, draft_id=draft.pk)
    paths = (
        "/drafts/",
        "/drafts/new/",
        f"/drafts/{draft.pk}/",
        f"/drafts/{draft.pk}/?figure=2#q2",
        f"/drafts/{draft.pk}/?show=unsupported",
        f"/drafts/{draft.pk}/checks/",
        "/drafts/proposals/",
    )
    found: dict[str, list[str]] = {}
    wide: list[str] = []
    for name, screen, language in (
        ("desk", {"width": 1440, "height": 900}, ""),
        ("phone", PHONE, ""),
        ("english", PHONE, "en"),
    ):
        desk = sit_down(clerk, screen=screen, language=language, lenient=True)
        for path in paths:
            results = axe.run(desk.open(path)).response["violations"]
            if results:
                found[f"{name} {path}"] = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results]
            if desk.scrolls_sideways:
                wide.append(f"{name} {path}")
    assert found == {}
    assert wide == []


def test_on_a_phone_the_evidence_is_a_sheet_that_folds(sit_down) -> None:
    clerk = a_statistician(HERE)
    draft = a_draft(clerk)
    desk = sit_down(clerk, screen=PHONE)
    page = desk.open(f"/drafts/{draft.pk}/")
    sheet = page.locator("#gx-evidence")
    assert not re.search("is-open", sheet.get_attribute("class") or "")
    page.locator(".gx-draft a.gx-q", has_text="22.5%").click()
    page.locator("#gx-evidence.is-open").wait_for()
    box = sheet.bounding_box()
    assert box["y"] > PHONE["height"] * 0.3  # the text above it stays readable
    assert box["y"] + box["height"] <= PHONE["height"] - 60 + 1  # above the tabs
    page.get_by_role("link", name="收起").click()
    assert not re.search("is-open", sheet.get_attribute("class") or "")
    assert desk.complaints == []


def test_without_its_script_every_mark_is_a_link_that_does_the_same(sit_down) -> None:
    clerk = a_statistician(HERE)
    draft = a_draft(clerk)
    desk = sit_down(clerk)
    desk.page.route("**/draft.js", lambda route: route.abort())
    page = desk.open(f"/drafts/{draft.pk}/")
    page.locator(".gx-draft a.gx-q", has_text="第一位").click()
    page.locator("#gx-evidence h2", has_text="第 4 处").wait_for()
    assert page.url.endswith(f"/drafts/{draft.pk}/?figure=5#q5")
    assert Draft.objects.count() == 1
