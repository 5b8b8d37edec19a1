"""Which values does a pack file hold, and on which line does each stand?

1. Bytes become text: UTF-8 only, a byte-order mark is tolerated.
2. Text becomes YAML events; anchors, aliases, tags, merge keys are refused, so a file is what it looks like.
3. Events become plain values. A plain scalar is null, true, false, a whole number or text; what YAML 1.1
   would guess at (`on`, `1.5`, `0123`, `.inf`) is refused with the spelling that says what is meant.
4. Beside the values stands a mark for each of them, so that every later complaint can name its line.

`schemas` says what a document may contain; `library` puts documents together.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from gaoxin.packs.document import Document, Mark, NodePath, Plain
from gaoxin.packs.events import MAX_DEPTH, Builder, Stop
from gaoxin.packs.syntax import syntax_issue

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Document", "Mark", "NodePath", "Plain", "read_bytes", "read_document"]

MAX_BYTES = 4 * 1024 * 1024


def read_document(path: Path, *, shown_as: str | None = None) -> Document:
    """Read one pack file, collecting every complaint about its spelling.

    Missing: a file that is absent or unreadable gives a document without data and one issue.
    """
    file = shown_as or path.as_posix()
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return _refused(
            file, "read.unreadable", f"文件无法读取：{error.strerror}", f"cannot be read: {error.strerror}"
        )
    if size > MAX_BYTES:
        return _refused(
            file,
            "read.too_large",
            f"文件有 {size} 字节，上限 {MAX_BYTES} 字节",
            f"the file has {size} bytes; the limit is {MAX_BYTES}",
            "把内容拆成几个文件",
            "split the content into several files",
        )
    return read_bytes(raw, file=file)


def read_bytes(raw: bytes, *, file: str) -> Document:
    """Read a pack file that is already in memory; `file` is the name shown in complaints."""
    document = Document(file)
    text = _decode(raw, document)
    if text is None:
        return document
    try:
        Builder(document).build(text)
    except Stop:
        document.data = None
    except yaml.MarkedYAMLError as error:
        document.data = None
        document.issues.append(syntax_issue(error, text, file))
    except yaml.reader.ReaderError:
        document.data = None
        # The C parser counts bytes, the Python parser characters: look for the character ourselves.
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
        document.complain(
            line,
            "read.control_character",
            "文件里有不可见的控制字符",
            "the file holds an invisible control character",
            "删掉这一行里看不见的字符再存一次",
            "delete the invisible character on this line",
        )
    return document


def _decode(raw: bytes, document: Document) -> str | None:
    mend = ("另存为 UTF-8 编码", "save the file as UTF-8")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.complain(
            1,
            "read.encoding",
            "文件是 UTF-16 编码，只收 UTF-8",
            "the file is UTF-16; only UTF-8 is read",
            *mend,
        )
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        guess_zh, guess_en = "", ""
        try:
            raw.decode("gb18030")
            guess_zh, guess_en = "，看起来是 GBK", "; it looks like GBK"
        except UnicodeDecodeError:
            pass
        document.complain(
            line,
            "read.encoding",
            f"文件不是 UTF-8 编码{guess_zh}",
            f"the file is not UTF-8{guess_en}",
            *mend,
        )
        return None


def _refused(file: str, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = "") -> Document:
    document = Document(file)
    document.complain(1, code, zh, en, mend_zh, mend_en)
    return document
