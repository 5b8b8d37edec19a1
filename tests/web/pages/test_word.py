"""The report table in Word: figures with units and sources, Chinese fonts, the mark of invented data."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from tests.web.builders import a_statistician
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


def a_document(signed_in: SignedIn, slug: str, period: str) -> bytes:
    answer = signed_in(a_statistician((slug,))).get(f"/zones/{slug}/export.docx?period={period}")
    assert answer.status_code == 200
    return answer.content


def test_the_table_has_unit_value_and_a_numbered_source(signed_in: SignedIn) -> None:
    held = Document(io.BytesIO(a_document(signed_in, "chuxiong", "2021")))
    rows = [[cell.text for cell in row.cells] for row in held.tables[0].rows]
    assert rows[0][:2] == ["指标", "单位"]
    (gdp,) = [row for row in rows if "299.54" in row[-1]]
    assert "生产总值" in gdp[0]
    assert gdp[1] == "亿元"
    assert gdp[-1].startswith("299.54[")
    assert any(paragraph.text.startswith("[1] ") for paragraph in held.paragraphs)


def test_chinese_letters_have_a_font_of_their_own(signed_in: SignedIn) -> None:
    data = a_document(signed_in, "chuxiong", "2021")
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert 'w:eastAsia="宋体"' in body
    assert "合成数据" not in body


def test_numbers_have_no_thin_spaces(signed_in: SignedIn) -> None:
    held = Document(io.BytesIO(a_document(signed_in, "chuxiong", "2021")))
    text = "".join(cell.text for row in held.tables[0].rows for cell in row.cells)
    assert "\u2009" not in text
