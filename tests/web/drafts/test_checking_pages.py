"""The pages of a draft: marks, evidence, filters, exports, and who is refused."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from docx import Document

from gaoxin.web.accounts.models import Role
from gaoxin.web.drafts import services
from gaoxin.web.drafts.models import Act, Draft
from gaoxin.web.ledger.models import AuditEvent
from tests.reading.paper_builders import a_word_file
from tests.web.builders import a_source, a_statistician, an_account, an_auditor, an_entry, zone
from tests.web.conftest import SignedIn
from tests.web.drafts.draft_builders import FIGURES, TEXT, Found, a_draft, another_check

pytestmark = pytest.mark.django_db


def page(browser, draft: Draft, query: str = "") -> str:
    answer = browser.get(f"/drafts/{draft.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def marks(body: str) -> list[tuple[str, str]]:
    """Class and visible words of every mark, in order."""
    found = re.findall(r'<a href="[^"]*" id="q\d+" class="gx-q ([^"]*)"[^>]*>(.*?)<span', body)
    return [(css, re.sub(r"<[^>]+>", "", words)) for css, words in found]


def test_every_figure_is_a_link_and_only_problems_are_numbered(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    body = page(signed_in(clerk), a_draft(clerk))
    assert marks(body) == [
        ("ok", "165.3亿元"),
        ("mis sel", "22.5%1"),
        ("mis", "87.9%2"),
        ("inc", "6个3"),
        ("uns", "第一位4"),
    ]
    assert "5 个数字，3 处要改，1 处查无依据" in body
    assert "<h2>潍坊高新区2021年情况汇报</h2>" in body


def test_the_headline_says_how_many_errors_were_dealt_with(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.replace_all(by=clerk, draft_id=draft.pk)
    done = len(re.findall("已替换", page(signed_in(clerk), draft)))
    assert done
    assert re.search(r"5 个数字，3 处要改，[1-3] 处已处理，1 处查无依据", page(signed_in(clerk), draft))


def test_the_text_of_a_draft_is_text_and_never_markup(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    text = "<script>alert(1)</script>\n产值<b>5亿元</b>&amp;增长。\n"
    figures = [Found("5亿元", "mismatch", new="<i>6亿元</i>", why="<img src=x>")]
    draft = a_draft(clerk, text, figures, title="<u>标题</u>")
    services.replace_all(by=clerk, draft_id=draft.pk)
    body = page(signed_in(clerk), draft)
    for forbidden in ("<script>alert", "<b>5亿元", "<i>6亿元", "<img src=x", "<u>标题"):
        assert forbidden not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_a_replaced_figure_shows_the_old_one_struck_and_words_beside_it_as_well(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.replace_all(by=clerk, draft_id=draft.pk)
    body = page(signed_in(clerk), draft)
    assert "<del>22.5%</del><ins>25.5%</ins>" in body
    assert '<span class="gx-q done"><del>全市</del><ins>全区</ins></span>' in body
    assert "撤回 3 处替换" in body
    assert "采纳全部" not in body


def test_a_filter_leaves_one_verdict_coloured_and_walks_through_it(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    body = page(signed_in(clerk), a_draft(clerk), "?show=unsupported")
    assert [css for css, _ in marks(body)] == ["ok dim", "mis dim", "mis dim", "inc dim", "uns sel"]
    assert "1 / 1" in body


def test_the_card_shows_what_the_facts_say_and_where(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    fact = an_entry(
        clerk,
        zone(),
        "170",
        metric="gdp",
        unit="亿元",
        period="2031",
        source=a_source("公报", "weifang"),
        written="170亿元",
        locator="第 2 段",
    )
    found = Found("165.3亿元", "mismatch", new="170亿元", why="应是170亿元", more={"facts": (str(fact.pk),)})
    body = page(signed_in(clerk), a_draft(clerk, figures=[found]))
    for expected in ("170亿元", "公报", "第 2 段", "相差", "3.0 个百分点", "替换为 170亿元"):
        assert expected in body
    assert f"/observations/{fact.pk}/card" in body


def test_a_fact_the_reader_may_not_see_is_not_shown(signed_in: SignedIn) -> None:
    clerk = a_statistician(("weifang", "daqing"))
    secret = an_entry(
        clerk, zone("daqing"), "170", metric="gdp", unit="亿元", period="2031", source=a_source("大庆内部表")
    )
    draft = a_draft(
        clerk, figures=[Found("165.3亿元", "match", more={"facts": (str(secret.pk),)})], shared=True
    )
    body = page(signed_in(an_account(Role.SCIENCE_OFFICER)), draft)
    assert "大庆内部表" not in body
    assert "您无权查看" in body


def test_the_card_alone_is_what_the_script_asks_for(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    browser = signed_in(clerk)
    body = browser.get(f"/drafts/{draft.pk}/figures/5").content.decode()
    assert "<!doctype" not in body
    assert "第一位" in body
    assert "不代改，只提醒" in body
    assert "替换为" not in body
    assert browser.get(f"/drafts/{draft.pk}/figures/77").status_code == 404


def test_decisions_come_back_to_the_figure_they_were_about(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    browser = signed_in(clerk)
    answer = browser.post(f"/drafts/{draft.pk}/decide", {"figure": "2", "act": "replace", "show": "mismatch"})
    assert answer["Location"] == f"/drafts/{draft.pk}/?figure=2&show=mismatch#q2"
    assert draft.decisions.get().act == Act.REPLACE
    assert browser.post(f"/drafts/{draft.pk}/decide", {"figure": "5", "act": "replace"}).status_code == 302
    assert browser.post(f"/drafts/{draft.pk}/decide", {"figure": "99", "act": "keep"}).status_code == 404
    assert draft.decisions.count() == 1


def test_a_draft_without_figures_says_so(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    body = page(signed_in(clerk), a_draft(clerk, "没有数字的一段话。\n", []))
    assert "没有读到数字" in body


def test_the_pages_speak_english(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    browser = signed_in(clerk)
    browser.cookies["gaoxin_language"] = "en"
    body = page(browser, draft)
    assert "5 figures, 3 to change, 1 without evidence" in body
    assert "judged as mismatch" in body


# --- exports


def comments_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/comments.xml").decode()


def test_the_commented_word_file_is_the_original_with_a_comment_on_every_problem(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    lines = TEXT.splitlines()
    data = a_word_file(lines[0], ["全年到位资金165.3亿元，同比增长22", ".5%，占全市的87.9%。"], lines[2])
    draft = a_draft(clerk, TEXT.rstrip("\n"), kind="docx", data=data)
    services.decide(by=clerk, draft_id=draft.pk, number=1, act=Act.COMMENT, text="口径再确认")
    answer = signed_in(clerk).get(f"/drafts/{draft.pk}/comments.docx")
    out = answer.content
    said = comments_of(out)
    assert said.count("<w:comment ") == 5  # four problems and one comment of a person
    for expected in ("应是25.5%", "应为：25.5%", "没有名次来源", "口径再确认"):
        assert expected in said
    assert [one.text for one in Document(io.BytesIO(out)).paragraphs] == lines
    assert AuditEvent.objects.filter(action="export.draft_comments", zone=draft.zone).count() == 1


def test_the_corrected_word_file_has_the_accepted_figures_and_no_others(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    services.replace_all(by=clerk, draft_id=draft.pk)
    services.decide(by=clerk, draft_id=draft.pk, number=4, act=Act.KEEP)
    out = signed_in(clerk).get(f"/drafts/{draft.pk}/corrected.docx").content
    assert [one.text for one in Document(io.BytesIO(out)).paragraphs][1:3] == [
        "全年到位资金165.3亿元，同比增长25.5%，占全区的87.9%。",
        "新增企业6个，居全市第一位。",
    ]
    with zipfile.ZipFile(
        io.BytesIO(signed_in(clerk).get(f"/drafts/{draft.pk}/corrected.docx?tracked=1").content)
    ) as held:
        body = held.read("word/document.xml").decode()
    assert re.findall(r"<w:delText[^>]*>([^<]*)", body) == ["22.5%", "全市"]


def test_the_sheet_has_a_line_for_every_figure_and_runs_no_formula(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    text = "=HYPERLINK(1) 产值5亿元。\n"
    figures = [Found("5亿元", "mismatch", new="6亿元", why="=cmd|'/c calc'!A0")]
    draft = a_draft(clerk, text, figures)
    services.replace_all(by=clerk, draft_id=draft.pk)
    data = signed_in(clerk).get(f"/drafts/{draft.pk}/sheet.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == "序号")
    line = rows[rows.index(head) + 1]
    told = {cell.value: held for cell, held in zip(head, line, strict=True)}
    assert told["文稿写"].value == "5亿元"
    assert told["所在句子"].value == "=HYPERLINK(1)产值5亿元。"
    assert told["所在句子"].data_type == "s"
    assert told["结论"].value == "不一致"
    assert told["理由"].data_type == "s"
    assert told["应为"].value == "6亿元"
    assert told["处理"].value.startswith("已替换")


def test_a_lost_file_is_told_in_words(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk, kind="docx", data=a_word_file(*TEXT.splitlines()))
    Draft.objects.filter(pk=draft.pk)  # the row stays, its file goes
    from gaoxin.web.imports.files import file_path

    file_path(draft.sha256).unlink()
    answer = signed_in(clerk).get(f"/drafts/{draft.pk}/comments.docx")
    assert answer.status_code == 422
    assert "原文件不在" in answer.content.decode()


# --- who is refused


PATHS = ("", "figures/2", "checks/", "comments.docx", "corrected.docx", "sheet.xlsx")


@pytest.mark.parametrize("path", PATHS)
def test_a_draft_of_somebody_else_does_not_exist(signed_in: SignedIn, path: str) -> None:
    draft = a_draft(a_statistician())
    assert signed_in(an_account(Role.SCIENCE_OFFICER)).get(f"/drafts/{draft.pk}/{path}").status_code == 404
    assert signed_in(a_statistician(("daqing",))).get(f"/drafts/{draft.pk}/{path}").status_code == 404
    assert signed_in(an_auditor()).get(f"/drafts/{draft.pk}/{path}").status_code == 200
    for role in (Role.BANK_USER, Role.APPLICANT, Role.WINDOW_OFFICER, Role.ADMINISTRATOR):
        assert signed_in(an_account(role)).get(f"/drafts/{draft.pk}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["decide", "check", "share", "propose"])
def test_an_auditor_and_a_stranger_change_nothing(signed_in: SignedIn, path: str) -> None:
    draft = a_draft(a_statistician(), shared=True)
    form = {"figure": "2", "act": "replace", "shared": "0"}
    assert signed_in(an_auditor()).post(f"/drafts/{draft.pk}/{path}", form).status_code == 403
    stranger = signed_in(an_account(Role.SCIENCE_OFFICER, ("daqing",)))
    assert stranger.post(f"/drafts/{draft.pk}/{path}", form).status_code == 404
    assert stranger.get(f"/drafts/{draft.pk}/{path}").status_code == 405
    assert not draft.decisions.exists()
    assert Draft.objects.get(pk=draft.pk).shared


def test_two_checks_stand_beside_each_other(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    another_check(draft, [FIGURES[0], Found("22.5%"), *FIGURES[2:]])
    body = signed_in(clerk).get(f"/drafts/{draft.pk}/checks/").content.decode()
    assert "1 处结论变了" in body
    assert "22.5%" in body
    assert body.count("按 2022-03-01 发布") == 4  # of both in the head, and in the list of checks


@pytest.mark.parametrize("day", ["2021-13-01", "去年"])
def test_a_day_of_publication_that_is_none_checks_nothing(signed_in: SignedIn, day: str) -> None:
    clerk = a_statistician()
    draft = a_draft(clerk)
    answer = signed_in(clerk).post(f"/drafts/{draft.pk}/check", {"published": day})
    assert answer.status_code == 422
    assert "不是一个日期" in answer.content.decode()
    assert draft.checkings.count() == 1


def test_the_list_counts_verdicts_and_says_who_may_see(signed_in: SignedIn) -> None:
    clerk = a_statistician(name="陈岚")
    a_draft(clerk)
    body = signed_in(clerk).get("/drafts/?zone=weifang").content.decode()
    for expected in (
        "情况汇报",
        "不一致 2",
        "前后矛盾 1",
        "查无依据 1",
        "一致 1",
        "陈岚",
        "交稿人、统计、领导",
    ):
        assert expected in body
    assert "还没有核过文稿" in signed_in(an_account(Role.TALENT_OFFICER)).get("/drafts/").content.decode()
