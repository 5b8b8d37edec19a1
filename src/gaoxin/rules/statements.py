"""What is said of one fact or of several joined: measured, asked, how far off (陈述)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that took part. `column`: its column in the population; `value` in base units."""

    column: str
    metric: str
    name: str
    value: object
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact against one mark, or several statements joined.

    `met`: None while it is open. `margin`: measured less mark, in base units, for numbers; positive on the
    side that is asked. `gap`: the same in words.
    """

    kind: Literal["all", "any", "number", "score", "fact", "list"]
    met: bool | None
    name: str = ""
    working: str = ""
    measured: str = ""
    mark: str = ""
    margin: Fraction | None = None
    gap: str = ""
    range: tuple[Fraction, Fraction] | None = None
    limit: Fraction | None = None
    inputs: tuple[Input, ...] = ()
    parts: tuple[Statement, ...] = ()

    def singles(self) -> Iterator[Statement]:
        """The single facts, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.singles()

    def text(self, lang: str) -> str:
        """One line: 科技人员占职工总数 15 ÷ 164 人 = 9.1%，要求 ≥ 10%，差 0.9 个百分点."""
        if self.kind in ("all", "any"):
            joint = {"all": "；", "any": "，或 "} if lang == "zh" else {"all": "; ", "any": ", or "}
            return joint[self.kind].join(self._within(part, lang) for part in self.parts)
        asked = "要求" if lang == "zh" else "asked"
        comma, equals = ("，", " = ") if lang == "zh" else (", ", " = ")
        told = f"{self.working}{equals}{self.measured}" if self.working else self.measured
        said = f"{self.name}{' ' if lang == 'zh' else ': '}{told}" if self.name else told
        if self.mark:
            said += f"{comma}{asked} {self.mark}"
        return said + (f"{comma}{self.gap}" if self.gap else "")

    def _within(self, part: Statement, lang: str) -> str:
        """A part; facts that must hold together are bracketed among alternatives."""
        text = part.text(lang)
        if self.kind == "any" and part.kind == "all":
            return f"（{text}）" if lang == "zh" else f"({text})"
        return text
