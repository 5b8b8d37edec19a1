"""Which column holds what, as plain data that a person can correct and a later import can reuse (列名对应).

A mapping is made by `headers.map_headers`, corrected in the second step of the import and kept per source
as JSON. Periods are kept as rules (本期, 上年同期) beside their result, so that next month's file of the
same form maps itself.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from gaoxin.core.errors import IngestError
from gaoxin.core.issues import Issue
from gaoxin.packs.matching import normalise

Role = Literal[
    "uscc",
    "name",
    "metric",
    "growth",
    "row_number",
    "ignored",
    "unknown",
    "indicator",
    "value",
    "unit",
    "period",
    "subject",
    "of",
    "figure",
]
Layout = Literal["wide", "long"]
QuestionKind = Literal["metric", "unit", "period", "fraction", "twice", "identity", "value"]
VERSION = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet and what it was understood to hold.

    `period_rule`: report | previous | month | year_start | months:1-9 | "" (`period` stood in the header).
    `unit_from`: header | sheet | metric | cells | person. `fraction`: plain numbers of a percentage column
    are fractions (0.12 = 12 %); None = not settled.
    `allow_scale`: texts such as 1,234万 are accepted. `candidates`: metric ids to choose from.
    `figure`: level, or growth for the published growth of the metric over the year before.
    """

    index: int
    header: str
    role: Role
    metric: str | None = None
    unit: str | None = None
    unit_from: str = ""
    period: str | None = None
    period_rule: str = ""
    allow_scale: bool = False
    fraction: bool | None = None
    candidates: tuple[str, ...] = ()
    figure: str = "level"


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can answer before the figures are read (要你定)."""

    kind: QuestionKind
    column: int | None
    zh: str
    en: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of one sheet, where its header ends, and what is still open.

    Shapes: rows and columns from 0; the data start at `first_row`. `period`: the period the report is
    about.
    `subject`: whom a long table is about where it has no column for it.
    """

    layout: Layout
    kind: str
    sheet: str
    header_top: int
    header_bottom: int
    first_row: int
    period: str | None
    columns: tuple[Column, ...]
    subject: str = ""
    sheet_units: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    issues: tuple[Issue, ...] = ()

    def column(self, index: int) -> Column:
        """Raises: IngestError for a column the sheet does not have."""
        for column in self.columns:
            if column.index == index:
                return column
        raise IngestError(
            f"表里没有第 {index + 1} 列。", f"The sheet has no column {index + 1}.", column=index
        )

    def of_role(self, role: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role == role)

    def as_json(self) -> dict[str, Any]:
        """Plain data: what was decided, not what is still asked."""
        columns = [
            {key: value for key, value in asdict(column).items() if value not in (None, "", (), False)}
            for column in self.columns
        ]
        for entry, column in zip(columns, self.columns, strict=True):
            entry["index"] = column.index
            if column.fraction is not None:
                entry["fraction"] = column.fraction
        return {
            "version": VERSION,
            "layout": self.layout,
            "kind": self.kind,
            "sheet": self.sheet,
            "header_top": self.header_top,
            "header_bottom": self.header_bottom,
            "first_row": self.first_row,
            "period": self.period,
            "subject": self.subject,
            "sheet_units": list(self.sheet_units),
            "columns": columns,
        }

    @classmethod
    def from_json(cls, data: Dictionary[str, Any]) -> Mapping:
        """Raises: IngestError for data of another version or shape."""
        if data.get("version") != VERSION:
            raise IngestError(
                "保存的列名对应是旧版本，请重新对一次列名。",
                "The saved mapping is of another version; map the columns again.",
            )
        try:
            columns = tuple(
                Column(**{**entry, "candidates": tuple(entry.get("candidates", ()))})
                for entry in data["columns"]
            )
            held = {
                key: data[key]
                for key in ("layout", "kind", "sheet", "header_top", "header_bottom", "first_row", "period")
            }
            return cls(
                columns=columns,
                subject=data.get("subject", ""),
                sheet_units=tuple(data.get("sheet_units", ())),
                **held,
            )
        except (KeyError, TypeError) as error:
            raise IngestError(
                "保存的列名对应不完整，请重新对一次列名。",
                "The saved mapping is incomplete; map the columns again.",
                detail=str(error),
            ) from error


def reuse(fresh: Mapping, saved: Mapping) -> Mapping:
    """What a person decided last time, put on the columns of a new file with the same headers, in any
    order.

    A column that is not in the saved mapping keeps what was found now; a saved metric that the file lacks
    becomes an issue. Periods follow their rule; only a period written in the header stays.
    """
    remembered: dict[str, list[Column]] = {}
    for column in saved.columns:
        remembered.setdefault(normalise(column.header), []).append(column)
    columns = []
    for column in fresh.columns:
        held = remembered.get(normalise(column.header), [])
        if held:
            old = held.pop(0)
            unit, unit_from = (
                (column.unit, column.unit_from) if column.unit_from == "header" else (old.unit, old.unit_from)
            )
            column = replace(
                column,
                role=old.role,
                metric=old.metric,
                unit=unit,
                unit_from=unit_from,
                allow_scale=old.allow_scale,
                fraction=old.fraction,
                candidates=old.candidates,
                figure=old.figure,
                period_rule=column.period_rule
                if column.period and not column.period_rule
                else old.period_rule or column.period_rule,
            )
        columns.append(column)
    missing = [
        column
        for left in remembered.values()
        for column in left
        if column.role in ("metric", "uscc", "name", "value")
    ]
    issues = (*fresh.issues, *(_missing(column, fresh.sheet) for column in missing))
    return replace(fresh, columns=tuple(columns), issues=issues, subject=fresh.subject or saved.subject)


def _missing(column: Column, sheet: str) -> Issue:
    return Issue(
        "column_missing",
        "warning",
        f"上次有“{column.header}”这一列，这次没有。",
        f"Last time there was a column {column.header!r}; it is missing now.",
        sheet=sheet,
        mend_zh="请核对是不是改了列名或删了列。",
        mend_en="Check whether the column was renamed or removed.",
    )


def label(headers: Sequence[str]) -> str:
    """`营业收入 | 2024年`: the levels of a header in one line."""
    return " | ".join(headers)
