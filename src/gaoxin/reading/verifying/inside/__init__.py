"""A text against itself: figures that cannot all be right (前后核对).

1. Every check looks at all figures of the text and names those that clash, with the sum that shows it.
2. Which of them is blamed is decided in `gaoxin.reading.verifying.resolving`: a figure the facts bear out is
   not the one that is wrong.

To add a check, write a module with a function that carries `@checks` and import it here.
"""

from __future__ import annotations

from gaoxin.reading.verifying.inside import (
    declared,
    growths,
    lists,
    means,
    overlaps,
    parts,
    possible,
    ranks,
    shares,
    totals,
    twice,
)
from gaoxin.reading.verifying.inside.registry import Borne, Clash, clashes

__all__ = [
    "Borne",
    "Clash",
    "clashes",
    "declared",
    "growths",
    "lists",
    "means",
    "overlaps",
    "parts",
    "possible",
    "ranks",
    "shares",
    "totals",
    "twice",
]
