"""The first rows of an uploaded sheet, kept to match columns without reading it again (表头预览)."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from gaoxin.core.errors import IngestError
from gaoxin.facts.ingest.inspection.limits import SheetFacts
from gaoxin.facts.ingest.workbook import Cell, Span, Table
from gaoxin.web.imports.files import run_folder

ROWS = 2_100  # as many as the questions about a mapping look at


def keep_head(run: uuid.UUID, table: Table) -> None:
    """Write the first rows and what the values do not tell; dates become their ISO text."""
    head = {
        "file": table.file,
        "sheet": table.sheet,
        "sheets": list(table.sheets),
        "sha256": table.sha256,
        "kind": table.kind,
        "height": len(table.rows),
        "rows": [[_plain(cell) for cell in row] for row in table.rows[:ROWS]],
        "merged": [
            [span.top, span.left, span.bottom, span.right] for span in table.merged if span.top < ROWS
        ],
        "percent": {
            column: sorted(row for row in rows if row < ROWS) for column, rows in table.facts.percent.items()
        },
    }
    place = run_folder(run) / "head.json"
    draft = place.with_name(".head.json")
    draft.write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
    draft.replace(place)


def head_of(run: uuid.UUID) -> Table:
    """The first rows as a table. Raises: IngestError when the sheet was not read yet or is gone."""
    try:
        head: dict[str, Any] = json.loads((run_folder(run) / "head.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IngestError(
            "这张表还没有读完，请稍候。", "The sheet is not read yet; wait a moment."
        ) from error
    percent = {int(column): frozenset(rows) for column, rows in head["percent"].items()}
    width = len(head["rows"][0]) if head["rows"] else 0
    return Table(
        head["file"],
        head["sheet"],
        head["rows"],
        tuple(Span(*span) for span in head["merged"]),
        SheetFacts(head["height"], width, percent=percent),
        tuple(head["sheets"]),
        head["sha256"],
        head["kind"],
    )


def _plain(cell: Cell) -> Any:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell
