"""A cell that cannot be used, first by its place in a column, then by its address in the sheet
(单元格问题).
"""

from __future__ import annotations

from dataclasses import dataclass

from gaoxin.core.issues import Issue

MOST_PROBLEMS = 5_000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell of a column: its place, what was expected, how to mend it. `severity`:
    error | warning.
    """

    at: int
    code: str
    zh: str
    en: str
    mend_zh: str = ""
    mend_en: str = ""
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be loaded, or that needs a look: row and cell as the sheet counts them (第 18 行,
    C18).

    `written`: what stands there, shortened. `header`: the name of its column.
    """

    row: int
    cell: str
    header: str
    code: str
    severity: str
    zh: str
    en: str
    mend_zh: str
    mend_en: str
    written: str

    def as_issue(self, file: str, sheet: str) -> Issue:
        return Issue(
            self.code,
            "error" if self.severity == "error" else "warning",
            self.zh,
            self.en,
            file=file,
            sheet=sheet,
            cell=self.cell,
            mend_zh=self.mend_zh,
            mend_en=self.mend_en,
        )
