"""Texts read with the metrics and subjects of the opened packs (读数)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gaoxin.core.errors import PeriodError

_FILE = re.compile(r"\.(?:txt|docx|pdf|md)$", re.IGNORECASE)
_LONGEST_PATH = 1024

if TYPE_CHECKING:
    from gaoxin.packs.library import Library
    from gaoxin.reading.reader import Reader, Reading


def reader_of(library: Library) -> Reader:
    """A reader that knows the metrics and subjects of the packs."""
    from gaoxin.facts.loading import subject_record
    from gaoxin.reading.reader import Reader

    return Reader(library.metrics, [subject_record(spec) for spec in library.subjects.values()])


def read_draft(reader: Reader, text: str | Path, published: str | date | None) -> Reading:
    """The figures of a text, or of the draft in a file; see `Workspace.read`."""
    day = publication_day(published)
    return reader.read(words_of(text), day)


def words_of(text: str | Path) -> str:
    """The text itself, or what the draft in a file says.

    A single line that ends like a file name (draft.docx) is one. Raises: PaperError; OSError where there is
    no such file.
    """
    path = text if isinstance(text, Path) else _named(text)
    if path is None:
        assert isinstance(text, str)
        return text
    from gaoxin.reading.papers import open_paper

    return open_paper(path.read_bytes(), path.name).text


def _named(text: str) -> Path | None:
    line = text.strip()
    if len(line) <= _LONGEST_PATH and "\n" not in line and _FILE.search(line):
        return Path(line)
    return None


def publication_day(published: str | date | None) -> date | None:
    """The day a caller names. Raises: PeriodError that says how it is written."""
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published.strip())
    except ValueError:
        raise PeriodError(
            f"发布日期“{published}”应写成 2022-09-30",
            f"the day of publication “{published}” should be written 2022-09-30",
            published=published,
        ) from None
