"""Has this PDF a layer of text, and what does it say? (PDF)

PDFium reads in a process of its own (`pdf_pages.py`), one file at a time, within a time and a memory. A page
ends with a form feed, as in the output of other readers. Radicals that some printers write in place of
characters (⽅ for 方) are written as the characters, one for one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

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
_READER = Path(__file__).with_name("pdf_pages.py")
_RADICALS = re.compile(r"[\u2e80-\u2fdf]")


def read_pdf(data: bytes, name: str, limits: PaperLimits) -> Paper:
    """Raises: PaperError for one that is encrypted, damaged, scanned, too long, that takes more time or
    memory than any draft, or whose fonts name no characters.
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
    """The text of each page, asked for in a process that may hang or burst without harm to this one."""
    asked = [str(limits.pages), str(limits.characters), str(limits.seconds)]
    command = [sys.executable, "-I", "-X", "utf8", str(_READER), *asked]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds + 2)
    except subprocess.TimeoutExpired as error:
        raise _bomb() from error
    if done.returncode != 0:
        raise _bomb()
    found = json.loads(done.stdout)
    if "refused" in found:
        raise _refused(found["refused"], found["at"], limits)
    return [_plain(page) for page in found["pages"]]


def _refused(reason: str, at: int, limits: PaperLimits) -> PaperError:
    if reason == "encrypted":
        return encrypted()
    if reason == "too_many_pages":
        return PaperError(
            "too_many_pages",
            f"PDF 有 {at} 页，超过上限 {limits.pages} 页。请分成几份。",
            f"The PDF has {at} pages, over the limit of {limits.pages}. Split it.",
        )
    if reason == "too_long":
        return PaperError(
            "too_long",
            f"PDF 内容太多，读到第 {at} 页为止。请分成几份。",
            f"The PDF holds too much; reading stopped at page {at}. Split it.",
        )
    return _damaged()


def _plain(text: str) -> str:
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


def _bomb() -> PaperError:
    return PaperError(
        "bomb",
        "PDF 的内容异常（展开后大得不合常理，或读得太久），为安全起见不读。请用 .docx 原稿，或把文字复制出来"
        "粘贴。",
        "The PDF unfolds in an abnormal way or takes too long, and is not read. Use the .docx, or paste the "
        "text.",
    )
