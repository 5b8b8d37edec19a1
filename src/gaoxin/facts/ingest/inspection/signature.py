"""What is this file, by its first bytes; the extension only confirms (文件类型)."""

from __future__ import annotations

from pathlib import PurePath

from gaoxin.core.issues import Issue
from gaoxin.facts.ingest.inspection.limits import FileRefused
from gaoxin.facts.ingest.inspection.ole import MAGIC as OLE
from gaoxin.facts.ingest.inspection.xls import macro_refusal

# What the door takes, and so what the upload form offers.
READ = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt")
_MACRO = (".xlsm", ".xltm", ".xlam", ".xla", ".xlsb", ".xlm")
_EXPECTED = {".xlsx": "zip", ".ods": "zip", ".xls": "xls", ".csv": "text", ".tsv": "text", ".txt": "text"}
_WPS = (".et", ".ett", ".uos")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"MIME-Version:", "网页"),
)


def file_kind(data: bytes, name: str) -> tuple[str, Issue | None]:
    """`zip`, `xls` or `text`, and a warning when the extension says something else.

    Raises: FileRefused for macro workbooks, web pages named .xls, pictures, documents and unknown
    extensions.
    """
    extension = PurePath(name).suffix.lower()
    if extension in _MACRO:
        raise macro_refusal()
    if extension in _WPS:
        raise FileRefused(
            "extension",
            f"{extension} 是 WPS 表格自己的格式。请在 WPS 里另存为“Excel 工作簿（.xlsx）”再导入。",
            f"{extension} is the own format of WPS. Save it there as .xlsx and import that.",
        )
    head = data[:4096]
    if head.startswith(OLE):
        kind = "xls"
    elif head.startswith(b"PK"):
        kind = "zip"
    else:
        for magic, zh in _OTHERS:
            if head.startswith(magic):
                raise _not_a_table(zh, extension)
        if _is_markup(head):
            raise _not_a_table("网页（HTML 或 XML）", extension)
        kind = "text"
    if (
        kind == "text"
        and extension in (".xlsx", ".xls", ".ods")
        and (b"\0" in head or not _looks_like_text(head))
    ):
        raise FileRefused(
            "truncated",
            f"文件扩展名是 {extension}，但内容认不出来，多半已损坏或没传完。请重新取得原文件。",
            f"The extension is {extension}, but the content is not recognised; it is probably damaged. Get "
            "the original again.",
        )
    if extension not in READ:
        raise FileRefused(
            "extension",
            f"不读 {extension or '没有扩展名的'} 文件。请选 {' '.join(READ[:5])} 文件。",
            f"{extension or 'Files without extension'} are not read. Choose one of {' '.join(READ[:5])}.",
        )
    if _EXPECTED[extension] == kind:
        return kind, None
    content = {"xls": "旧版 Excel（.xls）", "zip": "新版 Excel（.xlsx）或 .ods", "text": "文字表格（CSV）"}[
        kind
    ]
    return kind, Issue(
        "extension_mismatch",
        "warning",
        f"扩展名是 {extension}，内容其实是{content}，已按内容读。",
        f"The extension is {extension} but the content is {kind}; it was read by its content.",
        file=name,
        mend_zh="请把扩展名改对，以免别人打不开。",
        mend_en="Correct the extension so that others can open it.",
    )


def _is_markup(head: bytes) -> bool:
    """HTML or XML, also in UTF-16."""
    text = (
        head.removeprefix(b"\xef\xbb\xbf")
        .replace(b"\0", b"")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .lstrip()
        .lower()
    )
    return text.startswith(
        (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta", b"<body", b"<style")
    )


def _looks_like_text(head: bytes) -> bool:
    return sum(1 for byte in head if byte < 9 or 13 < byte < 32) * 50 < max(1, len(head))


def _not_a_table(what: str, extension: str) -> FileRefused:
    return FileRefused(
        "not_a_table",
        f"文件扩展名是 {extension}，内容其实是{what}。请在 Excel 里打开，另存为“Excel 工作簿（.xlsx）"
        "”再导入。",
        f"The extension is {extension}, but the content is no table ({what}). Open it in Excel and save it "
        "as .xlsx.",
    )
