"""Where is the fault, and what shall be written instead? Places in pack files, and errors that name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gaoxin.core.errors import ExpressionError
from gaoxin.core.spelling import did_you_mean


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text begins: the file, and the line and column of its first character, counted from 1.

    Every further line of the text begins in the same column, as the lines of a YAML block do.
    """

    file: str = ""
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a text: its line and column inside the text, from 1, and its offset, from 0."""

    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True)
class Written:
    """A text and its place; what every complaint about it needs."""

    text: str
    place: Place

    def error(
        self,
        at: Spot,
        zh: str,
        en: str,
        *,
        expected: str = "",
        found: str = "",
        known: Iterable[str] = (),
        word: str = "",
    ) -> ExpressionError:
        """The error at a spot; `known` words near `word` are offered."""
        line, column = self.place.line + at.line - 1, self.place.column + at.column - 1
        hint_zh, hint_en = did_you_mean(word, known) if word else ("", "")
        return ExpressionError(
            f"第 {line} 行第 {column} 列：{zh}" + (f"，{hint_zh}" if hint_zh else ""),
            f"line {line}, column {column}: {en}" + (f"; {hint_en}" if hint_en else ""),
            file=self.place.file or None,
            line=line,
            column=column,
            expected=expected,
            found=found,
        )
