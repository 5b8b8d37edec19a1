"""What a text is made of: blocks, sentences, clauses (段落、句、分句)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gaoxin.reading.stretches import Stretch

BlockKind = Literal["title", "heading", "paragraph", "table", "caption", "byline", "furniture"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence between commas, semicolons or colons: [start, end) in the block, mark excluded.

    `mark`: the punctuation that ends it, "" at the end of the block.
    """

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Up to 。！？ or the end of the block; [start, end) in the block, its clauses in order."""

    start: int
    end: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph put together again, a heading, a line of a table, or what only surrounds the text.

    `kind`: `caption`, `byline` and `furniture` (page headers, page numbers) state no figures and are not read
    further. `level`: 1 for the title of an article, 2 … for headings, 0 otherwise. `paragraph`: counted from
    1 within the file, headings and surroundings not counted; 0 for those.
    """

    kind: BlockKind
    stretch: Stretch
    level: int
    paragraph: int
    sentences: tuple[Sentence, ...]

    @property
    def is_read(self) -> bool:
        return self.kind in ("title", "heading", "paragraph", "table")
