"""Asks PDFium for the text of every page, in a process of its own (逐页取字).

Run as a program: the file comes on standard input, what was found goes to standard output as JSON. A page of
three thousand bytes may unfold to gigabytes, and PDFium cannot be interrupted within a page; here it ends
with its process, which the system stops at `_MEMORY` and at the seconds it was given. Imports nothing of
gaoxin, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time

import pypdfium2

_MEMORY = 1024 * 1024 * 1024  # bytes; 500 pages full of text need 60 MB


def main(most_pages: int, most_characters: int, seconds: float) -> dict[str, object]:
    """`pages`: their texts; else `refused`: encrypted, damaged, too_many_pages or too_long, with `at`."""
    _confine(seconds)
    data = sys.stdin.buffer.read()
    until = time.monotonic() + seconds
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        said = str(error).lower()
        return {"refused": "encrypted" if "password" in said or "security" in said else "damaged", "at": 0}
    if len(document) > most_pages:
        return {"refused": "too_many_pages", "at": len(document)}
    pages: list[str] = []
    held = 0
    try:
        for number in range(len(document)):
            pages.append(_page(document, number))
            held += len(pages[-1])
            if held > most_characters or time.monotonic() > until:
                return {"refused": "too_long", "at": number + 1}
    except pypdfium2.PdfiumError:
        return {"refused": "damaged", "at": len(pages) + 1}
    return {"pages": pages}


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
    return text


def _confine(seconds: float) -> None:
    """Where the system knows such limits; elsewhere the clock of the caller alone ends it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])), sys.stdout)
