"""What an exported draft tells: no source the reader may not open; and files that are refused in words."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from docx import Document

from gaoxin.web.drafts import services
from gaoxin.web.drafts.models import Draft
from gaoxin.web.imports.files import file_path
from tests.reading.paper_builders import a_pdf
from tests.web.builders import a_source, a_statistician, an_entry, zone
from tests.web.conftest import SignedIn
from tests.web.drafts.draft_builders import Found, a_draft

pytestmark = pytest.mark.django_db
HIDDEN = "来源不在您的权限内"


def sheet_words(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(one.value) for page in book for row in page for one in row if one.value is not None)


def test_an_export_names_a_source_of_another_zone_only_as_hidden(signed_in: SignedIn) -> None:
    clerk = a_statistician()
    there = a_source("大庆的内部材料", zone="daqing")
    foreign = an_entry(
        a_statistician(("daqing",)),
        zone("daqing"),
        "170",
        metric="gdp",
        unit="亿元",
        period="2031",
        source=there,
    )
    bulletin = a_source("潍坊的年度公报", zone="weifang")
    own = an_entry(clerk, zone(), "165.4", metric="gdp", unit="亿元", period="2031", source=bulletin)
    facts = {"facts": (str(foreign.pk), str(own.pk))}
    draft = a_draft(clerk, figures=[Found("165.3亿元", "mismatch", new="165.4亿元", more=facts)])
    browser = signed_in(clerk)
    sheet = sheet_words(browser.get(f"/drafts/{draft.pk}/sheet.xlsx").content)
    assert HIDDEN in sheet
    assert "潍坊的年度公报" in sheet
    assert "大庆的内部材料" not in sheet
    word = Document(io.BytesIO(browser.get(f"/drafts/{draft.pk}/comments.docx").content))
    comments = "\n".join(one.text for one in word.comments)
    assert HIDDEN in comments
    assert "大庆的内部材料" not in comments


def test_a_pdf_is_exported_from_its_stored_text_without_the_file() -> None:
    clerk = a_statistician()
    draft = services.hand_in(
        by=clerk,
        zone=zone(),
        data=a_pdf(["2021年到位资金165.3亿元。"]),
        file_name="汇报.pdf",
        published=date(2022, 3, 1),
    )
    file_path(draft.sha256).unlink()
    paper = services.paper_of(draft)
    assert (paper.kind, paper.text) == ("pdf", draft.text)
    assert "165.3" in paper.text


def test_a_file_name_over_two_hundred_characters_is_refused_in_words() -> None:
    with pytest.raises(services.DraftRefused, match="文件名太长，最多 200 个字"):
        services.hand_in(
            by=a_statistician(), zone=zone(), data="到位".encode(), file_name="长" * 197 + ".txt"
        )
    assert not Draft.objects.exists()


def test_a_file_name_of_three_thousand_characters_is_refused_in_words(signed_in: SignedIn) -> None:
    head = 'Content-Disposition: form-data; name="file"; filename="' + "长" * 3000 + '.txt"'
    body = f"--edge\r\n{head}\r\nContent-Type: text/plain\r\n\r\n到位资金\r\n--edge--\r\n".encode()
    answer = signed_in(a_statistician()).post(
        "/drafts/new/?zone=weifang", body, content_type="multipart/form-data; boundary=edge"
    )
    assert answer.status_code == 400
    assert "文件名太长" in answer.content.decode()
    assert not Draft.objects.exists()
