"""What a text states: one claim for each figure (论断)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Op

Kind = Literal["level", "change", "growth", "share", "rank", "multiple", "duration", "target"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a text, with what it is a figure of.

    `start`, `end`: offsets in the decoded text of the file; `quote` is what stands there. `block`: index of
    the block; `amount`: the figure inside it. `sentence`: offsets of its sentence in the file.
    `subject`: the name as written or inherited; `subject_code`: its code in the fact base, "" if unknown.
    `of`: denominator of a share, base of a change or multiple, population of a rank, as written; `of_code`
    its subject code, `of_period` its period, where known. `group`, `population`: of a rank (160个开发区).
    `label`: the metric phrase as written. `listed`: names enumerated just before a count of them.
    Units: `value`, `high` in base units; ratios, growth and 百分点 as fractions.
    Missing: metric None below the threshold of linking, with `candidates` best first; period None where the
    text gives none. `confidence`: 0..1.
    """

    quote: str
    start: int
    end: int
    block: int
    amount: Amount
    sentence: tuple[int, int]
    kind: Kind
    value: Fraction | None
    op: Op
    unit: str
    label: str
    subject: str | None = None
    subject_code: str = ""
    metric: str | None = None
    candidates: tuple[str, ...] = ()
    high: Fraction | None = None
    period: Period | None = None
    period_stated: bool = False
    of: str | None = None
    of_code: str = ""
    of_period: Period | None = None
    of_metric: str = ""
    group: str = ""
    population: int | None = None
    listed: tuple[str, ...] = ()
    confidence: float = 0.0

    @property
    def dimension(self) -> Dimension | None:
        return self.amount.dimension

    def record(self) -> dict[str, Any]:
        """The claim as `gaoxin read --json` prints it; the key names are fixed."""
        written = self.quote
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "subject": self.subject,
            "metric": self.metric,
            "label": self.label,
            "kind": self.kind,
            "value": plain_number(self.value),
            "high": plain_number(self.high),
            "unit": self.unit,
            "written": written,
            "op": self.op,
            "period": None if self.period is None else self.period.code,
            "of": self.of,
            "confidence": round(self.confidence, 3),
        }


def plain_number(value: Fraction | None) -> int | float | None:
    """A JSON number: an integer where it is one, otherwise the nearest float of at most 12 digits."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    return float(f"{float(value):.12g}")
