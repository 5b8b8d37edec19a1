"""Which figures does a text state, and of what? All stages in order (读数).

1. `layout` puts lines together to blocks, sentences and clauses.
2. `quantities` reads the figures of every block that is read.
3. `framing` says of each figure whose it is, when it held, and what kind of statement it is.
4. `linking` finds the metric, `kinship` settles what a figure alone leaves open but its neighbours tell.

Whether the figures agree with the facts is asked in `gaoxin.reading.verifying`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim
from gaoxin.reading.framing import frame
from gaoxin.reading.kinship import linked
from gaoxin.reading.layout import lay_out
from gaoxin.reading.linking import Linker
from gaoxin.reading.naming import Names
from gaoxin.reading.published import published_on
from gaoxin.reading.quantities import amounts

if TYPE_CHECKING:
    from gaoxin.facts.records import Subject
    from gaoxin.packs.schemas.metric import Metric


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read: `claims` in text order, offsets in `text`.

    Missing: `published` is None where neither the caller nor the text names the day.
    """

    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    claims: tuple[Claim, ...]
    published: date | None


class Reader:
    """The catalogue and the subjects, ready to read any number of texts. Built once."""

    def __init__(self, metrics: Mapping[str, Metric], subjects: Iterable[Subject]) -> None:
        self._linker = Linker(metrics)
        self._names = Names(subjects)

    def read(self, text: str, published: date | None = None) -> Reading:
        """The figures of a text. `published`: its day, from which 今年 counts; looked for if left out."""
        day = published_on(text) if published is None else published
        blocks = lay_out(text)
        read = tuple(amounts(block) if block.is_read else () for block in blocks)
        claims = frame(blocks, read, day, self._names)
        return Reading(text, blocks, linked(claims, blocks, self._linker, self._names), day)
