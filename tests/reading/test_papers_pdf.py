"""PDF: the layer of text is read page by page; without one the file is refused."""

from __future__ import annotations

import io
import time

import pytest
from docx import Document

from gaoxin.reading.papers import Note, PaperError, PaperLimits, annotated_docx, open_paper
from tests.reading.paper_builders import a_pdf, a_pdf_of_forms, part_of


def test_chinese_text_of_all_pages_is_read_with_a_form_feed_between() -> None:
    paper = open_paper(a_pdf(["情况汇报", "全区产值5亿元，增长3%。"], ["二、项目18个。"]), "a.pdf")
    assert paper.text == "情况汇报\n全区产值5亿元，增长3%。\n\f二、项目18个。\n"
    assert (paper.kind, paper.title) == ("pdf", "情况汇报")


def test_radicals_are_read_as_the_characters_they_stand_for() -> None:
    assert open_paper(a_pdf(["⾼新区⽣产总值5亿元。"]), "a.pdf").text == "高新区生产总值5亿元。\n"


def test_a_page_without_text_is_named() -> None:
    paper = open_paper(a_pdf(["产值5亿元。"], [], ["增长3%。"]), "a.pdf")
    assert "第 2 页" in next(remark.zh for remark in paper.remarks if remark.code == "pages_without_text")


def test_lines_of_a_page_become_paragraphs_again_and_comments_stay_in_place() -> None:
    paper = open_paper(
        a_pdf(["汇报", "全区规模以上工业总产值达到四百三十二", "亿元，增长3%。", "新增企业12户。"]), "a.pdf"
    )
    start = paper.text.index("四百")
    end = paper.text.index("亿元") + 2
    out = annotated_docx(paper, [Note(start, end, "断行的数字")])
    read = [paragraph.text for paragraph in Document(io.BytesIO(out)).paragraphs]
    assert read == ["汇报", "全区规模以上工业总产值达到四百三十二亿元，增长3%。", "新增企业12户。"]
    assert "断行的数字" in part_of(out, "word/comments.xml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_pdf([], []), "scanned"),
        (a_pdf(["产值5亿元"], locked=True), "encrypted"),
        (b"%PDF-1.7\n" + b"\1\2\3" * 400, "damaged"),
        (a_pdf(["\ue123\ue124\ue125\ue126\ue127 5"]), "gibberish"),
    ],
)
def test_a_pdf_without_readable_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(PaperError) as caught:
        open_paper(data, "a.pdf")
    assert caught.value.reason == reason


def test_pages_are_limited() -> None:
    with pytest.raises(PaperError, match="3 页，超过上限 2 页") as caught:
        open_paper(a_pdf(["一"], ["二"], ["三"]), "a.pdf", PaperLimits(pages=2))
    assert caught.value.reason == "too_many_pages"


def test_a_small_file_that_unfolds_without_end_is_refused_and_harms_nobody_else() -> None:
    """Nine forms that each draw the next one twelve times: 12⁸ texts, in less than 3 KB."""
    bomb = a_pdf_of_forms(levels=9, each=12)
    assert len(bomb) < 3_000
    with pytest.raises(PaperError) as caught:
        open_paper(bomb, "a.pdf")
    assert caught.value.reason == "bomb"
    assert open_paper(a_pdf(["产值5亿元。"]), "a.pdf").text == "产值5亿元。\n"


def test_a_page_that_takes_too_long_ends_with_its_time() -> None:
    begun = time.monotonic()
    with pytest.raises(PaperError) as caught:
        open_paper(a_pdf_of_forms(levels=9, each=12), "a.pdf", PaperLimits(seconds=0.1))
    assert caught.value.reason == "bomb"
    assert time.monotonic() - begun < 10


def test_forms_that_end_are_read() -> None:
    assert open_paper(a_pdf_of_forms(levels=3, each=2), "a.pdf").text.startswith("5.6")
