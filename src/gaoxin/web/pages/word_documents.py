"""A report table as a Word document (报告表): Chinese fonts named, sources numbered, invented data marked.

Word takes the font of Chinese letters from w:eastAsia alone; a document that names only the Latin font is
shown in whatever the reader's machine falls back to.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gaoxin.web.pages.report_table import Report

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING, _BODY, _LATIN = "黑体", "宋体", "Times New Roman"
_WIDTH = 16.0  # cm between the margins of A4
_VIOLET = RGBColor(0x54, 0x45, 0x8F)


def word_document(*, title: str, lines: Sequence[str], report: Report, synthetic: bool) -> bytes:
    """The document as bytes. `lines`: what stands under the title: filter, day, who it is from."""
    made: Word = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    made.core_properties.title, made.core_properties.author = title, "gaoxin"
    made.styles["Normal"].font.size = Pt(10.5)
    if synthetic:
        mark = _("合成数据  均为虚构，不得对外引用")
        for place in (section.header.paragraphs[0], section.footer.paragraphs[0]):
            _say(place, mark, size=16, bold=True, colour=_VIOLET)
            place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(head, title, font=_HEADING, size=16, bold=True)
    for line in lines:
        _say(made.add_paragraph(), line, size=9)
    _table(made, report)
    for number, note in enumerate(report.notes, start=1):
        below = made.add_paragraph()
        below.paragraph_format.space_after = Pt(2)
        _say(below, f"[{number}] {note}", size=9)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _table(made: Word, report: Report) -> None:
    heads = (_("指标"), _("单位"), *report.heads)
    table = made.add_table(rows=1, cols=len(heads))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    widths = [6.0, 2.0, *([(_WIDTH - 8.0) / max(1, len(report.heads))] * len(report.heads))]
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        _say(cell.paragraphs[0], text, font=_HEADING, size=10)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in report.rows:
        cells = table.add_row().cells
        _say(cells[0].paragraphs[0], row.name)
        _say(cells[1].paragraphs[0], row.unit)
        for cell, held in zip(cells[2:], row.cells, strict=True):
            _say(cell.paragraphs[0], held.text)
            if held.note:
                _say(cell.paragraphs[0], f"[{held.note}]", size=8, raised=True)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row_cells in table.rows:
        for cell, width in zip(row_cells.cells, widths, strict=True):
            cell.width = Cm(width)


def _say(
    place: Paragraph,
    text: str,
    *,
    font: str = _BODY,
    size: float = 10.5,
    bold: bool = False,
    raised: bool = False,
    colour: RGBColor | None = None,
) -> None:
    run = place.add_run(text)
    run.font.name, run.font.size, run.font.bold = _LATIN, Pt(size), bold
    run.font.superscript = raised or None
    if colour is not None:
        run.font.color.rgb = colour
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
