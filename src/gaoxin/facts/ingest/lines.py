"""One line of the review page: a figure, a whole row, or a subject that is missing (核对行)."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gaoxin.core.quantities import round_half_up

# What a person may decide about a line, by its judgement; the first is offered first.
OPTIONS: dict[str, tuple[str, ...]] = {
    "unit_slip": ("convert", "keep", "send_back"),
    "jump": ("accept", "send_back", "keep_old"),
    "fell": ("accept", "send_back", "keep_old"),
    "part": ("accept", "send_back"),
    "look": ("accept", "send_back"),
    "sheet": ("accept",),
    "gone": ("keep_old", "send_back"),
    "error": ("send_back",),
    "new": (),
    "changed": (),
    "unchanged": (),
}
DEFAULTS = {"unit_slip": "convert"}
DECISIONS: dict[str, tuple[str, str]] = {
    "convert": ("换算", "convert"),
    "keep": ("按原样", "keep as written"),
    "accept": ("接受", "accept"),
    "send_back": ("退回", "send back"),
    "keep_old": ("保留旧值", "keep the stored value"),
}
JUDGEMENTS: dict[str, tuple[str, str]] = {
    "unit_slip": ("疑似单位错", "suspected wrong unit"),
    "jump": ("变动超过 50%", "changed by more than 50 %"),
    "fell": ("累计数变小", "year to date fell"),
    "part": ("部分大于总体", "part larger than whole"),
    "look": ("名称对不上", "name differs"),
    "sheet": ("整张表要确认", "the whole sheet"),
    "gone": ("本期缺失", "missing this time"),
    "error": ("不能入库", "cannot be loaded"),
    "new": ("新增", "new"),
    "changed": ("变更", "changed"),
    "unchanged": ("没有变化", "unchanged"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What the page shows of one change.

    `key` names the line in decisions: `R18C3` a figure, `R58` a row, `gone:enterprise/…` a subject,
    `sheet:period` the whole sheet. `old`:
    the stored figure of the same period, else of `base_period`; `new`: as written; `converted`: after
    correcting the unit; all integers at storage scale, shown in `unit`.
    `figures`: how many figures a line about a whole row stands for.
    """

    key: str
    judgement: str
    row: int | None
    cell: str
    subject: str
    name: str
    column: int | None = None
    metric: str = ""
    metric_zh: str = ""
    period: str = ""
    unit: str = ""
    old: int | None = None
    new: int | None = None
    converted: int | None = None
    old_text: str = ""
    new_text: str = ""
    base_period: str = ""
    figures: int = 1
    zh: str = ""
    en: str = ""
    mend_zh: str = ""
    mend_en: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        return OPTIONS[self.judgement]

    @property
    def default(self) -> str | None:
        """The decision that is assumed until a person says otherwise; only suspected slips have one."""
        return DEFAULTS.get(self.judgement)

    @property
    def change(self) -> Decimal | None:
        """Change against the compared figure in per cent, one decimal; of the converted value for a
        suspected slip.
        """
        now = self.converted if self.converted is not None else self.new
        if now is None or not self.old:
            return None
        return round_half_up(Fraction(now - self.old, abs(self.old)) * 100, 1)

    def as_dict(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}

    @classmethod
    def from_dict(cls, data: Dictionary[str, Any]) -> Line:
        return cls(**{"row": None, "cell": "", "subject": "", "name": "", **data})
