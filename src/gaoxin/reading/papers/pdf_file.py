"""Has this PDF a layer of text, and what does it say? (PDF)

PDFium answers one question at a time, so pages are read under a lock. A page ends with a form feed, as in
the output of other readers. Radicals that some printers write in place of characters (⽅ for 方) are written
as the characters, one for one.
"""

from __future__ import annotations

import re
import threading
import time
import unicodedata

import pypdfium2

from gaoxin.reading.papers.paper import (
    Paper,
    PaperError,
    PaperLimits,
    Remark,
    check_text,
    title_of,
)
from gaoxin.reading.papers.word_file import encrypted

_ALONE = threading.Lock()
_RADICALS = re.compile(r"[\u2e80-\u2fdf]")


def read_pdf(data: bytes, name: str, limits: PaperLimits) -> Paper:
    """Raises: PaperError for one that is encrypted, damaged, scanned, too long, or whose fonts name no
    characters.
    """
    with _ALONE:
        pages = _pages(data, limits)
    written = [page for page in pages if page.strip()]
    if not written:
        raise _scanned()
    text = "\f".join(pages)
    _refuse_gibberish(text)
    check_text(text, limits)
    remarks = [
        Remark(
            "pdf",
            "PDF 的换行是版面换行，分段可能与原稿不同；有 .docx 原稿时请优先用原稿。",
            "Lines of a PDF are those of the page, so paragraphs may differ; prefer the .docx if any.",
        )
    ]
    if len(written) < len(pages):
        blank = "、".join(str(number) for number, page in enumerate(pages, start=1) if not page.strip())
        remarks.append(
            Remark(
                "pages_without_text",
                f"第 {blank} 页没有文字层（空白或扫描图），没有读。",
                "Pages without a layer of text (blank or scanned) were not read: "
                f"{blank.replace('、', ', ')}.",
            )
        )
    return Paper(text, "pdf", title_of(text, name), data, (), tuple(remarks))


def _pages(data: bytes, limits: PaperLimits) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise encrypted() from error
        raise _damaged() from error
    until = time.monotonic() + limits.seconds
    try:
        if len(document) > limits.pages:
            raise PaperError(
                "too_many_pages",
                f"PDF 有 {len(document)} 页，超过上限 {limits.pages} 页。请分成几份。",
                f"The PDF has {len(document)} pages, over the limit of {limits.pages}. Split it.",
            )
        pages: list[str] = []
        held = 0
        for number in range(len(document)):
            pages.append(_page(document, number))
            held += len(pages[-1])
            if held > limits.characters or time.monotonic() > until:
                raise PaperError(
                    "too_long",
                    f"PDF 内容太多，读到第 {number + 1} 页为止。请分成几份。",
                    f"The PDF holds too much; reading stopped at page {number + 1}. Split it.",
                )
        return pages
    except pypdfium2.PdfiumError as error:
        raise _damaged() from error
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            text: str = layer.get_text_range(errors="replace")
        finally:
            layer.close()
    finally:
        page.close()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\0", "")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _RADICALS.sub(lambda found: _character(found[0]), text)
    return text if not text or text.endswith("\n") else text + "\n"


def _character(radical: str) -> str:
    plain = unicodedata.normalize("NFKC", radical)
    return plain if len(plain) == 1 else radical


def _refuse_gibberish(text: str) -> None:
    unknown = sum(unicodedata.category(mark) in ("Cn", "Co", "Cc") and mark not in "\n\f\t" for mark in text)
    unknown += text.count("\ufffd")
    if unknown * 10 > len(text):
        raise PaperError(
            "gibberish",
            "PDF 的文字层是乱码（字体没有写明字符）。请用 .docx 原稿，或把文字复制出来粘贴。",
            "The text layer of the PDF is unreadable because its fonts name no characters. Use the .docx, or "
            "paste the text.",
        )


def _scanned() -> PaperError:
    return PaperError(
        "scanned",
        "PDF 里只有图像，没有文字（多半是扫描件）。请用 .docx 原稿，或先做文字识别再上传。",
        "The PDF holds images without text, so it is probably a scan. Use the .docx, or recognise the text "
        "first.",
    )


def _damaged() -> PaperError:
    return PaperError(
        "damaged",
        "PDF 不完整或已损坏。请重新取得原文件再上传。",
        "The PDF is incomplete or damaged. Get the original again and send that.",
    )
