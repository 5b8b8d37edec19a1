"""The same workbook back, with a comment on every bad cell and a first sheet that lists them (批注退回).

A small .xlsx, small with all its sheets, is filled in place (openpyxl), so that it looks as the sender knows
it; its formulas become their results, because what is sent on must not compute. Anything else is copied
(XlsxWriter): a small table whole, of a large one only the header and the rows with problems.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from gaoxin.core.errors import IngestError
from gaoxin.core.issues import Issue
from gaoxin.core.spreadsheets import XLSX_OPTIONS, safe_sheet_name
from gaoxin.facts.ingest.progress import Cancelled, Progress, check, never, silent
from gaoxin.facts.ingest.workbook import Cell, Table, cell_position

SMALL = 200_000
SMALL_UNPACKED = 12 << 20  # bytes of all parts: openpyxl holds every sheet in memory, twenty times its size
MOST_COMMENTS = 5_000
_LIST = "导入问题"
_AUTHOR = "高新"
_HEADS = ("工作表", "位置", "原行号", "程度", "问题", "怎么改", "原值")
_WIDTHS = (14, 8, 8, 8, 60, 50, 24)
_SEVERITY = {"error": "不能入库", "warning": "请核对", "info": "说明"}
_BAD, _DOUBTFUL = "FFFBEAEA", "FFFFF3D9"


def annotated_name(name: str) -> str:
    """`月报.xls` → `月报-批注.xlsx`."""
    return f"{PurePath(name).stem}-批注.xlsx"


def annotate(
    source: bytes,
    table: Table,
    issues: Sequence[Issue],
    *,
    header_bottom: int = 0,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> bytes:
    """An .xlsx with the issues of the table written where they are.

    `table`: what `read_table` made of `source`; only a file that passed its inspection is opened here.
    `header_bottom`: last row of the header (from 0), kept in a copy of problem rows.
    Raises: IngestError when `source` is another file, ImportCancelled.
    """
    if hashlib.sha256(source).hexdigest() != table.sha256:
        raise IngestError(
            "这不是核对过的那个文件，请重新上传。",
            "This is not the file that was checked; upload it again.",
            file=table.file,
        )
    placed = _by_cell(issues, table)
    small = len(table.rows) * max(1, table.width) <= SMALL
    progress("annotate", 0, max(1, len(placed)))
    if small and table.kind == "zip" and b"xl/workbook.xml" in source and _unpacked(source) <= SMALL_UNPACKED:
        try:
            return _fill_in(source, table, issues, placed, progress, cancelled)
        except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError):
            # openpyxl refuses some workbooks that Excel and calamine read; a copy says the same.
            pass
    rows = (
        range(len(table.rows)) if small else sorted({*range(header_bottom + 1), *(row for row, _ in placed)})
    )
    return _copy(table, issues, placed, rows, whole=small, progress=progress, cancelled=cancelled)


def _unpacked(source: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:  # whose sizes the inspection found true
        return sum(entry.file_size for entry in archive.infolist())


def _by_cell(issues: Sequence[Issue], table: Table) -> dict[tuple[int, int], list[Issue]]:
    found: dict[tuple[int, int], list[Issue]] = defaultdict(list)
    for issue in issues:
        if issue.cell is not None and issue.sheet in (None, table.sheet):
            position = cell_position(issue.cell)
            if position is not None and len(found) < MOST_COMMENTS:
                found[position].append(issue)
    return found


def _comment(issues: Sequence[Issue]) -> str:
    return "\n".join(
        f"{issue.zh}" + (f"\n怎么改：{issue.mend_zh}" if issue.mend_zh else "") for issue in issues
    )


def _lines(issues: Sequence[Issue], table: Table) -> list[tuple[Any, ...]]:
    """The list of problems: gravest first, then by row."""
    rank = {"error": 0, "warning": 1, "info": 2}
    lines: list[tuple[int, int, tuple[Any, ...]]] = []
    for issue in issues:
        position = cell_position(issue.cell) if issue.cell is not None else None
        row = position[0] + 1 if position else None
        written = ""
        if position and position[0] < len(table.rows) and position[1] < table.width:
            written = str(table.rows[position[0]][position[1]])[:200]
        said = (
            issue.sheet or "",
            issue.cell or "",
            row if row is not None else "",
            _SEVERITY[issue.severity],
            issue.zh,
            issue.mend_zh,
            written,
        )
        lines.append((rank[issue.severity], row or 0, said))
    return [said for _, _, said in sorted(lines, key=lambda line: line[:2])]


def _fill_in(
    source: bytes,
    table: Table,
    issues: Sequence[Issue],
    placed: dict[tuple[int, int], list[Issue]],
    progress: Progress,
    cancelled: Cancelled,
) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(source), data_only=True, keep_links=False, keep_vba=False)
    book.defined_names.clear()
    sheet = book[table.sheet]
    for done, ((row, column), found) in enumerate(placed.items()):
        check(cancelled)
        cell = sheet.cell(row + 1, column + 1)
        if isinstance(cell, MergedCell):
            span = next(span for span in sheet.merged_cells.ranges if cell.coordinate in span)
            cell = sheet.cell(span.min_row, span.min_col)
        note = Comment(_comment(found), _AUTHOR, width=320, height=120)
        cell.comment = note
        worst = any(issue.severity == "error" for issue in found)
        cell.fill = PatternFill("solid", start_color=_BAD if worst else _DOUBTFUL)
        progress("annotate", done + 1, len(placed))
    listing = book.create_sheet(safe_sheet_name(_LIST, tuple(book.sheetnames)), 0)
    for number, line in enumerate([_HEADS, *_lines(issues, table)], start=1):
        for place, value in enumerate(line, start=1):
            held = listing.cell(number, place, value)
            if isinstance(value, str):
                held.data_type = "s"
            held.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                held.font = Font(bold=True)
    for place, width in enumerate(_WIDTHS):
        listing.column_dimensions["ABCDEFG"[place]].width = width
    listing.freeze_panes = "A2"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _copy(
    table: Table,
    issues: Sequence[Issue],
    placed: dict[tuple[int, int], list[Issue]],
    rows: Sequence[int],
    *,
    whole: bool,
    progress: Progress,
    cancelled: Cancelled,
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **XLSX_OPTIONS})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bad, doubtful = (
        book.add_format({"bg_color": f"#{_BAD[2:]}"}),
        book.add_format({"bg_color": f"#{_DOUBTFUL[2:]}"}),
    )
    listing = book.add_worksheet(_LIST)
    listing.freeze_panes(1, 0)
    for place, width in enumerate(_WIDTHS):
        listing.set_column(place, place, width)
    for number, line in enumerate([_HEADS, *_lines(issues, table)]):
        for place, value in enumerate(line):
            listing.write(number, place, value, bold if number == 0 else wrapped)
    sheet = book.add_worksheet(safe_sheet_name(table.sheet, (_LIST,)))
    shift = 0 if whole else 1
    for number, row in enumerate(rows):
        if number % 256 == 0:
            check(cancelled)
            progress("annotate", number, len(rows))
        if not whole:
            sheet.write(number, 0, f"原第 {row + 1} 行")
        for column, cell in enumerate(table.rows[row]):
            found = placed.get((row, column), [])
            style = (
                None if not found else bad if any(issue.severity == "error" for issue in found) else doubtful
            )
            _write(sheet, number, column + shift, cell, style)
            if found:
                sheet.write_comment(
                    number,
                    column + shift,
                    _comment(found),
                    {"author": _AUTHOR, "x_scale": 2.5, "y_scale": 1.5},
                )
    progress("annotate", len(rows), len(rows))
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell == "":
        if style is not None:
            sheet.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, style)
    elif isinstance(cell, datetime | date | time | timedelta):
        sheet.write_string(
            row, column, cell.isoformat(" ") if isinstance(cell, datetime) else str(cell), style
        )
    else:
        sheet.write_string(row, column, cell, style)
