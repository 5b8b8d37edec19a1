"""A brief as a Word document: Chinese fonts named, figures numbered to their sources (Word 文档).

Word takes the font of Chinese letters from w:eastAsia alone, so every run names it.
"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from gaoxin.reports.briefs import Brief, Piece
from gaoxin.reports.citations import HEADS, closing_lines, numbers, rows

_TITLE, _HEADING, _BODY, _LATIN = "方正小标宋简体", "黑体", "仿宋", "Times New Roman"
_VIOLET = RGBColor(0x54, 0x45, 0x8F)
_WIDTHS = (1.1, 2.2, 4.0, 2.1, 3.6, 1.8, 1.7)  # cm, together the 16.5 cm between the margins


def render_word(brief: Brief) -> bytes:
    """The document as bytes; a gap is highlighted, every figure has the number of its source."""
    made: Word = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.25)
    made.core_properties.title, made.core_properties.author = brief.title, "gaoxin"
    if brief.is_synthetic:
        for place in (page.header.paragraphs[0], page.footer.paragraphs[0]):
            run = _say(place, "虚构的演示数据  不得对外引用", font=_HEADING, size=14)
            run.font.color.rgb = _VIOLET
            place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(head, brief.title, font=_TITLE, size=22)
    places = numbers(brief)
    for section in brief.sections:
        if section.heading:
            _say(made.add_heading(level=1), section.heading, font=_HEADING, size=16)
        for paragraph in section.paragraphs:
            body = made.add_paragraph()
            body.paragraph_format.first_line_indent = Pt(32)
            body.paragraph_format.line_spacing = Pt(28)
            if paragraph.lead:
                _say(body, paragraph.lead, size=16).bold = True
            for sentence in paragraph.sentences:
                for piece in sentence.pieces:
                    _piece(body, piece, places)
    for line in closing_lines(brief):
        _say(made.add_paragraph(), line, size=10.5)
    _say(made.add_heading(level=1), "数据来源", font=_HEADING, size=16)
    _sources(made, brief)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _piece(body: Paragraph, piece: Piece, places: dict[str, int]) -> None:
    run = _say(body, piece.text, size=16)
    if piece.gap:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if piece.observations:
        marks = ",".join(str(places[one]) for one in piece.observations)
        _say(body, f"[{marks}]", size=13).font.superscript = True


def _sources(made: Word, brief: Brief) -> None:
    table = made.add_table(rows=1, cols=len(HEADS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, text in zip(table.rows[0].cells, HEADS, strict=True):
        _say(cell.paragraphs[0], text, font=_HEADING, size=9)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows(brief):
        for cell, text in zip(table.add_row().cells, row.cells, strict=True):
            _say(cell.paragraphs[0], text, size=9)
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _say(place: Paragraph, text: str, *, font: str = _BODY, size: float) -> Run:
    run = place.add_run(text)
    run.font.name, run.font.size = _LATIN, Pt(size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run
