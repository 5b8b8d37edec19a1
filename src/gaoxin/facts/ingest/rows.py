"""Which rows of a sheet are data, and which are blank, totals or notes below the table (行的种类)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from gaoxin.core.issues import Issue
from gaoxin.facts.ingest.identity import Identity, KnownSubjects, identify, is_note, is_total
from gaoxin.facts.ingest.mapping import Mapping
from gaoxin.facts.ingest.problems import Problem
from gaoxin.facts.ingest.progress import Cancelled, check
from gaoxin.facts.ingest.workbook import Cell, Row, Table

_EVERY = 512


@dataclass(slots=True)
class FoundRows:
    """Data rows with whom they are about, rows of totals, how many were passed over. Rows from 0."""

    data: list[tuple[int, Identity]] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    blank: int = 0
    notes: int = 0
    remarks: list[Issue] = field(default_factory=list)


def find_rows(table: Table, mapping: Mapping, known: KnownSubjects, cancelled: Cancelled) -> FoundRows:
    """Sort the rows below the header. A row with figures but no identity is data in error, never passed
    over.
    """
    found = FoundRows()
    uscc = next((column.index for column in mapping.of_role("uscc")), None)
    name = next((column.index for column in mapping.of_role("name")), None)
    values = [column.index for column in mapping.columns if column.role in ("metric", "value")]
    first_note: int | None = None
    for row in range(mapping.first_row, len(table.rows)):
        if row % _EVERY == 0:
            check(cancelled)
        cells = table.rows[row]
        said = [cell for cell in cells[:6] if isinstance(cell, str) and cell.strip()]
        if not said and not any(_filled(cell) for cell in cells):
            found.blank += 1
        elif mapping.layout == "long":
            if any(_filled(cells[index]) for index in values):
                found.data.append((row, Identity(None)))
            else:
                found.notes += 1
                first_note = first_note or row
        elif is_total(said[:3]) and not _code(cells, uscc):
            found.totals.append(row)
        elif not _code(cells, uscc) and _is_note_row(cells, name, said, values):
            found.notes += 1
            first_note = first_note or row
        else:
            code = cells[uscc] if uscc is not None else ""
            title = cells[name] if name is not None else ""
            found.data.append((row, identify(row, code, title, known, mapping.kind)))
    if mapping.layout == "wide":
        _mark_doubles(found)
    if first_note is not None:
        found.remarks.append(
            Issue(
                "notes_skipped",
                "info",
                f"{found.notes} 行是说明文字，没有读（从第 {first_note + 1} 行起）。",
                f"{found.notes} rows of notes were not read (from row {first_note + 1}).",
                file=table.file,
                sheet=table.sheet,
            )
        )
    return found


def _filled(cell: Cell) -> bool:
    return cell != "" and (not isinstance(cell, str) or bool(cell.strip()))


def _code(cells: Row, uscc: int | None) -> bool:
    """True when the column of codes holds something like a code, right or wrong; 合计 and 注：… are none."""
    if uscc is None:
        return False
    cell = cells[uscc]
    if isinstance(cell, str):
        return bool(re.search(r"[0-9A-Za-z]{6}", cell))
    return True


def _is_note_row(cells: Row, name: int | None, said: list[str], values: list[int]) -> bool:
    """No code and no figure: a line that begins like a note, or that has no name where names stand."""
    if any(_filled(cells[index]) for index in values):
        return False
    titled = name is not None and _filled(cells[name])
    return not titled or any(is_note(str(cell)) for cell in said[:2])


def _mark_doubles(found: FoundRows) -> None:
    """The same subject in two rows: both are named, none is loaded."""
    rows: dict[str, list[int]] = defaultdict(list)
    for place, (_, identity) in enumerate(found.data):
        if identity.subject is not None and (
            identity.problem is None or identity.problem.severity != "error"
        ):
            rows[identity.subject].append(place)
    for places in rows.values():
        if len(places) < 2:
            continue
        numbers = [found.data[place][0] + 1 for place in places]
        said = "、".join(f"第 {number} 行" for number in numbers)
        for place in places:
            row, identity = found.data[place]
            problem = Problem(
                row,
                "twice",
                f"{said}是同一家（{identity.uscc or identity.name}）",
                f"rows {', '.join(map(str, numbers))} are about the same subject",
                "只留一行，其余删掉",
                "keep one row and delete the others",
            )
            found.data[place] = (
                row,
                replace(identity, problem=problem, column="uscc" if identity.uscc else "name"),
            )
