"""A pack file as read: plain values, the place of each, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from gaoxin.core.issues import Issue

Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"
NodePath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value begins: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Document:
    """One file as read: plain values, a mark for every value, and what was wrong with it.

    `marks` of a mapping's values stand at their keys; `texts` say where a value's first character stands.
    `refused`: the values that were complained about here; later gates need not repeat it.
    Missing: `data` is None if the file could not be read as YAML at all; the issues say why.
    """

    file: str
    data: Plain = None
    marks: dict[NodePath, Mark] = field(default_factory=dict)
    texts: dict[NodePath, Mark] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    refused: set[NodePath] = field(default_factory=set)

    def mark(self, path: NodePath) -> Mark:
        """The mark of the value at path, or of the nearest value around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))

    @property
    def sound(self) -> bool:
        return not any(issue.severity == "error" for issue in self.issues)

    def complain(self, line: int, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = "") -> None:
        """Note an error on a line of this file."""
        self.issues.append(
            Issue(code, "error", zh, en, file=self.file, line=line, mend_zh=mend_zh, mend_en=mend_en)
        )
