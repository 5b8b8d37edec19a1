"""Which quantities does a block of text state (数量识别)?

1. `scanning` finds every place where one may begin and steps over dates, codes, idioms.
2. `numbers` reads the number, `units` the unit or classifier, `hedges` the words that bound it.
3. `ordinals` reads ranks and standards; `counting` decides whether a small count states anything.

What a quantity is a figure *of* is asked in `gaoxin.reading.framing`.
"""

from __future__ import annotations

from gaoxin.reading.amounts import Amount
from gaoxin.reading.blocks import Block
from gaoxin.reading.quantities.scanning import scan

__all__ = ["amounts"]


def amounts(block: Block) -> tuple[Amount, ...]:
    """The amounts of a block, in order, none overlapping; none in captions, bylines and page furniture.

    Shapes: offsets in `block.stretch.read`. Time grows with the length of the block alone.
    """
    if not block.is_read:
        return ()
    return tuple(scan(block.stretch.read, is_row=block.kind == "table"))
