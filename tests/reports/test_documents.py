"""The brief as a file: every figure numbered to its source, gaps marked, nothing fetched from outside."""

import io
import re
import sys

import pytest
from docx import Document

from gaoxin.core.errors import FactError
from gaoxin.reports.html import render_html
from gaoxin.reports.pdf import render_pdf
from gaoxin.reports.word import render_word
from tests.facts.builders import an_observation
from tests.reports.builders import a_brief, a_spec

SENTENCE = "产值{industrial_output}，占{city}的{industrial_output:share of city}。"


def a_full_brief(**more: object):
    return a_brief(
        a_spec(SENTENCE),
        an_observation(locator="第3段第1句", written="432亿元", **more),
        an_observation("C008", "87.9", "%", figure="share", of="region/532301"),
    )


def test_web_page_links_every_figure_to_its_row() -> None:
    page = render_html(a_full_brief())
    assert '产值432亿元<sup><a href="#source-1">1</a></sup>' in page.replace("产值\n", "产值")
    assert '<tr id="source-2">' in page
    assert "第3段第1句" in page


def test_web_page_loads_nothing_and_escapes_names() -> None:
    page = render_html(a_full_brief(source="<script>alert(1)</script>"))
    assert "<script>" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)


def test_gap_is_marked_in_the_page_and_told_below() -> None:
    made = a_brief(a_spec(SENTENCE), an_observation("C008", "87.9", "%", figure="share", of="region/532301"))
    page = render_html(made)
    assert '<span class="gap">〔缺：2021年规上工业总产值〕</span>' in page
    assert "文中空缺：缺：2021年规上工业总产值。" in page


def test_word_document_reads_like_the_text_and_lists_sources() -> None:
    made = a_full_brief()
    document = Document(io.BytesIO(render_word(made)))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    plain = "".join(run.text for run in runs if not run.font.superscript)
    assert "产值432亿元，占楚雄市的87.9%。" in plain
    assert [run.text for run in runs if run.font.superscript] == ["[1]", "[2]"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells][:3] == ["1", "432亿元", "楚雄高新区规上工业总产值"]
    assert len(table.rows) == 3


def test_word_document_names_the_font_of_every_chinese_run() -> None:
    document = Document(io.BytesIO(render_word(a_full_brief())))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            assert 'w:eastAsia="' in run._element.xml


def test_word_document_with_invented_data_says_so_on_every_page() -> None:
    document = Document(io.BytesIO(render_word(a_full_brief(status="synthetic"))))
    assert "虚构" in document.sections[0].header.paragraphs[0].text


def test_pdf_is_made() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("the pango library is not on this machine")
    assert render_pdf(a_full_brief()).startswith(b"%PDF")


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(FactError, match="gaoxin\\[pdf\\]"):
        render_pdf(a_full_brief())
