"""Small drafts as files: Word documents from runs, PDF files from lines, each made byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Word


def a_word_file(*paragraphs: str | Sequence[str]) -> bytes:
    """A .docx with one paragraph for each argument; a list gives the runs of one."""
    word = Document()
    for paragraph in paragraphs:
        made = word.add_paragraph()
        for run in [paragraph] if isinstance(paragraph, str) else paragraph:
            made.add_run(run)
    return saved(word)


def saved(word: Word) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def with_body(inner: str, data: bytes | None = None) -> bytes:
    """A .docx whose body is the given XML; `w:` is bound."""
    return with_part(
        data or a_word_file("x"),
        "word/document.xml",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{inner}</w:body></w:document>",
    )


def with_part(data: bytes, name: str, text: str | bytes) -> bytes:
    """The archive with one of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, text)
    return out.getvalue()


def an_archive(**parts: str) -> bytes:
    """A ZIP file with the parts; `__` in a name stands for `/`, `_` before the extension for a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


_FONT = """
<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>
<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R /CIDSystemInfo \
<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>
<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 \
/Ascent 800 /Descent -200 /CapH 700 /StemV 80 >>
"""


def a_pdf(*pages: Sequence[str], locked: bool = False) -> bytes:
    """A PDF whose pages show the lines in a Chinese font that is not embedded; a page without lines has no
    text at all. `locked`: opens only with a password nobody knows.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count {} /Kids [{}] >>".format(
            len(pages), " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
        ),
        *_FONT.strip().splitlines(),
    ]
    for number, lines in enumerate(pages):
        shown = " 0 -20 Td ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in lines)
        content = f"BT /F1 12 Tf 60 760 Td {shown} ET" if lines else ""
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    lock = ""
    if locked:
        lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -44 >> "
        lock += f"/ID [<{'33' * 16}> <{'33' * 16}>] "
    return _numbered(objects, lock)


def a_pdf_of_forms(*, levels: int, each: int) -> bytes:
    """A page that writes `5.6` and draws a form, which draws the next one `each` times, and so on."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
        ),
        _stream("BT /F 12 Tf 100 700 Td (5.6) Tj ET /X Do"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for level in range(1, levels + 1):
        inner = f"/XObject << /X {6 + level} 0 R >>" if level < levels else ""
        drawn = "/X Do " * each if level < levels else "BT /F 12 Tf 1 1 Td (a) Tj ET"
        held = f"/Resources << /Font << /F 5 0 R >> {inner} >>"
        objects.append(_stream(drawn, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {held}"))
    return _numbered(objects)


def _stream(content: str, more: str = "") -> str:
    return f"<< {more} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _numbered(objects: Sequence[str], trailer: str = "") -> bytes:
    """The objects as a file, with the table of their places."""
    out = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    out += b"".join(f"{place:010d} 00000 n \n".encode("ascii") for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{table}\n%%EOF".encode(
        "ascii"
    )
    return out
