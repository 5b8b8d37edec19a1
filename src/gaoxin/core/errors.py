"""What can go wrong that a person can put right.

Every error that a clerk, a pack author or an operator can act upon descends from `GaoxinError` and carries a
stable `code`, a Chinese sentence that says what to do, its English twin, and structured context for the log.
Anything else that is raised is our own bug and is shown as one. Findings that do not stop the work are
`gaoxin.core.issues.Issue`.
"""

from __future__ import annotations

from typing import Any, ClassVar


class GaoxinError(Exception):
    """Something the user can act upon; `str(error)` is the Chinese sentence."""

    code: ClassVar[str] = "gaoxin"

    def __init__(self, zh: str, en: str, **context: Any) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en
        self.context: dict[str, Any] = context

    def __str__(self) -> str:
        return self.zh

    def in_language(self, lang: str) -> str:
        """The sentence in `zh` or `en`; any other language reads English."""
        return self.zh if lang.startswith("zh") else self.en


class PackError(GaoxinError):
    """A pack document cannot be used (context: file, line)."""

    code = "pack"


class FactError(GaoxinError):
    """An observation, subject or source cannot be recorded or found."""

    code = "fact"


class PeriodError(GaoxinError):
    """A text is no period, or a period cannot be shifted as asked."""

    code = "period"


class UnitError(GaoxinError):
    """A unit is unknown, or two units do not convert, or the ledger cannot hold the value exactly."""

    code = "unit"


class NumberError(GaoxinError):
    """A cell holds no number (context: reason, text, suggestion)."""

    code = "number"


class IdentifierError(GaoxinError):
    """A credit code or region code is malformed (context: position, expected)."""

    code = "identifier"


class CalendarGap(GaoxinError):
    """A day of a year without a published holiday schedule is needed (context: year)."""

    code = "calendar_gap"


class DeadlineError(GaoxinError):
    """A limit, a pause or office hours make no clock."""

    code = "deadline"


class FormulaError(GaoxinError):
    """A formula cannot be read or has no result (context: position)."""

    code = "formula"


class ExpressionError(GaoxinError):
    """An expression of a rule cannot be read, or its parts do not fit (context: file, line, column)."""

    code = "expression"


class Unsupported(GaoxinError):
    """An engine cannot do what an expression asks (context: dialect, operation)."""

    code = "unsupported"

    def __init__(self, dialect: str, operation: str, zh: str, en: str, **context: Any) -> None:
        super().__init__(
            f"{dialect} 不支持 {operation}：{zh}",
            f"{dialect} does not support {operation}: {en}",
            dialect=dialect,
            operation=operation,
            **context,
        )


class ReplayMismatch(GaoxinError):
    """A run that was repeated gave another result."""

    code = "replay_mismatch"


class IngestError(GaoxinError):
    """A file cannot be read as a table."""

    code = "ingest"


class SnapshotError(GaoxinError):
    """A snapshot is damaged or incomplete."""

    code = "snapshot"


class RuleError(GaoxinError):
    """A rule cannot be chosen or asked as it was (context: rule or family)."""

    code = "rule"


class FrameworkError(GaoxinError):
    """An evaluation framework, its recipe or its data cannot be used as they are (context: node, step)."""

    code = "framework"
