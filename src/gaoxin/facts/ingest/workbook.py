"""From bytes to a table of cells with addresses (读表).

Answers: may this file be read at all, which of its sheets is meant, and which cells have no value although
they should. What a cell means is asked in `headers` and `draft`. In order: 1. the name and the first bytes
say what the file is; 2. the inspection refuses what is dangerous or broken and notes unusable cells; 3.
calamine reads the stored values (links, scripts and queries are never followed); 4. the sheet is chosen.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from gaoxin.core.issues import Issue
from gaoxin.facts.ingest.inspection.delimited import decode, rows_of
from gaoxin.facts.ingest.inspection.limits import FileRefused, Limits, SheetFacts, megabytes, refuse_area
from gaoxin.facts.ingest.inspection.ods import inspect_ods
from gaoxin.facts.ingest.inspection.signature import file_kind
from gaoxin.facts.ingest.inspection.xls import encrypted_refusal, inspect_xls
from gaoxin.facts.ingest.inspection.xlsx import inspect_xlsx
from gaoxin.facts.ingest.inspection.zipped import Archive
from gaoxin.facts.ingest.progress import Cancelled, Progress, check, never, silent

Cell = str | float | int | bool | date | datetime | time | timedelta
Row = Sequence[Cell]
Score = Callable[[Sequence[Row], Sequence["Span"]], float]
LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, rows and columns from 0, both ends included (合并单元格)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its cells from A1 on, and what the values alone do not tell.

    Missing: an empty cell is `""`, as the reader gives it. `issues` concern the file as a whole.
    """

    file: str
    sheet: str
    rows: Sequence[Row]
    merged: tuple[Span, ...]
    facts: SheetFacts
    sheets: tuple[str, ...]
    sha256: str
    kind: str
    issues: tuple[Issue, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def place(self, row: int, column: int) -> str:
        """`C18` for row 17, column 2."""
        return cell_name(row, column)


def cell_name(row: int, column: int) -> str:
    """Row 17, column 2 (from 0) → `C18`."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """0 → `A`, 26 → `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_position(name: str) -> tuple[int, int] | None:
    """`C18` → (17, 2); None for a text that is no address."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", name)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def read_table(
    source: bytes | Path,
    name: str | None = None,
    *,
    sheet: str | None = None,
    score: Score | None = None,
    limits: Limits | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Table:
    """The sheet of a workbook or CSV file that is meant.

    `sheet` names it; without a name the visible sheet with the highest `score` of its first rows (the
    header match, `headers.header_score`) is taken, or the one with most rows when nobody scores.
    Raises: FileRefused with the reason and the mend, ImportCancelled.
    """
    limits = limits or Limits()
    file = name or (source.name if isinstance(source, Path) else "file")
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    refuse_size(size, limits)
    data = source.read_bytes() if isinstance(source, Path) else source
    kind, warning = file_kind(data, file)
    issues = [warning] if warning else []
    sha256 = hashlib.sha256(data).hexdigest()
    check(cancelled)
    if kind == "text":
        rows = rows_of(decode(data), limits, cancelled)
        progress("read", len(rows), len(rows))
        refuse_empty(rows)
        return Table(
            file, "CSV", rows, (), SheetFacts(len(rows), len(rows[0])), ("CSV",), sha256, kind, tuple(issues)
        )
    facts = _inspect(data, kind, limits, progress, cancelled)
    check(cancelled)
    book = _open(data)
    table = _choose(book, file, sheet, score, facts, limits, progress, cancelled)
    return Table(
        file,
        table[0],
        table[1],
        table[2],
        facts.get(table[0], SheetFacts()),
        tuple(book.sheet_names),
        sha256,
        kind,
        (*issues, *table[3]),
    )


def refuse_size(size: int, limits: Limits) -> None:
    """Raises: FileRefused for an empty file or one over the limit; the web floor asks before it stores an
    upload.
    """
    if size == 0:
        raise FileRefused(
            "empty",
            "文件是空的，里面没有内容。请核对是否选对了文件。",
            "The file is empty. Check that it is the right one.",
        )
    if size > limits.file:
        raise FileRefused(
            "too_large",
            f"文件 {megabytes(size)}，超过上限 {megabytes(limits.file)}。请删去图片和用不到的工作表，"
            "或分成几个文件。",
            f"The file has {megabytes(size)}, over the limit of {megabytes(limits.file)}. Remove pictures "
            "and unused sheets, or split it.",
        )


def refuse_empty(rows: Sequence[Row]) -> None:
    if not any(cell != "" for row in rows for cell in row):
        raise FileRefused(
            "no_rows",
            "表里没有内容。请核对是否选对了文件和工作表。",
            "The sheet is empty. Check file and sheet.",
        )


def _inspect(
    data: bytes, kind: str, limits: Limits, progress: Progress, cancelled: Cancelled
) -> dict[str, SheetFacts]:
    if kind == "xls":
        return inspect_xls(data, limits)
    archive = Archive(data, limits)
    if archive.kind == "xlsx":
        return inspect_xlsx(archive, limits, progress, cancelled)
    if archive.kind == "ods":
        return inspect_ods(archive, limits, progress, cancelled)
    if archive.kind == "xlsb":
        raise FileRefused(
            "xlsb",
            "这是二进制工作簿（.xlsb），可能带宏，不读。请在 Excel 里另存为“Excel 工作簿（.xlsx）”再导入。",
            "This is a binary workbook (.xlsb), which may carry macros. Save it as an Excel workbook "
            "(.xlsx).",
        )
    raise FileRefused(
        "not_a_workbook",
        "这是压缩包，不是表格。请先解压，再选里面的 Excel 文件。",
        "This is an archive, not a table. Unpack it and choose the Excel file inside.",
    )


def _open(data: bytes) -> calamine.CalamineWorkbook:
    with _guarded():
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextmanager
def _guarded() -> Iterator[None]:
    """What the reader of values stumbles over is a refusal; its panics are no ordinary exceptions."""
    try:
        yield
    except calamine.PasswordError as error:
        raise encrypted_refusal() from error
    except (calamine.CalamineError, OSError) as error:
        raise _unreadable() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable() from error


def _choose(
    book: calamine.CalamineWorkbook,
    file: str,
    wanted: str | None,
    score: Score | None,
    facts: dict[str, SheetFacts],
    limits: Limits,
    progress: Progress,
    cancelled: Cancelled,
) -> tuple[str, Sequence[Row], tuple[Span, ...], list[Issue]]:
    sheets = [entry for entry in book.sheets_metadata if entry.typ == calamine.SheetTypeEnum.WorkSheet]
    hidden = [entry.name for entry in sheets if entry.visible != calamine.SheetVisibleEnum.Visible]
    visible = [entry.name for entry in sheets if entry.name not in hidden]
    issues = [_hidden_issue(file, name) for name in hidden if name != wanted]
    if wanted is not None and wanted not in visible + hidden:
        raise FileRefused(
            "no_such_sheet",
            f"文件里没有名为“{wanted}”的工作表，现有：{'、'.join(visible)}。",
            f"There is no sheet {wanted!r}; the file has {', '.join(visible)}.",
        )
    candidates = [wanted] if wanted is not None else visible
    if not candidates:
        raise FileRefused(
            "all_hidden",
            "工作表都是隐藏的。请在 Excel 里取消隐藏要导入的那一张再导入。",
            "All sheets are hidden. Unhide the one to import.",
        )
    best: tuple[str, Sequence[Row], tuple[Span, ...]] | None = None
    best_score = -1.0
    for name in candidates:
        check(cancelled)
        progress("read", 0, max(1, facts.get(name, SheetFacts()).rows))
        rows, merged = _rows(book, name, limits)
        held = float(len(rows)) if score is None else score(rows[:LOOKED_AT], merged)
        if rows and held > best_score:
            best, best_score = (name, rows, merged), held
        progress("read", len(rows), max(1, len(rows)))
    if best is None:
        refuse_empty([])
        raise AssertionError
    skipped = [name for name in candidates if name != best[0]]
    if skipped:
        issues.append(
            Issue(
                "sheet_chosen",
                "info",
                f"文件有 {len(candidates)} 张可见的工作表，按列名读了“{best[0]}”，没有读："
                f"{'、'.join(skipped)}。",
                f"Of {len(candidates)} visible sheets {best[0]!r} was read by its headers; not read: "
                f"{', '.join(skipped)}.",
                file=file,
                sheet=best[0],
                mend_zh="要读别的表，请在上一步改选。",
                mend_en="Choose another sheet in the step before.",
            )
        )
    return (*best, issues)


def _rows(
    book: calamine.CalamineWorkbook, name: str, limits: Limits
) -> tuple[Sequence[Row], tuple[Span, ...]]:
    with _guarded():
        sheet = book.get_sheet_by_name(name)
        refuse_area(name, sheet.total_height, sheet.total_width, limits)
        rows = sheet.to_python(skip_empty_area=False)
        merged = tuple(Span(*start, *end) for start, end in sheet.merged_cell_ranges or ())
    return rows, merged


def _hidden_issue(file: str, name: str) -> Issue:
    return Issue(
        "sheet_hidden",
        "info",
        f"工作表“{name}”是隐藏的，没有读。",
        f"Sheet {name!r} is hidden and was not read.",
        file=file,
        sheet=name,
        mend_zh="需要它时，请在 Excel 里取消隐藏再导入。",
        mend_en="Unhide it in Excel if it is needed.",
    )


def _unreadable() -> FileRefused:
    return FileRefused(
        "damaged",
        "表格内容已损坏，读不出来。请用 Excel 或 WPS 打开，另存为新的 .xlsx 再导入。",
        "The workbook is damaged. Open it in Excel or WPS, save it as a new .xlsx and import that.",
    )
