"""A Word document for a draft that came as plain text or PDF, with Chinese fonts named (新建 Word 文档)."""

from __future__ import annotations

import unicodedata

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from gaoxin.reading.papers.paper import Paper
from gaoxin.reading.papers.word_text import Leaf, leaf_text

_HEADING, _BODY, _LATIN = "黑体", "宋体", "Times New Roman"
_LINE_ENDS = "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_STOPS = "。！？；：.!?;:"


def plain_word(paper: Paper) -> tuple[Word, list[Leaf]]:
    """The document, and where each character of the text stands in it; line ends stand nowhere.

    Lines of a PDF are joined again where a full line runs on into the next.
    """
    word: Word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    word.core_properties.title, word.core_properties.author = _printable(paper.title)[:255], "gaoxin"
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(0)
    leaves: list[Leaf] = []
    titled = False
    for number, lines in enumerate(_paragraphs(paper)):
        paragraph = word.add_paragraph()
        is_title = not titled and "".join(text for _, text in lines).strip() == paper.title
        titled = titled or is_title
        whole = "".join(text for _, text in lines)
        if is_title:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif whole.rstrip().endswith(tuple(_STOPS)) and not whole.startswith((" ", "\u3000")):
            paragraph.paragraph_format.first_line_indent = Pt(24)  # two characters
        for start, text in lines:
            _write(paragraph, number, start, text, is_title, leaves)
    return word, leaves


def _write(
    paragraph: Paragraph, number: int, start: int, text: str, is_title: bool, leaves: list[Leaf]
) -> None:
    run = paragraph.add_run(_printable(text))
    if is_title:
        run.font.size, run.font.bold = Pt(16), True
    run.font.name = _LATIN
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _HEADING if is_title else _BODY)
    at = start
    for child in run._element:
        held = leaf_text(child)
        if held:
            leaves.append(Leaf(at, held, child, run._element, number))
            at += len(held)


def _paragraphs(paper: Paper) -> list[list[tuple[int, str]]]:
    """Each paragraph as its lines with their offsets; the offset counts in the text of the paper."""
    lines = _lines(paper.text)
    if paper.kind != "pdf":
        return [[line] for line in lines]
    widths = sorted(_width(text) for _, text in lines if text.strip())
    full = widths[len(widths) * 9 // 10] * 0.85 if widths else 0
    joined: list[list[tuple[int, str]]] = []
    runs_on = False
    for start, text in lines:
        if not text.strip():
            continue
        if runs_on and not text.startswith((" ", "\u3000")):
            joined[-1].append((start, text))
        else:
            joined.append([(start, text)])
        runs_on = _width(text) >= full and not text.rstrip().endswith(tuple(_STOPS))
    return joined


def _lines(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        found.append((start, line.rstrip(_LINE_ENDS)))
        start += len(line)
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text.strip())


def _printable(text: str) -> str:
    """The text as XML can hold it, one character for one."""
    return "".join(
        mark if mark == "\t" or (mark >= " " and mark not in "\ufffe\uffff") else " " for mark in text
    )
