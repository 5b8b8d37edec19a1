"""Which characters are read, and where did each of them stand in the file?

Layout repair, half-width digits and simplified characters change what is read, never where it stood: a
`Stretch` carries the offset of every character it holds, so a claim found at the end of all stages still
points at its characters in the file (字符位置).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters as they are read, with the offset in the file each of them came from.

    Shapes: `at` has one entry for each character of `read`, strictly rising.
    """

    read: str
    at: array[int]

    def __post_init__(self) -> None:
        if len(self.read) != len(self.at):
            raise ValueError("one offset for every character")

    def __len__(self) -> int:
        return len(self.read)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters [start, end) of `read` stood in the file, as [first, last + 1)."""
        if not 0 <= start < end <= len(self.at):
            raise ValueError(f"no characters [{start}, {end}) in a stretch of {len(self.at)}")
        return self.at[start], self.at[end - 1] + 1
