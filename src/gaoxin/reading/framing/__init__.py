"""What does each figure of a text state (论断框架)?

1. `documents` reads what titles and headings set: subject, period, plans.
2. `spots` puts each figure into its sentence; `denominators` marks thresholds and populations.
3. `targets`, `kinds`, `comparisons`: achieved or aimed at, level or growth or share, exact or bound.
4. `zipped`, `labels`: which words name the metric; `subjects`, `recalled`, `periods`: whom and when it is
   about.
5. `denominators`: of what it is a share, among whom a rank.
6. `paragraphs` puts the answers together; `tables` reads rows by the heads of their columns.

The metric of the catalogue is linked in `gaoxin.reading.linking`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gaoxin.reading.amounts import Amount
from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim
from gaoxin.reading.framing.documents import sections
from gaoxin.reading.framing.paragraphs import frame_block, frame_row
from gaoxin.reading.framing.recalled import with_short_forms
from gaoxin.reading.framing.tables import Head, heads, row, unit_told
from gaoxin.reading.naming import Names

__all__ = ["frame"]


def frame(
    blocks: Sequence[Block],
    amounts_by_block: Sequence[Sequence[Amount]],
    published: date | None,
    names: Names,
) -> tuple[Claim, ...]:
    """One claim for each amount, in text order; the metric is left open.

    Shapes: `amounts_by_block` has one entry for each block.
    Missing: a period the text does not state is None, a subject it never names too; nothing is guessed.
    """
    named = [names.subjects(block) if block.is_read else () for block in blocks]
    mentions = with_short_forms(blocks, named, names)
    claims: list[Claim] = []
    columns: tuple[Head, ...] | None = None
    told = ""
    for index, (block, amounts, section) in enumerate(
        zip(blocks, amounts_by_block, sections(blocks, mentions, names, published), strict=True)
    ):
        if block.kind != "table":
            columns, told = None, unit_told(block) if len(block.stretch) <= 40 else ""
        elif not amounts:
            columns = heads(block, published, section.about) or columns
            told = unit_told(block) or told
        else:
            claims.extend(
                frame_row(index, block, row(block, amounts, columns, told), mentions[index], section)
            )
            continue
        if amounts:
            claims.extend(frame_block(index, block, amounts, mentions[index], section, published))
    return tuple(claims)
