"""Writes a table as an Excel workbook that can say where each figure is from (导出表格).

1. Above the table: title, filter, data date, source note; for synthetic data a notice, in the page header
as well.
2. A figure that is exact as printed is a number with the printed decimals; a bound, an interval or a
conflict is
   text, because a number would be firmer than the fact.
3. Every figure carries its source in a cell comment; beyond `MOST_COMMENTS` the sources stand on a second
sheet.
4. Text is always written as text: what begins with `=` stays what it is and is never computed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

MOST_COMMENTS = 5_000
_DIGITS_EXCEL_KEEPS = 15


@dataclass(frozen=True, slots=True)
class Column:
    """One column; the unit stands in its head."""

    title: str
    unit: str = ""
    width: int = 14
    numeric: bool = False

    @property
    def head(self) -> str:
        if not self.unit:
            return self.title
        return (
            f"{self.title}（{self.unit}）"
            if self.title and ord(self.title[0]) > 0x2000
            else f"{self.title} ({self.unit})"
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, or a number with the decimals to show; `comment` says where it is from."""

    text: str = ""
    number: Decimal | None = None
    decimals: int = 0
    comment: str = ""


def workbook(
    *,
    title: str,
    notes: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    synthetic: bool,
) -> bytes:
    """The workbook as bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "comments": "\n".join(notes)})
    writer = _Writer(book, synthetic)
    writer.head(title, notes, columns)
    for row in rows:
        writer.row(row)
    writer.close()
    book.close()
    return out.getvalue()


class _Writer:
    """One sheet of data and, for long tables, one of sources."""

    def __init__(self, book: Any, synthetic: bool) -> None:
        self.book = book
        self.synthetic = synthetic
        self.sheet = book.add_worksheet(_("数据"))
        self.next = 0
        self.comments = 0
        self.sources: list[tuple[str, str]] = []
        self.formats: dict[int, Any] = {}
        self.plain = book.add_format({"valign": "top"})
        self.strong = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"font_color": "#5C6979"})
        self.notice = book.add_format({"bold": True, "font_color": "#54458F", "bg_color": "#EFECF8"})
        self.headed = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})

    def head(self, title: str, notes: Sequence[str], columns: Sequence[Column]) -> None:
        sheet = self.sheet
        sheet.write_string(0, 0, title, self.strong)
        line = 1
        if self.synthetic:
            words = _("合成数据，仅供演练，不得对外引用")
            for place in range(max(len(columns), 1)):
                sheet.write_string(line, place, words if place == 0 else "", self.notice)
            sheet.set_header(f"&C&14{words}")
            sheet.set_footer(f"&C{words}")
            line += 1
        for text in notes:
            sheet.write_string(line, 0, text, self.note)
            line += 1
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(line, place, column.head, self.headed)
        sheet.freeze_panes(line + 1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(line)
        self.next = line + 1

    def row(self, cells: Sequence[Cell]) -> None:
        for place, cell in enumerate(cells):
            self._cell(self.next, place, cell)
        self.next += 1

    def _cell(self, line: int, place: int, cell: Cell) -> None:
        if cell.number is not None and len(cell.number.as_tuple().digits) <= _DIGITS_EXCEL_KEEPS:
            self.sheet.write_number(line, place, float(cell.number), self._format(cell.decimals))
        elif cell.number is not None:
            self.sheet.write_string(line, place, format(cell.number, "f"), self.plain)
        elif cell.text:
            self.sheet.write_string(line, place, cell.text, self.plain)
        if cell.comment:
            self._comment(line, place, cell.comment)

    def _comment(self, line: int, place: int, text: str) -> None:
        self.comments += 1
        if self.comments <= MOST_COMMENTS:
            self.sheet.write_comment(line, place, text, {"x_scale": 2, "y_scale": 1.2})
        self.sources.append((xlsxwriter.utility.xl_rowcol_to_cell(line, place), text.replace("\n", "；")))

    def _format(self, decimals: int) -> Any:
        if decimals not in self.formats:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self.formats[decimals] = self.book.add_format({"num_format": pattern, "valign": "top"})
        return self.formats[decimals]

    def close(self) -> None:
        """The sheet of sources, only where there are more than comments can hold."""
        if self.comments <= MOST_COMMENTS:
            return
        sheet = self.book.add_worksheet(_("来源"))
        sheet.write_string(0, 0, _("单元格"), self.headed)
        sheet.write_string(0, 1, _("来源"), self.headed)
        sheet.set_column(1, 1, 90)
        sheet.freeze_panes(1, 0)
        for line, (place, text) in enumerate(self.sources, start=1):
            sheet.write_string(line, 0, place)
            sheet.write_string(line, 1, text)
