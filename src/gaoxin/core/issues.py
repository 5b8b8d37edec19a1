"""What a check found, and where.

Checks return every issue they find; actions raise one `GaoxinError`. An issue points at a line of a file or
at a cell of a sheet and says how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from gaoxin.core.errors import GaoxinError

Severity = Literal["error", "warning", "info"]

_RANK: dict[str, int] = {"error": 0, "warning": 1, "info": 2}
_WORD: dict[str, tuple[str, str]] = {
    "error": ("错误", "error"),
    "warning": ("提醒", "warning"),
    "info": ("说明", "note"),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding (问题): what, where, how to mend."""

    code: str
    severity: Severity
    zh: str
    en: str
    file: str | None = None
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None
    mend_zh: str = ""
    mend_en: str = ""

    @classmethod
    def from_error(
        cls,
        error: GaoxinError,
        *,
        severity: Severity = "error",
        file: str | None = None,
        line: int | None = None,
        sheet: str | None = None,
        cell: str | None = None,
    ) -> Issue:
        """The finding that says what `error` said, at the place the caller knows.

        Missing: a place the caller leaves out is taken from the error's own context.
        """
        context = error.context
        return cls(
            code=error.code,
            severity=severity,
            zh=error.zh,
            en=error.en,
            file=file if file is not None else context.get("file"),
            line=line if line is not None else context.get("line"),
            sheet=sheet if sheet is not None else context.get("sheet"),
            cell=cell if cell is not None else context.get("cell"),
        )

    @property
    def where(self) -> str:
        """`packs/x.yaml:12`, `book.xlsx 表一!B7`; empty when the issue has no place."""
        parts: list[str] = []
        if self.file is not None:
            parts.append(self.file if self.line is None else f"{self.file}:{self.line}")
        elif self.line is not None:
            parts.append(f"line {self.line}")
        if self.sheet is not None or self.cell is not None:
            parts.append("!".join(part for part in (self.sheet, self.cell) if part is not None))
        return " ".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """A flat mapping for JSON, with `where` and without the places and mends that are absent."""
        full: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity,
            "zh": self.zh,
            "en": self.en,
            "where": self.where,
            "file": self.file,
            "line": self.line,
            "sheet": self.sheet,
            "cell": self.cell,
            "mend_zh": self.mend_zh,
            "mend_en": self.mend_en,
        }
        return {key: value for key, value in full.items() if value not in (None, "")}

    def text(self, lang: str = "zh") -> str:
        """One line: place, severity, sentence, mend."""
        chinese = lang.startswith("zh")
        word = _WORD[self.severity][0 if chinese else 1]
        sentence, mend = (self.zh, self.mend_zh) if chinese else (self.en, self.mend_en)
        place = f"{self.where}: " if self.where else ""
        if not mend:
            return f"{place}{word}: {sentence}"
        return f"{place}{word}: {sentence}" + (f"（{mend}）" if chinese else f" ({mend})")


def has_errors(issues: Iterable[Issue]) -> bool:
    """True when at least one issue stops the work."""
    return any(issue.severity == "error" for issue in issues)


def render(issues: Iterable[Issue], lang: str = "zh") -> str:
    """All issues, one a line, in order of place, the grave before the light at one place."""
    return "\n".join(issue.text(lang) for issue in sorted(issues, key=_place))


def _place(issue: Issue) -> tuple[object, ...]:
    rank = _RANK[issue.severity]
    return (issue.file or "", issue.line or 0, issue.sheet or "", _cell_key(issue.cell), rank, issue.code)


def _cell_key(cell: str | None) -> tuple[int, int, str, str]:
    """Sort key that puts B9 before B10 and Z1 before AA1, row by row."""
    text = cell or ""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    return (int(digits) if digits else 0, len(letters), letters, text)
