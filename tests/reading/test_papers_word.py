"""Word documents: what is read, where it stands, and that comments land on exactly those characters."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document

from gaoxin.reading.papers import (
    Change,
    Note,
    PaperError,
    PaperLimits,
    annotated_docx,
    corrected_docx,
    open_paper,
    pasted,
)
from tests.reading.paper_builders import a_word_file, part_of, saved, with_body, with_part


def _span(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def _commented(data: bytes) -> dict[str, str]:
    """Comment text → the characters between its marks, read from the document as Word would."""
    body = part_of(data, "word/document.xml")
    comments = part_of(data, "word/comments.xml")
    found = {}
    for number, inner in re.findall(r'<w:comment [^>]*w:id="(\d+)"[^>]*>(.*?)</w:comment>', comments, re.S):
        between = re.search(
            rf'<w:commentRangeStart w:id="{number}"/>(.*?)<w:commentRangeEnd w:id="{number}"/>', body, re.S
        )
        assert between is not None
        said = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", inner))
        found[said] = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", between[1]))
    return found


def test_paragraphs_and_tables_are_read_in_the_order_of_the_page() -> None:
    word = Document()
    word.add_paragraph("一、概况")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["指标", "值", "产值", "5亿元"], strict=True
    ):
        cell.text = text
    word.add_paragraph("二、展望")
    assert open_paper(saved(word), "a.docx").text == "一、概况\n指标\t值\n产值\t5亿元\n二、展望"


def test_every_character_leads_to_its_paragraph_and_run() -> None:
    paper = open_paper(a_word_file("标题", ["增长", "25", ".5%。"]), "a.docx")
    assert paper.text == "标题\n增长25.5%。"
    assert [(piece.start, piece.end, piece.paragraph, piece.run) for piece in paper.pieces] == [
        (0, 2, 0, 0),
        (3, 5, 1, 0),
        (5, 7, 1, 1),
        (7, 11, 1, 2),
    ]


def test_links_controls_and_insertions_are_read_and_deletions_are_not() -> None:
    data = with_body(
        "<w:p><w:hyperlink><w:r><w:t>产值</w:t></w:r></w:hyperlink>"
        '<w:ins w:id="1" w:author="a"><w:r><w:t>5</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>6</w:delText></w:r></w:del>'
        "<w:sdt><w:sdtContent><w:r><w:t>亿元</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:tab/><w:t>增长</w:t><w:noBreakHyphen/><w:t>3%</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>末段</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    paper = open_paper(data, "a.docx")
    assert paper.text == "产值5亿元\t增长-3%\n末段"
    assert {remark.code for remark in paper.remarks} == {"deletions", "insertions"}


def test_text_boxes_and_hidden_text_are_left_out_with_a_remark() -> None:
    data = with_body(
        "<w:p><w:r><w:t>产值5亿元</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>不可见7亿元</w:t></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里9亿元</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    paper = open_paper(data, "a.docx")
    assert paper.text == "产值5亿元"
    assert {remark.code for remark in paper.remarks} == {"text_box", "hidden"}


def test_headers_are_left_out_with_a_remark() -> None:
    word = Document()
    word.sections[0].header.paragraphs[0].text = "内部资料 3 份"
    word.add_paragraph("产值5亿元")
    paper = open_paper(saved(word), "a.docx")
    assert paper.text == "产值5亿元"
    assert [remark.code for remark in paper.remarks] == ["headers"]


def test_a_comment_covers_its_characters_and_no_more() -> None:
    paper = open_paper(a_word_file("标题", ["到位资金增", "长22", ".5%；促成18个项目"]), "a.docx")
    out = annotated_docx(
        paper, [Note(*_span(paper.text, "22.5%"), "应为 25.5%"), Note(*_span(paper.text, "18个"), "查无依据")]
    )
    assert _commented(out) == {"应为 25.5%": "22.5%", "查无依据": "18个"}


def test_nested_and_touching_comments_each_keep_their_characters() -> None:
    paper = open_paper(a_word_file("产值5亿元增长3%左右"), "a.docx")
    out = annotated_docx(
        paper,
        [
            Note(*_span(paper.text, "增长3%左右"), "外"),
            Note(*_span(paper.text, "3%"), "内"),
            Note(*_span(paper.text, "5亿元"), "左"),
        ],
    )
    assert _commented(out) == {"外": "增长3%左右", "内": "3%", "左": "5亿元"}


def test_a_comment_may_run_over_the_end_of_a_paragraph() -> None:
    paper = open_paper(a_word_file("增长22", ".5%。"), "a.docx")
    assert _commented(annotated_docx(paper, [Note(2, 8, "断行")])) == {"断行": "22.5%"}  # 增长|22⏎.5%|。


def test_comments_leave_text_formatting_and_earlier_comments_alone() -> None:
    word = Document()
    paragraph = word.add_paragraph()
    run = paragraph.add_run("同比增长22.5%")
    run.bold = True
    run.font.name = "Times New Roman"
    word.add_comment(run, "领导批示", author="陈")
    paper = open_paper(saved(word), "a.docx")
    out = annotated_docx(paper, [Note(4, 9, "应为 25.5%")])
    assert _commented(out) == {"领导批示": "同比增长22.5%", "应为 25.5%": "22.5%"}
    read = Document(io.BytesIO(out)).paragraphs[0]
    assert read.text == "同比增长22.5%"
    assert [(run.text, run.bold, run.font.name) for run in read.runs if run.text] == [
        ("同比增长", True, "Times New Roman"),
        ("22.5%", True, "Times New Roman"),
    ]


def test_spaces_at_a_cut_are_kept() -> None:
    paper = open_paper(a_word_file("产值 5 亿元 增长 3 %"), "a.docx")
    out = annotated_docx(paper, [Note(3, 7, "x")])
    assert Document(io.BytesIO(out)).paragraphs[0].text == "产值 5 亿元 增长 3 %"
    assert _commented(out) == {"x": "5 亿元"}


def test_a_picture_in_the_run_stays_where_it_was() -> None:
    data = with_body("<w:p><w:r><w:t>产值5</w:t><w:pict/><w:t>亿元增长</w:t></w:r></w:p>")
    paper = open_paper(data, "a.docx")
    body = part_of(annotated_docx(paper, [Note(2, 5, "x")]), "word/document.xml")
    assert re.sub(r"<(?!w:pict)[^>]*>", "", body).strip() == "产值5<w:pict/>亿元增长"


def test_a_note_outside_the_text_is_our_own_mistake() -> None:
    paper = open_paper(a_word_file("一", "二"), "a.docx")
    with pytest.raises(ValueError, match=r"\[1, 2\)"):
        annotated_docx(paper, [Note(1, 2, "x")])


def test_a_replacement_takes_the_formatting_of_what_it_replaces() -> None:
    word = Document()
    paragraph = word.add_paragraph("增长")
    paragraph.add_run("22").bold = True
    paragraph.add_run(".5%")
    paragraph.add_run("。")
    out = corrected_docx(open_paper(saved(word), "a.docx"), [Change(2, 7, "25.5%")])
    runs = Document(io.BytesIO(out)).paragraphs[0].runs
    assert [(run.text, bool(run.bold)) for run in runs] == [("增长", False), ("25.5%", True), ("。", False)]


def test_several_replacements_of_other_lengths_do_not_move_each_other() -> None:
    paper = open_paper(a_word_file("占全州的87.9%，占全市的33%，降至2%。"), "a.docx")
    changes = [
        Change(*_span(paper.text, "2%。"), "2%左右。"),
        Change(*_span(paper.text, "87.9%"), "7.9%"),
        Change(*_span(paper.text, "33%"), "10.05%"),
    ]
    out = corrected_docx(paper, changes)
    assert Document(io.BytesIO(out)).paragraphs[0].text == "占全州的7.9%，占全市的10.05%，降至2%左右。"


def test_overlapping_replacements_are_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="two changes"):
        corrected_docx(pasted("产值55亿元"), [Change(2, 4, "5"), Change(3, 6, "6亿元")])


def test_a_tracked_replacement_leaves_the_old_figure_as_a_deletion() -> None:
    paper = open_paper(a_word_file("增长22.5%。"), "a.docx")
    body = part_of(corrected_docx(paper, [Change(2, 7, "25.5%")], tracked=True), "word/document.xml")
    assert re.findall(r"<w:delText[^>]*>([^<]*)", body) == ["22.5%"]
    assert re.findall(r"<w:ins [^>]*><w:r><w:t[^>]*>([^<]*)", body) == ["25.5%"]
    assert body.index("<w:del ") < body.index("<w:ins ")


def test_word_is_told_the_time_on_the_clocks_of_china() -> None:
    paper = open_paper(a_word_file("增长22.5%。"), "a.docx")
    body = part_of(corrected_docx(paper, [Change(2, 7, "25.5%")], tracked=True), "word/document.xml")
    notes = part_of(annotated_docx(paper, [Note(2, 7, "不一致")]), "word/comments.xml")
    now = datetime.now(UTC) + timedelta(hours=8)
    for part in (body, notes):
        said = re.findall(r'w:date="([^"]*)Z"', part)
        assert said
        assert all(abs(datetime.fromisoformat(one + "+00:00") - now) < timedelta(minutes=2) for one in said)


def test_a_pasted_text_becomes_a_word_document_with_chinese_fonts() -> None:
    paper = pasted("情况汇报\n\n  全区产值5亿元，\t增长3%。\n")
    out = annotated_docx(paper, [Note(*_span(paper.text, "3%"), "查无依据")])
    assert _commented(out) == {"查无依据": "3%"}
    read = Document(io.BytesIO(out))
    assert [paragraph.text for paragraph in read.paragraphs] == [
        "情况汇报",
        "",
        "  全区产值5亿元，\t增长3%。",
    ]
    assert 'w:eastAsia="宋体"' in part_of(out, "word/document.xml")


def _bomb() -> bytes:
    return with_part(a_word_file("x"), "word/media/a.bin", b"\0" * (40 << 20))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_word_file("产值5亿元")[:-200], "damaged"),
        (b"PK\x03\x04" + b"\1" * 300, "damaged"),
        (with_part(a_word_file("x"), "word/document.xml", "<w:document"), "damaged"),
        (
            with_part(a_word_file("x"), "word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "xml_entities",
        ),
        (with_part(a_word_file("x"), "word/vbaProject.bin", b"x"), "macros"),
        (_bomb(), "bomb"),
        (a_word_file(""), "empty"),
        (
            with_part(
                a_word_file("x"),
                "word/document.xml",
                '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body/></w:document>',
            ),
            "strict",
        ),
    ],
    ids=["cut", "shell", "xml", "entities", "macro", "bomb", "empty", "strict"],
)
def test_unsafe_and_broken_documents_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(PaperError) as caught:
        open_paper(data, "a.docx")
    assert caught.value.reason == reason
    assert caught.value.zh
    assert caught.value.en


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"])
def test_a_package_that_could_not_be_saved_again_is_refused_when_it_is_read(part: str) -> None:
    whole = a_word_file("产值5亿元")
    held = part_of(whole, part)
    cut = held.replace('ContentType="', 'Content="').replace(' Type="', ' Kind="')
    assert cut != held
    with pytest.raises(PaperError) as caught:
        open_paper(with_part(whole, part, cut), "a.docx")
    assert caught.value.reason == "damaged"


def test_a_damaged_checksum_is_refused() -> None:
    data = bytearray(a_word_file("产值5亿元"))
    at = data.index(b"PK\x01\x02")
    data[at + 16] ^= 0xFF  # the checksum of the first entry in the table of contents
    with pytest.raises(PaperError) as caught:
        open_paper(bytes(data), "a.docx")
    assert caught.value.reason == "damaged"


def test_a_part_that_unpacks_too_large_is_refused() -> None:
    data = with_part(a_word_file("x"), "word/footnotes.xml", "<a>" + "产值" * 4_000 + "</a>")
    with pytest.raises(PaperError) as caught:
        open_paper(data, "a.docx", PaperLimits(part=20_000))
    assert caught.value.reason == "unpacked_too_large"


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(a_word_file("产值5亿元"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        assert archive.infolist()
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of encryption in the table of contents
    with pytest.raises(PaperError) as caught:
        open_paper(bytes(data), "a.docx")
    assert caught.value.reason == "encrypted"


def test_content_wins_over_the_extension_with_a_remark() -> None:
    paper = open_paper(a_word_file("产值5亿元"), "a.doc")
    assert (paper.kind, paper.text) == ("docx", "产值5亿元")
    assert [remark.code for remark in paper.remarks] == ["extension"]


def test_a_file_that_goes_out_fetches_no_template() -> None:
    settings = part_of(a_word_file("产值5亿元"), "word/settings.xml")
    at = settings.index(">", settings.index("<w:settings")) + 1
    named = (
        '<w:attachedTemplate r:id="rId1" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    )
    data = with_part(a_word_file("产值5亿元"), "word/settings.xml", settings[:at] + named + settings[at:])
    data = with_part(
        data,
        "word/_rels/settings.xml.rels",
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/attachedTemplate" Target="http://x.example/t.dotm" TargetMode="External"/>'
        "</Relationships>",
    )
    out = annotated_docx(open_paper(data, "a.docx"), [Note(2, 5, "应是6亿元")])
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert all(b"x.example" not in archive.read(name) for name in archive.namelist())
    assert "attachedTemplate" not in part_of(out, "word/settings.xml")
