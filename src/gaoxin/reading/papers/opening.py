"""What is this file, by its first bytes, and who reads it? The extension only confirms (文件类型)."""

from __future__ import annotations

from pathlib import PurePath

from gaoxin.facts.ingest.inspection.ole import MAGIC as OLE
from gaoxin.facts.ingest.inspection.ole import BrokenContainer, read_container
from gaoxin.reading.papers.decoding import decode
from gaoxin.reading.papers.paper import (
    LIMITS,
    Paper,
    PaperError,
    PaperKind,
    PaperLimits,
    Remark,
    check_text,
    megabytes,
    title_of,
)
from gaoxin.reading.papers.pdf_file import read_pdf
from gaoxin.reading.papers.word_file import encrypted, read_word

_KINDS: dict[str, PaperKind] = {".docx": "docx", ".pdf": "pdf", ".txt": "txt", ".text": "txt", ".md": "txt"}
_NAMES = {"docx": "Word 文档", "pdf": "PDF", "txt": "纯文本"}
_ENGLISH = {"docx": "a Word document", "pdf": "a PDF", "txt": "plain text"}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def open_paper(data: bytes, name: str, limits: PaperLimits = LIMITS) -> Paper:
    """The draft in the file, its characters mapped.

    Raises: PaperError, in Chinese and English, for everything that is not a readable draft.
    """
    if len(data) > limits.file:
        raise PaperError(
            "too_large",
            f"文件 {megabytes(len(data))}，超过上限 {megabytes(limits.file)}。请删去图片，只留要核的文字。",
            f"The file has {megabytes(len(data))}, over the limit of {megabytes(limits.file)}. Remove "
            "pictures and keep the text to be checked.",
        )
    extension = PurePath(name).suffix.lower()
    kind = _kind(data, extension)
    expected = _KINDS.get(extension)
    if kind == "docx":
        paper = read_word(data, name, limits)
    elif kind == "pdf":
        paper = read_pdf(data, name, limits)
    else:
        if expected != "txt":
            raise _not_read(extension)
        paper = _plain(data, name, limits)
    if expected == kind:
        return paper
    remark = Remark(
        "extension",
        f"扩展名是 {extension or '空的'}，内容其实是{_NAMES[kind]}，已按内容读。",
        f"The extension is {extension or 'missing'} but the content is {_ENGLISH[kind]}; it was read so.",
    )
    return Paper(paper.text, paper.kind, paper.title, paper.data, paper.pieces, (remark, *paper.remarks))


def pasted(text: str, limits: PaperLimits = LIMITS) -> Paper:
    """A draft that was pasted into a form; line ends become plain ones and characters of no text are dropped.

    Raises: PaperError for one that is empty or too long.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(mark for mark in plain if mark >= " " or mark in "\n\t\f")
    plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    check_text(plain, limits)
    return Paper(plain, "txt", title_of(plain, ""), plain.encode("utf-8"))


def _plain(data: bytes, name: str, limits: PaperLimits) -> Paper:
    if not data.strip(b"\0 \t\r\n"):
        check_text("", limits)
    text, remarks = decode(data)
    head = text[:200].lstrip().lower()
    if head.startswith(("<!doctype", "<html", "<?xml")):
        raise PaperError(
            "markup",
            "这是网页文件，不是文稿。请在浏览器里打开，复制正文，直接粘贴。",
            "This is a web page. Open it in a browser, copy its text and paste that.",
        )
    check_text(text, limits)
    return Paper(text, "txt", title_of(text, name), data, (), remarks)


def _kind(data: bytes, extension: str) -> PaperKind:
    if not data:
        raise PaperError("empty", "文件是空的。请重新选择。", "The file is empty. Choose another.")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(OLE):
        raise _old_office(data, extension)
    if data.startswith(b"{\\rtf"):
        raise _save_as_docx("RTF 文档", "an RTF document", "rtf")
    if data.startswith(_PICTURES) and not (data.startswith(b"BM") and extension == ".txt"):
        raise PaperError(
            "picture",
            "这是图片，读不出文字。请用 .docx 原稿，或先做文字识别。",
            "This is a picture without text. Use the .docx, or recognise the text first.",
        )
    if data.startswith(_PACKED):
        raise PaperError(
            "packed",
            "这是压缩包。请解压后上传里面的 .docx、.pdf 或 .txt。",
            "This is an archive. Unpack it and send the .docx, .pdf or .txt inside.",
        )
    if extension in (".docx", ".pdf"):
        raise PaperError(
            "damaged",
            f"扩展名是 {extension}，但内容认不出来，多半已损坏或没传完。请重新取得原文件。",
            f"The extension is {extension} but the content is not recognised; it is probably damaged. Get "
            "the original again.",
        )
    return "txt"


def _old_office(data: bytes, extension: str) -> PaperError:
    try:
        names = read_container(data, ()).names
    except BrokenContainer:
        names = frozenset()
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        return encrypted()
    if "Workbook" in names or "Book" in names or extension in (".xls", ".et"):
        return PaperError(
            "workbook",
            "这是 Excel 表格，不是文稿。表格请到“数据”里导入；要核的文字请复制到 Word，存成 .docx。",
            "This is an Excel workbook, no draft. Import tables under Data; copy text into Word and save it "
            "as .docx.",
        )
    if extension == ".wps":
        return _save_as_docx("WPS 文字自己的格式（.wps）", "the own format of WPS (.wps)", "old_office")
    return _save_as_docx("旧版 Word 格式（.doc）", "the old format of Word (.doc)", "old_office")


def _save_as_docx(zh: str, en: str, reason: str) -> PaperError:
    return PaperError(
        reason,
        f"文件是{zh}。请用 Word 或 WPS 打开，选“文件 → 另存为 → Word 文档（.docx）”，再上传。",
        f"The file is {en}. Open it in Word or WPS, save it as a Word document (.docx) and send that.",
    )


def _not_read(extension: str) -> PaperError:
    return PaperError(
        "extension",
        f"不读 {extension or '没有扩展名的'} 文件。请选 .docx、.pdf 或 .txt。",
        f"{extension or 'Files without extension'} are not read. Choose .docx, .pdf or .txt.",
    )
