"""Every node, rendered for whole populations: exact rationals, open sets as bits (整表求值).

1. A number is a pair of whole numbers, num ÷ den with den above zero, and is missing where num is. Static
   bounds choose 64 or 128 bits; what would need more is refused before anything runs.
2. A truth is a three-valued column. A score is two numbers, what is certain and what is possible.
3. Beside each stands its open set as bits: 0 where it is settled.
4. Parts that are used more than once become columns of their own, in stages that follow each other.

The meaning is that of `reference`; the spelling is the engine's.
"""

from __future__ import annotations

from gaoxin.compute.rendering import choices, events, numbers, scores, truths
from gaoxin.compute.rendering.core import Rendering
from gaoxin.compute.rendering.pieces import Int, Mask, Number, Piece, Rendered, Score, Truth

__all__ = [
    "Int", "Mask", "Number", "Piece", "Rendered", "Rendering", "Score", "Truth",
    "choices", "events", "numbers", "scores", "truths",
]  # fmt: skip
