"""Is this .docx safe to parse, and what does it say? (Word 文档)

The ZIP shell is looked into first (`gaoxin.facts.ingest.inspection.zipped`): bombs, lies about sizes,
overlapping entries, macros, encryption, XML entities. Only then python-docx parses it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml import etree

from gaoxin.facts.ingest.inspection.limits import FileRefused, Limits
from gaoxin.facts.ingest.inspection.zipped import Archive
from gaoxin.reading.papers.paper import (
    Paper,
    PaperError,
    PaperLimits,
    Piece,
    check_text,
    megabytes,
    title_of,
)
from gaoxin.reading.papers.word_text import Leaf, left_out, word_text

# What python-docx raises for a package that is not what it says.
_BROKEN = (
    OpcError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    EOFError,
    OSError,
    NotImplementedError,
    RecursionError,
)
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def read_word(data: bytes, name: str, limits: PaperLimits) -> Paper:
    """Raises: PaperError for everything that is not a sound .docx with text."""
    inspect(data, limits)
    word, text, leaves = load(data)
    check_text(text, limits)
    remarks = left_out(
        word.element,
        headers=_has_text(word, RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER),
        notes=_has_text(word, RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES),
    )
    return Paper(text, "docx", title_of(text, name), data, _pieces(leaves), remarks)


def load(data: bytes) -> tuple[Word, str, list[Leaf]]:
    """The parsed document, its text and where each character stands. For bytes that were inspected."""
    try:
        word = Document(io.BytesIO(data))
        text, leaves = word_text(word.element.body)
        whole = _is_whole(word)
    except _BROKEN as error:
        raise _damaged() from error
    if not whole:
        raise _damaged()
    return word, text, leaves


def _is_whole(word: Word) -> bool:
    """Every part says what it is and how it belongs to the others: what cannot be saved again is not read."""
    package = word.part.package
    parts = list(package.iter_parts())
    held = [*package.rels.values(), *(rel for part in parts for rel in part.rels.values())]
    return all(part.content_type for part in parts) and all(rel.reltype and rel.rId for rel in held)


def inspect(data: bytes, limits: PaperLimits) -> None:
    """Raises: PaperError where the shell is a bomb, encrypted, damaged, or no Word document."""
    shell = Limits(
        file=limits.file,
        unpacked=limits.unpacked,
        ratio=limits.ratio,
        ratio_from=limits.ratio_from,
        entries=limits.entries,
    )
    try:
        archive = Archive(data, shell)
        _refuse_others(archive)
        for entry_name, entry in archive.entries.items():
            if entry_name.endswith((".xml", ".rels")) and entry.file_size > limits.part:
                raise FileRefused("unpacked_too_large", megabytes(entry.file_size), "")
            head = b""
            for block in archive.blocks(entry_name):
                head = head or block[:4096]
            if entry_name == "word/document.xml" and _STRICT in head:
                raise _strict()
    except FileRefused as refused:
        raise _in_words_of_word(refused.reason) from refused


def _refuse_others(archive: Archive) -> None:
    names = archive.entries
    if "OFD.xml" in names:
        raise PaperError(
            "ofd",
            "OFD 版式文件暂时不能核稿。请用原稿的 .docx，或导出带文字的 PDF。",
            "OFD files are not read. Use the .docx it was made from, or a PDF with text.",
        )
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        raise PaperError(
            "workbook",
            "这是 Excel 表格，不是文稿。表格请到“数据”里导入；要核的文字请存成 .docx。",
            "This is an Excel workbook, no draft. Import tables under Data; save text as .docx.",
        )
    if "ppt/presentation.xml" in names:
        raise PaperError(
            "presentation",
            "这是演示文稿。请把要核的文字复制到 Word，存成 .docx，或直接粘贴。",
            "This is a presentation. Copy the text into Word and save it as .docx, or paste it.",
        )
    if not any(name.startswith("word/") for name in names):
        raise PaperError(
            "not_word",
            "这不是 Word 文档（.docx）。请用 Word 或 WPS 打开原稿，另存为“Word 文档（.docx）”再上传。",
            "This is no Word document. Open the draft in Word or WPS, save it as .docx and send that.",
        )


def _pieces(leaves: list[Leaf]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    run: Any = None
    for leaf in leaves:
        if pieces and leaf.run is run and pieces[-1].end == leaf.start:
            last = pieces[-1]
            pieces[-1] = Piece(last.start, leaf.end, last.paragraph, last.run)
            continue
        number = pieces[-1].run + 1 if pieces and pieces[-1].paragraph == leaf.paragraph else 0
        pieces.append(Piece(leaf.start, leaf.end, leaf.paragraph, number))
        run = leaf.run
    return tuple(pieces)


def _has_text(word: Word, *kinds: str) -> bool:
    """Whether a part of one of these kinds holds any text."""
    return any(
        rel.reltype in kinds and not rel.is_external and _blob_has_text(rel.target_part.blob)
        for rel in word.part.rels.values()
    )


def _blob_has_text(blob: bytes) -> bool:
    return b"<w:t>" in blob or b"<w:t " in blob


def _damaged() -> PaperError:
    return PaperError(
        "damaged",
        "Word 文档不完整或已损坏。请重新取得原文件；能打开的话，另存一次再上传。",
        "The Word document is incomplete or damaged. Get the original again; if it still opens, save it once "
        "more and send that.",
    )


def _strict() -> PaperError:
    return PaperError(
        "strict",
        "文件是“Strict Open XML”格式。请在 Word 里另存为“Word 文档（.docx）”再上传。",
        "The file is Strict Open XML. Save it in Word as an ordinary Word document (.docx) and send that.",
    )


def _in_words_of_word(reason: str) -> PaperError:
    if reason == "encrypted":
        return encrypted()
    if reason == "macro":
        return PaperError(
            "macros",
            "文档带有宏，为安全起见不读。请另存为不含宏的“Word 文档（.docx）”再上传。",
            "The document carries macros and is not read. Save it as a .docx without macros and send that.",
        )
    if reason == "truncated":
        return _damaged()
    if reason == "xml_entities":
        return PaperError(
            "xml_entities",
            "文档内部含有不允许的定义（XML 实体），为安全起见不读。请用 Word 打开，另存为新的 .docx 再上传。",
            "The document contains XML definitions that are not allowed. Open it in Word, save it as a new "
            ".docx and send that.",
        )
    if reason == "unpacked_too_large":
        return PaperError(
            "unpacked_too_large",
            "文档展开后太大。请删去图片和附表，只留要核的文字。",
            "Unpacked the document is too large. Remove pictures and annexes, keep the text to be checked.",
        )
    return PaperError(
        "bomb",
        "文档的压缩内容异常（展开后大得不合常理），为安全起见不读。请用 Word 打开，另存为新的 .docx 再上传。",
        "The document is compressed in an abnormal way and is not read. Open it in Word, save it as a new "
        ".docx and send that.",
    )


def encrypted() -> PaperError:
    return PaperError(
        "encrypted",
        "文件设了打开密码，读不出来。请去掉密码（Word：文件 → 信息 → 保护文档），另存后再上传。",
        "The file is protected by a password. Remove it (Word: File, Info, Protect Document), save and send "
        "it again.",
    )
