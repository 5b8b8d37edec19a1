"""A draft as it was handed in: its text, and where in the file each character stands (文稿)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from gaoxin.core.errors import GaoxinError

PaperKind = Literal["txt", "docx", "pdf"]

# What the door takes, and so what an upload form offers.
READ: Final = (".docx", ".pdf", ".txt")

MIB: Final = 1024 * 1024


class PaperError(GaoxinError):
    """A file that is not read as a draft, with the reason and what to send instead (context: reason)."""

    code = "paper"

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(zh, en, reason=reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PaperLimits:
    """How much a draft may hold.

    Units: `file`, `unpacked`, `part` (one XML part of a .docx), `ratio_from` in bytes; `ratio` is unpacked ÷
    packed; `characters` after decoding; `seconds` for the pages of a PDF.
    """

    file: int = 50 * MIB
    unpacked: int = 200 * MIB
    part: int = 40 * MIB
    ratio: int = 250
    ratio_from: int = 5 * MIB
    entries: int = 5_000
    characters: int = 2_000_000
    pages: int = 500
    seconds: float = 20.0


LIMITS: Final = PaperLimits()


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of the text stand in run `run` of paragraph `paragraph`, both counted from 0
    in the order they are read; runs are counted within their paragraph.
    """

    start: int
    end: int
    paragraph: int
    run: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader of the result should know: what of the file was not read, and what was assumed."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A draft whose text is known.

    `text` is what every offset of a claim counts in. `pieces` are those of a .docx, in order, gaps between
    them are the ends of paragraphs and cells; empty for the other kinds. `data`: the file as it came.
    """

    text: str
    kind: PaperKind
    title: str
    data: bytes
    pieces: tuple[Piece, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A comment (批注) on the characters [start, end) of the text."""

    start: int
    end: int
    text: str
    author: str = "gaoxin 核稿"


@dataclass(frozen=True, slots=True)
class Change:
    """The characters [start, end) of the text become `text`."""

    start: int
    end: int
    text: str


def megabytes(size: int) -> str:
    """1572864 → `1.5 MB`, as file managers print it."""
    return f"{size / MIB:.1f}".removesuffix(".0") + " MB"


def title_of(text: str, name: str) -> str:
    """The first line if it reads as a title (short, no full stop), otherwise the name of the file."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if first and len(first) <= 40 and not first.endswith(("。", "；", "，", "！", "？", ";", ",")):
        return first
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
    return stem.rsplit(".", 1)[0] if "." in stem else stem or first[:40]


def check_text(text: str, limits: PaperLimits) -> str:
    """The text, if it can be read at all.

    Raises: PaperError for one that is empty or too long.
    """
    if not any(mark.isalnum() for mark in text):
        raise PaperError(
            "empty",
            "文件里没有文字。请确认选对了文件，并且文字已经保存。",
            "The file holds no text. Check that it is the right one and that it was saved.",
        )
    if len(text) > limits.characters:
        raise PaperError(
            "too_long",
            f"全文 {len(text):,} 个字，超过上限 {limits.characters:,}。请分成几份。",
            f"The text has {len(text):,} characters, over the limit of {limits.characters:,}. Split it.",
        )
    return text
